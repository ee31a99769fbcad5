"""The charts of `square-loss`, built once and fed by name."""

from functools import partial
from typing import Literal

import altair as alt

from pages.shared import curves
from pages.shared.charts import FEW, Spec, built_once, coloured, drop, held, here, legend, span, spec

COLOURS = alt.Scale(domain=["Sum", "Ball", "Each point", "Mean", "Outlier", "Median"])
"""What has which colour of the theme's palette, the same in every chart of the page."""
KIND = alt.Color("kind:N", scale=COLOURS, legend=None)
POINTS = alt.Chart(alt.NamedData("points"))
PARABOLA = "sequence(view.x0, view.x1 + (view.x1 - view.x0) / 99, (view.x1 - view.x0) / 60)"
SIDE = "scale('x', datum.x) > width / 2 ? {} : {}"
"""The name of the least place lies on the side of its line where there is more room."""


@built_once
def loss(kind: Literal["square", "absolute"], extra: bool = False, picture: bool = False) -> Spec:
    """Each point's loss faint, their sum, the ball on it and where it is least.

    Datasets: `points` (a, kind, row, name), `sum` (x, y), `best` (x, x2, name), `run` (x, square, slope, absolute,
    left, right), `view`. With an `extra` point, the outlier; as a `picture` without legend and clicks.
    """
    best, title, each, slopes = {
        "square": ("Mean", "sum of squares", "pow(datum.x - datum.a, 2)", ("slope",)),
        "absolute": ("Median", "sum of distances", "abs(datum.x - datum.a)", ("left", "right")),
    }[kind]
    reach = PARABOLA if kind == "square" else "[view.x0, datum.a, view.x1]"
    names = None if picture else legend("Sum", "Each point", *(["Outlier"] if extra else []), best)
    on, colour = curves.axes("x", title), KIND.legend(names)
    paint = partial(coloured, scale=COLOURS, legend=names)
    dx, align = (alt.ExprRef(SIDE.format(*pair)) for pair in ((-6, 6), ("'right'", "'left'")))
    middle = alt.Chart(alt.NamedData("best")).encode(x=on.x)
    fan = POINTS.transform_calculate(x=reach).transform_flatten(["x"]).transform_calculate(y=each)
    marks = [
        paint(middle.mark_rect(opacity=0.25).encode(x2="x2:Q"), best),
        paint(curves.upright(on, "best"), best),
        on.put(fan.mark_line(size=1.5, opacity=0.45, clip=True)).encode(detail="row:N", color=colour),
        paint(curves.curve(on, "sum", size=4), "Sum"),
        curves.marked(on, POINTS.transform_calculate(x="datum.a", y="0")).encode(color=colour),
        middle.mark_text(dx=dx, align=align, y=10, fontWeight="bold").encode(text="name:N"),
        # At a corner there are two slopes, and both are drawn.
        *(paint(curves.tangent(on, "now.x", f"now.{kind}", f"now.{slope}"), "Ball") for slope in slopes),
        paint(curves.ball(on, "now.x", f"now.{kind}"), "Ball"),
    ]
    if kind == "square" and not picture:
        marks.append(curves.marked(on, alt.Chart(alt.NamedData("sum")), opacity=0).add_params(drop("x")))
    return curves.chart(*marks)


@built_once
def pulls() -> Spec:
    """What each point adds to the slope at the ball, and their sum. Datasets: as above."""
    count, start = "length(data('points'))", "(length(data('run')) ? data('run')[0].slope : 1)"
    far = f"1.1 * max(abs({start}), 2 * (view.x1 - view.x0))"
    name = f"datum.value < {count} ? data('points')[datum.value].name : 'sum = slope'"
    rows = alt.Axis(labelExpr=name, labelOverlap=True, labelLimit=0)
    y = alt.Y("row:O", title=None, scale=alt.Scale(domain=alt.ExprRef(f"sequence({count} + 1)")), axis=rows)
    x = curves.axes("2(x − aᵢ): what each point adds to the slope", None).x.scale(span(f"-{far}", far))
    each = POINTS.transform_calculate(x="2 * (now.x - datum.a)", zero="0")
    total = here().transform_calculate(x="now.slope", zero="0", row=count)
    bars, slope = (of.mark_bar(clip=True).encode(x=x, x2="zero:Q", y=y) for of in (each, total))
    zero = total.transform_calculate(x="0").mark_rule(size=1.5).encode(x=x)
    painted = bars.encode(color=KIND), coloured(slope, "Sum", COLOURS), coloured(zero, "Each point", COLOURS)
    return curves.chart(*painted, held("points"))


@built_once
def moved() -> Spec:
    """Mean and median against the place of one more point. Datasets: `moved` and `now` (x, y, kind)."""
    colour = KIND.legend(legend("Mean", "Median"))
    x = alt.X("x:Q", title="where the outlier lies", axis=FEW, scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", title="mean, median", axis=FEW, scale=alt.Scale(zero=False))
    moved, now = (alt.Chart(alt.NamedData(name)).encode(x=x, y=y, color=colour) for name in ("moved", "now"))
    both = alt.layer(moved.mark_line(size=3), now.mark_circle(size=160, opacity=1))
    return spec(both.properties(height=235))
