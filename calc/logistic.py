r"""Logistic regression: the probability of a label 1 from d features, by descent on the log loss.

.. math:: p_i = \sigma(w \cdot x_i + b), \quad
          L(w, b) = -\frac{1}{n} \sum_i \left( y_i \log p_i + (1 - y_i) \log(1 - p_i) \right)

With the sign s = 1 for label 1 and -1 for label 0 a point's loss is log(1 + exp(-s z)), z = w x + b.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from calc.backend import Backend, choose
from calc.descent import Run, Status, descend
from calc.descent.method import Array, Method
from calc.descent.methods import find
from calc.descent.status import round_down
from calc.descent.stochastic import batches
from calc.separation import Separation, separate

Loss: TypeAlias = Literal["log", "square"]

LARGEST = 1e100
MOST_ROWS = 1_000_000
MOST_FEATURES = 50
CURVATURE = {"log": 0.25, "square": 0.1540704}
"""The largest second derivative of a point's loss by z: 1/4 for the log loss, for the square loss that at
sigma = (15 - sqrt(33)) / 24."""

AT_A_TIME = 1_000_000
DEPENDENT = 1e-13
NEWTON_STEPS = 200


class LogisticError(ValueError):
    """No classifier can be fitted to these data; the message says why and what to do."""


@dataclass(frozen=True)
class Classifier:
    """p = sigmoid(weights . x + intercept), in the units of the data."""

    weights: tuple[float, ...]
    intercept: float

    def score(self, x: ArrayLike) -> Array:
        """z = weights . x + intercept for rows of features (n, d): above 0 label 1 is the likelier one."""
        z: Array = np.asarray(x, dtype=float) @ np.array(self.weights) + self.intercept
        return z

    def probability(self, x: ArrayLike) -> Array:
        """The probability of label 1 for rows of features, (n, d) to (n,).

        >>> Classifier((2.0,), -2.0).probability([[1.0]])
        array([0.5])
        """
        return sigmoid(self.score(x))


@dataclass(frozen=True, eq=False)
class PointLoss:
    """What one point tells by its score z, under both losses; all of z's shape.

    Attributes:
        probability: of label 1.
        log, square: the point's loss.
        log_gradient, square_gradient: its derivative by z; that by a weight is this times the feature.
    """

    probability: Array
    log: Array
    square: Array
    log_gradient: Array
    square_gradient: Array


@dataclass(frozen=True)
class Maximum:
    """The exact answer: the classifier of least log loss, or why there is none.

    Attributes:
        classifier: None for separable data, whose weights grow without end.
        loss: its mean log loss; 0 is the bound that complete separation approaches.
        separation: whether the classes can be told apart.
        steps: Newton's steps.
    """

    classifier: Classifier | None
    loss: float
    separation: Separation
    steps: int


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """A classifier's descent to the data: every step, in the units of the data.

    Attributes:
        weights: (k+1, d); intercept: (k+1,).
        loss: the mean loss of each step, (k+1,): of the kind `kind`, "log" or "square".
        run: the descent in its own coordinates (x - mean) / scale: w (k+1, d+1), the intercept last.
        mean, scale: those coordinates, (d,): means and standard deviations, or 0 and 1.
        rate, method, standardise, batch: as used; `batch` is None for full-batch methods.
        safe_below: gradient descent cannot diverge at rates below this, 2 / curvature.
        curvature: a bound on the loss's curvature in those coordinates, wherever the run goes.
        separation: whether the classes can be told apart.
        status: how the run ended, and what to try.
        x, y: the data, (n, d) and (n,).
    """

    weights: Array
    intercept: Array
    loss: Array
    run: Run
    mean: Array
    scale: Array
    rate: float
    method: str
    standardise: bool
    batch: int | None
    kind: Loss
    safe_below: float
    curvature: float
    separation: Separation
    status: Status
    x: Array
    y: Array
    backend: Backend

    @property
    def classifier(self) -> Classifier:
        """The classifier after the last step."""
        return self.at(-1)

    def at(self, step: int) -> Classifier:
        """The classifier after that many steps."""
        return Classifier(tuple(self.weights[step].tolist()), float(self.intercept[step]))

    def probability(self, x: ArrayLike) -> Array:
        """The probability of label 1 at rows of features (p, d) at each step, (k+1, p)."""
        with np.errstate(all="ignore"):
            return sigmoid(self.weights @ np.asarray(x, dtype=float).T + self.intercept[:, None])

    def point_losses(self) -> Array:
        """Each row's own loss at each step, (k+1, n); of `kind`."""
        with np.errstate(all="ignore"):
            scores = self.weights @ self.x.T + self.intercept[:, None]
            return _loss_of(self.kind)((2 * self.y - 1) * scores)

    def accuracy(self) -> Array:
        """The share of rows on their side of the boundary at each step, (k+1,)."""
        with np.errstate(all="ignore"):
            scores = self.weights @ self.x.T + self.intercept[:, None]
        return np.asarray(((scores > 0) == (self.y == 1)).mean(axis=1))

    def boundaries(self, box: tuple[tuple[float, float], tuple[float, float]]) -> Array:
        """For two features: the boundary of each step as a line's two ends in the box; see `boundaries`."""
        return boundaries(self.weights, self.intercept, box)


