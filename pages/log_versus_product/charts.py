"""The charts of `log-versus-product`, built once and fed by name."""

import altair as alt

from pages.shared import curves
from pages.shared.charts import (
    FEW,
    FRAME,
    NOW,
    NUMBERS,
    POWERS,
    Spec,
    built_once,
    coloured,
    held,
    here,
    row,
    span,
    spec,
    ten_to,
    times_ten_to,
)

COLOURS = alt.Scale(domain=["f > 0", "f’s ball", "f < 0", "maximum", "log’s ball"])
"""The curve by the sign of f, both balls and the maximiser, in both charts."""

TYPES_SHORT = ["float16", "float32", "float64"]
TYPES = alt.Scale(domain=[*TYPES_SHORT, "truth"])
VIEW = row("view", "view", x0=0, x1=1, l0=0, l1=1, top=1)
LINES = alt.Legend(
    title=None, orient="top", symbolType="stroke", symbolSize=300, symbolStrokeWidth=5,
    columns=alt.ExprRef("width < 330 ? 2 : 4"),
)  # fmt: skip
LOOSE = alt.Scale(zero=False, nice=False)


@built_once
def product(negative: bool) -> Spec:
    """|f| as a share of its maximum, in the colour of the sign of f; the ball that climbs it, and the logarithm's.

    Datasets: `curve` (p, share, log, sign, piece), `tops` (p), `run` (see `columns.balls`), `view` (one row: x0, x1,
    l0, l1: the ends of the axes; top).
    """
    lost = "now.lost == 0 ? 'in float64: 0' : now.lost == 1 ? 'in float64: not a number' : ''"
    slope = _number("now.digits", "now.exponent")
    return _climb("share", "|f|, as a share of its greatest", span("-0.04", "1.12"), slope, negative, lost)


@built_once
def logarithm(negative: bool) -> Spec:
    """log|f| along the same p, with the same ball. Datasets as above."""
    exponent = "floor(log(abs(now.slope)) / LN10)"
    slope = f"now.slope == 0 ? '0' : {_number(f'now.slope * pow(10, -{exponent})', exponent)}"
    return _climb("log", "log |f|", span("view.l0", "view.l1"), slope, negative)


def _number(digits: str, exponent: str) -> str:
    """An expression: a number as a text, also one that is beyond every float."""
    power = times_ten_to(f"format({digits}, '.2~f')", exponent)
    plain = f"{exponent} >= -4 && {exponent} < 9"
    return f"{plain} ? format({digits} * pow(10, {exponent}), ',.3~r') : {power}"


def _climb(field: str, title: str, up: alt.Scale, slope: str, negative: bool, more: str = "''") -> Spec:
    on = curves.Axes(
        alt.X("x:Q", title="p", scale=span("view.x0", "view.x1"), axis=FEW),
        alt.Y("y:Q", title=title, scale=up, axis=FEW),
    )
    own = field == "log"
    # A legend in both, so that the two stand level.
    signs = ("f > 0", "f < 0") if negative else ()
    marks = ("maximum", *(() if own else ("f’s ball",)), "log’s ball")
    key = alt.Legend(
        title=None, orient="top", symbolOpacity=1, offset=2, columns=alt.ExprRef("width < 270 ? 2 : 3"),
        values=[*signs, *marks],
    )  # fmt: skip
    curve = alt.Chart(alt.NamedData("curve")).transform_calculate(
        x="datum.p", y=f"datum.{field}", kind="datum.sign"
    )
    line = on.put(curve.mark_line(size=3.5, clip=True)).encode(
        detail="piece:N", color=alt.Color("kind:N", scale=COLOURS, legend=key)
    )
    tops = alt.Chart(alt.NamedData("tops")).transform_calculate(x="datum.p")
    top = tops.mark_rule(size=2.5, strokeDash=[6, 4], clip=True).encode(x=on.x)
    at = "now.b", f"now.b_{field}"
    tangent = curves.tangent(on, *at, "now.slope" if own else "now.share_slope")
    said = here().mark_text(
        text=alt.ExprRef(f"isValid(now.slope) ? ['log’s ball:', 'slope ' + ({slope}), {more}] : ''"),
        y=12, baseline="middle", lineHeight=alt.ExprRef("17 * size"),
        x=alt.ExprRef(f"{LEFT} ? 8 : width - 8"), align=alt.ExprRef(f"{LEFT} ? 'left' : 'right'"),
    )  # fmt: skip
    balls = [coloured(curves.ball(on, *at), "log’s ball", COLOURS, key)]
    if not own:
        balls.insert(0, coloured(curves.ball(on, "now.a", "now.share"), "f’s ball", COLOURS, key))
    layers = (
        coloured(top, "maximum", COLOURS, key),
        line,
        coloured(tangent, "log’s ball", COLOURS, key),
        *balls,
        said,
    )
    chart = alt.layer(*layers, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, VIEW).properties(height=250))


LEFT = "view.top > (view.x0 + view.x1) / 2"
"""Whether there is room for words on the left."""


TIMES_TEN = f"abs(datum.value) < 3 ? format(pow(10, datum.value), '.2~r') : {ten_to('round(datum.value)')}"
"""Labels of an axis of powers of ten: as numbers where they have few digits."""


