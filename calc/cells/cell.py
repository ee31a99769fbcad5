"""A cell as data, and how a visitor's values get into its code: only as text that is written here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TypeAlias

from calc.expression import Expression
from calc.expression.source import PREFIXES

SLOT = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
"""{point}, or {function:np}; in an f-string of a cell {x} is {x!s}."""


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook.

    Attributes:
        name: letters and underscores; unique among the cells of a lesson.
        words: the passage above it, in Markdown.
        code: Python with slots; each stands where a whole value stands: as an argument, after `=` or `return`.
            It imports what it needs and leaves no setting of a library changed.
        needs: the names of the cells that run before it; of these too, those that they need.
        raises: the name of the exception that it ends with, "" for none.
        means: what that says, in Markdown.
        instead: the way round it, in Markdown.
        notes: what the course's notes print where today's libraries answer otherwise.
        draws: names of arrays with their labels, for a chart: the first is the horizontal axis.
        fails: the names of other exceptions that a reader's own function may bring, with what they mean.
    """

    name: str
    words: str
    code: str
    needs: tuple[str, ...] = ()
    raises: str = ""
    means: str = ""
    instead: str = ""
    notes: str = ""
    draws: tuple[tuple[str, str], ...] = ()
    fails: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Choice:
    """One of several texts, each of which the lesson has written."""

    text: str
    of: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.text not in self.of:
            raise ValueError(f"{self.text!r} is none of {self.of}")


Value: TypeAlias = int | float | Sequence[int | float] | Choice | Expression
Values: TypeAlias = Mapping[str, Value]


def fill(code: str, values: Values) -> str:
    """The code with the values in its slots.

    Raises:
        ValueError: a slot has no value, a number is not finite, a function has no prefix.
        TypeError: a value is of another kind, a text for example.

    >>> fill("f({points})", {"points": (1, 2.5)})
    'f([1, 2.5])'
    """

    def written(slot: re.Match[str]) -> str:
        name, prefix = slot.groups()
        if name not in values:
            raise ValueError(f"the slot {name} has no value")
        return _written(values[name], prefix)

    return SLOT.sub(written, code)


def _written(value: Value, prefix: str | None) -> str:
    if isinstance(value, Expression):
        for known in PREFIXES:
            if prefix == known:
                return value.source(known)
        raise ValueError(f"a function has a prefix of {PREFIXES}, not {prefix}")
    if prefix is not None:
        raise ValueError("only a function has a prefix")
    if isinstance(value, Choice):
        return value.text
    if isinstance(value, bool | str | bytes):
        raise TypeError("a text is no value of a slot: use a Choice")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, tuple | list) and all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in value
    ):
        return f"[{', '.join(map(_number, value))}]"
    raise TypeError(f"{type(value).__name__} is no value of a slot")


def _number(value: int | float) -> str:
    # A subclass may write itself as it likes.
    if isinstance(value, int):
        return int.__repr__(value)
    if not isfinite(value):
        raise ValueError("a slot takes finite numbers alone")
    return float.__repr__(value)


def filled(cells: Iterable[Cell], values: Values) -> tuple[Cell, ...]:
    """The cells with the values in their slots: what runs."""
    return tuple(replace(cell, code=fill(cell.code, values)) for cell in cells)


def needed(cells: Sequence[Cell], names: Collection[str]) -> tuple[Cell, ...]:
    """The cells of these names with all that they need, in the order of the whole list.

    Raises:
        ValueError: there is none of such a name, or it needs one that comes after it.
    """
    known = {cell.name: place for place, cell in enumerate(cells)}
    wanted, left = set(), list(names)
    while left:
        name = left.pop()
        if name not in known:
            raise ValueError(f"there is no cell {name}")
        for before in cells[known[name]].needs:
            if known.get(before, len(cells)) >= known[name]:
                raise ValueError(f"the cell {before}, which {name} needs, does not come before it")
            left.append(before)
        wanted.add(name)
    return tuple(cell for cell in cells if cell.name in wanted)
