"""The controls of `symbolic`: a function, and the numbers that its cells put into it."""

from dataclasses import dataclass

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
POINT = Number("point", "the number that is put into f", "The point", -FAR, FAR, 3.0)
FIELDS = (F, OWN, SHOWN, POINT, ARRAY, SEEN)
WINDOW = -2.0, 2.0
"""Of a typed function."""


@dataclass(frozen=True)
class Setting:
    """What decides the pictures and the cells; `ours`: nothing of it was typed."""

    expression: Expression
    low: float
    high: float
    values: Values
    ours: bool


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["polynomial"], ("x",))
    derivative = _derivative(expression)
    show_formula(derivative, "f'")
    if slug != TYPED:
        st.caption(preset.why)
    low, high = preset.window if slug != TYPED else WINDOW
    point = typed(POINT.draw(label="The point in the cells below, x ="))
    array = choose_array("The array in the cells below")
    values: Values = {
        "function": expression, "derivative": derivative, "low": low, "high": high, "point": point, "array": array,
    }  # fmt: skip
    ours = slug != TYPED and point == POINT.default and array == numbers(FIRST)
    return Setting(expression, low, high, values, ours)


@kept
def _derivative(expression: Expression) -> Expression:
    return derive(expression).after
