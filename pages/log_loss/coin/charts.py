"""The chart of the coin's three curves, built once for each and fed by name."""

import altair as alt

from pages.log_loss.colours import COLOURS
from pages.shared import curves
from pages.shared.charts import Spec, built_once, coloured


@built_once
def curve(title: str, kind: str) -> Spec:
    """One of the coin's three curves with its tangent at the p shown, and the p where it is best.

    Datasets: `curve` (x, y), `best` (x), `run` (x, y, slope), `view`.
    """
    extent = alt.ExprRef("50 * size")
    on = curves.axes("p", title, ticks=4, minExtent=extent, maxExtent=extent)
    at = "now.x", "now.y"
    # Where the curve is not: above its least value, below its greatest.
    y = 10 if kind == "log" else alt.ExprRef("height - 12")
    side = [alt.ExprRef(f"datum.x > 0.5 ? {pair}") for pair in ("-6 : 6", "'right' : 'left'")]
    name = alt.Chart(alt.NamedData("best")).mark_text(text="k/n", y=y, dx=side[0], align=side[1])
    return curves.chart(
        coloured(curves.upright(on, "best"), "best", COLOURS),
        name.encode(x=on.x),
        coloured(curves.curve(on), kind, COLOURS),
        coloured(curves.tangent(on, *at, "now.slope"), "ball", COLOURS),
        coloured(curves.ball(on, *at), "ball", COLOURS),
    )
