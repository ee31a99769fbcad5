"""The lesson's live picture for the home page: a line that learns from ten houses."""

from functools import lru_cache

import altair as alt

from calc.datasets import bundled, xy
from calc.regression import fit
from pages.shared.charts import FRAME, NOW, Columns, Spec, built_once, held, here, show, spec
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The course's houses, and a line that learns."""
    houses, run = _learning()
    show(
        _line(),
        {"houses": houses, "run": run},
        key="picture-linear-regression",
        size="card",
        alt="Ten houses by bedrooms and price: a line starts at random and ends close to all of them.",
    )


@lru_cache(maxsize=1)
def _learning() -> tuple[Columns, Columns]:
    x, y = xy(bundled("course"), "bedrooms", "price")
    learnt = fit(x, y, rate=0.06, steps=PICTURE_STEPS, standardise=True, seed=0)
    return {"x": x, "y": y}, {"slope": learnt.slope, "intercept": learnt.intercept}


@built_once
def _line() -> Spec:
    across, up = alt.Scale(domain=[0, 12]), alt.Scale(domain=[0, 1_300_000])
    x = alt.X("x:Q", title="bedrooms", scale=across)
    y = alt.Y("y:Q", title="price", scale=up, axis=alt.Axis(format="~s"))
    names = alt.Scale(domain=["house", "line"])
    colour = alt.Color("kind:N", scale=names, legend=None)
    dots = (
        alt.Chart(alt.NamedData("houses"))
        .transform_calculate(kind="'house'")
        .mark_circle(size=70, opacity=1)
        .encode(x=x, y=y, color=colour)
    )
    line = (
        here()
        .transform_calculate(
            kind="'line'", x0="0", x1="12", y0="now.intercept", y1="12 * now.slope + now.intercept"
        )
        .mark_rule(size=4, clip=True)
        .encode(x=alt.X("x0:Q", scale=across), x2="x1:Q", y=alt.Y("y0:Q", scale=up), y2="y1:Q", color=colour)
    )
    return spec(alt.layer(dots, line, held("run")).add_params(FRAME, NOW).properties(height=300))
