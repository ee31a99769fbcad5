"""The derivatives of the functions, in our own grammar: each is parsed once and read by jets and intervals.

They are written so that no digits are lost: 1/sqrt((1 - u)(1 + u)) and not 1/sqrt(1 - u^2), for example.
"""

from __future__ import annotations

from functools import cache

from calc.expression.limits import WRITTEN
from calc.expression.parser import parse
from calc.expression.tree import Node

# name: (first derivative, second derivative) with respect to u. What is not here has corners or jumps, or is
# read as a power or a quotient.
RULES = {
    "exp": ("exp(u)", "exp(u)"),
    "ln": ("1/u", "-1/u^2"),
    "log2": ("1/(u ln(2))", "-1/(u^2 ln(2))"),
    "log10": ("1/(u ln(10))", "-1/(u^2 ln(10))"),
    "sin": ("cos(u)", "-sin(u)"),
    "cos": ("-sin(u)", "-cos(u)"),
    "tan": ("1/cos(u)^2", "2tan(u)/cos(u)^2"),
    "sinh": ("cosh(u)", "sinh(u)"),
    "cosh": ("sinh(u)", "cosh(u)"),
    "tanh": ("1/cosh(u)^2", "-2tanh(u)/cosh(u)^2"),
    "asin": ("1/sqrt((1 - u)(1 + u))", "u/((1 - u)(1 + u))^(3/2)"),
    "acos": ("-1/sqrt((1 - u)(1 + u))", "-u/((1 - u)(1 + u))^(3/2)"),
    "atan": ("1/(1 + u^2)", "-2u/(1 + u^2)^2"),
    "asinh": ("1/sqrt(1 + u^2)", "-u/(1 + u^2)^(3/2)"),
    "acosh": ("1/(sqrt(u - 1)sqrt(u + 1))", "-u/((u - 1)(u + 1))^(3/2)"),
    "atanh": ("1/((1 - u)(1 + u))", "2u/((1 - u)(1 + u))^2"),
}


BLACKBOARD = {
    "sec": "sin(u)/cos(u)^2",
    "csc": "-cos(u)/sin(u)^2",
    "cot": "-1/sin(u)^2",
    "asin": "1/sqrt(1 - u^2)",
    "acos": "-1/sqrt(1 - u^2)",
    "acosh": "1/sqrt(u^2 - 1)",
    "atanh": "1/(1 - u^2)",
    "abs": "u/|u|",
    "sign": "0/u",
    "floor": "0",
    "ceil": "0",
}
"""First derivatives as a blackboard has them, where `RULES` has none or another form."""


@cache
def blackboard(name: str) -> Node:
    """The tree of the first derivative of a function, in the variable u, as one writes it by hand."""
    return parse(BLACKBOARD.get(name) or RULES[name][0], ("u",), WRITTEN)[0]


@cache
def derivatives(name: str) -> tuple[Node, Node]:
    """The trees of the first and second derivative of a function, in the variable u."""
    first, second = RULES[name]
    return parse(first, ("u",), WRITTEN)[0], parse(second, ("u",), WRITTEN)[0]
