r"""Where a crowd of balls comes to rest, and when: one algorithm, run by NumPy or compiled by JAX.

The crowd descends twice. The first descent keeps only where each ball ends; the second, over the same path,
finds the last step at which the ball was further than a tolerance from there. So no path is kept, however
many balls there are, and no minimum need be known beforehand.

Both descents end early once no ball of the crowd still moves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from calc.backend import load_jax
from calc.basins.gradients import Gradient, gradient
from calc.descent.method import Method
from calc.descent.methods import find
from calc.expression import Expression, parse_expression
from calc.expression.tree import Node, remembered

STEPS_PER_BLOCK = 20
"""Steps between two checks whether any ball still moves."""
REST_TOLERANCE = 1e-5
"""A crowd is at rest when in a block no ball moves by more than this part of the tolerance."""


def settle(
    expression: Expression,
    starts: tuple[Any, ...],
    *,
    method: str | Method,
    rate: Any,
    steps: int,
    middle: tuple[float, ...],
    tolerance: float,
    far: float,
) -> tuple[tuple[Any, ...], Any]:
    """Let balls roll from many starts, in NumPy.

    Args:
        expression: a function of d variables.
        starts: one array for each variable, of a common shape S; their precision is that of the descent.
        method: a name from `METHODS`, or a `Method`.
        rate: the learning rate, a number or an array that broadcasts with S.
        steps: how many steps.
        middle: the middle of the window, d numbers.
        tolerance: how near to its end a ball counts as settled, a length.
        far: the distance from the middle from which a ball that ended nowhere has diverged.

    Returns:
        The ends, d arrays of shape S (not finite: the ball overflowed or left where the function is defined),
        and the settling times, int32 of shape S: from that step on the ball stays within the tolerance of its
        end. For an end that is not finite: one more than the last step at which it was `far` away, and 0 if
        it never was.
    """
    tools = (np, _fori_loop, _while_loop)
    with np.errstate(all="ignore"):
        return _settle(tools, gradient(expression), find(method), starts, rate, steps, middle, tolerance, far)


def final_points(
    expression: Expression,
    starts: tuple[Any, ...],
    *,
    method: str | Method,
    rate: Any,
    steps: int,
    tolerance: float,
) -> tuple[Any, ...]:
    """The ends alone, by one descent instead of two: see `settle` for the arguments and for what they are."""
    tools = (np, _fori_loop, _while_loop)
    with np.errstate(all="ignore"):
        return _ends(tools, gradient(expression), find(method), starts, rate, steps, tolerance)[0]


def compiled_settle(expression: Expression, method: str | Method) -> Callable[..., Any]:
    """The same on a grid, compiled by JAX: once for each function, method, shape and precision.

    Returns:
        A function `(x, y, rate, steps, middle, tolerance, far)` of the grid's x (w,) and y (h,), which gives
        the ends and the settling times, each (h, w), as JAX arrays. All but the shapes is data, so that
        another window, rate or number of steps needs no new compile.
    """
    chosen = find(method)
    # Not keyed by the Expression: two texts of one tree, which differ in their notes, share their code.
    return _compiled(expression.root, expression.variables, chosen)


@remembered
def _compiled(root: Node, variables: tuple[str, ...], method: Method) -> Callable[..., Any]:
    jax = load_jax()
    jnp = jax.numpy
    text = Expression(root, variables).text

    def run(x: Any, y: Any, rate: Any, steps: Any, middle: Any, tolerance: Any, far: Any) -> Any:
        # Read anew, since what is remembered of a tree may not hold it.
        slopes = gradient(parse_expression(text, variables), jnp)
        starts = tuple(jnp.meshgrid(x, y))
        tools = (jnp, jax.lax.fori_loop, jax.lax.while_loop)
        return _settle(tools, slopes, method, starts, rate, steps, middle, tolerance, far)

    function: Callable[..., Any] = jax.jit(run)
    return function


def _settle(
    tools: tuple[Any, Any, Any],
    slopes: Gradient,
    method: Method,
    starts: tuple[Any, ...],
    rate: Any,
    steps: Any,
    middle: Any,
    tolerance: Any,
    far: Any,
) -> tuple[tuple[Any, ...], Any]:
    xp, fori_loop, _ = tools
    ends, made, step, states = _ends(tools, slopes, method, starts, rate, steps, tolerance)
    lost = ~xp.isfinite(sum(ends))
    targets = tuple(xp.where(lost, centre, end) for centre, end in zip(middle, ends, strict=True))
    reach = xp.where(lost, far * far, tolerance * tolerance)

    def watched(k: Any, carry: Any) -> Any:
        walking, last = carry
        outside = _squared_distance(walking[0], targets) > reach
        return step(k, walking), xp.where(outside, k + 1, last)

    never = xp.zeros(starts[0].shape, dtype=np.int32)
    _, last = fori_loop(0, made, watched, ((starts, states), never))
    return ends, last


def _ends(
    tools: tuple[Any, Any, Any],
    slopes: Gradient,
    method: Method,
    starts: tuple[Any, ...],
    rate: Any,
    steps: Any,
    tolerance: Any,
) -> tuple[tuple[Any, ...], Any, Any, Any]:
    """The ends, how many steps were made, how a step is made, and the method's memory at the start."""
    xp = tools[0]
    step = _stepper(slopes, method, rate)
    memory = len(method.init(np.zeros(1)))
    states = tuple(tuple(xp.zeros_like(w) for _ in range(memory)) for w in starts)
    ends, made = _until_rest(tools, step, (starts, states), steps, tolerance)
    return ends, made, step, states


