"""The charts of `derivative-rules`, built once and fed by name."""

import altair as alt

from pages.derivative_rules.columns import WIDE
from pages.shared import curves
from pages.shared.charts import (
    FRAME,
    NOW,
    NUMBERS,
    POWERS,
    AnyChart,
    Spec,
    built_once,
    coloured,
    held,
    here,
    legend,
    span,
    spec,
)

COLOURS = alt.Scale(domain=["f", "slope", "both", "g", "Δ"])
"""What has which colour of the theme's palette, in every picture."""
FULL = 1.5707963
"""Radians of a dial that one unit takes: four units go round."""


def _zero(on: curves.Axes) -> AnyChart:
    """The line y = 0."""
    line = here().transform_calculate(y="0").mark_rule(size=1, clip=True)
    return coloured(line.encode(y=on.y), "both", COLOURS)


def _moving(*layers: AnyChart) -> Spec:
    """The layers, and the row of the step shown."""
    return spec(alt.layer(*layers, held("run")).add_params(FRAME, NOW).properties(height=300))


@built_once
def at_each_step(name: str, title: str) -> Spec:
    """A curve for each step. Datasets: `before` or `after` (step, x, y), `run` (before0, before1, …)."""
    axis, ends = alt.Axis(labelExpr=NUMBERS, tickCount=5), span(f"now.{name}0", f"now.{name}1")
    whole = alt.Scale(domain=[-WIDE, WIDE], nice=False)
    on = curves.Axes(
        alt.X("x:Q", title="", scale=whole, axis=axis), alt.Y("y:Q", title=title, scale=ends, axis=axis)
    )
    shown = alt.Chart(alt.NamedData(name)).transform_filter("datum.step == frame")
    line = on.put(shown.mark_line(size=4, clip=True))
    return _moving(_zero(on), coloured(line, "f" if name == "before" else "slope", COLOURS))


@built_once
def along(name: str, title: str) -> Spec:
    """A common function with its tangent, or its derivative as far as that has come. Datasets: `columns.common`."""
    on = curves.axes("x", title)
    line = curves.curve(on, name, size=4)
    if name == "f":
        layers = [
            coloured(line, "f", COLOURS), coloured(curves.tangent(on, "now.x", "now.y", "now.slope"), "slope", COLOURS),
            coloured(curves.ball(on, "now.x", "now.y"), "slope", COLOURS),
        ]  # fmt: skip
    else:
        whole = coloured(line.mark_line(size=1, strokeDash=[2, 5], clip=True), "slope", COLOURS)
        drawn = coloured(line.transform_filter("datum.x <= now.x"), "slope", COLOURS)
        layers = [whole, drawn, coloured(curves.ball(on, "now.x", "now.slope"), "slope", COLOURS)]
    return curves.chart(_zero(on), *layers)


@built_once
def stacked() -> Spec:
    """Two functions on top of each other, at x and at x + dx. Datasets: `curves` (x, y, kind), `run`, `view`."""
    on, names = curves.axes("x", "f + g"), legend("f", "g", "Δ")
    lines = on.put(alt.Chart(alt.NamedData("curves")).mark_line(size=2, clip=True))
    lines = lines.encode(color=alt.Color("kind:N", scale=COLOURS, legend=names))
    heights = {
        "now.x": (("0", "now.f", "f"), ("now.f", "now.f + now.g", "g")),
        "now.x2": (("0", "now.f", "f"), ("now.f", "now.f2", "Δ"), ("now.f2", "now.f2 + now.g", "g"),
                   ("now.f2 + now.g", "now.f2 + now.g2", "Δ")),
    }  # fmt: skip
    bars = [_bar(on, x, *part, names) for x, parts in heights.items() for part in parts]
    return curves.chart(lines, *bars)


def _bar(on: curves.Axes, x: str, low: str, high: str, kind: str, names: alt.Legend) -> alt.Chart:
    ends = here().transform_calculate(x=x, y=low, y2=high)
    return coloured(on.put(ends.mark_rule(size=14, clip=True)).encode(y2="y2:Q"), kind, COLOURS, names)


@built_once
def rectangle(picture: bool = False) -> Spec:
    """f by g, grown by Δf and Δg. Datasets: `run`, `view`."""
    on = curves.axes(*(None, None) if picture else ("f", "g"))
    areas = (("0", "now.f", "0", "now.g", "both"), ("now.f", "now.f2", "0", "now.g", "f"),
             ("0", "now.f", "now.g", "now.g2", "g"), ("now.f", "now.f2", "now.g", "now.g2", "Δ"))  # fmt: skip
    words = [] if picture else [
        _word(on, "now.f / 2", "now.g / 2", "fg"), _word(on, "(now.f + now.f2) / 2", "now.g / 2", "Δf·g", "now.df"),
        _word(on, "now.f / 2", "(now.g + now.g2) / 2", "f·Δg", "now.dg * 4"),
        _word(on, "(now.f + now.f2) / 2", "(now.g + now.g2) / 2", "Δf·Δg", "now.df / 2"),
    ]  # fmt: skip
    return curves.chart(*(_area(on, *area) for area in areas), *words)


def _area(on: curves.Axes, x: str, x2: str, y: str, y2: str, kind: str) -> alt.Chart:
    ends = here().transform_calculate(x=x, x2=x2, y=y, y2=y2)
    marks = ends.mark_rect(opacity=0.35 if kind == "both" else 0.8, clip=True)
    return coloured(on.put(marks).encode(x2="x2:Q", y2="y2:Q"), kind, COLOURS)


