"""The lesson's live picture for the home page: balls roll into two valleys."""

from functools import lru_cache

import altair as alt
import numpy as np

from calc.basins import trajectories
from calc.expression import parse_expression
from pages.local_and_global_minima.marks import balls, of_ball, one
from pages.shared.charts import FRAME, NOW, Columns, Spec, built_once, held, show, spec
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """Balls on a curve with two minima, of which one is global."""
    curve, run = _rolling()
    show(
        _wells(), {"curve": curve, "run": run, "balls": {"i": range(4)}}, key="picture-minima", size="card",
        alt="Four balls roll down a curve with two valleys: two end in the deeper one, two in the other.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _rolling() -> tuple[Columns, Columns]:
    wells = parse_expression("x^4/4 - x^2 + 0.3x")
    x = np.linspace(-2.4, 2.4, 200)
    rolled = trajectories(
        wells, [-2.3, -0.5, 0.7, 2.2], method="gradient-descent", rate=0.06, steps=PICTURE_STEPS
    )
    run = {f"b{i}": rolled.w[i, :, 0] for i in range(4)} | {f"f{i}": rolled.value[i] for i in range(4)}
    return {"x": x, "f": wells(x)}, run


@built_once
def _wells() -> Spec:
    x = alt.X("x:Q", title="x", scale=alt.Scale(domain=[-2.5, 2.5]))
    f = alt.Y("f:Q", title="f(x)", scale=alt.Scale(domain=[-2, 4]))
    curve = one(alt.Chart(alt.NamedData("curve")).mark_line(size=4), "f").encode(x=x, y=f)
    rolling = one(balls("true", x=of_ball("b"), f=of_ball("f")), "ball").encode(x=x, y=f)
    return spec(alt.layer(curve, rolling, held("run")).add_params(FRAME, NOW).properties(height=300))
