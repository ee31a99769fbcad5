"""Processes that compute beside the server's: the threads of one Python process share one core.

A call goes to a worker as a pickle, and its answer comes back the same way. Without workers, or when none
comes free or answers, it is computed here: the answer is the same.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import threading
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from calc.backend import cores
from calc.child_process import ChildLost, ChildProcess, serve

P = ParamSpec("P")
T = TypeVar("T")

MAX_WORKERS = 4
"""Each holds NumPy and `calc` in memory; a class's calls take milliseconds."""
QUEUE_TIMEOUT = 2.0
"""Seconds to wait for a worker; as long as a class would take to send as much work again."""
ANSWER_TIMEOUT = 10.0
"""Seconds for an answer. Most take less than 0.3, the slowest a few on a busy machine."""
MAX_FAILED_STARTS = 3
"""Starts that may fail in a row: one may be a passing shortage, three are not."""
WORKERS_VARIABLE = "DOWNHILL_WORKERS"
"""The environment variable that sets their number; 0 for none."""

log = logging.getLogger(__name__)


class WorkerPool:
    """A number of workers, started in the background; calls before that are computed here."""

    def __init__(self, count: int) -> None:
        environment = os.environ | {WORKERS_VARIABLE: "0"}
        self._children = [ChildProcess("calc.workers", environment) for _ in range(count)]
        self._changed = threading.Condition()
        # Those that are ready: the free ones, last in, first out, and since when the others have been at work.
        self._free: list[ChildProcess] = []
        self._busy: dict[ChildProcess, float] = {}
        self._failures = 0
        for child in self._children:
            threading.Thread(target=self._start, args=(child,), daemon=True).start()

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args, **kwargs)`, computed by a worker if there is one.

        Args:
            function: one that a module of `calc` defines.
            args, kwargs: what can be pickled.
        """
        question = pickle.dumps((function, args, kwargs), protocol=5)
        worker = self._acquire()
        if worker is None:
            return function(*args, **kwargs)
        try:
            reply = worker.ask(question, ANSWER_TIMEOUT)
        except BaseException as broken:
            self._release(worker, lost=True)
            threading.Thread(target=self._start, args=(worker,), daemon=True).start()
            if not isinstance(broken, ChildLost):
                raise
            # After a deadline too: whether the worker hangs or the work is long cannot be known here,
            # and what calc computes comes to an end.
            return function(*args, **kwargs)
        self._release(worker)
        raised, answer = pickle.loads(reply)
        if raised:
            raise answer
        result: T = answer
        return result

    @property
    def count(self) -> int:
        """How many are ready, or at work."""
        with self._changed:
            return len(self._free) + len(self._busy)

    def close(self) -> None:
        """End all of them."""
        for child in self._children:
            child.close()

    def _acquire(self) -> ChildProcess | None:
        """A free worker, or None. Those that have been at one call for long are not waited for."""
        with self._changed:
            now = time.monotonic()
            until = max(self._busy.values(), default=now - QUEUE_TIMEOUT) + QUEUE_TIMEOUT
            self._changed.wait_for(lambda: self._free or not self._busy, until - now)
            if not self._free:
                return None
            worker = self._free.pop()
            self._busy[worker] = time.monotonic()
            return worker

    def _release(self, worker: ChildProcess, *, lost: bool = False) -> None:
        """Take a worker off the busy ones: free for another call, or lost; either way wake those who wait."""
        with self._changed:
            self._busy.pop(worker, None)
            if not lost:
                self._free.append(worker)
            self._changed.notify_all()

    def _start(self, worker: ChildProcess) -> None:
        """Start a worker, or replace a lost one; give up after `MAX_FAILED_STARTS` failures in a row."""
        while self._failures < MAX_FAILED_STARTS:
            try:
                worker.start()
            except ChildLost:
                if worker.closed:
                    return
                with self._changed:
                    self._failures += 1
                    if self._failures == MAX_FAILED_STARTS:
                        log.warning(
                            "Workers could not be started %d times in a row: no more are.", MAX_FAILED_STARTS
                        )
            else:
                self._failures = 0
                self._release(worker)
                return


def worker_count() -> int:
    """How many workers this machine should have: one a core but the server's, unless `WORKERS_VARIABLE` says."""
    usual, text = min(MAX_WORKERS, max(1, cores() - 1)), os.environ.get(WORKERS_VARIABLE, "")
    if not text:
        return usual
    if not text.isdecimal() or len(text) > 9:
        log.warning("%s=%.20s is no number of workers: there will be %d.", WORKERS_VARIABLE, text, usual)
        return usual
    if int(text) > cores():
        log.warning(
            "%s=%s is more than there are cores: there will be %d workers.", WORKERS_VARIABLE, text, cores()
        )
    return min(int(text), cores())


_workers: WorkerPool | None = None
_lock = threading.Lock()


def run_in_worker(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(*args, **kwargs)`, by the process's own workers: see `WorkerPool`.

    >>> run_in_worker(sum, [1, 2, 3])
    6
    """
    return start()(function, *args, **kwargs)


def run_in_turn(*calls: Callable[[], Any]) -> tuple[Any, ...]:
    """Several calls as one question to a worker: what each gives.

    >>> run_in_turn(lambda: 6, lambda: "seven")
    (6, 'seven')
    """
    return tuple(call() for call in calls)


def start() -> WorkerPool:
    """The workers of this process, started at the first call."""
    global _workers
    with _lock:
        if _workers is None:
            _workers = WorkerPool(worker_count())
            atexit.register(_workers.close)
    return _workers


def _prepare() -> None:
    import calc.basins
    import calc.likelihood
    import calc.logistic
    import calc.minima  # noqa: F401


def _answer(question: bytes) -> bytes:
    """Whether the function raised, and what it raised or gave. Nothing that it does may end the worker."""
    try:
        function, args, kwargs = pickle.loads(question)
        answer = False, function(*args, **kwargs)
    except Exception as error:
        answer = True, error
    try:
        return pickle.dumps(answer, protocol=5)
    except Exception as error:
        return pickle.dumps((True, RuntimeError(f"the answer cannot be sent: {error}")))


if __name__ == "__main__":
    # The server has killed it a second before, if it can.
    serve(_answer, _prepare, int(ANSWER_TIMEOUT) + 1)
