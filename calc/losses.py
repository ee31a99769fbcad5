r"""Two losses of a number x against points a_1 ... a_n: squares, least at the mean; distances, at the median.

.. math:: L_2(x) = \sum_i (x - a_i)^2, \qquad L_1(x) = \sum_i |x - a_i|

Sums are rounded once, at their end, so that points far from zero (years, prices) lose no digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from calc.descent import Run, descend
from calc.descent.method import Array, Method
from calc.numbers import written

MAX_MAGNITUDE = 1e140
"""Largest absolute value of a point or of x: the squares of such differences, and their sum, stay finite."""

MAX_POINTS = 100_000
"""Exact sums of that many still take well under a second."""
TYPED = 15
"""Digits of a number as it was typed: more than that a float does not keep."""
SHOWN_TERMS = 6
"""Points that are written out in a derivation; of more the first three and the last are shown."""


class LossError(ValueError):
    """There is no loss for these numbers; the message says why and what to do."""


@dataclass(frozen=True)
class Step:
    """One line of a derivation: the formula in LaTeX and why it follows, in words."""

    latex: str
    why: str


@dataclass(frozen=True, eq=False)
class SquareLoss:
    r"""The sum of squared distances to the points.

    .. math:: L(x) = \sum_i (x - a_i)^2, \quad L'(x) = \sum_i 2 (x - a_i), \quad L''(x) = 2 n

    Attributes:
        a: the points, (n,).
        minimiser: their mean, correctly rounded.
        minimum: the loss there.

    >>> square_loss([2, 3, 7]).minimiser
    4.0
    """

    a: Array
    minimiser: float
    minimum: float

    @property
    def minimisers(self) -> tuple[float, float]:
        """The minimiser as an interval, which has one point only: as `AbsoluteLoss` has it."""
        return self.minimiser, self.minimiser

    @property
    def where(self) -> str:
        """The minimiser in words: "mean 4"."""
        return f"mean {written(self.minimiser, 5)}"

    def __call__(self, x: ArrayLike) -> Array:
        """The loss at x, of x's shape."""
        return _elementwise(x, lambda at: math.fsum(((at - self.a) ** 2).tolist()))

    def parabolas(self, x: ArrayLike) -> Array:
        """The points' own parabolas (x - a_i)^2: one row for each point, (n, *shape of x)."""
        squares: Array = np.subtract.outer(self.a, _numbers(x, "x")) ** 2
        return squares

    def pulls(self, x: float) -> Array:
        """What each point adds to the slope at x, 2 (x - a_i), (n,); a point to the right pulls x to it."""
        pulls: Array = 2 * (_numbers(x, "x") - self.a)
        return pulls

    def slope(self, x: ArrayLike) -> Array:
        """The slope at x, the sum of the pulls: 2 (n x - sum of the a_i), correctly rounded."""
        total = _exact_sum(self.a)
        return _elementwise(x, lambda at: float(2 * (self.a.size * Fraction(at) - total)))

    def steps(self) -> tuple[Step, ...]:
        """How the minimiser is derived, line by line, with these numbers."""
        return _square_steps(self)

    def descend(
        self, start: float, *, rate: float, steps: int, method: str | Method = "gradient-descent"
    ) -> Run:
        """Descend on this loss from `start`; gradient descent diverges at rates above 1/n.

        Raises:
            ValueError: as `calc.descent.descend`.

        >>> square_loss([2, 3, 7]).descend(0, rate=1 / 6, steps=1).w[-1]
        array([4.])
        """
        centred = self.a - self.minimiser
        distance = float(_numbers(start, "x")) - self.minimiser
        shift, n = math.fsum(centred), self.a.size
        run = descend(
            lambda w, k: 2 * (n * w - shift),
            [distance],
            method=method,
            rate=rate,
            steps=steps,
            loss=lambda w: self.minimum + n * w[:, 0] ** 2,
            curvatures=(2.0 * n,),
            floor=8 * n * float(np.spacing(abs(self.minimiser) + np.abs(centred).max())),
        )
        return Run(run.w + self.minimiser, run.gradient, run.loss, run.step_gradient, run.status)


