"""From the text of a file to rows of cells, all of the same width.

Fields are counted here, with Python's strict csv module: a reader that guesses puts extra fields
somewhere without saying so, and one that sniffs the separator can take seconds on a hostile file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calc.datasets.cells import is_numeral
from calc.datasets.errors import DatasetError, shown

MAX_ROWS = 50_000
"""Most rows of data, not counting the line of column names."""
MAX_COLUMNS = 200
"""The list of columns can be searched; the widest public table of house prices, Ames, has 82."""
MAX_CELL = 1_000
"""Longest cell, in characters."""

SEPARATORS = "\t;|,"
"""In the order in which ties are decided: commas also stand inside numbers, the others hardly ever."""
_SPACE = " "
"""Spaces in any number; only where nothing else separates, since they also stand inside names and numbers."""
_NO_SEPARATOR = "\x1f"
_SAMPLE_RECORDS = 50
"""Rows enough that a few ragged ones do not decide the separator."""
_SAMPLE_CHARACTERS = 60_000
"""Fifty rows of 50 cells of 24 characters; bounds the work on a hostile file."""
_SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?[ \t]*(?:\r\n?|\n)', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_QUOTED = re.compile(r'(?:^|(?<=[\t;|,\r\n])) *(?:"[^"]*(?:"|\Z))+')
_SEPARATOR_NAMES = {
    "\t": "tabs",
    ";": "semicolons",
    "|": "bars",
    ",": "commas",
    " ": "spaces",
    _NO_SEPARATOR: "nothing",
}


@dataclass(frozen=True)
class Record:
    """One row of cells and the line of the file (from 1) on which it begins."""

    line: int
    cells: list[str]


def read_records(text: str) -> tuple[list[Record], str]:
    """All records of the file, the first one of names included, each with the same number of cells; its separator.

    Blank records before the first and after the last are dropped; one in between is a row of empty
    cells. Empty cells beyond the first record's width are dropped too, as are nameless columns at the
    right edge in which every cell is empty.
    Raises DatasetError for ragged rows, broken quotation marks and anything over the limits above.
    """
    # A file converted twice to Windows line ends has \r\r\n, which would be read as blank rows.
    text = text.replace("\r\r\n", "\r\n")
    first_line = 1
    declared = _SEP_LINE.match(text)
    if declared:
        separator, first_line, text = declared[1], 2, text[declared.end() :]
    else:
        separator = choose_separator(text)
    records = list(_bounded(text, separator, first_line))
    if not records:
        raise DatasetError("The file is empty. Upload a CSV file with column names and rows of numbers.")
    return _same_width(records, separator), separator


def choose_separator(text: str) -> str:
    """Tab, semicolon, bar, comma or space: the one that cuts most of the first records into equally many cells.

    Rule: of the first 50 records (at most 60,000 characters), the share that has the commonest number
    of cells, if that is 2 or more; a tie goes to the first in SEPARATORS. With no such separator spaces
    do, if they cut every record equally and the whole is no column of numbers such as 150 000; else the file has one
    column. Quoted text does not count, whatever the separator.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if len(sample) < len(text):
        # The cut may fall inside a record, which must not count as a short one.
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    lines = [line for line in _LINE_END.split(_QUOTED.sub("", sample)) if line.strip(" ")][:_SAMPLE_RECORDS]
    best, best_share = _NO_SEPARATOR, 0.0
    for separator in SEPARATORS:
        (cuts, count), *_ = Counter(line.count(separator) for line in lines).most_common(1) or [(0, 0)]
        share = count / len(lines) if cuts else 0.0
        if share > best_share:
            best, best_share = separator, share
    if best == _NO_SEPARATOR and _cut_by_spaces(lines):
        return _SPACE
    return best


def _cut_by_spaces(lines: Sequence[str]) -> bool:
    # A quoted name was taken out of its line, and counts as one cell.
    widths = {len(line.split()) for line in lines[1:]}
    numbers = [all(map(is_numeral, line.split())) for line in lines[1:]]
    return (
        len(widths) == 1
        and min(widths) > 1
        and sum(numbers) * 2 >= len(numbers)
        and not all(is_numeral(line.strip()) for line in lines[1:])
    )


