"""The three closer looks of `log-versus-product`: term by term, floating point, lots of tiny things."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from calc.likelihood import (
    WORDS,
    Growth,
    LikelihoodError,
    Precision,
    Product,
    Term,
    automatic_derivative,
    counts,
    growth,
    log_terms,
    product_terms,
)
from calc.likelihood.terms import juxtaposed, sum_latex
from views.optimisation import product_charts as charts
from views.optimisation import product_data as data
from views.optimisation.product_controls import NOTES, Setting, within
from views.optimisation.product_words import raised
from views.shared import links
from views.shared.charts import show

LOOKS = {
    "terms": "Two derivatives, term by term",
    "digits": "What floating point makes of them",
    "tiny": "Lots of tiny things",
}
SIZES = (10, 100, 1000, 2000, 10_000, 100_000, 1_000_000)
PARAMETERS = {
    "look": links.choice(LOOKS),
    "terms": links.integer(1, 500),
    "n": links.choice(f"{size:,}" for size in SIZES),
    "least": links.number(0, 1),
    "most": links.number(0, 1),
    "seed": links.integer(0, 999),
}
MOST_TERMS = 12
QUANTITIES = {"f": "f", "f'": "f′", "log|f|": "log|f|", "(log|f|)'": "(log|f|)′"}


def draw(setting: Setting) -> None:
    """The look that is chosen, and only that."""
    look = links.segmented("Look closer", LOOKS, key="look")
    {"terms": terms, "digits": digits, "tiny": tiny}[look](setting)


# Term by term.


def marked(term: Term) -> str:
    """A term of the product rule, what the rule changed in square brackets and in the theme's colour."""
    parts, run = [], []
    for piece in term.pieces:
        if piece.changed:
            run.append(piece.node)
            continue
        parts += [f":primary[**$\\bigl[{juxtaposed(run)}\\bigr]$**]"] if run else []
        parts.append(f"${piece.latex}$")
        run = []
    parts += [f":primary[**$\\bigl[{juxtaposed(run)}\\bigr]$**]"] if run else []
    return " ".join(parts)


def table(names: tuple[str, ...], rows: Sequence[tuple]) -> None:
    """A small table that scrolls by itself on a phone; powers of ten as a person writes them."""
    columns = {
        name: [raised(str(cell)) for cell in cells]
        for name, cells in zip(names, zip(*rows, strict=True), strict=True)
    }
    st.table(pd.DataFrame(columns).set_index(names[0]))


def terms(setting: Setting) -> None:
    """n terms of n factors beside n short terms, revealed one after the other; what each costs."""
    product = setting.product
    long, short = product_terms(product), log_terms(product)
    count = min(len(long), MOST_TERMS)
    if not count:
        st.markdown("No factor depends on p, so both derivatives are 0.")
        return
    shown = count
    if count > 1:
        within("terms", 1, count, count)
        shown = st.slider("Terms shown", 1, count, count, key="terms", bind="query-params")
    rows = [
        (place, ("$+$ " if place > 1 else "") + marked(one), f"${_signed(other, place - 1)}$")
        for place, (one, other) in enumerate(zip(long[:shown], short[:shown], strict=True), 1)
    ]
    # A heading of formulas alone would be empty to a screen reader.
    table(("term", "$f' =$ by the product rule", r"$(\log|f|)' =$ by the logarithm"), rows)
    if len(long) > MOST_TERMS:
        st.caption(f"And so on: {len(long)} terms each, of which {MOST_TERMS} are shown.")
    elif shown == count:
        whole = " ".join(f"${_signed(term, place)}$" for place, term in enumerate(short))
        st.markdown(rf"Altogether $\;\frac{{d}}{{dp}} \log|f| =$ {whole}")
    _cost(product)


def _signed(term: Term, number: int) -> str:
    text = sum_latex([piece.node for piece in term.pieces])
    return text if not number or text.startswith("-") else "+ " + text


