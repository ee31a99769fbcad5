"""Two words as the labels 0 and 1: no and yes, fail and pass, unsold and sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calc.datasets.cells import MISSING, is_numeral
from calc.datasets.choosing import best_label, names_a_label
from calc.datasets.errors import DatasetError, shown
from calc.datasets.reading import Upload
from calc.datasets.typed import LONGEST_CELL, visible
from calc.numbers import written

MOST = 10
"""More different words than this are names, no labels."""
MOST_NAMED = 4
_WORDS_OF_NO = (
    "no n false f fail failed negative nein falsch non faux não nie ne нет ні hayır όχι 否 いいえ 아니오"
)
_NO = frozenset(_WORDS_OF_NO.split())
"""In lower case, words of class 0."""


def texts(cells: Sequence[object]) -> list[str | None]:
    """What can be seen of each cell, None where it is missing."""
    seen = {cell: _text(cell) for cell in dict.fromkeys(cells)}
    return [seen[cell] for cell in cells]


def _text(cell: object) -> str | None:
    text = "" if cell is None or cell is pd.NA or cell != cell else visible(str(cell))
    return None if text.lower() in MISSING else text


def words_of(cells: Sequence[object]) -> list[str]:
    """The different words of a column of labels, as they are written first; none with a number or too many among them.

    Capitals make no difference. Of two the first is that of class 0: the one that says no, or the other with something
    before it, as unsold; else the first of the alphabet.

    >>> words_of(["Yes", "no", "", "yes"]), words_of(["sold", "unsold"]), words_of(["0", "yes"])
    (['no', 'Yes'], ['unsold', 'sold'], [])
    """
    seen: dict[str, str] = {}
    for cell in map(_text, dict.fromkeys(cells)):
        if cell:
            seen.setdefault(cell.casefold(), cell)
        if len(seen) > MOST:
            return []
    words = list(seen)
    if any(map(is_numeral, words)):
        return []
    if len(words) == 2:
        words = sorted(words, key=lambda word: (word not in _NO and not _denies(word, words), word))
    return [seen[word] for word in words]


def _denies(word: str, words: Sequence[str]) -> bool:
    return any(word != other and word.endswith(other) for other in words)


def two_classes(cells: Sequence[object]) -> tuple[str, str] | None:
    """The words of the classes 0 and 1; None for a column that has not two words which a link can carry."""
    words = words_of(cells)
    return (words[0], words[1]) if len(words) == 2 and max(map(len, words)) <= LONGEST_CELL else None


def coded(cells: Sequence[object], classes: tuple[str, str]) -> list[float]:
    """Each cell as its class, nan where it is missing.

    >>> coded(["Yes", "no", ""], ("no", "Yes"))
    [1.0, 0.0, nan]
    """
    number = {word.casefold(): float(place) for place, word in enumerate(classes)}
    return [number.get((cell or "").casefold(), float("nan")) for cell in texts(cells)]


def not_two(name: str, words: Sequence[str]) -> str:
    """What is wrong with a column of labels that has one word, or more than two, and what to do."""
    named = ", ".join(map(shown, words[:MOST_NAMED])) + (" …" if len(words) > MOST_NAMED else "")
    if len(words) == 2:
        return f"The column {shown(name)} has the labels {named}: write them as 0 and 1, or as two words."
    if len(words) == 1:
        return f"The column {shown(name)} has one label only, {named}: add rows of another class."
    return (
        f"The column {shown(name)} has {len(words)} different labels: {named}. A classifier tells two classes "
        "apart: keep the rows of two of them, or give several the same word."
    )


@dataclass(frozen=True)
class Labels:
    """The columns of a file that can be its labels.

    Attributes:
        names: those of zeros and ones, or of two words.
        classes: the words of the classes 0 and 1, of those of words.
        why: of the other columns of words why they cannot be chosen, "" for those of two.
    """

    names: Sequence[str]
    classes: Mapping[str, tuple[str, str]]
    why: Mapping[str, str]


def labels_of(file: Upload) -> Labels:
    """The columns that can be labels; DatasetError, about the likeliest of the others, if there is none."""
    words = {name: words_of(cells) for name, cells in file.cells.items() if not file.has_numbers(name)}
    classes = {name: two for name in words if (two := two_classes(file.cells[name]))}
    values = {name: np.unique(file.columns[name].values) for name in file.names}
    values = {name: each[~np.isnan(each)] for name, each in values.items()}
    names = [name for name in file.cells if name in classes or {0, 1}.issuperset(values.get(name, [9]))]
    if names:
        why = {name: f"it has {len(each)} different labels, not two" for name, each in words.items() if each}
        best = best_label(names)
        return Labels(
            [best, *(name for name in names if name != best)], classes, why | dict.fromkeys(classes, "")
        )
    several = {name: each for name, each in words.items() if 0 < 2 * len(each) <= len(file.cells[name])}
    several |= {
        name: words.get(name) or list(map(written, values[name]))
        for name in filter(names_a_label, file.names)
    }
    several = {name: each for name, each in several.items() if 0 < len(each) <= MOST}
    if several:
        name = best_label(list(several))
        raise DatasetError(not_two(name, several[name]))
    raise DatasetError(
        "No column of this table has two classes. Write them as 0 and 1, or as two words such as no and yes."
        + file.example_of_text()
    )
