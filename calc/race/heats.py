"""The races as cells: what each contestant does, and on what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from calc.cells import Cell, Choice, Values, filled

Precision: TypeAlias = Literal["float32", "float64"]
FAR, NEAR = (-5.0, 5.0), (-1.0, 1.5)
"""The lab's own points; and those on which the polynomial stays finite when it is composed more than three times."""

CLOCK = """\
import time
import jax
import jax.numpy as jnp
import numpy as np
import sympy

def race(build, *data):
    tic = time.perf_counter()
    derivative = build()
    times = [time.perf_counter() - tic]
    # The first call, and as many more as take a second together: 3 to 30.
    while len(times) < 5 or (sum(times[2:]) < 1 and len(times) < 32):
        tic = time.perf_counter()
        result = jax.block_until_ready(derivative(*data))
        times.append(time.perf_counter() - tic)
    result = np.ravel(result).astype(float)
    return times, result[:: max(1, len(result) // 200)]

def operations(program):
    inner = [each.params.get("jaxpr") for each in program.eqns]
    return sum(operations(part.jaxpr) if part is not None else 1 for part in inner)"""

SQUARE = """\
x = np.linspace({low}, {high}, {points}).astype({precision})

def f(x):
    return x**2"""

POLYNOMIAL = """\
x = np.linspace({low}, {high}, {points}).astype({precision})

def f(x):
    for _ in range({size}):
        x = 2 * x**3 - 3 * x**2 + 5
    return x"""

LOSS = """\
random = np.random.default_rng(1)
data = random.normal(size=(100, {size})).astype({precision}) / {size} ** 0.5
labels = np.sign(random.normal(size=100)).astype({precision})
w = random.normal(size={size}).astype({precision})

def loss(w, np=np):
    return np.mean((np.tanh(data @ w) - labels) ** 2)"""

SYMBOLIC = """\
letter = sympy.Symbol("x")

def build():
    return sympy.lambdify(letter, sympy.diff(f(letter), letter), "numpy"{shared})

times, result = race(build, x)"""

COUNT_TREE = """\
counts = [1, sympy.count_ops(sympy.diff(f(letter), letter))]"""
COUNT_SHARED = """\
parts, (last,) = sympy.cse(sympy.diff(f(letter), letter))
counts = [1, sum(sympy.count_ops(part) for _, part in parts) + sympy.count_ops(last)]"""

NUMERICAL = """\
def build():
    return lambda x: np.gradient(f(x), x)

times, result = race(build, x)
counts = [1, operations(jax.make_jaxpr(f)(1.0).jaxpr) + 3]"""

AUTOMATIC = """\
def build():
    return jax.vmap(jax.grad(f))

with jax.enable_x64({double}):
    times, result = race(build, jnp.asarray(x))
    counts = [1, operations(jax.make_jaxpr(jax.grad(f))(1.0).jaxpr)]"""

COMPILED = """\
def build():
    return jax.jit(jax.vmap(jax.grad(f))).lower(jnp.asarray(x)).compile()

with jax.enable_x64({double}):
    times, result = race(build, jnp.asarray(x))
    counts = [1, operations(jax.make_jaxpr(jax.grad(f))(1.0).jaxpr)]"""

EACH_WEIGHT = """\
h = {step}

def build():
    def gradient(w):
        here = loss(w)
        return np.array([(loss(w + h * one) - here) / h for one in np.eye(len(w), dtype=w.dtype)])
    return gradient

times, result = race(build, w)
counts = [len(w) + 1, 0]"""

BACKWARD = """\
with jax.enable_x64({double}):
    times, result = race(lambda: jax.grad(lambda w: loss(w, jnp)), jnp.asarray(w))
    counts = [1, operations(jax.make_jaxpr(jax.grad(lambda w: loss(w, jnp)))(w).jaxpr)]"""

