"""What every descent method has in common: one step from a gradient to a change of w."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
"""A NumPy array, or the `jax.Array` of the same shape: the update rules treat them alike."""

State: TypeAlias = tuple[Array, ...]
"""What a method remembers from step to step: nothing, a velocity, averages; each shaped like w."""


@dataclass(frozen=True)
class Method:
    """A descent method: its rule as code, as a formula and in words.

    Attributes:
        name: as in links and in `METHODS`, such as "gradient-descent".
        title: for people.
        formula: the update rule in LaTeX.
        symbols: (LaTeX, meaning) of each symbol of the formula.
        reference: who described it, and where.
        init: `init(w) -> state`, the memory before the first step.
        update: `update(gradient, state, rate, k) -> (change, state)`, step k = 0, 1, ...; w moves
            to w + change. Pure, for NumPy and JAX arrays alike.
        stable_below: on a quadratic loss it diverges when rate * lambda_max exceeds this, lambda_max
            the Hessian's largest eigenvalue; None where no such line exists.
        roots: what a step multiplies the error with along an eigenvector of a quadratic loss's Hessian, for
            h = rate * eigenvalue of any shape, complex: the roots of its recurrence, (1 or 2, *shape). None
            where `stable_below` is.
    """

    name: str
    title: str
    formula: str
    symbols: tuple[tuple[str, str], ...]
    reference: str
    init: Callable[[Array], State]
    update: Callable[[Array, State, float, int], tuple[Array, State]]
    stable_below: float | None
    roots: Callable[[NDArray[np.complex128]], NDArray[np.complex128]] | None = None

    def limit(self, lambda_max: float) -> float | None:
        """The rate above which it diverges on a quadratic loss with that curvature, if there is one."""
        return None if self.stable_below is None else self.stable_below / lambda_max

    @property
    def remembers(self) -> bool:
        """Whether a step depends on more than the gradient: then a small gradient does not mean that it rests."""
        return bool(self.init(np.zeros(1)))

    @property
    def source(self) -> str:
        """The source code of the module that defines this method."""
        return inspect.getsource(sys.modules[self.update.__module__])


def quadratic_roots(b: NDArray[np.complex128], c: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """The two roots of z^2 - b z + c, (2, *shape)."""
    root = np.sqrt(b * b - 4 * c)
    return np.stack([(b + root) / 2, (b - root) / 2])
