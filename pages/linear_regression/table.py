"""The table of `linear-regression`: houses by two columns of numbers, and what the link carries of them."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from calc import datasets
from calc.regression import RegressionError, Sums, summarise
from pages.shared import links, table_source
from pages.shared.table_source import OWN, OWN_CSV, OWN_TABLE, Source

TITLES = {slug: table.title for slug, table in datasets.BUNDLED.items()} | OWN
PARAMETERS = {
    "data": links.choice(TITLES),
    "points": lambda text: _carried(text) is not None,
    "x": lambda text: len(text) <= 200,
    "y": lambda text: len(text) <= 200,
}
MOST_TYPED = 60
"""As many rows as one edits by hand, and as a link carries."""


@dataclass(frozen=True)
class Points:
    """What the page works with: two arrays (n,), their sums, their names, the sign of y's unit."""

    slug: str
    x: np.ndarray
    y: np.ndarray
    sums: Sums
    x_title: str
    y_title: str
    prefix: str = ""


@lru_cache(maxsize=len(datasets.BUNDLED))
def bundled(slug: str) -> Points:
    """The bundled houses: bedrooms and price."""
    table = datasets.BUNDLED[slug]
    x, y = datasets.xy(datasets.bundled(slug), "bedrooms", "price")
    return Points(slug, x, y, summarise(x, y), "bedrooms", "price", table.currency)


def choose() -> Points:
    """Draw the control; give back the points. What is wrong with them is said there."""
    return table_source.choose(SOURCE)


def _carried(text: str) -> pd.DataFrame | None:
    """The table that a link carries, with the names that it gives the columns; None if it is not one."""
    names = st.query_params.get("x", "bedrooms"), st.query_params.get("y", "price")
    try:
        return datasets.parse_points(text, names if names[0] != names[1] else ("x", "y"))
    except datasets.DatasetError:
        return None


def _linked() -> Points | None:
    carried = _carried(st.query_params.get("points", ""))
    return None if carried is None else _points(OWN_CSV, carried, *carried.columns)


def _uploaded(table: pd.DataFrame) -> Points:
    """The two chosen columns of the visitor's file."""
    names = datasets.numeric_columns(table)
    if len(names) < 2:
        raise datasets.DatasetError(
            "This table has fewer than two columns of numbers. Upload one with at least two, for example "
            "bedrooms and price."
        )
    chosen = []
    for place, (slot, axis) in enumerate(zip(st.columns(2), "xy", strict=True)):
        with slot:
            chosen.append(table_source.column(axis, axis, names, place, key=f"column-{axis}"))
    return _points(OWN_CSV, table, *chosen)


def _first(last: Points) -> pd.DataFrame:
    """The rows of the link, or else those in the pictures, unless they are too many to edit."""
    carried = _carried(st.query_params.get("points", ""))
    if carried is not None:
        return carried
    last = last if len(last.x) <= MOST_TYPED else bundled("course")
    return pd.DataFrame({last.x_title: last.x, last.y_title: last.y})


def _typed(table: pd.DataFrame) -> Points:
    x, y = table.columns[:2]
    return replace(_points(OWN_TABLE, table, x, y), prefix="$" if y == "price" else "")


def _points(slug: str, table: pd.DataFrame, x: str, y: str) -> Points:
    """The points of two columns; as many as fit travel in the link, and missing cells are named."""
    xs, ys = datasets.xy(table, x, y)
    carried = datasets.format_points(xs, ys)
    for name, text in (("points", carried), ("x", x), ("y", y)):
        links.put(name, text)
    missing = datasets.left_out(table, x, y).sentence
    if missing:
        st.text(missing)
    return Points(slug, xs, ys, summarise(xs, ys), x, y)


SOURCE = Source(
    label="Houses",
    titles=TITLES,
    key="typed",
    carried=("points", "x", "y"),
    bundled=bundled,
    linked=_linked,
    uploaded=_uploaded,
    typed=_typed,
    first=_first,
    error=RegressionError,
    help="A table with a row of names and at least two columns of numbers. It stays on this server "
    "only while this page is open. Up to 60 rows travel in the link; of a longer one, send the file too.",
    alt="Editable table of houses: one row each, x and y",
    height=230,
    ask="Choose a file; until then you see {}.",
    wrong="This table cannot be fitted yet.",
    until="Until then you see {}.",
)
