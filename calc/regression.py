r"""A line fitted to points by descent on the square loss, and exactly by least squares.

.. math:: L(m, c) = \frac{1}{n} \sum_i (y_i - (m x_i + c))^2

Expanded around the means, the loss needs the data only through n, two means and three centred sums:

.. math:: L(m, c) = \mathrm{var}_y - 2 m \, \mathrm{cov}_{xy} + m^2 \, \mathrm{var}_x
          + (\bar y - m \bar x - c)^2

so after one pass over the data a step costs the same for ten rows and for ten million.
"""

from __future__ import annotations

import functools
import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.backend import NUMPY, Backend, choose, load_jax
from calc.descent import Run, Status, descend
from calc.descent.method import Array, Method
from calc.descent.methods import find
from calc.descent.stochastic import batches

BLOCK = 8192
"""Rows that are centred together. Above 10,000 a dot product starts threads, which wait on a busy host."""

PICTURE = 4_000
"""Rows looked at for the picture of the data, evenly spread over them."""

BLOCKS_AT_A_TIME = 16
"""Blocks for one call of NumPy: few enough to stay in the cache, enough to keep calls few."""

THREADED = 1_000_000
"""Rows from which the cores share the sums: 2 ms of work, where threads take 0.1 ms to start."""

OPERATIONS_PER_ROW = 12
"""Floating-point operations `summarise` spends on a row, for `backend.choose`."""

Moments = tuple[float, float, float, float]
"""mean of x, mean of y, variance of x, covariance: all that the gradient of the loss depends on."""


