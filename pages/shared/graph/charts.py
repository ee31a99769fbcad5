"""The graph as a chart, built once and fed by name: the player fills in what is known."""

import altair as alt

from pages.shared.charts import FRAME, NOW, AnyChart, Spec, built_once, coloured, legend, row, span, spec

COLOURS = alt.Scale(domain=["Operation", "Value flows", "This step"])
HALF = 0.33, 0.2
"""Of a node: its width along the layers, and its height."""
NARROW = "width < 520"
"""On a phone the layers go from top to bottom."""
LEAST, MOST = {"x": "132", "y": "(narrow ? 98 : 76)"}, {"x": "210", "y": "120"}
"""Pixels from node to node. Where the whole graph would need less the picture follows the step."""
CARD = {"x": "60", "y": "50"}
"""The least on a card of the home page, which shows a small graph whole."""


@built_once
def graph(card: bool = False) -> Spec:
    """Datasets: `nodes`, `edges`, `labels`, `run` (x, y: where one looks), `view` (x0, x1, y0, y1).

    On a card of the home page it has no legend, and its layers go to the right.
    """
    on = {"x": _axis(alt.X, "x"), "y": _axis(alt.Y, "y")}
    boxes, lines, labels = (_turned(alt.Chart(alt.NamedData(name))) for name in ("nodes", "edges", "labels"))
    corners = {f"{axis}{end}": f"datum.{axis}p {sign} {half}"
               for axis, half in zip("xy", HALF, strict=True) for end, sign in (("1", "-"), ("2", "+"))}  # fmt: skip
    boxes = boxes.transform_calculate(**corners)
    told = [alt.Tooltip("whole:N", title="node"), alt.Tooltip("text:N", title="operation")]
    now = "datum.at == frame || datum.back == frame"
    path = lines.mark_line(clip=True, strokeCap="round").encode(**on, detail="edge:N", order="order:Q")
    thin = path.encode(
        opacity=alt.condition("datum.at <= frame", alt.value(0.9), alt.value(0.3)), size=alt.value(2)
    )
    thick = path.transform_filter("datum.now == frame || datum.then == frame").encode(size=alt.value(6))
    rect = boxes.mark_rect(clip=True, cornerRadius=6).encode(
        x=_axis(alt.X, "x", "x1"), y=_axis(alt.Y, "y", "y1"), x2="x2:Q", y2="y2:Q", tooltip=told
    )
    known = alt.condition("datum.at <= frame", alt.value(0.3), alt.value(0.12))
    names = None if card else legend("Operation", "Value flows", "This step")
    layers: list[AnyChart] = [
        coloured(thin, "Value flows", COLOURS, names), coloured(thick, "This step", COLOURS, names),
        coloured(rect.encode(opacity=known), "Operation", COLOURS, names),
        coloured(rect.transform_filter(now).encode(opacity=alt.value(0.45)), "This step", COLOURS, names),
        _text(boxes, on, "text", fontWeight=600),
        _text(boxes, on, "shown", dy="-1", known="datum.at <= frame ? datum.value : datum.name"),
        _text(boxes, on, "shown", dy="1", known="datum.back <= frame ? datum.slope : ''", fontWeight="bold"),
        _text(labels.transform_filter("datum.step == frame"), on, "text", fontStyle="italic", beside=True),
    ]  # fmt: skip
    whole = alt.layer(*layers, *(_kept(name, on) for name in ("run", "view")))
    view = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    narrow = alt.param(name="narrow", expr="false" if card else NARROW)
    ends = _ends(CARD if card else LEAST)
    return spec(whole.add_params(FRAME, NOW, view, narrow, *ends).properties(height=300))


def _axis(channel: type[alt.X] | type[alt.Y], axis: str, field: str | None = None) -> alt.X | alt.Y:
    scale = span(f"{axis}low", f"{axis}low + {axis}span", **({"reverse": True} if axis == "y" else {}))
    return channel(f"{field or axis + 'p'}:Q", axis=None, scale=scale)


def _turned(chart: alt.Chart) -> alt.Chart:
    """Places as they lie on the screen."""
    turned: alt.Chart = chart.transform_calculate(
        xp="narrow ? datum.y : datum.x", yp="narrow ? datum.down : datum.y"
    )
    return turned


def _ends(least: dict[str, str]) -> list[alt.Parameter]:
    """The part of the graph that is seen: all of it where it fits, else what lies around the node of the step."""
    made = []
    for axis, other, size in (("x", "y", "width"), ("y", "x", "height")):
        low, high, now = (
            f"(narrow ? {row}.{other}{end} : {row}.{axis}{end})"
            for row, end in (("view", "0"), ("view", "1"), ("now", ""))
        )
        seen = f"max({size} / {MOST[axis]}, min({high} - {low}, {size} / {least[axis]}))"
        start = f"({high} - {low} <= {axis}span ? ({low} + {high} - {axis}span) / 2 : " + (
            f"max({low}, min({now} - {axis}span / 2, {high} - {axis}span)))"
        )
        made += [alt.param(name=f"{axis}span", expr=seen), alt.param(name=f"{axis}low", expr=start)]
    return made


def _text(
    chart: alt.Chart,
    on: dict[str, alt.X | alt.Y],
    field: str,
    *,
    dy: str = "0",
    known: str = "",
    beside: bool = False,
    **style: object,
) -> alt.Chart:
    """Words in a node, above it (-1) or below (1), or beside an edge; what is `known` at the step."""
    if known:
        chart = chart.transform_calculate(shown=known)
    away = alt.ExprRef(f"{dy} * (height / yspan * {HALF[1]} + 11 * size)")
    if beside:
        # An edge goes down on a phone, else to the right.
        away = alt.ExprRef("narrow ? 0 : -14 * size")
        style["dx"] = alt.ExprRef("narrow ? 32 * size : 0")
    made: alt.Chart = chart.mark_text(clip=True, dy=away, **style).encode(**on, text=f"{field}:N")  # type: ignore[arg-type]
    return made


def _kept(dataset: str, on: dict[str, alt.X | alt.Y]) -> AnyChart:
    """As `charts.held`, without an axis of its own."""
    data = alt.Chart(alt.NamedData(dataset))
    counts = data.transform_aggregate(n="count()"), data.transform_aggregate(m="count()")
    marks = (
        each.transform_calculate(xp="0").mark_point(opacity=0, aria=False).encode(x=on["x"])
        for each in counts
    )
    return alt.layer(*marks)
