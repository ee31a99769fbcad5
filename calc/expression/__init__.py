"""A typed function becomes an expression tree, safely; the tree is read in many ways.

>>> parse_expression("3x^2 - sin x").text
'3*x^2 - sin(x)'
"""

from calc.expression.enclosures import Enclosure
from calc.expression.errors import ExpressionError
from calc.expression.expression import Expression, parse_expression
from calc.expression.intervals import Interval
from calc.expression.jets import Jet
from calc.expression.limits import TYPED, WRITTEN, Limits

__all__ = [
    "TYPED",
    "WRITTEN",
    "Enclosure",
    "Expression",
    "ExpressionError",
    "Interval",
    "Jet",
    "Limits",
    "parse_expression",
]
