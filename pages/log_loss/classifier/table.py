"""The data of the classifier: short sentences by the counts of two words, an own CSV, an own table."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast

import numpy as np
import pandas as pd
import streamlit as st

from calc import datasets
from calc.datasets import DatasetError
from calc.datasets.links import MAX_POINTS
from calc.logistic import LogisticError, check
from pages.shared import table_source
from pages.shared.fields import Carried, Choice, Column
from pages.shared.table_source import OWN, OWN_CSV, OWN_TABLE, Source

Rows = tuple[tuple[float, float, float], ...]

NAMES = ("x1", "x2", "label")
SMALL: Rows = (
    (1.0, 1.0, 0.0), (2.0, 1.5, 0.0), (2.5, 3.0, 1.0), (3.0, 1.0, 0.0),
    (3.5, 4.0, 1.0), (1.5, 3.0, 1.0), (3.0, 3.0, 0.0), (4.0, 2.0, 1.0),
)  # fmt: skip
MOST_ROWS = 5_000


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
    """The rows of a link such as 1_2_0~3_1_1; ValueError if its text is not such."""
    parts = [row.rpartition("_") for row in text.split("~")]
    xy = datasets.parse_points("~".join(pair for pair, _, _ in parts))
    label = datasets.parse_points("~".join(f"{label}_" for _, _, label in parts))["x"]
    rows = np.column_stack([xy.to_numpy(), label.to_numpy()])
    if not np.isfinite(rows).all():
        raise ValueError("a number is missing")
    return cast(Rows, tuple(map(tuple, rows.tolist())))


def write(rows: Rows | None) -> str | None:
    """The rows as a piece of a link; None if there are none."""
    pairs = datasets.format_points([row[0] for row in rows], [row[1] for row in rows]) if rows else None
    if rows is None or pairs is None:
        return None
    return "~".join(f"{pair}_{row[2]:g}" for pair, row in zip(pairs.split("~"), rows, strict=True))


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


DATA = Choice(
    "data",
    "the points",
    "Data",
    {
        "sentences": "74 sentences: good and bad counted",
        "plain": "Without “not good” (separable)",
        **OWN,
    },
)
ROWS: Carried[Rows | None] = Carried(
    "rows",
    "an own table: two features and a label",
    reads=read,
    writes=write,
    taken=f"up to {MAX_POINTS} rows: `1_2_0~3_1.5_1`",
    examples=(SMALL, ((0.0, 1.0, 0.0), (1.0, 0.0, 1.0)), ((-1e100, 1e-9, 0.0), (1e100, -1e-9, 1.0))),
)
X = Column("x", "column of an own file: the first feature", "x", 200)
Y = Column("y", "column of an own file: the second feature", "y", 200)
LABEL = Column("label", "column of an own file: the labels", "label, 0 or 1", 200)
FIELDS = (DATA, ROWS, table_source.FILE, X, Y, LABEL)


def choose() -> tuple[Table, bool]:
    """Draw the control; give back the data, and whether others stand in for those that were chosen.

    What is wrong with them is said there.
    """
    table = table_source.choose(SOURCE)
    chosen = DATA.get(DATA.default)
    if chosen == OWN_CSV:
        # They stay in the link until the file is there.
        for column in (X, Y, LABEL):
            column.get("")
    return table, table.slug != chosen


def _linked(rows: Rows) -> Table:
    return _table(OWN_CSV, np.array(rows), (X.get("") or NAMES[0], Y.get("") or NAMES[1]))


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
    label = LABEL.choose(binary)
    features = [name for name in names if name != label]
    left, right = st.columns(2)
    return _columns(OWN_CSV, table, (X.choose(features, left), Y.choose(features, right, first=1)), label)


def _typed(table: pd.DataFrame) -> Table:
    return _columns(OWN_TABLE, table, NAMES[:2], NAMES[2])


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
    """The rows, (n, 3), if a classifier can be fitted to them."""
    check(rows[:, :2], rows[:, 2])
    return Table(slug, rows[:, :2], rows[:, 2], names)


def _rows_of(table: Table) -> Rows | None:
    if len(table.y) > MAX_POINTS:
        return None
    return cast(Rows, tuple(map(tuple, np.column_stack([table.x, table.y]).tolist())))


SOURCE = Source(
    data=DATA,
    rows=ROWS,
    first=SMALL,
    bundled=bundled,
    linked=_linked,
    uploaded=_uploaded,
    typed=_typed,
    as_table=lambda rows: pd.DataFrame(rows, columns=list(NAMES), dtype=float),
    rows_of=_rows_of,
    error=LogisticError,
    help="A table with a row of names, two columns of numbers and one of zeros and ones. It stays on this "
    "server only while this page is open. Up to 60 rows travel in the link.",
    alt="Editable table: one row a point, two features and a label 0 or 1",
    height=190,
    ask="Choose a file with a column of zeros and ones; until then you see {}.",
    wrong="No classifier can be fitted to this table yet.",
    until="Until then you see the last data that could be used.",
)
