"""The lesson's live picture for the home page: two balls climb a likelihood and its logarithm."""

from functools import lru_cache

import altair as alt
import numpy as np

from calc.likelihood import ascend, coin
from pages.shared.charts import FRAME, NOW, Columns, Spec, built_once, held, show, spec
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """A coin's likelihood and its logarithm, each with a ball that climbs it."""
    curves, run = _tossing()
    show(
        _hills(), {"curves": curves, "run": run, "balls": {"kind": ["product", "logarithm"]}},
        key="picture-log-versus-product", size="card",
        alt="Two hills over p with their tops at 0.7: the ball on the product stays on flat ground, the one on its "
        "logarithm arrives.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _tossing() -> tuple[Columns, Columns]:
    tossed, p = coin(70, 100), np.linspace(0.1, 0.98, 200)
    both = ascend(tossed, 0.2, steps=PICTURE_STEPS)
    top, low = float(tossed.log_abs(0.7)), float(tossed.log_abs(0.1))

    def heights(at: np.ndarray) -> dict[str, np.ndarray]:
        log = tossed.log_abs(at)
        return {"product": np.exp(log - top), "logarithm": (log - low) / (top - low)}

    a, b = both.product.w[:, 0], both.log.w[:, 0]
    run = {"p_product": a, "h_product": heights(a)["product"], "p_log": b, "h_log": heights(b)["logarithm"]}
    drawn = heights(p)
    curves = {
        "p": np.tile(p, 2), "h": np.r_[drawn["product"], drawn["logarithm"]], "kind": np.repeat(list(drawn), len(p))
    }  # fmt: skip
    return curves, run


@built_once
def _hills() -> Spec:
    x = alt.X("p:Q", title="p", scale=alt.Scale(domain=[0.1, 1.0], nice=False))
    y = alt.Y("h:Q", title="f and log f", scale=alt.Scale(domain=[-0.05, 1.1]), axis=alt.Axis(labels=False))
    names = alt.Scale(domain=["product", "logarithm"])
    curve = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(size=4, clip=True)
        .encode(x=x, y=y, color=alt.Color("kind:N", scale=names, legend=alt.Legend(title=None, orient="top")))
    )
    balls = (
        alt.Chart(alt.NamedData("balls"))
        .transform_calculate(
            p="datum.kind == 'product' ? now.p_product : now.p_log",
            h="datum.kind == 'product' ? now.h_product : now.h_log",
        )
        .mark_circle(size=260, opacity=1)
        .encode(x=x, y=y, color=alt.Color("kind:N", scale=names))
    )
    return spec(alt.layer(curve, balls, held("run")).add_params(FRAME, NOW).properties(height=300))
