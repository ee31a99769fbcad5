"""The graph of a function under the player: its operations get their values and derivatives step by step."""

from pages.shared.graph.chart import graph_chart
from pages.shared.graph.walk import Walk, drawn, ending, lines, walk

__all__ = ["Walk", "drawn", "ending", "graph_chart", "lines", "walk"]
