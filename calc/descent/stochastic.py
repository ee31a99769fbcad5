r"""Stochastic gradient descent: the plain step, with the gradient of a few random rows only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calc.descent.method import Array, Method, State

FORMULA = r"""w_{k+1} = w_k - \eta \, \nabla L_{B_k}(w_k),
\quad L_{B_k} = \frac{1}{|B_k|} \sum_{i \in B_k} \ell_i"""


def batches(rows: int, batch: int, steps: int, seed: int) -> NDArray[np.int64]:
    """Draw the rows of each step's mini-batch: shuffled epochs, without replacement.

    An epoch deals the shuffled rows out like cards, `batch` at a time, until fewer than that are left;
    then all are shuffled again. So no row comes twice in one epoch.

    Args:
        rows: the number of rows of the data.
        batch: rows in each mini-batch, 1 to `rows`.
        steps: how many mini-batches to draw.
        seed: the same seed gives the same batches.

    Returns:
        Row numbers, (steps, batch).

    Raises:
        ValueError: if the batch does not fit the data.

    >>> batches(rows=4, batch=2, steps=2, seed=0).shape
    (2, 2)
    """
    if not 1 <= batch <= rows:
        raise ValueError(f"A mini-batch takes 1 to {rows} of these {rows} rows, not {batch}.")
    generator = np.random.default_rng(seed)
    per_epoch = rows // batch
    drawn = np.empty((steps, batch), dtype=np.int64)
    for first in range(0, steps, per_epoch):
        epoch = drawn[first : first + per_epoch]
        epoch[:] = generator.choice(rows, size=epoch.shape, replace=False)
    return drawn


def init(w: Array) -> State:
    """Stochastic gradient descent remembers nothing."""
    return ()


def update(gradient: Array, state: State, rate: float, k: int) -> tuple[Array, State]:
    r"""One step of stochastic gradient descent.

    .. math:: w_{k+1} = w_k - \eta \, \nabla L_{B_k}(w_k)

    Args:
        gradient: the gradient at w_k of the mean loss over the rows of mini-batch B_k, (d,).
        state: empty.
        rate: the learning rate, eta.
        k: the number of the step; not used.

    Returns:
        The change w_{k+1} - w_k, and the empty state.

    >>> update(np.array([2.0]), (), rate=0.25, k=0)
    (array([-0.5]), ())
    """
    return -rate * gradient, state


METHOD = Method(
    name="stochastic",
    title="Stochastic mini-batches",
    formula=FORMULA,
    symbols=(
        ("w_k", "the parameters after k steps"),
        (r"\eta", "the learning rate"),
        ("B_k", "the rows of the k-th mini-batch, drawn from a shuffled deck"),
        (r"\ell_i", "the loss on row i alone"),
    ),
    reference="H. Robbins and S. Monro, A stochastic approximation method, Annals of Mathematical "
    "Statistics 22 (1951), 400-407; L. Bottou, F. E. Curtis and J. Nocedal, Optimization methods for "
    "large-scale machine learning, SIAM Review 60 (2018), 223-311.",
    init=init,
    update=update,
    stable_below=None,
)
