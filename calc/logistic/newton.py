"""The exact answer: the classifier of least log loss, by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from calc.descent.method import Array
from calc.logistic.classifier import Classifier, sigmoid
from calc.logistic.coordinates import Coordinates
from calc.logistic.data import check
from calc.logistic.errors import LogisticError
from calc.separation import Separation, separate

COLLINEAR = 1e-13
"""Features are taken for combinations of each other below this ratio of singular values."""

NEWTON_STEPS = 200
"""It converges in ten or so; separable classes, whose weights grow by about 1 a step, are found out before."""


@dataclass(frozen=True)
class Maximum:
    """The exact answer: the classifier of least log loss, or why there is none.

    Attributes:
        classifier: None for separable data, whose weights grow without end.
        loss: its mean log loss; 0 is the bound that complete separation approaches.
        separation: whether the classes can be separated.
        steps: Newton's steps.
    """

    classifier: Classifier | None
    loss: float
    separation: Separation
    steps: int


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
    coordinates = Coordinates.of(x, standardise=True)
    basis, triangle = np.linalg.qr(coordinates.design(x))
    singular = np.linalg.svd(triangle, compute_uv=False)
    if singular[-1] < COLLINEAR * singular[0]:
        raise LogisticError(
            "A feature is a combination of the others (such as twice another), so many weights fit equally "
            "well. Leave it out."
        )
    separation = separate(x, y) if x.shape[1] <= 2 else Separation("none", proved=False)
    if separation.separable:
        return Maximum(None, _infimum(x, y, separation), separation, 0)
    root = np.sqrt(y.size)
    u, steps, converged = _newton(basis * root, 2 * y - 1)
    classifier = coordinates.to_classifier(np.linalg.solve(triangle, u * root))
    margins = (2 * y - 1) * (basis @ u) * root
    loss = float(np.logaddexp(0.0, -margins).mean())
    if converged:
        return Maximum(classifier, loss, separation, steps)
    complete = bool((margins > 0).all())
    kind: Literal["complete", "quasi-complete"] = "complete" if complete else "quasi-complete"
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

    Returns u (m,), the steps, and whether it converged; it does not where the classes are separable.
    """

    def loss(u: Array) -> float:
        return float(np.logaddexp(0.0, -sign * (basis @ u)).mean())

    u = np.zeros(basis.shape[1])
    for step in range(NEWTON_STEPS):
        margin = sign * (basis @ u)
        wrong = sigmoid(-margin)
        gradient = -(basis.T @ (sign * wrong)) / sign.size
        hessian = (basis.T * (wrong * sigmoid(margin))) @ basis / sign.size
        eigenvalues = np.linalg.eigvalsh(hessian)
        if margin.min() > 0 or eigenvalues[0] <= 1e-15 * max(eigenvalues[-1], 1e-3):
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