def _bounded(text: str, separator: str, first_line: int) -> Iterator[Record]:
    """Records as the file has them, checked against the limits one by one."""
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
        )
    except (TypeError, ValueError):
        raise DatasetError(
            f'The first line says "sep={separator}", which cannot separate columns. '
            "Use a comma or a semicolon there."
        ) from None
    line, count = first_line, 0
    blank: list[int] = []
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _quoting(str(error), line) from None
        if cells is None:
            return
        if not any(cells) or not any(map(str.strip, cells)):
            # Any number of blank lines may end a file, but so many are too many in between.
            if count and len(blank) <= MAX_ROWS:
                blank.append(line)
        else:
            _check(cells, line)
            count += 1 + len(blank)
            if count > MAX_ROWS + 1:
                raise DatasetError(
                    f"The table has more than {MAX_ROWS:,} rows. "
                    f"Keep at most {MAX_ROWS:,} and upload it again."
                )
            yield from (Record(number, []) for number in blank)
            blank.clear()
            yield Record(line, cells)
        line = first_line + reader.line_num


def _quoting(error: str, line: int) -> DatasetError:
    if "field limit" in error:
        return _long_cell(line)
    return DatasetError(
        f'Line {line} of the file has a quotation mark (") that is not closed or not doubled. '
        "Correct the quotation marks there, or export the table as CSV again."
    )


def _long_cell(line: int) -> DatasetError:
    return DatasetError(
        f"Line {line} of the file has a cell of more than {MAX_CELL:,} characters. "
        'Shorten it; if it runs over several lines, look for a quotation mark (") that is not closed.'
    )


def _check(cells: list[str], line: int) -> None:
    if max(map(len, cells)) > MAX_CELL:
        raise _long_cell(line)
    if len(cells) > MAX_COLUMNS and len(_without_empty_end(cells)) > MAX_COLUMNS:
        raise DatasetError(
            f"Line {line} of the file has {len(cells):,} cells; at most {MAX_COLUMNS} columns can be read. "
            "Keep the columns you need and upload it again."
        )


def _without_empty_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _same_width(records: list[Record], separator: str) -> list[Record]:
    """The records, blank ones filled and empty cells at the right edge dropped."""
    width = len(records[0].cells)
    widths = Counter(len(record.cells) for record in records if record.cells)
    kept = 0
    level = []
    for record in records:
        cells = record.cells or [""] * width
        if len(cells) > width:
            cells = cells[:width] + _without_empty_end(cells[width:])
        if len(cells) != width:
            raise _ragged(records[0], record, widths, separator)
        if kept < width:
            kept = max(kept, len(_without_empty_end(cells)))
        level.append(Record(record.line, cells))
    return [Record(record.line, record.cells[:kept]) for record in level] if kept < width else level


def _ragged(first: Record, record: Record, widths: Counter[int], separator: str) -> DatasetError:
    usual, count = widths.most_common(1)[0]
    if usual != len(first.cells) and count > 1:
        return DatasetError(
            f"Line {first.line} of the file has {_cells(len(first.cells))}, but most lines have {usual}. "
            "The first line must hold one name for each column: delete a title above it, "
            f"or add the missing names{', or put numbers such as 1,5 in quotation marks' * (separator == ',')}. "
            f"Columns are separated by {_name(separator)}."
        )
    return DatasetError(
        f"Line {record.line} of the file has {_cells(len(record.cells))} where the first line has "
        f"{len(first.cells)}; it begins with {shown(record.cells[0])}. "
        f"Give each line the same number of cells{_remedy(record, first, separator)}."
    )


def _remedy(record: Record, first: Record, separator: str) -> str:
    if len(record.cells) < len(first.cells):
        return f"; where a value is missing, leave its cell empty but keep the {_name(separator)}"
    return ", and put numbers such as 1,234 in quotation marks" if separator == "," else ""


def _name(separator: str) -> str:
    return _SEPARATOR_NAMES.get(separator, shown(separator))


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
