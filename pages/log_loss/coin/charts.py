"""The chart of the coin's three curves, built once for each and fed by name."""

from pages.log_loss.colours import COLOURS
from pages.shared import curves
from pages.shared.charts import Spec, built_once, coloured


@built_once
def curve(title: str, kind: str) -> Spec:
    """One of the coin's three curves with its tangent at the p shown, and the p where it is best.

    Datasets: `curve` (x, y), `best` (x), `run` (x, y, slope), `view`.
    """
    on = curves.axes("p", title, ticks=4, minExtent=48, maxExtent=48)
    at = "now.x", "now.y"
    return curves.chart(
        coloured(curves.upright(on, "best"), "best", COLOURS),
        coloured(curves.curve(on), kind, COLOURS),
        coloured(curves.tangent(on, *at, "now.slope"), "ball", COLOURS),
        coloured(curves.ball(on, *at), "ball", COLOURS),
    )
