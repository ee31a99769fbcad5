"""The charts of `instantaneous-rate`, built once and fed by name."""

import altair as alt

from pages.shared import curves
from pages.shared.charts import Spec, built_once, coloured, here, legend

NAMES = ("Curve", "Secant", "Point", "Slope", "Tangent", "My tangent")
"""What has which colour of the theme's palette, the same in every chart of the page."""
COLOURS = alt.Scale(domain=list(NAMES))


@built_once
def secant(x: str, y: str, mine: bool = False, picture: bool = False) -> Spec:
    """The curve, the secant through two points on it, and the tangents, also `mine`; the point can be dragged.

    Datasets: `curve` (x, y), `run` (xa, ya, xb, yb, x, y, left, right, mine), `view`.
    """
    names = None if picture else legend("Curve", "Secant", "Tangent", *(["My tangent"] if mine else []))
    on = curves.axes(x, y)
    layers = [(curves.curve(on, size=4), "Curve")]
    for slope, sides in (("left", (-1, 0)), ("right", (0, 1)), ("mine", (-2, 2))):
        line = curves.tangent(on, "now.x", "now.y", f"now.{slope}", sides)
        layers.append((line, "My tangent" if slope == "mine" else "Tangent"))
    layers.append((curves.secant(on, "now.xa", "now.ya", "now.xb", "now.yb"), "Secant"))
    for x1, y2 in (("xa", "ya"), ("xb", "yb")):
        # The sides of the triangle below the secant: Δx, and Δf.
        leg = here().transform_calculate(x=f"now.{x1}", y="now.ya", x2="now.xb", y2=f"now.{y2}")
        layers.append((on.put(leg.mark_rule(size=1.5, clip=True)).encode(x2="x2:Q", y2="y2:Q"), "Secant"))
    layers += [(curves.ball(on, f"now.x{end}", f"now.y{end}"), "Secant") for end in "ab"]
    layers.append((curves.ball(on, "now.x", "now.y"), "Point"))
    if not picture:
        layers.append((curves.draggable(on), "Point"))
    return curves.chart(*(coloured(layer, name, COLOURS, names) for layer, name in layers))


@built_once
def slope(x: str, y: str) -> Spec:
    """The slope along the curve, and that of the secant over its interval.

    Datasets: `curve` (x, y: the slope), `run` (xa, xb, secant, x, slope), `view`.
    """
    on = curves.axes(x, y, ticks=3)
    flat = here().transform_calculate(x="now.xa", y="now.secant", x2="now.xb")
    layers = (
        (here().transform_calculate(y="0").mark_rule(size=1.5).encode(y=on.y), "Curve"),
        (curves.curve(on), "Slope"), (curves.ball(on, "now.x", "now.slope"), "Tangent"),
        (on.put(flat.mark_rule(size=5, clip=True)).encode(x2="x2:Q"), "Secant"),
    )  # fmt: skip
    return curves.chart(*(coloured(layer, name, COLOURS) for layer, name in layers))
