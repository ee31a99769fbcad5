"""The tree read on intervals with first and second derivatives: see `intervals.Enclosure` for the promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calc.expression import intervals
from calc.expression.intervals import (
    ONE,
    POWERS,
    ZERO,
    Enclosure,
    Flags,
    Floats,
    Interval,
    Intervals,
    add,
    divide,
    fraction,
    hull,
    multiply,
    negate,
    point_interval,
    within_domain,
)
from calc.expression.rules import derivatives
from calc.expression.tape import record
from calc.expression.tree import Node, Number, Operator, fold, remembered

RECIPROCALS = {"sec": "cos", "csc": "sin"}
NO = ZERO.undefined
"""The flag of what cannot happen."""


class Enclosures:
    """The algebra of enclosures. `values` holds the enclosure of each variable."""

    def __init__(self, values: dict[str, Enclosure]) -> None:
        self.values = values
        self.plain = Intervals({})

    def number(self, node: Number) -> Enclosure:
        return _constant(self.plain.number(node))

    def constant(self, name: str) -> Enclosure:
        return _constant(self.plain.constant(name))

    def variable(self, name: str) -> Enclosure:
        return self.values[name]

    def negate(self, of: Enclosure) -> Enclosure:
        return Enclosure(negate(of.value), negate(of.first), negate(of.second), of.jump)

    def binary(self, operator: Operator, left: Enclosure, right: Enclosure) -> Enclosure:
        if operator == "-":
            operator, right = "+", self.negate(right)
        if operator == "*" and left is right:
            return self.rational_power(left, Fraction(2))
        u, v, jump = left.value, right.value, left.jump | right.jump
        if operator == "+":
            return Enclosure(add(u, v), add(left.first, right.first), add(left.second, right.second), jump)
        if operator == "*":
            first = add(multiply(left.first, v), multiply(u, right.first))
            twice = multiply(point_interval(2.0), multiply(left.first, right.first))
            second = add(add(multiply(left.second, v), twice), multiply(u, right.second))
            return Enclosure(multiply(u, v), first, second, jump)
        value = divide(u, v)
        first = divide(add(left.first, negate(multiply(value, right.first))), v)
        twice = multiply(point_interval(2.0), multiply(first, right.first))
        rest = add(twice, multiply(value, right.second))
        return Enclosure(value, first, divide(add(left.second, negate(rest)), v), jump)

    def rational_power(self, base: Enclosure, exponent: Fraction) -> Enclosure:
        slopes = [ZERO, ZERO]
        factor = exponent
        for order in (1, 2):
            if factor != 0:
                power = intervals.rational_power(base.value, exponent - order)
                slopes[order - 1] = multiply(fraction(factor), power)
            factor *= exponent - order
        return _chain(base, intervals.rational_power(base.value, exponent), slopes[0], slopes[1])

    def power(self, base: Enclosure, exponent: Enclosure) -> Enclosure:
        """u^v = exp(v ln u)."""
        logarithm = replace(self.call("ln", base), value=intervals.logarithm_of_base(base.value))
        return self.call("exp", self.binary("*", exponent, logarithm))

    def call(self, name: str, *arguments: Enclosure) -> Enclosure:
        if name in ("min", "max"):
            result = arguments[0]
            for argument in arguments[1:]:
                result = self._extreme(name, result, argument)
            return result
        (u,) = arguments
        if name in POWERS:
            return self.rational_power(u, POWERS[name])
        if name in RECIPROCALS:
            return self.binary("/", _constant(ONE), self.call(RECIPROCALS[name], u))
        if name == "cot":
            quotient = self.binary("/", self.call("cos", u), self.call("sin", u))
            return replace(quotient, value=intervals.function("cot", u.value))
        if name == "abs":
            return _absolute(u)
        if name in ("sign", "floor", "ceil"):
            return _step_function(name, u)
        inside = within_domain(name, u.value)
        slopes = [fold(tree, Intervals({"u": inside})) for tree in derivatives(name)]
        return _chain(u, intervals.function(name, u.value), *slopes)

    def _extreme(self, name: str, left: Enclosure, right: Enclosure) -> Enclosure:
        if name == "min":
            return self.negate(self._extreme("max", self.negate(left), self.negate(right)))
        u, v = left.value, right.value
        only_left, only_right = u.low > v.high, v.low > u.high
        undefined, nowhere = u.undefined | v.undefined, u.nowhere | v.nowhere
        value = Interval(np.maximum(u.low, v.low), np.maximum(u.high, v.high), undefined, nowhere)
        tie = ~(only_left | only_right)
        first = _chosen(only_left, only_right, left.first, right.first)
        second = _chosen(only_left, only_right, left.second, right.second)
        jump = (left.jump & ~only_right) | (right.jump & ~only_left)
        return Enclosure(value, _flagged(first, tie), _unbounded(second, tie), jump)


def _constant(value: Interval) -> Enclosure:
    """A constant."""
    return Enclosure(value, ZERO, ZERO, NO)


def _chain(u: Enclosure, value: Interval, first: Interval, second: Interval) -> Enclosure:
    """f(u) from bounds of f, f' and f'' over u."""
    squared = intervals.rational_power(u.first, Fraction(2))
    curved = add(multiply(second, squared), multiply(first, u.second))
    return Enclosure(value, multiply(first, u.first), curved, u.jump)


