"""The product of an own table: its rows of a base and an exponent, typed or as the link carries them."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from urllib.parse import quote, unquote

import pandas as pd
import streamlit as st

from calc.likelihood import LikelihoodError, Product, from_rows
from pages.shared import table_source
from pages.shared.fields import Carried
from pages.shared.last_good import shown_field
from pages.shared.memory import kept

Rows = tuple[tuple[str, str], ...]

FIRST: Rows = (("p", "6"), ("1-p", "2"), ("2-p", "1/2"))
COLUMNS = ["base in p", "exponent"]
EMPTY: Rows = (("", ""),)
CELL = 200
"""Characters of a cell."""
LONGEST = 6000
"""Characters of a table in a link: an address has to stay below the 8 KiB that web servers commonly take."""


@kept
def product(rows: Rows) -> Product:
    """The product of the rows; LikelihoodError says what is wrong with them."""
    length = len("~".join(map(_written, rows)))
    if length > LONGEST:
        raise LikelihoodError(
            f"This table has {length:,} characters; at most {LONGEST:,} are read. Write its bases shorter."
        )
    return from_rows(rows)


def read(text: str) -> Rows:
    """The rows of a link such as (p)^(6)~(1-p)^(1/2), or p^6~(1-p)^2, with what is wrong with them."""
    if len(text) > LONGEST or not text.strip("~").isprintable() or not text.strip("~"):
        raise ValueError("no rows")
    rows = _without_empty(_row(part) for part in text.split("~"))
    if any(len(cell) > CELL for row in rows for cell in row):
        raise ValueError("such rows nobody can have typed")
    return rows or EMPTY


def write(rows: Rows) -> str | None:
    """The rows as a piece of a link; None if they are too long."""
    text = "~".join(map(_written, rows))
    return text if len(text) <= LONGEST else None


def _written(row: tuple[str, str]) -> str:
    base, exponent = row
    text = f"({base})^({exponent})"
    if _row(text) == row and not set("~;") & set(text):
        return text
    # In a cell with a fault anything may stand.
    return ";".join(quote(cell).replace("~", "%7E") for cell in row)


def _row(text: str) -> tuple[str, str]:
    if ";" in text:
        base, _, exponent = map(unquote, text.partition(";"))
        return base, exponent
    depths = accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in text)
    place = next((place for place, depth in enumerate(depths) if depth == 0), -1)
    # Of (1-p)^2 the bracket is a part of the base.
    if text.startswith("(") and text.endswith(")") and text.startswith(")^(", place):
        return text[1:place], text[place + 3 : -1]
    base, sign, exponent = text.rpartition("^")
    if text and not sign:
        raise ValueError("no row of a base and an exponent")
    return base, exponent


def _without_empty(cells: Iterable[Sequence[str]]) -> Rows:
    stripped = ((base.strip(), exponent.strip()) for base, exponent in cells)
    return tuple(row for row in stripped if any(row))


ROWS: Carried[Rows | None] = Carried(
    "rows",
    "an own table of bases and exponents; with a mistake in it, the table shows both",
    reads=read,
    writes=lambda rows: write(rows) if rows else None,
    taken=f"up to {LONGEST:,} characters: `(p)^(6)~(1-p)^(1/2)`",
    examples=(
        FIRST,
        (("p", "10^6"), ("1-p", "10^6")),
        (("(1-p)^(2)", "-1/3"), ("e^p", "(1)^(2)")),
        (("p", "3"), ("(1-p;~", "")),
    ),
)
SHOWN: Carried[Rows | None] = shown_field(
    "shown-rows", "the table whose product is shown while the other has none", ROWS, product, (("p", "2"),)
)


def draw() -> Rows:
    """Draw the editable table and give back what was typed."""
    frame = table_source.editor(
        ROWS, FIRST, lambda rows: pd.DataFrame(rows, columns=COLUMNS), height=180,
        column_config={name: st.column_config.TextColumn(max_chars=CELL) for name in COLUMNS},
        alt="Editable table of factors: a base in p and an exponent each",
    )  # fmt: skip
    rows = _without_empty(frame.to_numpy(dtype=object, na_value="").tolist()) or EMPTY
    ROWS.keep(rows)
    return rows
