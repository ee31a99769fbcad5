"""The controls of `linear-regression`: they give the points and one frozen `Setting`."""

import math
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.datasets.pairs import MAX_MAGNITUDE
from calc.descent import METHODS
from calc.descent.quadratic import Quadratic
from calc.numbers import rounded, written
from calc.regression import DescentSettings, Fit, Line, curvature
from pages.linear_regression import kept, table
from pages.linear_regression.table import Points
from pages.shared import rates
from pages.shared.fields import Choice, Flag, Number, Whole, columns, drawer
from pages.shared.memory import kept as remembered
from pages.shared.moving import moved_to

STEPS = Whole("steps", "steps of the run", "Steps", 1, 1000, default=100)
METHOD = Choice("method", "the update", "Method", {name: each.title for name, each in METHODS.items()})
STANDARDISE = Flag(
    "standardise",
    "whether the descent runs in standardised data",
    "Standardise",
    True,
    "Before the descent x and y become (value − mean) / standard deviation. Switch it off to see why: the round "
    "valley of the loss becomes a narrow canyon.",
)
AT = Number("at", "where to predict", "Predict at x =", -MAX_MAGNITUDE, MAX_MAGNITUDE, 9.0)
SEED = Whole("start", "number of the random starting line", "Random starting line no.", 0, 999, default=0)
BATCH = Whole("batch", "rows in a mini-batch", "Rows in a mini-batch", 1, 512, default=8)
SLOPE: Number[float | None] = Number(
    "slope", "slope of an own starting line", "Own starting slope", -1e9, 1e9, None
)
INTERCEPT: Number[float | None] = Number(
    "intercept", "intercept of an own starting line", "Own starting intercept", -1e9, 1e9, None
)
FIELDS = (
    *table.FIELDS, rates.RATE, rates.EXACT, STEPS, METHOD, BATCH, STANDARDISE, AT, SEED, SLOPE, INTERCEPT, kept.KEPT,
)  # fmt: skip
ADAM = "A step of Adam is about as long as the rate."
STOCHASTIC = "All rows together diverge above {}; a few of them may throw the line out below that."


@dataclass(frozen=True)
class Setting:
    """How the line descends, and the x for which it predicts."""

    how: DescentSettings
    at: float


def choose(slider: DeltaGenerator) -> tuple[Points, Setting]:
    """Draw all controls and give back what they say."""
    points, asked, stand_in = table.choose()
    follows, rows = not stand_in, points.sums.n
    steps = STEPS.draw()
    method = METHOD.draw()
    with st.container(horizontal=True, vertical_alignment="center"):
        standardise = STANDARDISE.draw()
        kept.beside(method, rates.nearest(*suits(points, method, not standardise)[:2]), not standardise)
    one, two = columns(drawer("More settings"), 2)
    # Nine bedrooms mean nothing on another axis.
    at = AT.draw(one, default=points.middle, step=1.0, belongs_to=asked, follows=follows)
    seed = SEED.draw(two, slider=False)
    exact = rates.EXACT.draw(one, placeholder="none")
    batch = BATCH.draw(
        two,
        default=min(8, rows),
        high=None if stand_in else min(BATCH.high, rows),
        slider=False,
        belongs_to=table.DATA.get(table.DATA.default),
        follows=follows,
        disabled=method != "stochastic",
    )
    slope = SLOPE.draw(one, placeholder="random")
    intercept = INTERCEPT.draw(two, placeholder="random")
    with slider:
        rate = _rate(points, method, standardise, exact, asked, follows)
    how = DescentSettings(
        rate=rate,
        steps=steps,
        start=None if slope is None and intercept is None else Line(slope or 0.0, intercept or 0.0),
        method=method,
        standardise=standardise,
        batch=min(batch, rows),
        seed=seed,
    )
    return points, Setting(how, at)


@remembered
def suits(points: Points, method: str, standardise: bool) -> tuple[float, float, Quadratic | None, str]:
    """The rate above which it diverges, or what is large; a good one; what the method does at each, if known; words."""
    sums = points.sums
    bend = curvature(sums, standardise=standardise)
    known = Quadratic(METHODS[method], (bend.lambda_min, bend.lambda_max))
    if method == "adam":
        # Adam's steps are about as long as the rate: what counts is how far it has to go.
        far = 10.0 if standardise else 10 * max(abs(sums.best.slope), abs(sums.best.intercept), 1e-9)
        return far, far / 100, None, ADAM
    limit = known.limit or bend.diverges_above
    good = limit / 10 if bend.condition < 10 else limit / 2
    if known.limit is None:
        return limit, good, None, STOCHASTIC.format(written(limit))
    # Half a mark below its end, so that the mark nearest to it is good too.
    return limit, good if known.zone(good) == "good" else known.good / 1.09, known, ""


def _rate(
    points: Points, method: str, standardise: bool, exact: float | None, asked: str, follows: bool
) -> float:
    """Draw the slider, whose marks depend on how the loss bends."""
    limit, good, known, words = suits(points, method, standardise)
    scale = method == "adam", None if standardise else asked
    return rates.choose_rate(limit, good, exact, known=known, words=words, belongs_to=scale, follows=follows)


def start_here(fit: Fit) -> None:
    """The start was moved in the contour, which shows this run."""
    if (moved := moved_to("move-contour")) is None:
        return
    _, u, v = moved
    # With as many digits as one sees: the intercept belongs to the slope that was rounded.
    wide, high = (math.sqrt(total / fit.sums.n) for total in (fit.sums.sxx, fit.sums.syy))
    slope = rounded(u * fit.s_y / fit.s_x, high / wide / table.SEEN)
    SLOPE.put(slope)
    INTERCEPT.put(rounded(fit.mean_y + fit.s_y * v - slope * fit.mean_x, high / table.SEEN))
