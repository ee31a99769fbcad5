"""The boundary between the two classes, as a line to draw."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from calc.descent.method import Array


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
