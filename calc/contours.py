r"""Lines of equal loss around the minimum of a quadratic loss: ellipses, in closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def rings(hessian: ArrayLike, centre: ArrayLike, excess: ArrayLike, points: int = 73) -> Floats:
    r"""The points whose loss lies by a given excess above the least one.

    .. math:: \tfrac12 (w - w^*)^\top H (w - w^*) = \epsilon, \quad
              w = w^* + \sqrt{2 \epsilon} \; Q \Lambda^{-1/2} (\cos\theta, \sin\theta)^\top,
              \quad H = Q \Lambda Q^\top

    Args:
      hessian: the Hessian H of the loss, (2, 2), both eigenvalues above 0.
      centre: the minimum w*, (2,).
      excess: how much the loss of each ring lies above the least, (m,).
      points: how many points to a ring, the last equal to the first.

    Returns:
      The rings, (m, points, 2).

    >>> rings([[2, 0], [0, 2]], [0, 0], [4.0], points=5).round(9)[0, :3].tolist()
    [[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0]]
    """
    eigenvalues, vectors = np.linalg.eigh(np.asarray(hessian, dtype=float))
    angle = np.linspace(0, 2 * np.pi, points)
    # Measured from the first axis of w, so that a round ring begins at its right.
    circle = vectors.T @ np.stack([np.cos(angle), np.sin(angle)])
    unit = vectors @ (circle / np.sqrt(eigenvalues)[:, None])
    radius = np.sqrt(2 * np.asarray(excess, dtype=float))
    made: Floats = np.asarray(centre, dtype=float) + radius[:, None, None] * unit.T
    return made
