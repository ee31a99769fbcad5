"""What to try after a run that did not converge. Each piece of advice is taken here before it is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Protocol, TypeAlias

from calc.descent.method import Array
from calc.descent.status import Advice, Status
from calc.numbers import written

Ending: TypeAlias = tuple[Status, float]
"""How a run ended, and its last loss, which may be inf or nan."""
Again: TypeAlias = Callable[[Advice], Ending]
"""The run with the advice taken."""


class Ended(Protocol):
    """A run, as far as its end is told by it."""

    @property
    def status(self) -> Status: ...

    @property
    def loss(self) -> Array: ...


def ending(run: Ended) -> Ending:
    """How a run ended, and its last loss."""
    return run.status, float(run.loss[-1])


def smaller_rates(rate: float, limit: float | None = None, least: float = 1e-300) -> Iterator[Advice]:
    """Rates to try in place of one that is too large: of the limit, where there is one, then of the rate itself."""
    of_limit = [] if limit is None else [limit / 2, limit / 10, limit / 100]
    of_rate = [rate / 2, rate / 10, rate / 100, 1.0, 0.1, 0.01, 1e-3, 1e-5, 1e-8]
    for value in map(_short, of_limit + of_rate):
        if least <= value < rate:
            yield Advice("rate", value, f"Try a smaller rate: {written(value, 3)}.")


def larger_rates(rate: float, limit: float | None = None, most: float = 1e300) -> Iterator[Advice]:
    """Rates to try in place of one that is too small, below the limit where there is one."""
    of_limit = [] if limit is None else [limit / 10, limit / 2]
    of_rate = [2 * rate, 10 * rate, 100 * rate, 1e-3, 0.01, 0.1]
    for value in map(_short, of_limit + of_rate):
        if rate < value <= most and (limit is None or value < limit):
            yield Advice("rate", value, f"Try a larger rate: {written(value, 3)}.")


def more_steps(steps: int, most: int) -> Iterator[Advice]:
    """Numbers of steps to try in place of too few."""
    for value in sorted({min(most, factor * max(steps, 1)) for factor in (2, 10, 1000)}):
        if value > steps:
            yield Advice("steps", value, f"Take more steps: {value:,}.")


def _short(rate: float) -> float:
    """Two digits, so that the sentence says the very rate that was tried."""
    return float(f"{rate:.2g}")


def in_order(status: Status, smaller: Iterable[Advice], larger: Iterable[Advice]) -> Iterable[Advice]:
    """What to try after a run that ended so: less of what makes it jump, or more of what moves it."""
    if status.kind == "diverged":
        return smaller
    return chain(smaller, larger) if status.kind == "oscillating" else chain(larger, smaller)


def advised_rate_or_steps(
    ended: Ending,
    again: Callable[[float, int], Ending],
    *,
    rate: float,
    steps: int,
    most: int,
    limit: float | None = None,
    safe: float | None = None,
) -> Status:
    """`advised`, for a run that has a rate and a number of steps.

    Args:
        ended: how the run ended.
        again: how it would with another rate and another number of steps.
        most: as many steps as can be taken.
        limit: the rate above which it diverges, where there is one.
        safe: a rate that surely does not, where there is one.
    """

    def taken(advice: Advice) -> Ending:
        with_it = {"rate": rate, "steps": steps} | {advice.control: advice.value}
        return again(with_it["rate"], int(with_it["steps"]))

    status, last = ended
    more = (*more_steps(steps, most), *larger_rates(rate, limit))
    return advised(status, last, in_order(status, smaller_rates(rate, safe or limit), more), taken)


def advised(status: Status, last: float, candidates: Iterable[Advice], again: Again) -> Status:
    """The status with the first advice that helps, if any does: with it the run converges or its last loss is lower.

    Args:
        status: how the run ended; to one that converged, or of which all is said, nothing is added.
        last: its last loss, which may be inf or nan.
        candidates: what could be changed, the likeliest first.
        again: runs it with that change.
    """
    if status.kind == "converged" or status.final:
        return status
    for advice in candidates:
        then, loss = again(advice)
        lower = math.isfinite(loss) and not loss >= last
        if then.kind == "converged" or (then.kind != "diverged" and lower):
            return replace(status, text=f"{status.text} {advice.text}", advice=advice)
    return status