def _cost(product: Product) -> None:
    found = counts(product)
    long, short = found.derivative, found.log_derivative
    rows = [
        ("sums", long.additions, short.additions),
        ("products, quotients", long.multiplications, short.multiplications),
        ("powers", long.powers, short.powers),
        ("calls", long.calls, short.calls),
        ("**all**", f"**{long.total:,}**", f"**{short.total:,}**"),
    ]
    table(("operations", "f′ by the product rule", "(log|f|)′"), rows)
    box = st.expander("How the cost grows with the number of factors", on_change="rerun", key="cost")
    if not box.open:
        return
    with box:
        found_growth = grown()
        square, line = (found_growth.order("symbolic", form) for form in ("product", "log"))
        show(
            charts.growth(), key="growth", growth=_growth_columns(found_growth),
            alt=f"Operations by number of factors on log scales: the written-out derivative of the product grows like "
            f"n to the {square:.2f}, all others about like n.",
        )  # fmt: skip
        st.markdown(
            f"Written out (**symbolic**), f′ grows quadratically, like $n^{{{square:.2f}}}$, and the logarithm's "
            f"derivative linearly, $n^{{{line:.2f}}}$. **Numerical** and **automatic** differentiation never write "
            "the terms out: both take a number of operations in proportion to n for the product and for its "
            "logarithm. What they lose with the product is not time but the number itself: it overflows or underflows."
        )


@st.cache_resource(max_entries=1, show_spinner="Counting operations; JAX writes its programs …")
def grown() -> Growth:
    return growth((1, 2, 4, 8, 16, 32, 64, 128))


def _growth_columns(found: Growth) -> dict:
    names = {"product": "f′", "log": "(log|f|)′"}
    return {
        "n": np.tile(found.n, len(found.operations)),
        "operations": np.concatenate(list(found.operations.values())),
        "way": np.repeat([f"{way}, {names[form]}" for way, form in found.operations], len(found.n)),
    }


# Floating point.


def number(value: float) -> str:
    """A float for a table: four digits; what is none is named."""
    return {"inf": "∞", "-inf": "−∞", "nan": "**nan**"}.get(str(value), f"{value:.4g}".replace("-", "−"))


def true_number(value) -> str:
    """An mpmath number of any size: four digits and its power of ten."""
    if value != value:
        return "none"
    text = value.context.nstr(value, 4, min_fixed=-5, max_fixed=12)
    mantissa, _, power = text.replace("-", "−").partition("e")
    return f"{mantissa.removesuffix('.0')} · 10^{power.lstrip('+')}" if power else mantissa.removesuffix(".0")


def digits(setting: Setting) -> None:
    """The four quantities at the start in each type and in truth; along p on demand."""
    found = data.at_one(setting.product, setting.start)
    st.markdown(f"**At p = {setting.start:.6g}**, with every operation rounded to the type:")
    _at_one(found)
    st.caption(
        "float64 ends at about 10³⁰⁸, float32 at 10³⁸, float16 at 65,504; below 10⁻³²⁴, 10⁻⁴⁵ and 10⁻⁷ they say "
        "0. The logarithm of a number that large or small is an ordinary number, and so is its derivative."
    )
    _automatic(setting)
    box = st.expander(
        "Along p: what happens where, and how many digits are left", on_change="rerun", key="along-p"
    )
    if box.open:
        with box:
            _along(setting)


def _at_one(found: Precision) -> None:
    truth = found.truths[0]
    true = dict(
        zip(QUANTITIES, (truth.value, truth.derivative, truth.log_abs, truth.log_derivative), strict=True)
    )
    rows = []
    for name, title in QUANTITIES.items():
        cells = [number(float(found.readings[name, each].values[0])) for each in charts.TYPES_SHORT]
        kinds = [found.readings[name, each].happened[0] for each in charts.TYPES_SHORT]
        said = [
            cell if kind in ("fine", "nan") else f"{cell} ({kind})"
            for cell, kind in zip(cells, kinds, strict=True)
        ]
        rows.append((title, *said, true_number(true[name])))
    table(("quantity", *charts.TYPES_SHORT, "truth"), rows)


def written(product: Product) -> str:
    """The product as text, by which Streamlit's cache knows it."""
    return "~".join(f"{factor.base.text}^{factor.exponent}" for factor in product.factors)


def _automatic(setting: Setting) -> None:
    """What JAX's automatic derivative says, at the notes' four points or at the start."""
    box = st.expander("And automatic differentiation, by JAX in float64?", on_change="rerun", key="automatic")
    if not box.open:
        return
    at = (0.2, 0.5, 2.0, 5.0) if setting.slug == NOTES else (setting.start,)
    rows = []
    with box:
        for p, f, slope, log_slope in by_jax(setting.product, at):
            true = true_number(data.at_one(setting.product, p).truths[0].log_derivative)
            rows.append((f"{p:.6g}", number(f), number(slope), number(log_slope), true))
        table(("p", "f", "f′ by JAX", "(log|f|)′ by JAX", "(log|f|)′ in truth"), rows)
        st.caption(
            "Automatic differentiation follows the program: where f itself is ∞ or 0, so is what it is made of."
        )


