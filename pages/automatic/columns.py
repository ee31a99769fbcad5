"""A walk along the graph of a function as columns: what is known of it at each step, and the equations."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, isnan

import numpy as np

from calc.autodiff import Graph, Pass, graph
from calc.autodiff.equations import Writer, number, pretty
from calc.autodiff.layout import Layout, layout
from calc.expression import Expression
from calc.numbers import counted
from pages.shared.charts import Columns
from pages.shared.memory import kept

SHORT = 15
"""Signs that fit a node."""
ROOM = 0.55
"""Around the outermost nodes, in layers."""
DOWN = 0.4
"""From a node to the end of an edge where layers go down: there words stand above and below a node."""


@dataclass(frozen=True, eq=False)
class Walk:
    """A walk along the graph of a function: at each step one node gets its value, its derivative, or both.

    Attributes:
        backward: first all values, then the derivatives from the result back.
    """

    graph: Graph
    layout: Layout
    found: Pass
    backward: bool

    @property
    def writer(self) -> Writer:
        return Writer(self.graph, self.found)

    @property
    def whole(self) -> bool:
        """Whether there is a value and a derivative at the end."""
        return bool(isfinite(self.found.derivative))

    @property
    def steps(self) -> int:
        return len(self.layout.shown) * (2 if self.backward else 1)

    def valued(self, place: int) -> int:
        """The step at which a node gets its value."""
        return place + 1

    def derived(self, place: int) -> int:
        """The step at which a node gets its derivative."""
        return self.steps - place if self.backward else place + 1

    def at(self, step: int) -> int:
        """The place among the nodes shown of the one whose step it is; the first before all."""
        return max(0, step - 1 if step <= len(self.layout.shown) else self.steps - step)


@kept
def _laid_out(expression: Expression) -> tuple[Graph, Layout]:
    made = graph(expression)
    return made, layout(made)


@kept
def walk(expression: Expression, at: float, backward: bool) -> Walk:
    """The graph of a function, walked along at a point."""
    made, places = _laid_out(expression)
    return Walk(made, places, made.reverse(at) if backward else made.forward(at), backward)


@kept
def drawn(walk: Walk) -> dict[str, Columns]:
    """The graph as rows: nodes, edges, the local derivatives on them, where one looks at each step."""
    writer, shown, places = walk.writer, walk.layout.shown, np.array(walk.layout.at)
    place = {i: k for k, i in enumerate(shown)}
    names = [writer.name(i) for i in shown]
    derivatives = ["∂f/∂{}" if walk.backward else "{}′"] * len(shown)
    steps = range(walk.steps + 1)
    ends = {f"{axis}{k}": [float(bound(places[:, n])) + (k or -1) * ROOM]
            for n, axis in enumerate("xy") for k, bound in enumerate((np.min, np.max))}  # fmt: skip
    lines = [
        (e, x, y, {0: places[place[j], 0] + DOWN, len(line) - 1: places[place[i], 0] - DOWN}.get(k, x), j, i)
        for e, (j, i, line) in enumerate(walk.layout.edges) for k, (x, y) in enumerate(line)
    ]  # fmt: skip
    return {
        "nodes": {
            "x": places[:, 0], "y": places[:, 1], "down": places[:, 0], "name": names,
            "text": [_short(writer.operation(i)) for i in shown],
            "whole": [f"{name} = {pretty(walk.graph.nodes[i].whole)}" for i, name in zip(shown, names, strict=True)],
            "value": [f"{name} = {number(float(walk.found.values[i]), 4)}"
                      for i, name in zip(shown, names, strict=True)],
            "slope": [f"{text.format(name)} = {number(float(walk.found.derivatives[i]), 4)}"
                      for i, name, text in zip(shown, names, derivatives, strict=True)],
            "at": [walk.valued(k) for k in range(len(shown))], "back": [walk.derived(k) for k in range(len(shown))],
        },
        "edges": {
            "edge": [e for e, *_ in lines], "x": [x for _, x, *_ in lines], "y": [y for _, _, y, *_ in lines],
            "down": [down for *_, down, _, _ in lines],
            "order": np.arange(len(lines)), "at": [walk.valued(place[j]) for *_, j, _ in lines],
            "now": [walk.valued(place[i]) for *_, i in lines],
            "then": [walk.derived(place[j]) if walk.backward else -1 for *_, j, _ in lines],
        },
        "labels": _labels(walk, place),
        "run": {"x": [places[walk.at(step), 0] for step in steps], "y": [places[walk.at(step), 1] for step in steps]},
        "view": ends,
    }  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _labels(walk: Walk, place: dict[int, int]) -> Columns:
    """The local derivatives, in the middle of their edges; of x·x both."""
    middles = [
        np.mean(line, axis=0) if len(line) == 2 else line[len(line) // 2] for *_, line in walk.layout.edges
    ]
    pairs = [(j, i) for j, i, _ in walk.layout.edges]
    local = [
        " + ".join(
            number(float(walk.found.slopes[i][k]), 3)
            for k, p in enumerate(walk.graph.nodes[i].parents)
            if p == j
        )
        for j, i in pairs
    ]
    steps = [walk.derived(place[j if walk.backward else i]) for j, i in pairs]
    x = [x for x, _ in middles]
    return {"x": x, "down": x, "y": [y for _, y in middles], "text": local, "step": steps}


@kept
def lines(walk: Walk) -> dict[str, Sequence[str]]:
    """The equations of the node of each step."""
    writer, shown = walk.writer, walk.layout.shown
    rows = [("Nothing is known yet.", "—", "—")]
    said = ["At each step one node: it knows its rule and what comes in, and nothing else."]
    for step in range(1, walk.steps + 1):
        i = shown[walk.at(step)]
        if step <= len(shown) and walk.backward:
            rows.append((writer.value(i), "—", "—"))
        elif walk.backward:
            rows.append((writer.value(i), _local(walk, writer.uses(i)), writer.reverse(i)))
        else:
            ways = [(i, k) for k, j in enumerate(walk.graph.nodes[i].parents) if walk.graph.nodes[j].varies]
            rows.append((writer.value(i), _local(walk, ways), writer.forward(i)))
        said.append(_meaning(walk, step))
    value, local, chain = zip(*rows, strict=True)
    said[-1] = ending(walk)
    return {"value": value, "local": local, "chain": chain, "said": said}


def _meaning(walk: Walk, step: int) -> str:
    """What is known after a step, in words."""
    count, i = len(walk.layout.shown), walk.layout.shown[walk.at(step)]
    name, slope = walk.writer.name(i), float(walk.found.derivatives[i])
    if walk.backward and step <= count:
        return f"First the values, from {walk.graph.variables[0]} to f: {step} of {counted(count, 'node')}."
    if not isfinite(slope):
        return f"No derivative is found at {name}."
    first, second = (name, "f") if walk.backward else (walk.graph.variables[0], name)
    return f"Move {first} a little, and {second} moves {number(slope)} times as far."


def _local(walk: Walk, ways: list[tuple[int, int]]) -> str:
    writer = walk.writer
    texts = [
        f"{writer.name(i)} by {writer.name(walk.graph.nodes[i].parents[k])}: {writer.slope(i, k)}"
        for i, k in ways[:3]
    ]
    left = len(ways) - len(texts)
    return "; ".join(texts) + (f"; … ({left} more)" if left else "") if texts else "—"


def ending(walk: Walk) -> str:
    """What the walk comes to, or at which node it was lost."""
    writer, found, letter = walk.writer, walk.found, walk.graph.variables[0]
    at, value, slope = float(found.values[0]), float(found.values[walk.graph.result]), float(found.derivative)
    here = number(at, 8)
    if isfinite(value) and isfinite(slope):
        count = counted(len(walk.layout.shown), "node")
        ways = "once there and once back" if walk.backward else "once"
        return f"f({here}) = {number(value, 6)} and f′({here}) = {number(slope, 6)}: {count}, walked along {ways}."
    lost = f"At {letter} = {here} the node {{}} {{}}, and f′ is not found."
    for i in walk.layout.shown:
        name = f"{writer.name(i)} = {writer.operation(i)}"
        if isnan(found.values[i]):
            return lost.format(name, "has no value")
        if not isfinite(found.values[i]):
            return lost.format(name, "is beyond 1.8·10³⁰⁸, too large for a float64")
        for local in map(float, found.slopes[i]):
            if not isfinite(local):
                return lost.format(name, f"has {'no' if isnan(local) else 'too large a'} local derivative")
    return f"At {letter} = {here} the derivative is too large for a float64."
