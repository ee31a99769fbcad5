r"""Nesterov's momentum: the velocity also takes the step that the new gradient asks for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calc.descent.method import Array, Method, State, quadratic_roots

BETA = 0.9
"""As in `momentum`, so that the two can be compared."""
FORMULA = r"""\begin{aligned}
v_{k+1} &= \beta \, v_k + \nabla L(w_k), \quad v_0 = 0 \\
w_{k+1} &= w_k - \eta \left( \nabla L(w_k) + \beta \, v_{k+1} \right)
\end{aligned}"""


def init(w: Array) -> State:
    """At rest: velocity 0, shaped like w."""
    return (np.zeros_like(w),)


def update(gradient: Array, state: State, rate: float, k: int) -> tuple[Array, State]:
    r"""One step of gradient descent with Nesterov's momentum.

    .. math:: v_{k+1} = \beta v_k + \nabla L(w_k), \quad
              w_{k+1} = w_k - \eta (\nabla L(w_k) + \beta v_{k+1})

    This is Nesterov's method seen from its look-ahead point w, as Sutskever, Optax and PyTorch write
    it. On a quadratic loss the error e along an eigenvector with eigenvalue h obeys
    e_{k+1} = (1 - rate h) ((1 + beta) e_k - beta e_{k-1}); both roots stay inside the unit circle
    exactly while 0 < rate h < 2 (1 + beta) / (1 + 2 beta).

    Args:
        gradient: the gradient of the loss at w_k, (d,).
        state: (v_k,).
        rate: the learning rate, eta.
        k: the number of the step; not used.

    Returns:
        The change w_{k+1} - w_k, and (v_{k+1},).

    >>> update(np.array([2.0]), (np.array([0.0]),), rate=0.5, k=0)
    (array([-1.9]), (array([2.]),))
    """
    (velocity,) = state
    velocity = BETA * velocity + gradient
    return -rate * (gradient + BETA * velocity), (velocity,)


def roots(h: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """The roots of z^2 - (1 - h) (1 + beta) z + (1 - h) beta."""
    return quadratic_roots((1 - h) * (1 + BETA), (1 - h) * BETA)


METHOD = Method(
    name="nesterov",
    title="Nesterov momentum",
    formula=FORMULA,
    symbols=(
        ("w_k", "the parameters after k steps"),
        ("v_k", "the velocity"),
        (r"\beta", f"how much of the velocity is kept, {BETA}"),
        (r"\eta", "the learning rate"),
        (r"\nabla L(w_k)", "the gradient of the loss"),
    ),
    reference="Y. Nesterov, A method for solving the convex programming problem with convergence rate "
    "O(1/k²), Soviet Mathematics Doklady 27 (1983), 372-376; in this form I. Sutskever et al., On the "
    "importance of initialization and momentum in deep learning, ICML 2013.",
    init=init,
    update=update,
    stable_below=2 * (1 + BETA) / (1 + 2 * BETA),
    roots=roots,
)
