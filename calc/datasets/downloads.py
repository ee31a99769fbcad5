"""A table as a CSV file to download, which no spreadsheet program takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(columns: pd.DataFrame | Mapping[str, Sequence[object] | np.ndarray]) -> bytes:
    """The columns, all of one length, as a CSV file (RFC 4180): commas, decimal points, \\r\\n.

    UTF-8 with a byte-order mark: without it Excel shows "Kč" as "KÄ", and read_table, pandas and R skip it.
    Numbers are the shortest text that reads back to the same value, missing ones empty. Text (names too)
    that a spreadsheet would run as a formula gets an apostrophe in front; numbers, negative ones
    included, do not, nor does text that is only a number.

    >>> to_csv({"x": [1.0, float("nan")], "note": ["=1+1", "-5"]})
    b"\\xef\\xbb\\xbfx,note\\r\\n1,'=1+1\\r\\n,-5\\r\\n"

    Source: OWASP, "CSV Injection".
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_safe(str(name)) for name, _ in columns.items()])
    # As objects: pandas' own text columns refuse half a surrogate pair, which a browser can send.
    cells = [pd.Series(values, dtype=object).tolist() for _, values in columns.items()]
    writer.writerows([_cell(cell) for cell in row] for row in zip(*cells, strict=True))
    return file.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, float):
        return "" if value != value else repr(float(value)).removesuffix(".0")
    if isinstance(value, int):
        return str(value)
    return _safe(str(value))


def _safe(text: str) -> str:
    """The text with an apostrophe in front if it, or what follows its leading spaces, starts a formula."""
    if not text.startswith(_FORMULA_STARTS) and not text.lstrip().startswith(_FORMULA_STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
