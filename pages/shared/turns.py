"""Scripts take turns, as they share one core: one after the other most are done sooner than all at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Semaphore
from typing import ParamSpec, TypeVar

from calc import workers

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 2.0
"""Seconds after which a run goes on without its turn: others that hang must not hold up everyone."""
_turns = Semaphore(1)
_mine: ContextVar[bool] = ContextVar("whether the run in this thread has its turn", default=False)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn, and end it."""
    _mine.set(_turns.acquire(timeout=PATIENCE))
    try:
        yield
    finally:
        _give_away()


@contextmanager
def aside() -> Iterator[None]:
    """Let others go on while this run waits for something that is not done in its thread, or takes long."""
    had = _give_away()
    try:
        yield
    finally:
        _mine.set(had and _turns.acquire(timeout=PATIENCE))


def _give_away() -> bool:
    """End a turn; whether there was one."""
    had = _mine.get()
    if had:
        _mine.set(False)
        _turns.release()
    return had


def run_in_worker(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`calc.workers.run_in_worker`, beside which other scripts run."""
    with aside():
        return workers.run_in_worker(function, *args, **kwargs)


def run_bounded(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`calc.workers.run_bounded`, beside which other scripts run. Raises `calc.workers.Unanswered`."""
    with aside():
        return workers.run_bounded(function, *args, **kwargs)
