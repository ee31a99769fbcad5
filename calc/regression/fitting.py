"""The fit: a descent on the loss of the data's sums, reported in the units of the data."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calc.backend import Backend, choose
from calc.descent import Run, descend
from calc.descent.method import Array
from calc.descent.methods import find
from calc.descent.stochastic import batches
from calc.regression.columns import columns
from calc.regression.coordinates import Coordinates
from calc.regression.gradients import batch_gradient, gradient, gradients, losses, rounding, steepest_batch
from calc.regression.hessian import curvature
from calc.regression.line import Line
from calc.regression.result import Fit
from calc.regression.starts import start_line
from calc.regression.sums import Sums, summarise


@dataclass(frozen=True)
class DescentSettings:
    """How to descend: everything that decides a run besides the data.

    Attributes:
        rate: the learning rate; None takes a good one for the data and the method, which for gradient
            descent is the best fixed one.
        steps: how many steps, 0 or more.
        start: the first line, in the units of the data; None takes `random_start(sums, seed)`.
        method: a name from `calc.descent.METHODS`.
        backend: what runs the steps. "auto" takes NumPy: a step handles two numbers.
        standardise: whether to descend in (x - mean) / deviation coordinates.
        batch: for "stochastic", rows in a mini-batch; None takes a fifth of them, at most 32.
        seed: of the random start and of the mini-batches.
    """

    rate: float | None = None
    steps: int = 300
    start: Line | tuple[float, float] | None = None
    method: str = "gradient-descent"
    backend: str | Backend = "auto"
    standardise: bool = False
    batch: int | None = None
    seed: int = 0


def fit(
    x: ArrayLike,
    y: ArrayLike,
    *,
    rate: float | None = None,
    steps: int = 300,
    start: Line | tuple[float, float] | None = None,
    method: str = "gradient-descent",
    backend: str | Backend = "auto",
    standardise: bool = False,
    batch: int | None = None,
    seed: int = 0,
) -> Fit:
    """Fit a line by descent on the mean squared residual: `summarise`, then `fit_sums`.

    Args:
        x, y: numbers, (n,).
        rate, steps, start, method, backend, standardise, batch, seed: as in `DescentSettings`.

    Raises:
        RegressionError: as `summarise`, and where all x are equal.
        ValueError: as `fit_sums`.

    >>> fit([0, 1], [1, 3], rate=0.25, start=(0, 0), steps=1).line
    Line(slope=0.75, intercept=1.0)
    """
    x, y = columns(x, y)
    settings = DescentSettings(rate, steps, start, method, backend, standardise, batch, seed)
    return fit_sums(summarise(x, y, backend=backend), settings, rows=(x, y))


@np.errstate(all="ignore")
def fit_sums(
    sums: Sums, settings: DescentSettings, *, rows: tuple[ArrayLike, ArrayLike] | None = None
) -> Fit:
    """Fit a line by descent to data already summed up, without another pass over them.

    Args:
        sums: from `summarise`.
        settings: the rate, the steps, the method and all that decides the run.
        rows: (x, y), (n,) each, which only "stochastic" looks at.

    Raises:
        RegressionError: where all x are equal, or the start is no line of finite numbers.
        ValueError: for a rate, steps, method, backend or batch that makes no sense.
    """
    method, hessian = find(settings.method), curvature(sums, standardise=settings.standardise)
    coordinates = Coordinates.of(sums, settings.standardise)
    moments, best = coordinates.moments, coordinates.from_data_units(sums.best)
    w0 = coordinates.from_data_units(start_line(sums, settings.start, settings.seed))
    step_gradient, steepest = functools.partial(gradient, moments), hessian.lambda_max
    full_gradient, batch = None, None
    if method.name == "stochastic":
        batch = max(1, min(32, sums.n // 5)) if settings.batch is None else settings.batch
    if batch == sums.n:
        # All rows in each mini-batch: nothing is left to chance.
        method = find("gradient-descent")
    elif batch is not None:
        drawn = batches(sums.n, batch, max(settings.steps, 0), settings.seed)
        step_gradient = batch_gradient(coordinates, rows, drawn)
        full_gradient, steepest = functools.partial(gradients, moments), steepest_batch(step_gradient)
    rate = settings.rate
    if rate is None:
        rate = _default_rate(settings, hessian.best_rate, steepest, w0 - best)
    backend = settings.backend if isinstance(settings.backend, Backend) else choose(settings.backend)
    run = descend(
        step_gradient,
        w0,
        method=method,
        rate=float(rate),
        steps=settings.steps,
        loss=functools.partial(losses, moments, sums.best_loss / coordinates.s_y**2),
        full_gradient=full_gradient,
        curvatures=(hessian.lambda_min, hessian.lambda_max),
        floor=rounding(moments, best),
        backend=backend,
    )
    return _in_units(run, sums, settings, float(rate), batch, backend)


def _default_rate(settings: DescentSettings, best: float, steepest: float, offset: Array) -> float:
    """A rate that works, where none is given.

    Args:
        best: the fixed rate with which gradient descent converges fastest.
        steepest: the largest curvature a step can meet: of all rows, or of a mini-batch.
        offset: from the least-squares line to the start, (2,).
    """
    method = find(settings.method)
    if settings.method == "gradient-descent":
        return best
    if method.name == "stochastic":
        return min(best, 1 / steepest)
    if method.stable_below is None:  # Adam moves about one rate a step: a third of the steps for the way
        rate = 3 * float(np.abs(offset).max()) / max(settings.steps, 1)
        return rate if 0 < rate < math.inf else 0.001
    return min(best, method.stable_below / steepest / 2)


def _in_units(
    run: Run, sums: Sums, settings: DescentSettings, rate: float, batch: int | None, backend: Backend
) -> Fit:
    """The run in the units of the data, with what was chosen where `settings` left it open."""
    coordinates, hessian = (
        Coordinates.of(sums, settings.standardise),
        curvature(sums, standardise=settings.standardise),
    )
    slope, intercept = coordinates.to_data_units(run.w)
    return Fit(
        slope=slope,
        intercept=intercept,
        loss=run.loss * coordinates.s_y**2,
        w=run.w,
        gradient=run.gradient,
        step_gradient=run.step_gradient,
        mean_x=coordinates.mean_x,
        s_x=coordinates.s_x,
        mean_y=coordinates.mean_y,
        s_y=coordinates.s_y,
        rate=rate,
        limit=find(settings.method).limit(hessian.lambda_max),
        method=settings.method,
        standardise=settings.standardise,
        batch=batch,
        status=run.status,
        curvature=hessian,
        best=sums.best,
        best_loss=sums.best_loss,
        sums=sums,
        backend=backend,
    )
