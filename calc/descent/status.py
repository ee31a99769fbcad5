"""How a run ended, in one word and in a sentence for a person.

The rules hold for any loss in any number of dimensions. They look at the iterates w_0 ... w_k, the
gradient and the loss at each, and are tried in this order:

diverged     a number of the run overflowed; or at the end the loss lies above 10 times where it
             started and still sets new highs in the last quarter of the steps; or the run is 1000
             times farther away than it started (or than 1), and falls as steeply as ever.
converged    the last gradient is at most a millionth of the longest one met where the loss was no
             higher than at the start, or no longer than rounding errors (exactly 0, or `floor`).
             An excursion far above the start does not count: after it anything would look small.
oscillating  in at least half of the last quarter of the steps the gradient turned against the one
             before (negative dot product): each step overshoots. For a noisy run (mini-batches)
             instead: the gradients of the last quarter cancel, their mean being under half as long as
             they are on average.
moving       anything else: on its way, and not there yet. The text distinguishes whether the slope gets
             smaller, so that a minimum may lie ahead, or the loss falls as steeply as ever: in each
             step of the last quarter, with the last gradient the longest of all.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from typing import Literal

import numpy as np

from calc.descent.method import Array
from calc.numbers import written

CONVERGED_BELOW = 1e-6
"""Of the longest gradient: on a quadratic loss the excess is then a 1e-12th, invisible in any chart."""
DIVERGED_ABOVE = 10.0
"""Times the start's excess: momentum and Adam may overshoot a few times over and still come back."""
FAR_AWAY = 1e3
"""Times the start's own size: far outside any window that shows the start."""
STEEPEST = 1 - 1e-9
"""The longest gradient, but for rounding errors: a straight slope's gradients differ in their last digits."""
NO_MINIMUM = "There may be no minimum in this direction"


@dataclass(frozen=True)
class Status:
    """How a run ended: `kind`, the `step` at which that began, and a `text` that says what to try."""

    kind: Literal["converged", "moving", "oscillating", "diverged"]
    step: int
    text: str


def classify(
    w: Array,
    gradient: Array,
    loss: Array,
    *,
    rate: float,
    limit: float | None = None,
    floor: float = 0.0,
    noisy: bool = False,
) -> Status:
    """Classify how a run ended, by the rules at the top of this file.

    Args:
        w: the iterates, (k+1, d).
        gradient: the gradient of the whole loss at each, (k+1, d).
        loss: the loss at each, (k+1,).
        rate: the learning rate of the run, for the advice.
        limit: the rate above which this method diverges here, where that is known.
        floor: the length under which a gradient is nothing but rounding errors.
        noisy: whether the steps followed something else than this gradient (mini-batches).

    Returns:
        The status. For "converged" and "diverged" its step is where that began; otherwise the last.
    """
    finite = np.isfinite(w).all(axis=1) & np.isfinite(gradient).all(axis=1) & np.isfinite(loss)
    if not finite.all():
        return _overflowed(int(np.argmin(finite)), loss, rate, limit)
    if (step := _divergence_step(loss)) is not None:
        advice = _smaller_rate(rate, limit)
        return Status(
            "diverged",
            step,
            f"Diverged: from step {step} on the loss stays above where it started, and it still grows. "
            f"Each step overshoots by more than the one before. {advice}",
        )
    if (step := _convergence_step(gradient, loss, floor)) is not None:
        return _converged(step)
    last = len(loss) - 1
    if noisy and _gradients_cancel(gradient):
        return Status(
            "oscillating",
            last,
            f"Wandering around the minimum after {_steps(last)}: each mini-batch points its own way, so "
            "the path does not come to rest. A smaller rate or a larger batch wanders less.",
        )
    if not noisy and _oscillates(gradient):
        return _oscillating(last, loss, rate, limit)
    if not noisy and falls_without_flattening(gradient, loss):
        return _still_falling(last, w)
    return _moving(last, gradient, limit)


def falls_without_flattening(gradient: Array, loss: Array) -> bool:
    """Whether the loss fell in each of the last steps and the last gradient is the longest of all."""
    length, steps = _norms(gradient), len(loss) - 1
    falling = np.diff(loss[-_last_quarter(steps) - 1 :]) < 0
    return bool(steps and falling.all() and length[-1] >= STEEPEST * length.max())


def _divergence_step(loss: Array) -> int | None:
    """The step after which the loss never came back to its start's, if the run diverged."""
    first, last, lowest = loss[0], loss[-1], loss.min()
    # Measured from the lowest loss seen, so that the rule also serves losses below zero.
    far = last - lowest > DIVERGED_ABOVE * max(first - lowest, abs(first))
    quarter = _last_quarter(len(loss) - 1)
    growing = far and loss[-quarter:].max() > loss[:-quarter].max()
    return int(np.flatnonzero(loss <= first)[-1]) + 1 if growing else None