@built_once
def rates() -> Spec:
    """The rates that reach the top in one step, compared with the start's. Datasets: `rates` (p, power, of)."""
    lines = (
        alt.Chart(alt.NamedData("rates"))
        .mark_line(size=4)
        .encode(
            x=alt.X("p:Q", title="p", scale=LOOSE, axis=FEW),
            y=alt.Y(
                "power:Q",
                title="rate, as a multiple of the start’s",
                scale=alt.Scale(nice=False),
                axis=alt.Axis(labelExpr=TIMES_TEN, tickCount=5, tickMinStep=1),
            ),
            color=alt.Color("of:N", scale=alt.Scale(domain=["on |f|", "on log |f|"]), legend=LINES),
        )
    )
    return spec(lines.properties(height=290))


@built_once
def happened() -> Spec:
    """What became of each quantity in each type along p. Datasets: `cells` (p, p2, row, kind)."""
    kinds = ["fine", "overflow", "no digit", "zero", "underflow", "nan", "undefined", "lost sign"]
    rows = [f"{quantity}  {name}" for quantity in ("f", "f′", "log|f|", "(log|f|)′") for name in TYPES_SHORT]
    chart = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect()
        .encode(
            x=alt.X("p:Q", title="p", scale=LOOSE), x2="p2:Q",
            y=alt.Y("row:N", title=None, sort=rows, scale=alt.Scale(domain=rows, padding=0.15)),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds),
                            legend=alt.Legend(title=None, orient="top", columns=alt.ExprRef("width < 400 ? 2 : 4"))),
        )
    )  # fmt: skip
    return spec(chart.properties(height=430))


@built_once
def digits(title: str) -> Spec:
    """How many digits are right along p, by type. Datasets: `digits` (p, digits, type)."""
    chart = (
        alt.Chart(alt.NamedData("digits"))
        .mark_line(size=3, clip=True, interpolate="step")
        .encode(
            x=alt.X("p:Q", title="p", scale=LOOSE),
            y=alt.Y("digits:Q", title=title, scale=alt.Scale(domain=[0, 17], nice=False)),
            color=alt.Color("type:N", scale=alt.Scale(domain=TYPES_SHORT), legend=LINES),
        )
    )
    return spec(chart.properties(height=290))


@built_once
def growth() -> Spec:
    """Operations against the number of factors, both on log scales. Datasets: `growth` (n, operations, way)."""
    axis = alt.Axis(labelExpr=POWERS)
    names = [
        f"{way}, {form}" for way in ("symbolic", "numerical", "automatic") for form in ("f′", "(log|f|)′")
    ]
    chart = (
        alt.Chart(alt.NamedData("growth"))
        .mark_line(size=3, point=alt.OverlayMarkDef(size=50))
        .encode(
            x=alt.X("n:Q", title="factors n", scale=alt.Scale(type="log", base=2, nice=False)),
            y=alt.Y("operations:Q", title="operations", scale=alt.Scale(type="log"), axis=axis),
            color=alt.Color("way:N", scale=alt.Scale(domain=names),
                            legend=alt.Legend(title=None, orient="top", columns=2)),
        )
    )  # fmt: skip
    return spec(chart.properties(height=420))


@built_once
def vanishing() -> Spec:
    """The product so far in each type, as a power of ten, until it is 0.

    Datasets: `running` (n, power, type), `ends` (n, power, type, text, side, dx, dy), `view` (one row: n, low).
    """
    view = row("view", "view", n=1, low=-10)
    x = alt.X("n:Q", title="factors multiplied", scale=span("0", "view.n"), axis=alt.Axis(labelExpr=NUMBERS))
    axis = alt.Axis(labelExpr=TIMES_TEN, tickCount=6, tickMinStep=1)
    y = alt.Y("power:Q", title="product so far", scale=span("view.low", "0"), axis=axis)
    colour = alt.Color("type:N", scale=TYPES, legend=LINES)
    lines = _lines("running", x, y)
    ends = alt.Chart(alt.NamedData("ends"))
    marks = ends.mark_point(shape="cross", angle=45, size=160, filled=True, opacity=1).encode(
        x=x, y=y, color=colour
    )
    names = ends.mark_text(
        align=alt.ExprRef("datum.side"), dx=alt.ExprRef("datum.dx"), dy=alt.ExprRef("datum.dy"),
        fontWeight="bold",
    ).encode(x=x, y=y, text="text:N", color=colour)  # fmt: skip
    return spec(alt.layer(*lines, marks, names, held("view")).add_params(view).properties(height=350))


@built_once
def sums() -> Spec:
    """The sum of logs in each type and the true one. Datasets: `sums` (n, sum, type)."""
    axis = alt.Axis(labelExpr=NUMBERS)
    x = alt.X("n:Q", title="factors", scale=LOOSE, axis=axis)
    y = alt.Y("sum:Q", title="sum of logs", scale=LOOSE, axis=axis)
    return spec(alt.layer(*_lines("sums", x, y)).properties(height=350))


def _lines(dataset: str, x: alt.X, y: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """A thick line for each type, and the true one thin upon them."""
    rows = alt.Chart(alt.NamedData(dataset))
    colour = alt.Color("type:N", scale=TYPES, legend=LINES)
    types = rows.transform_filter("datum.type != 'truth'").mark_line(clip=True, size=6)
    true = rows.transform_filter("datum.type == 'truth'").mark_line(clip=True, size=2)
    return types.encode(x=x, y=y, color=colour), true.encode(x=x, y=y, color=colour)
