"""The product of an own table: its rows of a base and an exponent, typed or as the link carries them."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

import pandas as pd
import streamlit as st

from calc.likelihood import LikelihoodError, Product, from_rows
from pages.shared import table_source
from pages.shared.fields import Carried
from pages.shared.memory import kept

Rows = tuple[tuple[str, str], ...]

FIRST: Rows = (("p", "6"), ("1-p", "2"), ("2-p", "1/2"))
COLUMNS = ["base in p", "exponent"]
LONGEST = 6000
"""Characters of a table in a link: an address has to stay below the 8 KiB that web servers commonly take."""


@kept
def product(rows: Rows) -> Product:
    """The product of the rows; LikelihoodError says what is wrong with them."""
    length = len(write(rows))
    if length > LONGEST:
        raise LikelihoodError(
            f"This table has {length:,} characters; at most {LONGEST:,} are read. Write its bases shorter."
        )
    return from_rows(rows)


def read(text: str) -> Rows:
    """The rows of a link such as (p)^(6)~(1-p)^(1/2), or p^6~(1-p)^2; ValueError if they make no product."""
    rows = _without_empty(_row(part) for part in text.split("~"))
    product(rows)
    return rows


def write(rows: Rows) -> str:
    """The rows as a piece of a link."""
    return "~".join(f"({base})^({exponent})" for base, exponent in rows)


def _row(text: str) -> tuple[str, str]:
    depths = accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in text)
    place = next((place for place, depth in enumerate(depths) if depth == 0), -1)
    # Of (1-p)^2 the bracket is a part of the base.
    if text.startswith("(") and text.endswith(")") and text.startswith(")^(", place):
        return text[1:place], text[place + 3 : -1]
    base, _, exponent = text.rpartition("^")
    return base, exponent


def _without_empty(cells: Iterable[Sequence[str]]) -> Rows:
    stripped = ((base.strip(), exponent.strip()) for base, exponent in cells)
    return tuple(row for row in stripped if any(row))


ROWS: Carried[Rows | None] = Carried(
    "rows",
    "an own table of bases and exponents",
    reads=read,
    writes=lambda rows: write(rows) if rows else None,
    taken=f"up to {LONGEST:,} characters: `(p)^(6)~(1-p)^(1/2)`",
    examples=(FIRST, (("p", "10^6"), ("1-p", "10^6")), (("(1-p)^(2)", "-1/3"), ("e^p", "(1)^(2)"))),
)


def draw() -> Product:
    """Draw the editable table; LikelihoodError while it holds no product. The link has the last one that was."""
    frame = table_source.editor(
        ROWS, FIRST, lambda rows: pd.DataFrame(rows, columns=COLUMNS), height=180,
        column_config={name: st.column_config.TextColumn(max_chars=200) for name in COLUMNS},
        alt="Editable table of factors: a base in p and an exponent each",
    )  # fmt: skip
    cells = frame.astype(object).where(frame.notna(), "").astype(str).to_numpy().tolist()
    rows = _without_empty(cells)
    found = product(rows)
    ROWS.keep(rows)
    return found
