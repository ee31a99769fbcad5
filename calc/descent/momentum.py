r"""Momentum: a velocity that adds up the gradients and slowly forgets, like a heavy ball."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calc.descent.method import Array, Method, State, quadratic_roots

BETA = 0.9
"""The usual value: a step adds up about the last 1 / (1 - 0.9) = 10 gradients."""
FORMULA = r"""\begin{aligned}
v_{k+1} &= \beta \, v_k + \nabla L(w_k), \quad v_0 = 0 \\
w_{k+1} &= w_k - \eta \, v_{k+1}
\end{aligned}"""


def init(w: Array) -> State:
    """The ball is at rest: velocity 0, shaped like w."""
    return (np.zeros_like(w),)


def update(gradient: Array, state: State, rate: float, k: int) -> tuple[Array, State]:
    r"""One step of gradient descent with momentum.

    .. math:: v_{k+1} = \beta v_k + \nabla L(w_k), \quad w_{k+1} = w_k - \eta v_{k+1}

    On a quadratic loss the error e along an eigenvector with eigenvalue h obeys
    e_{k+1} = (1 + beta - rate h) e_k - beta e_{k-1}. Both roots of z^2 - (1 + beta - rate h) z + beta
    lie inside the unit circle exactly while 0 < rate h < 2 (1 + beta).

    Args:
        gradient: the gradient of the loss at w_k, (d,).
        state: (v_k,).
        rate: the learning rate, eta.
        k: the number of the step; not used.

    Returns:
        The change w_{k+1} - w_k, and (v_{k+1},).

    >>> update(np.array([2.0]), (np.array([1.0]),), rate=0.5, k=1)
    (array([-1.45]), (array([2.9]),))
    """
    (velocity,) = state
    velocity = BETA * velocity + gradient
    return -rate * velocity, (velocity,)


def roots(h: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """The roots of z^2 - (1 + beta - h) z + beta."""
    return quadratic_roots(1 + BETA - h, BETA + 0 * h)


METHOD = Method(
    name="momentum",
    title="Momentum",
    formula=FORMULA,
    symbols=(
        ("w_k", "the parameters after k steps"),
        ("v_k", "the velocity"),
        (r"\beta", f"how much of the velocity is kept, {BETA}"),
        (r"\eta", "the learning rate"),
        (r"\nabla L(w_k)", "the gradient of the loss"),
    ),
    reference="B. T. Polyak, Some methods of speeding up the convergence of iteration methods, "
    "USSR Computational Mathematics and Mathematical Physics 4(5) (1964), 1-17.",
    init=init,
    update=update,
    stable_below=2 * (1 + BETA),
    roots=roots,
)
