r"""Gradient descent: step against the gradient, in proportion to its length."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calc.descent.method import Array, Method, State

FORMULA = r"w_{k+1} = w_k - \eta \, \nabla L(w_k)"


def init(w: Array) -> State:
    """Gradient descent remembers nothing."""
    return ()


def update(gradient: Array, state: State, rate: float, k: int) -> tuple[Array, State]:
    r"""One step of gradient descent.

    .. math:: w_{k+1} = w_k - \eta \, \nabla L(w_k)

    On a quadratic loss the error along an eigenvector of the Hessian is multiplied by
    1 - rate * eigenvalue at each step, so it shrinks as long as rate * eigenvalue < 2.

    Args:
        gradient: the gradient of the loss at w_k, (d,).
        state: empty.
        rate: the learning rate, eta.
        k: the number of the step; not used.

    Returns:
        The change w_{k+1} - w_k, and the empty state.

    >>> update(np.array([2.0]), (), rate=0.25, k=0)
    (array([-0.5]), ())
    """
    return -rate * gradient, state


def roots(h: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """What a step multiplies the error with: 1 - h."""
    return (1 - h)[None]


METHOD = Method(
    name="gradient-descent",
    title="Gradient descent",
    formula=FORMULA,
    symbols=(
        ("w_k", "the parameters after k steps"),
        (r"\eta", "the learning rate"),
        (r"\nabla L(w_k)", "the gradient of the loss there"),
    ),
    reference="A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, "
    "Comptes rendus 25 (1847), 536-538.",
    init=init,
    update=update,
    stable_below=2.0,
    roots=roots,
)
