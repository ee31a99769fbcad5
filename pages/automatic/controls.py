"""The controls of `automatic`: a function, a point, and in which direction the chain rule goes."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.expression import Expression
from calc.numbers import round_below
from pages.automatic.presets import PRESETS
from pages.shared.fields import Choice, drawer
from pages.shared.functions import (
    AT,
    HIGH,
    LOW,
    OWN,
    SHOWN,
    TYPED,
    choose_function,
    choose_interval,
    titles,
    within,
)

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
MODE = Choice(
    "mode", "in which direction derivatives go", "Derivatives go", {"forward": "forward", "reverse": "in reverse"},
)  # fmt: skip
FIELDS = (F, OWN, SHOWN, MODE, AT, LOW, HIGH)
MOVES = 50
"""Of the slider from end to end, at least."""


@dataclass(frozen=True)
class Setting:
    """What decides the pictures.

    Attributes:
        backward: derivatives go in reverse.
        ours: all of it is a preset's, and nothing a visitor's own.
    """

    expression: Expression
    at: float
    backward: bool
    ours: bool


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; the point into `rate`."""
    mode = MODE.draw(segmented=True)
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["cubic"])
    if slug != TYPED:
        st.caption(preset.why)
    low, high = choose_interval(slug, preset.window, drawer("Ends of the slider"), "The slider")
    step = round_below((high - low) / MOVES)
    slide, box = rate.columns([3, 1])
    at = AT.draw(
        slide, default=within(low, preset.at, high), low=low, high=high, slider=True, belongs_to=slug,
        label=f"The point {expression.variables[0]} =", step=step,
    )  # fmt: skip
    AT.draw_too(
        box.number_input, "or exactly", at, float, (low, high),
        min_value=low, max_value=high, value=at, step=step, format="%.10g",
    )  # fmt: skip
    return Setting(expression, at, mode == "reverse", slug != TYPED and at == preset.at)
