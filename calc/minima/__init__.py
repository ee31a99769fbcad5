"""Every minimum, maximum, corner and end of a typed function on an interval, with proof.

>>> from calc.expression import parse_expression
>>> find(parse_expression("|x| - 1"), -1, 2).global_minimum[0].x
0.0
"""

from calc.minima.finding import find
from calc.minima.result import Doubt, Extremum, Kind, Minima, Point

__all__ = ["Doubt", "Extremum", "Kind", "Minima", "Point", "find"]