def sigmoid(z: ArrayLike) -> Array:
    r"""The sigmoid, without overflow and with all digits in both tails.

    .. math:: \sigma(z) = \frac{1}{1 + e^{-z}} = e^{-\log(1 + e^{-z})}

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    probability: Array = _sigmoid(np.asarray(z, dtype=float))
    return probability


def _sigmoid(z: Any) -> Any:
    """The same for NumPy and JAX arrays."""
    xp = z.__array_namespace__()
    with np.errstate(under="ignore", invalid="ignore"):
        return xp.exp(-xp.logaddexp(0.0, -z))


def point_loss(z: ArrayLike, label: ArrayLike) -> PointLoss:
    r"""Both losses of points and their gradients by the score z: why the log loss is used.

    .. math:: \frac{d}{dz} \log(1 + e^{-s z}) = -s \, \sigma(-s z), \quad
              \frac{d}{dz} (\sigma(z) - y)^2 = -2 s \, \sigma(s z) \, \sigma(-s z)^2

    For a confident wrong answer, s z far below 0, the first tends to -s and the second to 0: the worse the
    mistake, the less the square loss corrects it.

    Args:
        z: scores, of any shape.
        label: 0 or 1, broadcast with z.

    >>> wrong = point_loss(-20.0, 1)
    >>> float(wrong.log_gradient.round(6)), float(wrong.square_gradient.round(6))
    (-1.0, -0.0)
    """
    z, y = np.broadcast_arrays(np.asarray(z, dtype=float), np.asarray(label, dtype=float))
    if not ((y == 0) | (y == 1)).all():
        raise LogisticError("A label is 0 or 1.")
    sign = 2 * y - 1
    with np.errstate(under="ignore", over="ignore"):
        wrong, right = sigmoid(-sign * z), sigmoid(sign * z)
        return PointLoss(
            probability=sigmoid(z),
            log=np.logaddexp(0.0, -sign * z),
            square=wrong**2,
            log_gradient=-sign * wrong,
            square_gradient=-2 * sign * right * wrong**2,
        )


def check(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Features (n, d) and labels (n,) as floats, or a sentence.

    Args:
        x: features, (n, d), or (n,) for one.
        y: labels 0 and 1, (n,).

    Raises:
        LogisticError: for labels other than 0 and 1, only one of them, missing or infinite numbers, a
            feature that is the same in every row, fewer than 2 rows, columns of different lengths.
    """
    try:
        x, y = np.array(x, dtype=float), np.array(y, dtype=float).ravel()
    except (TypeError, ValueError, OverflowError) as error:
        raise LogisticError("Every feature and every label must be a number.") from error
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or not 1 <= x.shape[1] <= MOST_FEATURES:
        raise LogisticError(f"The features must be a table with 1 to {MOST_FEATURES} columns.")
    if len(x) != y.size:
        raise LogisticError(f"There are {len(x)} rows of features but {y.size} labels: each row needs both.")
    if not 2 <= y.size <= MOST_ROWS:
        raise LogisticError(f"A classifier needs 2 to {MOST_ROWS:,} rows; here are {y.size}.")
    _check_features(x)
    _check_labels(y)
    return x, y


def _check_features(x: Array) -> None:
    wrong = np.flatnonzero(~np.isfinite(x).all(axis=1))
    if wrong.size:
        raise LogisticError(
            f"Row {wrong[0] + 1} has a missing or infinite feature. Remove the rows with missing numbers."
        )
    if np.abs(x).max() > LARGEST:
        raise LogisticError(f"Features must lie between -{LARGEST:g} and {LARGEST:g}. Use a larger unit.")
    for column in range(x.shape[1]):
        spread = x[:, column].std()
        if x[:, column].min() == x[:, column].max() or not spread > 1e-100:
            raise LogisticError(
                f"Feature {column + 1} is {x[0, column]:g} in every row, so it tells nothing about labels. "
                "Choose a column whose values differ."
            )


