"""What lessons about any function share: a preset or a typed one, and the interval on which it is looked at."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import streamlit as st

from calc.expression import Expression
from calc.numbers import written
from pages.shared import formula
from pages.shared.fields import Carried, Choice, Text

TYPED = "own"
"""What the link says for a function that is typed."""
FAR = 1e6
"""How far from 0 an interval, a window or a point may lie."""
NARROWEST = 1e-9
"""An interval has to be this part of its ends' size, or of 1; below that rounding is all there is."""
OWN = Text(
    "own", "the function as one types it; with a mistake in it, the box shows both", "f =", formula.LONGEST,
    help=formula.HELP,
)  # fmt: skip
SHOWN: Carried[str | None] = Carried(
    "shown", "the function shown while the typed one cannot be read",
    reads=OWN.read, writes=lambda text: text, taken=OWN.values(), examples=("x^2 - 1",),
)  # fmt: skip


class Preset(Protocol):
    """A function to begin with, as one would type it."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


P = TypeVar("P", bound=Preset)


def titles(presets: Mapping[str, P]) -> dict[str, str]:
    """The presets to choose from, and a function of one's own."""
    return {slug: preset.title for slug, preset in presets.items()} | {TYPED: "My own function"}


def choose_function(
    field: Choice,
    presets: Mapping[str, P],
    first: P,
    variables: tuple[str, ...] | None = None,
    name: Callable[[P], str] = lambda preset: "f",
) -> tuple[str, P, Expression]:
    """Draw the choice, the box for one's own, and what was understood; give back slug, preset and function.

    Args:
        first: what an own function starts as.
        variables: of the function; None for one of x, or of t where the text speaks of t.
        name: what a preset's function is called.
    """
    slug = field.draw(options=titles(presets))
    preset = presets.get(slug, first)
    if slug == TYPED:
        return slug, preset, formula.formula(OWN, SHOWN, preset.text, variables)
    expression = (
        formula.read_of_one(preset.text) if variables is None else formula.read(preset.text, variables)
    )
    formula.show_formula(expression, name(preset))
    return slug, preset, expression


def ends(name: str, low: float, high: float, first: tuple[float, float]) -> tuple[float, float]:
    """The ends as they were set, or the first ones with a sentence where they are no interval."""
    if high - low >= NARROWEST * max(1.0, abs(low), abs(high)):
        return low, high
    wrong = (
        f"{written(low, 10)} is not below {written(high, 10)}"
        if low >= high
        else "they are too close together"
    )
    shown = f"from {written(first[0])} to {written(first[1])}"
    st.error(f"{name} has to begin below its end: {wrong}. Shown: {shown}.")
    return first
