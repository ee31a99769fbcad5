"""Small tables of words and numbers."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import streamlit as st


def table_of(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Rows of text under their names."""
    # By way of pandas each table would be converted twice, at each rerun of each student.
    return pa.Table.from_pylist([dict(row) for row in rows])


def show_table(rows: Sequence[Mapping[str, str]] | pa.Table) -> None:
    """Draw rows of text, Markdown in them, under their names; on a phone the table scrolls by itself."""
    st.table(rows if isinstance(rows, pa.Table) else table_of(rows), hide_index=True)
