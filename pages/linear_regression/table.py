"""The table of `linear-regression`: houses by two columns of numbers, and what the link carries of them."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import floor, log10
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from calc import datasets
from calc.datasets import Typed, Upload
from calc.datasets.links import MAX_POINTS
from calc.numbers import rounded
from calc.regression import RegressionError, Sums, summarise
from pages.shared import table_source
from pages.shared.fields import Carried, Choice, Column, Field
from pages.shared.memory import ByContent
from pages.shared.moving import moved_to
from pages.shared.table_source import OWN, OWN_CSV, OWN_TABLE, X_UNIT, Y_UNIT, Source
from pages.shared.visit import current_visit, visit_memory

NEAR_NINE = 7
"""Bedrooms of an own table from which a line may be drawn on to nine."""


@dataclass(frozen=True, eq=False)
class Points(ByContent):
    """What the page works with: two arrays (n,), their sums, their names and units, all rows if few."""

    slug: str
    x: np.ndarray
    y: np.ndarray
    sums: Sums
    x_title: str
    y_title: str
    x_unit: str = ""
    y_unit: str = ""
    rows: Typed | None = None

    @cached_property
    def content(self) -> Hashable:
        names = self.x_title, self.y_title, self.x_unit, self.y_unit
        return self.slug, names, self.x.tobytes(), self.y.tobytes()

    @property
    def prefix(self) -> str:
        """The sign of y's currency."""
        return datasets.prefix(self.y_unit)

    @property
    def axes(self) -> tuple[str, str]:
        """The names with their units."""
        return datasets.with_unit(self.x_title, self.x_unit), datasets.with_unit(self.y_title, self.y_unit)

    @property
    def middle(self) -> float:
        """Where to predict: at the course's nine bedrooms, or at the median, to a hundredth of the range."""
        # The course's own table is also what typing begins with.
        if self.x_title == "bedrooms" and (self.slug in datasets.BUNDLED or self.x.max() >= NEAR_NINE):
            return 9.0
        return round(float(np.median(self.x)), 2 - floor(log10(np.ptp(self.x))))


@lru_cache(maxsize=len(datasets.BUNDLED))
def bundled(slug: str) -> Points:
    """The bundled houses: bedrooms and price."""
    table = datasets.BUNDLED[slug]
    x, y = datasets.xy(datasets.bundled(slug), "bedrooms", "price")
    rows = datasets.rows_of(x, y) if len(x) <= MAX_POINTS else None
    return Points(slug, x, y, summarise(x, y), "bedrooms", "price", y_unit=table.currency, rows=rows)


DATA = Choice(
    "data", "the houses", "Houses", {slug: table.title for slug, table in datasets.BUNDLED.items()} | OWN
)
FIRST = datasets.rows_of(bundled("course").x, bundled("course").y)
POINTS: Carried[Typed | None] = Carried(
    "points",
    "an own table",
    reads=lambda text: datasets.parse_typed(text, 2),
    writes=lambda rows: None if rows is None else datasets.format_rows(rows),
    taken=f"up to {MAX_POINTS} rows: `1_150000~2_245000`",
    examples=(
        ((1.0, 10.0), (2.0, 20.0), (3.0, 60.0)),
        ((1.0, "two"), (2.0, 20.0), (3.0, 60.0)),
        ((1e-9, -1e100), (3e-9, 1e100), (2e-9, None)),
    ),
)
X = Column("x", "what is x in an own table; the column of an own file", "x", 200)
Y = Column("y", "what is y in an own table; the column of an own file", "y", 200)
FIELDS = (DATA, POINTS, *table_source.FIELDS, X, Y, X_UNIT, Y_UNIT)


def choose() -> tuple[Points, str, bool]:
    """Draw the control; give back the points, the x that was asked for, and whether others stand in for them.

    What is wrong with them is said there.
    """
    points = table_source.choose(SOURCE)
    slug = DATA.get(DATA.default)
    # They stay in the link until there is a table that can be used.
    asked = _names(slug)[0] if slug in OWN else points.x_title
    return points, asked, points.slug != slug


def _names(slug: str) -> tuple[str, str]:
    """The names of x and y in an own table."""
    x, y = X.get("", belongs_to=slug) or "bedrooms", Y.get("", belongs_to=slug) or "price"
    return (x, y) if x != y else ("x", "y")


def _units(slug: str) -> tuple[str, str]:
    """The units of x and y in an own table."""
    return X_UNIT.get("", belongs_to=slug), Y_UNIT.get("", belongs_to=slug)


