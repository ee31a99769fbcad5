"""The process that runs cells, as `python -m calc.cells.child`: JSON comes in, JSON goes out.

A message has a cell's code, the names that it draws, and whether the namespace begins anew. JAX has its own defaults
here, 32 bits and the CPU; `calc.backend` sets other ones for the server.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
import traceback
import warnings
from typing import Any

from calc.child_process import bound_memory, serve

ALARM = 90
"""Seconds; above every deadline of `running`, which kills this process first where its parent lives."""
BACKGROUND = "DOWNHILL_BACKGROUND"
"""The environment variable of a process that only gets the time that no other one wants, and one core."""
EXTRA_MEMORY = 3 * 2**30
"""Bytes of addresses beside what the imports take; JAX's threads reserve most of them without using them."""
LONGEST = 5000
"""Characters of one output."""
MOST = 5000
"""Numbers of an array."""
FILE = "<cell>"
_namespace: dict[str, Any] = {}


def _answer(message: bytes) -> bytes:
    asked = json.loads(message)
    if asked["anew"]:
        _namespace.clear()
        _namespace["__name__"] = "__main__"
    return json.dumps({**_run(str(asked["code"]), asked["draws"]), "versions": _versions()}).encode()


def _run(code: str, draws: list[str]) -> dict[str, Any]:
    printed, value, error = io.StringIO(), None, None
    said: dict[str, Any] = {"text": "", "type": "", "latex": "", "arrays": {}}
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(printed):
        warnings.simplefilter("default")
        try:
            value = _executed(code)
            if value is not None:
                # As in a notebook, where `_` is what the last cell gave.
                _namespace["_"] = value
                said |= {"text": _short(repr(value)), "type": _type(value), "latex": _latex(value)}
            said["arrays"] = {name: _numbers(_namespace[name]) for name in draws if name in _namespace}
        except Exception as wrong:
            error = _told(wrong, code.splitlines())
    texts = [f"{each.category.__name__}: {each.message}" for each in warned]
    return {
        **said,
        "printed": _short(printed.getvalue()),
        "warnings": [_short(text) for text in dict.fromkeys(texts)],
        "error": error,
    }


def _executed(code: str) -> Any:
    """What the last line gives, if it is an expression. The code is ours: see `calc.cells.fill`."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, FILE, "exec"), _namespace)  # noqa: S102
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), FILE, "eval"), _namespace)  # noqa: S307


def _told(wrong: Exception, lines: list[str]) -> dict[str, Any]:
    """An exception as it is, with the lines of the cell that led to it and nothing of what they called."""
    frames = [
        frame
        for frame in traceback.extract_tb(wrong.__traceback__)
        if frame.filename == FILE and frame.lineno
    ]
    own = [lines[frame.lineno - 1].strip() for frame in frames if frame.lineno and frame.lineno <= len(lines)]
    return {"kind": type(wrong).__name__, "message": _short(str(wrong)), "lines": [*dict.fromkeys(own)]}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text):,} characters)"


def _type(value: Any) -> str:
    module, name = type(value).__module__, type(value).__qualname__
    return name if module == "builtins" else f"{module}.{name}"


def _latex(value: Any) -> str:
    import sympy

    # A number looks the same in both.
    if not isinstance(value, sympy.Basic) or isinstance(value, sympy.Integer | sympy.Float):
        return ""
    text = str(sympy.latex(value))
    return text if len(text) <= LONGEST else ""


def _numbers(array: Any) -> list[float]:
    import numpy as np

    return [float(number) for number in np.asarray(array, dtype=float).ravel()[:MOST]]


def _versions() -> dict[str, str]:
    import jax
    import numpy
    import scipy
    import sympy

    modules = {"NumPy": numpy, "SciPy": scipy, "SymPy": sympy, "JAX": jax}
    return {name: str(module.__version__) for name, module in modules.items()}


def _prepare() -> None:
    """Import what cells use, before memory is bounded and the first visitor waits."""
    if os.environ.get(BACKGROUND):
        # Even at the lowest priority Linux lets it finish its few milliseconds before another one goes on; and on
        # all cores it would slow the class down by a half, through the memory that they share.
        if sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        elif hasattr(os, "nice"):
            os.nice(19)
    import jax
    import scipy.differentiate  # noqa: F401

    # The first array starts JAX's backend.
    jax.numpy.zeros(1).block_until_ready()
    _versions()
    bound_memory(EXTRA_MEMORY)


if __name__ == "__main__":
    serve(_answer, _prepare, ALARM)
