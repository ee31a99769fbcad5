"""Both derivatives term by term: n terms of n factors beside n short ones, and what each costs."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pyarrow as pa
import streamlit as st

from calc.likelihood import Growth, Product, Term, counts, growth, log_terms, product_terms
from calc.likelihood.latex import product_latex, sum_latex
from pages.log_versus_product import charts
from pages.log_versus_product.controls import TERMS, Setting
from pages.log_versus_product.looks.tables import jax_is_here, of_rows
from pages.shared.charts import Columns, show
from pages.shared.memory import kept
from pages.shared.tables import show_table


def draw(setting: Setting) -> None:
    """n terms of n factors beside n short terms, revealed one after the other; what each costs."""
    product = setting.product
    long, short = _both(product)
    count = min(len(long), TERMS.high)
    if not count:
        st.markdown("No factor depends on p, so both derivatives are 0.")
        return
    shown = TERMS.draw(high=count) if count > 1 else count
    show_table(_beside(product, shown))
    if len(long) > TERMS.high:
        st.caption(f"And so on: {len(long)} terms each, of which {TERMS.high} are shown.")
    elif shown == count:
        whole = " ".join(f"${_signed(term, place)}$" for place, term in enumerate(short))
        st.markdown(rf"Altogether $\;\frac{{d}}{{dp}} \log|f| =$ {whole}")
    _cost(product)


@kept
def _both(product: Product) -> tuple[Sequence[Term], Sequence[Term]]:
    return product_terms(product), log_terms(product)


@kept
def _beside(product: Product, shown: int) -> pa.Table:
    """The first terms of both, beside each other."""
    rows = [
        (place, ("$+$ " if place > 1 else "") + marked(one), f"${_signed(other, place - 1)}$")
        for place, (one, other) in enumerate(
            zip(*(terms[:shown] for terms in _both(product)), strict=True), 1
        )
    ]
    # A heading of formulas alone would be empty to a screen reader.
    return of_rows(("term", "$f' =$ by the product rule", r"$(\log|f|)' =$ by the logarithm"), rows)


def marked(term: Term) -> str:
    """A term of the product rule, what the rule changed in square brackets and in the theme's colour.

    Of a long product some factors are left out: a browser takes half a minute to set hundreds in each term.
    """
    parts: list[str] = []
    for changed, run in groupby(term.factors, lambda piece: piece.changed):
        if changed:
            parts.append(f":primary[**$\\bigl[{product_latex(piece.node for piece in run)}\\bigr]$**]")
            continue
        latex = [f"${piece.latex}$" for piece in run]
        parts += latex if len(latex) <= TERMS.high else [*latex[: TERMS.high], r"$\cdots$"]
    return " ".join(parts)


def _signed(term: Term, number: int) -> str:
    text = sum_latex([piece.node for piece in term.factors])
    return text if not number or text.startswith("-") else "+ " + text


@kept
def _operations(product: Product) -> pa.Table:
    found = counts(product)
    long, short = found.derivative, found.log_derivative
    rows = [
        ("sums", long.additions, short.additions),
        ("products, quotients", long.multiplications, short.multiplications),
        ("powers", long.powers, short.powers),
        ("functions, such as sin", long.calls, short.calls),
        ("**all**", f"**{long.total:,}**", f"**{short.total:,}**"),
    ]
    some = [row for row in rows if row[1] or row[2]]
    return of_rows(("operations", "f′ by the product rule", "(log|f|)′"), some)


def _cost(product: Product) -> None:
    show_table(_operations(product))
    box = st.expander("How the cost grows with the number of factors", on_change="rerun", key="cost")
    if not box.open:
        return
    with box:
        with_jax = jax_is_here("the lines of automatic differentiation")
        found_growth = grown(with_jax)
        square, line = (found_growth.order("symbolic", form) for form in ("product", "log"))
        show(
            charts.growth(), {"growth": _growth_columns(found_growth)}, key="growth",
            alt=f"Operations by number of factors on log scales: the written-out derivative of the product grows like "
            f"n to the {square:.2f}, all others about like n.",
        )  # fmt: skip
        st.markdown(
            f"Written out (**symbolic**), f′ grows quadratically, like $n^{{{square:.2f}}}$, and the logarithm's "
            f"derivative linearly, $n^{{{line:.2f}}}$. **Numerical** and **automatic** differentiation never write "
            "the terms out: both take a number of operations in proportion to n for the product and for its "
            "logarithm. What they lose with the product is not time but the number itself: it overflows or underflows."
        )


@st.cache_resource(max_entries=2, show_spinner="Counting operations; JAX writes its programs …")
def grown(with_jax: bool) -> Growth:
    return growth((1, 2, 4, 8, 16, 32, 64, 128), automatic=with_jax)


def _growth_columns(found: Growth) -> Columns:
    names = {"product": "f′", "log": "(log|f|)′"}
    return {
        "n": np.tile(found.n, len(found.operations)),
        "operations": np.concatenate(list(found.operations.values())),
        "way": np.repeat([f"{way}, {names[form]}" for way, form in found.operations], len(found.n)),
    }
