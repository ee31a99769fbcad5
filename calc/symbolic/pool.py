"""Two child processes that do the symbolic work and can be killed.

`multiprocessing` from a Streamlit page runs the page again in the child, and signals do not reach script
threads; a plain subprocess that speaks JSON lines has neither trouble. A child starts with the first
question, dies with its parent (its input ends, and an alarm of its own ends whatever still runs), and is
replaced when it was killed.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from calc.expression import Expression
from calc.symbolic.answers import OPERATIONS, Answer, Operation, SymbolicError, SymbolicTimeout, from_json

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 2.0
START_DEADLINE = 30.0
LONGEST_WAIT = 4.0
CHILDREN = 2
REMEMBERED = 512
FAILURE_REMEMBERED_FOR = 60.0

STOPPED = "this was too much symbolic work: it was stopped after {seconds:g} s; the numbers go on without it"
BUSY = "the symbolic helpers are busy: try again in a moment; the numbers go on without them"
GONE = "the symbolic helper stopped in the middle of its work; the numbers go on without it"


class Child:
    """One child process. Not thread-safe: the pool hands each to one thread at a time."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        # `lock` guards against a start after the close; `working` is held while a question is asked.
        self.lock = threading.Lock()
        self.working = threading.Lock()
        self.closed = False

    def exchange(self, request: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Sends a request and returns the reply. Raises SymbolicTimeout; the child is gone then."""
        with self.working:
            if self.process is None or self.process.poll() is not None:
                self._start()
            return self._say(json.dumps(request), deadline)

    def _start(self) -> None:
        self.stop()
        kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
        environment = {key: os.environ[key] for key in kept if key in os.environ}
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        with self.lock:
            if self.closed:
                raise SymbolicTimeout(GONE)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "calc.symbolic.child"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="ascii",
            )
        if not self._say(json.dumps({"operation": "hello"}), START_DEADLINE).get("ready"):
            self.stop()
            raise SymbolicError("the symbolic helper could not be started; the numbers go on without it")

    def _say(self, line: str, deadline: float) -> dict[str, Any]:
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def expire() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(deadline, expire)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            reply = process.stdout.readline()
        except (OSError, ValueError):
            reply = ""
        finally:
            timer.cancel()
            # A timer that has begun to kill is waited for, lest it strikes in the next question.
            timer.join()
        if not reply.endswith("\n"):
            self.stop()
            raise SymbolicTimeout(STOPPED.format(seconds=deadline) if late.is_set() else GONE)
        answer: dict[str, Any] = json.loads(reply)
        if late.is_set() or answer.get("stopped"):
            self.stop()
        return answer

    def stop(self) -> None:
        """Kills the child, if there is one, and waits for its end, so that no zombie stays."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                # What was still to be written has no reader any more.
                pass
        process.wait()

    def close(self) -> None:
        """Ends the child for good, also while another thread waits for its reply."""
        with self.lock:
            self.closed = True
            process = self.process
        if process is not None:
            process.kill()
        with self.working:
            self.stop()


class Pool:
    """A few children behind a queue, and a memory of what they answered. Thread-safe."""

    def __init__(self, children: int = CHILDREN) -> None:
        self.children = [Child() for _ in range(children)]
        # Last in, first out: one warm child serves a single reader.
        self.free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in reversed(self.children):
            self.free.put(child)
        self.lock = threading.Lock()
        self.memory: OrderedDict[str, tuple[float, Answer | SymbolicError]] = OrderedDict()

    def ask(self, request: dict[str, Any], variables: tuple[str, ...], deadline: float) -> Answer:
        """The answer, remembered or new; failures are remembered for a minute, so that reruns do not wait."""
        key = json.dumps(request, sort_keys=True)
        known = self._recalled(key)
        if isinstance(known, SymbolicError):
            raise type(known)(str(known))
        if known is not None:
            return known
        try:
            child = self.free.get(timeout=LONGEST_WAIT)
        except queue.Empty:
            raise SymbolicTimeout(BUSY) from None
        try:
            answer = from_json(request["operation"], variables, child.exchange(request, deadline))
        except SymbolicError as error:
            self._remember(key, error)
            raise
        finally:
            self.free.put(child)
        self._remember(key, answer)
        return answer

    def _recalled(self, key: str) -> Answer | SymbolicError | None:
        with self.lock:
            when, known = self.memory.get(key, (0.0, None))
            stale = isinstance(known, SymbolicError) and time.monotonic() - when > FAILURE_REMEMBERED_FOR
            return None if stale else known

    def _remember(self, key: str, known: Answer | SymbolicError) -> None:
        with self.lock:
            self.memory[key] = (time.monotonic(), known)
            self.memory.move_to_end(key)
            while len(self.memory) > REMEMBERED:
                self.memory.popitem(last=False)

    def close(self) -> None:
        for child in self.children:
            child.close()


_pool = Pool()
_pool_lock = threading.Lock()
atexit.register(lambda: _pool.close())


def ask(
    operation: Operation,
    expression: Expression,
    *,
    low: float | None = None,
    high: float | None = None,
    variable: str | None = None,
    deadline: float = DEADLINE,
) -> Answer:
    """Asks a symbolic helper about an expression; safe from any thread.

    Args:
        operation: "derivative", "second-derivative", "simplify", "zeros", "stationary-points" or "limits"
            (at the two ends; None stands for the infinite ones).
        low, high: the interval for points and limits, finite and low <= high for points.
        variable: in which variable; the first one if not given.
        deadline: seconds, without the start of a helper.

    Raises:
        SymbolicTimeout: it took too long or too much memory; SymbolicError: SymPy has no answer.
        ValueError: an operation, interval or variable that there is not.
    """
    variable = expression.variables[0] if variable is None else variable
    if operation not in OPERATIONS or variable not in expression.variables:
        raise ValueError(f"there is no {operation!r} in {variable!r}")
    ends = [None if end is None or abs(end) == float("inf") else float(end).hex() for end in (low, high)]
    if operation in ("zeros", "stationary-points") and (
        None in ends or "nan" in ends or not _ordered(low, high)
    ):
        raise ValueError("points are sought between two finite numbers")
    request = {
        "operation": operation,
        "text": expression.text,
        "variables": list(expression.variables),
        "variable": variable,
        "low": ends[0],
        "high": ends[1],
    }
    return _pool.ask(request, expression.variables, deadline)


def _ordered(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low <= high


def close() -> None:
    """Ends all helpers and forgets their answers; the next question starts new ones."""
    global _pool
    with _pool_lock:
        old, _pool = _pool, Pool()
    old.close()
