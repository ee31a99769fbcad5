"""Automatic differentiation: a function's graph of operations, and the chain rule along it in both directions.

>>> from calc.expression import parse_expression
>>> square = graph(parse_expression("x * x"))
>>> float(square.forward(3.0).derivative), float(square.reverse(3.0).derivative)
(6.0, 6.0)
"""

from calc.autodiff.counting import operations
from calc.autodiff.graphs import Graph, Pass, graph
from calc.autodiff.nodes import Node

__all__ = ["Graph", "Node", "Pass", "graph", "operations"]
