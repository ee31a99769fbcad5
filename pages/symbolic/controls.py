"""The controls of `symbolic`: a function, and the numbers that its cells put into it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from calc.cells import Values
from calc.expression import Expression
from calc.rules import derive
from pages.shared.arrays import ARRAY, FAR, FIRST, SEEN, choose_array, numbers, typed
from pages.shared.fields import Choice, Number
from pages.shared.formula import show_formula
from pages.shared.functions import OWN, SHOWN, TYPED, choose_function, titles
from pages.shared.memory import kept
from pages.symbolic.presets import PRESETS

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
POINT = Number("point", "the number that is put into f", "The point, x =", -FAR, FAR, 3.0)
FIELDS = (F, OWN, SHOWN, POINT, ARRAY, SEEN)
WINDOW = -2.0, 2.0
"""Of a typed function."""
SHORT, LARGE = 40, 2.0**40
"""Characters of a derivative for which there is room beside the charts; a value that is large."""


@dataclass(frozen=True)
class Setting:
    """A function with its derivative, and where it is looked at; `ours`: it was not typed."""

    expression: Expression
    derivative: Expression
    low: float
    high: float
    ours: bool


def choose() -> Setting:
    """Draw the choice of a function and give it back."""
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["polynomial"], ("x",))
    derivative = _derivative(expression)
    if len(derivative.text) <= SHORT:
        show_formula(derivative, "f'")
    if slug == TYPED:
        return Setting(expression, derivative, *WINDOW, ours=False)
    st.caption(preset.why)
    return Setting(expression, derivative, *preset.window, ours=True)


@kept
def _derivative(expression: Expression) -> Expression:
    return derive(expression).after


def choose_numbers(setting: Setting) -> tuple[Values, bool]:
    """Draw the numbers of the cells; give back all that stands in their slots, and whether nothing of it was typed."""
    left, right = st.columns(2)
    point = POINT.draw(left)
    with right:
        array = choose_array("The array")
    # NumPy's whole numbers go round beyond 2⁶³, without a word; its decimals do not.
    size = np.max(np.abs(setting.expression(np.array([point, *array]))))
    write = typed if size < LARGE else float
    values: Values = {
        "function": setting.expression, "derivative": setting.derivative, "low": setting.low, "high": setting.high,
        "point": write(point), "array": tuple(map(write, array)),
    }  # fmt: skip
    return values, setting.ours and point == POINT.default and array == numbers(FIRST)
