"""The charts of `derivative-rules`, built once and fed by name."""

import altair as alt

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

COLOURS = alt.Scale(domain=["f", "slope", "both", "g", "corner"])
"""What has which colour of the theme's palette, in every picture."""
FULL = 1.5707963
"""Radians of a dial that one unit takes: four units go round."""


def _axes(x: str, y: str, ends: tuple[str, str], row: str = "now") -> curves.Axes:
    """Axes whose ends are in a row, of the step shown or of all: x0, x1 and two others."""
    across = alt.Axis(labelExpr=NUMBERS, tickCount=5)
    return curves.Axes(
        alt.X("x:Q", title=x, scale=span(f"{row}.x0", f"{row}.x1"), axis=across),
        alt.Y("y:Q", title=y, scale=span(*(f"{row}.{end}" for end in ends)), axis=across),
    )


def _moving(*layers: AnyChart) -> Spec:
    """The layers, and the row of the step shown."""
    return spec(alt.layer(*layers, held("run")).add_params(FRAME, NOW).properties(height=300))


@built_once
def at_each_step(name: str, title: str) -> Spec:
    """A curve for each step. Datasets: `before` or `after` (step, x, y), `run` (x0, x1, before0, before1, …)."""
    on = _axes("", title, (f"{name}0", f"{name}1"))
    lines = (
        alt.Chart(alt.NamedData(name)).transform_filter("datum.step == frame").mark_line(size=4, clip=True)
    )
    zero = here().transform_calculate(y="0").mark_rule(size=1).encode(y=on.y)
    return _moving(
        coloured(zero, "both", COLOURS),
        coloured(on.put(lines), "f" if name == "before" else "slope", COLOURS),
    )


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
    zero = coloured(here().transform_calculate(y="0").mark_rule(size=1).encode(y=on.y), "both", COLOURS)
    return curves.chart(zero, *layers)


@built_once
def stacked() -> Spec:
    """Two functions on top of each other, at x and at x + dx. Datasets: `curves` (x, y, kind), `run`, `view`."""
    on = curves.axes("x", "f + g")
    lines = on.put(alt.Chart(alt.NamedData("curves")).mark_line(size=2, clip=True))
    lines = lines.encode(color=alt.Color("kind:N", scale=COLOURS, legend=legend("f", "g")))
    bars = [
        _bar(on, "now.x", "0", "now.f", "f"), _bar(on, "now.x", "now.f", "now.f + now.g", "g"),
        _bar(on, "now.x2", "0", "now.f2", "f"), _bar(on, "now.x2", "now.f2", "now.f2 + now.g2", "g"),
    ]  # fmt: skip
    return curves.chart(lines, *bars)


def _bar(on: curves.Axes, x: str, low: str, high: str, kind: str) -> alt.Chart:
    ends = here().transform_calculate(x=x, y=low, y2=high)
    return coloured(on.put(ends.mark_rule(size=14, clip=True)).encode(y2="y2:Q"), kind, COLOURS)


@built_once
def rectangle(picture: bool = False) -> Spec:
    """f by g, grown by Δf and Δg. Datasets: `run`, `view`."""
    on = curves.axes(*(None, None) if picture else ("f", "g"))
    parts = [
        _area(on, ("0", "now.f"), ("0", "now.g"), "both"), _area(on, ("now.f", "now.f2"), ("0", "now.g"), "f"),
        _area(on, ("0", "now.f"), ("now.g", "now.g2"), "g"),
        _area(on, ("now.f", "now.f2"), ("now.g", "now.g2"), "corner"),
    ]  # fmt: skip
    words = [] if picture else [
        _word(on, "now.f / 2", "now.g / 2", "fg"), _word(on, "(now.f + now.f2) / 2", "now.g / 2", "Δf·g", "now.df"),
        _word(on, "now.f / 2", "(now.g + now.g2) / 2", "f·Δg", "now.dg * 2"),
    ]  # fmt: skip
    return curves.chart(*parts, *words)


def _area(on: curves.Axes, across: tuple[str, str], up: tuple[str, str], kind: str) -> alt.Chart:
    ends = here().transform_calculate(x=across[0], x2=across[1], y=up[0], y2=up[1])
    # Seen, however thin, and with the next one apart from it.
    marks = on.put(ends.mark_rect(opacity=0.8, clip=True)).encode(x2="x2:Q", y2="y2:Q")
    return coloured(marks, kind, COLOURS)


def _word(on: curves.Axes, x: str, y: str, word: str, room: str = "1") -> alt.Chart:
    """A word in an area, as long as there is room for it."""
    words = here().transform_calculate(x=x, y=y, word=f"{room} > 0.25 ? '{word}' : ''")
    return on.put(words.mark_text(fontWeight="bold")).encode(text="word:N")


