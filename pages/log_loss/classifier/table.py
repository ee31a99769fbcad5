"""The data of the classifier: short sentences by the counts of two words, an own CSV, an own table."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from calc import datasets
from calc.datasets import DatasetError, Typed, Upload
from calc.datasets.errors import shown
from calc.datasets.links import MAX_POINTS
from calc.logistic import LogisticError, check
from pages.shared import table_source
from pages.shared.fields import Carried, Choice, Column
from pages.shared.memory import ByContent
from pages.shared.table_source import OWN, OWN_CSV, OWN_TABLE, X_UNIT, Y_UNIT, Source

MOST_ROWS = 5_000
NAMES = ("x1", "x2", "label")
"""The columns of a table that is typed: two features, and a label of 0 or 1."""
SMALL: Typed = (
    (1.0, 1.0, 0.0), (2.0, 1.5, 0.0), (2.5, 3.0, 1.0), (3.0, 1.0, 0.0),
    (3.5, 4.0, 1.0), (1.5, 3.0, 1.0), (3.0, 3.0, 0.0), (4.0, 2.0, 1.0),
)  # fmt: skip
"""What typing begins with."""


@dataclass(frozen=True, eq=False)
class Table(ByContent):
    """What the page works with: one or two features (n, d), labels (n,), the features' names.

    Attributes:
        slug: of the choice that it came from.
        sentences: what the app's own rows count words of.
        own: the rows of a visitor's table, if they are few, with those that lack a value.
    """

    slug: str
    x: np.ndarray
    y: np.ndarray
    names: tuple[str, ...]
    sentences: tuple[str, ...] = ()
    own: Typed | None = None

    @cached_property
    def content(self) -> Hashable:
        return self.slug, self.names, self.x.tobytes(), self.y.tobytes()

    @property
    def plane(self) -> np.ndarray:
        """The points in the plane, (n, 2): a single feature has its label for its height."""
        return self.x if self.x.shape[1] == 2 else np.column_stack([self.x, self.y])

    @property
    def labels(self) -> tuple[str, str]:
        """What label 1 and label 0 are called."""
        return ("praise", "complaint") if self.sentences else ("label 1", "label 0")

    @property
    def score(self) -> str:
        """The title of the axis of scores."""
        return "z = w₁x₁ + w₂x₂ + b" if len(self.names) == 2 else f"z = w · {self.names[0]} + b"

    @property
    def axes(self) -> tuple[str, str]:
        """The titles of the plane."""
        return self.names[0], self.names[1] if len(self.names) == 2 else "label"


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
ROWS: Carried[Typed | None] = Carried(
    "rows",
    "an own table: one or two features and a label",
    reads=lambda text: datasets.parse_typed(text, 3),
    writes=lambda own: None if own is None else datasets.format_rows(own),
    taken=f"up to {MAX_POINTS} rows: `1_2_0~3_1.5_1`, or `1__0~3__1` of one feature",
    examples=(
        SMALL,
        ((0.0, 1.0, 0.0), (1.0, 0.0, 1.0)),
        ((0.0, None, 0.0), (2.0, None, 1.0), (1.0, None, 1.0)),
        ((0.0, "two", 0.0), (2.0, 3.0, 1.0), (1.0, 2.0, 1.0)),
        ((-1e100, 1e-9, 0.0), (1e100, -1e-9, 1.0), (None, 1.0, 0.0)),
    ),
)
X = Column("x", "column of an own file: the first feature", "x", 200)
Y = Column("y", "column of an own file: the second feature, or `none`", "y", 200)
LABEL = Column("label", "column of an own file: the labels", "label of two values", 200)
ONE = "none"
FIELDS = (DATA, ROWS, *table_source.FIELDS, X, Y, X_UNIT, Y_UNIT, LABEL)


def choose() -> tuple[Table, bool]:
    """Draw the control; give back the data, and whether others stand in for those that were chosen.

    What is wrong with them is said there.
    """
    table = table_source.choose(SOURCE)
    chosen = DATA.get(DATA.default)
    if chosen == OWN_CSV:
        # They stay in the link until the file is there.
        for field in (X, Y, X_UNIT, Y_UNIT, LABEL):
            field.get("")
    return table, table.slug != chosen


def _as_table(own: Typed) -> pd.DataFrame:
    return pd.DataFrame(own, columns=list(NAMES))


def _linked(own: Typed) -> Table:
    names = X.get("") or NAMES[0], Y.get("") or NAMES[1]
    return _of_rows(OWN_CSV, own, _with_units(names, (X_UNIT.get(""), Y_UNIT.get(""))))


def _with_units(names: Iterable[str], units: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(datasets.with_unit, names, units))


def _uploaded(file: Upload) -> Table:
    """The chosen columns of the visitor's file: one feature or two, and one of zeros and ones or of two words."""
    labels = datasets.labels_of(file)
    label = LABEL.choose(labels.names, first=labels.names.index(datasets.best_label(labels.names)))
    features = [name for name in file.names if name != label]
    if not features:
        raise DatasetError(
            "This table has no column of numbers beside its labels. It needs a feature, or two."
            + file.example_of_text()
        )
    begin = [features.index(name) for name in datasets.best_features(file.numbers(), features)] + [
        len(features)
    ]
    left, right = st.columns(2)
    x = X.choose(features, left, first=begin[0])
    y = Y.choose([*features, ONE], right, first=begin[1])
    names = (x,) if y == ONE else (x, y)
    units = [file.columns[name].unit for name in names]
    for field, unit in zip((X_UNIT, Y_UNIT), (*units, ""), strict=False):
        field.keep(unit)
    two = labels.classes.get(label)
    table = table_source.decided(file, names if two else (*names, label), labels.why)
    if two:
        table[label] = datasets.coded(file.cells[label], two)
    return _table(OWN_CSV, table, (*names, label), _with_units(names, units), two)


