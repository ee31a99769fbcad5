"""The one exception of calc.datasets, and the ways its sentences show rows and cells."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN_CHARACTERS = 30
"""Enough to find a cell again, and short enough for a sentence."""
SHOWN_ROWS = 8
"""More row numbers than this would bury the advice that follows them."""


class DatasetError(ValueError):
    """Data that cannot be used; the text says to a person what is wrong and what to do."""


def shown(cell: object) -> str:
    """The cell in double quotes on one line, shortened to SHOWN_CHARACTERS."""
    text = "".join(c if c.isprintable() else " " for c in str(cell)[: 4 * SHOWN_CHARACTERS])
    text = " ".join(text.split())
    if len(text) > SHOWN_CHARACTERS:
        text = text[: SHOWN_CHARACTERS - 1] + "…"
    return f'"{text}"'


def listed(rows: Sequence[int]) -> str:
    """Row numbers in words: "row 4", "rows 4 and 17", "rows 1, 2, 3 and 40 more"."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > SHOWN_ROWS:
        head = ", ".join(map(str, rows[: SHOWN_ROWS - 1]))
        return f"rows {head} and {len(rows) - SHOWN_ROWS + 1:,} more"
    return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
