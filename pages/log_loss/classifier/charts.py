"""The charts of the classifier, built once and fed by name."""

import altair as alt
import numpy as np

from calc.logistic import sigmoid as sigmoid_of
from pages.log_loss.colours import CLASSES, COLOURS
from pages.shared.charts import (
    FEW,
    FRAME,
    NOW,
    Spec,
    built_once,
    coloured,
    held,
    here,
    row,
    span,
    spec,
    titled,
)
from pages.shared.memory import kept

LOSSES = alt.Legend(
    title=None, orient="top", offset=2, values=["log", "square"], labelExpr="datum.label + ' loss'"
)
WEIGHT = "now.w1 * datum.x + now.w2 * datum.y + now.b"
"""The score z of a point at the step shown."""


def _class(legend: alt.Legend | None = None) -> alt.Color:
    return alt.Color("label:N", scale=CLASSES, legend=legend)


@kept
def plane(x_title: str, y_title: str, one: str, zero: str) -> Spec:
    """The plane, its axes named by the features, its labels as `one` and `zero` (ours) say."""
    return titled(_plane(one, zero), {"x": x_title, "y": y_title})


@built_once
def _plane(one: str, zero: str) -> Spec:
    """The points by their two features, the plane shaded by probability, the boundaries of the step shown.

    Its titles are `x` and `y`. Datasets: `points` (x, y, shifted, label, count), `said` (x, y: the visitor's own
    sentence), `run` (w1, w2, b: of the loss that is made small; log_x0, log_y0, log_x1, log_y1 and square_x0 …: the
    ends of both boundaries), `view` (one row: x0, x1, y0, y1).
    """
    names = {"1": one, "0": zero, "log": "log loss", "square": "square loss"}
    key = alt.Legend(
        title=None, orient="top", offset=2, values=[*names], symbolOpacity=1,
        columns=alt.ExprRef("width < 330 ? 2 : 4"), labelExpr=f"{names}[datum.label]",
    )  # fmt: skip
    view = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    x = alt.X("x:Q", title="x", scale=span("view.x0", "view.x1"), axis=FEW)
    y = alt.Y("y:Q", title="y", scale=span("view.y0", "view.y1"), axis=FEW)
    dots = alt.Chart(alt.NamedData("points")).transform_calculate(x0="datum.x", x="datum.shifted")
    points = dots.transform_calculate(p=f"1 / (1 + exp(-({WEIGHT.replace('datum.x', 'datum.x0')})))")
    drawn = points.mark_circle(opacity=0.9, clip=True, size=alt.ExprRef("50 + 40 * min(datum.count, 20)")).encode(
        x=x, y=y, color=_class(key), tooltip=[
            alt.Tooltip("x0:Q", title="x", format=".3~g"), alt.Tooltip("y:Q", title="y", format=".3~g"), "label:N",
            alt.Tooltip("count:Q", title="how many"), alt.Tooltip("p:Q", title=f"p of {one}", format=".2f"),
        ],
    )  # fmt: skip
    lines = [
        here()
        .transform_calculate(
            label=f"'{loss}'",
            **{at: f"now.{loss}_{end}" for at, end in zip(("x", "y", "x2", "y2"), ENDS, strict=True)},
        )
        .transform_filter("isValid(datum.x)")
        .mark_rule(size=3.5, clip=True, strokeDash=dash)
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=_class(key))
        for loss, dash in (("square", [8, 5]), ("log", [1, 0]))
    ]
    layers = (
        _shade(),
        *lines,
        drawn,
        _own("datum.x", "datum.y", key).encode(x=x, y=y),
        held("run"),
        held("view"),
    )
    return spec(alt.layer(*layers).add_params(FRAME, NOW, view))


def _own(x: str, y: str, legend: alt.Legend | None = None) -> alt.Chart:
    """The visitor's sentence, in a colour and a shape of its own."""
    point = alt.Chart(alt.NamedData("said")).transform_calculate(x=x, y=y, label="'said'")
    mark = point.mark_point(shape="diamond", size=260, filled=True, opacity=1, stroke=alt.ExprRef("ink"))
    made: alt.Chart = mark.encode(color=_class(legend), tooltip=alt.value("Your own sentence"))
    return made


ENDS = ("x0", "y0", "x1", "y1")
FULL = 0.42
"""How opaque the shade is where the classifier is sure: the points of both labels still stand out."""


