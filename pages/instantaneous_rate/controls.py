"""The controls of `instantaneous-rate`: a function, a point on it, the second point, and a guess."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.expression import Expression
from calc.numbers import round_below
from pages.instantaneous_rate.presets import PRESETS, Words, words
from pages.shared import functions
from pages.shared.charts import clicked
from pages.shared.fields import Choice, Nowhere, Number, drawer
from pages.shared.function_columns import line
from pages.shared.functions import AT, OWN, SHOWN, TYPED
from pages.shared.memory import kept

F = Choice("f", "a preset, or `own`", "Function", functions.titles(PRESETS))
SIDE = Choice("side", "where the second point lies", "The secant goes",
              {"around": "around the point", "right": "to the right", "left": "to the left"})  # fmt: skip
MODE = Choice("predict", "whether the slope is guessed first", "I want to",
              {"off": "watch", "guess": "predict", "compare": "compare"})  # fmt: skip
GUESS = Number("guess", "the slope that was guessed", "Slope of my tangent", -1e9, 1e9, 0.0)
FIELDS = (F, OWN, SHOWN, AT, SIDE, *functions.INTERVAL, MODE, GUESS)

MOVES = 400
"""Of the point from end to end of the interval: a pixel or two each."""


@dataclass(frozen=True)
class Setting(functions.View):
    """What decides the pictures.

    Attributes:
        side: of the point, where the second one lies.
        guess: the slope that was guessed; None if nobody guesses.
        hidden: the answer is not to be seen yet.
    """

    words: Words
    side: str
    guess: float | None
    hidden: bool


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; what one moves while one watches into `rate`."""
    mode = MODE.draw(segmented=True)
    hidden = mode == "guess"
    side, place = SIDE.draw(disabled=hidden), drawer("Interval and first h")
    slug, preset, expression = functions.choose_function(
        F, PRESETS, PRESETS["wave"], name=lambda preset: "x" if preset is PRESETS["car"] else "f"
    )
    # It may give the answer away.
    if slug != TYPED and not hidden:
        st.caption(preset.why)
    t, (low, high) = expression.variables[0], functions.choose_interval(slug, preset.window, place)
    # While one guesses, it is the tangent that is moved.
    at = AT.draw(
        Nowhere() if hidden else rate, low=low, high=high, slider=True, belongs_to=slug, step=(high - low) / MOVES,
        default=functions.within(low, preset.at, high), label=f"The point {t} =",
    )  # fmt: skip
    most = steepest(expression, low, high)
    guess = GUESS.draw(
        rate if hidden else Nowhere(), low=-most, high=most, slider=True, belongs_to=(slug, low, high),
        step=most / 100,
    )  # fmt: skip
    h = functions.choose_distance(slug, low, high, place)
    mine = None if mode == "off" else guess
    return Setting(expression, low, high, at, h, words(slug, t), side, mine, hidden)


@kept
def steepest(expression: Expression, low: float, high: float) -> float:
    """A round slope, beyond that of most tangents; the same for all points, so that it tells nothing of one."""
    slope = np.abs(line(expression, low, high).slope)
    known = slope[np.isfinite(slope)]
    return round_below(float(np.clip(4 * np.quantile(known, 0.98), 1e-6, 1e9))) if len(known) else 1.0


def moved() -> None:
    """A click on the curve, or a point dragged along it, moves the point there."""
    for x in clicked("drag-curve", "x"):
        AT.put(x)