class RegressionError(ValueError):
    """No line can be fitted to these data; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """y = slope * x + intercept, in the units of the data."""

    slope: float
    intercept: float

    def predict(self, x: ArrayLike) -> Any:
        """The line's height at x: a float for a number, an array for an array.

        >>> Line(100_000.0, 50_000.0).predict(9)
        950000.0
        """
        height = self.slope * np.asarray(x, dtype=float) + self.intercept
        return float(height) if np.isscalar(x) else height


@dataclass(frozen=True)
class Sums:
    """What one pass over n rows keeps of them: enough for the loss, its gradient and its curvature.

    Attributes:
        n: rows.
        mean_x, mean_y: the means.
        sxx, sxy, syy: the sums of (x - mean_x)^2, (x - mean_x) (y - mean_y) and (y - mean_y)^2.
        x_low, x_high, y_low, y_high: the picture of the data; of many rows, that of some 4,000.
        backend: what added them up.
    """

    n: int
    mean_x: float
    mean_y: float
    sxx: float
    sxy: float
    syy: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    backend: Backend = NUMPY

    @property
    def moments(self) -> Moments:
        """(mean_x, mean_y, variance of x, covariance)."""
        return self.mean_x, self.mean_y, self.sxx / self.n, self.sxy / self.n

    @property
    def best(self) -> Line:
        """The least-squares line, to the precision of the sums; `least_squares` gives the last digits."""
        if self.sxx == 0:
            raise RegressionError(
                f"Every x is {self.mean_x:g}, so any slope fits equally well. Choose a column whose values "
                "differ, or add a row with another x."
            )
        slope = self.sxy / self.sxx
        return Line(slope, float(Fraction(self.mean_y) - Fraction(slope) * Fraction(self.mean_x)))

    @property
    def best_loss(self) -> float:
        """The mean squared residual of the least-squares line."""
        if self.sxx == 0:
            return self.syy / self.n
        return max(0.0, self.syy - self.sxy * (self.sxy / self.sxx)) / self.n


def summarise(x: ArrayLike, y: ArrayLike, *, backend: str | Backend = "auto") -> Sums:
    """Pass once over the data and keep their sums.

    Each block of rows is centred on its own while it is in the cache, and the blocks' sums are merged
    afterwards, so no digits are lost where the data lie far from zero.

    Args:
        x, y: numbers, (n,).
        backend: what does the arithmetic: "auto", "numpy", "jax" or a `Backend`.

    Raises:
        RegressionError: for fewer than two rows, columns of different lengths, a missing or infinite
            number, or numbers whose squares overflow or vanish.

    Reference: T. F. Chan, G. H. Golub and R. J. LeVeque, Algorithms for computing the sample variance,
    The American Statistician 37 (1983), 242-247.

    >>> summarise([1, 2, 3], [10, 20, 60]).sxy
    50.0
    """
    x, y = _columns(x, y)
    chosen = _backend(backend, x.size)
    with np.errstate(all="ignore"):
        mean_x, mean_y, sxx, sxy, syy = _merge(_parts(x, y, chosen), x.size)
        _check("x", x, mean_x, sxx)
        _check("y", y, mean_y, syy)
    (x_low, x_high), (y_low, y_high) = _picture(x), _picture(y)
    return Sums(
        n=x.size,
        mean_x=mean_x,
        mean_y=mean_y,
        sxx=sxx,
        sxy=sxy,
        syy=syy,
        x_low=x_low,
        x_high=x_high,
        y_low=y_low,
        y_high=y_high,
        backend=chosen,
    )


def _picture(values: Array) -> tuple[float, float]:
    """The least and the greatest value, of many rows those of some: exact ones would cost as much again."""
    some = values[:: 1 + values.size // PICTURE]
    if some.min() == some.max():
        some = values
    return float(some.min()), float(some.max())


def _columns(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    x = np.ascontiguousarray(x, dtype=float).ravel()
    y = np.ascontiguousarray(y, dtype=float).ravel()
    if x.size != y.size:
        raise RegressionError(f"There are {x.size} values of x but {y.size} of y: each row needs both.")
    if x.size < 2:
        raise RegressionError(f"A line needs at least 2 rows with numbers; here are {x.size}.")
    return x, y


def _backend(backend: str | Backend, rows: int) -> Backend:
    if isinstance(backend, Backend):
        return backend
    return choose(backend, work=OPERATIONS_PER_ROW * rows)


def _parts(x: Array, y: Array, backend: Backend) -> Array:
    """Of each block of rows its first x and y and its sums, (blocks, 7); the last may be short."""
    whole = x.size - x.size % BLOCK
    x_blocks, y_blocks = x[:whole].reshape(-1, BLOCK), y[:whole].reshape(-1, BLOCK)
    if backend.name == "jax":
        parts = [np.asarray(_compiled_parts()(x_blocks, y_blocks))]
    elif x.size < THREADED:
        parts = [_parts_of(x_blocks, y_blocks)]
    else:
        cores = min(4, os.cpu_count() or 1)
        with ThreadPoolExecutor(cores) as pool:
            shares = np.array_split(x_blocks, cores), np.array_split(y_blocks, cores)
            parts = list(pool.map(_parts_of, *shares))
    rest = x[None, whole:], y[None, whole:]
    return np.concatenate([*parts, _parts_of(*rest)] if whole < x.size else parts)


@np.errstate(all="ignore")
def _parts_of(x: Array, y: Array) -> Array:
    """`_parts` of x and y, (blocks, n), by NumPy, a few blocks at a time; the sums are those of `_products`."""
    parts = np.empty((len(x), 7))
    parts[:, 0], parts[:, 1] = x[:, 0], y[:, 0]
    ones = np.ones(x.shape[1])
    seen = np.empty((2, min(BLOCKS_AT_A_TIME, len(x)), x.shape[1]))
    for first in range(0, len(x), BLOCKS_AT_A_TIME):
        few = slice(first, first + BLOCKS_AT_A_TIME)
        dx, dy = seen[:, : len(parts[few])]
        np.subtract(x[few], x[few, :1], out=dx)
        np.subtract(y[few], y[few, :1], out=dy)
        # einsum and dot let another thread work meanwhile; vecdot does not.
        for column, (a, b) in enumerate(((dx, dx), (dx, dy)), start=2):
            parts[few, column] = np.einsum("ij,ij->i", a, b)
        parts[few, 4] = np.dot(dx, ones)
        parts[few, 5] = np.einsum("ij,ij->i", dy, dy)
        parts[few, 6] = np.dot(dy, ones)
    return parts


@functools.cache
def _compiled_parts() -> Any:
    """`_parts_of` by JAX, all blocks at once."""
    jax = load_jax()

    def parts_of(x: Any, y: Any) -> Any:
        seen = jax.numpy.stack([x - x[:, :1], y - y[:, :1], jax.numpy.ones_like(x)], axis=1)
        return jax.numpy.concatenate([x[:, :1], y[:, :1], _products(seen)], axis=1)

    return jax.jit(parts_of)


def _products(seen: Any) -> Any:
    """Sums of dx dx, dx dy, dx, dy dy and dy, (blocks, 5), by JAX.

    Args:
        seen: dx, dy and ones, (blocks, 3, n), where dx and dy are seen from the block's first values:
            these are at most sqrt(n) standard deviations from the means, so few digits are lost.
    """
    xp = seen.__array_namespace__()
    of_x, of_y = xp.vecdot(seen[:, :1], seen), xp.vecdot(seen[:, 1:2], seen[:, 1:])
    return xp.concatenate([of_x, of_y], axis=1)


def _merge(parts: Array, rows: int) -> tuple[float, ...]:
    """Means and centred sums of all rows from those of the blocks, (blocks, 7), after Chan et al."""
    first_x, first_y, xx, xy, x, yy, y = parts.T
    n = np.minimum(BLOCK, rows - BLOCK * np.arange(len(parts)))
    to_x, to_y = x / n, y / n
    # Seen from the first value of all, the distances between the means keep their digits.
    from_x, from_y = (first_x - first_x[0]) + to_x, (first_y - first_y[0]) + to_y
    all_x, all_y = (n * from_x).sum() / rows, (n * from_y).sum() / rows
    dx, dy = from_x - all_x, from_y - all_y
    return (
        float(first_x[0] + all_x),
        float(first_y[0] + all_y),
        float((xx - x * to_x + n * dx * dx).sum()),
        float((xy - x * to_y + n * dx * dy).sum()),
        float((yy - y * to_y + n * dy * dy).sum()),
    )


def _check(name: str, values: Array, mean: float, spread: float) -> None:
    """Raise where a column cannot be computed with; only then does it look at the rows again."""
    if not mean * mean + spread < 1e300:  # also true of nan
        wrong = np.flatnonzero(~np.isfinite(values))
        if wrong.size:
            raise RegressionError(
                f"Row {wrong[0] + 1} has no number as its {name} ({values[wrong[0]]}). Remove the rows with "
                "missing or infinite values first."
            )
        raise RegressionError(
            f"The values of {name} are so large that their squares overflow. Use a larger unit, for example "
            "millions instead of ones."
        )
    if spread < 1e-280 and values.min() < values.max():
        raise RegressionError(
            f"The values of {name} differ by so little that the squares of the differences vanish. Use a "
            "smaller unit."
        )


def least_squares(x: ArrayLike, y: ArrayLike) -> Line:
    r"""The line with the least mean squared residual.

    .. math:: m = \frac{\sum (x_i - \bar x)(y_i - \bar y)}{\sum (x_i - \bar x)^2}, \quad
              c = \bar y - m \bar x

    Where the data lie far from zero, c is a small difference of large numbers and even the rounding of
    m shows in it. So one more pass finds what rounding left of m, from residuals that are exact.

    Args:
        x, y: numbers, (n,).

    Raises:
        RegressionError: as `summarise`, and where all x are equal.

    >>> least_squares([1, 2, 3], [150_000, 250_000, 350_000])
    Line(slope=100000.0, intercept=50000.0)
    """
    x, y = _columns(x, y)
    sums = summarise(x, y, backend=NUMPY)
    slope = sums.best.slope
    correlated = residual = shift = 0.0
    for first in range(0, sums.n, BLOCK):
        rows = slice(first, first + BLOCK)
        dx, dy = x[rows] - sums.mean_x, y[rows] - sums.mean_y
        product, error = _exact_product(slope, dx)
        left = (dy - product) - error
        correlated += float(dx @ left)
        residual += float(left.sum())
        shift += float(dx.sum())
    more = (correlated - shift * residual / sums.n) / sums.sxx
    exact = Fraction(slope) + Fraction(more)
    height = Fraction(sums.mean_y) + Fraction(residual / sums.n) - Fraction(more * shift / sums.n)
    return Line(float(exact), float(height - exact * Fraction(sums.mean_x)))


def _exact_product(a: float, b: Array) -> tuple[Array, Array]:
    """a * b as a rounded product and its exact error.

    Reference: T. J. Dekker, A floating-point technique for extending the available precision,
    Numerische Mathematik 18 (1971), 224-242.
    """
    product = a * b
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    error = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    return product, error


def _halves(value: Any) -> tuple[Any, Any]:
    """A number as the sum of two with half the digits each, whose products are exact."""
    stretched = 134_217_729.0 * value  # 2^27 + 1
    high = stretched - (stretched - value)
    return high, value - high


@dataclass(frozen=True)
class Curvature:
    r"""How steeply the loss bends: the eigenvalues of its Hessian, and the rates that follow from them.

    .. math:: H = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}

    Attributes:
        lambda_min, lambda_max: the eigenvalues of H; lambda_min is 0 where all x are equal.
    """

    lambda_min: float
    lambda_max: float

    @property
    def condition(self) -> float:
        """lambda_max / lambda_min: how much longer than wide the loss's valley is, squared."""
        return self.lambda_max / self.lambda_min if self.lambda_min > 0 else math.inf

    @property
    def diverges_above(self) -> float:
        """The rate above which gradient descent diverges, 2 / lambda_max."""
        return 2 / self.lambda_max

    @property
    def best_rate(self) -> float:
        """The fixed rate with which gradient descent converges fastest, 2 / (lambda_min + lambda_max)."""
        return 2 / (self.lambda_min + self.lambda_max)