def _flagged(a: Interval, where: Flags) -> Interval:
    return replace(a, undefined=a.undefined | where)


def _unbounded(a: Interval, where: Flags) -> Interval:
    """No bounds at all, and the flag, where there may be a corner or a jump."""
    low, high = np.where(where, -np.inf, a.low), np.where(where, np.inf, a.high)
    return Interval(low, high, a.undefined | where, a.nowhere & ~where)


def _absolute(u: Enclosure) -> Enclosure:
    zero = (u.value.low <= 0) & (u.value.high >= 0) & ~_is_constant(u)
    no = np.zeros((), dtype=bool)
    sign = Interval(np.where(u.value.low > 0, 1.0, -1.0), np.where(u.value.high < 0, -1.0, 1.0), no, no)
    first, second = multiply(sign, u.first), multiply(sign, u.second)
    return Enclosure(
        intervals.function("abs", u.value), _flagged(first, zero), _unbounded(second, zero), u.jump
    )


def _step_function(name: str, u: Enclosure) -> Enclosure:
    """sign, floor, ceil: flat unless a jump may lie in the interval."""
    value = intervals.function(name, u.value)
    low, high = u.value.low, u.value.high
    if name == "sign":
        jump = (low <= 0) & (high >= 0)
    else:
        # Also at an end: the jump may lie just beyond, and there is no derivative at a jump.
        jump = (np.floor(low) != np.floor(high)) | (low == np.floor(low)) | (high == np.floor(high))
    jump = u.jump | (jump & ~_is_constant(u))
    return Enclosure(value, _unbounded(ZERO, jump), _unbounded(ZERO, jump), jump)


def _is_constant(u: Enclosure) -> Flags:
    """Where the part is proven to be constant: its slope is 0 throughout, without a jump."""
    still: Flags = (u.first.low == 0) & (u.first.high == 0) & ~u.first.undefined & ~u.jump
    return still


def _chosen(left_only: Flags, right_only: Flags, left: Interval, right: Interval) -> Interval:
    both = hull(left, right)
    low = np.where(left_only, left.low, np.where(right_only, right.low, both.low))
    high = np.where(left_only, left.high, np.where(right_only, right.high, both.high))
    undefined = (left.undefined & ~right_only) | (right.undefined & ~left_only)
    return Interval(low, high, undefined, np.zeros((), dtype=bool))


