"""Numbers as people write them: 1,234.50  1.234,50  1 234,50  1'234.50  12,34,567  $5  5 €  (5)  −5  5%.

Which of comma and point is the decimal mark is decided for a whole column, then for the table:
a reading counts only if every cell of the column is a number under it. If both readings do ("1,234"
alone), the column follows the other columns of the table, if those agree; else the point is the
decimal mark, so that 1,234 is one thousand two hundred and thirty-four and 1.234 is a little over one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import nan

import numpy as np
from numpy.typing import NDArray

MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "?", ".", "..", "...", "…"}
    | {"-", "--", "---", "–", "—", "−", "#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!"}
)
"""Cells, in lower case, that mean 'no value'; a spreadsheet's error cells are among them."""
MAX_NUMERAL = 60
"""A longer cell is a number only if float() reads it."""
MARKS = ".,"

_CURRENCY = (
    r"(?:US|CA|AU|NZ|HK|C|A|S|R)?\$|[€£¥₹₽₩₺₪₫฿₴₦]"
    r"|kr\.?|Kč|zł|Fr\.?|Rs\.?|CHF|USD|EUR|GBP|CAD|AUD|NZD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|ZAR|BRL"
)
_NUMERAL = r"""
    (?P<open>\()?\ ?
    (?P<sign>[+-])?\ ?
    (?P<before>{currency})?\ ?
    (?P<sign2>[+-])?\ ?
    (?P<whole>[0-9]{{1,3}}(?:(?P<group>[{group}\ '])[0-9]{{3}})(?:(?P=group)[0-9]{{3}})*
             |[0-9]{{1,2}}(?:{group2}[0-9]{{2}})+{group2}[0-9]{{3}}
             |[0-9]*)
    (?:{mark}(?P<fraction>[0-9]*))?
    (?P<power>e[+-]?[0-9]+)?\ ?
    (?P<after>{currency}|%)?\ ?
    (?P<close>\))?
"""
_CLEAN = str.maketrans(
    {
        **dict.fromkeys("−‒–﹣－", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u2008\u2002\u2003\u2005\u2006\t\n\r", " "),
        **dict.fromkeys("’ʼ`´", "'"),
        # Marks of direction and of width zero, which spreadsheets and web pages leave around numbers.
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\ufeff", ""),
    }
)


def _pattern(mark: str) -> re.Pattern[str]:
    group = MARKS.replace(mark, "")
    source = _NUMERAL.format(
        currency=_CURRENCY, mark=re.escape(mark), group=re.escape(group), group2=re.escape(group)
    )
    return re.compile(source, re.VERBOSE | re.IGNORECASE)


_PATTERNS = {mark: _pattern(mark) for mark in MARKS}


@dataclass
class Reader:
    """Reads single cells with one decimal mark, and remembers the signs ($, €, %) it met."""

    mark: str
    units: set[str] = field(default_factory=set)

    def number(self, cell: str) -> float | None:
        """The value of a stripped cell: nan if it means 'missing', None if it is not a number.

        A percentage keeps the number written, 5 for 5%.
        """
        if (self.mark == "." or "." not in cell) and "_" not in cell:
            try:
                return float(cell)
            except ValueError:
                pass
        if cell.lower() in MISSING:
            return nan
        return self._written(cell)

    def _written(self, cell: str) -> float | None:
        if len(cell) > MAX_NUMERAL:
            return None
        found = _PATTERNS[self.mark].fullmatch(cell.translate(_CLEAN).strip())
        if not found:
            return None
        opened, sign, before, sign2, whole, _, fraction, power, after, closed = found.groups()
        signs = (sign or "") + (sign2 or "") + ("-" if opened else "")
        digits = re.sub("[^0-9]", "", whole) if not whole.isdigit() else whole
        if len(signs) > 1 or bool(opened) != bool(closed) or (before and after) or not (digits or fraction):
            return None
        if before or after:
            self.units.add((before or after).lower())
        return float(f"{signs}{digits or 0}.{fraction or 0}{power or ''}")


def read_column(cells: Sequence[str], mark: str) -> NDArray[np.float64] | None:
    """The cells as numbers (n,), missing ones nan; None if one is no number or two signs are mixed."""
    if mark == "." and not any("_" in cell for cell in cells):
        try:
            return np.array([float(cell) for cell in cells], dtype=np.float64)
        except ValueError:
            pass
    reader = Reader(mark)
    known: dict[str, float] = {}
    for cell in cells:
        if cell not in known:
            value = reader.number(cell)
            if value is None:
                return None
            known[cell] = value
    if len(reader.units) > 1:
        return None
    return np.array([known[cell] for cell in cells], dtype=np.float64)


def read_columns(columns: Iterable[Sequence[str]]) -> list[NDArray[np.float64] | None]:
    """Each column of stripped cells as numbers (n,), or None where it holds text; see the module's rule."""
    readings = [[read_column(cells, mark) for mark in MARKS] for cells in columns]
    decimal_commas = [point is None for point, comma in readings if (point is None) != (comma is None)]
    comma_rules = bool(decimal_commas) and all(decimal_commas)
    chosen = []
    for point, comma in readings:
        prefer_comma = comma is not None and (point is None or comma_rules)
        chosen.append(comma if prefer_comma else point)
    return chosen


def first_text(cells: Sequence[str]) -> int | None:
    """The position of the first cell that keeps a column from being numbers; None if two signs are mixed.

    Judged with the decimal mark that reads more of the cells.
    """
    unread = []
    for mark in MARKS:
        reader = Reader(mark)
        unread.append([i for i, cell in enumerate(cells) if reader.number(cell) is None])
    fewest = min(unread, key=len)
    return fewest[0] if fewest else None
