"""The controls of `log-versus-product`: they give the product, its window and how the balls climb."""

from dataclasses import dataclass
from math import log

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.likelihood import MAX_CHARACTERS, LikelihoodError, Product, coin, from_text
from calc.likelihood.latex import product_latex
from pages.log_versus_product import columns as data
from pages.log_versus_product import table
from pages.shared.fields import Choice, Number, Place, Scale, Section, Text, Whole, columns, drawer
from pages.shared.last_good import last_good, refuse, shown_field
from pages.shared.memory import kept


@kept
def typed(text: str) -> Product:
    return from_text(text)


NOTES, COIN, TABLE, TYPED = "notes", "coin", "table", "typed"
PRODUCTS = {
    COIN: "Coin tosses",
    NOTES: "The notes' five factors: the hard one",
    TABLE: "My own table",
    TYPED: "My own, typed",
}
F = Choice(
    "f", "the product", "Product", PRODUCTS,
    "Why these? Coin tosses: the simplest likelihood. The notes' five factors: so large that no float holds them, and "
    "of both signs. Your own: are products of few factors as hard?",
)  # fmt: skip
HEADS = Whole("heads", "heads that the coin showed", "heads k", 0, 10**9, default=7)
COUNTS = (10, 100, 1_000, 10_000)
"""Of tosses with seven heads in ten: the bump narrows, and at last no float is small enough for it."""
TOSSES = Whole("tosses", "how often it was tossed", "tosses n", 1, 10**9, default=10)
OWN = Text(
    "own", "an own product, typed", "f(p) =", MAX_CHARACTERS, "p^6 (1-p)^2 (2-p)^30",
    "A product of powers of p, such as p^6 (1-p)^2 / (3-p).",
)  # fmt: skip
SHOWN = shown_field("shown", "the product shown while the typed one cannot be read", OWN, typed, "p^2 (1-p)")
ALONG = Choice(
    "along", "of the notes' product: the greatest p drawn", "Along p", {"1": "0 to 1", "11": "0 to 11"}
)
FROM = Number("from", "of an own product: where the stretch of p begins", "p from", -1e6, 1e6, 0.0)
TO = Number("to", "where it ends", "p to", -1e6, 1e6, 1.0)
START = Number("start", "p₀ of both balls", "Start of both balls, p", -1e6, 1e6, 0.5)
STEPS = Whole("steps", "steps of each ball", "Steps", 10, data.STEPS, default=20)
TIMES = Scale(
    "times", "the rate as a multiple of the safe one", "Rate, as a multiple of a safe one",
    (0.01, 0.1, 0.5, 1.0, 1.5, 2.5, 10.0, 100.0), 1.0,
    "With a safe rate no step on log|f| goes beyond the top: it is 1 over the greatest curvature on the way.",
)  # fmt: skip
BOOST = Scale(
    "boost", "the rate on f is multiplied by 10 to this power", "Multiply the rate on f by 10 to the power",
    (0, 1, 2, 3, 4, 5, 6, 10, 30, 100, 200, 250, 280, 290, 297, 300), 0,
    "Could a larger rate save the ball on f? Try: one that moves it at the start throws it away near the top.",
)  # fmt: skip

LOOK = Section(
    "look",
    "which of the reasons below is unfolded",
    "Why the logarithm? Three reasons: click on one to unfold it",
    {
        "terms": "1. Sums are easier than products",
        "rate": "2. One rate fits all",
        "digits": "3. Floating point",
        "tiny": "3. … and lots of tiny things",
    },
)
TERMS = Whole("terms", "how many terms are shown", "Terms shown", 1, 12, default=1)
N = Scale(
    "n", "how many probabilities are multiplied", "Probabilities n",
    (10, 100, 1000, 2000, 10_000, 100_000, 1_000_000), 2000, shown="{:,.0f}",
)  # fmt: skip
LEAST = Number("least", "the least of them", "from", 0.0, 1.0, 0.0)
MOST = Number("most", "the greatest of them", "to", 0.0, 1.0, 1.0)
SEED = Whole("seed", "number of the random draw", "Draw number", 0, 999, default=0)
FIELDS = (
    F, HEADS, TOSSES, table.ROWS, table.SHOWN, OWN, SHOWN, ALONG, FROM, TO, START, STEPS, TIMES, BOOST,
    LOOK, TERMS, N, LEAST, MOST, SEED,
)  # fmt: skip

