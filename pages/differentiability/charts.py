"""The charts of `differentiability`, built once and fed by name."""

import altair as alt

from pages.shared import curves
from pages.shared.charts import POWERS, Spec, built_once, coloured, here, legend, span

NAMES = ("Curve", "From the left", "-", "From the right", "No derivative", "Not continuous", "--", "Point")
"""What has which colour of the theme's palette, the same in every chart of the page."""
COLOURS = alt.Scale(domain=list(NAMES))
KINDS = "hole", "jump", "corner", "pole", "vertical tangent", "oscillation", "cusp"
"""Of points, in the order of Vega's shapes: circle, square, triangle up, cross, diamond, triangles right and down."""
SIDES = (("From the left", "left", "a", (-2.7, 0), 6), ("From the right", "right", "b", (0, 2.7), 3))
"""Each half of a tangent, its second point, its reach, and its width: where one covers the other both are seen."""


@built_once
def secants(letter: str, kinds: tuple[str, ...], picture: bool = False) -> Spec:
    """The curve, the points without a derivative, of these kinds, and two secants that become one-sided tangents.

    Datasets: `curve` (x, y), `points` (x, y, kind, what), `run` (x, y, xa, ya, xb, yb, left, right), `view`.
    """
    names = None if picture else legend("From the left", "From the right")
    if names:
        # On a phone the kinds of the points need the room.
        names.labelExpr = "width < 400 ? replace(datum.label, 'From the ', '') : datum.label"
    on = curves.axes(letter, f"f({letter})")
    layers = [(curves.curve(on, size=4), "Curve")]
    for name, side, end, reach, width in SIDES:
        line = curves.tangent(on, "now.x", "now.y", f"now.{side}", reach).mark_rule(size=width, clip=True)
        layers += [(line, name), (curves.ball(on, f"now.x{end}", f"now.y{end}"), name)]
    layers.append((curves.ball(on, "now.x", "now.y"), "Point"))
    drawn = [coloured(layer, name, COLOURS, names) for layer, name in layers]
    if kinds:
        drawn.append(_marks(on, kinds, names))
    if not picture:
        # It snaps to marks: where it goes is seen once it is there.
        drawn.append(coloured(curves.draggable(on, 0.001), "Point", COLOURS, names))
    return curves.chart(*drawn)


def _marks(on: curves.Axes, kinds: tuple[str, ...], names: alt.Legend | None) -> alt.Chart:
    """The points found: the colour says whether f is continuous there, the shape of what kind they are."""
    key = alt.Legend(
        title=None, orient="top", offset=2, direction="horizontal", symbolStrokeColor=alt.ExprRef("ink"),
        symbolStrokeWidth=2.5, symbolSize=110, values=[*kinds],
    )  # fmt: skip
    marks = alt.Chart(alt.NamedData("points")).mark_point(size=170, strokeWidth=3, clip=True)
    return on.put(marks).encode(
        color=alt.Color("what:N", scale=COLOURS, legend=names),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=KINDS), legend=key if names else None),
    )


@built_once
def beside(title: str) -> Spec:
    """What both sides come to against h, down to the limits.

    Datasets: `beside` (x: h, left, right), `run` (x, left, right), `view`.
    """
    scale, axis = span("view.x0", "view.x1", type="log"), alt.Axis(labelExpr=POWERS, grid=False)
    on = curves.Axes(alt.X("x:Q", title="h → 0", scale=scale, axis=axis), curves.axes(None, title, ticks=3).y)
    layers = []
    for name, side, _, _, width in SIDES:
        line = alt.Chart(alt.NamedData("beside")).transform_calculate(y=f"datum.{side}")
        limit = here().transform_calculate(y=f"data('run')[length(data('run')) - 1].{side}")
        ball = curves.ball(on, "now.x", f"now.{side}").mark_circle(size=60 * width, opacity=1, clip=True)
        layers += [
            (on.put(line.mark_line(size=width, clip=True)), name), (ball, name),
            (limit.mark_rule(size=2, strokeDash=[6, 3], clip=True).encode(y=on.y), name),
        ]  # fmt: skip
    return curves.chart(*(coloured(layer, name, COLOURS) for layer, name in layers))
