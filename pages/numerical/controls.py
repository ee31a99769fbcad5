"""The controls of `numerical`: a function, a point near or far from 0, a format; a table of values, and noise."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.expression import Expression
from calc.numerical import PRECISIONS, pieces
from pages.numerical.presets import PRESETS
from pages.shared.fields import Choice, Place, Scale, Whole, columns
from pages.shared.functions import AT, OWN, SHOWN, TYPED, choose_function, titles

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
FORMAT = Choice(
    "format", "the floating-point format of all numbers", "Numbers", {name: name for name in PRECISIONS},
    help="float64 keeps about 16 digits (written out: 17), float32 about 7. Neural networks use float32, or less.",
)  # fmt: skip
POINTS = Whole("points", "points of the table of values", "Points", 5, 400, default=100)
EDGE = Choice("edge", "edge_order of np.gradient", "edge_order", {"1": "1", "2": "2"})
NOISE = Scale("noise", "deviation of the noise", "Noise σ", (0, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3), 0)
FIELDS = (F, OWN, SHOWN, AT, FORMAT, POINTS, EDGE, NOISE)


class Setting(NamedTuple):
    """What decides the first screen: `at` is the point as the format has it, `ours` says that nothing was typed."""

    expression: Expression
    t: str
    at: float
    format: str
    ours: bool


class Table(NamedTuple):
    """What decides the table of values."""

    points: int
    edge_order: int
    noise: float


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls of the first screen; the format into `rate`."""
    name = FORMAT.draw(rate, segmented=True)
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["wave"])
    t = expression.variables[0]
    at = AT.draw(default=preset.at, belongs_to=slug, label=f"The point {t} =")
    if slug != TYPED:
        st.caption(preset.why)
    if broken := pieces(expression):
        st.caption(
            f"The complex step puts a complex number into f, and {', '.join(broken)} is not made for that: NumPy may "
            "give a wrong slope, or an error. Here each piece is used by itself; where two meet there is no value."
        )
    return Setting(expression, t, float(PRECISIONS[name].real(at)), name, slug != TYPED and at == preset.at)


def table(place: Place) -> Table:
    """Draw the table's controls: its points, the order at its ends, its noise."""
    one, two, three = columns(place, 3)
    return Table(POINTS.draw(one), int(EDGE.draw(two, segmented=True)), float(NOISE.draw(three)))
