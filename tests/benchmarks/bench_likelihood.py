"""Product against logarithm: the time of one derivative by n, three ways; a million probabilities."""

from __future__ import annotations

import time

import numpy as np
import sympy

from calc.backend import load_jax
from calc.likelihood import course_product, growth, precision, random_probabilities, underflow
from calc.likelihood.costs import _example_in_jax
from tests.benchmarks.timing import best_times, milliseconds, print_table


def main() -> None:
    """Print the tables."""
    print_table(
        "One derivative of n factors: python -m tests.benchmarks likelihood",
        ["n", "SymPy, product", "SymPy, log", "JAX grad compiled, product", "JAX grad compiled, log"],
        [row(n) for n in (8, 16, 32, 64, 128)],
    )
    found = growth()
    print_table(
        "Operations counted",
        ["way and form", *map(str, found.n), "order"],
        [
            (" ".join(key), *map(str, numbers), f"{found.order(*key):.2f}")
            for key, numbers in found.operations.items()
        ],
    )
    p, points = random_probabilities(1_000_000), np.linspace(0.01, 0.99, 200)
    times = best_times(
        {
            "underflow, 1,000,000 factors": lambda: underflow(p),
            "precision, the notes' f at 200 points": lambda: precision(course_product(), points),
        },
        rounds=3,
    )
    print_table("What a page waits for", ["", "time"], [(k, milliseconds(v)) for k, v in times.items()])


def row(n: int) -> tuple[str, ...]:
    """One line of the first table."""
    p = sympy.Symbol("p")
    factors = [(i + 1 - p) ** (3 + i % 5) for i in range(n)]
    times = []
    for f in (sympy.Mul(*factors), sympy.Add(*[(3 + i % 5) * sympy.log(i + 1 - p) for i in range(n)])):
        began = time.perf_counter()
        sympy.diff(f, p)
        times.append(time.perf_counter() - began)
    jax = load_jax()
    for form in ("product", "log"):
        compiled = jax.jit(jax.grad(_example_in_jax(n, form)))
        compiled(0.5)
        times.append(best_times({"": lambda run=compiled: run(0.5).block_until_ready()}, 50)[""])
    return (str(n), *map(milliseconds, times))
