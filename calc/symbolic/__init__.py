"""Symbolic work on a typed function, done by SymPy in child processes that can be killed.

>>> from calc.expression import parse_expression
>>> ask("derivative", parse_expression("x^3")).text
'3*x^2'
"""

from calc.symbolic.pool import ask, close
from calc.symbolic.results import Operation, Point, SymbolicError, SymbolicResult, SymbolicTimeout

__all__ = ["Operation", "Point", "SymbolicError", "SymbolicResult", "SymbolicTimeout", "ask", "close"]
