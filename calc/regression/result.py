"""A line's descent, every step of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calc.backend import Backend
from calc.descent import Status
from calc.descent.method import Array
from calc.regression.hessian import Curvature
from calc.regression.line import Line
from calc.regression.sums import Sums


@dataclass(frozen=True, eq=False)
class Fit:
    """A line's descent to the data: every step, in the units of the data.

    Attributes:
        slope, intercept: the line at each step, (k+1,).
        loss: its mean squared residual, (k+1,).
        w: (slope, intercept) in the coordinates the descent ran in, (k+1, 2).
        gradient: the two partial derivatives there, of the loss over all rows, (k+1, 2).
        step_gradient: the gradient each step was made with, (k, 2): the mini-batch's for "stochastic".
        mean_x, s_x, mean_y, s_y: those coordinates, (x - mean_x) / s_x and (y - mean_y) / s_y: means and
            standard deviations if standardised, otherwise 0, 1, 0, 1.
        rate, limit: the learning rate, and that above which this method diverges on these data (None
            where there is no such line).
        method, standardise, batch: as asked for; `batch` is None for full-batch methods.
        status: how the run ended, and what to try.
        curvature: of the loss in the coordinates the descent ran in.
        best, best_loss: the least-squares line and its loss.
        sums: the data's sums.
        backend: what ran the steps.
    """

    slope: Array
    intercept: Array
    loss: Array
    w: Array
    gradient: Array
    step_gradient: Array
    mean_x: float
    s_x: float
    mean_y: float
    s_y: float
    rate: float
    limit: float | None
    method: str
    standardise: bool
    batch: int | None
    status: Status
    curvature: Curvature
    best: Line
    best_loss: float
    sums: Sums
    backend: Backend

    @property
    def line(self) -> Line:
        """The line after the last step."""
        return Line(float(self.slope[-1]), float(self.intercept[-1]))

    @property
    def rmse(self) -> float:
        """The root of the mean squared residual after the last step, in the units of y."""
        return math.sqrt(self.loss[-1])

    @property
    def r2(self) -> float:
        """The share of y's variance that the last line explains; nan where all y are equal."""
        return 1 - float(self.loss[-1]) * self.sums.n / self.sums.syy if self.sums.syy > 0 else math.nan

    def predict(self, x: ArrayLike) -> Array:
        """The height at x of the line of each step: (k+1,) for a number, (k+1, p) for (p,) of them."""
        x = np.asarray(x, dtype=float)
        with np.errstate(all="ignore"):
            heights: Array = np.multiply.outer(self.slope, x) + self.intercept.reshape(-1, *[1] * x.ndim)
        return heights

    def steps_to_within(self, fraction: float = 0.01) -> int | None:
        """The step from which on the loss stays at most 1 + fraction times the least-squares loss, or None.

        Where a line fits the data perfectly that loss is zero up to rounding; a loss below 1e-12 of the
        variance of y then counts as there.
        """
        # Equal y have no variance to measure by: there it is the loss at the start.
        scale = self.sums.syy / self.sums.n or float(self.loss[0])
        reached = self.loss <= (1 + fraction) * self.best_loss + 1e-12 * scale
        outside = np.flatnonzero(~reached)
        first = int(outside[-1]) + 1 if outside.size else 0
        return first if first < len(self.loss) else None
