"""How a run ended, in one word and in a sentence for a person.

The rules hold for any loss in any number of dimensions. They look at the iterates w_0 ... w_k, the
gradient and the loss at each, and are tried in this order:

diverged     a number of the run overflowed; or at the end the loss lies above 10 times where it
             started and still sets new highs in the last quarter of the steps; or the run is 1000
             times farther away than it started (or than 1), and falls as steeply as ever.
converged    the last gradient is at most a millionth of the longest one met where the loss was no
             higher than at the start, or no longer than rounding errors (exactly 0, or `floor`), and the
             next step is short too. An excursion far above the start does not count: after it anything
             would look small.
oscillating  in the last quarter of the steps the gradient turned against the one before (negative dot
             product) twice, or every second time. For a noisy run (mini-batches) instead: the gradients
             of the last quarter cancel, their mean being under half as long as they are on average.
moving       anything else: on its way, and not there yet. The text distinguishes whether the slope gets
             smaller, so that a minimum may lie ahead, or the loss falls as steeply as ever: in each
             step of the last quarter, with the last gradient the longest of all.

Where the loss is known to be quadratic, linear algebra has the last word: below its limit a run never diverges,
above it none converges; it oscillates only at a rate whose swings outlast the rest; and it has converged when the
minimum is nearer than a millionth of where it started.

A text says what happened and nothing else: what to try is `calc.descent.advice`, which tries it first.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from calc.descent.method import Array
from calc.descent.quadratic import Quadratic
from calc.numbers import counted, share, written

CONVERGED_BELOW = 1e-6
"""Of the longest gradient: on a quadratic loss the excess is then a 1e-12th, invisible in any chart."""
RESTS_BELOW = 1e-5
"""Of the longest step: a ball that flies through the minimum has no slope there, but does not stay."""
DIVERGED_ABOVE = 10.0
"""Times the start's excess: momentum and Adam may overshoot a few times over and still come back."""
DIVERGED_IN_NOISE = 1e6
"""The same of mini-batches, which may wander that much higher than a start near the minimum."""
FAR_AWAY = 1e3
"""Times the start's own size: far outside any window that shows the start."""
STEEPEST = 1 - 1e-9
"""The longest gradient, but for rounding errors: a straight slope's gradients differ in their last digits."""
SAME = 1e-9
"""Heights that differ by less than this part are equal, but for rounding."""


@dataclass(frozen=True)
class Words:
    """How one speaks of a run downhill, or of one uphill that is run as a descent on the negative."""

    fell: str = "fell"
    falls: str = "falls"
    falling: str = "falling"
    extremum: str = "minimum"


DOWN = Words()
UP = Words("climbed", "climbs", "climbing", "maximum")


@dataclass(frozen=True)
class Advice:
    """One change of one control.

    Attributes:
        control: what is to be changed, as in the link.
        value: what to change it to, which the control can take.
        text: the same in a sentence.
    """

    control: Literal["rate", "steps", "batch", "times"]
    value: float
    text: str


@dataclass(frozen=True)
class Status:
    """How a run ended.

    Attributes:
        kind: in one word.
        step: at which that began.
        text: what happened, in a sentence, and the advice, if there is one.
        advice: what to try, where `calc.descent.advice` has tried it.
        final: whether all is said: of a run that falls for ever no other rate would bring it to rest.
    """

    kind: Literal["converged", "moving", "oscillating", "diverged"]
    step: int
    text: str
    advice: Advice | None = None
    final: bool = False


@dataclass(frozen=True, eq=False)
class Ended:
    """All that a run is judged by: see `classify`."""

    w: Array
    gradient: Array
    loss: Array
    rate: float
    known: Quadratic | None
    ahead: Array | None
    floor: float
    noisy: bool
    words: Words

    @property
    def last(self) -> int:
        """The number of steps."""
        return len(self.loss) - 1

    @property
    def limit(self) -> float | None:
        """The rate above which it diverges, where that is known."""
        return None if self.known is None else self.known.limit

    @property
    def beyond(self) -> bool:
        """Whether it surely diverges in the end."""
        return self.limit is not None and self.rate > self.limit


