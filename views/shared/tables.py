"""Small tables of words and numbers."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import streamlit as st


def show_table(rows: Sequence[Mapping[str, str]]) -> None:
    """Draw rows of text, Markdown in them, under their names; on a phone the table scrolls by itself."""
    # By way of pandas each table would be converted twice, at each rerun of each student.
    st.table(pa.Table.from_pylist([dict(row) for row in rows]), hide_index=True)
