"""What is said of a function on one side of a place, held against its values at hundreds of digits.

Nothing here reads the product's numbers but to compare with them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import mpmath
from flint import arb, fmpq

from calc.expansions import Side
from calc.expansions.numbers import Number, PiNumber
from calc.expression.tree import Constant, Node, Variable, walk
from calc.expression.tree import Number as Literal
from calc.expression.tree import rational as exactly
from tests.calc.expression.members import rim
from tests.calc.expression.trees import TooLarge, Undefined, precisely

DIGITS = 200
NEAR, NEARER = mpmath.mpf(10) ** -30, mpmath.mpf(10) ** -150
DEEP = 700
"""Digits for values at the square of the nearer distance, divided by it."""
Function = Callable[[mpmath.mpf], mpmath.mpf]


def as_mpf(a: Number) -> mpmath.mpf:
    """A number to the working precision; the middle of a ball."""
    if isinstance(a, PiNumber):
        return rational(a.whole) + rational(a.turns) * mpmath.pi
    if isinstance(a, arb):
        low, high = rim(a)
        return low if low == high else (low + high) / 2
    return rational(a)


def rational(a: fmpq | int | Fraction) -> mpmath.mpf:
    a = Fraction(int(a.p), int(a.q)) if isinstance(a, fmpq) else Fraction(a)
    return mpmath.mpf(a.numerator) / a.denominator


def spread(a: Number) -> mpmath.mpf:
    """The radius of a ball; 0 for exact numbers."""
    if not isinstance(a, arb):
        return mpmath.mpf(0)
    low, high = rim(a)
    return mpmath.mpf(0) if low == high else (high - low) / 2


def reader(root: Node) -> Function:
    return lambda x: precisely(root, {"x": x})


def is_plain(root: Node) -> bool:
    """Whether no constant part is 0 or whole or infinite by identities that mpmath does not know, as sin(pi)."""
    with mpmath.workdps(80):
        for node in walk(root):
            if isinstance(node, Literal | Constant) or exactly(node) is not None:
                continue
            if any(isinstance(part, Variable) for part in walk(node)):
                continue
            try:
                value = precisely(node, {})
            except (Undefined, TooLarge):
                return False
            if abs(value - mpmath.nint(2 * value) / 2) < 1e-40 or abs(value) > 1e40:
                return False
    return True


def accusations(root: Node, c: Number, side: int, reach: float, said: Side | None) -> list[str]:
    """What is said falsely."""
    f = reader(root)
    false = list(_along(f, c, side, reach, said))
    if said is not None:
        false += _towards(f, c, side, said)
        if said.analytic:
            false += _both_sides(f, c)
    return false


def _distances(reach: float) -> list[mpmath.mpf]:
    """Near the place, dense in between, and near the far end."""
    r = mpmath.mpf(reach)
    near = [r * mpmath.mpf(10) ** -k for k in (40, 25, 16, 11, 8, 6, 5, 4, 3, 2)]
    middle = [r * k / 41 for k in range(1, 41)]
    return sorted({*near, *middle, r * (1 - mpmath.mpf(10) ** -6), r * (1 - mpmath.mpf(10) ** -3)})


def _along(f: Function, c: Number, side: int, reach: float, said: Side | None) -> list[str]:
    """The direction, or that there is no value, on all of the side."""
    false: list[str] = []
    with mpmath.workdps(DIGITS):
        values: list[tuple[mpmath.mpf, mpmath.mpf]] = []
        for d in _distances(reach):
            try:
                values.append((d, f(as_mpf(c) + side * d)))
            except TooLarge:
                continue
            except Undefined:
                if said is not None and said.direction is not None:
                    false.append(f"no value at a distance of {mpmath.nstr(d, 8)}")
                continue
            if said is None:
                false.append(f"a value at a distance of {mpmath.nstr(d, 8)}")
        if said is None or said.direction is None:
            return false[:3]
        for (a, u), (b, v) in pairwise(values):
            rises, noise = side * (v - u), mpmath.mpf(10) ** -130 * (abs(u) + abs(v))
            wrong = abs(rises) > noise if said.direction == 0 else rises * said.direction < -noise
            if wrong:
                false.append(
                    f"direction {said.direction} between {mpmath.nstr(a, 8)} and {mpmath.nstr(b, 8)}"
                )
    return false[:3]


def _tends(first: mpmath.mpf, second: mpmath.mpf, to: mpmath.mpf, error: mpmath.mpf) -> bool:
    """Whether two values, the second far nearer to the place, look like the way to a limit."""
    if mpmath.isinf(to):
        return bool(second * to > 0 and abs(second) > 1.2 * abs(first) and abs(second) > 5)
    tiny = mpmath.mpf(10) ** -25 * (1 + abs(to)) + 2 * error
    return bool(abs(second - to) <= max(tiny, 0.8 * abs(first - to) + error))


def _towards(f: Function, c: Number, side: int, said: Side) -> list[str]:
    """The limit, the slope, and whether f(c) is the limit."""
    false: list[str] = []
    with mpmath.workdps(DEEP):
        x = as_mpf(c)

        def at(distance: mpmath.mpf) -> mpmath.mpf:
            return f(x + side * distance)

        try:
            values = [at(distance) for distance in (NEAR, NEAR**2, NEARER, NEARER**2)]
        except Undefined:
            return ["no value very near to it"]
        except TooLarge:
            return []
        limit, slack = as_mpf(said.limit), spread(said.limit)
        if not _tends(values[0], values[2], limit, slack):
            false.append(f"the limit {mpmath.nstr(limit, 12)}: {mpmath.nstr(values[2], 12)}")
        elif said.slope is not None and not mpmath.isinf(limit):
            # The value at the square of the distance stands for the limit.
            first, second = (side * (values[k] - values[k + 1]) / d for k, d in ((0, NEAR), (2, NEARER)))
            slope = as_mpf(said.slope)
            if not _tends(first, second, slope, spread(said.slope)):
                false.append(f"the slope {mpmath.nstr(slope, 12)}: {mpmath.nstr(second, 12)}")
        if said.continuous and isinstance(c, fmpq):
            try:
                here = f(x)
            except (Undefined, TooLarge):
                return false
            if not abs(here - limit) <= mpmath.mpf(10) ** -30 * (1 + abs(here)) + slack:
                false.append(f"continuous: {mpmath.nstr(here, 12)} and {mpmath.nstr(limit, 12)}")
    return false


TERMS = 22
MOST_POLES = 40


def _both_sides(f: Function, c: Number) -> list[str]:
    """Whether values on the right foretell one on the left, as those of a Laurent series do."""
    with mpmath.workdps(DEEP):
        x, h = as_mpf(c), mpmath.mpf(10) ** -25
        try:
            right = [f(x + k * h) for k in range(1, TERMS + 1)]
            left = f(x - h)
        except Undefined:
            return ["analytic: no value beside it"]
        except TooLarge:
            return []
        for poles in range(MOST_POLES):
            scaled = [value * mpmath.mpf(k) ** poles for k, value in enumerate(right, 1)]
            # Lagrange's polynomial through 1 ... n, at -1.
            foretold = sum(
                (-1) ** (k - 1) * mpmath.binomial(TERMS + 1, k + 1) * k * value
                for k, value in enumerate(scaled, 1)
            )
            size = max(abs(value) for value in scaled) + abs(left)
            if abs(foretold - (-1) ** poles * left) <= mpmath.mpf(10) ** -12 * size:
                return []
    return ["analytic: the left side is not that of the right"]