@dataclass(frozen=True, eq=False)
class AbsoluteLoss:
    r"""The sum of distances to the points.

    .. math:: L(x) = \sum_i |x - a_i|, \quad
              \partial L(x) = [\#(a < x) - \#(a \ge x), \; \#(a \le x) - \#(a > x)]

    It has a corner at every point. Where the subdifferential, the interval of slopes between those of the
    two sides, holds 0, the loss is least: at the median, or all along the interval between the middle two.

    Attributes:
        a: the points, (n,), as given.
        corners: the different points in order, (m,).
        minimisers: the ends (low, high) of the interval of medians; equal for an odd number of points.
        minimum: the loss there.

    Reference: S. Boyd and L. Vandenberghe, Convex Optimization, Cambridge 2004, section 6.1.

    >>> absolute_loss([2, 3, 7, 9]).minimisers
    (3.0, 7.0)
    """

    a: Array
    corners: Array
    minimisers: tuple[float, float]
    minimum: float

    @property
    def where(self) -> str:
        """The minimisers in words: "median 3", or "medians 3 to 4"."""
        low, high = (written(end, 5) for end in self.minimisers)
        return f"median {low}" if self.minimisers[0] == self.minimisers[1] else f"medians {low} to {high}"

    def __call__(self, x: ArrayLike) -> Array:
        """The loss at x, of x's shape."""
        return _elementwise(x, lambda at: math.fsum(np.abs(at - self.a).tolist()))

    def distances(self, x: ArrayLike) -> Array:
        """The points' own corners |x - a_i|: one row for each point, (n, *shape of x)."""
        distances: Array = np.abs(np.subtract.outer(self.a, _numbers(x, "x")))
        return distances

    def subgradient(self, x: ArrayLike) -> tuple[Array, Array]:
        """The slopes to the left and to the right of x: two whole numbers each, equal off the corners."""
        at, ordered = _numbers(x, "x"), np.sort(self.a)
        below, up_to = np.searchsorted(ordered, at, "left"), np.searchsorted(ordered, at, "right")
        return (2 * below - self.a.size).astype(float), (2 * up_to - self.a.size).astype(float)

    def along(self, x: Array) -> tuple[Array, Array, Array]:
        """The loss and the slopes to the left and to the right along a run; nan where it left all bounds."""
        with np.errstate(invalid="ignore"):
            known = np.abs(x) <= MAX_MAGNITUDE
        at = np.where(known, x, 0.0)
        loss, left, right = (np.where(known, each, np.nan) for each in (self(at), *self.subgradient(at)))
        return loss, left, right

    def slope(self, x: ArrayLike) -> Array:
        """The slope at x: points to the left less points to the right; nan at a corner."""
        left, right = self.subgradient(x)
        return np.where(left == right, left, np.nan)


@dataclass(frozen=True)
class Outlier:
    """What one more point does to the mean and to the median (the middle of the interval of medians)."""

    point: float
    mean: tuple[float, float]
    median: tuple[float, float]

    @property
    def mean_moves(self) -> float:
        """How far the mean moves: (point - mean) / (n + 1), without bound as the point goes out."""
        return self.mean[1] - self.mean[0]

    @property
    def median_moves(self) -> float:
        """How far the median moves: at most to the next point, however far out the new one is."""
        return self.median[1] - self.median[0]


def square_loss(points: ArrayLike) -> SquareLoss:
    """The square loss of these points.

    Args:
        points: a_1 ... a_n, one or more finite numbers up to 1e140.

    Raises:
        LossError: for no points, more than 100,000, a missing or infinite one, or one too large to square.

    >>> float(square_loss([2, 3, 7])(4))
    14.0
    """
    a = _points(points)
    exact = _exact_sum(a) / a.size
    mean = float(exact)
    # The rounding of the mean adds n times its square, which shows where the points lie close together.
    return SquareLoss(a, mean, math.fsum((a - mean) ** 2) - a.size * float(exact - Fraction(mean)) ** 2)


