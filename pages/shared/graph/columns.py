"""The graph of a function as columns: where its nodes and edges stand, and the step at which each is there."""

from collections.abc import Mapping, Sequence

import numpy as np

from calc.autodiff import Graph, graph
from calc.autodiff.layout import Layout, layout
from calc.expression import Expression
from pages.shared.charts import Columns
from pages.shared.memory import kept

SHORT = 15
"""Signs that fit a node."""
ROOM = 0.55
"""Around the outermost nodes, in layers."""
DOWN = 0.4
"""From a node to the end of an edge where layers go down: there words stand above and below a node."""


@kept
def laid_out(expression: Expression) -> tuple[Graph, Layout]:
    """The graph of a function, and where its nodes stand."""
    made = graph(expression)
    return made, layout(made)


def short(text: str) -> str:
    """So much of a text as fits a node."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def drawn(
    layout: Layout,
    words: Mapping[str, Sequence[str]],
    at: Sequence[int],
    back: Sequence[int],
    looks: Sequence[int],
    labels: Sequence[str] = (),
    told: Sequence[int] = (),
    *,
    backward: bool = False,
) -> dict[str, Columns]:
    """What `charts.graph` draws.

    Args:
        words: of each node: `text` in it, `whole` as one hovers over it, `name` below it before its step and `value`
            from then on, `slope` below both.
        at, back: the steps at which each node is there, and has its `slope`.
        looks: by step the place of the node that one looks at.
        labels, told: words in the middle of each edge, and the step at which they are there; none if ().
        backward: edges are gone along once more, from their end.
    """
    places, place = np.array(layout.at), {i: k for k, i in enumerate(layout.shown)}
    ends = {f"{axis}{k}": [float(bound(places[:, n])) + (k or -1) * ROOM]
            for n, axis in enumerate("xy") for k, bound in enumerate((np.min, np.max))}  # fmt: skip
    edges = [(place[j], place[i], line) for j, i, line in layout.edges]
    lines = [
        (e, x, y, {0: places[j, 0] + DOWN, len(line) - 1: places[i, 0] - DOWN}.get(k, x), j, i)
        for e, (j, i, line) in enumerate(edges) for k, (x, y) in enumerate(line)
    ]  # fmt: skip
    middles = [np.mean(line, axis=0) if len(line) == 2 else line[len(line) // 2] for *_, line in edges]
    x = [x for x, _ in middles[: len(labels)]]
    return {
        "nodes": {"x": places[:, 0], "y": places[:, 1], "down": places[:, 0], **words, "at": at, "back": back},
        "edges": {
            "edge": [e for e, *_ in lines], "x": [x for _, x, *_ in lines], "y": [y for _, _, y, *_ in lines],
            "down": [down for *_, down, _, _ in lines], "order": np.arange(len(lines)),
            "at": [at[j] for *_, j, _ in lines], "now": [at[i] for *_, i in lines],
            "then": [back[j] if backward else -1 for *_, j, _ in lines],
        },
        "labels": {"x": x, "down": x, "y": [y for _, y in middles[: len(x)]], "text": labels, "step": told},
        "run": {"x": places[looks, 0], "y": places[looks, 1]}, "view": ends,
    }  # fmt: skip
