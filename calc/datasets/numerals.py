"""Columns of cells as numbers: which of comma and point is the decimal mark, and which cells are no numbers.

The decimal mark is decided for a whole column, then for the table: a reading counts only if every cell of the column is
a number under it. If both readings do ("1,234" alone), the column follows the other columns of the table, if those
agree. With none to follow, amounts of money have more likely no three decimals, a file whose cells are separated by
semicolons has a decimal comma, and every other one a point. Where that leaves two readings apart, `Reading.other` has
the second: the visitor is asked.

Two megabytes can hold a million cells, too many to match one by one: `cells` has how they are judged by their shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from calc.datasets.cells import (
    DECIMAL_MARKS,
    MISSING,
    NO_VALUE,
    UNTOLD,
    Recipe,
    clean,
    is_numeral,
    recipe_of,
    value,
    vanishes,
)
from calc.datasets.vocabulary import CURRENCIES

__all__ = ["MISSING", "Reading", "first_text", "is_numeral", "read_columns", "readings"]

Floats = NDArray[np.float64]

_LEAST_SHARE = 0.5
"""A column is one of numbers with a few other cells if at least this share of what is not missing are numbers."""
_END = re.compile(r"\D+$")
_POINT = re.compile(r"\d\.\d")
_MOST_PLAIN = 4
"""Beside millions 4,500 may be thousands, but 450,000 is itself."""
_FIRST = 200
"""So many cells tell a column of text, of which the others need not be read."""


@dataclass(frozen=True)
class Reading:
    """A column with one decimal mark.

    Attributes:
        values: (n,), nan for missing cells and for those that are no numbers.
        refused: the positions of those, and why: "is in €, where most cells are in $"; "" where the cell says it.
        unit: of its cells, by one of the names of `vocabulary`; "" for none.
        mark: the decimal mark.
        other: the same cells with the other mark, where nothing tells which is meant; None if they say the same.
        example, row: a cell that the two marks read differently, and its position; "" without `other`.
        money: whether the cells are amounts of money in full, which have no three decimals; 1.125 million may have.
    """

    values: Floats
    refused: Mapping[int, str] = field(default_factory=dict)
    unit: str = ""
    mark: str = "."
    other: Floats | None = None
    example: str = ""
    row: int = 0
    money: bool = False

    @property
    def second(self) -> Floats:
        """The cells with the other mark, where it reads them too."""
        return self.values if self.other is None else self.other

    @property
    def whole(self) -> bool:
        """Whether every cell is a number or missing."""
        return not self.refused


def read_columns(columns: Iterable[Sequence[str]], separator: str = "") -> list[Floats | None]:
    """Each column of stripped cells as numbers (n,), or None where it holds text; see the module's rule.

    Missing cells are nan. A column that mixes signs ($ and €, or % and $) counts as text.
    """
    return [reading.values if reading and reading.whole else None for reading in readings(columns, separator)]


def readings(columns: Iterable[Sequence[str]], separator: str = "") -> list[Reading | None]:
    """Each column of stripped cells as a Reading, or None where it holds text; some cells may be refused.

    Args:
        separator: of the file, which tells about its decimal mark.
    """
    columns = list(columns)
    both = [_both(cells) for cells in columns]
    told = [comma is not None for point, comma in both if (point is None) != (comma is None)]
    found = []
    for cells, (point, comma) in zip(columns, both, strict=True):
        if point is None or comma is None or point is comma:
            found.append(point or comma)
            continue
        differs = ~((point.values == comma.values) | (np.isnan(point.values) & np.isnan(comma.values)))
        apart = np.flatnonzero(differs).tolist()
        unclear, money = [cells[row] for row in apart], point.money
        likelier, other = (comma, point) if _comma(unclear, told, separator, money) else (point, comma)
        if unclear and not _settled(unclear, told, separator):
            likelier = replace(likelier, other=other.values, example=unclear[0], row=apart[0])
        found.append(likelier)
    return found


def _comma(cells: Sequence[str], told: list[bool], separator: str, money: bool) -> bool:
    """Whether the comma is the likelier decimal mark, by the cells that the two marks read differently."""
    if told:
        return all(told)
    return _with_points(cells) if money and cells else separator == ";"


def _settled(cells: Sequence[str], told: list[bool], separator: str) -> bool:
    """Whether the file says which of two readings is meant, so that nobody has to be asked.

    It does if all columns that tell agree, but for round numbers beside a decimal point: a table of prices as 250.000
    often has a latitude of 48.123456. With none that tells, a file that commas separate has none for decimals; but
    1.125 € is a thousand euros or a price of petrol.
    """
    points = _with_points(cells)
    if told and any(told) != all(told):
        return False
    if told and not points:
        return True
    if told:
        round_ones = sum(_END.sub("", cell).endswith("0") for cell in cells)
        return all(told) or 2 * round_ones < len(cells)
    return not points and separator == ","


def _with_points(cells: Sequence[str]) -> bool:
    return any(map(_POINT.search, cells))


def first_text(cells: Sequence[str]) -> int | None:
    """The position of the cell that keeps a column from being numbers; None if its signs are mixed.

    Of the two decimal marks, judged with the one that reads on further.
    """
    furthest = -1
    cleaned, shapes = clean(list(cells))
    for mark in DECIMAL_MARKS:
        recipes: dict[str, Recipe | None] = {}
        for position, (cell, shape) in enumerate(zip(cleaned, shapes, strict=True)):
            if shape not in recipes:
                recipes[shape] = recipe_of(shape, mark)
            if value(cell, recipes[shape], mark) is None:
                furthest = max(furthest, position)
                break
        else:
            reading = _read(cleaned, shapes, mark, cells, least_share=0)
            refused = reading.refused if reading else {}
            mixed = any(words.startswith("is in ") for words in refused.values())
            return None if mixed or not refused else min(refused)
    return furthest


def _both(cells: Sequence[str]) -> tuple[Reading | None, Reading | None]:
    """The column read with a decimal point and with a decimal comma; None where most cells do not fit, or more do fit
    the other mark; one and the same where no cell has a mark."""
    floats = _floats(cells)
    if floats is not None and not any("." in cell for cell in cells):
        reading = Reading(floats)
        return reading, reading
    cleaned, shapes = clean(list(cells))
    point = Reading(floats) if floats is not None else _read(cleaned, shapes, ".", cells)
    comma = _read(cleaned, shapes, ",", cells)
    if point is None or comma is None or point.refused.keys() == comma.refused.keys():
        return point, comma
    if len(point.refused) == len(comma.refused):
        return None, None
    return (point, None) if len(point.refused) < len(comma.refused) else (None, comma)


def _floats(cells: Sequence[str]) -> Floats | None:
    """The column if float() reads all of it, which is how most columns are."""
    # float() takes 1_000 for a number; in a table it is a label.
    if any("_" in cell for cell in cells):
        return None
    try:
        values = np.array([float(cell) for cell in cells], dtype=np.float64)
    except ValueError:
        return None
    return (
        None
        if any(vanishes(cells[position]) for position in np.flatnonzero(values == 0).tolist())
        else values
    )


def _read(
    cleaned: list[str], shapes: list[str], mark: str, cells: Sequence[str], least_share: float = _LEAST_SHARE
) -> Reading | None:
    """The column with this decimal mark; None if most of it is text, or of several units."""
    recipes: dict[str, Recipe | None] = {}
    values = np.full(len(cleaned), np.nan)
    refused: dict[int, str] = {}
    used: list[Recipe] = []
    for position, (cell, shape) in enumerate(zip(cleaned, shapes, strict=True)):
        if shape not in recipes:
            recipes[shape] = recipe_of(shape, mark)
        recipe = recipes[shape]
        number = value(cell, recipe, mark)
        used.append(recipe or NO_VALUE)
        if number is None:
            refused[position] = ""
        else:
            values[position] = number
        if position == _FIRST and len(refused) > len(used) * 3 // 4:
            return None
    unit = _one_unit(used, refused)
    if unit is None:
        return None
    _with_scale(used, values, refused)
    values[list(refused)] = np.nan
    count = int((~np.isnan(values)).sum())
    if count < least_share * (count + len(refused)) or (not count and (refused or UNTOLD in used)):
        return None
    money = unit.split(" ")[0] in CURRENCIES.values() and not any(each.scale for each in used)
    return Reading(values, refused, unit, mark, money=money)


def _one_unit(used: list[Recipe], refused: dict[int, str]) -> str | None:
    """The unit of the column; cells of another are refused. None if there are two and neither has most cells.

    A sign that stands at few numbers is that of all, as $ often is at the first alone; but 34 sq m among 900 plain
    numbers is of another unit.
    """
    places = [
        place
        for place, each in enumerate(used)
        if each is not NO_VALUE and each is not UNTOLD and place not in refused
    ]
    counts = Counter(used[place].unit for place in places)
    plain = counts.pop("", 0)
    if not counts:
        return ""
    (unit, most), *_ = counts.most_common(1)
    money = unit in CURRENCIES.values()
    alone = len(counts) == 1 and (money or most >= plain)
    if not alone and plain >= sum(counts.values()):
        unit = ""
    elif not alone and 2 * most <= sum(counts.values()):
        return None
    for place in places:
        other = used[place].unit
        if other and other != unit:
            refused[place] = (
                f"is in {other}, where {f'most cells are in {unit}' if unit else 'most cells have no unit'}"
            )
    return unit


def _with_scale(used: list[Recipe], values: Floats, refused: dict[int, str]) -> None:
    """Refuse a small plain number among thousands: beside 250k, 310 may mean 310k."""
    scales = [each.scale for place, each in enumerate(used) if each.scale and place not in refused]
    if not scales:
        return
    least = 10.0 ** min(*scales, _MOST_PLAIN)
    for place, each in enumerate(used):
        if not each.scale and 0 < abs(values[place]) < least and place not in refused:
            refused[place] = (
                f"is below {least:,.0f}, while other cells say how many thousands or millions they are"
            )
