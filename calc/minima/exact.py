"""Closed forms from SymPy, attached to the points that the numbers found."""

from __future__ import annotations

import time
from dataclasses import replace

from calc.expression import Expression
from calc.expression.tree import Binary, Call, Node, Power, rational, walk
from calc.minima.numbers import tolerance, unit_of
from calc.minima.result import Minima, Point
from calc.symbolic import SymbolicError, SymbolicResult, ask

DEADLINE = 2.0
"""Seconds; a reader waits no longer for closed forms that only adorn the numbers."""
MAX_PARTS = 4
"""Each may take SymPy a few tenths of a second, and all share the deadline."""
STATIONARY = ("local minimum", "local maximum", "inflection")


def is_constant(expression: Expression, low: float, high: float) -> bool:
    """Whether SymPy finds that f' is 0 everywhere."""
    try:
        return ask("stationary-points", expression, low=low, high=high, deadline=DEADLINE).everywhere
    except SymbolicError:
        return False


def closed_forms(expression: Expression, found: Minima) -> Minima:
    """The same with `latex` where SymPy knows it, and a note if it gave up; takes up to 2 s.

    They adorn what is proved: a closed form is that of a point if it lies within the point's error.
    """
    until = time.monotonic() + DEADLINE
    points = list(found.points)
    low, high = found.low, found.high
    try:
        answer = ask("stationary-points", expression, low=low, high=high, deadline=DEADLINE)
    except SymbolicError as error:
        return replace(found, notes=(f"There are no closed forms: {error}.",))
    points = _with_closed_forms(points, answer, found, STATIONARY)
    others = tuple({point.kind for point in points} - set(STATIONARY))
    for part in _parts(expression.root):
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            of_part = replace(expression, root=part)
            answer = ask("zeros", of_part, low=low, high=high, deadline=left)
        except SymbolicError:
            continue
        points = _with_closed_forms(points, answer, found, others)
    exact = dict(zip(found.points, points, strict=True))
    return replace(
        found,
        points=tuple(points),
        global_minimum=tuple(exact[point] for point in found.global_minimum),
        global_maximum=tuple(exact[point] for point in found.global_maximum),
    )


def _with_closed_forms(
    points: list[Point], answer: SymbolicResult, found: Minima, kinds: tuple[str, ...]
) -> list[Point]:
    """The points with the closed forms of the answer."""
    points, unit = list(points), unit_of(found.low, found.high)
    for exact in answer.points:
        matching = [i for i, point in enumerate(points) if point.kind in kinds]
        if not matching:
            break
        i = min(matching, key=lambda at: abs(points[at].x - exact.value))
        near = abs(points[i].x - exact.value) <= max(points[i].error, tolerance(exact.value, unit))
        if near and exact.latex and points[i].latex is None:
            points[i] = replace(points[i], latex=exact.latex)
    return points


def _parts(root: Node) -> list[Node]:
    """The parts whose zeros are corners, poles and edges: what stands in |...|, below a line, in a root."""
    parts: list[Node] = []
    for node in walk(root):
        match node:
            case Call("abs" | "sign" | "sqrt" | "cbrt" | "ln" | "log2" | "log10", (of,)):
                parts.append(of)
            case Call("tan" | "sec", (of,)):
                parts.append(Call("cos", (of,)))
            case Call("cot" | "csc", (of,)):
                parts.append(Call("sin", (of,)))
            case Call("min" | "max", (first, second, *_)):
                parts.append(Binary("-", first, second))
            case Binary("/", _, below) if rational(below) is None:
                parts.append(below)
            case Power(base, exponent) if _singular_at_zero(exponent):
                parts.append(base)
    return list(dict.fromkeys(parts))[:MAX_PARTS]


def _singular_at_zero(exponent: Node) -> bool:
    power = rational(exponent)
    return power is not None and (power < 0 or power.denominator > 1)
