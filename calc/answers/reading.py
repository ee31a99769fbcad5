"""A tree read at points and over intervals, with all but one of its variables held at numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from flint import arb, fmpq

from calc.expression.enclosures import Enclosure, enclosing, fixed, moving
from calc.expression.intervals import Interval, number
from calc.expression.tree import Node, Number, Variable, walk
from calc.rules.build import replaced

ROUNDED_DIGITS = 4
"""A decimal of so many stands for a number such as ln 2."""
HELD = (Fraction(137, 101), Fraction(211, 83), Fraction(59, 71), Fraction(307, 67))
"""Numbers in the place of other variables: nothing happens to hold at them alone."""


class Reading:
    """A function of one variable of several, the others being held."""

    def __init__(
        self, root: Node, variable: str, variables: tuple[str, ...] = (), rounded: bool = False
    ) -> None:
        others = [name for name in variables if name != variable]
        held = [fixed(number(HELD[k % len(HELD)] + k // len(HELD))) for k in range(len(others))]
        decimals = _decimals(root) if rounded else []
        for k, decimal in enumerate(decimals):
            root = replaced(root, decimal, Variable(f"{k}"))
            held.append(fixed(_ball(decimal)))
        self.rounded = bool(decimals)
        self._held = held
        self._read = enclosing(root, (variable, *others, *(f"{k}" for k in range(len(decimals)))))

    def over(self, cell: Interval) -> Enclosure:
        """What is known of it on an interval."""
        return self._read(moving(cell), *self._held)

    def at(self, x: fmpq) -> arb | None:
        """Its value at a point, as a ball; None where none is proved, or none that is finite."""
        # As a constant, whose derivatives take no time.
        found = self._read(fixed(arb(x)), *self._held)
        return None if found.undefined or not found.value.is_bounded else found.value.ball


def _decimals(root: Node) -> list[Number]:
    """The decimals that stand for other numbers, each once."""
    return list(dict.fromkeys(part for part in walk(root) if isinstance(part, Number) and _is_rounded(part)))


def _is_rounded(decimal: Number) -> bool:
    return "." in decimal.text and len(decimal.text.strip("0.").replace(".", "")) >= ROUNDED_DIGITS


def _ball(decimal: Number) -> arb:
    """All numbers for which a decimal may stand, rounded or cut off: for 1.9999 those from 1.99985 on, below 2."""
    last = Fraction(10) ** int(Decimal(decimal.text).as_tuple().exponent)
    low, high = decimal.exact - last / 2, decimal.exact + last * Fraction(999, 1000)
    return number(low).union(number(high))
