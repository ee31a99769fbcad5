"""What the looks share: small tables, true numbers of any size, and what is said without JAX."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from calc.backend import BackendError, load_jax
from calc.numbers import written
from pages.shared.tables import show_table, table_of


def table(names: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    """A small table that scrolls by itself on a phone."""
    show_table(of_rows(names, rows))


def of_rows(names: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    """The same without drawing it, to be kept."""
    return table_of([dict(zip(names, map(str, row), strict=True)) for row in rows])


def true_number(value: Any) -> str:
    """An mpmath number, also one beyond every float."""
    return "none" if value != value else written(Decimal(value.context.nstr(value, 20)))


def jax_is_here(missed: str) -> bool:
    """Whether JAX can be used; if not, it is said what is missed, and how to get it."""
    try:
        load_jax()
    except BackendError:
        st.info(f"JAX is not installed here, so {missed} cannot be shown. To get it: `pip install jax`.")
        return False
    return True
