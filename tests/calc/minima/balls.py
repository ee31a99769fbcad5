"""Numbers that know their own error, and typed functions read on them: the arithmetic of the judge.

A ball is (v, e): the true number lies within 2^e of v, a raw binary number of mpmath. So one evaluation says by
itself which of its digits are true, and nothing is believed because two precisions happened to agree. It shares
no line with the product's own readings. Typed decimals are exact: the tree keeps the text "0.1", and 0.1 is 1/10
and not the float nearest to it. The ends of an interval and the places of a result are floats, and exact as such.

What has a value: a tree has one where EACH part of it has one, so atan(1/x) has none at 0. x^(p/q) with a number
p/q (in lowest terms) as exponent is real for negative x if q is odd; x^0 is 1, also at 0. Any other power has a
value for a positive base, and for the base 0 if the exponent is positive (0) or 0 (1, as in NumPy).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from mpmath import libmp

from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable, rational

Raw: TypeAlias = tuple[int, int, int, int]
Ball: TypeAlias = tuple[Raw, int]
Reading: TypeAlias = Callable[[Ball, int], Ball]

EXACT = -(10**30)
"""The exponent of no error at all."""
ZERO: Ball = (libmp.fzero, EXACT)
ONE: Ball = (libmp.fone, EXACT)
LARGEST_EXPONENT_BITS = 500
"""e^(2^500) is not worked out."""
LARGEST_FRACTION_BITS = 3000
LEAST_BITS = -150
"""The errors of parts that are whole as far as one can tell, at most."""
LARGEST_NUMBER_BITS = 20_000


class Undefined(Exception):
    """There is surely no real value."""


class Unsure(Exception):
    """This precision does not tell."""


def size(v: Raw) -> int:
    """|v| lies in [2^(size - 1), 2^size)."""
    return v[2] + v[3] if v[1] else EXACT


def ball(x: Fraction, prec: int) -> Ball:
    """An exact fraction, rounded only if it has to be."""
    below = x.denominator
    if below & (below - 1) == 0:
        return libmp.from_man_exp(x.numerator, 1 - below.bit_length()), EXACT
    v = libmp.from_rational(x.numerator, below, prec, "n")
    return v, size(v) - prec


def power_of_two(e: int) -> Fraction:
    """2^e."""
    return Fraction(1 << e) if e >= 0 else Fraction(1, 1 << -e)


def fraction(v: Raw) -> Fraction:
    """A raw number, exactly."""
    sign, man, exp, _ = v
    man = -int(man) if sign else int(man)
    exp = int(exp)
    return Fraction(man << exp) if exp >= 0 else Fraction(man, 1 << -exp)


def number(a: Ball) -> tuple[Fraction, Fraction]:
    """The number and its error as fractions; Unsure if they would have too many digits."""
    v, e = a
    if (v[1] and size(v) > LARGEST_NUMBER_BITS) or e > LARGEST_NUMBER_BITS:
        raise Unsure
    error = Fraction(0) if e == EXACT else power_of_two(max(e, -LARGEST_NUMBER_BITS))
    if v[1] and size(v) < -LARGEST_NUMBER_BITS:
        # As e^(-1/h): far below any number that matters.
        return Fraction(0), max(error, Fraction(1, 2**LARGEST_NUMBER_BITS))
    return fraction(v), error


def sign(a: Ball) -> int:
    """The sign, 0 if it is exactly 0."""
    v, e = a
    if e == EXACT:
        return 0 if not v[1] else (-1 if v[0] else 1)
    if not v[1] or size(v) - 1 <= e:
        raise Unsure
    return -1 if v[0] else 1


def rounded(v: Raw, e: int, prec: int) -> Ball:
    """A result with the error it brings and the error of rounding it."""
    return v, max(e, size(v) - prec) + 1


def negated(a: Ball) -> Ball:
    return libmp.mpf_neg(a[0]), a[1]


def add(a: Ball, b: Ball, prec: int) -> Ball:
    if ZERO in (a, b):
        return a if b == ZERO else b
    if a[1] == b[1] == EXACT and abs(size(a[0]) - size(b[0])) < prec:
        exact = libmp.mpf_add(a[0], b[0])
        if exact[3] <= prec:
            return exact, EXACT
    return rounded(libmp.mpf_add(a[0], b[0], prec, "n"), max(a[1], b[1]) + 1, prec)


def subtract(a: Ball, b: Ball, prec: int) -> Ball:
    return add(a, negated(b), prec)


def multiply(a: Ball, b: Ball, prec: int) -> Ball:
    (v, e), (w, f) = a, b
    if (e == EXACT and not v[1]) or (f == EXACT and not w[1]):
        return ZERO
    if e == f == EXACT:
        exact = libmp.mpf_mul(v, w)
        if exact[3] <= prec:
            return exact, EXACT
    error = max(e + size(w), f + size(v), e + f) + 2
    return rounded(libmp.mpf_mul(v, w, prec, "n"), error, prec)


def divide(a: Ball, b: Ball, prec: int) -> Ball:
    (v, e), (w, f) = a, b
    if sign(b) == 0:
        raise Undefined
    if e == EXACT and not v[1]:
        return ZERO
    if f > size(w) - 3:
        raise Unsure
    quotient = libmp.mpf_div(v, w, prec, "n")
    if e == f == EXACT and libmp.mpf_mul(quotient, w) == v:
        return quotient, EXACT
    return rounded(quotient, max(e - size(w) + 1, f + size(quotient) - size(w) + 2) + 1, prec)


def whole_power(a: Ball, n: int, prec: int) -> Ball:
    """a^n for n > 0, by squaring."""
    result = None
    while True:
        if n & 1:
            result = a if result is None else multiply(result, a, prec)
        n >>= 1
        if not n:
            return result  # type: ignore[return-value]
        a = multiply(a, a, prec)


def rational_power(a: Ball, exponent: Fraction, prec: int) -> Ball:
    p, q = exponent.numerator, exponent.denominator
    if p == 0:
        return ONE
    if q == 1:
        return whole_power(a, p, prec) if p > 0 else divide(ONE, whole_power(a, -p, prec), prec)
    try:
        side = sign(a)
    except Unsure:
        if p > 0 and q % 2 == 1:
            # Around 0 it is continuous, and no larger than at the rim.
            return libmp.fzero, (max(size(a[0]), a[1]) + 1) * p // q + 1
        raise
    if side == 0:
        if p < 0:
            raise Undefined
        return ZERO
    if side < 0 and q % 2 == 0:
        raise Undefined
    positive = (libmp.mpf_abs(a[0]), a[1])
    result = exponential(multiply(ball(exponent, prec), logarithm(positive, prec), prec), prec)
    return negated(result) if side < 0 and p % 2 else result


def general_power(a: Ball, b: Ball, prec: int) -> Ball:
    side = sign(a)
    if side < 0:
        raise Undefined
    if side > 0:
        return exponential(multiply(b, logarithm(a, prec), prec), prec)
    if sign(b) < 0:
        raise Undefined
    return ZERO if sign(b) > 0 else ONE


def exponential(a: Ball, prec: int) -> Ball:
    v, e = a
    if not v[1] and e == EXACT:
        return ONE
    if size(v) > LARGEST_EXPONENT_BITS or e > -1:
        raise Unsure
    out = libmp.mpf_exp(v, prec, "n")
    return rounded(out, e + size(out) + 1, prec)


def logarithm(a: Ball, prec: int) -> Ball:
    v, e = a
    if sign(a) <= 0:
        raise Undefined
    if v == libmp.fone and e == EXACT:
        return ZERO
    if e > size(v) - 3:
        raise Unsure
    return rounded(libmp.mpf_log(v, prec, "n"), e + 2 - size(v), prec)


def _logarithm_to(base: int) -> Callable[[Ball, int], Ball]:
    def read(a: Ball, prec: int) -> Ball:
        return divide(logarithm(a, prec), logarithm((libmp.from_int(base), EXACT), prec), prec)

    return read


def _gentle(function: Callable[..., Raw], at_zero: Ball = ZERO) -> Callable[[Ball, int], Ball]:
    """A function whose slope is nowhere steeper than 1."""

    def read(a: Ball, prec: int) -> Ball:
        if a[1] == EXACT and not a[0][1]:
            return at_zero
        if size(a[0]) > LARGEST_NUMBER_BITS:
            # To reduce it by pi would take as many digits of pi.
            raise Unsure
        return rounded(function(a[0], prec, "n"), a[1], prec)

    return read


def _growing(function: Callable[..., Raw], at_zero: Ball) -> Callable[[Ball, int], Ball]:
    """sinh and cosh, whose slope is about their own size."""

    def read(a: Ball, prec: int) -> Ball:
        if a[1] == EXACT and not a[0][1]:
            return at_zero
        if size(a[0]) > LARGEST_EXPONENT_BITS or a[1] > -1:
            raise Unsure
        out = function(a[0], prec, "n")
        return rounded(out, a[1] + max(size(out), 0) + 2, prec)

    return read


sine, cosine = _gentle(libmp.mpf_sin), _gentle(libmp.mpf_cos, ONE)


def tangent(a: Ball, prec: int) -> Ball:
    return divide(sine(a, prec), cosine(a, prec), prec)


def square_root(a: Ball, prec: int) -> Ball:
    v, e = a
    side = sign(a)
    if side < 0:
        raise Undefined
    if side == 0:
        return ZERO
    if e > size(v) - 3:
        raise Unsure
    out = libmp.mpf_sqrt(v, prec, "n")
    if e == EXACT and libmp.mpf_mul(out, out) == v:
        return out, EXACT
    return rounded(out, e + 2 - size(out), prec)


def cube_root(a: Ball, prec: int) -> Ball:
    v, e = a
    if e != EXACT and e > size(v) - 3:
        return libmp.fzero, (max(size(v), e) + 1) // 3 + 1
    if not v[1]:
        return ZERO
    out = libmp.mpf_cbrt(libmp.mpf_abs(v), prec, "n")
    result = rounded(out, e + 2 - 2 * size(out), prec)
    return negated(result) if v[0] else result


def _room(a: Ball, prec: int) -> int:
    """The size of 1 - |a|, for functions on [-1, 1]; EXACT if a is exactly 1 or -1."""
    left = subtract(ONE, (libmp.mpf_abs(a[0]), a[1]), prec)
    side = sign(left)
    if side < 0:
        raise Undefined
    if side and left[1] > size(left[0]) - 3:
        raise Unsure
    return size(left[0])


def _arc(function: Callable[..., Raw]) -> Callable[[Ball, int], Ball]:
    """asin and acos, whose slope is 1/sqrt((1 - u)(1 + u))."""

    def read(a: Ball, prec: int) -> Ball:
        room = _room(a, prec)
        if function is libmp.mpf_acos and room == EXACT and not a[0][0]:
            return ZERO
        if not a[0][1]:
            if function is libmp.mpf_acos:
                return _half_pi(a[1], prec)
            return ZERO if a[1] == EXACT else (libmp.fzero, a[1] + 1)
        steep = 0 if room == EXACT else 2 - room // 2
        return rounded(function(a[0], prec, "n"), a[1] + steep, prec)

    return read


def _half_pi(e: int, prec: int) -> Ball:
    return rounded(libmp.mpf_shift(libmp.mpf_pi(prec, "n"), -1), e + 1, prec)


def area_cosine(a: Ball, prec: int) -> Ball:
    over = subtract(a, ONE, prec)
    side = sign(over)
    if side < 0:
        raise Undefined
    if side == 0:
        return ZERO
    room = size(over[0])
    if over[1] > room - 3:
        raise Unsure
    return rounded(libmp.mpf_acosh(a[0], prec, "n"), a[1] + max(0, -room // 2 + 1) + 2, prec)


def area_tangent(a: Ball, prec: int) -> Ball:
    room = _room(a, prec)
    if room == EXACT:
        raise Undefined
    if not a[0][1]:
        return libmp.fzero, a[1] if a[1] == EXACT else a[1] + 2
    return rounded(libmp.mpf_atanh(a[0], prec, "n"), a[1] + 3 - room, prec)


def absolute(a: Ball, prec: int) -> Ball:
    return libmp.mpf_abs(a[0]), a[1]


def signum(a: Ball, prec: int) -> Ball:
    return libmp.from_int(sign(a)), EXACT


def _step(function: Callable[..., Raw]) -> Callable[[Ball, int], Ball]:
    def read(a: Ball, prec: int) -> Ball:
        v, e = a
        if e == EXACT:
            return function(v), EXACT
        if e > -1:
            raise Unsure
        nearest = libmp.mpf_nint(v)
        # Closer to a whole number than the error: it may lie on either side.
        sign(subtract(a, (nearest, EXACT), max(prec, size(v) + 10)))
        return function(v), EXACT

    return read


def _reciprocal(of: Callable[[Ball, int], Ball]) -> Callable[[Ball, int], Ball]:
    return lambda a, prec: divide(ONE, of(a, prec), prec)


CALLS: dict[str, Callable[[Ball, int], Ball]] = {
    "sqrt": square_root,
    "cbrt": cube_root,
    "exp": exponential,
    "ln": logarithm,
    "log2": _logarithm_to(2),
    "log10": _logarithm_to(10),
    "abs": absolute,
    "sign": signum,
    "floor": _step(libmp.mpf_floor),
    "ceil": _step(libmp.mpf_ceil),
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "sec": _reciprocal(cosine),
    "csc": _reciprocal(sine),
    "cot": lambda a, prec: divide(cosine(a, prec), sine(a, prec), prec),
    "asin": _arc(libmp.mpf_asin),
    "acos": _arc(libmp.mpf_acos),
    "atan": _gentle(libmp.mpf_atan),
    "sinh": _growing(libmp.mpf_sinh, ZERO),
    "cosh": _growing(libmp.mpf_cosh, ONE),
    "tanh": _gentle(libmp.mpf_tanh),
    "asinh": _gentle(libmp.mpf_asinh),
    "acosh": area_cosine,
    "atanh": area_tangent,
}
OPERATIONS = {"+": add, "-": subtract, "*": multiply, "/": divide}


def extreme(name: str, a: Ball, b: Ball, prec: int) -> Ball:
    """The smaller or larger of two; which of them it is need not be known."""
    less = libmp.mpf_lt(a[0], b[0])
    chosen = a if less == (name == "min") else b
    if a[1] == b[1] == EXACT:
        return chosen
    # Surely apart: the error is that of the chosen one.
    other = b if chosen is a else a
    apart = libmp.mpf_sub(chosen[0], other[0], 30, "n")
    if size(apart) - 2 > max(a[1], b[1]) + 1:
        return chosen
    return chosen[0], max(a[1], b[1])


def constant(name: str, prec: int) -> Ball:
    v = libmp.mpf_e(prec, "n") if name == "e" else libmp.mpf_pi(prec, "n")
    if name == "tau":
        v = libmp.mpf_shift(v, 1)
    return v, size(v) - prec


def compiled(node: Node) -> Reading:
    """The tree as one function of a ball and a precision in bits. It raises Undefined and Unsure."""
    match node:
        case Number():
            exact = node.exact
            return lambda x, prec: ball(exact, prec)
        case Constant(name):
            return lambda x, prec: constant(name, prec)
        case Variable():
            return lambda x, prec: x
        case Negate(of):
            inner = compiled(of)
            return lambda x, prec: negated(inner(x, prec))
        case Binary(operator, left, right):
            operate, one, two = OPERATIONS[operator], compiled(left), compiled(right)
            return lambda x, prec: operate(one(x, prec), two(x, prec), prec)
        case Power(base, exponent):
            return _compiled_power(base, exponent)
        case Call(name, arguments) if name in ("min", "max"):
            return _compiled_extreme(name, [compiled(argument) for argument in arguments])
        case Call(name, (of,)):
            call, inside = CALLS[name], compiled(of)
            return lambda x, prec: call(inside(x, prec), prec)
    raise AssertionError(node)


def _compiled_power(base: Node, exponent: Node) -> Reading:
    if base == Constant("e"):
        above = compiled(exponent)
        return lambda x, prec: exponential(above(x, prec), prec)
    number, below = rational(exponent), compiled(base)
    if number is not None:
        return lambda x, prec: rational_power(below(x, prec), number, prec)
    above = compiled(exponent)
    return lambda x, prec: general_power(below(x, prec), above(x, prec), prec)


def _compiled_extreme(name: str, parts: list[Reading]) -> Reading:
    def read(x: Ball, prec: int) -> Ball:
        result = parts[0](x, prec)
        for part in parts[1:]:
            result = extreme(name, result, part(x, prec), prec)
        return result

    return read


def exactly(node: Node, x: Fraction | Ball, prec: int) -> Fraction | Ball:
    """The value at a fraction: a fraction as far as that goes, else a ball; so floor(20 * 0.15) is surely 3.

    At a zero of a guard, known to 240 bits, a part that is whole as far as all these tell is taken to be so: sin(x)
    is 1 at pi/2.
    """
    found = _exactly(node, x, prec)
    return found if isinstance(x, Fraction) or isinstance(found, Fraction) else _whole(found)


def _whole(a: Ball) -> Fraction | Ball:
    v, e = a
    if e == EXACT or e > LEAST_BITS or size(v) > -e:
        return a
    nearest = libmp.mpf_nint(v)
    off = libmp.mpf_sub(v, nearest)
    return fraction(nearest) if size(off) <= e + 2 else a


def _exactly(node: Node, x: Fraction | Ball, prec: int) -> Fraction | Ball:
    match node:
        case Number():
            return node.exact
        case Constant(name):
            return constant(name, prec)
        case Variable():
            return x
        case Power(base, exponent) if base == Constant("e"):
            return _called("exp", [exactly(exponent, x, prec)], prec)
        case Power(base, exponent):
            return _raised(exactly(base, x, prec), exactly(exponent, x, prec), rational(exponent), prec)
        case Negate(of):
            return _operated("-", Fraction(0), exactly(of, x, prec), prec)
        case Binary(operator, left, right):
            return _operated(operator, exactly(left, x, prec), exactly(right, x, prec), prec)
        case Call(name, arguments):
            return _called(name, [exactly(argument, x, prec) for argument in arguments], prec)
    raise AssertionError(node)


def as_ball(value: Fraction | Ball, prec: int) -> Ball:
    return ball(value, prec) if isinstance(value, Fraction) else value


def _operated(operator: str, a: Fraction | Ball, b: Fraction | Ball, prec: int) -> Fraction | Ball:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        if operator == "/" and b == 0:
            raise Undefined
        result = {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[operator](b)
        if max(result.numerator.bit_length(), result.denominator.bit_length()) < LARGEST_FRACTION_BITS:
            return result
    elif operator == "*" and Fraction(0) in (a, b):
        return Fraction(0)
    return OPERATIONS[operator](as_ball(a, prec), as_ball(b, prec), prec)


def _raised(a: Fraction | Ball, b: Fraction | Ball, exponent: Fraction | None, prec: int) -> Fraction | Ball:
    if exponent is None:
        if isinstance(a, Fraction) and isinstance(b, Fraction) and a >= 0:
            exponent = b
        else:
            return general_power(as_ball(a, prec), as_ball(b, prec), prec)
    if isinstance(a, Fraction):
        if a == 0 and exponent < 0:
            raise Undefined
        if a in (0, 1) or exponent == 0:
            return Fraction(1) if exponent == 0 else a
        bits = max(a.numerator.bit_length(), a.denominator.bit_length())
        if exponent.denominator == 1 and bits * abs(exponent) < LARGEST_FRACTION_BITS:
            return a ** int(exponent)
        root = _exact_root(a, exponent.denominator) if exponent.denominator < 64 else None
        if root is not None and bits * abs(exponent.numerator) < LARGEST_FRACTION_BITS:
            return root**exponent.numerator
    return rational_power(as_ball(a, prec), exponent, prec)


def _exact_root(a: Fraction, n: int) -> Fraction | None:
    """The n-th root of a fraction if it is one."""
    if a < 0:
        inner = _exact_root(-a, n) if n % 2 else None
        return None if inner is None else -inner
    parts = []
    for part in (a.numerator, a.denominator):
        root = round(part ** (1 / n)) if part < 2**1000 else 0
        if root**n != part:
            return None
        parts.append(root)
    return Fraction(parts[0], parts[1])


ZERO_AT_ZERO = frozenset(("sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh"))
ONE_AT_ZERO = frozenset(("exp", "cos", "sec", "cosh"))


def _called(name: str, arguments: list[Fraction | Ball], prec: int) -> Fraction | Ball:
    u = arguments[0]
    if all(isinstance(argument, Fraction) for argument in arguments):
        known = _known_value(name, arguments)  # type: ignore[arg-type]
        if known is not None:
            return known
    balls = [as_ball(argument, prec) for argument in arguments]
    if name in ("min", "max"):
        result = balls[0]
        for other in balls[1:]:
            result = extreme(name, result, other, prec)
        return result
    del u
    return CALLS[name](balls[0], prec)


def _known_value(name: str, arguments: list[Fraction]) -> Fraction | None:
    """Values that are fractions."""
    u = arguments[0]
    if name in ("min", "max"):
        return min(arguments) if name == "min" else max(arguments)
    if name in ("abs", "sign", "floor", "ceil"):
        whole = {"floor": u.__floor__, "ceil": u.__ceil__}
        return (
            abs(u)
            if name == "abs"
            else Fraction((u > 0) - (u < 0))
            if name == "sign"
            else Fraction(whole[name]())
        )
    if u == 0 and name in ZERO_AT_ZERO:
        return Fraction(0)
    if u == 0 and name in ONE_AT_ZERO:
        return Fraction(1)
    if u == 1 and name in ("ln", "log2", "log10", "acos", "acosh"):
        return Fraction(0)
    if name in ("sqrt", "cbrt"):
        return _exact_root(u, 2 if name == "sqrt" else 3)
    if name in ("log2", "log10") and u > 0:
        base = int(name[3:])
        guess = round(
            libmp.to_float(libmp.mpf_log(libmp.from_rational(u.numerator, u.denominator, 60, "n"), 60, "n"))
            / {2: 0.6931471805599453, 10: 2.302585092994046}[base]
        )
        return Fraction(guess) if abs(guess) < 1000 and Fraction(base) ** guess == u else None
    return None