def _stepper(slopes: Gradient, method: Method, rate: Any) -> Callable[[Any, Any], Any]:
    """One step of every ball. Coordinates stay separate: stacked, they would be copied at each step."""

    def step(k: Any, walking: Any) -> Any:
        w, states = walking
        # A whole number would turn Adam's beta^k, and with it every ball of a 32-bit crowd, into 64 bits.
        k = k if isinstance(k, int) else k.astype(w[0].dtype)
        moves = [method.update(part, state, rate, k) for part, state in zip(slopes(*w), states, strict=True)]
        moved = tuple(old + change for old, (change, _) in zip(w, moves, strict=True))
        return moved, tuple(state for _, state in moves)

    return step


def _until_rest(
    tools: tuple[Any, Any, Any], step: Any, walking: Any, steps: Any, tolerance: Any
) -> tuple[Any, Any]:
    """The ends after all steps, or after fewer if nothing still moves; and how many were made."""
    xp, fori_loop, while_loop = tools
    small = (REST_TOLERANCE * tolerance) ** 2

    def goes_on(carry: Any) -> Any:
        k, _, rests = carry
        return (k < steps) & ~rests

    def block(carry: Any) -> Any:
        k, walking, _ = carry
        stop = xp.minimum(k + STEPS_PER_BLOCK, steps)
        later = fori_loop(k, stop, step, walking)
        # Written so that nan, which moves no more, counts as resting.
        rests = xp.all(~(_squared_distance(later[0], walking[0]) > small))
        return stop, later, rests

    k, walking, _ = while_loop(goes_on, block, (np.int32(0), walking, np.bool_(False)))
    return walking[0], k


def _squared_distance(a: tuple[Any, ...], b: tuple[Any, ...]) -> Any:
    return sum((left - right) * (left - right) for left, right in zip(a, b, strict=True))


def _fori_loop(start: int, stop: int, body: Callable[[int, Any], Any], carry: Any) -> Any:
    """`jax.lax.fori_loop` in Python."""
    for k in range(int(start), int(stop)):
        carry = body(k, carry)
    return carry


def _while_loop(goes_on: Callable[[Any], Any], body: Callable[[Any], Any], carry: Any) -> Any:
    """`jax.lax.while_loop` in Python."""
    while goes_on(carry):
        carry = body(carry)
    return carry