def _check_labels(y: Array) -> None:
    wrong = np.flatnonzero((y != 0) & (y != 1))
    if wrong.size:
        raise LogisticError(
            f"Row {wrong[0] + 1} has the label {y[wrong[0]]:g}; every label must be 0 or 1. Choose a column "
            "of zeros and ones, or code the two classes so."
        )
    if y.min() == y.max():
        raise LogisticError(
            f"Every label is {y[0]:g}: there is nothing to tell apart. Add rows with the label {1 - y[0]:g}."
        )


def maximum_likelihood(x: ArrayLike, y: ArrayLike) -> Maximum:
    r"""The classifier of least log loss, by Newton's method with a line search: our exact answer.

    .. math:: w_{k+1} = w_k - t \, H^{-1} \nabla L, \quad
              H = \frac{1}{n} \sum_i p_i (1 - p_i) \, \tilde x_i \tilde x_i^T

    It works on an orthonormal basis of the standardised features and the constant, so that features that
    are almost combinations of each other cost no digits but their own.

    Args:
        x: features, (n, d); y: labels 0 or 1, (n,).

    Raises:
        LogisticError: as `check`, and where a feature is a combination of the others.

    Reference: S. Boyd and L. Vandenberghe, Convex Optimization, Cambridge 2004, section 9.5.

    >>> maximum_likelihood([1, 2, 3, 4], [0, 1, 0, 1]).separation.kind
    'none'
    """
    x, y = check(x, y)
    coordinates = _Coordinates.of(x, standardise=True)
    basis, triangle = np.linalg.qr(coordinates.design(x))
    singular = np.linalg.svd(triangle, compute_uv=False)
    if singular[-1] < DEPENDENT * singular[0]:
        raise LogisticError(
            "A feature is a combination of the others (such as twice another), so many weights fit equally "
            "well. Leave it out."
        )
    separation = separate(x, y) if x.shape[1] <= 2 else Separation("none", proved=False)
    if separation.separable:
        return Maximum(None, _infimum(x, y, separation), separation, 0)
    root = np.sqrt(y.size)
    u, steps, converged = _newton(basis * root, 2 * y - 1)
    classifier = coordinates.leave(np.linalg.solve(triangle, u * root))
    margins = (2 * y - 1) * (basis @ u) * root
    loss = float(np.logaddexp(0.0, -margins).mean())
    if converged:
        return Maximum(classifier, loss, separation, steps)
    complete = bool((margins > 0).all())
    kind: Literal["complete", "touching"] = "complete" if complete else "touching"
    found = Separation(kind, classifier.weights, classifier.intercept, proved=complete)
    return Maximum(None, 0.0 if complete else loss, found, steps)


def _infimum(x: Array, y: Array, separation: Separation) -> float:
    """What the mean loss tends to on separable data: only the rows on the boundary keep a loss."""
    if separation.kind == "complete":
        return 0.0
    weights = np.array(separation.weights)
    at = np.abs(x @ weights + separation.intercept) <= 1e-9 * np.abs(x).max()
    labels = y[at]
    along = x[at] @ np.array([-weights[1], weights[0]]) if weights.size == 2 else np.zeros(labels.size)
    if np.ptp(along) > 0:
        return float(maximum_likelihood(along, labels).loss * labels.size / y.size)
    # All in one place: the best probability there is the share of ones.
    counts = np.array([labels.sum(), labels.size - labels.sum()])
    return float((counts * np.log(labels.size / counts)).sum() / y.size)