def _as_table(rows: Typed) -> pd.DataFrame:
    """The rows under their names, which those of the file take along, with their units."""
    memory, names = visit_memory(), _names(OWN_TABLE)
    if rows is memory.get("rows of the file"):
        names, units = memory["names of the file"], memory["units of the file"]
        _units(OWN_TABLE)
        for field, unit in zip((X_UNIT, Y_UNIT), units, strict=True):
            field.keep(unit)
    return pd.DataFrame(rows, columns=list(names))


def _linked(rows: Typed) -> Points:
    names, units = _names(OWN_CSV), _units(OWN_CSV)
    visit_memory().update({"names of the file": names, "units of the file": units})
    return _points(OWN_CSV, datasets.as_frame(rows, names), names, units)


def _uploaded(file: Upload) -> Points:
    """The two chosen columns of the visitor's file."""
    names = file.names
    if len(names) < 2:
        raise datasets.DatasetError(
            "This table has fewer than two columns of numbers. Upload one with at least two, for example "
            f"bedrooms and price.{file.example_of_text()}"
        )
    best = [names.index(name) for name in file.best_pair]
    left, right = st.columns(2)
    x = X.choose(names, left, first=best[0], belongs_to=OWN_CSV)
    y = Y.choose(names, right, first=best[1], belongs_to=OWN_CSV)
    _units(OWN_CSV)
    units = X_UNIT.keep(file.columns[x].unit), Y_UNIT.keep(file.columns[y].unit)
    visit_memory().update({"names of the file": (x, y), "units of the file": units})
    return _points(OWN_CSV, table_source.decided(file, (x, y)), (x, y), units)


def _typed(table: pd.DataFrame) -> Points:
    _names(OWN_TABLE)
    names = X.keep(str(table.columns[0])), Y.keep(str(table.columns[1]))
    units = _units(OWN_TABLE)
    if names == ("bedrooms", "price") and units == ("", ""):
        units = "", "$"
    rows = table_source.typed_rows(table, names)
    # The link has what was typed, even where no line can be fitted to it.
    POINTS.keep(rows or ((None, None),))
    wrong = datasets.refused(rows, names)
    if wrong:
        st.text(wrong)
    points = _points(OWN_TABLE, datasets.as_frame(rows, names), names, units)
    return replace(points, rows=rows if len(rows) <= MAX_POINTS else None)


def _points(slug: str, table: pd.DataFrame, names: tuple[str, str], units: tuple[str, str]) -> Points:
    """The points of two columns, with the units of their cells, else of their names; missing cells are named."""
    x, y = names
    units = units[0] or datasets.unit_of_name(x), units[1] or datasets.unit_of_name(y)
    xs, ys = datasets.xy(table, x, y)
    missing = datasets.left_out(table, x, y).sentence
    if missing:
        st.text(missing)
    few = (
        datasets.rows_of(datasets.numbers_of(table, x), datasets.numbers_of(table, y))
        if len(table) <= MAX_POINTS
        else None
    )
    return Points(slug, xs, ys, summarise(xs, ys), x, y, *units, rows=few)


SEEN = 300
"""Places along an axis to which a house or a start is moved: between two of them the best line hardly changes."""


def move_house(points: Points) -> None:
    """A house was moved in the picture: its table becomes the visitor's own, with the house's new row."""
    moved = moved_to("move-houses")
    if moved is None or points.rows is None:
        return
    house, x, y = moved
    rows = list(points.rows)
    place = [at for at, row in enumerate(rows) if all(isinstance(cell, float) for cell in row)][house]
    # With as many digits as one sees.
    rows[place] = rounded(x, np.ptp(points.x) / SEEN), rounded(y, np.ptp(points.y) / SEEN)
    new: list[tuple[Field[Any], Any]] = [
        (DATA, OWN_TABLE), (POINTS, tuple(rows)), (X, points.x_title), (Y, points.y_title), (X_UNIT, points.x_unit),
        (Y_UNIT, points.y_unit),
    ]  # fmt: skip
    for field, value in new:
        field.put(value)
        # Whatever it was for another table.
        current_visit().belonged.pop(field.name, None)


SOURCE = Source(
    data=DATA,
    rows=POINTS,
    first=FIRST,
    bundled=bundled,
    linked=_linked,
    uploaded=_uploaded,
    typed=_typed,
    as_table=_as_table,
    rows_of=lambda points: points.rows,
    error=RegressionError,
    help="A table with a row of names and at least two columns of numbers. It stays on this server "
    "only while this page is open. Up to 60 rows travel in the link; of a longer one, send the file too.",
    alt="Editable table of houses: one row each, x and y",
    height=230,
    ask="Choose a file; until then you see {}.",
    wrong="This table cannot be fitted yet.",
)
