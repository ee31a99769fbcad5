r"""The product of lots of tiny things is tiny: when each floating-point type says 0, and the sum of logs.

A running product is rounded after each factor. Below the least normal number it loses digit after digit
(subnormal numbers), and a product under half the least of them becomes 0. Where factors are near 1 the
rounding may also stop it from shrinking further: half a unit or more is rounded up, so 0.9 times the least number is
that number again.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.likelihood.arithmetic import TYPES
from calc.likelihood.product import Array, LikelihoodError
from calc.numbers import written

MAX_PROBABILITIES = 1_000_000
"""8 MB in float64, and about a second for all three types."""
SHOWN_STEPS = 600
"""About as many as a chart has pixels."""


@dataclass(frozen=True, eq=False)
class RunningProduct:
    """A running product in one type.

    Attributes:
        zero_at: how many factors make it exactly 0, from 1; None if it never is.
        subnormal_at: how many factors take it below the least normal number; None if none do.
        last: its value after all factors.
        product: its values after `Underflow.steps` factors.
        log_sum: the sum of logs in that type, each sum rounded to it, after as many.
    """

    zero_at: int | None
    subnormal_at: int | None
    last: float
    product: NDArray[np.floating]
    log_sum: NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Underflow:
    """n probabilities multiplied in three types, and their logs added.

    Attributes:
        n: how many there are.
        steps: the numbers of factors at which values are kept, evenly spread and 600 or so, (m,).
        types: a `RunningProduct` for float16, float32 and float64.
        log_sum: the sum of the logs after as many factors, right to the last digit or two, (m,).
        text: what happened, in a sentence.
    """

    n: int
    steps: NDArray[np.int64]
    types: dict[str, RunningProduct]
    log_sum: Array
    text: str

    @property
    def log10(self) -> Array:
        """log10 of the true product after as many factors, (m,)."""
        return self.log_sum / math.log(10)


def random_probabilities(n: int, low: float = 0.0, high: float = 1.0, seed: int = 0) -> Array:
    """n probabilities, evenly distributed between low and high; never exactly low, so never 0.

    Raises:
        LikelihoodError: for n outside 1 to 1,000,000, or limits that are no probabilities.

    >>> random_probabilities(3, 0.5, 0.5).tolist()
    [0.5, 0.5, 0.5]
    """
    if not 1 <= n <= MAX_PROBABILITIES:
        raise LikelihoodError(f"Between 1 and {MAX_PROBABILITIES:,} probabilities can be drawn, not {n:,}.")
    if not (0 <= low <= high <= 1 and high > 0):
        raise LikelihoodError("Probabilities lie between 0 and 1: give a least and a greatest one.")
    return np.asarray(high - (high - low) * np.random.default_rng(seed).random(n))


def underflow(probabilities: ArrayLike) -> Underflow:
    """Multiply probabilities one after the other in each type, and add their logs.

    Each is first rounded to the type, in which a tiny one may already be 0.

    Args:
        probabilities: (n,), each from 0 to 1, n up to 1,000,000.

    Raises:
        LikelihoodError: for none, too many, or a number that is no probability.

    >>> found = underflow(np.full(2000, 0.5))
    >>> [found.types[name].zero_at for name in ("float16", "float32", "float64")]
    [25, 150, 1075]
    """
    p = _checked(probabilities)
    steps = np.unique(np.linspace(1, p.size, min(p.size, SHOWN_STEPS)).round().astype(np.int64))
    types = {name: _run(p, dtype, steps) for name, dtype in TYPES.items()}
    return Underflow(p.size, steps, types, _exact_log_sum(p, steps), _text(p.size, types))


def _checked(probabilities: ArrayLike) -> Array:
    try:
        p = np.array(probabilities, dtype=float).ravel()
    except (TypeError, ValueError, OverflowError) as error:
        raise LikelihoodError("Every probability must be a number.") from error
    if not 1 <= p.size <= MAX_PROBABILITIES:
        raise LikelihoodError(
            f"Between 1 and {MAX_PROBABILITIES:,} probabilities can be multiplied, not {p.size:,}."
        )
    wrong = np.flatnonzero(~((p >= 0) & (p <= 1)))
    if wrong.size:
        raise LikelihoodError(
            f"Number {wrong[0] + 1} is no probability: {written(p[wrong[0]], 6)} is not from 0 to 1."
        )
    return p


def _run(p: Array, dtype: type[np.floating], steps: NDArray[np.int64]) -> RunningProduct:
    with np.errstate(all="ignore"):
        # accumulate multiplies one by one and rounds each result to the type, as a loop would.
        product = np.multiply.accumulate(p.astype(dtype))
        log_sum = np.add.accumulate(np.log(p).astype(dtype))
    return RunningProduct(
        zero_at=_first(product == 0),
        subnormal_at=_first(product < np.finfo(dtype).tiny),
        last=float(product[-1]),
        product=product[steps - 1],
        log_sum=log_sum[steps - 1],
    )


def _first(flags: NDArray[np.bool_]) -> int | None:
    at = int(flags.argmax())
    return at + 1 if flags[at] else None


def _exact_log_sum(p: Array, steps: NDArray[np.int64]) -> Array:
    """The running sum of logs at the steps: each stretch between two added up exactly, then those."""
    with np.errstate(divide="ignore"):
        logs = np.log(p)
    if not np.isfinite(logs).all():
        first = int(np.flatnonzero(np.isinf(logs))[0])
        rest = _exact_log_sum(np.where(p == 0, 1.0, p), steps)
        return np.where(steps > first, -np.inf, rest)
    ends = steps.tolist()
    parts = [math.fsum(logs[a:b]) for a, b in itertools.pairwise([0, *ends])]
    return np.array(list(itertools.accumulate(parts)))


def _text(n: int, types: dict[str, RunningProduct]) -> str:
    said = []
    for name, run in types.items():
        if run.zero_at is not None:
            said.append(f"{name} says exactly 0 from factor {run.zero_at:,} on")
        elif run.subnormal_at is not None:
            said.append(f"{name} is left with {written(run.last, 3)}, of which few digits are right or none")
        else:
            said.append(f"{name} still holds {written(run.last, 3)}")
    return f"After {n:,} factors: " + "; ".join(said) + "."