def classify(
    w: Array,
    gradient: Array,
    loss: Array,
    *,
    rate: float,
    known: Quadratic | None = None,
    ahead: Array | None = None,
    floor: float = 0.0,
    noisy: bool = False,
    words: Words = DOWN,
) -> Status:
    """Classify how a run ended, by the rules at the top of this file.

    Args:
        w: the iterates, (k+1, d).
        gradient: the gradient of the whole loss at each, (k+1, d).
        loss: the loss at each, (k+1,).
        rate: the learning rate of the run.
        known: what the method does on this loss, where it is quadratic.
        ahead: the change that one more step would make, (d,), of a method that remembers more than w.
        floor: the length under which a gradient is nothing but rounding errors.
        noisy: whether the steps followed something else than this gradient (mini-batches).
        words: how to speak of it.

    Returns:
        The status. For "converged" and "diverged" its step is where that began; otherwise the last.
    """
    run = Ended(w, gradient, loss, rate, known, ahead, floor, noisy, words)
    finite = np.isfinite(w).all(axis=1) & np.isfinite(gradient).all(axis=1) & np.isfinite(loss)
    if not finite.all():
        return _overflowed(run, int(np.argmin(finite)))
    if (step := _divergence_step(run)) is not None:
        text = f"Diverged: from step {step} on the loss stays above where it started"
        # The page may show the loss in another unit, but its ratios are the same.
        times = loss[-1] / loss[0] if loss[0] > 0 else np.inf
        text += f"; at the end it is {written(times, 3)} times as high." if np.isfinite(times) else "."
        return Status("diverged", step, text + _beyond(run))
    if (step := _convergence_step(run)) is not None:
        return _converged(run, step)
    if noisy and _gradients_cancel(gradient):
        return Status(
            "oscillating",
            run.last,
            f"Wandering around the {words.extremum} after {counted(run.last, 'step')}: each mini-batch points its own "
            "way, so the path does not come to rest.",
        )
    if not noisy and _oscillates(run):
        return _oscillating(run)
    if not noisy and known is None and falls_without_flattening(gradient, loss):
        return _still_falling(run)
    return _moving(run)


def falls_without_flattening(gradient: Array, loss: Array) -> bool:
    """Whether the loss fell in each of the last steps and the last gradient is the longest of all."""
    length, steps = _norms(gradient), len(loss) - 1
    falling = np.diff(loss[-_last_quarter(steps) - 1 :]) < 0
    return bool(steps and falling.all() and length[-1] >= STEEPEST * length.max())


def _divergence_step(run: Ended) -> int | None:
    """The step after which the loss never came back to its start's, if the run diverged."""
    if run.limit is not None and not run.beyond:
        return None
    loss = run.loss
    first, last, lowest = loss[0], loss[-1], loss.min()
    # Measured from the lowest loss seen, so that the rule also serves losses below zero.
    times = DIVERGED_IN_NOISE if run.noisy else DIVERGED_ABOVE
    far = last - lowest > times * max(first - lowest, abs(first))
    quarter = _last_quarter(run.last)
    growing = far and loss[-quarter:].max() > loss[:-quarter].max()
    return int(np.flatnonzero(loss <= first)[-1]) + 1 if growing else None


def _convergence_step(run: Ended) -> int | None:
    """The step from which on the gradient stays negligible, if it does so at the end."""
    length = _norms(run.gradient)
    if run.known is None:
        negligible = CONVERGED_BELOW * length[run.loss <= run.loss[0]].max()
    else:
        # The minimum is at most the gradient's length over the least curvature away.
        came = _norms(run.w[-1:] - run.w[:1])[0]
        negligible = CONVERGED_BELOW * min(run.known.curvatures) * came
    large = np.flatnonzero(length > max(negligible, run.floor))
    step = int(large[-1]) + 1 if large.size else 0
    if step == len(length) or (step and (run.beyond or not _rests(run))):
        return None
    return step


def _rests(run: Ended) -> bool:
    """Whether the next step is short as well."""
    if run.ahead is None:
        return True
    longest = _norms(np.diff(run.w, axis=0)[run.loss[:-1] <= run.loss[0]]).max()
    return bool(_norms(run.ahead[None])[0] <= RESTS_BELOW * longest)


def _oscillates(run: Ended) -> bool:
    """Whether successive gradients oppose each other twice in the last quarter of the steps, or in half of it."""
    if run.known and run.limit and run.known.zone(run.rate) not in ("oscillating", "diverging"):
        return False
    scaled = run.gradient / np.abs(run.gradient).max()
    opposed = (scaled[:-1] * scaled[1:]).sum(axis=1) < 0
    quarter = opposed[-_last_quarter(len(opposed)) :]
    return bool(quarter.size and (quarter.sum() >= 2 or quarter.mean() >= 0.5))


def _gradients_cancel(gradient: Array) -> bool:
    """Whether the gradients of the last quarter point every way, so that their mean is short."""
    quarter = gradient[-_last_quarter(len(gradient) - 1) :]
    typical = _norms(quarter).mean()
    return bool(len(quarter) > 1 and _norms(quarter.mean(axis=0, keepdims=True))[0] < typical / 2)