def curvature(sums: Sums, *, standardise: bool = False) -> Curvature:
    """The curvature of the loss over (slope, intercept), raw or in standardised coordinates.

    Where all x are equal it is flat along one direction: lambda_min = 0.

    >>> curvature(summarise([1, 2, 3], [0, 0, 1]), standardise=True).condition
    1.0
    """
    mean_x, _, var_x, _ = _Coordinates.of(sums, standardise).moments
    # (trace ± sqrt(trace² - 4 det)) / 2, where the root is of a sum of squares; the smaller eigenvalue
    # as det / lambda_max, since the difference would cancel.
    square_x = var_x + mean_x * mean_x
    lambda_max = (square_x + 1) + math.hypot(square_x - 1, 2 * mean_x)
    return Curvature(lambda_min=4 * var_x / lambda_max, lambda_max=lambda_max)


@dataclass(frozen=True)
class _Coordinates:
    """Where the descent runs: (x - mean_x) / s_x and (y - mean_y) / s_y. Raw: means 0, scales 1."""

    standardised: bool
    mean_x: float
    s_x: float
    mean_y: float
    s_y: float
    moments: Moments

    @classmethod
    def of(cls, sums: Sums, standardise: bool) -> _Coordinates:
        if not standardise:
            return cls(False, 0.0, 1.0, 0.0, 1.0, sums.moments)
        # Equal values have no spread to divide by; any scale serves.
        s_x, s_y = math.sqrt(sums.sxx / sums.n) or 1.0, math.sqrt(sums.syy / sums.n) or 1.0
        variance = 1.0 if sums.sxx > 0 else 0.0
        correlation = sums.sxy / sums.n / s_x / s_y
        return cls(True, sums.mean_x, s_x, sums.mean_y, s_y, (0.0, 0.0, variance, correlation))

    def enter(self, line: Line) -> Array:
        """A line of the data as (slope, intercept) in these coordinates."""
        height = line.slope * self.mean_x + line.intercept - self.mean_y
        return np.array([line.slope * self.s_x, height]) / self.s_y

    def leave(self, w: Array) -> tuple[Array, Array]:
        """Slopes and intercepts in the units of the data, from w (k+1, 2)."""
        slope = w[:, 0] * (self.s_y / self.s_x)
        return slope, self.mean_y + self.s_y * w[:, 1] - slope * self.mean_x


