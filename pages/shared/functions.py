"""What lessons about any function share: a preset or a typed one, the interval and the point at which one looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import streamlit as st

from calc.expression import Expression
from calc.numbers import written
from pages.shared import formula
from pages.shared.fields import Carried, Choice, Number, Place, Text, columns

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


AT = Number("at", "the point", "The point", -FAR, FAR, 0.0)
LOW: Number[float | None] = Number("low", "left end of the interval", "From", -FAR, FAR, None)
HIGH: Number[float | None] = Number("high", "right end of the interval", "to", -FAR, FAR, None)
H: Number[float | None] = Number(
    "h", "the first distance of the second point", "First distance h", 1e-6, FAR, None
)


INTERVAL = (LOW, HIGH, H)
FIRST = 8
"""The first distance is this part of the interval."""


class Named(Protocol):
    """A function to begin with, as one would type it."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


P = TypeVar("P", bound=Named)


@dataclass(frozen=True)
class Preset:
    """A function as one would type it, with a point that is worth a look.

    Attributes:
        window: the ends of the interval.
        at: the point.
        why: for which reason it is here.
    """

    title: str
    text: str
    window: tuple[float, float]
    at: float
    why: str


@dataclass(frozen=True)
class View:
    """A function on an interval, a point of it, and the first distance of the second points beside it."""

    expression: Expression
    low: float
    high: float
    at: float
    h: float

    @property
    def t(self) -> str:
        """The variable."""
        return self.expression.variables[0]


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


def choose_interval(
    slug: str, first: tuple[float, float], place: Place, name: str = "The interval"
) -> tuple[float, float]:
    """Draw both ends into the place, and give back what they say; a fault is said here.

    Args:
        slug: of the function, which begins with `first`.
    """
    boxes = zip((LOW, HIGH), columns(place, 2), first, strict=True)
    said = [box.draw(there, belongs_to=slug, placeholder=written(end)) for box, there, end in boxes]
    low, high = (end if here is None else here for here, end in zip(said, first, strict=True))
    return ends(name, low, high, first)


def within(low: float, at: float, high: float) -> float:
    """The point, or the middle of an interval that it does not lie in."""
    return at if low <= at <= high else (low + high) / 2


def choose_distance(slug: str, low: float, high: float, place: Place) -> float:
    """Draw the first distance into the place; a part of the interval where none is given."""
    first = (high - low) / FIRST
    return H.draw(place, belongs_to=slug, placeholder=written(first)) or first


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