def _word(on: curves.Axes, x: str, y: str, word: str, room: str = "1") -> alt.Chart:
    """A word in an area, as long as there is room for it."""
    words = here().transform_calculate(x=x, y=y, word=f"{room} > 0.4 ? '{word}' : ''")
    return on.put(words.mark_text(fontWeight="bold")).encode(text="word:N")


DIALS = (
    ("x", "now.x", "now.x2", "both", 0.25, 0.27), ("u = x²", "now.f", "now.f2", "f", 0.75, 0.27),
    ("y = sin u", "now.y", "now.y2", "g", 0.5, 0.74),
)  # fmt: skip
"""What each shows, before and after the nudge, and where it stands: shares of the chart's width and height."""


@built_once
def dials() -> Spec:
    """x, u = x² and y = sin u on dials, each with its nudge. Dataset: `run`."""
    layers: list[AnyChart] = []
    for name, value, moved, kind, across, down in DIALS:
        at = {"x": alt.ExprRef(f"width * {across}"), "y": alt.ExprRef(f"height * {down}")}
        angle, turned = f"{FULL} * {value}", f"{FULL} * {moved}"
        layers += [
            _arc(at, "1", "0.95", "0", "2 * PI", "both"), _arc(at, "0.9", "0", angle, turned, "Δ"),
            _arc(at, "0.9", "0", f"{angle} - 0.03", f"{angle} + 0.03", kind),
            _arc(at, "0.9", "0", f"{turned} - 0.03", f"{turned} + 0.03", kind),
        ]  # fmt: skip
        # Axes of their own, which are hidden: else that of the held data would be seen.
        words = here().transform_calculate(word=f"'{name}'", x=f"{across}", y=f"{1 - down - 0.13}")
        whole = alt.Scale(domain=[0, 1])
        places = alt.X("x:Q", axis=None, scale=whole), alt.Y("y:Q", axis=None, scale=whole)
        layers.append(words.mark_text(fontWeight="bold").encode(*places, text="word:N"))
    return _moving(*layers)


def _arc(at: dict[str, alt.ExprRef], outer: str, inner: str, start: str, end: str, kind: str) -> alt.Chart:
    turned = here().transform_calculate(start=start, end=end)
    size = "min(width, height) / 4.5"
    marks = turned.mark_arc(
        x=at["x"],
        y=at["y"],
        radius=alt.ExprRef(f"{outer} * {size}"),
        radius2=alt.ExprRef(f"{inner} * {size}"),
    )
    return coloured(
        marks.encode(theta=alt.Theta("start:Q", scale=None, stack=None), theta2="end:Q"), kind, COLOURS
    )


@built_once
def inverse(names: tuple[str, str]) -> Spec:
    """A function and its inverse, mirrored in y = x. Datasets: `curve`, `mirror` (x, y), `run`, `view`."""
    on, told = curves.axes("x", "y"), legend(*names, "tangent")
    scale = alt.Scale(domain=[names[0], names[1], "-", "tangent"])
    layers = [
        coloured(_line(on, ("view.x0", "view.y0", "view.x1", "view.y1"), [2, 5]), "-", scale, told),
        coloured(_line(on, ("now.x", "now.y", "now.y", "now.x"), [6, 3]), "-", scale, told),
    ]
    for name, dataset, x, y, slope in (
        (names[0], "curve", "now.x", "now.y", "now.slope"), (names[1], "mirror", "now.y", "now.x", "now.inverse")
    ):  # fmt: skip
        marks = ((curves.curve(on, dataset, 4), name), (curves.tangent(on, x, y, slope), "tangent"),
                 (curves.ball(on, x, y), name))  # fmt: skip
        layers += [coloured(mark, kind, scale, told) for mark, kind in marks]
    return curves.chart(*layers)


def _line(on: curves.Axes, ends: tuple[str, str, str, str], dash: list[int]) -> alt.Chart:
    between = here().transform_calculate(**dict(zip(("x", "y", "x2", "y2"), ends, strict=True)))
    return on.put(between.mark_rule(strokeDash=dash, clip=True)).encode(x2="x2:Q", y2="y2:Q")


@built_once
def limit(away: bool) -> Spec:
    """(1 + 1/n)^n by n as far as the step shown, or its distance from e on log axes. Datasets: `powers`, `run`."""
    names = ["float64", "exact", "e"]
    colours, told = alt.Scale(domain=names), legend(*names[: 2 if away else 3])
    powers = alt.Axis(labelExpr=POWERS, tickCount=9)
    x = alt.X("n:Q", title="n", scale=alt.Scale(type="log", domain=[1, 1e17], nice=False), axis=powers)
    if away:
        scale = alt.Scale(type="log", domain=[1e-17, 10], nice=False)
        y = alt.Y("away:Q", title="distance from e", scale=scale, axis=powers)
    else:
        scale = alt.Scale(domain=[0.9, 3.1], nice=False)
        y = alt.Y("value:Q", title="(1 + 1/n)ⁿ", scale=scale, axis=alt.Axis(labelExpr=NUMBERS))
    rows = alt.Chart(alt.NamedData("powers")).transform_filter("datum.step <= frame")
    lines = rows.mark_line(size=3, point=alt.OverlayMarkDef(size=70), clip=True)
    drawn = lines.encode(x=x, y=y, color=alt.Color("kind:N", scale=colours, legend=told))
    e = here().transform_calculate(value="E").mark_rule(size=2, strokeDash=[6, 4]).encode(y=y)
    return _moving(drawn, *([] if away else [coloured(e, "e", colours, told)]))
