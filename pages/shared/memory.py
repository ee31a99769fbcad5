"""Results that are kept from rerun to rerun, each as long as a session that asked for it keeps it.

What a visitor typed or uploaded goes with the visitor's session. Sessions that ask the same share one result: of a
class that opens a teacher's link those after the first do not compute it anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

P = ParamSpec("P")
T = TypeVar("T")

OWN = 8
"""Results of a function that a session keeps: one screen asks for up to six, and one goes to and fro."""


class ByContent:
    """A value that equals one of the same content, so that what is kept by it is found again."""

    @property
    def content(self) -> Hashable:
        """All that decides what is computed of it."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)


class Result(Generic[T]):
    """A result with what it was computed of; sessions hold it, the memory for all only refers to it."""

    def __init__(self, key: Hashable, value: T) -> None:
        self.key, self.value = key, value


class Memory(Generic[T]):
    """Results by what they were computed of."""

    def __init__(self, name: str, most: int = OWN) -> None:
        self.name, self.most = name, most
        self.lock = Lock()
        self.everyone_s: WeakValueDictionary[Hashable, Result[T]] = WeakValueDictionary()

    def recall(self, key: Hashable) -> Result[T] | None:
        """What this session or another one keeps; from now on this one does too."""
        result = self.everyone_s.get(key)
        return None if result is None else self._hold(key, result)

    def keep(self, key: Hashable, value: T) -> Result[T]:
        """Keep a result for this session, and give it to others that ask the same meanwhile."""
        result = Result(key, value)
        self.everyone_s[key] = result
        return self._hold(key, result)

    def bound(self, most: int, size: Callable[[T], int]) -> None:
        """Free the results that have been kept longest, whoever holds them, until together they are small enough."""
        with self.lock:
            alive = [
                result for reference in self.everyone_s.valuerefs() if (result := reference()) is not None
            ]
            total = sum(size(result.value) for result in alive)
            for result in alive:
                if total <= most:
                    return
                total -= size(result.value)
                self.everyone_s.pop(result.key, None)
                del result.value

    def _hold(self, key: Hashable, result: Result[T]) -> Result[T]:
        # Without a session, as in a test of one function, nobody holds it and it is gone at once.
        if get_script_run_ctx(suppress_warning=True) is not None:
            of_functions: dict[str, OrderedDict[Hashable, Any]] = st.session_state.setdefault("_kept", {})
            own = of_functions.setdefault(self.name, OrderedDict())
            own[key] = result
            own.move_to_end(key)
            while len(own) > self.most:
                own.popitem(last=False)
        return result


def kept(compute: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function gives for hashable arguments, in the sessions that asked.

    A screen may ask it for at most `OWN` results: of more the first would be computed anew at each rerun.
    """
    memory: Memory[T] = Memory(f"{compute.__module__}.{compute.__qualname__}")

    @wraps(compute)
    def remember(*args: P.args, **kwargs: P.kwargs) -> T:
        key = cast(Hashable, (args, tuple(sorted(kwargs.items()))))
        return (memory.recall(key) or memory.keep(key, compute(*args, **kwargs))).value

    return remember
