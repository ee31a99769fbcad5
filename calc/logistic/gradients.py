"""The mean of either loss over the data, and its gradient over all rows or over those of a mini-batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from calc.descent.method import Array
from calc.logistic.classifier import any_sigmoid
from calc.logistic.losses import Loss, loss_of

SCORES_PER_BLOCK = 1_000_000
"""Scores computed together, to bound the memory."""


def mean_losses(loss: Loss, design: Array, sign: Array, w: Array) -> Array:
    """The mean loss at each iterate, (k+1,): some iterates at a time."""
    of, some = loss_of(loss), max(1, SCORES_PER_BLOCK // len(sign))
    parts = [of(sign * (w[first : first + some] @ design.T)).mean(axis=1) for first in range(0, len(w), some)]
    return np.concatenate(parts)


def _log_gradient(design: Any, sign: Any, w: Any, k: int = 0) -> Any:
    """The gradient of the mean log loss at w (d+1,): mean of -s sigmoid(-s z) x."""
    return -(sign * any_sigmoid(-sign * (design @ w))) @ design / sign.shape[0]


def _square_gradient(design: Any, sign: Any, w: Any, k: int = 0) -> Any:
    """The gradient of the mean square loss at w (d+1,): mean of -2 s sigmoid(s z) sigmoid(-s z)^2 x."""
    margin = sign * (design @ w)
    return -(2 * sign * any_sigmoid(margin) * any_sigmoid(-margin) ** 2) @ design / sign.shape[0]


GRADIENTS: dict[str, Callable[..., Any]] = {"log": _log_gradient, "square": _square_gradient}


def _log_batch(design: Any, sign: Any, drawn: Any, w: Any, k: Any) -> Any:
    """The gradient of the log loss over the mini-batch drawn for step k."""
    return _log_gradient(design[drawn[k]], sign[drawn[k]], w)


def _square_batch(design: Any, sign: Any, drawn: Any, w: Any, k: Any) -> Any:
    """The gradient of the square loss over the mini-batch drawn for step k."""
    return _square_gradient(design[drawn[k]], sign[drawn[k]], w)


BATCH_GRADIENTS: dict[str, Callable[..., Any]] = {"log": _log_batch, "square": _square_batch}


def gradients(loss: Loss, design: Array, sign: Array, w: Array) -> Array:
    """The gradient over all rows at each iterate, (k+1, d+1)."""
    return np.array([GRADIENTS[loss](design, sign, at) for at in w])
