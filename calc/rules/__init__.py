"""The rules of differentiation, step by step.

>>> from calc.expression import parse_expression
>>> derive(parse_expression("sin(x^2)")).after.text
'2*x*cos(x^2)'
"""

from calc.rules.derive import derive
from calc.rules.step import RULES, Step

__all__ = ["RULES", "Step", "derive"]
