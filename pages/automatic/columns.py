"""A walk along the graph of a function as columns: what is known of it at each step."""

from calc.autodiff.equations import number, pretty
from calc.autodiff.walk import Walk
from calc.expression import Expression
from pages.shared.charts import Columns
from pages.shared.graph.columns import drawn, laid_out, short
from pages.shared.memory import kept


@kept
def walk(expression: Expression, at: float, backward: bool) -> Walk:
    """The graph of a function, walked along at a point."""
    made, places = laid_out(expression)
    return Walk(made, places.shown, made.reverse(at) if backward else made.forward(at), backward)


@kept
def walked(expression: Expression, walk: Walk, each: int = 1) -> dict[str, Columns]:
    """The graph with what is known at each step, of which each takes so many of the player's."""
    writer, shown, places = walk.writer, walk.shown, laid_out(expression)[1]
    derivative = "∂f/∂{}" if walk.backward else "{}′"
    names, numbers = [writer.name(i) for i in shown], range(len(shown))
    words = {
        "name": names, "text": [short(writer.operation(i)) for i in shown],
        "whole": [f"{name} = {pretty(walk.graph.nodes[i].whole)}" for i, name in zip(shown, names, strict=True)],
        "value": [f"{name} = {number(float(walk.found.values[i]), 4)}" for i, name in zip(shown, names, strict=True)],
        "slope": [f"{derivative.format(name)} = {number(float(walk.found.derivatives[i]), 4)}"
                  for i, name in zip(shown, names, strict=True)],
    }  # fmt: skip
    place = {i: k for k, i in enumerate(shown)}
    # Of x·x both.
    local = [
        " + ".join(
            number(float(walk.found.slopes[i][k]), 3)
            for k, parent in enumerate(walk.graph.nodes[i].parents)
            if parent == j
        )
        for j, i, _ in places.edges
    ]
    return drawn(
        places, words, [each * walk.valued(k) for k in numbers], [each * walk.derived(k) for k in numbers],
        [walk.at(step // each) for step in range(each * walk.steps + 1)],
        local, [each * walk.derived(place[j if walk.backward else i]) for j, i, _ in places.edges],
        backward=walk.backward,
    )  # fmt: skip
