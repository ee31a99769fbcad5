"""The charts of `square-loss`, built once and fed by name."""

from functools import partial
from typing import Literal

import altair as alt

from pages.shared import curves
from pages.shared.charts import AnyChart, Spec, built_once, coloured, held, here, legend
from pages.shared.moving import moving, target

COLOURS = alt.Scale(domain=["Sum", "Ball", "Each point", "Mean", "Outlier", "Median"])
"""What has which colour of the theme's palette, the same in every chart of the page."""
KIND = alt.Color("kind:N", scale=COLOURS, legend=None)
POINTS = alt.Chart(alt.NamedData("points"))
WIDE = alt.ExprRef("54 * size")
"""Of the axes on the left: what stands below each other lies at the same x."""
PARABOLA = "sequence(view.x0, view.x1 + (view.x1 - view.x0) / 99, (view.x1 - view.x0) / 60)"
PRESSED = "event.item && event.item.datum && event.item.datum.handle >= 0 ? event.item.datum.handle : -1"
"""Which point is moved: -1 where none is, and one more is put."""
SIDE = "scale('x', datum.x) > width / 2 ? {} : {}"
"""The name of the least place lies on the side of its line where there is more room."""


@built_once
def loss(kind: Literal["square", "absolute"], extra: bool = False, picture: bool = False) -> Spec:
    """Each point's loss faint, their sum, the ball on it and where it is least; points of the squares can be moved.

    Datasets: `points` (i, x, kind, name), `run` (x, square, slope, absolute, left, right), `view`; of the distances
    also `sum` (x, y) and `best` (x, x2, name). As a `picture` without legend and moves.
    """
    best, title, each, slopes = {
        "square": ("Mean", "sum of squares", "pow(datum.x - datum.a, 2)", ("slope",)),
        "absolute": ("Median", "sum of distances", "abs(datum.x - datum.a)", ("left", "right")),
    }[kind]
    moves = kind == "square" and not picture
    points = POINTS.transform_calculate(x="at && datum.i === held ? at[0] : datum.x") if moves else POINTS
    reach = PARABOLA if kind == "square" else "[view.x0, datum.a, view.x1]"
    names = None if picture else legend("Sum", "Each point", *(["Outlier"] if extra else []), best)
    on, colour = curves.axes("x", title, minExtent=WIDE, maxExtent=WIDE), KIND.legend(names)
    paint = partial(coloured, scale=COLOURS, legend=names)
    dx, align = (alt.ExprRef(SIDE.format(*pair)) for pair in ((-6, 6), ("'right'", "'left'")))
    fan = points.transform_calculate(a="datum.x").transform_calculate(x=reach).transform_flatten(["x"])
    fan, dots = fan.transform_calculate(y=each), on.put(points.transform_calculate(y="0"))
    total, least = curves.curve(on, "sum", size=4), alt.Chart(alt.NamedData("best"))
    if kind == "square":
        # In the browser, where one of the points may be on its way.
        total = on.put(fan.transform_aggregate(y="sum(y)", groupby=["x"]).mark_line(size=4, clip=True))
        mean = points.transform_aggregate(x="mean(x)")
        least = mean.transform_calculate(x2="datum.x", name="'mean ' + format(datum.x, '.5~g')")
    middle = least.encode(x=on.x)
    up = f"isValid(now.{kind}) ? clamp(now.{kind}, view.y0, view.y1) : view.y1"
    marks = [
        paint(middle.mark_rect(opacity=0.25).encode(x2="x2:Q"), best),
        paint(middle.mark_rule(size=2, strokeDash=[6, 4]), best),
        on.put(fan.mark_line(size=1.5, opacity=0.45, clip=True)).encode(detail="i:N", color=colour),
        paint(total, "Sum"),
        dots.mark_circle(size=110, opacity=1, clip=True).encode(color=colour),
        middle.mark_text(dx=dx, align=align, y=10, fontWeight="bold").encode(text="name:N"),
        # At a corner there are two slopes, and both are drawn.
        *(paint(curves.tangent(on, "now.x", f"now.{kind}", f"now.{slope}"), "Ball") for slope in slopes),
        # One that leaves the picture rests at its edge.
        paint(curves.ball(on, "clamp(now.x, view.x0, view.x1)", up), "Ball"),
    ]
    if not moves:
        return curves.chart(*marks)
    # Easier to take hold of, with a finger too.
    near = dots.transform_calculate(handle="datum.i").mark_circle(size=700, opacity=0, cursor="grab")
    ring = (
        dots.transform_filter("datum.i === held").mark_point(size=300, strokeWidth=2.5).encode(color=colour)
    )
    made, rows = curves.chart(*marks, ring, near.add_params(target())), "data('points')"
    return moving(
        made, f"{rows}[max(held, 0)].x", "0", rows=f"length({rows})", row=PRESSED, tap=True, first=-1
    )


@built_once
def pulls() -> Spec:
    """How each point pulls the ball to itself; the mean of the pulls leads to the mean. Datasets: as above."""
    on, count = curves.axes("x: each point pulls with twice its distance", None), "length(data('points'))"
    name = f"datum.value < {count} ? data('points')[datum.value].name : 'mean pull'"
    rows = alt.Axis(labelExpr=name, labelOverlap=True, labelLimit=0, minExtent=WIDE, maxExtent=WIDE)
    y = alt.Y("i:O", title="pulls", scale=alt.Scale(domain=alt.ExprRef(f"sequence({count} + 1)")), axis=rows)
    ball = here().transform_calculate(x="now.x").mark_rule(size=1.5, clip=True).encode(x=on.x)
    layers: list[AnyChart] = [coloured(ball, "Ball", COLOURS)]
    mean = here().transform_calculate(i=count, x=f"now.x - now.slope / 2 / {count}", kind="'Mean'")
    # The numbers stand behind the ball: there is room.
    dx, align = (alt.ExprRef(f"datum.pull < 0 ? {pair}") for pair in ("8 : -8", "'left' : 'right'"))
    pull, turn = "2 * (datum.x - now.x)", "datum.pull < 0 ? -90 : 90"
    said = "abs(datum.pull) < 1e-4 * (view.x1 - view.x0) ? '0' : format(datum.pull, '+.3~g')"
    # An arrow from farther away would be longer than a canvas can draw.
    edge = "clamp(now.x, 2 * view.x0 - view.x1, 2 * view.x1 - view.x0)"
    # Of many points the arrows are thin, and there is no room for numbers.
    row = f"height / ({count} + 1)"
    thick, wide = alt.ExprRef(f"min(6, 0.6 * {row})"), alt.ExprRef(f"pow(min(12, 1.4 * {row}), 2)")
    for of in (POINTS, mean):
        there = of.transform_filter("isValid(now.x)")
        pulled = there.transform_calculate(ball=edge, pull=pull).transform_calculate(said=said, turn=turn)
        line = pulled.mark_bar(size=thick, clip=True).encode(x=on.x, x2="ball:Q", color=KIND)
        turned = pulled.transform_filter("datum.said !== '0'")
        head = turned.mark_point(shape="triangle", size=wide, filled=True, opacity=1)
        head = head.encode(x=on.x, color=KIND, angle=alt.Angle("turn:Q", scale=None))
        text = pulled.transform_calculate(x="datum.ball").encode(x=on.x, text="said:N")
        text = text.mark_text(
            dx=dx, align=align, clip=True, opacity=alt.ExprRef(f"{row} < 13 * size ? 0 : 1")
        )
        layers += [each.encode(y=y) for each in (line, head, text)]
    return curves.chart(*layers, held("points"))