def _typed(table: pd.DataFrame) -> Table:
    rows, labels = table_source.typed_rows(table, NAMES), table[NAMES[2]].tolist()
    words = datasets.words_of(labels)
    if datasets.two_classes(labels):
        # In a column of prices "sold" is no value.
        rows = tuple((*row[:2], text) for row, text in zip(rows, datasets.texts(labels), strict=True))
    # The link has what was typed, even where no classifier can be fitted to it.
    ROWS.keep(rows or ((None, None, None),))
    if words and not datasets.two_classes(labels):
        raise DatasetError(datasets.not_two(NAMES[2], words))
    return replace(_of_rows(OWN_TABLE, rows, NAMES[:2]), own=rows if len(rows) <= MAX_POINTS else None)


def _of_rows(slug: str, rows: Typed, names: tuple[str, ...]) -> Table:
    """The rows of a typed table or a link; a second feature that is empty in all of them is none."""
    labels = [row[2] for row in rows]
    two = datasets.two_classes(labels)
    if two:
        rows = tuple((*row[:2], label) for row, label in zip(rows, datasets.coded(labels, two), strict=True))
    wrong = datasets.refused(rows, NAMES, instead={NAMES[2]: "0 or 1"})
    if wrong:
        st.text(wrong)
    table = datasets.as_frame(rows, NAMES)
    one = all(row[1] is None for row in rows)
    return _table(slug, table, (NAMES[0], NAMES[2]) if one else NAMES, names[:1] if one else names, two)


def _table(
    slug: str,
    table: pd.DataFrame,
    columns: tuple[str, ...],
    names: tuple[str, ...],
    classes: tuple[str, str] | None,
) -> Table:
    """The rows that have all values; of those that have not the page says how many there are.

    Args:
        classes: the words of the labels 0 and 1, where they are words.
    """
    *features, label = columns
    gaps = set().union(*datasets.missing(table, columns).values())
    whole = table.reset_index(drop=True).drop(index=[row - 1 for row in gaps]).head(MOST_ROWS)
    x = np.column_stack([datasets.xy(whole, label, name)[1] for name in features])
    labels = datasets.xy(whole, features[0], label)[1]
    if classes:
        # A visitor's text is never put into Markdown.
        st.text(f"Label 1 is {shown(classes[1])}, label 0 is {shown(classes[0])}.")
    if gaps:
        st.caption(f"{len(gaps)} of {len(table)} rows lack a value and are left out.")
    if len(table) - len(gaps) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} rows are used.")
    check(x, labels)
    own = None
    if len(table) <= MAX_POINTS:
        cells = [datasets.numbers_of(table, name) for name in columns]
        if len(features) == 1:
            cells.insert(1, np.full(len(table), np.nan))
        own = _worded(datasets.rows_of(*cells), classes)
    return Table(slug, x, labels, names, own=own)


def _worded(rows: Typed, classes: tuple[str, str] | None) -> Typed:
    """The rows with the words of their labels, by which a link says what they are."""
    if classes is None:
        return rows
    return tuple((*row[:2], None if row[2] is None else classes[int(row[2])]) for row in rows)


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
    help="A table with a row of names, one or two columns of numbers and one of two labels. It stays on this "
    "server only while this page is open. Up to 60 rows travel in the link.",
    alt="Editable table: one row a point, two features, or one with the second left empty, and a label of two",
    height=190,
    ask="Choose a file with a column of labels, 0 and 1 or two words; until then you see {}.",
    wrong="No classifier can be fitted to this table yet.",
)
