"""Where the nodes of a graph stand: layers from the variables to the result, drawn by the library graphlay."""

from __future__ import annotations

from dataclasses import dataclass

import graphlay

from calc.autodiff.graphs import Graph

UNIT = 100.0
"""From layer to layer, and from one node to the next beside it."""
WIDTH, HEIGHT = 66.0, 40.0
SPACING = {"layer_gap": UNIT - WIDTH, "node_gap": UNIT - HEIGHT, "dummy_gap": 50.0}


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in units of one layer.

    Attributes:
        shown: the nodes that are drawn, in their order: constants are written into the operations on them.
        at: of each of them, along the layers and across.
        edges: from a node to one that it is used by, with the points of the line between them.
    """

    shown: tuple[int, ...]
    at: tuple[tuple[float, float], ...]
    edges: tuple[tuple[int, int, tuple[tuple[float, float], ...]], ...]


def layout(graph: Graph) -> Layout:
    """The places of a graph's nodes; the same for the same graph.

    >>> from calc.autodiff import graph
    >>> from calc.expression import parse_expression
    >>> layout(graph(parse_expression("sin(2x)"))).at
    ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0))
    """
    shown = tuple(i for i, node in enumerate(graph.nodes) if node.varies or i == graph.result)
    # Of two edges between the same nodes one is drawn.
    ends = dict.fromkeys((j, i) for i in shown for j in graph.nodes[i].parents if j in shown)
    drawing = graphlay.Graph()
    for i in shown:
        drawing.node(i, width=WIDTH, height=HEIGHT)
    for j, i in ends:
        drawing.edge(j, i)
    options = {
        "direction": "leftright",
        "spacing": SPACING,
        "routing": {"style": "diagonal", "port_sides": "facing_only"},
    }
    found = graphlay.layout(drawing, options=options)
    places, left = found.positions(), WIDTH / 2
    lines = [
        tuple(((point["x"] - left) / UNIT, point["y"] / UNIT) for point in edge["points"])
        for edge in found.edges
    ]
    at = tuple(((places[i][0] - left) / UNIT, places[i][1] / UNIT) for i in shown)
    return Layout(shown, at, tuple((j, i, line) for (j, i), line in zip(ends, lines, strict=True)))
