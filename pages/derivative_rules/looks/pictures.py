"""The rules as pictures: one nudge dx drives a sum, a product and a chain; inverses in a mirror; the number e."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from calc.numbers import written
from pages.derivative_rules import charts, columns, controls
from pages.shared.charts import Columns, Spec, show
from pages.shared.layout import Places
from pages.shared.player import player, readout
from pages.shared.quotient import countdown
from pages.shared.run import Big


def draw(places: Places) -> None:
    """The picture that is chosen."""
    with places.controls:
        which = controls.PICTURE.draw()
        words = st.container()
    {"rules": _rules, "inverse": _inverse, "e": _number_e}[which](places, words)


def _table(title: str, *rows: tuple[str, str, str]) -> str:
    """Numbers that move, and what they come to: a label and two columns' names each."""
    cells = "".join(
        f'<tr><th>{label}</th><td><b data-name="{now}" data-digits="4"></b></td>'
        f"<td>{f'<span data-name={end} data-digits=4></span>' if end else ''}</td></tr>"
        for label, now, end in rows
    )
    return f"<table><tr><th>{title}</th><th>now</th><th>dx → 0</th></tr>{cells}</table>"


def _rules(places: Places, words: st.delta_generator.DeltaGenerator) -> None:
    at = controls.AT.draw(places.rate, slider=True, step=0.05)
    run = columns.nudged(at)
    words.markdown(
        "One nudge dx moves f = x² by Δf and g = sin x by Δg.\n\n"
        "**Sum**: g stands on top of f, and their two steps add up.\n\n"
        "**Product**: the rectangle grows by two strips and a corner. As dx shrinks, the corner Δf·Δg shrinks like "
        "dx², so Δ(fg)/dx comes to f′g + fg′.\n\n"
        "**Chain**: the first dial turns by dx, the second by Δu, the third by Δy. The ratios multiply, however many "
        r"dials there are: $\frac{df}{dt} = \frac{df}{dg} \cdot \frac{dg}{dh} \cdot \frac{dh}{dt}$."
    )
    with places.head:
        player(columns.NUDGES, plays=f"{at}")
    most = {"f": 1.05 * run["f2"][0], "g": 1.05 * run["g2"][0]}
    x = np.linspace(0, at + 0.7, 100)
    curves = {"x": np.tile(x, 2), "y": np.r_[x**2, x**2 + np.sin(x)], "kind": np.repeat(["f", "g"], len(x))}
    pictures: tuple[tuple[Spec, dict[str, Columns], str, str, str], ...] = (
        (charts.stacked(), {"curves": curves, "view": _view(at + 0.7, most["f"] + most["g"])}, "sum",
         "Two heights on top of each other, at x and at x + dx: their steps add up.",
         _table("Sum", ("Δf/dx", "rf", "sf_"), ("Δg/dx", "rg", "sg_"), ("Δ(f + g)/dx", "rsum", "sum_"))),
        (charts.rectangle(), {"view": _view(most["f"], most["g"])}, "product",
         "A rectangle of the sides f and g that grows by two strips and a corner, which vanishes.",
         _table("Product", ("Δf·g", "dfg", ""), ("f·Δg", "fdg", ""), ("corner Δf·Δg", "corner", ""),
                ("its share in %", "share", ""), ("Δ(fg)/dx", "rproduct", "product_"))),
        (charts.dials(), {}, "chain", "Three dials, of x, u = x² and y = sin u, each turned by the one before it.",
         _table("Chain", ("Δu/dx", "rf", "sf_"), ("Δy/Δu", "ru", "su_"), ("Δy/dx", "ry", "sy_"))),
    )  # fmt: skip
    with places.picture:
        for column, (chart, data, key, alt, html) in zip(st.columns(3), pictures, strict=True):
            with column:
                show(chart, {**data, "run": run}, key=f"picture-{key}", size="main", alt=alt)
                readout(
                    f'<div class="bigs">{Big("dx =", "dx").html()}</div>{html}', run, key=f"numbers-{key}"
                )


def _view(x: float, y: float) -> dict[str, list[float]]:
    return {"x0": [0.0], "x1": [x], "y0": [0.0], "y1": [y]}


def _inverse(places: Places, words: st.delta_generator.DeltaGenerator) -> None:
    words.markdown(
        "The inverse undoes the function: it sends y back to x, so its curve is the mirror image in the line y = x. "
        "Rise and run change places, so its slope **at the mirrored point** is the reciprocal.\n\n"
        "f(x) = (x² + 1)/2 sends 3 to 5 with slope 3; its inverse √(2y − 1) sends 5 back to 3 with slope 1/3.\n\n"
        "ln undoes eˣ, whose slope is its value y. So the slope of ln at y is 1/y."
    )
    sides = (
        ("f", "inverse", "(x^2 + 1)/2", "sqrt(2x - 1)", np.linspace(0.3, 3, 55).round(2), 0.0, 6.0),
        ("eˣ", "ln", "e^x", "ln(x)", np.linspace(-1.7, 1, 55).round(2), -2.5, 4.0),
    )
    with places.head:
        player(54, plays="inverse")
    with places.picture:
        for column, (f, back, text, inverse, x, low, high) in zip(st.columns(2), sides, strict=True):
            data, run = columns.mirrored(text, inverse, x, low, high)
            last = {name: written(float(values[-1]), 4) for name, values in run.items()}
            with column:
                show(
                    charts.inverse((f, back)), data, key=f"inverse-{f}", size="main",
                    alt=f"{f} and its mirror image in y = x: {last['x']} goes to {last['y']}, slope {last['slope']},"
                    f" and back with slope {last['inverse']}.",
                )  # fmt: skip
                html = _ways((f, "x", "y", "slope"), (back, "y", "back", "inverse"))
                readout(html, run, key=f"numbers-{f}")


def _ways(*ways: tuple[str, str, str, str]) -> str:
    rows = ((Big(f"{name} sends", a), Big("to", b), Big("slope", slope)) for name, a, b, slope in ways)
    return "".join(f'<div class="bigs steady">{"".join(each.html() for each in row)}</div>' for row in rows)


def _number_e(places: Places, words: st.delta_generator.DeltaGenerator) -> None:
    words.markdown(
        "A bank pays 100% interest a year in n parts: £1 becomes £(1 + 1/n)ⁿ. The more parts, the nearer to "
        "**e = 2.71828182…**, the number for which eˣ is its own derivative.\n\n"
        "A computer’s float64 keeps 16 digits. For large n it rounds 1 + 1/n before the power is taken, and that error "
        "grows with n: nearest to e at about n = 10⁸, and **from n = 10¹⁶ on just 1**, since 1 + 1/n is rounded to 1."
    )
    run = columns.towards_e()
    data = {"powers": columns.powers(run), "run": {"n": run["n"]}}
    with places.head:
        player(len(run["n"]) - 1, speed=5, plays="e")
    with places.picture:
        for column, away in zip(st.columns(2), (False, True), strict=True):
            with column:
                show(
                    charts.limit(away), data, key=f"e-{away}", size="main",
                    alt="How far (1 + 1/n)ⁿ is from e: in float64 it comes nearer up to n = 10⁸, then moves away again."
                    if away else "(1 + 1/n)ⁿ by n: it nears e; in float64 it is 1 from n = 10¹⁶ on.",
                )  # fmt: skip
        names: Sequence[str] = ("n", "float64", "exact", "e − exact")
        table = countdown(names, run["n"], run["float64"], run["exact"], np.e - run["exact"])
        readout(table, {"n": run["n"]}, key="e")
