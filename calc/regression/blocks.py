"""Means and centred sums of two columns: a block of rows at a time, by NumPy on all cores or by JAX.

Each block is centred on its own while it is in the cache, and the blocks' sums are merged afterwards, so no
digits are lost where the data lie far from zero.

Reference: T. F. Chan, G. H. Golub and R. J. LeVeque, Algorithms for computing the sample variance,
The American Statistician 37 (1983), 242-247.
"""

from __future__ import annotations

import functools
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from calc.backend import Backend, load_jax
from calc.descent.method import Array

BLOCK = 8192
"""Rows that are centred together. Above 10,000 a dot product starts threads, which wait on a busy host."""

BLOCKS_PER_CALL = 16
"""Blocks for one call of NumPy: few enough to stay in the cache, enough to keep calls few."""

THREADED = 1_000_000
"""Rows from which the cores share the sums: 2 ms of work, where threads take 0.1 ms to start."""


def centred_sums(x: Array, y: Array, backend: Backend) -> tuple[float, ...]:
    """The means of x and y, (n,), and the sums of dx dx, dx dy and dy dy, seen from the means."""
    return _merge(_parts(x, y, backend), x.size)


def _parts(x: Array, y: Array, backend: Backend) -> Array:
    """Of each block of rows its first x and y and its sums, (blocks, 7); the last may be short."""
    whole = x.size - x.size % BLOCK
    x_blocks, y_blocks = x[:whole].reshape(-1, BLOCK), y[:whole].reshape(-1, BLOCK)
    if backend.name == "jax":
        parts = [np.asarray(_compiled_parts()(x_blocks, y_blocks))]
    elif x.size < THREADED:
        parts = [_parts_of(x_blocks, y_blocks)]
    else:
        cores = min(4, os.cpu_count() or 1)
        with ThreadPoolExecutor(cores) as pool:
            shares = np.array_split(x_blocks, cores), np.array_split(y_blocks, cores)
            parts = list(pool.map(_parts_of, *shares))
    rest = x[None, whole:], y[None, whole:]
    return np.concatenate([*parts, _parts_of(*rest)] if whole < x.size else parts)


@np.errstate(all="ignore")
def _parts_of(x: Array, y: Array) -> Array:
    """`_parts` of x and y, (blocks, n), by NumPy, a few blocks at a time; the sums are those of `_products`."""
    parts = np.empty((len(x), 7))
    parts[:, 0], parts[:, 1] = x[:, 0], y[:, 0]
    ones = np.ones(x.shape[1])
    seen = np.empty((2, min(BLOCKS_PER_CALL, len(x)), x.shape[1]))
    for first in range(0, len(x), BLOCKS_PER_CALL):
        few = slice(first, first + BLOCKS_PER_CALL)
        dx, dy = seen[:, : len(parts[few])]
        np.subtract(x[few], x[few, :1], out=dx)
        np.subtract(y[few], y[few, :1], out=dy)
        # einsum and dot let another thread work meanwhile; vecdot does not.
        for column, (a, b) in enumerate(((dx, dx), (dx, dy)), start=2):
            parts[few, column] = np.einsum("ij,ij->i", a, b)
        parts[few, 4] = np.dot(dx, ones)
        parts[few, 5] = np.einsum("ij,ij->i", dy, dy)
        parts[few, 6] = np.dot(dy, ones)
    return parts


@functools.cache
def _compiled_parts() -> Any:
    """`_parts_of` by JAX, all blocks at once."""
    jax = load_jax()

    def parts_of(x: Any, y: Any) -> Any:
        seen = jax.numpy.stack([x - x[:, :1], y - y[:, :1], jax.numpy.ones_like(x)], axis=1)
        return jax.numpy.concatenate([x[:, :1], y[:, :1], _products(seen)], axis=1)

    return jax.jit(parts_of)


def _products(seen: Any) -> Any:
    """Sums of dx dx, dx dy, dx, dy dy and dy, (blocks, 5), by JAX.

    Args:
        seen: dx, dy and ones, (blocks, 3, n), where dx and dy are seen from the block's first values:
            these are at most sqrt(n) standard deviations from the means, so few digits are lost.
    """
    xp = seen.__array_namespace__()
    of_x, of_y = xp.vecdot(seen[:, :1], seen), xp.vecdot(seen[:, 1:2], seen[:, 1:])
    return xp.concatenate([of_x, of_y], axis=1)


def _merge(parts: Array, rows: int) -> tuple[float, ...]:
    """Means and centred sums of all rows from those of the blocks, (blocks, 7), after Chan et al."""
    first_x, first_y, xx, xy, x, yy, y = parts.T
    n = np.minimum(BLOCK, rows - BLOCK * np.arange(len(parts)))
    to_x, to_y = x / n, y / n
    # Seen from the first value of all, the distances between the means keep their digits.
    from_x, from_y = (first_x - first_x[0]) + to_x, (first_y - first_y[0]) + to_y
    all_x, all_y = (n * from_x).sum() / rows, (n * from_y).sum() / rows
    dx, dy = from_x - all_x, from_y - all_y
    return (
        float(first_x[0] + all_x),
        float(first_y[0] + all_y),
        float((xx - x * to_x + n * dx * dx).sum()),
        float((xy - x * to_y + n * dx * dy).sum()),
        float((yy - y * to_y + n * dy * dy).sum()),
    )