BACKWARD_COMPILED = """\
with jax.enable_x64({double}):
    gradient = jax.jit(jax.grad(lambda w: loss(w, jnp)))
    times, result = race(lambda: gradient.lower(jnp.asarray(w)).compile(), jnp.asarray(w))
    counts = [1, operations(jax.make_jaxpr(jax.grad(lambda w: loss(w, jnp)))(w).jaxpr)]"""

FORWARD_COMPILED = """\
with jax.enable_x64({double}):
    gradient = jax.jit(jax.jacfwd(lambda w: loss(w, jnp)))
    times, result = race(lambda: gradient.lower(jnp.asarray(w)).compile(), jnp.asarray(w))
    counts = [len(w), operations(jax.make_jaxpr(jax.jacfwd(lambda w: loss(w, jnp)))(w).jaxpr)]"""

DRAWS = (("times", "seconds"), ("result", "derivative"), ("counts", "evaluations, operations"))


@dataclass(frozen=True)
class Race:
    """One function, differentiated by several contestants, in several sizes.

    Attributes:
        size: what the sizes count.
        sizes: from the least to the largest.
        function: its code.
        contestants: the code of each by its name.
        grid: the points by the size: the ends, and how many.
    """

    title: str
    size: str
    sizes: tuple[int, ...]
    function: str
    contestants: dict[str, str]
    grid: Callable[[int], tuple[float, float, int]]

    def points(self, size: int) -> int:
        """At how many points it is differentiated; 0 where the size counts weights."""
        return self.grid(size)[2]


WAYS = {
    "symbolic": f"{SYMBOLIC.replace('{shared}', '')}\n{COUNT_TREE}",
    "symbolic, shared": f"{SYMBOLIC.replace('{shared}', ', cse=True')}\n{COUNT_SHARED}",
    "numerical": NUMERICAL,
    "automatic": AUTOMATIC,
    "automatic, compiled": COMPILED,
}
RACES = {
    "polynomial": Race(
        "2x³ − 3x² + 5, composed k times", "k", (1, 2, 3, 4, 5, 6), POLYNOMIAL, WAYS,
        lambda k: (*(FAR if k < 4 else NEAR), 1_000_000 if k < 5 else 100_000),
    ),
    "square": Race(
        "x², at n points", "n", (100, 1_000, 10_000, 100_000, 1_000_000), SQUARE, WAYS, lambda n: (*FAR, n),
    ),
    "weights": Race(
        "a loss of n weights", "n", (1, 3, 10, 30, 100, 300, 1_000), LOSS,
        {
            "numerical": EACH_WEIGHT, "forward, compiled": FORWARD_COMPILED, "automatic": BACKWARD,
            "automatic, compiled": BACKWARD_COMPILED,
        },
        lambda n: (0.0, 0.0, 0),
    ),
}  # fmt: skip


def heat(name: str, size: int, precision: Precision) -> tuple[Cell, ...]:
    """The cells of one heat: the clock, the function, then each contestant by its name.

    Args:
        name: a key of `RACES`.
        size: one of the race's sizes.

    >>> [cell.name for cell in heat("weights", 3, "float64")][2:4]
    ['numerical', 'forward, compiled']
    """
    race = RACES[name]
    if size not in race.sizes:
        raise ValueError(f"{size} is none of {race.sizes}")
    low, high, points = race.grid(size)
    double = precision == "float64"
    values: Values = {
        "low": low, "high": high, "points": points, "size": size, "step": 1e-6 if double else 1e-3,
        "precision": Choice(f"np.{precision}", ("np.float32", "np.float64")),
        "double": Choice(str(double), ("True", "False")),
    }  # fmt: skip
    needs = ("clock", "function")
    return filled(
        (
            Cell("clock", "The clock, the same for all.", CLOCK),
            Cell("function", "What is differentiated.", race.function, needs=("clock",)),
            *(Cell(each, f"**{each}**", code, needs, draws=DRAWS) for each, code in race.contestants.items()),
        ),
        values,
    )
