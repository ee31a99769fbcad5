"""Where JAX begins to pay: NumPy's speed against JAX's import, compile and dispatch.

The constant `calc.backend.GPU_WORK` was set by this table.
"""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np

from calc.backend import GPU_WORK, choose
from tests.benchmarks.timing import best_times, milliseconds, print_table

CHAIN = 10
IMPORT = "import time; began = time.perf_counter(); import jax; print(time.perf_counter() - began)"


def main() -> None:
    """Print the table: the same arithmetic in both, data handed over and result handed back."""
    imported = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    rows = [row(size) for size in (1, 1_000, 100_000, 1_000_000, 10_000_000)]
    print_table(
        "NumPy against JAX by work: python -m tests.benchmarks dispatch",
        ["operations", "NumPy", "NumPy, operations/ns", "JAX, first call", "JAX, warm", "NumPy / JAX warm"],
        rows,
    )
    print(
        f"JAX on the {choose('jax').device}; its import took {milliseconds(float(imported.stdout))}. "
        f'"auto" takes a GPU from {GPU_WORK:,} operations on.'
    )


def chain(x):
    """Ten multiplications and ten additions of every number."""
    for _ in range(CHAIN):
        x = x * 0.5 + 1.0
    return x


def row(size: int) -> tuple[str, ...]:
    """One line of the table: the chain on `size` numbers."""
    import jax

    choose("jax").xp.ones(1)
    x = np.random.default_rng(0).random(size)
    compiled = jax.jit(lambda x: chain(x))
    began = time.perf_counter()
    np.asarray(compiled(x))
    first = time.perf_counter() - began
    times = best_times(
        {"numpy": lambda: chain(x), "jax": lambda: np.asarray(compiled(x))}, rounds=50 if size < 10**6 else 5
    )
    work = 2 * CHAIN * size
    return (
        f"{work:,}",
        milliseconds(times["numpy"]),
        f"{work / times['numpy'] / 1e9:.2g}",
        milliseconds(first),
        milliseconds(times["jax"]),
        f"{times['numpy'] / times['jax']:.2g}",
    )
