"""Numbers as people write them: 1,234.50  1.234,50  1 234,50  1'234.50  12,34,567  $5  5 €  (5)  −5  5%.

Which of comma and point is the decimal mark is decided for a whole column, then for the table:
a reading counts only if every cell of the column is a number under it. If both readings do ("1,234"
alone), the column follows the other columns of the table, if those agree; else the point is the
decimal mark, so that 1,234 is one thousand two hundred and thirty-four and 1.234 is a little over one.

Two megabytes can hold a million cells, too many to match one by one. So cells are matched by their
shape, in which every digit is a 0: a column has few shapes, and one that is no number ends the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "?", ".", "..", "...", "…"}
    | {"-", "--", "---", "–", "—", "−", "#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!"}
)
"""Cells, in lower case, that mean 'no value'; a spreadsheet's error cells are among them."""
MAX_NUMERAL = 100
"""A longer cell is a number only in a column that float() reads whole."""
DECIMAL_MARKS = ".,"

Floats = NDArray[np.float64]

_CURRENCY = (
    r"(?:US|CA|AU|NZ|HK|C|A|S|R)?\$|[€£¥₹₽₩₺₪₫฿₴₦]"
    r"|kr\.?|Kč|zł|Fr\.?|Rs\.?|CHF|USD|EUR|GBP|CAD|AUD|NZD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|ZAR|BRL"
)
_NUMERAL = r"""
    (?P<open>\()?\ ?
    (?P<sign>[+-])?\ ?
    (?P<before>{currency})?\ ?
    (?P<sign2>[+-])?\ ?
    (?P<value>
        (?: 0{{1,3}} (?P<group>[{group}\ ']) 000 (?: (?P=group) 000 )*
          | 0{{1,2}} (?: {group} 00 )+ {group} 000
          | 0+ | (?={mark}0) )
        (?: {mark} 0* )?
        (?: e[+-]?0+ )?
      | inf(?:inity)? )\ ?
    (?P<after>{currency}|%)?\ ?
    (?P<close>\))?
"""
_PATTERNS = {
    mark: re.compile(
        _NUMERAL.format(currency=_CURRENCY, mark=re.escape(mark), group=re.escape(group)),
        re.VERBOSE | re.IGNORECASE,
    )
    for mark, group in (".,", ",.")
}
_OTHER_DIGITS = {
    chr(ord(zero) + digit): str(digit) for zero in "٠۰०০０" for digit in range(10)
}  # Arabic, Persian, Hindi, Bengali, full width
_CLEAN = str.maketrans(
    {
        **_OTHER_DIGITS,
        **dict.fromkeys("−‒–﹣－", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u2008\u2002\u2003\u2005\u2006\t\n\r", " "),
        **dict.fromkeys("’ʼ`´", "'"),
        # Marks of direction and of width zero, which spreadsheets and web pages leave around numbers.
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\ufeff", ""),
    }
)
_SHAPE = str.maketrans("123456789", "000000000")
# Joins the cells of a column for one fast pass over all; read_records lets no such character through.
_JOINT = "\x1f"


@dataclass(frozen=True)
class _Recipe:
    """How a cell of one shape becomes a number: the part to read, the sign, what to drop, the unit."""

    start: int
    end: int
    sign: str = ""
    group: str = ""
    unit: str = ""


_NO_VALUE = _Recipe(0, 0)


def read_columns(columns: Iterable[Sequence[str]]) -> list[Floats | None]:
    """Each column of stripped cells as numbers (n,), or None where it holds text; see the module's rule.

    Missing cells are nan. A column that mixes signs ($ and €, or % and $) counts as text.
    """
    readings = [_readings(cells) for cells in columns]
    decisive = [comma is not None for point, comma in readings if (point is None) != (comma is None)]
    comma_rules = bool(decisive) and all(decisive)
    return [
        comma if comma is not None and (point is None or comma_rules) else point for point, comma in readings
    ]


def is_numeral(cell: str) -> bool:
    """Whether the stripped cell is a number with either decimal mark; a missing one is not."""
    (cleaned,), (shape,) = _cleaned_and_shapes([cell])
    values = [_value(cleaned, _recipe(shape, mark), mark) for mark in DECIMAL_MARKS]
    return any(value is not None and value == value for value in values)


def first_text(cells: Sequence[str]) -> int | None:
    """The position of the cell that keeps a column from being numbers; None if its signs are mixed.

    Of the two decimal marks, judged with the one that reads on further.
    """
    furthest = -1
    cleaned, shapes = _cleaned_and_shapes(cells)
    for mark in DECIMAL_MARKS:
        recipes: dict[str, _Recipe | None] = {}
        for position, (cell, shape) in enumerate(zip(cleaned, shapes, strict=True)):
            if shape not in recipes:
                recipes[shape] = _recipe(shape, mark)
            if _value(cell, recipes[shape], mark) is None:
                furthest = max(furthest, position)
                break
        else:
            return None
    return furthest


def _readings(cells: Sequence[str]) -> tuple[Floats | None, Floats | None]:
    """The column read with a decimal point and with a decimal comma, None where a cell does not fit."""
    point = _floats(cells)
    if point is not None and not any("." in cell for cell in cells):
        return point, point
    cleaned, shapes = _cleaned_and_shapes(cells)
    kinds = set(shapes)
    return (
        _read(cleaned, shapes, kinds, ".") if point is None else point,
        _read(cleaned, shapes, kinds, ","),
    )


def _floats(cells: Sequence[str]) -> Floats | None:
    """The column if float() reads all of it, which is how most columns are."""
    # float() takes 1_000 for a number; in a table it is a label.
    if any("_" in cell for cell in cells):
        return None
    try:
        return np.array([float(cell) for cell in cells], dtype=np.float64)
    except ValueError:
        return None


def _cleaned_and_shapes(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The cells with plain signs and spaces, and their shapes, which have the same lengths."""
    joined = _JOINT.join(cells)
    if joined.count(_JOINT) >= len(cells):
        joined = _JOINT.join(cell.replace(_JOINT, "?") for cell in cells)
    cleaned = [cell.strip() for cell in joined.translate(_CLEAN).split(_JOINT)]
    return cleaned, _JOINT.join(cleaned).translate(_SHAPE).split(_JOINT)


def _read(cleaned: list[str], shapes: list[str], kinds: set[str], mark: str) -> Floats | None:
    recipes: dict[str, _Recipe] = {}
    for shape in kinds:
        recipe = _recipe(shape, mark)
        if recipe is None:
            return None
        recipes[shape] = recipe
    if len({recipe.unit for recipe in recipes.values()} - {""}) > 1:
        return None
    values = [_value(cell, recipes[shape], mark) for cell, shape in zip(cleaned, shapes, strict=True)]
    return None if None in values else np.array(values, dtype=np.float64)


def _value(cell: str, recipe: _Recipe | None, mark: str) -> float | None:
    if recipe is None:
        return None
    if recipe is _NO_VALUE:
        return nan
    digits = cell[recipe.start : recipe.end]
    if recipe.group:
        # Nobody groups a number that begins with 0: 0,123 has a decimal comma.
        if digits[0] == "0":
            return None
        digits = digits.replace(recipe.group, "")
    if mark == ",":
        digits = digits.replace(",", ".")
    return float(recipe.sign + digits)


def _recipe(shape: str, mark: str) -> _Recipe | None:
    """None if a cell of that shape is no number. A percentage keeps the number written, 5 for 5%."""
    if shape.lower() in MISSING:
        return _NO_VALUE
    found = _PATTERNS[mark].fullmatch(shape) if len(shape) <= MAX_NUMERAL else None
    if not found:
        return None
    sign = (found["sign"] or "") + (found["sign2"] or "") + ("-" if found["open"] else "")
    unit = (found["before"] or "") + (found["after"] or "")
    if len(sign) > 1 or bool(found["open"]) != bool(found["close"]) or (found["before"] and found["after"]):
        return None
    group = found["group"] or (
        DECIMAL_MARKS.replace(mark, "") if DECIMAL_MARKS.replace(mark, "") in found["value"] else ""
    )
    return _Recipe(*found.span("value"), sign, group, unit.lower().rstrip("."))
