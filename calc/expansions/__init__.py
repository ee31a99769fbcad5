"""A function on one side of a place, as a series in the distance: its limit, its slope there, whether it rises.

>>> from flint import fmpq
>>> from calc.expression import parse_expression
>>> side = expand(parse_expression("|x| + x").root, "x", fmpq(0), 1, 0.5)
>>> side.limit, side.slope, side.direction
(0, 2, 1)
"""

from calc.expansions.numbers import Number, Undefined, Unsettled, ball, is_zero, sign
from calc.expansions.one_sided import expand
from calc.expansions.parts import Side
from calc.expansions.values import value_at

__all__ = ["Number", "Side", "Undefined", "Unsettled", "ball", "expand", "is_zero", "sign", "value_at"]
