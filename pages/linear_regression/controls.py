"""The controls of `linear-regression`: they give the points and one frozen `Setting`."""

from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from calc.datasets.pairs import MAX_MAGNITUDE
from calc.descent import METHODS
from calc.descent.quadratic import Quadratic
from calc.numbers import written
from calc.regression import DescentSettings, Line, Sums, curvature
from pages.linear_regression import kept, table
from pages.linear_regression.table import Points
from pages.shared import rates
from pages.shared.fields import Choice, Flag, Number, Whole, columns, drawer

STEPS = Whole("steps", "steps of the run", "Steps", 1, 1000, default=100)
METHOD = Choice("method", "the update", "Method", {name: each.title for name, each in METHODS.items()})
STANDARDISE = Flag(
    "standardise",
    "whether the descent runs in standardised data",
    "Standardise the data",
    True,
    "Descend in (x − mean) / deviation. Switch it off to see why: the round valley of the loss "
    "becomes a narrow canyon.",
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
STOCHASTIC = "All rows together diverge above {}; a steeper mini-batch may throw the line out below that."


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
    standardise = STANDARDISE.draw()
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
        rate = _rate(points.sums, method, standardise, exact, asked, follows)
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


def _rate(
    sums: Sums, method: str, standardise: bool, exact: float | None, asked: str, follows: bool
) -> float:
    """Draw the slider, whose marks depend on the curvature of the loss."""
    bend = curvature(sums, standardise=standardise)
    known, words = Quadratic(METHODS[method], (bend.lambda_min, bend.lambda_max)), ""
    if method == "adam":
        # Adam's steps are about as long as the rate: what counts is how far it has to go.
        far = 10.0 if standardise else 10 * max(abs(sums.best.slope), abs(sums.best.intercept), 1e-9)
        limit, good, words = far, far / 100, ADAM
    else:
        limit = known.limit or bend.diverges_above
        good = limit / 10 if bend.condition < 10 else limit / 2
        if known.limit is None:
            words = STOCHASTIC.format(written(limit))
        elif known.zone(good) != "good":
            good = known.good
    scale = method == "adam", None if standardise else asked
    return rates.choose_rate(
        limit, good, exact, known=None if words else known, words=words, belongs_to=scale, follows=follows
    )
