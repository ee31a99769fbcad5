"""The controls of `speed`: which race, in which precision, the order that one expects, and a race here and now."""

from dataclasses import dataclass
from typing import cast

from streamlit.delta_generator import DeltaGenerator

from calc.race import RACES, Precision, Race
from pages.shared.fields import Choice

RACE = Choice(
    "race", "which function is differentiated", "Function", {slug: race.title for slug, race in RACES.items()}
)
PRECISION = Choice(
    "precision", "of all numbers", "Precision", {"float64": "float64", "float32": "float32"},
    help="Unless told otherwise, JAX computes with 32 bits and NumPy with 64. In a fair race all have the same.",
)  # fmt: skip
METHODS = {"s": "symbolic", "n": "numerical", "a": "automatic"}
WATCH, GUESS = "watch", "guess"
ORDER = Choice(
    "order", "the order of later calls that was guessed, by initials", "My guess, fastest first",
    {
        WATCH: "no guess, just show me", GUESS: "hide the times, I will guess",
        **{order: ", ".join(METHODS[one] for one in order) for order in ("sna", "san", "nsa", "nas", "asn", "ans")},
        **{order: ", ".join(METHODS[one] for one in order) for order in ("na", "an")},
    },
)  # fmt: skip
SIZE = Choice(
    "size", "the size that is run here", "Size of a race here",
    {str(size): f"{size:,}" for size in sorted({size for race in RACES.values() for size in race.sizes})},
)  # fmt: skip
FIELDS = (RACE, PRECISION, ORDER, SIZE)


@dataclass(frozen=True)
class Setting:
    """What decides the pictures.

    Attributes:
        name: of the race.
        order: initials of methods, or `WATCH` or `GUESS`.
        size: of the race to be run here.
    """

    name: str
    precision: Precision
    order: str
    size: int

    @property
    def race(self) -> Race:
        """The race itself."""
        return RACES[self.name]

    @property
    def hidden(self) -> bool:
        """Whether the answer is not to be seen yet."""
        return self.order == GUESS


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; the guess into `rate`."""
    name = RACE.draw()
    precision = cast(Precision, PRECISION.draw(segmented=True))
    race = RACES[name]
    ways = {way[0] for way in race.contestants} & METHODS.keys()
    orders = {order: ORDER.options[order] for order in ORDER.options if {*order} == ways}
    order = ORDER.draw(
        rate, options={each: ORDER.options[each] for each in (WATCH, GUESS)} | orders, belongs_to=name
    )
    # A race that is over in a few seconds.
    middle = str(race.sizes[len(race.sizes) // 2 - 1])
    sizes = {middle: f"{race.size} = {int(middle):,}"}
    sizes |= {str(size): f"{race.size} = {size:,}" for size in race.sizes}
    size = SIZE.draw(options=sizes, belongs_to=name)
    return Setting(name, precision, order, int(size))
