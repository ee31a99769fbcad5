"""The controls of `automatic`: a function, a point, and in which direction the chain rule goes."""

from dataclasses import dataclass
from math import floor, log10

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.expression import Expression
from calc.numbers import written
from pages.automatic.presets import PRESETS
from pages.shared.fields import Choice, Number, columns, drawer
from pages.shared.functions import FAR, OWN, SHOWN, TYPED, choose_function, ends, titles

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
MODE = Choice(
    "mode",
    "in which direction derivatives go",
    "Derivatives go",
    {"forward": "forward", "reverse": "in reverse"},
)
AT = Number("at", "the point", "The point", -FAR, FAR, 0.0)
LOW: Number[float | None] = Number("low", "left end of the slider", "From", -FAR, FAR, None)
HIGH: Number[float | None] = Number("high", "right end of the slider", "to", -FAR, FAR, None)
FIELDS = (F, OWN, SHOWN, MODE, AT, LOW, HIGH)
TYPED_AT = Number("at in a box", "the same point, typed", "or exactly", -FAR, FAR, 0.0)
"""A second widget of `at`, which alone is in the link."""
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
    place, words = drawer("Ends of the slider"), st.container()
    one, two = columns(place, 2)
    low = LOW.draw(one, belongs_to=slug, placeholder=written(preset.window[0]))
    high = HIGH.draw(two, belongs_to=slug, placeholder=written(preset.window[1]))
    with words:
        low, high = ends(
            "The slider", preset.window[0] if low is None else low, preset.window[1] if high is None else high,
            preset.window,
        )  # fmt: skip
    middle = preset.at if low <= preset.at <= high else (low + high) / 2
    step = _round((high - low) / MOVES)
    slide, box = rate.columns([3, 1])
    at = AT.draw(
        slide, default=middle, low=low, high=high, slider=True, belongs_to=slug,
        label=f"The point {expression.variables[0]} =", step=step,
    )  # fmt: skip
    key = TYPED_AT.widget(at, (low, high))
    box.number_input(
        TYPED_AT.label,
        low,
        high,
        at,
        key=key,
        step=step,
        format="%.10g",
        on_change=_typed,
        args=(key,),
    )
    return Setting(expression, at, mode == "reverse", slug != TYPED and at == preset.at)


def _round(most: float) -> float:
    """The largest of 1, 2, 5, 10, 20, … or 0.5, 0.2, … below."""
    decade = 10.0 ** floor(log10(most))
    return max(each * decade for each in (1, 2, 5) if each * decade <= most * (1 + 1e-9))


def _typed(key: str) -> None:
    AT.put(st.session_state[key])
