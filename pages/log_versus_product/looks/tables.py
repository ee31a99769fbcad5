"""What the looks share: small tables, numbers in them as a person writes them, and what is said without JAX."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from calc.backend import BackendError, load_jax
from pages.log_versus_product.words import raised
from pages.shared.tables import show_table


def table(names: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    """A small table that scrolls by itself on a phone; powers of ten as a person writes them."""
    show_table([dict(zip(names, (raised(str(cell)) for cell in row), strict=True)) for row in rows])


def number(value: float) -> str:
    """A float for a table: four digits; what is none is named."""
    return {"inf": "∞", "-inf": "−∞", "nan": "**nan**"}.get(str(value), f"{value:.4g}".replace("-", "−"))


def true_number(value: Any) -> str:
    """An mpmath number of any size: four digits and its power of ten."""
    if value != value:
        return "none"
    text = value.context.nstr(value, 4, min_fixed=-5, max_fixed=12)
    mantissa, _, power = text.replace("-", "−").partition("e")
    return f"{mantissa.removesuffix('.0')} · 10^{power.lstrip('+')}" if power else mantissa.removesuffix(".0")


def jax_is_here(missed: str) -> bool:
    """Whether JAX can be used; if not, it is said what is missed, and how to get it."""
    try:
        load_jax()
    except BackendError:
        st.info(f"JAX is not installed here, so {missed} cannot be shown. To get it: `pip install jax`.")
        return False
    return True
