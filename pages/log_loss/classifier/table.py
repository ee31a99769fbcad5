"""The data of the classifier: short sentences by the counts of two words, an own CSV, an own table."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from calc import datasets
from calc.datasets import DatasetError, Rows
from calc.datasets.links import MAX_POINTS
from calc.logistic import LogisticError, check
from pages.shared import table_source
from pages.shared.fields import Carried, Choice, Column
from pages.shared.memory import ByContent
from pages.shared.table_source import OWN, OWN_CSV, OWN_TABLE, Source

MOST_ROWS = 5_000
NAMES = ("x1", "x2", "label")
"""The columns of a table that is typed: two features, and a label of 0 or 1."""
SMALL: Rows = (
    (1.0, 1.0, 0.0), (2.0, 1.5, 0.0), (2.5, 3.0, 1.0), (3.0, 1.0, 0.0),
    (3.5, 4.0, 1.0), (1.5, 3.0, 1.0), (3.0, 3.0, 0.0), (4.0, 2.0, 1.0),
)  # fmt: skip
"""What typing begins with."""


@dataclass(frozen=True, eq=False)
class Table(ByContent):
    """What the page works with: features (n, 2), labels (n,), the features' names.

    Attributes:
        slug: of the choice that it came from.
        sentences: what the app's own rows count words of.
        own: the rows of a visitor's table, if they are few, with those that lack a value.
    """

    slug: str
    x: np.ndarray
    y: np.ndarray
    names: tuple[str, str]
    sentences: tuple[str, ...] = ()
    own: Rows | None = None

    @cached_property
    def content(self) -> Hashable:
        return self.slug, self.names, self.x.tobytes(), self.y.tobytes()


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
    "the data: `plain` are the sentences without “not good”, `csv` and `table` a visitor's own",
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
    reads=lambda text: datasets.parse_rows(text, 3),
    writes=lambda own: None if own is None else datasets.format_rows(own),
    taken=f"up to {MAX_POINTS} rows: `1_2_0~3_1.5_1`",
    examples=(
        SMALL,
        ((0.0, 1.0, 0.0), (1.0, 0.0, 1.0)),
        ((-1e100, 1e-9, 0.0), (1e100, -1e-9, 1.0), (None, 1.0, 0.0)),
    ),
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


def _as_table(own: Rows) -> pd.DataFrame:
    return pd.DataFrame(own, columns=list(NAMES), dtype=float)


def _linked(own: Rows) -> Table:
    names = X.get("") or NAMES[0], Y.get("") or NAMES[1]
    return _table(OWN_CSV, _as_table(own), NAMES, names)


def _uploaded(table: pd.DataFrame) -> Table:
    """Three chosen columns of the visitor's file: two features, and one of zeros and ones."""
    names = datasets.numeric_columns(table)
    if len(names) < 3:
        raise DatasetError(
            "This table has fewer than three columns of numbers. It needs two features and a column of zeros "
            "and ones."
        )
    counted = table.assign(__i=range(len(table)))
    binary = [name for name in names if set(datasets.xy(counted, "__i", name)[1]) <= {0, 1}]
    if not binary:
        raise DatasetError("No column of this table holds only zeros and ones. Code the two classes so.")
    label = LABEL.choose(binary)
    features = [name for name in names if name != label]
    left, right = st.columns(2)
    x, y = X.choose(features, left), Y.choose(features, right, first=1)
    return _table(OWN_CSV, table, (x, y, label), (x, y))


def _typed(table: pd.DataFrame) -> Table:
    # The link has what was typed, even where no classifier can be fitted to it.
    own = datasets.rows_of(*(datasets.numbers_of(table, name) for name in NAMES))
    ROWS.keep(own or ((None, None, None),))
    return _table(OWN_TABLE, table, NAMES, NAMES[:2])


def _table(slug: str, table: pd.DataFrame, columns: tuple[str, str, str], names: tuple[str, str]) -> Table:
    """The rows that have all three values; of those that have not the page says how many there are."""
    gaps = set().union(*datasets.missing(table, columns).values())
    whole = table.reset_index(drop=True).drop(index=[row - 1 for row in gaps]).head(MOST_ROWS)
    x, y = datasets.xy(whole, *columns[:2])
    labels = datasets.xy(whole, columns[0], columns[2])[1]
    if gaps:
        st.caption(f"{len(gaps)} of {len(table)} rows lack a value and are left out.")
    if len(table) - len(gaps) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} rows are used.")
    check(np.column_stack([x, y]), labels)
    few = len(table) <= MAX_POINTS
    own = datasets.rows_of(*(datasets.numbers_of(table, name) for name in columns)) if few else None
    return Table(slug, np.column_stack([x, y]), labels, names, own=own)


SOURCE = Source(
    data=DATA,
    rows=ROWS,
    first=SMALL,
    bundled=bundled,
    linked=_linked,
    uploaded=_uploaded,
    typed=_typed,
    as_table=_as_table,
    rows_of=lambda table: table.own,
    error=LogisticError,
    help="A table with a row of names, two columns of numbers and one of zeros and ones. It stays on this "
    "server only while this page is open. Up to 60 rows travel in the link.",
    alt="Editable table: one row a point, two features and a label 0 or 1",
    height=190,
    ask="Choose a file with a column of zeros and ones; until then you see {}.",
    wrong="No classifier can be fitted to this table yet.",
)
