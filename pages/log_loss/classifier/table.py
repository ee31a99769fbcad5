"""The data of the classifier: short sentences by the counts of two words, an own CSV, an own table."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from calc import datasets
from calc.datasets import DatasetError
from calc.logistic import LogisticError, check
from pages.shared import links, table_source
from pages.shared.table_source import OWN, OWN_CSV, OWN_TABLE, Source

TITLES = {
    "sentences": "74 sentences: good and bad counted",
    "plain": "Without “not good” (separable)",
    **OWN,
}
LABEL = "label"
SMALL = ((1.0, 1.0, 0.0), (2.0, 1.5, 0.0), (2.5, 3.0, 1.0), (3.0, 1.0, 0.0), (3.5, 4.0, 1.0), (1.5, 3.0, 1.0),
         (3.0, 3.0, 0.0), (4.0, 2.0, 1.0))  # fmt: skip
MOST_ROWS = 5_000
PARAMETERS = {
    "data": links.choice(TITLES),
    "rows": lambda text: bool(read(text)),
    "x": lambda text: len(text) <= 200,
    "y": lambda text: len(text) <= 200,
    "label": lambda text: len(text) <= 200,
}
Rows = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, eq=False)
class Table:
    """What the page works with: features (n, 2), labels (n,), the features' names, sentences if there are.

    Tables of the same content are equal: fits are kept by it.
    """

    slug: str
    x: np.ndarray
    y: np.ndarray
    names: tuple[str, str]
    sentences: tuple[str, ...] = ()

    @cached_property
    def content(self) -> tuple[object, ...]:
        return self.slug, self.names, self.x.tobytes(), self.y.tobytes()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)


def read(text: str) -> Rows:
    """The rows of a link such as 1_2_0~3_1_1; none if its text is not such."""
    parts = [row.rpartition("_") for row in text.split("~")]
    try:
        xy = datasets.parse_points("~".join(pair for pair, _, _ in parts))
        label = datasets.parse_points("~".join(f"{label}_" for _, _, label in parts))["x"]
    except DatasetError:
        return ()
    rows = np.column_stack([xy.to_numpy(), label.to_numpy()])
    return tuple(map(tuple, rows.tolist())) if np.isfinite(rows).all() else ()


def write(x: np.ndarray, y: np.ndarray) -> str | None:
    """The rows as a piece of a link; None if they are too many."""
    pairs = datasets.format_points(x[:, 0], x[:, 1])
    if pairs is None:
        return None
    return "~".join(f"{pair}_{label:g}" for pair, label in zip(pairs.split("~"), y, strict=True))


@lru_cache(maxsize=2)
def bundled(slug: str) -> Table:
    """The sentences; of the plain ones only those in which the word that is counted more is right."""
    table = datasets.sentiment()
    if slug == "plain":
        more = table["good"] - table["bad"]
        table = table[(more != 0) & ((more > 0) == (table["positive"] == 1))]
    x = table[["good", "bad"]].to_numpy(dtype=float)
    names = ("count of “good”", "count of “bad”")
    return Table(slug, x, table["positive"].to_numpy(dtype=float), names, tuple(table["sentence"]))


def choose() -> Table:
    """Draw the control; give back the data. What is wrong with them is said there."""
    return table_source.choose(SOURCE)


def _linked() -> Table | None:
    rows = read(st.query_params.get("rows", ""))
    names = st.query_params.get("x", "x1"), st.query_params.get("y", "x2")
    return _table(OWN_CSV, np.array(rows), names) if rows else None


def _uploaded(table: pd.DataFrame) -> Table:
    """Three chosen columns of the visitor's file: two features, and one of zeros and ones."""
    names = datasets.numeric_columns(table)
    if len(names) < 3:
        raise DatasetError(
            "This table has fewer than three columns of numbers. It needs two features and a column of zeros "
            "and ones."
        )
    rows = table.assign(__i=range(len(table)))
    binary = [name for name in names if set(datasets.xy(rows, "__i", name)[1]) <= {0, 1}]
    if not binary:
        raise DatasetError("No column of this table holds only zeros and ones. Code the two classes so.")
    label = _column("label, 0 or 1", "label", binary, 0)
    features = [name for name in names if name != label]
    left, right = st.columns(2)
    with left:
        x = _column("x", "x", features, 0)
    with right:
        y = _column("y", "y", features, 1)
    return _columns(OWN_CSV, table, (x, y), label)


def _column(title: str, name: str, names: list[str], default: int) -> str:
    chosen = table_source.column(title, name, names, default, key=f"classified-{name}")
    links.put(name, chosen)
    return chosen


def _first(last: Table) -> pd.DataFrame:
    """The rows of the link, or else a few that overlap."""
    rows = read(st.query_params.get("rows", "")) or SMALL
    return pd.DataFrame(rows, columns=["x1", "x2", LABEL], dtype=float)


def _typed(table: pd.DataFrame) -> Table:
    return _columns(OWN_TABLE, table, ("x1", "x2"), LABEL)


def _columns(slug: str, table: pd.DataFrame, names: tuple[str, str], label: str) -> Table:
    """The rows that have all three values; of those that have not the page says how many there are."""
    gaps = set().union(*datasets.missing(table, (*names, label)).values())
    whole = table.reset_index(drop=True).drop(index=[row - 1 for row in gaps]).head(MOST_ROWS)
    x, y = datasets.xy(whole, *names)
    labels = datasets.xy(whole, names[0], label)[1]
    if gaps:
        st.caption(f"{len(gaps)} of {len(table)} rows lack a value and are left out.")
    if len(table) - len(gaps) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} rows are used.")
    return _table(slug, np.column_stack([x, y, labels]), names)


def _table(slug: str, rows: np.ndarray, names: tuple[str, str]) -> Table:
    """The rows, (n, 3), if a classifier can be fitted to them; as many as fit travel in the link."""
    table = Table(slug, rows[:, :2], rows[:, 2], names)
    links.put("rows", write(table.x, table.y))
    check(table.x, table.y)
    return table


SOURCE = Source(
    label="Data",
    titles=TITLES,
    key="classified",
    carried=("rows", "x", "y", "label"),
    bundled=bundled,
    linked=_linked,
    uploaded=_uploaded,
    typed=_typed,
    first=_first,
    error=LogisticError,
    help="A table with a row of names, two columns of numbers and one of zeros and ones. It stays on this "
    "server only while this page is open. Up to 60 rows travel in the link.",
    alt="Editable table: one row a point, two features and a label 0 or 1",
    height=190,
    ask="Choose a file with a column of zeros and ones; until then you see the last data.",
    wrong="No classifier can be fitted to this table yet.",
    until="Until then you see the last data that could be used.",
)
