"""The charts of the classifier, built once and fed by name."""

import altair as alt

from pages.log_loss.colours import CLASSES, COLOURS
from pages.shared.charts import FRAME, NOW, NUMBERS, Spec, built_once, coloured, held, here, row, span, spec

LOSSES = alt.Legend(
    title=None, orient="top", offset=2, values=["log", "square"], labelExpr="datum.label + ' loss'"
)
FEW = alt.Axis(labelExpr=NUMBERS, tickCount=5)
WEIGHT = "now.w1 * datum.x + now.w2 * datum.y + now.b"
"""The score z of a point at the step shown."""


def _class(legend: alt.Legend | None = None) -> alt.Color:
    return alt.Color("label:N", scale=CLASSES, legend=legend)


@built_once
def plane() -> Spec:
    """The points by their two features, and the boundary of the step shown; its titles are `x` and `y`.

    Datasets: `points` (x, y, shifted, label, count), `run` (x0, y0, x1, y1: the boundary's ends), `view`
    (one row: x0, x1, y0, y1).
    """
    view = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    across, up = span("view.x0", "view.x1"), span("view.y0", "view.y1")
    legend = alt.Legend(
        title=None,
        orient="top",
        offset=2,
        values=["1", "0"],
        labelExpr="'label ' + datum.label",
        symbolOpacity=1,
    )
    points = (
        alt.Chart(alt.NamedData("points"))
        .mark_circle(opacity=0.85, clip=True, size=alt.ExprRef("50 + 40 * min(datum.count, 20)"))
        .encode(
            x=alt.X("shifted:Q", title="x", scale=across, axis=FEW),
            y=alt.Y("y:Q", title="y", scale=up, axis=FEW),
            color=_class(legend),
            tooltip=["x:Q", "y:Q", "label:N", "count:Q"],
        )
    )
    line = (
        here()
        .transform_calculate(x="now.x0", y="now.y0", x2="now.x1", y2="now.y1")
        .transform_filter("isValid(now.x0)")
        .mark_rule(size=3.5, clip=True)
        .encode(x=alt.X("x:Q", scale=across), x2="x2:Q", y=alt.Y("y:Q", scale=up), y2="y2:Q")
    )
    line = line.transform_calculate(label="'boundary'").encode(color=_class(legend))
    return spec(alt.layer(points, line, held("run"), held("view")).add_params(FRAME, NOW, view))


@built_once
def sigmoid() -> Spec:
    """Each point on the sigmoid at its score z; the line from it to its label is what it has to learn. Its title: `z`.

    Datasets: `curve` (z, p), `points` (x, y, label, count), `run` (w1, w2, b), `view` (one row: z).
    """
    view = row("view", "view", z=6)
    across = span("-view.z", "view.z")
    up = alt.Scale(domain=[-0.04, 1.04], nice=False)
    x = alt.X("z:Q", title="z", scale=across, axis=FEW)
    y = alt.Y("p:Q", title="probability of label 1", scale=up, axis=alt.Axis(values=[0, 0.5, 1]))
    curve = alt.Chart(alt.NamedData("curve")).mark_line(size=3, clip=True).encode(x=x, y=y)
    points = alt.Chart(alt.NamedData("points")).transform_calculate(
        z=f"clamp({WEIGHT}, -view.z, view.z)", p=f"1 / (1 + exp(-({WEIGHT})))", right="datum.label * 1"
    )
    gaps = points.mark_rule(size=1.5, opacity=0.5).encode(x=x, y=y, y2="right:Q", color=_class())
    dots = points.mark_circle(opacity=0.9, size=alt.ExprRef("40 + 25 * min(datum.count, 20)")).encode(
        x=x, y=y, color=_class()
    )
    chart = alt.layer(coloured(curve, "boundary", CLASSES), gaps, dots, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, view))


@built_once
def losses() -> Spec:
    """Both losses by step, that of the run shown in full. Datasets: `path` (step, loss, kind), `run` (loss),
    `view` (one row: last, high, shown)."""
    view = row("view", "view", last=1, high=1, shown=0)
    across, up = span("0", "view.last"), span("0", "view.high")
    x = alt.X("step:Q", title="step", scale=across, axis=alt.Axis(tickMinStep=1, tickCount=5))
    y = alt.Y("loss:Q", title="mean loss", scale=up, axis=FEW)
    colour = alt.Color("kind:N", scale=COLOURS, legend=LOSSES)
    lines = (
        alt.Chart(alt.NamedData("path"))
        .mark_line(clip=True, size=3)
        .encode(x=x, y=y, color=colour, detail="kind:N")
    )
    balls = [
        here()
        .transform_calculate(step="frame", loss=f"now.{kind}", kind=f"'{kind}'")
        .mark_circle(size=130, opacity=1, clip=True)
        .encode(x=x, y=y, color=colour)
        for kind in ("log", "square")
    ]
    chart = alt.layer(lines, *balls, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, view))


@built_once
def margins(kind: str) -> Spec:
    """Each point's own loss against its margin, z for label 1 and -z for label 0, at the step shown.

    Datasets: `curves` (margin, loss, kind), `points` (x, y, label, count), `run` (w1, w2, b), `view` (z).
    """
    view = row("view", "view", z=6)
    across, up = span("-view.z", "view.z"), span("0", "1.05 * view.z")
    x = alt.X("margin:Q", title="wrong  ←  margin  →  right", scale=across, axis=FEW)
    y = alt.Y("loss:Q", title="a point's loss", scale=up, axis=FEW)
    curves = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(clip=True, size=2.5)
        .encode(x=x, y=y, color=alt.Color("kind:N", scale=COLOURS, legend=None))
    )
    score = f"((2 * datum.label - 1) * ({WEIGHT}))"
    loss = f"log(1 + exp(-{score}))" if kind == "log" else f"pow(1 / (1 + exp({score})), 2)"
    dots = (
        alt.Chart(alt.NamedData("points"))
        .transform_calculate(margin=f"clamp({score}, -view.z, view.z)", loss=f"min({loss}, view.z)")
        .mark_circle(opacity=0.9, size=alt.ExprRef("40 + 25 * min(datum.count, 20)"), clip=True)
        .encode(x=x, y=y, color=_class())
    )
    chart = alt.layer(curves, dots, held("run"), held("view")).resolve_scale(color="independent")
    return spec(chart.add_params(FRAME, NOW, view))


@built_once
def gradients() -> Spec:
    """How strongly each loss corrects a point of label 1 by its score. Datasets: `gradients` (z, slope, kind)."""

    lines = (
        alt.Chart(alt.NamedData("gradients"))
        .mark_line(size=3)
        .encode(
            x=alt.X("z:Q", title="wrong  ←  z of a point with label 1  →  right", axis=FEW),
            y=alt.Y("slope:Q", title="dℓ/dz", axis=FEW, scale=alt.Scale(domain=[-1.05, 0.05], nice=False)),
            color=alt.Color("kind:N", scale=COLOURS, legend=LOSSES),
        )
    )
    return spec(alt.layer(lines).properties(height=300))
