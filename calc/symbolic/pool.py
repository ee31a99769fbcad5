"""Two child processes that do the symbolic work and can be killed.

A child starts with the first question, and is replaced when it was killed. Messages are JSON, so that nothing
of a child is ever unpickled.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import threading
from typing import Any

from calc.child_process import ChildLost, ChildProcess, ChildTimeout
from calc.expression import Expression
from calc.symbolic.results import OPERATIONS, Operation, SymbolicResult, SymbolicTimeout, from_json

DEADLINE = 2.0
"""Seconds; most answers take less than 0.3, and a reader does not wait longer."""
QUEUE_TIMEOUT = 4.0
"""Seconds; both children may be at their deadline once or twice before."""
POOL_SIZE = 2
"""One more than a single reader needs: a slow question does not hold up the next one."""
PASSED_VARIABLES = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""The environment variables that a child needs: the rest is none of its business."""

STOPPED = "this was too much symbolic work: it was stopped after {seconds:g} s; the numbers go on without it"
BUSY = "the symbolic helpers are busy: try again in a moment; the numbers go on without them"
GONE = "the symbolic helper stopped in the middle of its work; the numbers go on without it"


def exchange(child: ChildProcess, request: dict[str, Any], deadline: float) -> dict[str, Any]:
    """The child's reply to a request. Raises SymbolicTimeout; the child is gone then."""
    try:
        if child.pid is None:
            child.start()
        reply: dict[str, Any] = json.loads(child.ask(json.dumps(request).encode(), deadline))
    except ChildTimeout:
        raise SymbolicTimeout(STOPPED.format(seconds=deadline)) from None
    except ChildLost:
        raise SymbolicTimeout(GONE) from None
    if reply.get("stopped"):
        child.stop()
    return reply


class Pool:
    """A few children behind a queue. Thread-safe."""

    def __init__(self, children: int = POOL_SIZE) -> None:
        environment = {key: os.environ[key] for key in PASSED_VARIABLES if key in os.environ}
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        self.children = [ChildProcess("calc.symbolic.child", environment) for _ in range(children)]
        # Last in, first out: one warm child serves a single reader.
        self.free: queue.LifoQueue[ChildProcess] = queue.LifoQueue()
        for child in reversed(self.children):
            self.free.put(child)

    def ask(self, request: dict[str, Any], variables: tuple[str, ...], deadline: float) -> SymbolicResult:
        """The answer of the first free child."""
        try:
            child = self.free.get(timeout=QUEUE_TIMEOUT)
        except queue.Empty:
            raise SymbolicTimeout(BUSY) from None
        try:
            return from_json(request["operation"], variables, exchange(child, request, deadline))
        finally:
            self.free.put(child)

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
) -> SymbolicResult:
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
    """Ends all helpers; the next question starts new ones."""
    global _pool
    with _pool_lock:
        old, _pool = _pool, Pool()
    old.close()
