"""The line by descent: ten million rows against reading them, scikit-learn and the plain loop."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.linear_model import LinearRegression

from calc.backend import choose
from calc.descent import METHODS
from calc.regression import DescentSettings, fit, fit_sums, summarise
from tests.benchmarks.timing import best_times, milliseconds, print_table

ROWS = 10_000_000
STEPS = 1_000
RATE = 0.01
PLAIN_STEPS = 10
ROUNDS = 15
COURSE = Path(__file__).parents[2] / "data" / "course.csv"


def main() -> None:
    """Print both tables."""
    many_rows()
    few_rows()


def many_rows() -> None:
    """Ten million rows, a thousand steps."""
    generator = np.random.default_rng(0)
    x = generator.uniform(1, 10, ROWS)
    y = 100_000 * x + 50_000 + generator.normal(0, 50_000, ROWS)
    sums = summarise(x, y)
    reading = "reading both arrays once: x.sum(); y.sum()"
    ours = f"fit(x, y, steps={STEPS}), NumPy"
    plain = {
        f"the plain loop in NumPy, {STEPS} steps (*)": lambda: plain_numpy(x, y),
        f"the plain loop in jitted JAX, {STEPS} steps (*)": plain_jax(x, y),
    }
    cases = {
        reading: lambda: (x.sum(), y.sum()),
        ours: lambda: fit(x, y, rate=RATE, steps=STEPS, backend="numpy"),
        "  of which the sums": lambda: summarise(x, y, backend="numpy"),
        "  of which the steps": lambda: fit_sums(
            sums, DescentSettings(rate=RATE, steps=STEPS, backend="numpy")
        ),
        f"fit(x, y, steps={STEPS}), JAX, compiled before": lambda: fit(
            x, y, rate=RATE, steps=STEPS, backend="jax"
        ),
        "scikit-learn, LinearRegression().fit(x, y)": lambda: LinearRegression().fit(x[:, None], y),
        **plain,
    }
    cases[f"fit(x, y, steps={STEPS}), JAX, compiled before"]()
    times = best_times(cases, ROUNDS)
    for name in plain:
        times[name] *= STEPS / PLAIN_STEPS
    print_table(
        f"{ROWS:,} rows, best of {ROUNDS} in turn: python -m tests.benchmarks regression",
        ["", "time", "x reading", "x fit"],
        [
            (name, milliseconds(time), f"{time / times[reading]:,.2f}", f"{time / times[ours]:,.2f}")
            for name, time in times.items()
        ],
    )
    print(
        f"(*) timed over {PLAIN_STEPS} steps, without the compile, and multiplied by {STEPS // PLAIN_STEPS}"
    )


def plain_numpy(x, y):
    """Descent as the formula says: all rows at every step."""
    slope = intercept = 0.0
    for _ in range(PLAIN_STEPS):
        residual = y - (slope * x + intercept)
        by_slope, by_intercept = -2 * (x * residual).mean(), -2 * residual.mean()
        slope, intercept = slope - RATE * by_slope, intercept - RATE * by_intercept
    return slope, intercept


def plain_jax(x, y):
    """The same, its step compiled by JAX and the data handed over beforehand."""
    import jax

    xp = choose("jax").xp
    x, y = xp.asarray(x), xp.asarray(y)

    @jax.jit
    def step(slope, intercept, x, y):
        residual = y - (slope * x + intercept)
        by_slope, by_intercept = -2 * (x * residual).mean(), -2 * residual.mean()
        return slope - RATE * by_slope, intercept - RATE * by_intercept

    def run():
        slope = intercept = xp.asarray(0.0)
        for _ in range(PLAIN_STEPS):
            slope, intercept = step(slope, intercept, x, y)
        return float(slope), float(intercept)

    run()
    return run


def few_rows() -> None:
    """What a page waits for: 300 steps on the course's ten houses."""
    x, y = np.loadtxt(COURSE, delimiter=",", skiprows=1).T
    cases = {name: lambda name=name: fit(x, y, rate=0.02, method=name, steps=300, seed=1) for name in METHODS}
    times = best_times(cases, rounds=30)
    plain = times["gradient-descent"]
    print_table(
        "Ten houses, 300 steps, NumPy, best of 30: python -m tests.benchmarks regression",
        ["", "time", "x gradient descent"],
        [(name, milliseconds(time), f"{time / plain:.2f}") for name, time in times.items()],
    )
