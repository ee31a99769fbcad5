"""The loss and its gradient, over all rows by their moments and over the rows of a mini-batch."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.descent.method import Array
from calc.regression.columns import columns
from calc.regression.coordinates import Coordinates
from calc.regression.errors import RegressionError
from calc.regression.sums import Moments


def gradient(moments: Moments, w: Array, k: int = 0) -> list[Any]:
    """The loss's partial derivatives by slope and intercept, at w (2,) or at many, (2, k+1)."""
    mean_x, mean_y, var_x, covariance = moments
    slope, intercept = w[0], w[1]
    residual = mean_y - slope * mean_x - intercept  # the mean one
    by_slope = -2 * (covariance - slope * var_x + mean_x * residual)
    by_intercept = -2 * residual
    return [by_slope, by_intercept]


def gradients(moments: Moments, w: Array) -> Array:
    """The same at each row of w, (k+1, 2)."""
    return np.transpose(gradient(moments, w.T))


def losses(moments: Moments, best_loss: float, w: Array) -> Array:
    """The loss at each row of w, (k+1,): the least one, and what being off the best line adds."""
    mean_x, mean_y, var_x, covariance = moments
    slope, intercept = w.T
    residual = mean_y - slope * mean_x - intercept
    loss: Array = best_loss + var_x * (slope - covariance / var_x) ** 2 + residual**2
    return loss


def rounding(moments: Moments, best: Array) -> float:
    """The length of a gradient that is rounding only: some units in the last place of its terms."""
    mean_x, mean_y, var_x, covariance = moments
    slope, intercept = np.abs(best)
    residual = abs(mean_y) + slope * abs(mean_x) + intercept
    terms = abs(covariance) + slope * var_x + (1 + abs(mean_x)) * residual
    return float(16 * np.finfo(float).eps * terms)


def batch_gradient(
    coordinates: Coordinates, rows: tuple[ArrayLike, ArrayLike] | None, drawn: NDArray[np.int64]
) -> functools.partial[list[Any]]:
    """What a stochastic step follows: the gradient over the mini-batch drawn for it, (steps, batch)."""
    if rows is None:
        raise RegressionError("Stochastic descent draws rows of the data: pass them as rows=(x, y).")
    x, y = columns(*rows)
    x = (x[drawn] - coordinates.mean_x) / coordinates.s_x
    y = (y[drawn] - coordinates.mean_y) / coordinates.s_y
    return functools.partial(_gradient_of_rows, x, y)


def _gradient_of_rows(x: Array, y: Array, w: Array, k: int) -> list[Any]:
    """The gradient of the mean squared residual of the k-th batch, x and y (steps, batch), at w (2,)."""
    slope, intercept = w[0], w[1]
    residual = y[k] - slope * x[k] - intercept
    by_slope = -2 * (x[k] @ residual) / residual.size
    by_intercept = -2 * residual.sum() / residual.size
    return [by_slope, by_intercept]


def steepest_batch(batch: functools.partial[list[Any]]) -> float:
    """A bound on the curvature of the steepest mini-batch: the largest trace of their Hessians."""
    x = batch.args[0]
    return float(2 * ((x * x).mean(axis=1).max(initial=0.0) + 1))
