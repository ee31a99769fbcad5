"""The controls of one variable: they give the function on its interval, the start and how the balls roll."""

from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from calc.expression import Expression
from calc.numbers import rounded
from pages.local_and_global_minima.common import METHOD, STEPS, choose_function
from pages.local_and_global_minima.presets import ONE
from pages.shared.fields import Flag, Number, columns, drawer
from pages.shared.functions import FAR, ends
from pages.shared.moving import SEEN, moved_to
from pages.shared.rates import EXACT, choose_rate
from pages.shared.visit import Fields

FIRST = ONE["double-well"]
"""What an own function starts as."""

FROM = Number("from", "one variable: where the interval begins", "from x =", -FAR, FAR, FIRST.window[0])
TO = Number("to", "one variable: where the interval ends", "to x =", -FAR, FAR, FIRST.window[1])
X0 = Number("x0", "one variable: where the first ball starts", "first ball at x =", -FAR, FAR, FIRST.start[0])
BALLS = Flag("balls", "one variable: twenty more balls", "Twenty more balls")
RATES = Flag(
    "rates",
    "one variable: the map of starts by rates",
    "Start by rate: which minimum does each start reach at each rate?",
)
SYMBOLIC = Flag("symbolic", "one variable: exact places, by SymPy", "Exact, by SymPy")
FIELDS: Fields = (FROM, TO, X0, BALLS, RATES, SYMBOLIC)

MOST_STEPS = 300
"""Of one variable: twenty-one balls and three hundred starts take them."""


@dataclass(frozen=True)
class Setting:
    """What decides the picture: the function on its interval, the start, and how the balls roll.

    Attributes:
        why: for which reason the function is a preset; empty for one that was typed.
    """

    expression: Expression
    low: float
    high: float
    start: float
    rate: float
    steps: int
    method: str
    many: bool
    why: str


def choose(slider: DeltaGenerator, settings: DeltaGenerator, function: DeltaGenerator) -> Setting:
    """Draw the controls, each group in its place, and give back what they say."""
    with function:
        chosen = choose_function(ONE, FIRST, ("x",))
    preset, key = chosen.preset, chosen.key
    first = preset.window[0], preset.window[1]
    with settings:
        steps = STEPS.draw(high=MOST_STEPS, belongs_to="1")
        method = METHOD.draw()
        many = BALLS.draw()
        one, two = columns(drawer("Interval, start, exact rate"), 2)
    low = FROM.draw(one, default=first[0], belongs_to=key)
    high = TO.draw(two, default=first[1], belongs_to=key)
    start = X0.draw(one, default=preset.start[0], belongs_to=key)
    exact = EXACT.draw(two, belongs_to=key, placeholder="none")
    with slider:
        rate = choose_rate(100 * preset.rate, preset.rate, exact, belongs_to=key)
    with function:
        low, high = ends("The interval", low, high, first)
    return Setting(chosen.expression, low, high, start, rate, steps, method, many, chosen.why)


def start_there(low: float, high: float) -> None:
    """The first ball was put somewhere else on the curve."""
    if moved := moved_to("move-along"):
        X0.put(rounded(moved[1], (high - low) / SEEN))
