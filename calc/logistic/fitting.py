"""The fit: a descent on the mean loss, reported in the units of the data."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from calc.backend import choose
from calc.descent import Status, descend
from calc.descent.method import Array, Method
from calc.descent.methods import find
from calc.descent.status import round_down
from calc.descent.stochastic import batches
from calc.logistic.classifier import Classifier
from calc.logistic.coordinates import Coordinates
from calc.logistic.data import check
from calc.logistic.errors import LogisticError
from calc.logistic.gradients import BATCH_GRADIENTS, GRADIENTS, gradients, mean_losses
from calc.logistic.losses import CURVATURE, Loss
from calc.logistic.newton import maximum_likelihood
from calc.logistic.result import LogisticFit
from calc.numbers import written
from calc.separation import Separation, separate


@np.errstate(all="ignore")
def fit(
    x: ArrayLike,
    y: ArrayLike,
    *,
    rate: float | None = None,
    steps: int = 300,
    start: Classifier | Sequence[float] | None = None,
    method: str | Method = "gradient-descent",
    standardise: bool = True,
    loss: Loss = "log",
    batch: int | None = None,
    seed: int = 0,
    backend: str = "auto",
    separation: Separation | None = None,
) -> LogisticFit:
    """Fit a classifier by descent on the mean log loss, or on the mean square loss of its probabilities.

    Args:
        x: features, (n, d), or (n,) for one; y: labels 0 or 1, (n,).
        rate: the learning rate; None takes one that cannot diverge by gradient descent, 1 / curvature.
        steps: how many steps, 0 or more.
        start: a classifier, or its weights and then its intercept; None starts at zero, where every
            probability is 1/2.
        method: a name from `calc.descent.METHODS`.
        standardise: whether to descend in (x - mean) / deviation coordinates.
        loss: "log", or "square" for the mean of (p - y)^2.
        batch: for "stochastic", rows in a mini-batch; None takes a fifth of them, at most 32.
        seed: of the mini-batches.
        backend: what runs the steps: "auto", "numpy" or "jax".
        separation: what `calc.separation.separate` says of these data, if it is known already.

    Raises:
        LogisticError: as `check`, and for a start that does not fit or an unknown loss.
        ValueError: as `calc.descent.descend`.

    >>> fit([1, 2, 3, 4], [0, 1, 0, 1], steps=500).classifier.probability([[2.5]]).round(6)
    array([0.5])
    """
    x, y = check(x, y)
    chosen, sign = find(method), 2 * y - 1
    if loss not in CURVATURE:
        raise LogisticError(f"There is no loss called {loss!r}: choose log or square.")
    coordinates = Coordinates.of(x, standardise)
    design = coordinates.design(x)
    curvature = CURVATURE[loss] * float(np.linalg.eigvalsh(design.T @ design / y.size)[-1])
    full = step_gradient = functools.partial(GRADIENTS[loss], design, sign)
    rate = _default_rate(chosen, curvature) if rate is None else float(rate)
    if chosen.name == "stochastic":
        batch = max(1, min(32, y.size // 5)) if batch is None else batch
        drawn = batches(y.size, batch, max(steps, 0), seed)
        step_gradient = functools.partial(BATCH_GRADIENTS[loss], design, sign, drawn)
    run_backend = choose(backend, work=4 * design.size)
    run = descend(
        step_gradient,
        coordinates.from_data_units(_start(start, x.shape[1])),
        method=chosen,
        rate=rate,
        steps=steps,
        loss=functools.partial(mean_losses, loss, design, sign),
        full_gradient=None if step_gradient is full else functools.partial(gradients, loss, design, sign),
        floor=8 * float(np.finfo(float).eps * np.abs(design).mean(axis=0).max()),
        backend=run_backend,
    )
    if separation is None:
        separation = separate(x, y) if x.shape[1] <= 2 else maximum_likelihood(x, y).separation
    weights, intercept = coordinates.to_data_units(run.w)
    return LogisticFit(
        weights=weights,
        intercept=intercept,
        loss=run.loss,
        run=run,
        mean=coordinates.mean,
        scale=coordinates.scale,
        rate=rate,
        method=chosen.name,
        standardise=standardise,
        batch=batch if chosen.name == "stochastic" else None,
        kind=loss,
        safe_below=2 / curvature,
        curvature=curvature,
        separation=separation,
        status=_status(run.status, chosen, rate, 2 / curvature, separation, weights, run.loss),
        x=x,
        y=y,
        backend=run_backend,
    )


def _start(start: Classifier | Sequence[float] | None, features: int) -> Classifier:
    if start is None:
        return Classifier((0.0,) * features, 0.0)
    if not isinstance(start, Classifier):
        *weights, intercept = map(float, start)
        start = Classifier(tuple(weights), intercept)
    if len(start.weights) != features or not np.isfinite([*start.weights, start.intercept]).all():
        raise LogisticError(f"The start needs {features} weights and an intercept, all finite numbers.")
    return start


def _default_rate(method: Method, curvature: float) -> float:
    return 0.1 if method.stable_below is None else 1 / curvature


def _status(
    status: Status,
    method: Method,
    rate: float,
    safe: float,
    separation: Separation,
    weights: Array,
    loss: Array,
) -> Status:
    """The run's status, with what is known here: the rate that is safe, and whether there is a minimum."""
    if status.kind == "diverged" and np.isfinite(loss).all():
        # Far out the slope stays bounded, so that the weights cannot run away: they are thrown about.
        quarter = loss[-(len(loss) // 4) - 1 :]
        low, high = (written(end, 3) for end in (quarter.min(), quarter.max()))
        text = (
            f"Thrown about: each step is so long that the loss was between {low} and {high} in the last ones."
        )
        status = Status("oscillating", len(loss) - 1, text)
    if status.kind in ("diverged", "oscillating") and method.name == "gradient-descent" and rate >= safe:
        safe_rate = f"At rates below {round_down(safe)} the loss cannot rise on these data."
        status = replace(status, text=f"{status.text} {safe_rate}")
    if not separation.separable or status.kind not in ("converged", "moving"):
        return status
    how = "without a mistake" if separation.kind == "complete" else "but for rows on the boundary itself"
    length = float(np.linalg.norm(weights[-1]))
    return Status(
        "moving",
        len(weights) - 1,
        f"This never converges: a boundary separates the classes {how}, so the weights grow without end "
        f"(length {written(length, 3)} after this run). Only rows that overlap would give it a minimum.",
        final=True,
    )
