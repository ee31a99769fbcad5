"""Where two functions can be compared: points of each component of their common domain, which enclosures prove."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, fmpq

from calc.expression.enclosures import moving, tape
from calc.expression.intervals import Interval
from calc.expression.tree import Node

WINDOWS = ((-4, 4), (-30, 30))
"""Looked at in turn: near 0 first, where the numbers of a formula are of like size."""
CELLS = 64
PER_COMPONENT = 6
"""Points of each; of all of them a dozen at least."""
MOST = 24
SHARES = tuple(Fraction(k, 97) for k in (31, 67, 11, 83, 47, 3))
"""Where in a cell points lie: at no simple fractions, at which different functions may agree."""


def points(functions: Sequence[Node], variable: str) -> list[fmpq]:
    """Points at which all functions have values, on each component found of their common domain."""
    for low, high in WINDOWS:
        components = _components(functions, variable, low, high)
        if components:
            return _chosen(components)
    return []


def _components(
    functions: Sequence[Node], variable: str, low: int, high: int
) -> list[list[tuple[fmpq, fmpq]]]:
    """Runs of neighbouring cells on which all are proved to have values."""
    width = fmpq(high - low, CELLS)
    runs: list[list[tuple[fmpq, fmpq]]] = []
    broken = True
    for k in range(CELLS):
        a, b = low + k * width, low + (k + 1) * width
        if any(tape(f, (variable,))(moving(Interval(arb(a), arb(b)))).undefined for f in functions):
            broken = True
            continue
        if broken:
            runs.append([])
        runs[-1].append((a, b))
        broken = False
    return runs


def _chosen(components: list[list[tuple[fmpq, fmpq]]]) -> list[fmpq]:
    each = max(PER_COMPONENT, -(-12 // len(components)))
    found = []
    for cells in components[:MOST]:
        for k in range(each):
            a, b = cells[k * len(cells) // each]
            share = SHARES[k % len(SHARES)] + Fraction(k // len(SHARES), 211)
            found.append(a + (b - a) * fmpq(share.numerator, share.denominator))
    return found


def values(function: Node, variable: str, at: Sequence[fmpq]) -> list[arb] | None:
    """The function at some points as balls of 128 bits; None where one has no finite value."""
    found = []
    read = tape(function, (variable,))
    for x in at:
        enclosed = read(moving(Interval(arb(x), arb(x))))
        if enclosed.undefined or not enclosed.value.is_bounded:
            return None
        found.append(enclosed.value.ball)
    return found