def _convergence_step(gradient: Array, loss: Array, floor: float) -> int | None:
    """The step from which on the gradient stays negligible, if it does so at the end."""
    length = _norms(gradient)
    longest = length[loss <= loss[0]].max()
    large = np.flatnonzero(length > max(CONVERGED_BELOW * longest, floor))
    step = int(large[-1]) + 1 if large.size else 0
    return step if step < len(length) else None


def _oscillates(gradient: Array) -> bool:
    """Whether successive gradients oppose each other in half of the last quarter of the steps."""
    scaled = gradient / np.abs(gradient).max()
    opposed = (scaled[:-1] * scaled[1:]).sum(axis=1) < 0
    quarter = opposed[-_last_quarter(len(opposed)) :]
    return bool(quarter.size and quarter.mean() >= 0.5)


def _gradients_cancel(gradient: Array) -> bool:
    """Whether the gradients of the last quarter point every way, so that their mean is short."""
    quarter = gradient[-_last_quarter(len(gradient) - 1) :]
    typical = _norms(quarter).mean()
    return bool(len(quarter) > 1 and _norms(quarter.mean(axis=0, keepdims=True))[0] < typical / 2)


def _overflowed(step: int, loss: Array, rate: float, limit: float | None) -> Status:
    if step and (np.diff(loss[: step + 1]) < 0).all():
        text = (
            f"Fell without end: at step {step} the numbers grew too large for the computer to hold, and the "
            f"value had fallen all the way. {NO_MINIMUM}."
        )
    elif step == 0:
        text = (
            "Diverged at the start: the loss or its gradient there is too large for the computer to "
            "hold. Start closer to the data."
        )
    else:
        text = (
            f"Diverged: at step {step} the numbers grew too large for the computer to hold. "
            f"{_smaller_rate(rate, limit)}"
        )
    return Status("diverged", step, text)


def _converged(step: int) -> Status:
    if step == 0:
        text = "Converged: the gradient is zero, or nearly so, where the run starts, so it stays there."
    else:
        text = (
            f"Converged: from step {step} on the gradient is less than a millionth of what it was on the way "
            "down."
        )
    return Status("converged", step, text)


def _oscillating(last: int, loss: Array, rate: float, limit: float | None) -> Status:
    growing = loss[-1] > loss[0] or (limit is not None and rate > limit)
    outlook = (
        f"further each time. {_smaller_rate(rate, limit)}"
        if growing
        else f"so progress is slow. Try a smaller rate, such as {written(rate / 2, 3)}."
    )
    text = f"Oscillating after {_steps(last)}: each step jumps over the minimum and the next comes back, "
    return Status("oscillating", last, text + outlook)


def _moving(last: int, gradient: Array, limit: float | None) -> Status:
    if last == 0:
        return Status("moving", 0, "Not moved yet: no step has been taken. Take more steps.")
    length = _norms(gradient)
    bound = f" (below {round_down(limit)}, where it would diverge)" if limit is not None else ""
    text = (
        f"Still moving after {_steps(last)}: the gradient is still {written(length[-1] / length.max(), 2)} of its "
        f"longest. Take more steps, or a larger rate{bound}."
    )
    return Status("moving", last, text)


def _still_falling(last: int, w: Array) -> Status:
    away, start = (_norms(point)[0] for point in (w[-1:] - w[:1], w[:1]))
    if away > FAR_AWAY * max(1.0, start):
        text = f"Ran away: after {_steps(last)} it is {written(away, 2)} from its start and falls as steeply as ever. "
        return Status("diverged", last, f"{text}{NO_MINIMUM}: the function seems to fall for ever.")
    text = f"Still falling after {_steps(last)}, as steeply as ever: nothing yet shows a minimum ahead. "
    return Status("moving", last, f"{text}{NO_MINIMUM}; more steps, or a larger rate, show more of it.")


def _smaller_rate(rate: float, limit: float | None) -> str:
    if limit is not None and rate > limit:
        return f"Any rate below {round_down(limit)} would not diverge."
    return f"Try a smaller rate, such as {written(rate / 10, 3)}."


def round_down(value: float) -> str:
    """Three digits, never above the value: a limit rounded up would be wrong advice."""
    three_digits = decimal.Context(prec=3, rounding=decimal.ROUND_DOWN)
    return written(float(three_digits.create_decimal_from_float(float(value))), 3)


def _norms(gradient: Array) -> Array:
    """The Euclidean length of each row, scaled first because squares of large numbers overflow."""
    largest = np.abs(gradient).max() or 1.0
    scaled: Array = np.linalg.norm(gradient / largest, axis=1)
    return scaled * largest


def _last_quarter(steps: int) -> int:
    return max(1, steps // 4)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"