@dataclass(frozen=True, eq=False)
class Fit:
    """A line's descent to the data: every step, in the units of the data.

    Attributes:
        slope, intercept: the line at each step, (k+1,).
        loss: its mean squared residual, (k+1,).
        w: (slope, intercept) in the coordinates the descent ran in, (k+1, 2).
        gradient: the two partial derivatives there, of the loss over all rows, (k+1, 2).
        followed: the gradient each step was made with, (k, 2): the mini-batch's for "stochastic".
        coordinates_loss: the loss in those coordinates, loss / s_y^2, (k+1,).
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
    followed: Array
    coordinates_loss: Array
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
        """The first step whose loss is at most 1 + fraction times the least-squares loss, or None.

        Where a line fits the data perfectly that loss is zero up to rounding; a loss below 1e-12 of the
        variance of y then counts as there.
        """
        reached = self.loss <= (1 + fraction) * self.best_loss + 1e-12 * self.sums.syy / self.sums.n
        return int(np.argmax(reached)) if reached.any() else None


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
        rate, steps, start, method, backend, standardise, batch, seed: as in `fit_sums`.

    Raises:
        RegressionError: as `summarise`, and where all x are equal.
        ValueError: as `fit_sums`.

    >>> fit([0, 1], [1, 3], rate=0.25, start=(0, 0), steps=1).line
    Line(slope=0.75, intercept=1.0)
    """
    x, y = _columns(x, y)
    return fit_sums(
        summarise(x, y, backend=backend),
        rate=rate,
        steps=steps,
        start=start,
        method=method,
        backend=backend,
        standardise=standardise,
        batch=batch,
        seed=seed,
        rows=(x, y),
    )


