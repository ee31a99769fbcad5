"""How many operations each mode takes, counted as the graph has them: nothing is computed twice."""

from __future__ import annotations

from typing import Literal

from calc.autodiff.graphs import Graph
from calc.operations import OperationCount, count_operations, total


def operations(graph: Graph, mode: Literal["value", "forward", "reverse"] = "value") -> OperationCount:
    """The operations that give the value alone, or the value with the derivative by every variable.

    Reverse mode walks back once, whatever the number of variables; forward mode walks once for each of them. Products
    with a local derivative and sums of them are counted, and the local derivatives themselves once. Nothing
    is counted for the derivatives by constants.

    Args:
        mode: "value", "forward" or "reverse".

    >>> from calc.autodiff import graph
    >>> from calc.expression import parse_expression
    >>> square = graph(parse_expression("sin(x)^2"))
    >>> operations(square).total, operations(square, "reverse").total
    (2, 6)
    """
    values = total(count_operations(node.rule) for node in graph.nodes)
    if mode == "value":
        return values
    edges = [
        (child, parent, slope)
        for child, node in enumerate(graph.nodes)
        for parent, slope in zip(node.parents, node.slopes, strict=True)
        if graph.nodes[parent].varies
    ]
    local = total(count_operations(slope) for _, _, slope in edges)
    # Where several edges meet their products are added up.
    meet = {child for child, _, _ in edges} if mode == "forward" else {parent for _, parent, _ in edges}
    walks = len(graph.variables) if mode == "forward" else 1
    return values + local + OperationCount(walks * (len(edges) - len(meet)), walks * len(edges))
