"""The controls of `numerical`: a function, a point near or far from 0, a format; a grid, and noise."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.expression import Expression
from calc.numerical import PRECISIONS, pieces
from pages.numerical.presets import PRESETS
from pages.shared.fields import Choice, Number, Place, Scale, Whole, columns
from pages.shared.functions import FAR, OWN, SHOWN, TYPED, choose_function, titles

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
AT = Number("at", "the point", "The point", -FAR, FAR, 0.0)
FORMAT = Choice(
    "format", "the floating-point format of all numbers", "Numbers", {name: name for name in PRECISIONS},
    help="float64 keeps about 16 digits, float32 about 7; neural networks use float32, or less.",
)  # fmt: skip
POINTS = Whole("points", "points of the grid", "Points of the grid", 5, 400, default=100)
EDGE = Choice("edge", "edge_order of np.gradient", "edge_order", {"1": "1", "2": "2"})
NOISE = Scale(
    "noise",
    "standard deviation of the noise in the table",
    "Noise σ",
    (0, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3),
    0,
)
FIELDS = (F, OWN, SHOWN, AT, FORMAT, POINTS, EDGE, NOISE)
PIECES = {"abs": "|x|", "cbrt": "an odd root"}


@dataclass(frozen=True)
class Setting:
    """What decides the first screen: `at` is the point as the format has it, `own` says that the function is typed."""

    expression: Expression
    at: float
    format: str
    own: bool

    @property
    def t(self) -> str:
        """The variable."""
        return self.expression.variables[0]


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls of the first screen; the format into `rate`."""
    name = FORMAT.draw(rate, segmented=True)
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["wave"])
    at = AT.draw(default=preset.at, belongs_to=slug, label=f"The point {expression.variables[0]} =")
    if slug != TYPED:
        st.caption(preset.why)
    if broken := pieces(expression):
        st.caption(
            f"The complex step: {', '.join(PIECES.get(each, each) for each in broken)} has no complex reading of its "
            "own; NumPy gives a wrong slope there, or an error. Here each of its pieces is continued by itself, and "
            "where two meet there is no value."
        )
    return Setting(expression, float(PRECISIONS[name].real(at)), name, slug == TYPED)


def grid(place: Place) -> tuple[int, str, float]:
    """The table's controls: its points, the order at its ends, its noise."""
    one, two, three = columns(place, 3)
    return POINTS.draw(one), EDGE.draw(two, segmented=True), NOISE.draw(three)
