"""The tree as a function of JAX arrays. JAX is imported with the first function: it takes over a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from calc.expression.arrays import DefinedArrays
from calc.expression.tree import Node, fold


def jax_function(root: Node, variables: tuple[str, ...]) -> Callable[..., Any]:
    """A function of one array for each variable, broadcast to a common shape.

    Where it is undefined, its first derivatives are nan as well. Unlike in NumPy, a number too small for the
    arrays' precision counts as 0.
    """
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def function(*values: Any) -> Any:
        arrays = jnp.broadcast_arrays(*(_floating(jnp, value) for value in values))
        result = fold(root, DefinedArrays(jnp, dict(zip(variables, arrays, strict=True))))
        result = jnp.broadcast_to(jnp.asarray(result, dtype=arrays[0].dtype), arrays[0].shape)
        # 1/x would go on as the slope of ln(x) at x < 0. This is 0 elsewhere, also at an infinite x.
        undefined = jnp.where(jnp.isnan(result), jnp.nan, 0.0)
        return result + sum(undefined * jnp.nan_to_num(value) for value in arrays)

    return function


def _floating(jnp: Any, value: Any) -> Any:
    array = jnp.asarray(value)
    return array if jnp.issubdtype(array.dtype, jnp.floating) else array.astype(float)
