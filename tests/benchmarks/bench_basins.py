"""The basin map against NumPy, against the machine's arithmetic, and on a GPU where there is one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from calc.backend import Backend, choose, cores, load_jax
from calc.basins import basin_map
from calc.basins.plane import CPU_TILE
from calc.basins.settling import compiled_settle, settle
from calc.expression import parse_expression
from tests.benchmarks.timing import best_times, milliseconds, print_table

HIMMELBLAU = parse_expression("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ("x", "y"))
WINDOW = -5, 5, -5, 5
SIZE, STEPS = 1000, 200
CASES = [
    ("gradient-descent", 0.0005),
    ("gradient-descent", 0.01),
    ("momentum", 0.002),
    ("nesterov", 0.002),
    ("adam", 0.1),
]
OPERATIONS = 18
"""Additions and multiplications of one plain step of one ball, the gradient's 14 among them."""
SECOND_DESCENT = OPERATIONS + 5
"""The map descends twice; the second time it also measures the distance from the end."""
FUSED = 64
"""Multiply-adds that the kernel which measures the machine does with each number it loads."""


def main() -> None:
    """Print the tables."""
    numpy, jax = choose("numpy"), choose("jax")
    print_table(
        f"Himmelblau, {SIZE} x {SIZE} starts, {STEPS} steps: python -m tests.benchmarks basins",
        [
            "method",
            "rate",
            f"JAX, {jax.device}",
            "NumPy",
            "/ JAX",
            "by CPU time",
            "NumPy, best",
            "/ JAX",
            "by CPU time",
            "starts that differ",
        ],
        [row(method, rate, numpy, jax) for method, rate in CASES],
    )
    print(
        "All by the same algorithm. NumPy: whole arrays in float64, the descents alone. NumPy, best: what the map "
        f"does\nwithout JAX, float32 in tiles for the cache on {cores()} threads. JAX: the whole map, with its "
        "minima and codes. At rate\n0.0005 no ball rests early. The ratios by CPU time are those of an idle "
        "machine; the clock also counts others' work."
    )
    print_table(
        "The same in float64",
        ["method", "rate", "JAX, float32", "JAX, float64", "starts that differ"],
        [precision_row(method, rate, jax) for method, rate in CASES[1:]],
    )
    against_arithmetic(jax)
    if jax.device != "CPU":
        on_gpu(jax)


def the_map(method: str, rate: float, backend: Backend, size: int = SIZE, precision: str = "float32"):
    """One map."""
    return basin_map(
        HIMMELBLAU,
        WINDOW,
        (size, size),
        method=method,
        rate=rate,
        steps=STEPS,
        backend=backend,
        precision=precision,
    )


def row(method: str, rate: float, numpy: Backend, jax: Backend) -> tuple[str, ...]:
    """JAX against NumPy."""
    found, other = the_map(method, rate, jax), the_map(method, rate, numpy)
    differ = int((found.reached != other.reached).sum())
    quick, quick_work = least(lambda: the_map(method, rate, jax), rounds=10)
    tiled, tiled_work = least(lambda: the_map(method, rate, numpy), rounds=2)
    whole, whole_work = least(lambda: whole_numpy(method, rate), rounds=1)
    return (
        method,
        f"{rate:g}",
        milliseconds(quick),
        milliseconds(whole),
        f"{whole / quick:.1f}",
        f"{whole_work / quick_work * cores():.1f}",
        milliseconds(tiled),
        f"{tiled / quick:.1f}",
        f"{tiled_work / quick_work:.1f}",
        f"{differ:,}",
    )


