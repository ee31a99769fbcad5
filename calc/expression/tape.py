"""A function of arrays recorded as a list of operations, and played back without the code that made it.

A descent asks for the same slope a few hundred times, on a few numbers: there the tree's walk costs more than
its arithmetic. So the walk is made once, on `Recorded` stand-ins that note each NumPy call instead of making
it; what is noted twice is computed once, and what is not needed is left out.

Source: R. E. Wengert, "A simple automatic derivative evaluation program", Communications of the ACM 7(8),
1964, where such a list is called a tape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

Operation: TypeAlias = tuple[Callable[..., Any], tuple[int, ...], int]
"""A NumPy function, the places of what it is given, and the place of what it gives."""


class Recorded(NDArrayOperatorsMixin):
    """Stands for an array while a function is recorded."""

    def __init__(self, recorder: Recorder, place: int) -> None:
        self.recorder, self.place = recorder, place

    def __array_ufunc__(self, function: Any, method: str, *inputs: Any, **options: Any) -> Recorded:
        if method != "__call__":
            raise TypeError(f"only plain calls are recorded, not {function.__name__}.{method}")
        return self.__array_function__(function, (), inputs, options)

    def __array_function__(self, function: Any, types: Any, inputs: Any, options: Any) -> Recorded:
        if options:
            raise TypeError(f"recorded calls take no options: {function.__name__}({', '.join(options)})")
        return self.recorder.note(function, inputs)

    def _hidden(self, *_: Any) -> Any:
        raise TypeError("what is recorded holds only for all values, so it may not look at one")

    __bool__ = __array__ = __float__ = __len__ = __iter__ = _hidden

    ndim = 1
    """Unlike that of a constant, which is 0."""

    @property
    def dtype(self) -> Recorded:
        """Known only when the tape is played: `astype` takes this array for its type."""
        return self

    def astype(self, like: Recorded) -> Recorded:
        return self.recorder.note(_as, (self, like))


def _as(value: Any, like: Any) -> Any:
    return value.astype(like.dtype, copy=False)


class Recorder:
    """Everything noted so far. Places hold the arguments, then constants and results as they come."""

    def __init__(self, arguments: int) -> None:
        self.start: list[Any] = [None] * arguments
        self.operations: list[Operation] = []
        self._known: dict[Any, int] = {}

    def note(self, function: Callable[..., Any], inputs: Sequence[Any]) -> Recorded:
        """An operation, or the same one noted before."""
        places = tuple([self.place(value) for value in inputs])
        known = self._known.get((function, places))
        if known is None:
            known = self._known[function, places] = self._new(None)
            self.operations.append((function, places, known))
        return Recorded(self, known)

    def place(self, value: Any) -> int:
        """Where a value is; equal constants share a place."""
        if isinstance(value, Recorded):
            return value.place
        array = np.asarray(value)
        same = type(value), array.dtype, array.shape, array.tobytes()
        if same not in self._known:
            self._known[same] = self._new(value)
        return self._known[same]

    def _new(self, value: Any) -> int:
        self.start.append(value)
        return len(self.start) - 1


def record(function: Callable[..., tuple[Any, ...]], arguments: int) -> Callable[..., tuple[Any, ...]]:
    """Record a function of arrays of one shape, which gives a tuple of them.

    Args:
        function: it may only call NumPy on what it is given, and may not look at the values.
        arguments: how many arrays it takes.

    Returns:
        The same function, played from its tape.

    >>> square = record(lambda x: (x * x + 1.0,), 1)
    >>> square(np.array([1.0, 2.0]))
    (array([2., 5.]),)
    """
    recorder = Recorder(arguments)
    results = function(*(Recorded(recorder, place) for place in range(arguments)))
    wanted = [recorder.place(result) for result in results]
    operations, wanted = _packed(_needed(recorder.operations, set(wanted)), wanted)
    start = recorder.start
    steps = [(made_by, _taking(given), place) for made_by, given, place in operations]

    def play(*values: Any) -> tuple[Any, ...]:
        places = [*values, *start[arguments:]]
        for made_by, take, place in steps:
            places[place] = made_by(*take(places))
        return tuple([places[place] for place in wanted])

    return play


def _taking(given: tuple[int, ...]) -> Callable[[list[Any]], Sequence[Any]]:
    """What is at these places; `itemgetter` would give the only one of one place bare."""
    return itemgetter(*given) if len(given) > 1 else itemgetter(slice(given[0], given[0] + 1))


def _needed(operations: list[Operation], wanted: set[int]) -> list[Operation]:
    """The operations on which what is wanted depends."""
    kept = []
    for operation in reversed(operations):
        _, given, place = operation
        if place in wanted:
            wanted.update(given)
            kept.append(operation)
    return kept[::-1]


def _packed(operations: list[Operation], wanted: list[int]) -> tuple[list[Operation], list[int]]:
    """The same with a place used again once nothing else asks for what is in it: large arrays go at once."""
    last = {one: number for number, (_, given, _) in enumerate(operations) for one in given}
    last |= dict.fromkeys(wanted, len(operations))
    moved: dict[int, int] = {}
    free: list[int] = []
    packed = []
    for number, (made_by, given, place) in enumerate(operations):
        packed_given = tuple(moved.get(one, one) for one in given)
        free += [moved[one] for one in dict.fromkeys(given) if one in moved and last[one] == number]
        moved[place] = free.pop() if free else place
        packed.append((made_by, packed_given, moved[place]))
    return packed, [moved.get(place, place) for place in wanted]
