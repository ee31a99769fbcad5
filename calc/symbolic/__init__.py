"""Symbolic work on a typed function, done by SymPy in child processes that can be killed.

>>> from calc.expression import parse_expression
>>> ask("derivative", parse_expression("x^3")).text
'3*x^2'
"""

from calc.symbolic.answers import Answer, Operation, Point, SymbolicError, SymbolicTimeout
from calc.symbolic.pool import ask, close

__all__ = ["Answer", "Operation", "Point", "SymbolicError", "SymbolicTimeout", "ask", "close"]
