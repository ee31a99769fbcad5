"""Words and formulas that one and two variables share."""

from functools import cache

import numpy as np
import streamlit as st

from calc.basins import Rolls
from calc.descent import METHODS as ALL_METHODS
from calc.descent import Status
from views.shared.numbers import significant
from views.shared.player import readout

METHODS = {name: method.title for name, method in ALL_METHODS.items() if name != "stochastic"}
"""A typed function has no rows to draw mini-batches from."""

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
  <mn data-name="{name}" data-part="before" data-brackets data-digits="5"></mn><mo>−</mo>
  <mn data-name="rate" data-digits="4"></mn><mo>×</mo>
  <mn data-name="{name}-direction" data-part="before" data-brackets data-digits="5"></mn>
  <mo>=</mo><mn class="new" data-name="{name}" data-part="after"></mn></mtd></mtr>"""

SLOPE = (
    "<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo>"
    '<msub><mi>x</mi><mn data-name="step" data-part="before"></mn></msub><mo>)</mo>'
)
PARTIAL = "<mfrac><mrow><mi>∂</mi><mi>f</mi></mrow><mrow><mi>∂</mi><mi>{}</mi></mrow></mfrac>"


@cache
def template(method: str, names: tuple[str, ...]) -> str:
    """The update of each variable as MathML, and the value below it."""
    rows = "".join(ROW.format(name=name, direction=_direction(method, name, len(names))) for name in names)
    return (
        f'<math display="block"><mtable>{rows}</mtable></math>'
        '<div>f = <span class="big" data-name="value"></span></div>'
    )


def _direction(method: str, name: str, count: int) -> str:
    if method == "gradient-descent":
        return SLOPE if count == 1 else PARTIAL.format(name)
    return DIRECTION[method].format(f"<mi>{name}</mi>")


def update(balls: Rolls, names: tuple[str, ...], method: str, rate: float, ball: int = 0) -> None:
    """The update of one ball with the numbers of the step shown, moved by the player."""
    w = balls.w[ball]
    with np.errstate(all="ignore"):
        direction = -np.diff(w, axis=0) / rate
    if method == "gradient-descent":
        direction = balls.gradient[ball][:-1]
    columns = {"value": significant(balls.value[ball]), "rate": np.full(len(w), rate)}
    for number, name in enumerate(names):
        columns[name] = significant(w[:, number])
        columns[f"{name}-direction"] = significant(direction[:, number])
    readout(template(method, names), columns, key="update")


def ending(status: Status, who: str = "First ball") -> None:
    """How a ball ended, in the colour of its kind."""
    box = {"converged": st.success, "moving": st.info, "oscillating": st.warning, "diverged": st.error}
    box[status.kind](f"{who}: {status.text[0].lower()}{status.text[1:]}")