def _newton(basis: Array, sign: Array) -> tuple[Array, int, bool]:
    """Newton's method on the mean of log(1 + exp(-sign * basis u)), basis (n, m), columns of mean square 1.

    Returns u (m,), the steps, and whether it converged; it did not where the classes came apart.
    """

    def loss(u: Array) -> float:
        return float(np.logaddexp(0.0, -sign * (basis @ u)).mean())

    u = np.zeros(basis.shape[1])
    for step in range(NEWTON_STEPS):
        margin = sign * (basis @ u)
        wrong = sigmoid(-margin)
        gradient = -(basis.T @ (sign * wrong)) / sign.size
        hessian = (basis.T * (wrong * sigmoid(margin))) @ basis / sign.size
        bends = np.linalg.eigvalsh(hessian)
        if margin.min() > 0 or bends[0] <= 1e-15 * max(bends[-1], 1e-3):
            return u, step, False
        move = np.linalg.solve(hessian, gradient)
        slope, length = float(gradient @ move), 1.0
        if slope < 1e-28:
            return u - move, step + 1, True
        # So close to the end the loss no longer shows an improvement: Newton's full step is right there.
        while slope > 1e-12 and loss(u - length * move) > loss(u) - 0.25 * length * slope:
            length /= 2
        u = u - length * move
    return u, NEWTON_STEPS, False


