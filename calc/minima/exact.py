"""Closed forms from SymPy, attached to the points that the numbers found."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from calc.expression import Expression
from calc.expression.tree import Binary, Call, Node, Power, rational, walk
from calc.minima.numbers import PRECISION, tolerance
from calc.minima.result import Doubt, Point
from calc.minima.search import scale
from calc.symbolic import SymbolicError, SymbolicResult, ask

DEADLINE = 2.0
"""Seconds; a reader waits no longer for closed forms that only adorn the numbers."""
MAX_PARTS = 4
"""Each may take SymPy a few tenths of a second, and all share the deadline."""
CONTINUOUS = (
    *("local minimum", "local maximum", "inflection"),
    *("corner", "corner minimum", "corner maximum", "vertical tangent"),
)
STATIONARY = ("local minimum", "local maximum", "inflection")
# Between what SymPy says and what the numbers found; wider where the numbers say so themselves.
MATCH_TOLERANCE = 1e3 * PRECISION


@dataclass(frozen=True, slots=True)
class ClosedForms:
    """Points with closed forms, the doubts that remain, and a note if SymPy gave up.

    `constant`: SymPy finds f' = 0 everywhere.
    """

    points: list[Point]
    doubts: list[Doubt]
    notes: tuple[str, ...] = ()
    constant: bool = False


def closed_forms(
    expression: Expression, points: list[Point], doubts: list[Doubt], low: float, high: float
) -> ClosedForms:
    """The same points with `latex` where SymPy knows it, without the doubts that they settle; takes up to 2 s."""
    until = time.monotonic() + DEADLINE
    unit = scale(low, high)
    try:
        answer = ask("stationary-points", expression, low=low, high=high, deadline=DEADLINE)
    except SymbolicError as error:
        return ClosedForms(points, doubts, (f"There are no closed forms: {error}.",))
    points, settled = _with_closed_forms(expression, points, answer, unit, STATIONARY)
    if answer.complete:
        doubts = _without(doubts, settled)
    for part in _parts(expression.root):
        left = until - time.monotonic()
        if left <= 0:
            break
        of_part = replace(expression, root=part)
        try:
            answer_of_part = ask("zeros", of_part, low=low, high=high, deadline=left)
        except SymbolicError:
            continue
        others = tuple({point.kind for point in points} - set(STATIONARY))
        points, _ = _with_closed_forms(expression, points, answer_of_part, unit, others)
    return ClosedForms(points, doubts, constant=answer.everywhere)


def _with_closed_forms(
    expression: Expression, points: list[Point], answer: SymbolicResult, unit: float, kinds: tuple[str, ...]
) -> tuple[list[Point], list[Point]]:
    """The points with the closed forms of the answer, and those among them (as before) that got one."""
    settled = []
    points = list(points)
    for exact in answer.points:
        matching = [i for i, point in enumerate(points) if point.kind in kinds]
        if not matching:
            break
        i = min(matching, key=lambda at: abs(points[at].x - exact.value))
        point = points[i]
        allowed = max(point.error, float(tolerance(exact.value, unit)) * MATCH_TOLERANCE / PRECISION)
        if not abs(point.x - exact.value) <= allowed:
            continue
        settled.append(point)
        if exact.latex and point.latex is None:
            value = expression(exact.value)
            points[i] = replace(
                point,
                x=exact.value,
                latex=exact.latex,
                value=float(value) if np.isfinite(value) and point.kind in CONTINUOUS else point.value,
                error=float(np.spacing(abs(exact.value))),
                proved=True,
            )
    return points, settled


def _without(unproved: list[Doubt], settled: list[Point]) -> list[Doubt]:
    """The doubts that are not about the neighbourhood of a point which SymPy knows."""
    return [
        doubt
        for doubt in unproved
        if not (doubt.local and any(doubt.low <= point.x <= doubt.high for point in settled))
    ]


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
