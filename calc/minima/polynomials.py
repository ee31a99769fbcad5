"""Polynomials with whole coefficients: exact zeros by Sturm's theorem, however often they are repeated.

A polynomial is a tuple of its coefficients, the constant one first and the last one not 0; () is 0.

Source: S. Basu, R. Pollack, M.-F. Roy, "Algorithms in Real Algebraic Geometry", 2nd ed., Springer 2006,
section 2.2.2.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Polynomial: TypeAlias = tuple[int, ...]

ONE: Polynomial = (1,)
# Together these keep the slowest typed function under 0.1 s; what is longer is left to the intervals.
MAX_PRODUCTS = 4000
MAX_BITS = 3000
"""See `MAX_PRODUCTS`."""
MAX_DEGREE = 100
"""See `MAX_PRODUCTS`."""
MAX_DENOMINATOR = 10**6
"""A zero with a larger one is as well given as a float with its proven bracket."""
NEWTON_STEPS = 100
"""Newton's method needs about ten from a bracket, halving 60."""
# Distances at which a proven change of sign is looked for, in units of the last place.
BRACKET_WIDTHS = tuple(4**k for k in range(1, 12))


class TooLong(Exception):
    """The exact numbers would take too much time."""


@dataclass(frozen=True, slots=True)
class Zero:
    """A real zero: it lies in [low, high], and `exact` is given where it is a simple fraction."""

    x: float
    low: Fraction
    high: Fraction
    exact: Fraction | None


def add(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) < len(b):
        a, b = b, a
    return _trimmed([u + v for u, v in zip(a, b, strict=False)] + list(a[len(b) :]))


