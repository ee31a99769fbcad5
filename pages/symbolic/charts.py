"""The charts of `symbolic`, built once and fed by name."""

import altair as alt

from pages.shared import curves
from pages.shared.charts import FRAME, POWERS, Spec, built_once, coloured, held, here, legend, row, span, spec

NAMES = ("f", "-", "f′", "text", "tree", "graph", "--", "reverse mode")
"""What has which colour of the theme's palette."""
COLOURS = alt.Scale(domain=list(NAMES))
LENGTHS = {"text": "characters", "tree": "tree", "graph": "graph", "reverse mode": "reverse"}
"""The lines of the chart, each with its column."""


@built_once
def functions(each: int = 1, picture: bool = False) -> Spec:
    """f as often in itself as the step says, and its slope.

    Datasets: `curve` (x, f1, slope1, f2, …), `view` (x0, x1, y0, y1 by step).
    `each`: so many steps of the player are one f more; `picture`: without legend.
    """
    names = None if picture else legend("f", "f′")
    at = f"floor(frame / {each})"
    # Room for 4e+22: the labels change with the step.
    on = curves.axes("x", None, minExtent=70)
    lines = []
    for name, column, width in (("f′", "slope", 2), ("f", "f", 4)):
        line = alt.Chart(alt.NamedData("curve")).transform_calculate(y=f"datum['{column}' + ({at} + 1)]")
        lines.append(coloured(on.put(line.mark_line(size=width, clip=True)), name, COLOURS, names))
    whole = alt.layer(*lines, held("view")).add_params(FRAME, row("view", "view", at, x0=0, x1=1, y0=0, y1=1))
    return spec(whole.properties(height=300))


@built_once
def lengths() -> Spec:
    """How long the derivative is, by how often f stands in itself.

    Datasets: `sizes` and `run` (times, tree, characters, graph, reverse), `view`.
    """
    names = legend(*LENGTHS)
    axis = alt.Axis(tickMinStep=1, grid=False)
    x = alt.X("times:Q", title="n: how often f is applied", scale=span("view.x0", "view.x1"), axis=axis)
    scale = span("view.y0", "view.y1", type="log")
    layers = []
    for name, column in LENGTHS.items():
        y = alt.Y(f"{column}:Q", title=None, scale=scale, axis=alt.Axis(labelExpr=POWERS))
        line = alt.Chart(alt.NamedData("sizes")).mark_line(size=2.5, clip=True).encode(x=x, y=y)
        ball = here().transform_calculate(times="now.times", **{column: f"now.{column}"})
        circle = ball.mark_circle(size=170, opacity=1, clip=True).encode(x=x, y=y)
        layers += [coloured(line, name, COLOURS, names), coloured(circle, name, COLOURS, names)]
    return curves.chart(*layers)
