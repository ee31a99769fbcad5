"""Processes that compute beside the server's: the threads of one Python process share one core.

A call goes to a worker as a pickle over a pipe of its own, and its answer comes back the same way. Without
workers, or when none comes free, it is computed here: the answer is the same. (`multiprocessing` from a
Streamlit page runs the page again in the child.)
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

from calc.backend import cores

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
MOST = 4
PATIENCE = 2.0
"""Seconds to wait for a worker; as long as a class would take to send as much work again."""
SWITCH = "DOWNHILL_WORKERS"
"""The environment variable that sets their number; 0 for none."""


class Lost(Exception):
    """The worker ended before it answered."""


class Worker:
    """One process. Not thread-safe: `Workers` hands each to one thread at a time."""

    def __init__(self) -> None:
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", SWITCH: "0"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "calc.workers"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, question: bytes) -> bytes:
        """The answer to a pickled call. Raises Lost."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            send(self.process.stdin, question)
            return receive(self.process.stdout)
        except (OSError, EOFError) as gone:
            self.stop()
            raise Lost from gone

    def stop(self) -> None:
        """End it, and wait for its end, so that no zombie stays."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


class Workers:
    """A number of workers, started in the background; calls before that are computed here."""

    def __init__(self, count: int) -> None:
        self._ready: set[Worker] = set()
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._all: set[Worker] = set()
        self._closed = False
        for _ in range(count):
            threading.Thread(target=self._start, daemon=True).start()

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args, **kwargs)`, computed by a worker if there is one.

        Args:
            function: one that a module of `calc` defines.
            args, kwargs: what can be pickled.
        """
        question = _call(function, *args, **kwargs)
        try:
            worker = self._free.get(timeout=PATIENCE if self.count else 0)
        except queue.Empty:
            return function(*args, **kwargs)
        try:
            reply = worker.ask(question)
        except Lost:
            self._ready.discard(worker)
            self._all.discard(worker)
            threading.Thread(target=self._start, daemon=True).start()
            return function(*args, **kwargs)
        self._free.put(worker)
        raised, answer = pickle.loads(reply)
        if raised:
            raise answer
        result: T = answer
        return result

    @property
    def count(self) -> int:
        """How many are ready, or at work."""
        return len(self._ready)

    def close(self) -> None:
        """End all of them."""
        self._closed = True
        for worker in list(self._all):
            worker.stop()

    def _start(self) -> None:
        if self._closed:
            return
        worker = Worker()
        self._all.add(worker)
        try:
            worker.ask(_call(len, ()))
        except Lost:
            self._all.discard(worker)
            return
        self._ready.add(worker)
        self._free.put(worker)


def _call(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> bytes:
    return pickle.dumps((function, args, kwargs), protocol=5)


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message after its length."""
    pipe.write(len(message).to_bytes(8, "little") + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read a whole message, so that nothing of it is left for the next one. Raises EOFError."""
    size = int.from_bytes(_exactly(pipe, 8), "little")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    read = pipe.read(size)
    if len(read) < size:
        raise EOFError
    return read


def wanted() -> int:
    """How many workers this machine should have: one for each core but the server's own."""
    text = os.environ.get(SWITCH, "")
    return int(text) if text.isdecimal() else min(MOST, max(1, cores() - 1))


_workers: Workers | None = None
_lock = threading.Lock()


def beside(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(*args, **kwargs)`, by the process's own workers: see `Workers`.

    >>> beside(sum, [1, 2, 3])
    6
    """
    return start()(function, *args, **kwargs)


def together(*calls: Callable[[], Any]) -> tuple[Any, ...]:
    """Several calls as one question to a worker: what each gives.

    >>> together(lambda: 6, lambda: "seven")
    (6, 'seven')
    """
    return tuple(call() for call in calls)


def start() -> Workers:
    """The workers of this process, started at the first call."""
    global _workers
    with _lock:
        if _workers is None:
            _workers = Workers(wanted())
            atexit.register(_workers.close)
    return _workers


def serve() -> None:
    """Answer calls until the parent is gone."""
    # What is imported may print; the pipe is for answers alone.
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr
    import calc.basins
    import calc.likelihood
    import calc.logistic
    import calc.minima  # noqa: F401

    while True:
        try:
            function, args, kwargs = pickle.loads(receive(questions))
            send(answers, _answer(function, args, kwargs))
        except (EOFError, OSError):
            return


def _answer(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    """Whether the function raised, and what it raised or gave. Nothing that it does may end the worker."""
    try:
        answer = False, function(*args, **kwargs)
    except Exception as error:
        answer = True, error
    try:
        return pickle.dumps(answer, protocol=5)
    except Exception as error:
        return pickle.dumps((True, RuntimeError(f"the answer cannot be sent: {error}")))


if __name__ == "__main__":
    serve()
