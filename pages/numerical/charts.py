"""The charts of `numerical`, built once and fed by name; that of the errors is `pages.shared.valley`."""

import altair as alt

from pages.shared import curves
from pages.shared.charts import Spec, built_once, coloured, legend
from pages.shared.valley import COLOURS


@built_once
def secants(t: str) -> Spec:
    """The curve with the secants of the step shown, drawn with the slopes that were computed, and the tangent.

    Datasets: `curve` (x, y), `run` (x, y, xa, ya, xb, yb, middle, forward, central, tangent), `view`.
    """
    on, key = curves.axes(t, f"f({t})"), legend("Curve", "Forward", "Central", "Tangent")
    layers = [(curves.curve(on, size=4), "Curve")]
    for kind, y, slope in (
        ("Tangent", "y", "tangent"),
        ("Forward", "y", "forward"),
        ("Central", "middle", "central"),
    ):
        # From end to end.
        layers.append((curves.tangent(on, "now.x", f"now.{y}", f"now.{slope}", (-9, 9)), kind))
    layers += [(curves.ball(on, f"now.x{end}", f"now.y{end}"), "Central") for end in "ab"]
    layers.append((curves.ball(on, "now.x", "now.y"), "Tangent"))
    return curves.chart(*(coloured(layer, kind, COLOURS, key) for layer, kind in layers))


@built_once
def table(t: str, title: str) -> Spec:
    """np.gradient of a table of values beside the exact derivative.

    Datasets: `exact` (x, y), `grid` (x, y), `band` (x, y, y2): what noise may make of it, `view`.
    """
    on, colours, key = (
        curves.axes(t, title),
        alt.Scale(domain=["exact", "np.gradient"]),
        legend("exact", "np.gradient"),
    )
    grid, band = (alt.Chart(alt.NamedData(name)) for name in ("grid", "band"))
    band = on.put(band.mark_area(opacity=0.25, clip=True)).encode(y2="y2:Q")
    layers = (
        band,
        on.put(grid.mark_line(size=1.5, clip=True)),
        on.put(grid.mark_circle(size=45, opacity=1, clip=True)),
    )
    drawn = [coloured(layer, "np.gradient", colours, key) for layer in layers]
    exact = coloured(curves.curve(on, "exact", size=5), "exact", colours, key)
    return curves.chart(drawn[0], exact, *drawn[1:], moves=False)