FACTORS_SHOWN = 8
WRONG = "This product cannot be used."


@dataclass(frozen=True)
class Setting:
    """What decides the picture: the product on a window of p, the start, the steps and the rates."""

    slug: str
    product: Product
    low: float
    high: float
    start: float
    steps: int
    times: float
    boost: int


@kept
def tossed(heads: int, tosses: int) -> Product:
    return coin(heads, tosses)


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls, the rate's into its own place, and give back what they say."""
    slug = F.draw()
    above = st.container()
    box = drawer("Own tosses, steps, rate on f" if slug == COIN else "Steps, rate on f")
    with above:
        makes = {NOTES: lambda: data.NOTES_PRODUCT, COIN: lambda: _coin(box), TABLE: _table, TYPED: _typed}
        product = makes[slug]()
        _formula(product)
        low, high = _window(slug)
        start = START.draw(
            default=low + 0.5 * (high - low), low=low, high=high, slider=True, step=(high - low) / 100,
            belongs_to=(slug, low, high),
        )  # fmt: skip
    steps, boost = STEPS.draw(box, step=10), int(BOOST.draw(box))
    return Setting(slug, product, low, high, start, steps, TIMES.draw(rate), boost)


def _coin(box: Place) -> Product:
    """The tosses on a slider that keeps seven heads in ten, or exactly in the drawer."""
    place = st.container()
    one, two = columns(box, 2)
    heads, tosses = HEADS.draw(one, slider=False), TOSSES.draw(two, slider=False)
    nearest = min(COUNTS, key=lambda count: abs(log(count / tosses)))
    TOSSES.draw_too(
        place.select_slider, "Tosses n, seven heads in ten", nearest, _seven_in_ten, (heads, tosses),
        options=COUNTS, value=nearest, format_func="{:,}".format,
    )  # fmt: skip
    try:
        return tossed(heads, tosses)
    except LikelihoodError as wrong:
        refuse(WRONG, wrong, "Until then you see it show heads each time.")
        return tossed(tosses, tosses)


def _seven_in_ten(tosses: int) -> int:
    HEADS.put(7 * tosses // 10)
    return tosses


def _table() -> Product:
    return last_good(table.draw(), table.product, table.SHOWN, table.FIRST, error=LikelihoodError, tell=WRONG)


def _typed() -> Product:
    return last_good(OWN.draw(), typed, SHOWN, OWN.default, error=LikelihoodError, tell=WRONG)


def _formula(product: Product) -> None:
    """What was understood, factor by factor so that it wraps, from our own trees."""
    shown = [f"${product_latex([factor.node])}$" for factor in product.written[:FACTORS_SHOWN]] or ["$1$"]
    more = [r"$\cdots$"] if len(product.written) > FACTORS_SHOWN else []
    st.markdown(" ".join(["$f(p) =$", *shown, *more]))


def _window(slug: str) -> tuple[float, float]:
    """The stretch of p that is drawn."""
    if slug == COIN:
        return 0.0, 1.0
    if slug == NOTES:
        return 0.0, float(ALONG.draw(segmented=True))
    one, two = st.columns(2)
    low, high = FROM.draw(one, belongs_to=slug), TO.draw(two, belongs_to=slug)
    if high - low < 1e-6:
        st.error("The stretch of p has to begin below its end. Shown: 0 to 1.")
        return 0.0, 1.0
    return low, high