@st.cache_resource(max_entries=128, show_spinner="JAX differentiates …", hash_funcs={Product: written})
def by_jax(product: Product, at: tuple[float, ...]) -> list[tuple[float, float, float, float]]:
    """p, f, f′ and (log|f|)′ as floats."""
    return [
        (p, float(product(p)), automatic_derivative(product, p), automatic_derivative(product, p, "log"))
        for p in at
    ]


def _along(setting: Setting) -> None:
    found = measured(setting.product, setting.low, setting.high)
    kinds = {kind for reading in found.readings.values() for kind in reading.happened}
    lost = np.mean([kind != "fine" for kind in found.readings["f", "float64"].happened])
    kept = np.mean([kind == "fine" for kind in found.readings["log|f|", "float64"].happened])
    show(
        charts.happened(), key="happened", cells=data.cells(found),
        alt=f"In float64 f is lost at {lost:.0%} of the places along p; log|f| is right at {kept:.0%} of them.",
    )  # fmt: skip
    st.caption("; ".join(f"**{kind}**: {WORDS[kind]}" for kind in WORDS if kind in kinds) + ".")
    for column, name in zip(st.columns(2), ("f'", "(log|f|)'"), strict=True):
        title = f"right digits of {name.replace(chr(39), '′')}"
        best = np.nanmax(np.nan_to_num(found.readings[name, "float64"].digits))
        with column:
            show(
                charts.digits(title), key=f"digits-{name}", digits=data.digits(found, name),
                alt=f"The {title} along p by type: in float64 at most {best:.0f}.",
            )  # fmt: skip


@st.cache_resource(
    max_entries=64, show_spinner="Computing with 50 digits and more …", hash_funcs={Product: written}
)
def measured(product: Product, low: float, high: float) -> Precision:
    return data.along(product, low, high)


# Lots of tiny things.


def tiny(setting: Setting) -> None:
    """n probabilities multiplied in each type, and their logs added."""
    one, two, three, four = st.columns(4)
    n = one.select_slider(
        "Probabilities n", SIZES, 2000, format_func="{:,}".format, key="n", bind="query-params"
    )
    low = two.slider("from", 0.0, 1.0, 0.0, 0.05, key="least", bind="query-params")
    high = three.slider("to", 0.0, 1.0, 1.0, 0.05, key="most", bind="query-params")
    seed = four.number_input("Seed", 0, 999, 0, key="seed", bind="query-params")
    try:
        every, close = data.vanished(n, low, high, seed)
    except LikelihoodError as wrong:
        st.error("These are no probabilities to draw from.")
        st.text(str(wrong))
        return
    left, right = st.columns([5, 4])
    with left:
        show(charts.vanishing(), key="vanishing", alt=every.text, **data.running(close))
    with right:
        show(
            charts.sums(), key="sums", sums=data.sums(every),
            alt=f"The sum of {n:,} logs falls steadily to {every.log_sum[-1]:.6g}; only float16 loses it.",
        )  # fmt: skip
    st.markdown(
        raised(f"**{every.text}** The sum of the logs is {every.log_sum[-1]:.8g}, an ordinary number.")
    )
    rows = [
        (
            name,
            "never" if run.zero_at is None else f"{run.zero_at:,}",
            number(run.last),
            number(float(run.log_sum[-1])),
        )
        for name, run in every.types.items()
    ]
    last = every.log10[-1]
    power = f"{10 ** (last % 1):.3f}·10^{last // 1:.0f}" if np.isfinite(last) else "0"
    rows.append(("truth", "never" if np.isfinite(last) else "–", power, f"{every.log_sum[-1]:.10g}"))
    table(("type", "the product is 0 from factor", "last product", "sum of logs"), rows)
    st.caption(
        "A loss over n data points multiplies n probabilities. Their product is 0 in every type long before a million, "
        "and so is its gradient; the sum of logs keeps growing at the same pace: log loss is minus that sum."
    )
