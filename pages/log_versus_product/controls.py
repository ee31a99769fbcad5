"""The controls of `log-versus-product`: they give the product, its window and how the balls climb."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from calc.likelihood import LikelihoodError, Product, coin, from_rows, from_text, notes
from calc.likelihood.terms import juxtaposed
from pages.log_versus_product import columns as data
from pages.shared import links, table_source

NOTES, COIN, TABLE, TYPED = "notes", "coin", "table", "typed"
TITLES = {
    NOTES: "The notes' five factors",
    COIN: "Coin tosses",
    TABLE: "My own table",
    TYPED: "My own, typed",
}
WINDOWS = {"1": "0 to 1", "11": "0 to 11"}
TIMES = (0.01, 0.1, 0.5, 1.0, 1.5, 2.5, 10.0, 100.0)
BOOSTS = (0, 1, 2, 3, 4, 5, 6, 10, 30, 100, 200, 250, 280, 290, 297, 300)
ROWS = "(p)^(6)~(1-p)^(2)~(2-p)^(1/2)"
COLUMNS = ["base in p", "exponent"]
TEXT = "p^6 (1-p)^2 (2-p)^30"
LONGEST = 1500
MOST_FACTORS = 8


def read_rows(text: str) -> list[tuple[str, str]]:
    """The (base, exponent) rows of a link's `rows`: (base)^(exponent), joined by ~."""
    rows = []
    for part in text.split("~")[:60]:
        if part.startswith("(") and part.endswith(")") and ")^(" in part:
            base, _, exponent = part[1:-1].rpartition(")^(")
        else:
            base, _, exponent = part.rpartition("^")
        rows.append((base, exponent))
    return rows


def _readable(read) -> links.Accepts:
    """For a link: whether `read` makes a product of the text."""

    def accepts(text: str) -> bool:
        try:
            read(text)
        except LikelihoodError:
            return False
        return len(text) <= LONGEST

    return accepts


@lru_cache(maxsize=256)
def typed_rows(rows: tuple[tuple[str, str], ...]) -> Product:
    return from_rows(rows)


@lru_cache(maxsize=256)
def typed(text: str) -> Product:
    return from_text(text)


@lru_cache(maxsize=256)
def tossed(heads: int, tosses: int) -> Product:
    return coin(heads, tosses)


NOTES_PRODUCT = notes()

PARAMETERS = {
    "f": links.choice(TITLES),
    "heads": links.integer(0, 10**9),
    "tosses": links.integer(1, 10**9),
    "rows": _readable(lambda text: typed_rows(tuple(read_rows(text[: LONGEST + 1])))),
    "own": _readable(lambda text: typed(text[: LONGEST + 1])),
    "along": links.choice(WINDOWS),
    "from": links.number(-1e6, 1e6),
    "to": links.number(-1e6, 1e6),
    "start": links.number(-1e6, 1e6),
    "steps": links.integer(10, data.STEPS),
    "times": links.choice(f"{times:g}" for times in TIMES),
    "boost": links.choice(BOOSTS),
}


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


def choose() -> Setting:
    """Draw the controls and give back what they say; what is wrong is said next to them."""
    slug = links.selectbox("Product", TITLES, key="f")
    product = {NOTES: lambda: NOTES_PRODUCT, COIN: _coin, TABLE: _table, TYPED: _typed}[slug]()
    _formula(product)
    low, high = _window(slug)
    within("start", low, high, low + 0.5 * (high - low))
    start = st.slider(
        "Start of both balls, p", low, high, low + 0.5 * (high - low), (high - low) / 100, format="%.4g",
        key="start", bind="query-params",
    )  # fmt: skip
    steps = st.slider("Steps", 10, data.STEPS, 60, 10, key="steps", bind="query-params")
    with st.popover("Learning rates", width="stretch"):
        times = st.select_slider(
            "Rate, times the safe one", TIMES, 1.0, format_func="{:g}".format, key="times", bind="query-params",
            help="The safe rate is one over the greatest curvature of log|f| on the way: it cannot overshoot.",
        )  # fmt: skip
        boost = st.select_slider(
            "On f another 10 to the …", BOOSTS, 0, key="boost", bind="query-params",
            help="Could a larger rate save the ascent on f? Try: what moves it far from the top flies off near it.",
        )  # fmt: skip
    return Setting(slug, product, low, high, start, steps, times, boost)


def within(key: str, low: float, high: float, otherwise: float) -> None:
    """Bring a slider's value back where the last product had a wider range."""
    if key in st.session_state and not low <= st.session_state[key] <= high:
        st.session_state[key] = otherwise


def _formula(product: Product) -> None:
    """What was understood, factor by factor so that it wraps, from our own trees."""
    shown = [f"${juxtaposed([factor.node])}$" for factor in product.written[:MOST_FACTORS]] or ["$1$"]
    more = [r"$\cdots$"] if len(product.written) > MOST_FACTORS else []
    st.markdown(" ".join(["$f(p) =$", *shown, *more]))


def _window(slug: str) -> tuple[float, float]:
    """The stretch of p that is drawn."""
    if slug == COIN:
        return 0.0, 1.0
    if slug == NOTES:
        return 0.0, float(links.segmented("Along p", WINDOWS, key="along"))
    one, two = st.columns(2)
    low = one.number_input("p from", -1e6, 1e6, 0.0, format="%g", key="from", bind="query-params")
    high = two.number_input("p to", -1e6, 1e6, 1.0, format="%g", key="to", bind="query-params")
    if high - low < 1e-6:
        st.error("The stretch of p has to begin below its end. Shown: 0 to 1.")
        return 0.0, 1.0
    return low, high


def _coin() -> Product:
    one, two = st.columns(2)
    heads = one.number_input("heads k", 0, 10**9, 700, key="heads", bind="query-params")
    tosses = two.number_input("tosses n", 1, 10**9, 1000, key="tosses", bind="query-params")
    return _kept(lambda: tossed(heads, tosses))


def _typed() -> Product:
    text = st.text_input(
        "f(p) =", TEXT, key="own", bind="query-params", max_chars=400,
        help="A product of powers, such as p^6 (1-p)^2 / (3-p). Its factors are those at the top.",
    )  # fmt: skip
    return _kept(lambda: typed(text))


def _first_rows() -> pd.DataFrame:
    text = st.query_params.get("rows", ROWS)
    return pd.DataFrame(read_rows(text if PARAMETERS["rows"](text) else ROWS), columns=COLUMNS)


def _table() -> Product:
    table = table_source.editor(
        "row",
        _first_rows,
        height=180,
        column_config={name: st.column_config.TextColumn(max_chars=200) for name in COLUMNS},
        alt="Editable table of factors: a base in p and an exponent each",
    )
    rows = tuple(
        tuple("" if cell is None or cell != cell else str(cell) for cell in row) for row in table.values
    )
    text = "~".join(f"({base})^({exponent})" for base, exponent in rows if base or exponent)
    if text and PARAMETERS["rows"](text):
        links.put("rows", text)
    return _kept(lambda: typed_rows(rows))


def _kept(read) -> Product:
    """What `read` makes; where it cannot, its sentence, and the last product of this visit."""
    try:
        product = read()
    except LikelihoodError as wrong:
        st.error("This product cannot be used.", icon=":material/edit:")
        st.text(str(wrong))
        st.caption("Until then you see the last one that could be read.")
        return st.session_state.get("last-product", NOTES_PRODUCT)
    st.session_state["last-product"] = product
    return product