def _overflowed(run: Ended, step: int) -> Status:
    words = run.words
    if step and (np.diff(run.loss[: step + 1]) < 0).all():
        text = (
            f"{words.fell.capitalize()} without end: at step {step} the numbers grew too large for the computer to "
            f"hold, and the value had {'fallen' if words is DOWN else 'risen'} all the way. {_no_extremum(words)}."
        )
        return Status("diverged", step, text, final=True)
    if step == 0:
        text = (
            "Diverged at the start: the loss or its gradient there is too large for the computer to "
            "hold. Start closer to the data."
        )
    else:
        text = f"Diverged: at step {step} the numbers grew too large for the computer to hold."
        text += _beyond(run)
    return Status("diverged", step, text)


def _converged(run: Ended, step: int) -> Status:
    if step == 0:
        text = "Converged: the slope is zero, or nearly so, where the run starts, so it stays there."
    elif run.known is not None:
        text = f"Converged: from step {step} on the minimum is over a million times nearer than at the start."
    else:
        text = f"Converged: from step {step} on it is less than a millionth as steep as at its steepest."
    return Status("converged", step, text)


def _oscillating(run: Ended) -> Status:
    text = f"Oscillating after {counted(run.last, 'step')}: it jumps over the {run.words.extremum} and comes back"
    if run.limit is None or run.rate == run.limit:
        heights = run.loss[-_last_quarter(run.last) - 1 :]
        half = len(heights) // 2
        before, after = heights[:half].max(), heights[half:].max()
        near = SAME * max(abs(before), abs(after))
        if after > before + near:
            text += ", lately from higher than before."
        elif after >= before - near:
            text += ", and gets no nearer."
        else:
            text += ", a little nearer each time."
    else:
        text += "." if run.beyond else ", nearer in the end."
    return Status("oscillating", run.last, text + _beyond(run))


def _moving(run: Ended) -> Status:
    if run.last == 0:
        return Status("moving", 0, "Not moved yet: no step has been taken.")
    if (run.w == run.w[0]).all():
        text = (
            f"Not moved in {counted(run.last, 'step')}: each is shorter than the last digit of the numbers."
        )
        return Status("moving", run.last, text + _beyond(run))
    length = _norms(run.gradient)
    if length[-1] <= CONVERGED_BELOW * length.max():
        steep = "it is nearly level here, but it does not stay."
    else:
        steep = f"it is still {share(float(length[-1] / length.max()))} as steep as at its steepest."
    text = f"Still moving after {counted(run.last, 'step')}: {steep}"
    return Status("moving", run.last, text + _beyond(run))


def _still_falling(run: Ended) -> Status:
    words, (away, start) = run.words, (_norms(point)[0] for point in (run.w[-1:] - run.w[:1], run.w[:1]))
    steps = counted(run.last, "step")
    if away > FAR_AWAY * max(1.0, start):
        text = f"Ran away: after {steps} it is {written(away, 2)} from its start and {words.falls} as steeply as ever. "
        text += f"{_no_extremum(words)}: the function seems to {words.falls[:-1]} for ever."
        return Status("diverged", run.last, text, final=True)
    text = f"Still {words.falling} after {steps}, as steeply as ever: nothing yet shows a {words.extremum} ahead. "
    return Status("moving", run.last, f"{text}{_no_extremum(words)}.", final=True)


def _no_extremum(words: Words) -> str:
    return f"There may be no {words.extremum} in this direction"


def _beyond(run: Ended) -> str:
    """That the rate is above the limit, where it is."""
    if run.limit is None or not run.beyond:
        return ""
    return f" The rate is above the limit, {round_down(run.limit)}."


def unconfirmed(status: Status, steps: int) -> Status:
    """A divergence that a longer run came back from: an excursion."""
    text = f"Still moving after {counted(steps, 'step')}: the value is above where it started, but it comes back."
    return replace(status, kind="moving", step=steps, text=text)


def round_down(value: float) -> str:
    """Three digits, never above the value: a limit rounded up would be wrong advice.

    >>> round_down(1.9), round_down(0.023119)
    ('1.9', '0.0231')
    """
    three_digits = decimal.Context(prec=3, rounding=decimal.ROUND_DOWN)
    # The shortest decimal that is this float, not the binary fraction a little below it.
    return written(three_digits.create_decimal(repr(float(value))), 3)


def _norms(gradient: Array) -> Array:
    """The Euclidean length of each row, scaled first because squares of large numbers overflow."""
    largest = np.abs(gradient).max(initial=0.0) or 1.0
    scaled: Array = np.linalg.norm(gradient / largest, axis=1)
    return scaled * largest


def _last_quarter(steps: int) -> int:
    return max(1, steps // 4)
