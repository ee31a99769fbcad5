"""The one loop behind every descent: ask for the gradient, let the method change w, repeat."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from calc.backend import NUMPY, Backend, load_jax
from calc.descent.method import Array, Method
from calc.descent.methods import find
from calc.descent.quadratic import Quadratic
from calc.descent.status import DOWN, Status, Words, classify

GradientFunction: TypeAlias = Callable[[Array, int], Array | Sequence[Any]]
"""`gradient(w, k)`: what step k follows from w (d,), as an array (d,) or a list of d numbers."""


@dataclass(frozen=True, eq=False)
class Run:
    """A descent of k steps in d dimensions, as NumPy arrays whatever backend computed it.

    Attributes:
        w: the iterates, (k+1, d); `w[0]` is the start.
        gradient: the gradient of the whole loss at each iterate, (k+1, d).
        loss: the loss at each iterate, (k+1,).
        step_gradient: the gradient each step was made with, (k, d): that of the mini-batch in a stochastic
            run, otherwise `gradient[:-1]`.
        status: how it ended. A diverged run keeps its inf and nan.
    """

    w: Array
    gradient: Array
    loss: Array
    step_gradient: Array
    status: Status

    @property
    def change(self) -> Array:
        """How far each step moved, w_{k+1} - w_k, (k, d)."""
        with np.errstate(all="ignore"):
            return np.diff(self.w, axis=0)


def descend(
    gradient: GradientFunction,
    w0: Array | Sequence[float],
    *,
    method: str | Method,
    rate: float,
    steps: int,
    loss: Callable[[Array], Array],
    full_gradient: Callable[[Array], Array] | None = None,
    curvatures: Sequence[float] = (),
    floor: float = 0.0,
    words: Words = DOWN,
    backend: Backend = NUMPY,
) -> Run:
    """Descend from w0 by `steps` steps of a method.

    .. math:: w_{k+1} = w_k + change(gradient(w_k, k), rate, k)

    Args:
        gradient: `gradient(w, k)`, w (d,): what step k follows, an array (d,) or a list of d numbers.
            JAX traces it; a `functools.partial` of a module's function over numbers and arrays is
            compiled only once.
        w0: the start, (d,).
        method: a name from `METHODS`, or a `Method`.
        rate: the learning rate, above 0.
        steps: how many steps, 0 or more.
        loss: `loss(w)` for all iterates at once: NumPy (k+1, d) to (k+1,).
        full_gradient: where `gradient` is that of mini-batches, the whole loss's, for all iterates at
            once: NumPy (k+1, d) to (k+1, d). The status then expects noise.
        curvatures: the eigenvalues of the loss's Hessian, each above 0, where the loss is quadratic.
        floor: the length under which a gradient here is nothing but rounding errors.
        words: how to speak of the run, which may be an ascent on the negative.
        backend: what runs the steps.

    Returns:
        The run. Overflow is no error: it ends as inf and nan in the arrays, and as "diverged".

    Raises:
        ValueError: for a rate that is not above 0, a negative number of steps, an unknown method.

    >>> run = descend(lambda w, k: 2 * w, [1.0], method="gradient-descent", rate=0.5, steps=2,
    ...               loss=lambda w: (w**2).sum(axis=1))
    >>> run.w[:, 0], run.status.kind
    (array([1., 0., 0.]), 'converged')
    """
    chosen = find(method)
    if not (math.isfinite(rate) and rate > 0):
        raise ValueError(f"The learning rate must be a number above 0, not {rate}.")
    if steps < 0:
        raise ValueError(f"The number of steps must be 0 or more, not {steps}.")
    iterate = _iterate_in_jax if backend.name == "jax" else _iterate
    with np.errstate(all="ignore"):
        # One step more than asked for tells whether a method that remembers has come to rest.
        one_more = 1 if full_gradient is None else 0
        w, step_gradient = iterate(gradient, np.array(w0, dtype=float), chosen, float(rate), steps + one_more)
        w, ahead = w[: steps + 1], w[-1] - w[steps]
        gradients = step_gradient if full_gradient is None else full_gradient(w)
        losses = loss(w)
        status = classify(
            w,
            gradients,
            losses,
            rate=rate,
            known=Quadratic(chosen, tuple(curvatures)) if curvatures else None,
            ahead=ahead if one_more and chosen.remembers else None,
            floor=floor,
            noisy=full_gradient is not None,
            words=words,
        )
    return Run(w=w, gradient=gradients, loss=losses, step_gradient=step_gradient[:steps], status=status)


def _iterate(
    gradient: GradientFunction, w0: Array, method: Method, rate: float, steps: int
) -> tuple[Array, Array]:
    """The iterates, (steps+1, d), and the gradients followed, (steps, d), in plain Python."""
    w = np.empty((steps + 1, w0.size))
    step_gradient = np.empty((steps, w0.size))
    w[0] = at = w0
    state = method.init(w0)
    for k in range(steps):
        step_gradient[k] = gradient(at, k)
        change, state = method.update(step_gradient[k], state, rate, k)
        w[k + 1] = at = at + change
    return w, step_gradient


def _iterate_in_jax(
    gradient: GradientFunction, w0: Array, method: Method, rate: float, steps: int
) -> tuple[Array, Array]:
    """The same iteration with the same update, compiled by JAX into one loop."""
    w, step_gradient = _compiled_iteration()(
        _as_pytree(gradient), w0, method.init(w0), rate, method.update, steps
    )
    return np.vstack([w0, np.asarray(w)]), np.asarray(step_gradient)


@functools.cache
def _compiled_iteration() -> Any:
    jax = load_jax()

    def iterate(gradient: Any, w0: Any, state: Any, rate: Any, update: Any, steps: int) -> Any:
        def step(carry: Any, k: Any) -> Any:
            w, state = carry
            step_gradient = jax.numpy.asarray(gradient(w, k))
            change, state = update(step_gradient, state, rate, k)
            return (w + change, state), (w + change, step_gradient)

        return jax.lax.scan(step, (w0, state), jax.numpy.arange(steps))[1]

    return jax.jit(iterate, static_argnames=("update", "steps"))


def _as_pytree(gradient: GradientFunction) -> Any:
    """A partial's arguments become data of the compiled walk, so that new data need no new compile."""
    jax = load_jax()
    if isinstance(gradient, functools.partial):
        return jax.tree_util.Partial(gradient.func, *gradient.args, **gradient.keywords)
    return jax.tree_util.Partial(gradient)