@np.errstate(all="ignore")
def fit_sums(
    sums: Sums,
    *,
    rate: float | None = None,
    steps: int = 300,
    start: Line | tuple[float, float] | None = None,
    method: str = "gradient-descent",
    backend: str | Backend = "auto",
    standardise: bool = False,
    batch: int | None = None,
    seed: int = 0,
    rows: tuple[ArrayLike, ArrayLike] | None = None,
) -> Fit:
    """Fit a line by descent to data already summed up, without another pass over them.

    Args:
        sums: from `summarise`.
        rate: the learning rate; None takes a good one for these data and this method, which for
            gradient descent is the best fixed one.
        steps: how many steps, 0 or more.
        start: the first line, in the units of the data; None takes `random_start(sums, seed)`.
        method: a name from `calc.descent.METHODS`.
        backend: what runs the steps. "auto" takes NumPy: a step handles two numbers.
        standardise: whether to descend in (x - mean) / deviation coordinates.
        batch: for "stochastic", rows in a mini-batch; None takes a fifth of them, at most 32.
        seed: of the random start and of the mini-batches.
        rows: (x, y), which only "stochastic" looks at.

    Raises:
        RegressionError: where all x are equal, or the start is no line of finite numbers.
        ValueError: for a rate, steps, method, backend or batch that makes no sense.
    """
    chosen, bend = find(method), curvature(sums, standardise=standardise)
    coordinates = _Coordinates.of(sums, standardise)
    w0, best = coordinates.enter(_start(sums, start, seed)), coordinates.enter(sums.best)
    full = follow = functools.partial(_gradient, coordinates.moments)
    if chosen.name == "stochastic":
        batch = max(1, min(32, sums.n // 5)) if batch is None else batch
        follow = _batch_gradient(coordinates, rows, batches(sums.n, batch, max(steps, 0), seed))
    if rate is None:
        steepest = _steepest_batch(follow) if follow is not full else bend.lambda_max
        rate = _default_rate(chosen, bend, steepest, w0 - best, steps)
    run = descend(
        follow,
        w0,
        method=chosen,
        rate=rate,
        steps=steps,
        loss=functools.partial(_loss, coordinates.moments, sums.best_loss / coordinates.s_y**2),
        full_gradient=None if follow is full else functools.partial(_gradients, coordinates.moments),
        limit=chosen.limit(bend.lambda_max),
        floor=_rounding(coordinates.moments, best),
        backend=_backend(backend, rows=1),
    )
    batch = batch if chosen.name == "stochastic" else None
    return _report(run, coordinates, bend, sums, chosen, float(rate), batch, _backend(backend, rows=1))


def _report(
    run: Run,
    coordinates: _Coordinates,
    bend: Curvature,
    sums: Sums,
    method: Method,
    rate: float,
    batch: int | None,
    backend: Backend,
) -> Fit:
    """The run in the units of the data."""
    slope, intercept = coordinates.leave(run.w)
    return Fit(
        slope=slope,
        intercept=intercept,
        loss=run.loss * coordinates.s_y**2,
        w=run.w,
        gradient=run.gradient,
        followed=run.followed,
        coordinates_loss=run.loss,
        mean_x=coordinates.mean_x,
        s_x=coordinates.s_x,
        mean_y=coordinates.mean_y,
        s_y=coordinates.s_y,
        rate=rate,
        limit=method.limit(bend.lambda_max),
        method=method.name,
        standardise=coordinates.standardised,
        batch=batch,
        status=run.status,
        curvature=bend,
        best=sums.best,
        best_loss=sums.best_loss,
        sums=sums,
        backend=backend,
    )


def _start(sums: Sums, start: Line | tuple[float, float] | None, seed: int) -> Line:
    """The first line of a descent."""
    if start is None:
        return random_start(sums, seed)
    line = start if isinstance(start, Line) else Line(*map(float, start))
    if not (math.isfinite(line.slope) and math.isfinite(line.intercept)):
        raise RegressionError("The slope and the intercept to start from must be finite numbers.")
    return line


def _gradient(moments: Moments, w: Array, k: int = 0) -> list[Any]:
    """The loss's partial derivatives by slope and intercept, at w (2,) or at many, (2, k+1)."""
    mean_x, mean_y, var_x, covariance = moments
    slope, intercept = w[0], w[1]
    residual = mean_y - slope * mean_x - intercept  # the mean one
    by_slope = -2 * (covariance - slope * var_x + mean_x * residual)
    by_intercept = -2 * residual
    return [by_slope, by_intercept]


def _gradients(moments: Moments, w: Array) -> Array:
    """The same at each row of w, (k+1, 2)."""
    return np.transpose(_gradient(moments, w.T))


def _loss(moments: Moments, best_loss: float, w: Array) -> Array:
    """The loss at each row of w, (k+1,): the least one, and what being off the best line adds."""
    mean_x, mean_y, var_x, covariance = moments
    slope, intercept = w.T
    residual = mean_y - slope * mean_x - intercept
    loss: Array = best_loss + var_x * (slope - covariance / var_x) ** 2 + residual**2
    return loss


def _batch_gradient(
    coordinates: _Coordinates, rows: tuple[ArrayLike, ArrayLike] | None, drawn: NDArray[np.int64]
) -> functools.partial[list[Any]]:
    """What a stochastic step follows: the gradient over the mini-batch drawn for it, (steps, batch)."""
    if rows is None:
        raise RegressionError("Stochastic descent draws rows of the data: pass them as rows=(x, y).")
    x, y = _columns(*rows)
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


def _steepest_batch(follow: functools.partial[list[Any]]) -> float:
    """A bound on the curvature of the steepest mini-batch: the largest trace of their Hessians."""
    x = follow.args[0]
    return float(2 * ((x * x).mean(axis=1).max(initial=0.0) + 1))


def _default_rate(method: Method, bend: Curvature, steepest: float, way: Array, steps: int) -> float:
    """A rate that works, for those who name none.

    Args:
        steepest: the largest curvature a step can meet: of all rows, or of a mini-batch.
        way: from the least-squares line to the start, (2,).
    """
    if method.name == "gradient-descent":
        return bend.best_rate
    if method.stable_below is None:  # Adam moves about one rate a step: a third of the steps for the way
        rate = 3 * float(np.abs(way).max()) / max(steps, 1)
        return rate if 0 < rate < math.inf else 0.001
    return min(bend.best_rate, method.stable_below / steepest / 2)


def _rounding(moments: Moments, best: Array) -> float:
    """The length of a gradient that is rounding only: some units in the last place of its terms."""
    mean_x, mean_y, var_x, covariance = moments
    slope, intercept = np.abs(best)
    residual = abs(mean_y) + slope * abs(mean_x) + intercept
    terms = abs(covariance) + slope * var_x + (1 + abs(mean_x)) * residual
    return float(16 * np.finfo(float).eps * terms)


def random_line(x: ArrayLike, y: ArrayLike, seed: int = 0) -> Line:
    """A random line through the picture of the data: `random_start(summarise(x, y), seed)`."""
    return random_start(summarise(x, y), seed)


def random_start(sums: Sums, seed: int = 0) -> Line:
    """A line that crosses the picture of the data at random heights, and visibly misses them.

    Its heights at the least and the greatest x are drawn from the range of y, until one of them is at
    least a third of that range away from the least-squares line.

    Raises:
        RegressionError: where all x are equal.
    """
    generator = np.random.default_rng(seed)
    low, height = sums.y_low, sums.y_high - sums.y_low
    if height == 0:
        height = abs(low) or 1.0
        low -= height / 2
    ends = np.array([sums.x_low, sums.x_high])
    aim = sums.best.predict(ends)
    heights = aim
    while np.abs(heights - aim).max() < height / 3:
        heights = low + height * generator.random(2)
    slope = float((heights[1] - heights[0]) / (ends[1] - ends[0]))
    return Line(slope, float(heights[0] - slope * ends[0]))
