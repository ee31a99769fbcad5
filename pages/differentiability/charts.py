"""The charts of `differentiability`, built once and fed by name."""

import altair as alt

from pages.shared import curves
from pages.shared.charts import NUMBERS, POWERS, Spec, built_once, coloured, here, legend, span

NAMES = ("Curve", "From the left", "-", "From the right", "No derivative", "Not continuous", "--", "Point")
"""What has which colour of the theme's palette, the same in every chart of the page."""
COLOURS = alt.Scale(domain=list(NAMES))
SHAPES = {
    "corner": "triangle-up", "cusp": "triangle-down", "vertical tangent": "diamond", "jump": "square",
    "hole": "circle", "pole": "cross", "oscillation": "triangle-right",
}  # fmt: skip


WIDTHS = 6, 3
"""Of the two sides: where one covers the other both are seen."""


@built_once
def secants(letter: str, kinds: tuple[str, ...], picture: bool = False) -> Spec:
    """The curve with the points without a derivative, and two secants that become one-sided tangents.

    Datasets: `curve` (x, y), `points` (x, y, kind, what), `run` (x, y, xa, ya, xb, yb, xl, yl, xr, yr), `view`.

    Args:
        kinds: those of the points, for the legend.
    """
    names = None if picture else legend("From the left", "From the right")
    if names:
        # On a phone the kinds of the points need the room.
        names.labelExpr = "width < 400 ? replace(datum.label, 'From the ', '') : datum.label"
    on = curves.axes(letter, f"f({letter})")
    sides = (("From the left", "l", "a"), ("From the right", "r", "b"))
    layers = [coloured(curves.curve(on, size=4), "Curve", COLOURS, names)]
    for (name, far, end), width in zip(sides, WIDTHS, strict=True):
        layers += [
            coloured(_half(on, f"now.x{far}", f"now.y{far}", width), name, COLOURS, names),
            coloured(curves.ball(on, f"now.x{end}", f"now.y{end}"), name, COLOURS, names),
        ]
    layers.append(coloured(curves.ball(on, "now.x", "now.y"), "Point", COLOURS, names))
    if kinds:
        layers.append(_marks(on, kinds, names))
    if not picture:
        # It snaps to marks: where it goes is seen once it is there.
        layers.append(coloured(curves.draggable(on, 0.001), "Point", COLOURS, names))
    return curves.chart(*layers)


def _half(on: curves.Axes, x: str, y: str, width: int) -> alt.Chart:
    """The half of a secant on its own side of the point."""
    ends = here().transform_calculate(x="now.x", y="now.y", x2=x, y2=y)
    there = ends.transform_filter("isFinite(datum.y) && isFinite(datum.y2)").encode(x2="x2:Q", y2="y2:Q")
    return on.put(there.mark_rule(size=width, clip=True))


def _marks(on: curves.Axes, kinds: tuple[str, ...], names: alt.Legend | None) -> alt.Chart:
    """The points found: the colour says whether f is continuous there, the shape of what kind they are."""
    shapes = alt.Scale(domain=[*kinds], range=[SHAPES[kind] for kind in kinds])
    key = alt.Legend(
        title=None, orient="top", offset=2, direction="horizontal", symbolStrokeColor=alt.ExprRef("ink"),
        symbolStrokeWidth=2.5, symbolSize=110,
    )  # fmt: skip
    marks = alt.Chart(alt.NamedData("points")).mark_point(size=170, strokeWidth=3, clip=True)
    return on.put(marks).encode(
        color=alt.Color("what:N", scale=COLOURS, legend=names),
        shape=alt.Shape("kind:N", scale=shapes, legend=key if names else None),
    )


@built_once
def beside(title: str) -> Spec:
    """What both sides come to against h, down to the limits.

    Datasets: `beside` (h, left, right), `run` (h, left, right), `view`.
    """
    scale = span("view.x0", "view.x1", type="log")
    x = alt.X("h:Q", title="h → 0", scale=scale, axis=alt.Axis(labelExpr=POWERS, grid=False))
    axis = alt.Axis(labelExpr=NUMBERS, tickCount=3)
    layers = []
    for name, column, width in (("From the left", "left", 5), ("From the right", "right", 2)):
        y = alt.Y(f"{column}:Q", title=title, scale=span("view.y0", "view.y1"), axis=axis)
        line = alt.Chart(alt.NamedData("beside")).mark_line(size=width, clip=True).encode(x=x, y=y)
        limit = here().transform_calculate(**{column: f"data('run')[length(data('run')) - 1].{column}"})
        dashed = limit.mark_rule(size=2, strokeDash=[6, 3], clip=True).encode(y=y)
        ball = here().transform_calculate(h="now.h", **{column: f"now.{column}"})
        layers += [
            coloured(line, name, COLOURS), coloured(dashed, name, COLOURS),
            coloured(ball.mark_circle(size=60 * width, opacity=1, clip=True).encode(x=x, y=y), name, COLOURS),
        ]  # fmt: skip
    return curves.chart(*layers)