@dataclass(frozen=True, eq=False)
class _Coordinates:
    """Where the descent runs: (x - mean) / scale, with a column of ones last."""

    mean: Array
    scale: Array

    @classmethod
    def of(cls, x: Array, standardise: bool) -> _Coordinates:
        if not standardise:
            return cls(np.zeros(x.shape[1]), np.ones(x.shape[1]))
        return cls(x.mean(axis=0), x.std(axis=0))

    def design(self, x: Array) -> Array:
        """The features in these coordinates and a one, (n, d+1)."""
        return np.column_stack([(x - self.mean) / self.scale, np.ones(len(x))])

    def enter(self, start: Classifier) -> Array:
        """A classifier of the data as (weights, intercept) in these coordinates, (d+1,)."""
        weights = np.array(start.weights)
        return np.append(weights * self.scale, start.intercept + weights @ self.mean)

    def leave_all(self, w: Array) -> tuple[Array, Array]:
        """Weights (k+1, d) and intercepts (k+1,) in the units of the data, from w (k+1, d+1)."""
        weights = w[:, :-1] / self.scale
        return weights, w[:, -1] - weights @ self.mean

    def leave(self, w: Array) -> Classifier:
        weights, intercept = self.leave_all(w[None])
        return Classifier(tuple(weights[0].tolist()), float(intercept[0]))


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
    coordinates = _Coordinates.of(x, standardise)
    design = coordinates.design(x)
    curvature = CURVATURE[loss] * float(np.linalg.eigvalsh(design.T @ design / y.size)[-1])
    full = follow = functools.partial(_GRADIENTS[loss], design, sign)
    rate = _default_rate(chosen, curvature) if rate is None else float(rate)
    if chosen.name == "stochastic":
        batch = max(1, min(32, y.size // 5)) if batch is None else batch
        drawn = batches(y.size, batch, max(steps, 0), seed)
        follow = functools.partial(_BATCH_GRADIENTS[loss], design, sign, drawn)
    ran_by = choose(backend, work=4 * design.size)
    run = descend(
        follow,
        coordinates.enter(_start(start, x.shape[1])),
        method=chosen,
        rate=rate,
        steps=steps,
        loss=functools.partial(_losses, loss, design, sign),
        full_gradient=None if follow is full else functools.partial(_gradients, loss, design, sign),
        floor=8 * float(np.finfo(float).eps * np.abs(design).mean(axis=0).max()),
        backend=ran_by,
    )
    separation = separate(x, y) if x.shape[1] <= 2 else maximum_likelihood(x, y).separation
    weights, intercept = coordinates.leave_all(run.w)
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
        status=_status(run.status, chosen, rate, 2 / curvature, separation, weights),
        x=x,
        y=y,
        backend=ran_by,
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
    status: Status, method: Method, rate: float, safe: float, separation: Separation, weights: Array
) -> Status:
    """The run's status, with what is known here: the rate that is safe, and whether there is a minimum."""
    if status.kind in ("diverged", "oscillating") and method.name == "gradient-descent" and rate >= safe:
        status = replace(
            status,
            text=f"{status.text} At rates below {round_down(safe)} the loss cannot rise on these data.",
        )
    if not separation.separable or status.kind not in ("converged", "moving"):
        return status
    how = "without a mistake" if separation.kind == "complete" else "but for rows on the boundary itself"
    length = float(np.linalg.norm(weights[-1]))
    return Status(
        "moving",
        len(weights) - 1,
        f"This never converges: a boundary separates the two classes {how}, so larger weights always fit "
        f"better and they grow without end, ever more slowly (length {length:.3g} after this run). Stop "
        "early, or add rows that overlap.",
    )


def _log_gradient(design: Any, sign: Any, w: Any, k: int = 0) -> Any:
    """The gradient of the mean log loss at w (d+1,): mean of -s sigmoid(-s z) x."""
    return -(sign * _sigmoid(-sign * (design @ w))) @ design / sign.shape[0]


def _square_gradient(design: Any, sign: Any, w: Any, k: int = 0) -> Any:
    """The gradient of the mean square loss at w (d+1,): mean of -2 s sigmoid(s z) sigmoid(-s z)^2 x."""
    margin = sign * (design @ w)
    return -(2 * sign * _sigmoid(margin) * _sigmoid(-margin) ** 2) @ design / sign.shape[0]


_GRADIENTS: dict[str, Callable[..., Any]] = {"log": _log_gradient, "square": _square_gradient}


def _log_batch(design: Any, sign: Any, drawn: Any, w: Any, k: Any) -> Any:
    """The gradient of the log loss over the mini-batch drawn for step k."""
    return _log_gradient(design[drawn[k]], sign[drawn[k]], w)


def _square_batch(design: Any, sign: Any, drawn: Any, w: Any, k: Any) -> Any:
    """The gradient of the square loss over the mini-batch drawn for step k."""
    return _square_gradient(design[drawn[k]], sign[drawn[k]], w)


_BATCH_GRADIENTS: dict[str, Callable[..., Any]] = {"log": _log_batch, "square": _square_batch}


def _gradients(loss: Loss, design: Array, sign: Array, w: Array) -> Array:
    """The gradient over all rows at each iterate, (k+1, d+1)."""
    return np.array([_GRADIENTS[loss](design, sign, at) for at in w])


def _loss_of(loss: Loss) -> Callable[[Array], Array]:
    """A point's loss as a function of its margin s z."""
    if loss == "log":
        return lambda margin: np.logaddexp(0.0, -margin)
    return lambda margin: sigmoid(-margin) ** 2


def _losses(loss: Loss, design: Array, sign: Array, w: Array) -> Array:
    """The mean loss at each iterate, (k+1,): some iterates at a time, to bound the memory."""
    of, some = _loss_of(loss), max(1, AT_A_TIME // len(sign))
    parts = [of(sign * (w[first : first + some] @ design.T)).mean(axis=1) for first in range(0, len(w), some)]
    return np.concatenate(parts)


def boundaries(
    weights: ArrayLike, intercept: ArrayLike, box: tuple[tuple[float, float], tuple[float, float]]
) -> Array:
    """The lines w1 x1 + w2 x2 + b = 0 inside a box, for drawing.

    Args:
        weights: (k, 2); intercept: (k,).
        box: ((low, high) of the first feature, (low, high) of the second).

    Returns:
        The two ends of each line as (x1, x2), (k, 2, 2); nan where it misses the box or there is none.

    Reference: Y.-D. Liang and B. A. Barsky, A new concept and method for line clipping, ACM Transactions on
    Graphics 3 (1984), 1-22.

    >>> boundaries([[1.0, 1.0]], [-1.0], ((0, 1), (0, 1))).round(6).tolist()
    [[[1.0, 0.0], [0.0, 1.0]]]
    """
    low, high = np.array(box, dtype=float).T
    size = high - low
    w = np.asarray(weights, dtype=float) * size
    with np.errstate(all="ignore"):
        w, b = _unit(w, np.asarray(intercept, dtype=float) + np.asarray(weights, dtype=float) @ low)
        # In the unit square: the point of the line next to the square's middle, and the way along the line.
        foot = 0.5 - w * (w.sum(axis=1) / 2 + b)[:, None]
        along = np.column_stack([-w[:, 1], w[:, 0]])
        to_low, to_high = -foot / along, (1 - foot) / along
        first, last = np.fmin(to_low, to_high).copy(), np.fmax(to_low, to_high).copy()
        level = along == 0
        first[level], last[level] = -np.inf, np.inf
        inside = (~level | ((foot >= 0) & (foot <= 1))).all(axis=1)
        enter, leave = first.max(axis=1), last.min(axis=1)
        inside &= enter <= leave
        ends = foot[:, None] + np.stack([enter, leave], axis=1)[:, :, None] * along[:, None]
    ends[~inside] = np.nan
    return np.asarray(low + ends * size)


def _unit(w: Array, b: Array) -> tuple[Array, Array]:
    """The same lines with weights of length 1."""
    length = np.linalg.norm(w, axis=1)
    return w / length[:, None], b / length
