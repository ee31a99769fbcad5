"""A walk along the graph of a function, node by node: what is known at each step, and what the walk comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, isnan

from calc.autodiff.equations import Writer, number
from calc.autodiff.graphs import Graph, Pass
from calc.numbers import counted

MOST_WAYS = 3
"""Local derivatives of one node that are written out."""


@dataclass(frozen=True, eq=False)
class Walk:
    """At each step one node gets its value, its derivative, or both.

    Attributes:
        graph: of a function of one variable.
        shown: the nodes that are walked along, in their order: all but the constants.
        found: what is known at the end.
        backward: first all values, then the derivatives from the result back.

    >>> from calc.autodiff import graph
    >>> from calc.expression import parse_expression
    >>> square = graph(parse_expression("x^2"))
    >>> Walk(square, (0, 1), square.forward(3.0), False).equations["chain"]
    ('—', 'x′ = 1', 'f′ = (2·x)·x′ = 6·1 = 6')
    """

    graph: Graph
    shown: tuple[int, ...]
    found: Pass
    backward: bool

    @property
    def writer(self) -> Writer:
        return Writer(self.graph, self.found)

    @property
    def whole(self) -> bool:
        """Whether there is a value and a derivative at the end."""
        return isfinite(self.found.derivative)

    @property
    def steps(self) -> int:
        return len(self.shown) * (2 if self.backward else 1)

    def valued(self, place: int) -> int:
        """The step at which a node gets its value, by its place among those shown."""
        return place + 1

    def derived(self, place: int) -> int:
        """The step at which a node gets its derivative."""
        return self.steps - place if self.backward else place + 1

    def at(self, step: int) -> int:
        """The place of the node whose step it is; the first before all."""
        return max(0, step - 1 if step <= len(self.shown) else self.steps - step)

    @cached_property
    def equations(self) -> dict[str, Sequence[str]]:
        """The equations of the node of each step, from 0: its value, its local derivatives, the chain rule; words."""
        writer = self.writer
        rows = [("Nothing is known yet.", "—", "—")]
        said = [
            "Each step works out one node, from its own rule and from what comes in, and from nothing else."
        ]
        for step in range(1, self.steps + 1):
            i = self.shown[self.at(step)]
            if step <= len(self.shown) and self.backward:
                rows.append((writer.value(i), "—", "—"))
            elif self.backward:
                rows.append((writer.value(i), self._local(writer.uses(i)), writer.reverse(i)))
            else:
                ways = [
                    (i, k) for k, j in enumerate(self.graph.nodes[i].parents) if self.graph.nodes[j].varies
                ]
                rows.append((writer.value(i), self._local(ways), writer.forward(i)))
            said.append(self._meaning(step))
        value, local, chain = zip(*rows, strict=True)
        said[-1] = self.ending()
        return {"value": value, "local": local, "chain": chain, "said": said}

    def _meaning(self, step: int) -> str:
        count, i = len(self.shown), self.shown[self.at(step)]
        name, slope = self.writer.name(i), float(self.found.derivatives[i])
        if self.backward and step <= count:
            return (
                f"First the values, from {self.graph.variables[0]} to f: {step} of {counted(count, 'node')}."
            )
        if not isfinite(slope):
            return f"No derivative is found for {name}."
        first, second = (name, "f") if self.backward else (self.graph.variables[0], name)
        return f"Move {first} a little, and {second} moves {number(slope)} times as far."

    def _local(self, ways: list[tuple[int, int]]) -> str:
        writer = self.writer
        texts = [
            f"{writer.name(i)} by {writer.name(self.graph.nodes[i].parents[k])}: {writer.slope(i, k)}"
            for i, k in ways[:MOST_WAYS]
        ]
        left = len(ways) - len(texts)
        return "; ".join(texts) + (f"; … ({left} more)" if left else "") if texts else "—"

    def ending(self) -> str:
        """What the walk comes to, or at which node it was lost."""
        writer, found, letter = self.writer, self.found, self.graph.variables[0]
        at, value, slope = (
            float(each) for each in (found.values[0], found.values[self.graph.result], found.derivative)
        )
        here = number(at, 8)
        if isfinite(value) and isfinite(slope):
            count = counted(len(self.shown), "node")
            ways = "one walk there and one back" if self.backward else "one walk"
            return f"f({here}) = {number(value, 6)} and f′({here}) = {number(slope, 6)}: {count}, {ways}."
        lost = f"At {letter} = {here} the node {{}} {{}}, so f′ is not found."
        for i in self.shown:
            name = f"{writer.name(i)} = {writer.operation(i)}"
            if isnan(found.values[i]):
                return lost.format(name, "has no value")
            if not isfinite(found.values[i]):
                return lost.format(name, "is beyond 1.8·10³⁰⁸, too large to compute")
            for local in map(float, found.slopes[i]):
                if not isfinite(local):
                    return lost.format(
                        name, f"has {'no' if isnan(local) else 'too large a'} local derivative"
                    )
        return f"At {letter} = {here} the derivative is too large to compute."
