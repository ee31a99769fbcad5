"""Where a typed function may break, touch or bend: the zeros of its guards.

A guard is a part of the tree that has a zero wherever something may happen: the denominator of a quotient, the
inside of |u|, the difference of the two arguments of max. So the judge knows for itself where to look.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable, rational, walk
from tests.calc.minima.balls import EXACT, Ball, Undefined, Unsure, ball, exactly, number, sign, subtract
from tests.calc.minima.readings import PRECISIONS, Floats, Reading

ONE, PI = Number("1"), Constant("pi")
ACCURACY = Fraction(1, 2**240)
"""Of a zero that is no simple fraction."""
MAX_PLACES_OF_A_GUARD = 40
SIMPLE = 1000
"""Denominators of fractions that a person would write."""
EXACT_DENOMINATOR = 10**7
"""Of zeros that come out of such fractions, as -1/1728 where x^(-1/3) is -12."""


@dataclass(frozen=True)
class Place:
    """A zero of a guard; `error` is 0 if it is exactly this fraction.

    `undefined`: f has surely no value there, as the guard is a denominator or the inside of a logarithm.
    """

    x: Fraction
    error: Fraction = Fraction(0)
    undefined: bool = False


def guards(root: Node) -> dict[Node, bool]:
    """The parts whose zeros are the places, and whether f is undefined at them."""
    found: dict[Node, bool] = {}
    for node in walk(root):
        for guard in _of_node(node):
            for part in _factors(guard):
                if any(isinstance(child, Variable) for child in walk(part)):
                    found[part] = found.get(part, False) or _is_undefined_at_zeros(node)
    return found


def _is_undefined_at_zeros(node: Node) -> bool:
    """Whether the node has no value where its guard is 0."""
    match node:
        case Binary("/") | Call("ln" | "log2" | "log10" | "atanh" | "tan" | "sec" | "csc" | "cot"):
            return True
        case Power(_, exponent):
            return (rational(exponent) or 0) < 0
        case _:
            return False


def _of_node(node: Node) -> Iterator[Node]:
    match node:
        case Binary("/", _, below):
            yield below
        case Power(base, exponent):
            number = rational(exponent)
            # A cube is level where its base is 0.
            if base != Constant("e") and (number is None or number not in (0, 1, 2)):
                yield base
            if number is None and base != Constant("e"):
                # 0^0 is 1.
                yield exponent
        case Call("min" | "max", arguments):
            for i, one in enumerate(arguments):
                yield from (Binary("-", one, other) for other in arguments[i + 1 :])
        case Call("floor" | "ceil", (of,)):
            yield Call("sin", (Binary("*", PI, of),))
        case Call("sqrt" | "cbrt" | "ln" | "log2" | "log10" | "abs" | "sign", (of,)):
            yield of
        case Call("asin" | "acos" | "atanh", (of,)):
            yield Binary("-", of, ONE)
            yield Binary("+", of, ONE)
        case Call("acosh", (of,)):
            yield Binary("-", of, ONE)
        case Call("tan" | "sec", (of,)):
            yield Call("cos", (of,))
        case Call("csc" | "cot", (of,)):
            yield Call("sin", (of,))


def _factors(node: Node) -> Iterator[Node]:
    """Parts that are 0 where the node is: those of products, powers and the like."""
    match node:
        case Binary("*", left, right):
            yield from _factors(left)
            yield from _factors(right)
        case Binary("/", above, _):
            yield from _factors(above)
        case Negate(of) | Call(
            "abs" | "sqrt" | "cbrt" | "sign" | "tan" | "sinh" | "tanh" | "asinh" | "atan", (of,)
        ):
            yield from _factors(of) if not (isinstance(node, Call) and node.name == "tan") else (node,)
        case Power(base, exponent) if (rational(exponent) or 0) > 0:
            yield from _factors(base)
        case _:
            yield node


class Guard:
    """A guard on one interval."""

    def __init__(self, node: Node, undefined: bool = False) -> None:
        self.node, self.undefined = node, undefined
        self.reading = Reading(node)

    def places(self, x: Floats) -> list[Place]:
        """Its zeros in sight of the sorted samples x."""
        values = self.reading.coarse(x)
        found = [*self._crossings(x, values), *self._touches(x, values)]
        if len(found) > MAX_PLACES_OF_A_GUARD:
            chosen = np.linspace(0, len(found) - 1, MAX_PLACES_OF_A_GUARD).astype(int)
            found = [found[i] for i in chosen]
        return [place for place in (self._place(*ends) for ends in found) if place is not None]

    def _crossings(self, x: Floats, values: Floats) -> list[tuple[float, float]]:
        signs = np.sign(values)
        changes = np.flatnonzero((signs[1:] * signs[:-1] < 0) | (signs[1:] == 0))
        return [(float(x[i]), float(x[i + 1])) for i in changes]

    def _touches(self, x: Floats, values: Floats) -> list[tuple[float, float]]:
        """Where |guard| comes near to 0 without crossing it, or ends."""
        away = np.where(np.isfinite(values), np.abs(values), np.inf)
        low = (
            np.flatnonzero((away[1:-1] <= away[:-2]) & (away[1:-1] <= away[2:]) & np.isfinite(away[1:-1])) + 1
        )
        typical = np.median(away[np.isfinite(away)]) if np.isfinite(away).any() else 0.0
        low = low[away[low] < 0.1 * typical]
        return [(float(x[i - 1]), float(x[i + 1])) for i in low[np.argsort(away[low])][:6]]

    def _place(self, low: float, high: float) -> Place | None:
        zero = self._float_zero(low, high)
        found = self._simple(zero, high - low) or self._bisected(Fraction(low), Fraction(high), zero)
        if found is None:
            lowest = self._float_lowest(low, high)
            found = self._simple(lowest, high - low) or self._touched(low, high, lowest)
        return found

    def _touched(self, low: float, high: float, lowest: float) -> Place | None:
        """Where it touches 0 at no simple number."""
        least, *most = np.abs(self.reading.coarse(np.array([lowest, low, high])))
        if not least < 1e-9 * max(most):
            return None
        reach = Fraction(high - low) / 2**18
        try:
            return self._touching(Fraction(lowest) - reach, Fraction(lowest) + reach)
        except (Undefined, Unsure):
            return None

    def _sign(self, x: Fraction) -> int:
        return self.reading.sign_of(lambda prec: self.reading.ball(x, prec))

    def _is_zero(self, x: Fraction) -> bool:
        try:
            match self.node:
                case Call("sin", (Binary("*", left, whole),)) if left is PI:
                    known = exactly(whole, x, 170)
                    return isinstance(known, Fraction) and known.denominator == 1
            found = self.reading.at(x)
        except (Undefined, Unsure):
            return False
        return found[1] == EXACT and not found[0][1]

    def _simple(self, near: float, width: float) -> Place | None:
        """An exact zero that a person would write, where floats place one."""
        tried = Fraction(near).limit_denominator(SIMPLE)
        if abs(tried - Fraction(near)) < 1e-6 * width + 1e-14 and self._is_zero(tried):
            return Place(tried, undefined=self.undefined)
        return Place(Fraction(near), undefined=self.undefined) if self._is_zero(Fraction(near)) else None

    def _float_zero(self, low: float, high: float) -> float:
        """By sections of 64 parts."""
        for _ in range(9):
            x = np.linspace(low, high, 65)
            signs = np.sign(self.reading.coarse(x))
            if (signs == 0).any():
                return float(x[np.flatnonzero(signs == 0)[0]])
            changes = np.flatnonzero(signs[1:] * signs[:-1] < 0)
            if not changes.size:
                break
            low, high = float(x[changes[0]]), float(x[changes[0] + 1])
        return low / 2 + high / 2

    def _float_lowest(self, low: float, high: float) -> float:
        for _ in range(7):
            x = np.linspace(low, high, 33)
            values = np.abs(self.reading.coarse(x))
            i = int(np.argmin(np.where(np.isnan(values), np.inf, values)))
            low, high = float(x[max(i - 1, 0)]), float(x[min(i + 1, 32)])
        return low / 2 + high / 2

    def near(self, x: Fraction, reach: Fraction) -> Place | None:
        """Its zero between x - reach and x + reach, which floats cannot tell apart; Unsure if there may be another."""
        low, high = x - reach, x + reach
        simple = simplest(low, high)
        if simple.denominator <= EXACT_DENOMINATOR and self._is_zero(simple):
            return Place(simple, undefined=self.undefined)
        if self._has_no_zero(x, reach):
            return None
        try:
            crosses = self._sign(low) * self._sign(high) < 0
        except Undefined:
            raise Unsure from None
        found = self._narrowed(low, high) if crosses else self._touching(low, high)
        if found is None:
            raise Unsure
        return found

    def _has_no_zero(self, x: Fraction, reach: Fraction) -> bool:
        """Whether the guard on all of that is surely not 0, or has surely no value."""
        v, e = ball(x, PRECISIONS[0])
        over = reach.numerator.bit_length() - reach.denominator.bit_length() + 1
        try:
            return sign(self.reading.wide((v, max(e, over) + 1), PRECISIONS[0])) != 0
        except Undefined:
            return True
        except Unsure:
            return False

    def _touching(self, low: Fraction, high: Fraction) -> Place | None:
        """Where the guard touches 0 without crossing it: a zero of its slope at which it is far smaller than beside."""
        step = (high - low) / 2**250

        def rise(x: Fraction) -> Fraction:
            above, below = (self.reading.ball(x + to * step, PRECISIONS[-1]) for to in (1, -1))
            return _surely(subtract(above, below, PRECISIONS[-1]))

        try:
            found = self._narrowed(low, high, rise)
            if found is None:
                return None
            there, *beside = (
                number(self.reading.ball(x, PRECISIONS[-1]))
                for x in (found.x, low, high, found.x + (high - low) / 2**30)
            )
        except (Undefined, Unsure, ZeroDivisionError):
            return None
        most = abs(there[0]) + there[1]
        if any(most > (abs(value) - error) / 2**100 for value, error in beside):
            return None
        return Place(found.x, found.error, self.undefined)

    def _bisected(self, low: Fraction, high: Fraction, near: float) -> Place | None:
        """A crossing, by the Illinois variant of the rule of false position, on balls."""
        reach = Fraction(2) ** math.frexp(max(abs(near), float(high - low)))[1] / 2**48
        ends = (max(low, Fraction(near) - reach), min(high, Fraction(near) + reach))
        try:
            if self._sign(ends[0]) * self._sign(ends[1]) < 0:
                low, high = ends
            return self._narrowed(low, high)
        except (Undefined, Unsure, ZeroDivisionError):
            return None

    def _narrowed(
        self, low: Fraction, high: Fraction, of: Callable[[Fraction], Fraction] | None = None
    ) -> Place | None:
        of = of or self._number
        wanted = ACCURACY * max(abs(low), abs(high))
        f, g = of(low), of(high)
        last = first = min(abs(f), abs(g))
        if (f > 0) == (g > 0):
            return None
        kept = 0
        for turn in range(60):
            if high - low <= wanted:
                # A guard that jumps over 0 has no zero.
                return Place((low + high) / 2, high - low, self.undefined and last < first / 2**60)
            middle = (low * g - high * f) / (g - f) if turn % 8 != 7 else (low + high) / 2
            # A step inside, so that the bracket closes from both sides.
            nudge = min(wanted / 4, (high - low) / 8)
            middle = middle + nudge if middle - low < high - middle else middle - nudge
            middle = short(middle, wanted / 64)
            value = of(middle)
            last = abs(value)
            if value == 0:
                return Place(middle, undefined=self.undefined)
            if (value > 0) == (f > 0):
                # The end that was kept twice weighs half, so that it moves too.
                low, f, g, kept = middle, value, g / 2 if kept == 1 else g, 1
            else:
                high, g, f, kept = middle, value, f / 2 if kept == -1 else f, -1
        return None

    def _number(self, x: Fraction) -> Fraction:
        return _surely(self.reading.value(x, 60))


def _surely(a: Ball) -> Fraction:
    """A number whose sign is known."""
    value, error = number(a)
    if value and abs(value) <= error:
        raise Unsure
    return value


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of [low, high] with the least denominator."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = Fraction(math.ceil(low))
    if whole <= high:
        return whole
    floor = math.floor(low)
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))


def short(x: Fraction, spacing: Fraction) -> Fraction:
    """A dyadic number beside x: fractions would grow without end."""
    bits = max(0, spacing.denominator.bit_length() - spacing.numerator.bit_length() + 1)
    return Fraction(round(x * 2**bits), 2**bits)


class Guards:
    """All guards of a function."""

    def __init__(self, root: Node) -> None:
        self.all = [Guard(*guard) for guard in guards(root).items()]

    def places(self, x: Floats, beside: int = 60) -> list[Place]:
        """The places in sight of the samples, sorted, each once; at most so many, spread out."""
        kept = _once(place for guard in self.all for place in guard.places(x))
        if len(kept) > beside:
            return [kept[i] for i in np.linspace(0, len(kept) - 1, beside).astype(int)]
        return kept

    def near(self, x: Fraction, reach: Fraction) -> list[Place]:
        """The places within reach of a float, to 240 bits; Unsure if there may be others."""
        found = (guard.near(x, reach) for guard in self.all)
        return _once(place for place in found if place is not None)


def _once(places: Iterable[Place]) -> list[Place]:
    """Sorted, and those that cannot be told apart as one."""
    found = sorted(places, key=lambda place: place.x)
    kept: list[Place] = []
    for place in found:
        if kept and place.x - kept[-1].x <= kept[-1].error + place.error:
            better = min(place, kept[-1], key=lambda each: each.error)
            kept[-1] = replace(better, undefined=place.undefined or kept[-1].undefined)
            continue
        kept.append(place)
    return kept
