"""The calls: each one's code is what a page shows and what is run, in a notebook that has the imports above it."""

from __future__ import annotations

from dataclasses import dataclass

IMPORTS = """import jax
import jax.numpy as jnp
import numpy as np
import scipy.differentiate
import sympy"""


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
        code: asks; its last line gives the answer.
        why: for which reason the answer is what it is.
    """

    library: str
    question: str
    code: str
    why: str


CALLS = (
    Call(
        "SymPy", "abs", """x = sympy.Symbol("x", real=True)
slope = sympy.diff(sympy.Abs(x), x)
slope, slope.subs(x, 0)""",
        "A rule for all x at once: right wherever x is not 0. Put in 0, and sign(0) is 0.",
    ),
    Call(
        "NumPy", "abs", """x = np.linspace(-1, 1, 201)
np.gradient(np.abs(x), x)[100]""",
        "The slope of the line through the two neighbours of 0, which are equally high.",
    ),
    Call(
        "forward difference", "abs", """h = 1e-6
(abs(0 + h) - abs(0)) / h""",
        "It only looks to the right.",
    ),
    Call(
        "backward difference", "abs", """h = 1e-6
(abs(0) - abs(0 - h)) / h""",
        "It only looks to the left.",
    ),
    Call(
        "central difference", "abs", """h = 1e-6
(abs(0 + h) - abs(0 - h)) / (2 * h)""",
        "It looks to both sides, and takes the mean of the two slopes.",
    ),
    Call(
        "SciPy", "abs", "scipy.differentiate.derivative(np.abs, 0.0)",
        "Central differences of several steps, all 0: they agree, so it estimates that its error is 0.",
    ),
    Call(
        "JAX", "abs", "jax.grad(abs)(0.0)",
        "JAX's rule for |x| has to say something at 0: it takes the slope on the right.",
    ),
    Call(
        "JAX", "abs", "jax.grad(lambda x: jnp.where(x > 0, x, -x))(0.0)",
        "0 > 0 is false, so it differentiates the other branch, −x.",
    ),
    Call(
        "JAX", "abs", "jax.grad(lambda x: jnp.sqrt(x * x))(0.0)",
        "The chain rule multiplies the slope of the root, ∞, by that of x², 0. It says no number, by accident.",
    ),
    Call(
        "JAX", "abs", "jax.grad(lambda x: jnp.maximum(x, -x))(0.0)",
        "Both are equal, so it takes the mean of their slopes 1 and −1.",
    ),
    Call(
        "JAX", "relu", "jax.grad(lambda x: jnp.maximum(x, 0))(0.0)",
        "Both are equal, so it takes the mean of their slopes 1 and 0.",
    ),
    Call(
        "JAX", "relu", "jax.grad(jax.nn.relu)(0.0)",
        "A rule of its own for this function: the slope on the left.",
    ),
    Call(
        "JAX", "cbrt", "jax.grad(jnp.cbrt)(0.0)",
        "1/(3 · 0) in the rule for the root: the sign that the tangent is vertical, though no limit was taken.",
    ),
    Call(
        "JAX", "floor", "jax.grad(jnp.floor)(1.0)",
        "The rule for steps is 0 everywhere, at the jumps too.",
    ),
    Call(
        "JAX", "line", """relu = jax.nn.relu
jax.grad(lambda x: relu(x) - relu(-x))(0.0)""",
        "Twice the convention that the slope of relu at 0 is 0.",
    ),
    Call(
        "JAX", "square", "jax.grad(lambda x: jnp.sqrt(x**4))(0.0)",
        "The chain rule again: ∞ · 0.",
    ),
    Call(
        "JAX", "patched", "jax.grad(lambda x: jnp.where(x == 0, 0, x * x + x))(0.0)",
        "It differentiates the branch that is taken at 0, a constant.",
    ),
)  # fmt: skip
