r"""Adam: a step of about the rate's own length in every coordinate, whatever the gradient's scale."""

from __future__ import annotations

import numpy as np

from calc.descent.method import Array, Method, State

BETA1 = 0.9
BETA2 = 0.999
EPSILON = 1e-8
"""The three values that Kingma and Ba propose."""
FORMULA = r"""\begin{aligned}
m_{k+1} &= \beta_1 m_k + (1 - \beta_1) \, g_k, \quad m_0 = 0 \\
v_{k+1} &= \beta_2 v_k + (1 - \beta_2) \, g_k^2, \quad v_0 = 0 \\
w_{k+1} &= w_k - \eta \,
  \frac{m_{k+1} / (1 - \beta_1^{k+1})}{\sqrt{v_{k+1} / (1 - \beta_2^{k+1})} + \varepsilon}
\end{aligned}"""


def init(w: Array) -> State:
    """Both running means start at 0, shaped like w."""
    return np.zeros_like(w), np.zeros_like(w)


def update(gradient: Array, state: State, rate: float, k: int) -> tuple[Array, State]:
    r"""One step of Adam: the mean gradient over the root of the mean squared gradient.

    .. math:: m_{k+1} = \beta_1 m_k + (1 - \beta_1) g_k, \quad
              v_{k+1} = \beta_2 v_k + (1 - \beta_2) g_k^2, \quad
              w_{k+1} = w_k - \eta \frac{\hat m_{k+1}}{\sqrt{\hat v_{k+1}} + \varepsilon}

    Both means start at zero, which pulls them down at first; the hats divide by 1 - beta^(k+1) to
    undo that.

    Args:
        gradient: g_k, the gradient of the loss at w_k, (d,).
        state: (m_k, v_k).
        rate: the learning rate, eta, in units of w per step.
        k: the number of the step, from 0.

    Returns:
        The change w_{k+1} - w_k, and (m_{k+1}, v_{k+1}).

    >>> change, _ = update(np.array([2000.0, -0.1]), init(np.zeros(2)), rate=0.5, k=0)
    >>> change.round(6)
    array([-0.5,  0.5])
    """
    mean, square = state
    mean = BETA1 * mean + (1 - BETA1) * gradient
    square = BETA2 * square + (1 - BETA2) * gradient**2
    unbiased_mean = mean / (1 - BETA1 ** (k + 1))
    unbiased_square = square / (1 - BETA2 ** (k + 1))
    return -rate * unbiased_mean / (unbiased_square**0.5 + EPSILON), (mean, square)


METHOD = Method(
    name="adam",
    title="Adam",
    formula=FORMULA,
    symbols=(
        ("w_k", "the parameters after k steps"),
        (r"g_k = \nabla L(w_k)", "the gradient of the loss; its square is taken coordinate by coordinate"),
        ("m_k, v_k", "running means of the gradient and of its square"),
        (r"\beta_1, \beta_2", f"how much of them is kept, {BETA1} and {BETA2}"),
        (r"\varepsilon", f"against division by zero, {EPSILON:g}"),
        (r"\eta", "the learning rate"),
    ),
    reference="D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015.",
    init=init,
    update=update,
    stable_below=None,
)
