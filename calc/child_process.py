"""A child process that answers one message at a time, and that can be killed; and the loop it runs.

A plain subprocess, because `multiprocessing` from a Streamlit page runs the page again in the child, and signals do
not reach script threads. A message goes through a pipe after its length; what its bytes mean is up to
its pool. The child ends with its parent, however that ends, because its input closes.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parents[1]
"""The folder from which `calc` can be imported."""
START_DEADLINE = 30.0
"""Seconds; importing SymPy or NumPy takes one, or ten on a busy machine with a cold disk."""
WATCH_INTERVAL = 0.1
"""Seconds between two looks at the deadlines: little beside the shortest of them."""


class ChildLost(Exception):
    """The child ended, or could not be started, and there is no answer."""


class ChildTimeout(ChildLost):
    """The child had not answered at the deadline, and was killed."""


class ChildProcess:
    """A process that runs a module of ours, which calls `serve`. Thread-safe; it answers one thread at a time.

    Args:
        module: its name, such as "calc.workers".
        environment: all environment variables of the child but those that keep it to one thread.
    """

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        self._command = [sys.executable, "-m", module]
        self._environment = {**environment, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = threading.RLock()
        # Held for moments only, so that `close` can act while `_asking` is held.
        self._closing = threading.Lock()
        self.closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process, None if none runs."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def start(self) -> None:
        """Start the process, in the place of any other, and wait until it can answer.

        Raises:
            ChildLost: it could not be started, or is closed.
        """
        with self._asking:
            self.stop()
            try:
                with self._closing:
                    if self.closed:
                        raise ChildLost("closed")
                    self._process = subprocess.Popen(
                        self._command,
                        cwd=ROOT,
                        env=self._environment,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                    )
                self.ask(b"", START_DEADLINE)
            except (OSError, ChildLost) as error:
                raise ChildLost("not started") from error

    def ask(self, message: bytes, deadline: float) -> bytes:
        """The child's whole reply to a message, within a deadline in seconds; the empty one is `start`'s.

        Raises:
            ChildTimeout: there was none at the deadline. ChildLost: the child ended, or none was started.
            Whatever was left of it is gone then; `start` starts a new one.
        """
        with self._asking:
            process = self._process
            if process is None:
                raise ChildLost("not started")
            assert process.stdin is not None
            assert process.stdout is not None
            until = time.monotonic() + deadline
            try:
                with _killed_at(until, process):
                    _send(process.stdin, message)
                    reply = _receive(process.stdout)
            except BaseException as error:
                # Half a message may be in a pipe: the next question would get the answer to this one.
                self.stop()
                if not isinstance(error, OSError | EOFError):
                    raise
                raise (ChildTimeout if time.monotonic() >= until else ChildLost) from error
            if time.monotonic() >= until:
                # It may have been killed just after it replied.
                self.stop()
            return reply

    def stop(self) -> None:
        """Kill the process, if there is one, and wait for its end, so that neither zombie nor pipe stays."""
        with self._asking:
            process, self._process = self._process, None
            if process is not None:
                # Unwritten data no longer has a reader.
                with contextlib.suppress(OSError), process:
                    process.kill()

    def interrupt(self) -> None:
        """Kill the process while another thread waits for its answer, which gets `ChildLost`."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Stop the process for good, also while another thread waits for its answer."""
        with self._closing:
            self.closed = True
            process = self._process
        if process is not None:
            process.kill()
        self.stop()


_deadlines: dict[subprocess.Popen[bytes], float] = {}
_deadlines_lock = threading.Lock()
_watching = False


@contextlib.contextmanager
def _killed_at(until: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the process, and so end all waiting for its pipes, if the block still runs at that time."""
    global _watching
    with _deadlines_lock:
        # One thread for all: a timer for each call costs 15 ms where another thread computes.
        if not _watching:
            threading.Thread(target=_watch, daemon=True).start()
            _watching = True
        _deadlines[process] = until
    try:
        yield
    finally:
        with _deadlines_lock:
            del _deadlines[process]


def _watch() -> None:
    while True:
        time.sleep(WATCH_INTERVAL)
        with _deadlines_lock:
            for process, until in _deadlines.items():
                if time.monotonic() >= until:
                    process.kill()


def bound_memory(extra: int) -> None:
    """Let this process take so many bytes more than it holds, and write no file, where the system can."""
    try:
        import resource

        with open("/proc/self/statm") as pages:
            held = int(pages.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + extra, held + extra))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        # Not Linux: the deadline still holds.
        return


def serve(answer: Callable[[bytes], bytes], prepare: Callable[[], object], alarm: int) -> NoReturn:
    """The child's side: answer messages until the parent is gone.

    Args:
        answer: the reply to a message; it should not raise, because that ends the child.
        prepare: what to do before the first.
        alarm: whole seconds after which an answer ends the child, where the system can, even in the middle of
            a computation that blocks all other threads.
    """
    # Ctrl-C in the terminal reaches the child too; its end is for the server to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is imported may print; the pipe is for answers alone.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(messages,), daemon=True).start()
    try:
        prepare()
        while True:
            message = messages.get()
            _alarm(alarm)
            reply = answer(message) if message else b""
            _alarm(0)
            _send(answers, reply)
    finally:
        # A usual exit would wait for the thread that reads.
        os._exit(1)


def _listen(messages: queue.SimpleQueue[bytes]) -> None:
    """Read messages, and end the process with the last: its parent is gone, whatever it computes now."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            messages.put(_receive(sys.stdin.buffer))
    os._exit(0)


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(8, "little") + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """A whole message, so that nothing of it is left for the next one. Raises EOFError."""
    return _read_exactly(pipe, int.from_bytes(_read_exactly(pipe, 8), "little"))


def _read_exactly(pipe: IO[bytes], size: int) -> bytes:
    if len(read := pipe.read(size)) < size:
        raise EOFError
    return read