def _shade() -> alt.Chart:
    """The plane in each label's colour, the stronger the surer the classifier is.

    The score is linear, so a single gradient shades all of the plane. It stands in the unit square, as the canvas
    has it: u to the right, v downwards.
    """
    across, down = "now.w1 * (view.x1 - view.x0)", "-now.w2 * (view.y1 - view.y0)"
    middle = "now.b + now.w1 * (view.x0 + view.x1) / 2 + now.w2 * (view.y0 + view.y1) / 2"
    ends = {
        f"{axis}{number}": f"0.5 + ({score} - datum.middle) * datum.{along} / datum.size"
        for number, score in ((1, -SURE), (2, SURE))
        for axis, along in (("x", "across"), ("y", "down"))
    }
    place = (
        here()
        .transform_calculate(across=across, down=down, middle=middle)
        .transform_calculate(size="datum.across * datum.across + datum.down * datum.down")
        .transform_calculate(**ends)
        .transform_filter("datum.size > 0 && isFinite(datum.x1 + datum.y1 + datum.x2 + datum.y2)")
    )
    along = np.linspace(-SURE, SURE, 13)
    return _filled(place, [f"datum.{end}" for end in ("x1", "y1", "x2", "y2")], sigmoid_of(along))


def _filled(place: alt.Chart, ends: list[str], probability: np.ndarray) -> alt.Chart:
    """All of the chart in the colour of the likelier label, as opaque as p is far from 1/2.

    Args:
        ends: of the gradient: x1, y1, x2, y2.
        probability: evenly spaced from the one end to the other.
    """
    stops = [
        f"{{offset: {place}, color: scale('color', '{int(p > 0.5)}') + '{round(255 * FULL * abs(2 * p - 1)):02x}'}}"
        for place, p in zip(np.linspace(0, 1, len(probability)).round(3), probability, strict=True)
    ]
    x1, y1, x2, y2 = ends
    gradient = f"{{gradient: 'linear', x1: {x1}, y1: {y1}, x2: {x2}, y2: {y2}, stops: [{', '.join(stops)}]}}"
    filled: alt.Chart = place.mark_rect(
        x=0, y=0, x2=alt.ExprRef("width"), y2=alt.ExprRef("height"), fill=alt.ExprRef(gradient)
    )
    return filled


SURE = 6
"""A score of which the probability is 0.998: beyond it the shade stays as it is."""


@kept
def sigmoid(score: str, probability: str) -> Spec:
    """Each point on the sigmoid at its score; both are the titles of the axes: see `_sigmoid`."""
    return titled(_sigmoid(), {"z": score, "p": probability})


@built_once
def _sigmoid() -> Spec:
    """Each point on the sigmoid at its score z; the line from it to its label is what it has to learn.

    It is shaded as the plane, of which it is the legend. Its titles are `z` and `p`.

    Datasets: `curve` (z, p), `points` (x, y, label, count), `said` (good, bad), `run` (w1, w2, b), `view` (one row: z).
    """
    view = row("view", "view", z=6)
    across = span("-view.z", "view.z")
    up = alt.Scale(domain=[-0.04, 1.04], nice=False)
    x = alt.X("z:Q", title="z", scale=across, axis=FEW)
    y = alt.Y("p:Q", title="p", scale=up, axis=alt.Axis(values=[0, 0.5, 1]))
    shade = _filled(here(), ["0", "1", "0", "0"], np.array([-0.04, 0.5, 1.04]))
    curve = alt.Chart(alt.NamedData("curve")).mark_line(size=3, clip=True).encode(x=x, y=y)
    points = _at_score(alt.Chart(alt.NamedData("points")).transform_calculate(right="datum.label * 1"))
    gaps = points.mark_rule(size=1.5, opacity=0.5).encode(x=x, y=y, y2="right:Q", color=_class())
    dots = points.mark_circle(opacity=0.9, size=alt.ExprRef("40 + 25 * min(datum.count, 20)")).encode(
        x=x, y=y, color=_class()
    )
    chart = alt.layer(
        shade,
        coloured(curve, "boundary", CLASSES),
        gaps,
        dots,
        _at_score(_own("datum.good", "datum.bad")).encode(x=x, y=y),
        held("run"),
        held("view"),
    )
    return spec(chart.add_params(FRAME, NOW, view))


def _at_score(points: alt.Chart) -> alt.Chart:
    """The points with their score z at the step shown, and its probability p."""
    made: alt.Chart = points.transform_calculate(
        z=f"clamp({WEIGHT}, -view.z, view.z)", p=f"1 / (1 + exp(-({WEIGHT})))"
    )
    return made


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
    place = here().mark_circle(size=130, opacity=1, clip=True).encode(x=x, y=y, color=colour)
    balls = [
        place.transform_calculate(step="frame", loss=f"now.{kind}", kind=f"'{kind}'")
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