def least(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The least time on the clock, and the least processor time on all cores together."""
    clock, work = float("inf"), float("inf")
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        run()
        clock, work = min(clock, time.perf_counter() - began), min(work, time.process_time() - spent)
    return clock, work


def whole_numpy(method: str, rate: float):
    """Both descents in NumPy, all starts at once."""
    axis = np.linspace(-5, 5, SIZE)
    x, y = np.meshgrid(axis, axis)
    return settle(
        HIMMELBLAU,
        (x, y),
        method=method,
        rate=rate,
        steps=STEPS,
        middle=(0.0, 0.0),
        tolerance=0.05,
        far=1000.0,
    )


def precision_row(method: str, rate: float, jax: Backend) -> tuple[str, ...]:
    """What float32 gains, and what it costs."""
    single, double = (the_map(method, rate, jax, precision=kind) for kind in ("float32", "float64"))
    times = best_times(
        {
            kind: lambda kind=kind: the_map(method, rate, jax, precision=kind)
            for kind in ("float32", "float64")
        },
        rounds=5,
    )
    differ = int((single.reached != double.reached).sum())
    return (method, f"{rate:g}", *map(milliseconds, times.values()), f"{differ:,}")


def against_arithmetic(jax: Backend) -> None:
    """The map of the first case against the plainest NumPy, and against the arithmetic alone."""
    method, rate = CASES[0]
    speed = max(matrix_speed(), fused_speed())
    bare = least(lambda: bare_numpy(rate), rounds=3)[0]
    times = best_times(
        {"map": lambda: the_map(method, rate, jax), "descents": lambda: descents_alone(rate)}, rounds=10
    )
    work = SIZE * SIZE * STEPS
    once, twice = OPERATIONS * work / speed, (OPERATIONS + SECOND_DESCENT) * work / speed
    print_table(
        f"Against the machine: {speed / 1e9:,.0f} billion float32 operations a second on {cores()} cores",
        ["", "time", "times the arithmetic of one descent", "of both descents"],
        [
            (name, milliseconds(took), f"{took / once:.1f}", f"{took / twice:.1f}")
            for name, took in [
                (f"arithmetic of one descent, {OPERATIONS} operations a step", once),
                (f"of both descents, {OPERATIONS + SECOND_DESCENT} operations", twice),
                ("the map", times["map"]),
                ("... its descents alone", times["descents"]),
                ("one descent in plain NumPy, float64, gradient by hand", bare),
            ]
        ],
    )
    print(f"plain NumPy, one descent / the map, two descents: {bare / times['map']:.1f}")


def descents_alone(rate: float) -> None:
    """The compiled descents of every tile, on all cores; their ends are thrown away."""
    run = compiled_settle(HIMMELBLAU, "gradient-descent")
    number, rows = np.float32, CPU_TILE // SIZE
    x, y = (np.linspace(-5, 5, count, dtype=number) for count in (SIZE, SIZE - SIZE % rows + rows))
    data = number(rate), np.int32(STEPS), (number(0), number(0)), number(0.05), number(1000)
    with ThreadPoolExecutor(cores()) as pool:
        tiles = [pool.submit(run, x, y[i : i + rows], *data) for i in range(0, SIZE, rows)]
        for tile in tiles:
            tile.result()[1].block_until_ready()


def bare_numpy(rate: float):
    """One descent of all starts, as one would first write it."""
    axis = np.linspace(-5, 5, SIZE)
    x, y = np.meshgrid(axis, axis)
    for _ in range(STEPS):
        a, b = x * x + y - 11, x + y * y - 7
        x, y = x - rate * (4 * x * a + 2 * b), y - rate * (2 * a + 4 * y * b)
    return x, y


def matrix_speed() -> float:
    """Operations a second of NumPy's matrix product, in float32."""
    a = np.random.default_rng(0).random((2048, 2048), dtype=np.float32)
    took = best_times({"product": lambda: a @ a}, rounds=5)["product"]
    return 2 * len(a) ** 3 / took


def fused_speed() -> float:
    """Operations a second of multiply-adds on numbers that stay in the processor, on all cores."""
    jax = load_jax()
    size, rounds, tasks = 8192, 500, 4 * cores()

    @jax.jit
    def kernel(x, a, b):
        def body(_, x):
            for _ in range(FUSED):
                x = x * a + b
            return x

        return jax.lax.fori_loop(0, rounds, body, x)

    x, a, b = np.ones(size, np.float32), np.float32(0.999), np.float32(0.001)
    kernel(x, a, b).block_until_ready()
    with ThreadPoolExecutor(cores()) as pool:
        took = best_times(
            {"all": lambda: list(pool.map(lambda _: kernel(x, a, b).block_until_ready(), range(tasks)))},
            rounds=5,
        )["all"]
    return 2 * FUSED * size * rounds * tasks / took


def on_gpu(gpu: Backend) -> None:
    """The same map and one of 4,096 x 4,096, on the GPU and on the CPU of the same machine."""
    jax = load_jax()
    method, rate = CASES[1]
    rows = []
    for size in (SIZE, 4096):
        took = {}
        for backend in (gpu, Backend("jax", "CPU")):
            device = jax.devices("cpu" if backend.device == "CPU" else "gpu")[0]
            jax.config.update("jax_default_device", device)
            the_map(method, rate, backend, size)
            run = {"map": lambda backend=backend, size=size: the_map(method, rate, backend, size)}
            took[backend.device] = best_times(run, rounds=3)["map"]
        rows.append(
            (f"{size} x {size}", *map(milliseconds, took.values()), f"{took['CPU'] / took[gpu.device]:.1f}")
        )
    jax.config.update("jax_default_device", None)
    print_table(
        f"On the {gpu.device}, {os.cpu_count()} CPU cores beside it",
        ["starts", "GPU", "CPU", "CPU / GPU"],
        rows,
    )


if __name__ == "__main__":
    main()
