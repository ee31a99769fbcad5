"""Processes that compute beside the server's: the threads of one Python process share one core.

A call goes to a worker as a pickle, and its answer comes back the same way. Without workers, or when none
comes free or answers, it is computed here: the answer is the same. What may take any time or memory is a bounded
call: the worker that takes too much ends, and with it the call.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
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
MAX_CPU = 2.0
"""Seconds of the processor for a bounded call; the slowest functions known take 0.8. Others' work does not count."""
BOUNDED_TIMEOUT = 6.0
"""Seconds for the answer to a bounded call, on a machine so busy that it gets a third of a core."""
BOUNDED_QUEUE_TIMEOUT = 10.0
"""Seconds to wait for a worker with a bounded call: it is not computed here, so that it holds up nobody else."""
MAX_MEMORY = 200 * 2**20
"""Bytes more than the worker has, for a bounded call; the functions known take 5 MB."""
MAX_FAILED_STARTS = 3
"""Starts that may fail in a row: one may be a passing shortage, three are not."""
WORKERS_VARIABLE = "DOWNHILL_WORKERS"
"""The environment variable that sets their number; 0 for none."""

log = logging.getLogger(__name__)


class Unanswered(Exception):
    """A bounded call took too much time or memory, or no worker came free for it."""


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
        question = pickle.dumps((function, args, kwargs, False), protocol=5)
        worker = self._acquire()
        if worker is None:
            return function(*args, **kwargs)
        try:
            reply = self._ask(worker, question, ANSWER_TIMEOUT)
        except ChildLost:
            # After a deadline too: whether the worker hangs or the work is long cannot be known here,
            # and what is asked without bounds comes to an end.
            return function(*args, **kwargs)
        result: T = _result(reply)
        return result

    def bounded(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The same within `MAX_CPU` and `MAX_MEMORY`; computed here only where there are no workers at all.

        Raises:
            Unanswered: it took more, or no worker came free.
        """
        question = pickle.dumps((function, args, kwargs, True), protocol=5)
        if not self._expected():
            return function(*args, **kwargs)
        worker = self._acquire_for_sure()
        if worker is None:
            raise Unanswered("no worker came free")
        try:
            result: T = _result(self._ask(worker, question, BOUNDED_TIMEOUT))
        except (ChildLost, MemoryError) as error:
            raise Unanswered("it took too much time or memory") from error
        return result

    def _ask(self, worker: ChildProcess, question: bytes, deadline: float) -> bytes:
        """The worker's reply; it is free then, or if it gave none another one starts in its place."""
        try:
            reply = worker.ask(question, deadline)
        except BaseException:
            self._release(worker, lost=True)
            threading.Thread(target=self._start, args=(worker,), daemon=True).start()
            raise
        self._release(worker)
        return reply

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
            return self._take()

    def _acquire_for_sure(self) -> ChildProcess | None:
        """A free worker, also one that is only starting; None if none comes in time, or can come."""
        with self._changed:
            self._changed.wait_for(lambda: self._free or not self._expected(), BOUNDED_QUEUE_TIMEOUT)
            return self._take() if self._free else None

    def _take(self) -> ChildProcess:
        worker = self._free.pop()
        self._busy[worker] = time.monotonic()
        return worker

    def _expected(self) -> bool:
        """Whether there are workers, or may be."""
        starting = self._failures < MAX_FAILED_STARTS and not all(child.closed for child in self._children)
        return bool(self._free or self._busy or starting)

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
                    self._changed.notify_all()
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


def run_bounded(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(*args, **kwargs)`, by the process's own workers and within bounds: see `WorkerPool.bounded`.

    Raises:
        Unanswered: it took more, or no worker came free.
    """
    return start().bounded(function, *args, **kwargs)


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


def _result(reply: bytes) -> Any:
    """What a worker answered; raises what it raised."""
    raised, answer = pickle.loads(reply)
    if raised:
        raise answer
    return answer


def _answer(question: bytes) -> bytes:
    """Whether the function raised, and what it raised or gave. Nothing that it does may end the worker, unless bounded."""
    try:
        function, args, kwargs, bounded = pickle.loads(question)
        with _bounds() if bounded else contextlib.nullcontext():
            answer = False, function(*args, **kwargs)
    except Exception as error:
        answer = True, error
    try:
        return pickle.dumps(answer, protocol=5)
    except Exception as error:
        return pickle.dumps((True, RuntimeError(f"the answer cannot be sent: {error}")))


@contextlib.contextmanager
def _bounds() -> Iterator[None]:
    """End this process if the block takes too long, where the system can, even in the middle of a call to C.

    Too much memory is a MemoryError, or ends the process where C asked for it.
    """
    if not hasattr(signal, "setitimer"):
        # The server kills it.
        yield
        return
    with _bounded_memory():
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, MAX_CPU)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


@contextlib.contextmanager
def _bounded_memory() -> Iterator[None]:
    """Allow `MAX_MEMORY` more than there is, where the system can say how much that is."""
    try:
        import resource

        with open("/proc/self/statm") as pages:
            held = int(pages.read().split()[0]) * resource.getpagesize()
        usual, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (held + MAX_MEMORY, most))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (usual, most))


if __name__ == "__main__":
    # The server has killed it a second before, if it can.
    serve(_answer, _prepare, int(ANSWER_TIMEOUT) + 1)
