"""The calls: each function's body is what a page shows and what is run, its docstring why the answer is what it is.

A function's arguments are the modules it needs, by the names that people give them: see `asking.modules`.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Run = Callable[..., Any]


@dataclass(frozen=True)
class Question:
    """A function at a point, with its one-sided slopes.

    Attributes:
        text: the function and the point.
        truth: the derivative; None where there is none.
        why: what the slopes do.
    """

    text: str
    truth: float | None
    why: str


QUESTIONS = {
    "abs": Question("|x| at 0", None, "no derivative: −1 from the left, 1 from the right"),
    "relu": Question("max(x, 0) at 0", None, "no derivative: 0 from the left, 1 from the right"),
    "cbrt": Question("cbrt(x) at 0", None, "no derivative: the slopes grow without bound"),
    "floor": Question("floor(x) at 1", None, "no derivative: a jump"),
    "line": Question("max(x, 0) − max(−x, 0), which is x, at 0", 1.0, "the derivative is 1"),
    "square": Question("√(x⁴), which is x², at 0", 0.0, "the derivative is 0"),
    "patched": Question("x² + x, with its value at 0 put in by hand, at 0", 1.0, "the derivative is 1"),
}


@dataclass(frozen=True)
class Call:
    """One way to ask one question.

    Attributes:
        library: whom it asks.
        question: a key of `QUESTIONS`.
        run: gives the answer.
    """

    library: str
    question: str
    run: Run

    @cached_property
    def code(self) -> str:
        """The lines that run, without their frame."""
        (function,) = ast.parse(source := textwrap.dedent(inspect.getsource(self.run))).body
        assert isinstance(function, ast.FunctionDef)
        lines = source.splitlines()[function.body[1].lineno - 1 :]
        return textwrap.dedent("\n".join(lines)).replace("return ", "")

    @property
    def why(self) -> str:
        """Why it answers what it does."""
        return inspect.getdoc(self.run) or ""


def _symbolic(sympy: Any) -> Any:
    """A rule for all x at once: right wherever x is not 0. Put in 0, and sign(0) is 0."""
    x = sympy.Symbol("x", real=True)
    slope = sympy.diff(sympy.Abs(x), x)
    return slope, slope.subs(x, 0)


def _gradient(np: Any) -> Any:
    """The slope of the line through the two neighbours of 0, which are equally high."""
    x = np.linspace(-1, 1, 201)
    return np.gradient(np.abs(x), x)[100]


def _forward() -> Any:
    """It only looks to the right."""
    h = 1e-6
    return (abs(0 + h) - abs(0)) / h


def _backward() -> Any:
    """It only looks to the left."""
    h = 1e-6
    return (abs(0) - abs(0 - h)) / h


def _central() -> Any:
    """It looks to both sides, and takes the mean of the two slopes."""
    h = 1e-6
    return (abs(0 + h) - abs(0 - h)) / (2 * h)


def _scipy(scipy: Any, np: Any) -> Any:
    """Central differences of several steps, all 0: they agree, so it estimates that its error is 0."""
    return scipy.differentiate.derivative(np.abs, 0.0)


def _abs(jax: Any) -> Any:
    """JAX's rule for |x| has to say something at 0: it takes the slope on the right."""
    return jax.grad(abs)(0.0)


def _where(jax: Any, jnp: Any) -> Any:
    """0 > 0 is false, so it differentiates the other branch, −x."""
    return jax.grad(lambda x: jnp.where(x > 0, x, -x))(0.0)


def _root(jax: Any, jnp: Any) -> Any:
    """The chain rule multiplies the slope of the root, ∞, by that of x², 0. It says no number, by accident."""
    return jax.grad(lambda x: jnp.sqrt(x * x))(0.0)


def _larger(jax: Any, jnp: Any) -> Any:
    """Both are equal, so it takes the mean of their slopes 1 and −1."""
    return jax.grad(lambda x: jnp.maximum(x, -x))(0.0)


def _maximum(jax: Any, jnp: Any) -> Any:
    """Both are equal, so it takes the mean of their slopes 1 and 0."""
    return jax.grad(lambda x: jnp.maximum(x, 0))(0.0)


def _relu(jax: Any) -> Any:
    """A rule of its own for this function: the slope on the left."""
    return jax.grad(jax.nn.relu)(0.0)


def _cbrt(jax: Any, jnp: Any) -> Any:
    """1/(3 · 0) in the rule for the root: the sign that the tangent is vertical, though no limit was taken."""
    return jax.grad(jnp.cbrt)(0.0)


def _floor(jax: Any, jnp: Any) -> Any:
    """The rule for steps is 0 everywhere, at the jumps too."""
    return jax.grad(jnp.floor)(1.0)


def _line(jax: Any) -> Any:
    """Twice the convention that the slope of relu at 0 is 0."""
    relu = jax.nn.relu
    return jax.grad(lambda x: relu(x) - relu(-x))(0.0)


def _fourth(jax: Any, jnp: Any) -> Any:
    """The chain rule again: ∞ · 0."""
    return jax.grad(lambda x: jnp.sqrt(x**4))(0.0)


def _patched(jax: Any, jnp: Any) -> Any:
    """It differentiates the branch that is taken at 0, a constant."""
    return jax.grad(lambda x: jnp.where(x == 0, 0, x * x + x))(0.0)


CALLS = (
    Call("SymPy", "abs", _symbolic),
    Call("NumPy", "abs", _gradient),
    Call("forward difference", "abs", _forward),
    Call("backward difference", "abs", _backward),
    Call("central difference", "abs", _central),
    Call("SciPy", "abs", _scipy),
    Call("JAX", "abs", _abs),
    Call("JAX", "abs", _where),
    Call("JAX", "abs", _root),
    Call("JAX", "abs", _larger),
    Call("JAX", "relu", _maximum),
    Call("JAX", "relu", _relu),
    Call("JAX", "cbrt", _cbrt),
    Call("JAX", "floor", _floor),
    Call("JAX", "line", _line),
    Call("JAX", "square", _fourth),
    Call("JAX", "patched", _patched),
)
