"""What one and two variables share: controls, words and formulas."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import streamlit as st

from calc.basins import Trajectories
from calc.descent import METHODS as ALL_METHODS
from calc.descent import Status
from pages.local_and_global_minima.presets import ONE, TWO, TYPED, Preset
from pages.shared.fields import Carried, Choice, Text, Whole
from pages.shared.formula import LONGEST
from pages.shared.player import readout

METHODS = {name: method.title for name, method in ALL_METHODS.items() if name != "stochastic"}
"""A typed function has no rows to draw mini-batches from."""

FAR = 1e6
"""How far from 0 an interval, a window or a start may lie."""


def titles(presets: Mapping[str, Preset]) -> dict[str, str]:
    """The presets to choose from, and a function of one's own."""
    return {slug: preset.title for slug, preset in presets.items()} | {TYPED: "My own function"}


VARIABLES = Choice(
    "variables", "how many variables the function has", "Variables", {"1": "f(x)", "2": "f(x, y)"}
)
F = Choice(
    "f", "a preset, those from `himmelblau` on of two variables, or `own`", "Function", titles(ONE | TWO)
)
OWN = Text("own", "the function as one types it; with a mistake in it, the box shows both", "f =", LONGEST)
SHOWN: Carried[str | None] = Carried(
    "shown", "the function shown while the typed one cannot be read",
    reads=OWN.read, writes=lambda text: text, taken=OWN.values(), examples=("x^2 - 1",),
)  # fmt: skip
STEPS = Whole("steps", "steps of the run; of one variable up to 300", "Steps", 1, 1000, default=60)
METHOD = Choice("method", "how the balls roll", "Method", METHODS)

NARROWEST = 1e-9
"""An interval has to be this part of its ends' size, or of 1; below that rounding is all there is."""


def ends(name: str, low: float, high: float, first: tuple[float, float]) -> tuple[float, float]:
    """The ends as they were set, or the first ones with a sentence where they are no interval."""
    if high - low >= NARROWEST * max(1.0, abs(low), abs(high)):
        return low, high
    wrong = f"{low:g} is not below {high:g}" if low >= high else "they are too close together"
    st.error(f"{name} has to begin below its end: {wrong}. Shown: from {first[0]:g} to {first[1]:g}.")
    return first


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 minimum", "2,447 minima"."""
    return f"{number:,} {one if number == 1 else many}"


DIRECTION = {
    "gradient-descent": "<mo>{}</mo>",
    "momentum": "<msub><mi>v</mi>{}</msub>",
    "nesterov": "<msub><mi>d</mi>{}</msub>",
    "adam": "<msub><mi>d</mi>{}</msub>",
}
"""What the rate is multiplied with: the slope, or what the method makes of the slopes so far."""

ROW = """
<mtr><mtd><msub><mi>{name}</mi><mn data-name="step" data-part="after"></mn></msub><mo>=</mo>
  <msub><mi>{name}</mi><mn data-name="step" data-part="before"></mn></msub>
  <mo>−</mo><mi>η</mi><mo>·</mo>{direction}</mtd></mtr>
<mtr><mtd><mspace width="1.5em"></mspace><mo>=</mo>
  <mn data-name="{name}" data-part="before" data-brackets data-short data-digits="5"></mn><mo>−</mo>
  <mn data-name="rate" data-digits="4"></mn><mo>×</mo>
  <mn data-name="{name}-direction" data-part="before" data-brackets data-short data-digits="5"></mn>{result}
  <mo>=</mo><mn class="new" data-name="{name}" data-part="after" data-short></mn></mtd></mtr>"""
NEW_ROW = '</mtd></mtr><mtr><mtd><mspace width="1.5em"></mspace>'
"""Beside the plane there is no room for both sides of an equation with long numbers."""

SLOPE = (
    "<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo>"
    '<msub><mi>x</mi><mn data-name="step" data-part="before"></mn></msub><mo>)</mo>'
)
PARTIAL = "<mfrac><mrow><mi>∂</mi><mi>f</mi></mrow><mrow><mi>∂</mi><mi>{}</mi></mrow></mfrac>"


@cache
def template(method: str, names: tuple[str, ...]) -> str:
    """The update of each variable as MathML, and the value below it."""
    result = NEW_ROW if len(names) > 1 else ""
    rows = "".join(
        ROW.format(name=name, direction=_direction(method, name, len(names)), result=result) for name in names
    )
    return (
        f'<math display="block"><mtable>{rows}</mtable></math>'
        '<div>f = <span class="big" data-name="value"></span></div>'
    )


def _direction(method: str, name: str, count: int) -> str:
    if method == "gradient-descent":
        return SLOPE if count == 1 else PARTIAL.format(name)
    return DIRECTION[method].format(f"<mi>{name}</mi>")


def update(balls: Trajectories, names: tuple[str, ...], method: str, rate: float, ball: int = 0) -> None:
    """The update of one ball with the numbers of the step shown, moved by the player."""
    w = balls.w[ball]
    with np.errstate(all="ignore"):
        direction = -np.diff(w, axis=0) / rate
    if method == "gradient-descent":
        direction = balls.gradient[ball][:-1]
    columns = {"value": balls.value[ball], "rate": rate}
    for number, name in enumerate(names):
        columns[name] = w[:, number]
        columns[f"{name}-direction"] = direction[:, number]
    readout(template(method, names), columns, key="update")


def ending(status: Status, who: str = "First ball") -> None:
    """How a ball ended, in the colour of its kind."""
    box = {"converged": st.success, "moving": st.info, "oscillating": st.warning, "diverged": st.error}
    box[status.kind](f"{who}: {status.text[0].lower()}{status.text[1:]}")