@built_once
def dials() -> Spec:
    """x, u = x² and y = sin u on dials, each with its nudge. Dataset: `run`."""
    layers: list[AnyChart] = []
    for place, (name, value, moved, kind) in enumerate(
        (
            ("x", "now.x", "now.x2", "both"),
            ("u = x²", "now.f", "now.f2", "f"),
            ("y = sin u", "now.y", "now.y2", "g"),
        )
    ):
        at = alt.ExprRef(f"width * {2 * place + 1} / 6")
        radius = "min(width / 6.6, height / 3)"
        face = _arc(at, radius, 0.94, "0", "2 * PI", "both")
        sector = _arc(at, f"0.9 * {radius}", 0, f"{FULL} * {value}", f"{FULL} * {moved}", "corner")
        hand = _arc(at, f"0.9 * {radius}", 0, f"{FULL} * {value} - 0.03", f"{FULL} * {value} + 0.03", kind)
        next_hand = _arc(
            at, f"0.9 * {radius}", 0, f"{FULL} * {moved} - 0.03", f"{FULL} * {moved} + 0.03", kind
        )
        words = (
            here()
            .transform_calculate(word=f"'{name}'")
            .mark_text(x=at, y=alt.ExprRef("height * 0.9"), fontWeight="bold")
        )
        layers += [face, sector, hand, next_hand, words.encode(text="word:N")]
    return _moving(*layers)


def _arc(at: alt.ExprRef, radius: str, inner: float, start: str, end: str, kind: str) -> alt.Chart:
    turned = here().transform_calculate(start=start, end=end)
    marks = turned.mark_arc(
        x=at,
        y=alt.ExprRef("height * 0.45"),
        radius=alt.ExprRef(radius),
        radius2=alt.ExprRef(f"{inner} * ({radius})"),
    )
    angles = {"theta": alt.Theta("start:Q", scale=None, stack=None), "theta2": "end:Q"}
    return coloured(marks.encode(**angles), kind, COLOURS)


@built_once
def inverse(names: tuple[str, str]) -> Spec:
    """A function and its inverse, mirrored in y = x. Datasets: `curve`, `mirror` (x, y), `run`, `view`."""
    on = curves.axes("x", "y")
    diagonal = (
        here()
        .transform_calculate(x="view.x0", y="view.y0", x2="view.x1", y2="view.y1")
        .mark_rule(strokeDash=[2, 5])
    )
    link = (
        here()
        .transform_calculate(x="now.x", y="now.y", x2="now.y", y2="now.x")
        .mark_rule(strokeDash=[6, 3], clip=True)
    )
    layers = [on.put(rule).encode(x2="x2:Q", y2="y2:Q") for rule in (diagonal, link)]
    scale = alt.Scale(domain=[names[0], "-", "--", names[1]])
    layers = [*(coloured(layer, "--", scale) for layer in layers),
              coloured(curves.curve(on, "curve", 4), names[0], scale, legend(*names)),
              coloured(curves.curve(on, "mirror", 4), names[1], scale, legend(*names))]  # fmt: skip
    for name, x, y, slope in (
        (names[0], "now.x", "now.y", "now.slope"),
        (names[1], "now.y", "now.x", "now.inverse"),
    ):
        layers += [
            coloured(curves.tangent(on, x, y, slope), name, scale),
            coloured(curves.ball(on, x, y), name, scale),
        ]
    return curves.chart(*layers)


@built_once
def limit(away: bool) -> Spec:
    """(1 + 1/n)^n by n as far as the step shown, or its distance from e on log axes. Datasets: `powers`, `run`."""
    scale = alt.Scale(domain=["float64", "exact"])
    x = alt.X(
        "n:Q",
        title="n",
        scale=alt.Scale(type="log", domain=[1, 1e17], nice=False),
        axis=alt.Axis(labelExpr=POWERS),
    )
    if away:
        y = alt.Y("away:Q", title="distance from e", axis=alt.Axis(labelExpr=POWERS, tickCount=6),
                  scale=alt.Scale(type="log", domain=[1e-17, 10], nice=False))  # fmt: skip
    else:
        y = alt.Y(
            "value:Q",
            title="(1 + 1/n)ⁿ",
            axis=alt.Axis(labelExpr=NUMBERS),
            scale=alt.Scale(domain=[0.9, 3.2], nice=False),
        )
    rows = alt.Chart(alt.NamedData("powers")).transform_filter(
        f"datum.step <= frame && (datum.away > 1e-17 || {str(not away).lower()})"
    )
    lines = rows.mark_line(size=3, point=alt.OverlayMarkDef(size=70), clip=True)
    drawn = lines.encode(x=x, y=y, color=alt.Color("kind:N", scale=scale, legend=legend("float64", "exact")))
    e = [] if away else [here().transform_calculate(value="E").mark_rule(strokeDash=[6, 4]).encode(y=y)]
    return _moving(drawn, *e)
