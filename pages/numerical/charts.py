"""The charts of `numerical`, built once and fed by name."""

import altair as alt

from calc.numerical import METHODS
from pages.shared import curves
from pages.shared.charts import POWERS, Spec, built_once, coloured, here, legend, span

NAMES = ("Central", "Forward", "Curve", "Complex step", "Richardson", "-", "--", "Tangent")
"""What has which colour of the theme's palette, the same in every chart of the first screen."""
COLOURS = alt.Scale(domain=list(NAMES))
BEST = alt.Scale(domain=["theory", "measured"], range=["diamond", "triangle-up"])


@built_once
def valley(t: str, picture: bool = False) -> Spec:
    """The error of each method by step on log axes, what theory says of it, and the best steps.

    Datasets: `error` (h, error, kind), `theory` (h, error, kind, line), `names` (h, error, kind, name), `best` (h,
    error, kind, who), `run` (h and a column a method), `view` (with `none`: no derivative).
    """
    axis = alt.Axis(labelExpr=POWERS)
    x = alt.X("h:Q", title=f"Δ{t}", scale=span("view.x0", "view.x1", type="log"), axis=axis)
    y = alt.Y("error:Q", title=f"error of Δf/Δ{t}", scale=span("view.y0", "view.y1", type="log"), axis=axis)
    key = None if picture else legend(*(method.name for method in METHODS.values()))
    colour = alt.Color("kind:N", scale=COLOURS, legend=key)

    def of(dataset: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(dataset)).encode(x=x, y=y)

    layers: list[alt.Chart] = [
        of("theory").mark_line(size=1.5, strokeDash=[5, 4], clip=True).encode(color=colour, detail="line:N"),
        of("error").mark_line(size=3, clip=True).encode(color=colour),
        here().transform_calculate(h="now.h").mark_rule(size=1.5).encode(x=x),
    ]
    for name, method in METHODS.items():
        ball = (
            here()
            .transform_calculate(h="now.h", error=f"now.{name}")
            .transform_filter("isValid(datum.error)")
        )
        ball = ball.mark_circle(size=150, opacity=1, clip=True).encode(x=x, y=y)
        layers.append(coloured(ball, method.name, COLOURS, key))
    if not picture:
        names = {
            rounds: of("names").transform_filter(f"{rounds}test(/^rounding/, datum.name)")
            for rounds in ("", "!")
        }
        named = names[""].mark_text(align="left", dx=8), names["!"].mark_text(align="right", dx=-8)
        layers += [each.encode(text="name:N") for each in named]
        best = of("best").mark_point(size=150, strokeWidth=2.5, opacity=1, clip=True)
        none = (
            here()
            .transform_filter("view.none > 0")
            .transform_calculate(said="'no derivative here: no error'")
        )
        none = none.mark_text(x=alt.ExprRef("width / 2"), y=alt.ExprRef("height / 2"))
        shape = alt.Shape("who:N", scale=BEST, legend=None)
        layers += [best.encode(color=colour, shape=shape), none.encode(text="said:N")]
    return curves.chart(*layers)


@built_once
def secants(t: str) -> Spec:
    """The curve with the secants of the step shown, drawn with the slopes that were computed, and the tangent.

    Datasets: `curve` (x, y), `run` (x, y, xa, ya, xb, yb, middle, forward, central, tangent), `view`.
    """
    on, key = curves.axes(t, f"f({t})"), legend("Curve", "Forward", "Central", "Tangent")
    lines = (
        ("Tangent", "now.y", "now.tangent"),
        ("Forward", "now.y", "now.forward"),
        ("Central", "now.middle", "now.central"),
    )
    balls = ("Central", "now.xa", "now.ya"), ("Central", "now.xb", "now.yb"), ("Tangent", "now.x", "now.y")
    layers = [(curves.curve(on, size=4), "Curve")]
    # From end to end.
    layers += [(curves.tangent(on, "now.x", y, slope, (-9, 9)), kind) for kind, y, slope in lines]
    layers += [(curves.ball(on, x, y), kind) for kind, x, y in balls]
    return curves.chart(*(coloured(layer, kind, COLOURS, key) for layer, kind in layers))


@built_once
def table(t: str, title: str) -> Spec:
    """np.gradient of a table of values beside the exact derivative.

    Datasets: `exact` (x, y), `grid` (x, y), `band` (x, y, y2): what noise does, `view`.
    """
    on, colours, key = (
        curves.axes(t, title),
        alt.Scale(domain=["Exact", "np.gradient"]),
        legend("Exact", "np.gradient"),
    )
    band, values = (alt.Chart(alt.NamedData(name)) for name in ("band", "grid"))
    layers = (
        on.put(band.mark_area(opacity=0.25, clip=True)).encode(y2="y2:Q"), on.put(values.mark_line(size=1.5, clip=True)),
        on.put(values.mark_circle(size=45, opacity=1, clip=True)),
    )  # fmt: skip
    drawn = [coloured(layer, "np.gradient", colours, key) for layer in layers]
    exact = coloured(curves.curve(on, "exact", size=5), "Exact", colours, key)
    return curves.chart(drawn[0], exact, *drawn[1:], moves=False)
