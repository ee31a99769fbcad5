"""Where a typed function has no derivative: corners, cusps, vertical tangents, jumps, holes, poles, oscillations.

>>> from calc.expression import parse_expression
>>> find(parse_expression("|x|"), -1, 2).points[0].kind
'corner'
"""

from calc.differentiability.at import at
from calc.differentiability.finding import find
from calc.differentiability.result import BREAKS, Differentiability, Kind, Point

__all__ = ["BREAKS", "Differentiability", "Kind", "Point", "at", "find"]
