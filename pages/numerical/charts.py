"""The charts of `numerical`, built once and fed by name; that of the errors is `pages.shared.valley`."""

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
    for kind, y in (("Tangent", "y"), ("Forward", "y"), ("Central", "middle")):
        # From end to end.
        layers.append((curves.tangent(on, "now.x", f"now.{y}", f"now.{kind.lower()}", (-9, 9)), kind))
    layers += [(curves.ball(on, f"now.x{end}", f"now.y{end}"), "Central") for end in "ab"]
    layers.append((curves.ball(on, "now.x", "now.y"), "Tangent"))
    return curves.chart(*(coloured(layer, kind, COLOURS, key) for layer, kind in layers))
