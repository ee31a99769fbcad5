"""The calls are run in a process of their own, as JAX keeps its own settings there: `calc.backend` sets it to 64 bits.

The process ends with its answer: nobody needs its 300 MB twice.
"""

from __future__ import annotations

import os
import pickle
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

from calc.child_process import ChildLost, ChildProcess, serve
from calc.libraries.calls import CALLS, QUESTIONS, Call

DEADLINE = 120.0
"""Seconds; 3 of the processor, mostly the import of JAX and its first compilations."""


@dataclass(frozen=True)
class Answer:
    """What one call answered.

    Attributes:
        text: as Python writes it.
        value: the number at the point; nan where it is none.
    """

    call: Call
    text: str
    value: float

    @property
    def right(self) -> bool:
        """Whether it is the derivative, or no finite number where there is none."""
        truth = QUESTIONS[self.call.question].truth
        return not isfinite(self.value) if truth is None else self.value == truth


@dataclass(frozen=True)
class Answers:
    """What all calls answered, and the versions of the libraries."""

    answers: tuple[Answer, ...]
    versions: dict[str, str]


_lock = threading.Lock()
_asked: Future[Answers] | None = None


def asked() -> Future[Answers]:
    """The answers, computed once in this process, in the background from the first call on.

    The future's exception is `ChildLost` where the libraries could not be asked.

    >>> asked() is asked()
    True
    """
    global _asked
    with _lock:
        if _asked is None:
            _asked = Future()
            threading.Thread(target=_ask, args=(_asked,), daemon=True).start()
        return _asked


def _ask(future: Future[Answers]) -> None:
    # On a GPU the same calls would wait for it, for nothing.
    child = ChildProcess(
        "calc.libraries.asking", os.environ | {"JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "0"}
    )
    try:
        child.start()
        texts, versions = pickle.loads(child.ask(b"all", DEADLINE))
        rows = zip(CALLS, texts, strict=True)
        future.set_result(Answers(tuple(Answer(call, *found) for call, found in rows), versions))
    except Exception as error:
        future.set_exception(error if isinstance(error, ChildLost) else ChildLost(str(error)))
    finally:
        child.close()


def modules() -> dict[str, Any]:
    """What the calls need, by the names of their arguments."""
    import jax
    import numpy as np
    import scipy.differentiate
    import sympy
    from jax import numpy as jnp

    return {"jax": jax, "jnp": jnp, "np": np, "scipy": scipy, "sympy": sympy}


def _answer(_: bytes) -> bytes:
    known = modules()
    found = [_written(call.run(**{name: known[name] for name in _names(call)})) for call in CALLS]
    names = {"SymPy": "sympy", "NumPy": "np", "SciPy": "scipy", "JAX": "jax"}
    versions = {name: str(known[module].__version__) for name, module in names.items()}
    return pickle.dumps((found, versions))


def _names(call: Call) -> tuple[str, ...]:
    code = call.run.__code__
    return code.co_varnames[: code.co_argcount]


def _written(result: Any) -> tuple[str, float]:
    """An answer as text, and its number at the point."""
    if hasattr(result, "df"):
        return f"df = {result.df}, error = {result.error}, success = {result.success}", float(result.df)
    if isinstance(result, tuple):
        rule, value = result
        return f"{rule}, at 0: {value}", float(value)
    try:
        return str(result), float(result)
    except TypeError:
        return str(result), nan


if __name__ == "__main__":
    serve(_answer, lambda: None, int(DEADLINE) + 1)
