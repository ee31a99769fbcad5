"""Where functions can be compared: points of each component of a domain, of which enclosures prove that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, fmpq

from calc.answers.reading import Reading
from calc.expression.intervals import Interval

PIECES = ((-32, -4), (-4, 0), (0, 4), (4, 32))
"""What is looked at, most finely near 0, where the numbers of a formula are of like size."""
HALVINGS = 6
"""Of a piece, while it is not known whether it belongs to the domain: down to 1/16 near 0."""
MORE_HALVINGS = 12
"""Where none has been found until then, as for arcsin(100 x)."""
MOST_CELLS = 300
"""Read at most: tan(10 x) has a pole in each cell of the outer pieces."""
MOST_POINTS, LEAST_EACH, MOST_EACH = 48, 2, 16
"""In all, and of one component: a dozen at least if there are but a few of them."""
SHARES = tuple(Fraction(k, 97) for k in (31, 67, 11, 83, 47, 3, 59, 23, 91))
"""Where in a cell points lie: at no simple fractions, at which different functions may agree."""


def components(functions: Sequence[Reading]) -> list[list[Interval]]:
    """The components found of the common domain, each as the neighbouring cells in which all are proved smooth.

    Corners and jumps part them too, since a formula may hold on one side alone. Where there is no smooth cell, as for
    floor(100 x), those with jumps are taken.
    """
    smooth: list[Interval] = []
    rough: list[Interval] = []
    waiting = [Interval(arb(low), arb(high)) for low, high in PIECES]
    read = 0
    for level in range(MORE_HALVINGS + 1):
        halves: list[Interval] = []
        for cell in waiting[: MOST_CELLS - read]:
            found = [function.over(cell) for function in functions]
            if all(of.smooth for of in found):
                smooth.append(cell)
            elif not any(of.nowhere for of in found):
                middle = (cell.low + cell.high) / 2
                halves += [Interval(cell.low, middle), Interval(middle, cell.high)]
                if level == HALVINGS and not any(of.undefined for of in found):
                    rough.append(cell)
        read += len(waiting)
        waiting = halves
        if read >= MOST_CELLS or (level >= HALVINGS and (smooth or rough)):
            break
    return _joined(smooth or rough)


def _joined(cells: list[Interval]) -> list[list[Interval]]:
    """Cells in runs, within which one begins where the last has ended."""
    runs: list[list[Interval]] = []
    for cell in sorted(cells, key=lambda cell: float(cell.low)):
        if not runs or runs[-1][-1].high != cell.low:
            runs.append([])
        runs[-1].append(cell)
    return runs


def points(runs: list[list[Interval]], times: int = 1) -> list[list[fmpq]]:
    """Points of each component, spread over its cells: so many `times` the usual number."""
    if len(runs) > MOST_POINTS // LEAST_EACH:
        step = -(-len(runs) * LEAST_EACH // MOST_POINTS)
        runs = runs[::step]
    each = times * min(MOST_EACH, MOST_POINTS // max(1, len(runs)))
    return [_spread(cells, each) for cells in runs]


def _spread(cells: list[Interval], count: int) -> list[fmpq]:
    found = []
    for k in range(count):
        cell = cells[k * len(cells) // count]
        share = (Fraction(k * len(cells) % count, count) + SHARES[k % len(SHARES)] / 7) % 1
        low, high = (end.fmpq() for end in (cell.low, cell.high))
        found.append(low + (high - low) * fmpq(share.numerator, share.denominator))
    return found
