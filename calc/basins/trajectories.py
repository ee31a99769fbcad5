"""A few balls, with every step that they take."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.basins.gradients import Gradient, gradient
from calc.descent.method import Method
from calc.descent.methods import find
from calc.descent.status import Status, classify, falls_without_flattening, unconfirmed
from calc.expression import Expression
from calc.numbers import written

Floats = NDArray[np.float64]

GRADIENT_NOISE = 1e-10
"""A slope shorter than this is taken for 0: a ball at a minimum has nothing but rounding errors left."""


@dataclass(frozen=True, eq=False)
class Trajectories:
    """The descents of n balls in d variables, k steps each.

    Attributes:
        w: where they were, (n, k+1, d); `w[:, 0]` are the starts. nan from the step on which a ball that left
            where the function is defined, or overflowed, would have made.
        value: the function there, (n, k+1).
        gradient: the slopes they felt there, (n, k+1, d).
        status: how each ended.
        left: whether it came to where the function is not defined, (n,); its status is "diverged", and its
            text says what really happened.
    """

    w: Floats
    value: Floats
    gradient: Floats
    status: tuple[Status, ...]
    left: NDArray[np.bool_]


def trajectories(
    expression: Expression,
    starts: Any,
    *,
    method: str | Method,
    rate: float,
    steps: int,
    confirm: bool = True,
) -> Trajectories:
    """Let balls roll from a few starts, keeping every step.

    Args:
        expression: a function of d variables.
        starts: (n, d); for one variable (n,) will do.
        method: any but "stochastic": a typed function has no rows to draw mini-batches from.
        rate: the learning rate, above 0.
        steps: how many steps, 0 or more.
        confirm: whether a ball that has risen far takes more steps before it is said to diverge.

    Returns:
        The balls' ways. A corner has no slope; there a ball feels the mean of both sides.

    Raises:
        ValueError: for starts of another shape, a rate that is not above 0, a negative number of steps, or a
            method that makes no sense here.

    >>> from calc.expression import parse_expression
    >>> found = trajectories(parse_expression("x^2"), [1.0, -2.0], method="gradient-descent", rate=0.25, steps=2)
    >>> found.w[:, :, 0]
    array([[ 1.  ,  0.5 ,  0.25],
           [-2.  , -1.  , -0.5 ]])
    """
    chosen = check_settings(method, rate, steps)
    d = len(expression.variables)
    first = np.array(starts, dtype=float)
    first = first[:, None] if first.ndim == 1 and d == 1 else first
    if first.ndim != 2 or first.shape[1] != d:
        raise ValueError(f"The starts must be an array (n, {d}), not {first.shape}.")
    with np.errstate(all="ignore"):
        w, slopes, ahead = _iterate(gradient(expression), first.T, chosen, rate, steps)
    w, slopes, ahead = w.transpose(2, 0, 1), slopes.transpose(2, 0, 1), ahead.T
    value = np.asarray(expression(*np.moveaxis(w, 2, 0)))
    outside = np.isfinite(w).all(axis=2) & np.isnan(value)
    if outside.any():
        # Far out f may be nan by overflow alone, as ∞ - ∞: arithmetic without overflow knows.
        outside[outside] = [expression.undefined_at(*x) for x in w[outside]]
    status = tuple(
        _status(
            expression, w[i], slopes[i], value[i], outside[i], rate, ahead[i] if chosen.remembers else None
        )
        for i in range(len(w))
    )
    if confirm:
        status = tuple(_confirmed(each, expression, w[i], chosen, rate) for i, each in enumerate(status))
    return Trajectories(w, value, slopes, status, outside.any(axis=1))


def check_settings(method: str | Method, rate: float, steps: int) -> Method:
    """The method; raises ValueError for a rate, a number of steps or a method that makes no sense here."""
    chosen = find(method)
    if chosen.name == "stochastic":
        raise ValueError("A typed function has no rows to draw mini-batches from: choose another method.")
    if not (math.isfinite(rate) and rate > 0):
        raise ValueError(f"The learning rate must be a number above 0, not {rate}.")
    if steps < 0:
        raise ValueError(f"The number of steps must be 0 or more, not {steps}.")
    return chosen


def _iterate(
    slopes: Gradient, first: Floats, method: Method, rate: float, steps: int
) -> tuple[Floats, Floats, Floats]:
    """Where the balls were and the slopes there, each (steps+1, d, n), and what one more step would change."""
    w = np.empty((steps + 1, *first.shape))
    gradients = np.empty_like(w)
    w[0] = here = first
    state = method.init(first)
    for k in range(steps):
        gradients[k] = slopes(*here)
        change, state = method.update(gradients[k], state, rate, k)
        w[k + 1] = here = here + change
    gradients[steps] = slopes(*here)
    return w, gradients, method.update(gradients[steps], state, rate, steps)[0]


def _status(
    expression: Expression,
    w: Floats,
    slopes: Floats,
    value: Floats,
    outside: NDArray[np.bool_],
    rate: float,
    ahead: Floats | None,
) -> Status:
    with np.errstate(all="ignore"):
        found = classify(w, slopes, value, rate=rate, ahead=ahead, floor=GRADIENT_NOISE)
    if found.kind == "converged" and not slopes.any():
        # On a plateau, at a top or in a valley: none of that is known here.
        return replace(found, text="At rest: the slope is 0 where it starts, so it stays there.")
    if found.kind != "diverged":
        return found
    if outside.any():
        step = int(np.argmax(outside))
        names = zip(expression.variables, w[step], strict=True)
        place = ", ".join(f"{name} = {written(number)}" for name, number in names)
        if step == 0:
            text = f"Not defined at the start: the function has no value at {place}. Start elsewhere."
        else:
            text = f"Left the domain: step {step} led to {place}, where the function has no value. "
            final = step > 1 and falls_without_flattening(slopes[:step], value[:step])
            if final:
                text += (
                    "It fell towards the edge more and more steeply: a smaller rate only gets nearer to it."
                )
            return Status("diverged", step, text.rstrip(), final=bool(final))
        return Status("diverged", step, text)
    if found.step == 0:
        text = "Diverged at the start: the value or the slope there is too large for the computer to hold."
        return replace(found, text=f"{text} Start elsewhere.")
    return found


EXCURSION = 100
"""Steps that a ball is given to come back: momentum keeps a swing for some tens."""


def _confirmed(status: Status, expression: Expression, w: Floats, method: Method, rate: float) -> Status:
    """The status; one that a ball has risen to with finite numbers only if it stays so."""
    steps = len(w) - 1
    if (
        status.kind != "diverged"
        or not np.isfinite(w).all()
        or status.text.startswith(("Ran", "Left", "Not"))
    ):
        return status
    longer = trajectories(expression, w[:1], method=method, rate=rate, steps=steps + EXCURSION, confirm=False)
    return status if longer.status[0].kind == "diverged" else unconfirmed(status, steps)
