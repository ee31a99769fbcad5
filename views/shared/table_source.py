"""The control that chooses two columns of numbers: a bundled table, an own CSV, a table typed in place."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc import datasets
from calc.regression import RegressionError, Sums, summarise
from views.shared import links

OWN_CSV, OWN_TABLE = "csv", "table"
TITLES = {slug: table.title for slug, table in datasets.BUNDLED.items()} | {
    OWN_CSV: "My own CSV file",
    OWN_TABLE: "My own table",
}
PARAMETERS = {
    "data": links.choice(TITLES),
    "points": lambda text: _points(text) is not None,
    "x": lambda text: len(text) <= 200,
    "y": lambda text: len(text) <= 200,
}


@dataclass(frozen=True)
class Points:
    """What the page works with: two arrays (n,), their names, the unit's sign, and a note for the page."""

    slug: str
    x: np.ndarray
    y: np.ndarray
    x_title: str
    y_title: str
    prefix: str = ""
    note: str = ""


@lru_cache(maxsize=len(datasets.BUNDLED))
def bundled_points(slug: str) -> Points:
    """The bundled houses: bedrooms and price."""
    table = datasets.BUNDLED[slug]
    x, y = datasets.xy(datasets.bundled(slug), "bedrooms", "price")
    return Points(slug, x, y, "bedrooms", "price", table.currency, table.source)


@st.cache_data(max_entries=16, show_spinner="Reading the table …")
def _table(raw: bytes) -> pd.DataFrame:
    return datasets.read_table(raw)


def _points(text: str) -> pd.DataFrame | None:
    """The table that a link carries, with the names that it gives the columns; None if it is not one."""
    names = st.query_params.get("x", "bedrooms"), st.query_params.get("y", "price")
    try:
        return datasets.parse_points(text, names if names[0] != names[1] else ("x", "y"))
    except datasets.DatasetError:
        return None


def choose() -> tuple[Points, Sums]:
    """Draw the control; give back the points and their sums. What is wrong is said here."""
    slug = links.selectbox("Houses", TITLES, key="data")
    try:
        points = {OWN_CSV: _uploaded, OWN_TABLE: _typed}.get(slug, lambda: bundled_points(slug))()
        if points is None:
            points = _last_good()
            st.info(f"Choose a file; until then you see {TITLES[points.slug].lower()}.")
        sums = summarise(points.x, points.y)
    except (datasets.DatasetError, RegressionError) as wrong:
        st.error("This table cannot be fitted yet.", icon=":material/table:")
        st.text(str(wrong))
        points = _last_good()
        st.caption(f"Until then you see {TITLES[points.slug].lower()}.")
        return points, summarise(points.x, points.y)
    if points.slug in datasets.BUNDLED:
        for name in ("points", "x", "y"):
            st.query_params.pop(name, None)
    # A visitor's arrays are kept for this session only; bundled ones are shared by all.
    st.session_state["last-points"] = points
    return points, sums


def _last_good() -> Points:
    return st.session_state.get("last-points", bundled_points("course"))


def _uploaded() -> Points | None:
    """The two chosen columns of the visitor's file, or of the link; None while there is neither."""
    file = st.file_uploader(
        "CSV file",
        type=["csv", "tsv", "txt"],
        key="file",
        help="A table with a row of names and at least two columns of numbers. It stays on this server "
        "only while this page is open. Up to 60 rows travel in the link; of a longer one, send the file too.",
    )
    if file is None:
        carried = _points(st.query_params.get("points", ""))
        return None if carried is None else _checked(OWN_CSV, carried, *carried.columns)
    table = _table(file.getvalue())
    names = datasets.numeric_columns(table)
    if len(names) < 2:
        raise datasets.DatasetError(
            "This table has fewer than two columns of numbers. Upload one with at least two, for example "
            "bedrooms and price."
        )
    left, right = st.columns(2)
    return _checked(OWN_CSV, table, _column(left, "x", names, 0), _column(right, "y", names, 1))


def _column(slot: DeltaGenerator, axis: str, names: list[str], default: int) -> str:
    """The column for an axis: the one in the link if the file has it."""
    asked = st.query_params.get(axis)
    return slot.selectbox(
        axis, names, names.index(asked) if asked in names else default, key=f"column-{axis}"
    )


def _typed() -> Points:
    if "typed" not in st.session_state:
        carried = _points(st.query_params.get("points", ""))
        last = st.session_state.get("last-points", bundled_points("course"))
        if carried is None and len(last.x) > 60:
            last = bundled_points("course")
        st.session_state["typed"] = (
            carried if carried is not None else pd.DataFrame({last.x_title: last.x, last.y_title: last.y})
        )
    table = st.data_editor(
        st.session_state["typed"],
        num_rows="dynamic",
        hide_index=True,
        height=230,
        key="typed-edits",
        alt="Editable table of houses: one row each, x and y",
    )
    x, y = table.columns[:2]
    return replace(_checked(OWN_TABLE, table, x, y), prefix="$" if y == "price" else "")


def _checked(slug: str, table: pd.DataFrame, x: str, y: str) -> Points:
    """The points of two columns; as many as fit travel in the link, and missing cells are named."""
    xs, ys = datasets.xy(table, x, y)
    carried = datasets.format_points(xs, ys)
    if carried is None:
        st.query_params.pop("points", None)
    else:
        links.put("points", carried)
    links.put("x", x)
    links.put("y", y)
    missing = datasets.left_out(table, x, y).sentence
    if missing:
        st.text(missing)
    return Points(slug, xs, ys, x, y, note="" if carried else "Too many rows for a link: send the file too.")