def absolute_loss(points: ArrayLike) -> AbsoluteLoss:
    """The absolute loss of these points; raises LossError as `square_loss`.

    >>> absolute_loss([2, 3, 7]).minimum
    5.0
    """
    a = _points(points)
    ordered = np.sort(a)
    low, high = float(ordered[(a.size - 1) // 2]), float(ordered[a.size // 2])
    return AbsoluteLoss(a, np.unique(a), (low, high), math.fsum(np.abs(a - low)))


def outlier(points: ArrayLike, point: float) -> Outlier:
    """What adding one point does to the mean and the median; raises LossError as `square_loss`.

    >>> effect = outlier([1, 2, 3], 102)
    >>> effect.mean_moves, effect.median_moves
    (25.0, 0.5)
    """
    before = _points(points)
    after = _points([*before, point])
    means = [square_loss(a).minimiser for a in (before, after)]
    medians = [sum(map(Fraction, absolute_loss(a).minimisers)) / 2 for a in (before, after)]
    return Outlier(float(point), (means[0], means[1]), (float(medians[0]), float(medians[1])))


def _points(points: ArrayLike) -> Array:
    a = _numbers(points, "point").ravel()
    if a.size == 0:
        raise LossError("There are no points, so there is no loss. Add at least one.")
    if a.size > MAX_POINTS:
        raise LossError(f"There are {a.size:,} points; at most {MAX_POINTS:,} are taken.")
    return a


def _numbers(values: ArrayLike, name: str) -> Array:
    """The values as float64; LossError unless all are finite and small enough to square."""
    try:
        numbers = np.array(values, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise LossError(f"Every {name} must be a number.") from error
    wrong = np.flatnonzero(~np.isfinite(numbers))
    if wrong.size:
        raise LossError(
            f"Number {wrong[0] + 1} is missing or infinite ({numbers.flat[wrong[0]]}). Remove or correct it."
        )
    if np.abs(numbers).max(initial=0.0) > MAX_MAGNITUDE:
        raise LossError(
            f"Every {name} must lie between {written(-MAX_MAGNITUDE)} and {written(MAX_MAGNITUDE)}: the squares of "
            "larger numbers overflow. Use a larger unit."
        )
    return numbers


def _elementwise(x: ArrayLike, loss: Callable[[float], float]) -> Array:
    """A function of one number at each of x."""
    at = _numbers(x, "x")
    return np.array([loss(float(value)) for value in at.ravel()]).reshape(at.shape)


def _exact_sum(a: Array) -> Fraction:
    """The exact sum: rounded, then what the rounding left, until nothing is left."""
    total, left = Fraction(0), list(a)
    while part := math.fsum(left):
        total += Fraction(part)
        left.append(-part)
    return total


def _square_steps(loss: SquareLoss) -> tuple[Step, ...]:
    n, total = loss.a.size, float(_exact_sum(loss.a))
    # As they were typed: rounded ones would add up to something else.
    differences = [f"(x {_signed(-value, TYPED)})" for value in loss.a]
    equation = f"{n} x" if n > 1 else "x"
    return (
        Step(f"L(x) = {_sum([f'{part}^2' for part in differences])}", "one parabola for each point"),
        Step(
            f"L'(x) = {_sum([f'2 {part}' for part in differences])}",
            "sum rule and chain rule: the slope is the sum of the pulls",
        ),
        Step(f"L'(x) = 2 ({equation} {_signed(-total, TYPED)})", "the x and the numbers collected"),
        Step(rf"L'(x) = 0 \iff {equation} = {number(total, TYPED)}", "at the minimum the slope is zero"),
        Step(
            rf"x = \frac{{{number(total, TYPED)}}}{{{n}}} = {number(loss.minimiser)} = \bar a",
            "which is the mean of the points",
        ),
        Step(f"L''(x) = {2 * n} > 0", "the slope rises everywhere, so this is the minimum and the only one"),
    )


def _sum(parts: list[str]) -> str:
    shown = parts if len(parts) <= SHOWN_TERMS else [*parts[:3], r"\cdots", parts[-1]]
    return " + ".join(shown)


def _signed(value: float, digits: int) -> str:
    return f"- {number(-value, digits)}" if value <= 0 else f"+ {number(value, digits)}"


def number(value: float, digits: int = 6) -> str:
    r"""A number in LaTeX, to six digits or so.

    >>> number(-2.5e-9), number(1e-9)
    ('-2.5 \\cdot 10^{-9}', '10^{-9}')
    """
    text, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")
    if not exponent:
        return text
    times = {"1": "", "-1": "-"}.get(text, rf"{text} \cdot ")
    return f"{times}10^{{{int(exponent)}}}"