def enclose(root: Node, sides: Mapping[str, tuple[ArrayLike, ArrayLike]], along: str) -> Enclosure:
    """Bounds over boxes: `sides` gives the low and high ends of each variable, all of one shape S.

    The derivatives are those in the variable `along`. Raises ValueError for ends that are not finite, or low
    above high. All arrays of the result have shape S.
    """
    ends = [np.asarray(end, dtype=np.float64) for side in sides.values() for end in side]
    ends = list(np.broadcast_arrays(*ends))
    if not all(np.isfinite(end).all() for end in ends):
        raise ValueError("the ends of an interval are finite numbers")
    if any((low > high).any() for low, high in zip(ends[::2], ends[1::2], strict=True)):
        raise ValueError("an interval begins at its lower end")
    with np.errstate(all="ignore"):
        parts = _recorded(root, tuple(sides), along)(*ends)
    parts = tuple(np.broadcast_to(part, ends[0].shape) for part in parts)
    return Enclosure(Interval(*parts[:4]), Interval(*parts[4:8]), Interval(*parts[8:12]), parts[12])


@remembered
def _recorded(root: Node, names: tuple[str, ...], along: str) -> Callable[..., tuple[Any, ...]]:
    """The reading of the tree, from the low and high ends of each variable to all parts of the result."""

    def read(*ends: Floats) -> tuple[Any, ...]:
        values = {}
        for name, low, high in zip(names, ends[::2], ends[1::2], strict=True):
            slope = ONE if name == along else ZERO
            values[name] = Enclosure(Interval(low, high, NO, NO), slope, ZERO, NO)
        found = fold(root, Enclosures(values))
        intervals = (found.value, found.first, found.second)
        return (*(part for each in intervals for part in _parts(each)), found.jump)

    with np.errstate(all="ignore"):
        return record(read, 2 * len(names))


def _parts(of: Interval) -> tuple[Any, ...]:
    return of.low, of.high, of.undefined, of.nowhere


def mean_value_form(root: Node, name: str, low: ArrayLike, high: ArrayLike) -> Enclosure:
    """For one variable: bounds whose excess shrinks with the square of the width, at twice the price.

    f(x) = f(m) + f'(t)(x - m) for the middle m of the interval and some t in it, and the same for f'. The
    first holds where f is continuous, the second where f' is.
    """
    low, high = np.broadcast_arrays(np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64))
    middle = low / 2 + high / 2
    # Both at once: on the few boxes of a proof, each reading of the tree costs the same.
    both = enclose(root, {name: (np.stack([low, middle]), np.stack([high, middle]))}, name)
    wide, centre = (_part(both, i) for i in (0, 1))
    no = np.zeros(middle.shape, dtype=bool)
    ends = (Interval(end, end, no, no) for end in (low, high))
    from_middle = [add(end, negate(Interval(middle, middle, no, no))) for end in ends]
    reach = Interval(from_middle[0].low, from_middle[1].high, no, no)
    with np.errstate(all="ignore"):
        value = add(centre.value, multiply(wide.first, reach))
        first = add(centre.first, multiply(wide.second, reach))
    smooth = ~(wide.undefined | wide.jump)
    return Enclosure(
        _narrowed(wide.value, value, smooth),
        _narrowed(wide.first, first, smooth & ~wide.corner),
        wide.second,
        wide.jump,
    )


def _part(of: Enclosure, i: int) -> Enclosure:
    """The boxes of the first axis' place i."""
    value, first, second = (
        Interval(part.low[i], part.high[i], part.undefined[i], part.nowhere[i])
        for part in (of.value, of.first, of.second)
    )
    return Enclosure(value, first, second, of.jump[i])


def _narrowed(wide: Interval, other: Interval, where: Flags) -> Interval:
    """What lies in both, where the other may be used."""
    low = np.where(where, np.maximum(wide.low, other.low), wide.low)
    return replace(wide, low=low, high=np.where(where, np.minimum(wide.high, other.high), wide.high))
