"""The tree read on intervals: bounds that hold for every point between two ends, for proofs.

Every operation rounds outward. Sums, products, quotients and square roots are correctly rounded by IEEE 754,
so one step to the next float is enough. The library's exp, sin, pow ... are not: they are taken to err by at
most 8 units in the last place (glibc and NumPy document at most 4), and sin, cos and tan by another 1e-15.
Everything is vectorised, and no line looks at the numbers of an array, only at those of a constant, so that
a reading can be recorded once and played (`calc.expression.tape`): a thousand intervals cost little more than
one.

Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, "Introduction to Interval Analysis", SIAM 2009. The bounds
of the slope at corners are those of F. H. Clarke's generalised gradient, for which the mean-value theorem
holds (G. Lebourg, 1975).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.expression.arrays import NUMPY_NAMES
from calc.expression.tree import Number, Operator

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

LIBRARY_ERROR = 2.0**-49
"""8 units in the last place, twice what glibc and NumPy document."""
ANGLE_ERROR = 1e-15
"""About 4 units in the last place of 1: near its zeros sin is small, and its error is not relative."""
LARGEST = np.finfo(np.float64).max
MAX_LOGARITHM = 745.0
"""-ln of the least positive float64, 4.9e-324: ln of 0 is -inf, that of any other float less in size."""

# Where a function is defined, and whether its ends belong to it.
DOMAINS = {
    "ln": (0.0, np.inf, False),
    "log2": (0.0, np.inf, False),
    "log10": (0.0, np.inf, False),
    "asin": (-1.0, 1.0, True),
    "acos": (-1.0, 1.0, True),
    "acosh": (1.0, np.inf, True),
    "atanh": (-1.0, 1.0, False),
}
RANGES = {"exp": (0.0, np.inf), "cosh": (1.0, np.inf), "tanh": (-1.0, 1.0), "acosh": (0.0, np.inf)}
EXACT = frozenset(("floor", "ceil", "sign"))
RECIPROCALS = {"sec": "cos", "csc": "sin"}
POWERS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """Bounds of some quantity over each of an array of intervals.

    Wherever the quantity is defined it lies in [low, high]; low is never inf, high never -inf,
    neither is nan. It is defined where every part of it is a finite real number: atan(1/x) is not at 0.
    `undefined`: it may be undefined at some point there. `nowhere`: it is defined at no point there.
    """

    low: Floats
    high: Floats
    undefined: Flags
    nowhere: Flags


def point_interval(value: float) -> Interval:
    """The interval that holds one float."""
    no = np.zeros((), dtype=bool)
    return Interval(np.asarray(value), np.asarray(value), no, no)


ZERO, ONE = point_interval(0.0), point_interval(1.0)


def fraction(value: Fraction) -> Interval:
    """The narrowest interval that is sure to hold a fraction; raises OverflowError beyond 1.8e308."""
    return _constant(float(value), value)


def _down(value: Floats) -> Floats:
    return np.nextafter(value, -np.inf)


def _up(value: Floats) -> Floats:
    return np.nextafter(value, np.inf)


def _library_down(value: Floats, error: float | Floats = LIBRARY_ERROR, absolute: float = 0.0) -> Floats:
    """A bound below the true value, of which the library gave `value`; an overflow is some large number."""
    finite = np.minimum(value, LARGEST)
    return _down(finite - (np.abs(finite) * error + absolute))


def _library_up(value: Floats, error: float | Floats = LIBRARY_ERROR, absolute: float = 0.0) -> Floats:
    return -_library_down(-value, error, absolute)


def _cleaned(low: Floats, high: Floats, undefined: Flags, nowhere: Flags) -> Interval:
    """The interval, with no bounds at all where nothing is defined."""
    if nowhere.ndim > 0 or nowhere:
        low, high = np.where(nowhere, -np.inf, low), np.where(nowhere, np.inf, high)
    return Interval(low, high, undefined | nowhere, nowhere)


def add(a: Interval, b: Interval) -> Interval:
    if _is_zero(a):
        a, b = b, a
    if _is_zero(b):
        return replace(a, undefined=a.undefined | b.undefined, nowhere=a.nowhere | b.nowhere)
    low, high = a.low + b.low, a.high + b.high
    low = np.where((a.low == 0) | (b.low == 0), low, _down(low))
    high = np.where((a.high == 0) | (b.high == 0), high, _up(high))
    return Interval(low, high, a.undefined | b.undefined, a.nowhere | b.nowhere)


def negate(a: Interval) -> Interval:
    return replace(a, low=-a.high, high=-a.low)


def multiply(a: Interval, b: Interval) -> Interval:
    """The four products of ends; 0 times an infinite bound is 0, as the quantity itself is finite."""
    # Most products have a constant in them: 0 and 1 where a part has no curvature, or is the variable itself.
    if a.low.ndim == 0:
        a, b = b, a
    if b is ONE:
        return a
    if _is_zero(b):
        return replace(b, undefined=a.undefined | b.undefined, nowhere=a.nowhere | b.nowhere)
    if b.low.ndim == 0 and b.low > 0 and b.high < np.inf:
        return _scaled(a, b)
    if b.low.ndim == 0 and -np.inf < b.low and b.high < 0:
        return negate(_scaled(a, negate(b)))
    products = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    products = [np.where(np.isnan(product), 0.0, product) for product in products]
    low = _down(np.minimum(np.minimum(*products[:2]), np.minimum(*products[2:])))
    high = _up(np.maximum(np.maximum(*products[:2]), np.maximum(*products[2:])))
    a_plus, a_minus, b_plus, b_minus = a.low >= 0, a.high <= 0, b.low >= 0, b.high <= 0
    low = np.where((a_plus & b_plus) | (a_minus & b_minus), np.maximum(low, 0.0), low)
    high = np.where((a_plus & b_minus) | (a_minus & b_plus), np.minimum(high, 0.0), high)
    zero = (a_plus & a_minus) | (b_plus & b_minus)
    low, high = np.where(zero, 0.0, low), np.where(zero, 0.0, high)
    return Interval(low, high, a.undefined | b.undefined, a.nowhere | b.nowhere)


def _is_zero(a: Interval) -> bool:
    """Whether it is the constant 0."""
    return bool(a.low.ndim == 0 and a.low == 0 and a.high == 0)


def _scaled(a: Interval, positive: Interval) -> Interval:
    """The product with a finite constant above 0: each end with the one that leads further out."""
    least = most = positive.low
    if positive.low != positive.high:
        least = np.where(a.low >= 0, positive.low, positive.high)
        most = np.where(a.high >= 0, positive.high, positive.low)
    low, high = _down(a.low * least), _up(a.high * most)
    low = np.where(a.low >= 0, np.maximum(low, 0.0), low)
    high = np.where(a.high <= 0, np.minimum(high, 0.0), high)
    undefined, nowhere = a.undefined | positive.undefined, a.nowhere | positive.nowhere
    return Interval(low, high, undefined, nowhere)


def reciprocal(a: Interval) -> Interval:
    """1/a: unbounded on the side from which 0 is reached, on both where it lies inside."""
    low = np.where(a.low < 0, np.where(a.high > 0, -np.inf, _down(1 / a.high)), _down(1 / a.high))
    high = np.where(a.low < 0, np.where(a.high > 0, np.inf, _up(1 / a.low)), _up(1 / a.low))
    low, high = np.where(a.high == 0, -np.inf, low), np.where(a.low == 0, np.inf, high)
    has_zero = (a.low <= 0) & (a.high >= 0)
    only_zero = (a.low == 0) & (a.high == 0)
    return _cleaned(low, high, a.undefined | has_zero, a.nowhere | only_zero)


def divide(a: Interval, b: Interval) -> Interval:
    return multiply(a, reciprocal(b))


def hull(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    low, high = np.minimum(a.low, b.low), np.maximum(a.high, b.high)
    return Interval(low, high, a.undefined | b.undefined, a.nowhere | b.nowhere)


def rational_power(a: Interval, exponent: Fraction) -> Interval:
    """a^(p/q), the real root for odd q; for even q only a >= 0 counts."""
    if exponent == 0:
        return replace(a, low=np.ones_like(a.low), high=np.ones_like(a.high))
    if exponent == 1:
        return a
    pole = exponent < 0
    odd_root, odd_power = exponent.denominator % 2 == 1, exponent.numerator % 2 == 1
    if not odd_root:
        below = a.low <= 0 if pole else a.low < 0
        outside = a.high <= 0 if pole else a.high < 0
        smallest, largest = np.maximum(a.low, 0.0), np.maximum(a.high, 0.0)
        low, high = _power_of_size(smallest, largest, exponent)
        return _cleaned(low, high, a.undefined | below, a.nowhere | outside)
    has_zero = (a.low <= 0) & (a.high >= 0)
    smallest = np.where(has_zero, 0.0, np.minimum(np.abs(a.low), np.abs(a.high)))
    low, high = _power_of_size(smallest, np.maximum(np.abs(a.low), np.abs(a.high)), exponent)
    if odd_power and pole:
        low, high = np.where(a.low < 0, -high, low), np.where(a.low < 0, -low, high)
        low, high = np.where(a.high == 0, -np.inf, low), np.where(a.low == 0, np.inf, high)
        both = (a.low < 0) & (a.high > 0)
        low, high = np.where(both, -np.inf, low), np.where(both, np.inf, high)
    elif odd_power:
        low = np.where(a.low < 0, -_power_of_size(np.abs(a.low), np.abs(a.low), exponent)[1], low)
        high = np.where(a.high < 0, -_power_of_size(np.abs(a.high), np.abs(a.high), exponent)[0], high)
        mixed = (a.low < 0) & (a.high >= 0)
        high = np.where(mixed, _power_of_size(np.abs(a.high), np.abs(a.high), exponent)[1], high)
    undefined = a.undefined | has_zero if pole else a.undefined
    return _cleaned(low, high, undefined, a.nowhere | (pole & (a.low == 0) & (a.high == 0)))


def _power_of_size(smallest: Floats, largest: Floats, exponent: Fraction) -> tuple[Floats, Floats]:
    """Bounds of t^(p/q) for 0 <= smallest <= t <= largest."""
    if exponent < 0:
        smallest, largest = largest, smallest
    power = float(exponent)
    error: list[float | Floats] = [LIBRARY_ERROR, LIBRARY_ERROR]
    if Fraction(power) != exponent:
        # The rounded exponent changes t^r by the factor t^(error of r), about 1 + error * ln t.
        logarithms = (np.minimum(np.abs(np.log(t)), MAX_LOGARITHM) for t in (smallest, largest))
        error = [LIBRARY_ERROR * (1 + abs(power) * logarithm) for logarithm in logarithms]
    low, high = np.power(smallest, power), np.power(largest, power)
    low = np.where(low == 0, 0.0, np.maximum(_library_down(low, error[0]), 0.0))
    exact_zero = (largest == 0) & (exponent > 0)
    return low, np.where(exact_zero, 0.0, _library_up(high, error[1]))


def function(name: str, a: Interval) -> Interval:
    """A function of one argument, over its domain."""
    if name in POWERS:
        return rational_power(a, POWERS[name])
    if name in RECIPROCALS:
        return reciprocal(function(RECIPROCALS[name], a))
    if name in ("sin", "cos"):
        return _sine_or_cosine(name, a)
    if name in ("tan", "cot"):
        return _tangent(name, a)
    if name in ("cosh", "abs"):
        a = _magnitude(a)
        return a if name == "abs" else _monotone(name, a, a.low, a.high)
    inside = within_domain(name, a)
    if name == "acos":
        return _monotone(name, inside, inside.high, inside.low)
    return _monotone(name, inside, inside.low, inside.high)


def within_domain(name: str, a: Interval) -> Interval:
    """The part of the interval on which the function is defined."""
    if name not in DOMAINS:
        return a
    least, most, closed = DOMAINS[name]
    below = a.low < least if closed else a.low <= least
    above = a.high > most if closed else (a.high >= most) & np.isfinite(most)
    outside = (a.high < least) | (a.low > most)
    if not closed:
        outside = (a.high <= least) | ((a.low >= most) & np.isfinite(most))
    low, high = np.clip(a.low, least, most), np.clip(a.high, least, most)
    return Interval(low, high, a.undefined | below | above, a.nowhere | outside)


def _monotone(name: str, a: Interval, lowest_at: Floats, highest_at: Floats) -> Interval:
    operation: Any = getattr(np, NUMPY_NAMES.get(name, name))
    low, high = operation(lowest_at), operation(highest_at)
    if name not in EXACT:
        least, most = RANGES.get(name, (-np.inf, np.inf))
        low, high = np.maximum(_library_down(low), least), np.minimum(_library_up(high), most)
    return _cleaned(low, high, a.undefined, a.nowhere)


def _magnitude(a: Interval) -> Interval:
    """|a|"""
    has_zero = (a.low <= 0) & (a.high >= 0)
    low = np.where(has_zero, 0.0, np.minimum(np.abs(a.low), np.abs(a.high)))
    return replace(a, low=low, high=np.maximum(np.abs(a.low), np.abs(a.high)))


def _sine_or_cosine(name: str, a: Interval) -> Interval:
    """sin or cos: the values at the ends, and 1 or -1 where a crest or a trough may lie between."""
    low_at, high_at = (np.where(np.isfinite(end), end, 0.0) for end in (a.low, a.high))
    operation = np.sin if name == "sin" else np.cos
    ends = operation(low_at), operation(high_at)
    low = np.maximum(_library_down(np.minimum(*ends), absolute=ANGLE_ERROR), -1.0)
    high = np.minimum(_library_up(np.maximum(*ends), absolute=ANGLE_ERROR), 1.0)
    endless = ~(np.isfinite(a.low) & np.isfinite(a.high))
    crest = np.pi / 2 if name == "sin" else 0.0
    low = np.where(endless | _reaches(low_at, high_at, crest + np.pi), -1.0, low)
    high = np.where(endless | _reaches(low_at, high_at, crest), 1.0, high)
    return Interval(low, high, a.undefined, a.nowhere)


def _reaches(low: Floats, high: Floats, angle: float) -> Flags:
    """Whether some angle + 2 pi k may lie in the interval: never wrongly no."""
    first, last = (low - angle) / (2 * np.pi), (high - angle) / (2 * np.pi)
    margin = 1e-14 * (1 + np.maximum(np.abs(first), np.abs(last)))
    return np.floor(last + margin) >= np.ceil(first - margin)


def _tangent(name: str, a: Interval) -> Interval:
    """tan rises, cot falls, between two poles: the zeros of cos or sin."""
    below = _sine_or_cosine("cos" if name == "tan" else "sin", a)
    pole = (below.low <= 0) & (below.high >= 0)
    ends = [np.tan(np.where(pole, 1.0, end)) for end in (a.low, a.high)]
    if name == "cot":
        ends = [1 / ends[1], 1 / ends[0]]
    low, high = _library_down(ends[0], absolute=ANGLE_ERROR), _library_up(ends[1], absolute=ANGLE_ERROR)
    low, high = np.where(pole, -np.inf, low), np.where(pole, np.inf, high)
    return Interval(low, high, a.undefined | pole, a.nowhere)


class Intervals:
    """The algebra of intervals: values only, as the derivative rules need them."""

    def __init__(self, values: dict[str, Interval]) -> None:
        self.values = values

    def number(self, node: Number) -> Interval:
        return _constant(node.value, node.exact)

    def constant(self, name: str) -> Interval:
        return _constant({"pi": np.pi, "e": np.e, "tau": 2 * np.pi}[name], None)

    def variable(self, name: str) -> Interval:
        return self.values[name]

    def negate(self, of: Interval) -> Interval:
        return negate(of)

    def binary(self, operator: Operator, left: Interval, right: Interval) -> Interval:
        if operator == "+":
            return add(left, right)
        if operator == "-":
            return add(left, negate(right))
        return multiply(left, right) if operator == "*" else divide(left, right)

    def rational_power(self, base: Interval, exponent: Fraction) -> Interval:
        return rational_power(base, exponent)

    def power(self, base: Interval, exponent: Interval) -> Interval:
        return function("exp", multiply(exponent, logarithm_of_base(base)))

    def call(self, name: str, *arguments: Interval) -> Interval:
        if name in ("min", "max"):
            raise NotImplementedError("no derivative rule holds min or max")
        return function(name, arguments[0])


def logarithm_of_base(base: Interval) -> Interval:
    """ln u for u^v = exp(v ln u): unlike ln u, the power may be defined where u is 0."""
    found = function("ln", base)
    return replace(found, nowhere=base.nowhere | (base.high < 0))


def _constant(value: float, exact: Fraction | None) -> Interval:
    if exact is not None and Fraction(value) == exact:
        return point_interval(value)
    return replace(ONE, low=_down(np.asarray(value)), high=_up(np.asarray(value)))


@dataclass(frozen=True, slots=True, eq=False)
class Enclosure:
    """Proven bounds of a function f and its derivatives over each of an array of closed intervals.

    Attributes:
        value: f(x) lies in it for every x of the interval at which f is defined.
        first: f'(x) lies in it wherever it exists; so do the slopes of all chords of f within the interval if
            neither `undefined` nor `jump` is set there, even across corners.
        second: f''(x) lies in it wherever it exists.
        jump: f may be discontinuous somewhere there.

    Each may be wider than the truth, and a flag may be set without need, but never the other way round.
    """

    value: Interval
    first: Interval
    second: Interval
    jump: Flags

    @property
    def undefined(self) -> Flags:
        """f may be undefined somewhere in the interval."""
        return self.value.undefined

    @property
    def nowhere(self) -> Flags:
        """f is defined at no point of the interval."""
        return self.value.nowhere

    @property
    def corner(self) -> Flags:
        """f may fail to be differentiable somewhere in the interval: corner, jump, pole, vertical tangent.

        At an edge of the domain of a part the derivative from inside counts, as of x^1.5 at 0.
        """
        return self.value.undefined | self.first.undefined | self.jump