def multiply(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product; raises TooLong."""
    if not a or not b:
        return ()
    terms = [[(k, c) for k, c in enumerate(p) if c] for p in (a, b)]
    if len(terms[0]) * len(terms[1]) > MAX_PRODUCTS or len(a) + len(b) > MAX_PRODUCTS:
        raise TooLong
    product = [0] * (len(a) + len(b) - 1)
    for i, u in terms[0]:
        for j, v in terms[1]:
            product[i + j] += u * v
    if max(abs(c) for c in product).bit_length() > MAX_BITS:
        raise TooLong
    return _trimmed(product)


def negate(a: Polynomial) -> Polynomial:
    return tuple(-c for c in a)


def power(a: Polynomial, exponent: int) -> Polynomial:
    """a^exponent by repeated squaring; raises TooLong."""
    result = ONE
    while exponent:
        if exponent % 2:
            result = multiply(result, a)
        exponent //= 2
        a = multiply(a, a) if exponent else a
    return result


def derivative(a: Polynomial) -> Polynomial:
    return tuple(k * c for k, c in enumerate(a))[1:]


def value(a: Polynomial, x: Fraction) -> Fraction:
    return Fraction(_scaled(a, x), x.denominator ** max(0, len(a) - 1))


def sign(a: Polynomial, x: Fraction) -> int:
    scaled = _scaled(a, x)
    return (scaled > 0) - (scaled < 0)


def _scaled(a: Polynomial, x: Fraction) -> int:
    """a(x) times the right power of the denominator of x: by Horner's rule without fractions."""
    n, d = x.numerator, x.denominator
    total, scale = 0, 1
    for c in reversed(a):
        total = total * n + c * scale
        scale *= d
    return total


def primitive(a: Polynomial) -> Polynomial:
    """The polynomial over the greatest common divisor of its coefficients."""
    content = math.gcd(*a)
    return tuple(c // content for c in a) if content > 1 else a


def divide(a: Polynomial, b: Polynomial) -> Polynomial:
    """a / b up to a positive factor, for a divisor b."""
    quotient, _ = _pseudo_division(a, b)
    return primitive(quotient)


def gcd(a: Polynomial, b: Polynomial) -> Polynomial:
    """The greatest common divisor, up to a factor; raises TooLong."""
    return _remainder_sequence(a, b)[-1]


def square_free(a: Polynomial) -> Polynomial:
    """The polynomial with the same zeros, all of them simple; raises TooLong."""
    lowest = next((k for k, c in enumerate(a) if c), 0)
    a = a[max(0, lowest - 1) :]
    if len(a) <= 2:
        return a
    return divide(a, gcd(a, derivative(a)))


def zeros(a: Polynomial, low: Fraction, high: Fraction) -> list[Zero]:
    """The distinct zeros strictly between two numbers, in order, apart from each other; raises TooLong."""
    a = square_free(a)
    for end in (low, high):
        if sign(a, end) == 0:
            a = divide(a, (-end.numerator, end.denominator))
    if len(a) < 2:
        return []
    chain = _remainder_sequence(a, derivative(a))
    found, waiting = [], [(low, high, _sign_variations(chain, low), _sign_variations(chain, high))]
    while waiting:
        left, right, at_left, at_right = waiting.pop()
        if at_left == at_right:
            continue
        if at_left - at_right == 1 and left > low and right < high:
            found.append(_refined(a, left, right))
            continue
        middle = _between(a, left, right)
        at_middle = _sign_variations(chain, middle)
        waiting += [(middle, right, at_middle, at_right), (left, middle, at_left, at_middle)]
    return found


def _between(a: Polynomial, low: Fraction, high: Fraction) -> Fraction:
    """A number near the middle which is no zero."""
    parts = 2
    while True:
        middle = low + (high - low) / parts
        if sign(a, middle):
            return middle
        parts += 1


def _refined(a: Polynomial, low: Fraction, high: Fraction) -> Zero:
    """The one simple zero in (low, high): Newton's steps, or halving where they lead outside."""
    slope, rising = derivative(a), sign(a, high)
    x = (low + high) / 2
    for _ in range(NEWTON_STEPS):
        simple = x.limit_denominator(MAX_DENOMINATOR)
        if low < simple < high and sign(a, simple) == 0:
            return Zero(float(simple), simple, simple, simple)
        here, steep = value(a, x), value(slope, x)
        if here == 0:
            return Zero(float(x), x, x, x)
        low, high = (x, high) if here * rising < 0 else (low, x)
        new = x - here / steep if steep else low
        new = new if low < new < high else (low + high) / 2
        rounded = Fraction(float(new))
        new = rounded if low < rounded < high else new
        if abs(new - x) <= Fraction(math.ulp(float(x))):
            break
        x = new
    middle = Fraction(float(x))
    for width in BRACKET_WIDTHS:
        reach = width * Fraction(math.ulp(float(x)))
        left, right = max(low, middle - reach), min(high, middle + reach)
        if left < right and sign(a, left) * sign(a, right) < 0:
            return Zero(float(x), left, right, None)
    return _bisected(a, low, high)


def _bisected(a: Polynomial, low: Fraction, high: Fraction) -> Zero:
    """The one simple zero in (low, high), where Newton's steps did not settle."""
    rising = sign(a, high)
    while high - low > BRACKET_WIDTHS[1] * Fraction(math.ulp(float(low))):
        middle = (low + high) / 2
        side = sign(a, middle) * rising
        if side == 0:
            return Zero(float(middle), middle, middle, middle)
        low, high = (middle, high) if side < 0 else (low, middle)
    return Zero(float((low + high) / 2), low, high, None)


def _sign_variations(chain: list[Polynomial], x: Fraction) -> int:
    """The changes of sign along Sturm's chain: their loss between two points counts the zeros between."""
    signs = [s for s in (sign(p, x) for p in chain) if s]
    return sum(s != t for s, t in itertools.pairwise(signs))


def _remainder_sequence(a: Polynomial, b: Polynomial) -> list[Polynomial]:
    """a, b, and the negated remainders of Euclid's algorithm, up to positive factors, without the last 0."""
    if max(len(a), len(b)) > MAX_DEGREE + 1:
        raise TooLong
    chain = [primitive(a)]
    b = primitive(b)
    while b:
        if max(abs(c) for c in b).bit_length() > MAX_BITS:
            raise TooLong
        chain.append(b)
        b = primitive(negate(_pseudo_division(chain[-2], b)[1]))
    return chain


def _pseudo_division(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and remainder of some positive multiple of a."""
    rest, lead, quotient = list(a), b[-1], [0] * max(0, len(a) - len(b) + 1)
    for k in range(len(a) - len(b), -1, -1):
        factor = rest[k + len(b) - 1]
        if factor == 0:
            continue
        shared = math.gcd(factor, lead)
        times, factor = abs(lead) // shared, (factor // shared) * (1 if lead > 0 else -1)
        rest = [c * times for c in rest]
        quotient = [c * times for c in quotient]
        quotient[k] = factor
        for i, c in enumerate(b):
            rest[k + i] -= factor * c
    return _trimmed(quotient), _trimmed(rest)


def _trimmed(a: list[int]) -> Polynomial:
    end = len(a)
    while end and a[end - 1] == 0:
        end -= 1
    return tuple(a[:end])
