"""The basin map of a function of two variables: every pixel of the plane a start."""

from __future__ import annotations

import contextlib
import itertools
import math
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.backend import Backend, BackendError, choose, cores
from calc.basins.codes import DIVERGED, DIVERGENCE_RADIUS, OUTSIDE, UNDECIDED
from calc.basins.endpoints import Cells, MinimaIndex, assign, find_minima
from calc.basins.landscape import Landscape, Window
from calc.basins.landscape import tolerance as default_tolerance
from calc.basins.settling import compiled_settle, settle
from calc.basins.trajectories import check_settings
from calc.descent.method import Method
from calc.expression import Expression
from calc.expression.tree import Node, remembered

CPU_TILE, GPU_TILE = 1 << 15, 1 << 22
"""Starts in a tile, fewer where the method remembers more: on a CPU all stays in the core's own cache."""
NUMPY_WORK = 20_000_000
"""Ball-steps below which NumPy is done before JAX has compiled: a function's first small map is NumPy's."""
MAX_STEPS = 30_000
"""Settling times are stored as uint16, which ends at 65,535."""
MAX_STARTS = 8192 * 8192
"""About 20 bytes each: 1.3 GB."""

Progress: TypeAlias = Callable[[float], bool | None]


class Cancelled(Exception):
    """The map was no longer wanted: `progress` returned False."""


@dataclass(frozen=True, eq=False)
class BasinMap:
    """Which minimum each start reaches, and when.

    Attributes:
        x: the starts' first coordinate, (w,), ascending: the middles of the pixels.
        y: their second, (h,), ascending; row 0 of the arrays below is the bottom of the picture.
        landscape: the minima in the window, and those reached outside it.
        reached: int16, (h, w): the number of the minimum, or DIVERGED, UNDECIDED, LEFT.
        steps: uint16, (h, w): from that step on the ball stays within `tolerance` of where it ends. For a
            ball that diverged, the last step at which it was still a number, roughly.
        tolerance: the length within which a ball is at its minimum.
        device: for people, what computed it: "JAX on the CPU".
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    landscape: Landscape
    reached: NDArray[np.int16]
    steps: NDArray[np.uint16]
    tolerance: float
    device: str

    @property
    def minima(self) -> NDArray[np.float64]:
        """The minima, (m, 2), the lowest first."""
        return self.landscape.minima

    @property
    def values(self) -> NDArray[np.float64]:
        """Their values, (m,)."""
        return self.landscape.values

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many starts reach each minimum, (m,)."""
        return np.bincount(self.reached[self.reached >= 0].ravel(), minlength=len(self.minima))

    @property
    def diverged(self) -> int:
        return int((self.reached == DIVERGED).sum())

    @property
    def undecided(self) -> int:
        return int((self.reached == UNDECIDED).sum())

    @property
    def left(self) -> int:
        """How many came to, or started, where the function is not defined."""
        return int((self.reached == OUTSIDE).sum())


def basin_map(
    expression: Expression,
    window: Window,
    size: tuple[int, int],
    *,
    method: str | Method,
    rate: float,
    steps: int,
    tolerance: float | None = None,
    precision: Literal["float32", "float64"] = "float32",
    backend: Backend | None = None,
    progress: Progress | None = None,
) -> BasinMap:
    """Let a ball roll from every pixel of the plane.

    Args:
        expression: a function of two variables.
        window: (x_low, x_high, y_low, y_high).
        size: (width, height) in pixels.
        method: any but "stochastic": a typed function has no rows to draw mini-batches from.
        rate: the learning rate, above 0.
        steps: how many steps each ball makes, up to 30,000.
        tolerance: how near to a minimum a ball must end to have reached it; otherwise a 250th of the
            window's diagonal. Minima closer together than that may be taken for one another.
        precision: of the balls' paths. The minima are always polished in float64.
        backend: from `calc.backend.choose`; otherwise JAX where it is installed, but for a function's first
            small map.
        progress: called after each tile with the part done, 0 to 1. If it returns False, the map is given up.

    Returns:
        The map. Memory: about 20 bytes for each start.

    Raises:
        ValueError: for a window, size, rate, number of steps or method that makes no sense.
        Cancelled: `progress` returned False.

    >>> from calc.expression import parse_expression
    >>> bowl = parse_expression("x^2 + 2y^2", ("x", "y"))
    >>> found = basin_map(bowl, (-1, 1, -1, 1), (8, 8), method="momentum", rate=0.05, steps=300)
    >>> found.counts, found.minima.round(6) + 0
    (array([64]), array([[0., 0.]]))
    """
    chosen = check_settings(method, rate, steps)
    _check(expression, window, size, steps)
    x_low, x_high, y_low, y_high = window
    diagonal = math.hypot(x_high - x_low, y_high - y_low)
    near = default_tolerance(window) if tolerance is None else float(tolerance)
    backend = _fastest_backend(expression, chosen, size, steps) if backend is None else backend
    x, y = _pixel_centres(x_low, x_high, size[0]), _pixel_centres(y_low, y_high, size[1])
    middle = (x_low + x_high) / 2, (y_low + y_high) / 2
    descent = DescentSettings(
        expression, chosen, rate, steps, middle, near, DIVERGENCE_RADIUS * diagonal, np.dtype(precision)
    )
    ends = np.empty((2, y.size, x.size), dtype=precision)
    last = np.empty((y.size, x.size), dtype=np.uint16)
    cells, number = Cells.around(window, near), np.empty(last.shape, dtype=np.int32)
    with contextlib.closing(_tiles(descent, backend, x, y)) as tiles:
        for here, tile_ends, tile_last in tiles:
            ends[:, here], last[here] = tile_ends, tile_last
            number[here] = cells.number(*tile_ends)
            if progress is not None and progress(here.stop / y.size) is False:
                raise Cancelled
    found = find_minima(expression, window, cells, number.ravel(), ends[0].ravel(), ends[1].ravel())
    reached = _classified(found, descent, number, ends, last)
    return BasinMap(x, y, found.landscape, reached, last, near, backend.label)


@dataclass(frozen=True)
class DescentSettings:
    """All that the tiles of a map have in common."""

    expression: Expression
    method: Method
    rate: float
    steps: int
    middle: tuple[float, float]
    tolerance: float
    far: float
    precision: np.dtype[Any]


def _check(expression: Expression, window: Window, size: tuple[int, int], steps: int) -> None:
    if len(expression.variables) != 2:
        raise ValueError("A basin map needs a function of two variables.")
    x_low, x_high, y_low, y_high = window
    if not (all(map(math.isfinite, window)) and x_low < x_high and y_low < y_high):
        raise ValueError("The window's low ends must lie below its high ends.")
    if min(size) < 1 or size[0] * size[1] > MAX_STARTS:
        raise ValueError(f"A map has 1 to {MAX_STARTS:,} pixels.")
    if steps > MAX_STEPS:
        raise ValueError(f"A map has up to {MAX_STEPS:,} steps, not {steps}.")


def _fastest_backend(expression: Expression, method: Method, size: tuple[int, int], steps: int) -> Backend:
    """JAX where it is installed and its compile is worth while: for a large map, or one of several."""
    first = next(_maps_before(expression.root, expression.variables, method.name, size)) == 0
    if first and size[0] * size[1] * steps < NUMPY_WORK:
        return choose("numpy")
    try:
        return choose("jax")
    except BackendError:
        return choose("numpy")


@remembered
def _maps_before(root: Node, variables: tuple[str, ...], method: str, size: tuple[int, int]) -> Iterator[int]:
    """Counts the maps for which JAX compiles the same."""
    return itertools.count()


def _pixel_centres(low: float, high: float, count: int) -> NDArray[np.float64]:
    """The middles of so many pixels."""
    return np.asarray(low + (np.arange(count) + 0.5) * ((high - low) / count), dtype=np.float64)


def _tiles(
    descent: DescentSettings, backend: Backend, x: NDArray[np.float64], y: NDArray[np.float64]
) -> Generator[tuple[slice, Any, Any], None, None]:
    """Rows of the map from the bottom up: which, the ends (2, rows, w), the settling times (rows, w)."""
    on_gpu = backend.name == "jax" and backend.device != "CPU"
    memory = len(descent.method.init(np.zeros(1)))
    starts = GPU_TILE if on_gpu else CPU_TILE // (1 + memory)
    rows = min(max(1, starts // x.size), y.size)
    workers = 1 if on_gpu else cores()
    run = _in_jax(descent, x) if backend.name == "jax" else _in_numpy(descent, x)

    def tile(first: int) -> tuple[slice, Any, Any]:
        here = slice(first, min(first + rows, y.size))
        # The last tile is filled up to the shape of the others, which needs no second compile.
        part = np.concatenate([y[here], np.repeat(y[-1:], rows - (here.stop - first))])
        ends, last = run(part.astype(descent.precision))
        count = here.stop - first
        return here, np.stack([np.asarray(end)[:count] for end in ends]), np.asarray(last)[:count]

    # The first one compiles: two threads would both do it.
    yield tile(0)
    waiting: deque[Future[tuple[slice, Any, Any]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for first in range(rows, y.size, rows):
            waiting.append(pool.submit(tile, first))
            # Few at a time: they take memory, and those begun are waited for when the map is given up.
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _in_numpy(descent: DescentSettings, x: NDArray[np.float64]) -> Callable[[Any], Any]:
    def run(y: Any) -> Any:
        grid = np.meshgrid(x.astype(descent.precision), y)
        return settle(
            descent.expression,
            (grid[0], grid[1]),
            method=descent.method,
            rate=descent.rate,
            steps=descent.steps,
            middle=descent.middle,
            tolerance=descent.tolerance,
            far=descent.far,
        )

    return run


def _in_jax(descent: DescentSettings, x: NDArray[np.float64]) -> Callable[[Any], Any]:
    compiled = compiled_settle(descent.expression, descent.method)
    number = descent.precision.type
    # A rate of 1e300 is infinite in 32 bits, and every ball it moves diverges.
    with np.errstate(over="ignore"):
        middle = number(descent.middle[0]), number(descent.middle[1])
        numbers = number(descent.rate), np.int32(descent.steps), middle
        lengths = number(descent.tolerance), number(descent.far)
    return lambda y: compiled(x.astype(number), y, *numbers, *lengths)


def _classified(
    found: MinimaIndex, descent: DescentSettings, number: Any, ends: Any, last: Any
) -> NDArray[np.int16]:
    """The minimum of every ball, or the code that says why there is none."""
    reached = np.empty(last.shape, dtype=np.int16)
    rows = max(1, CPU_TILE // last.shape[1])

    def classify_rows(first: int) -> None:
        here = slice(first, first + rows)
        x, y = ends[:, here]
        minimum = assign(found, number[here], x, y)
        with np.errstate(all="ignore"):
            off = np.maximum(np.abs(x - descent.middle[0]), np.abs(y - descent.middle[1]))
        # Not a number, and never seen far away: the function itself ended there.
        without = np.where(np.isfinite(off) | (last[here] > 0), UNDECIDED, OUTSIDE)
        without[(off > descent.far) | (~np.isfinite(off) & (last[here] > 0))] = DIVERGED
        reached[here] = np.where(minimum >= 0, minimum, without)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(classify_rows, range(0, last.shape[0], rows)))
    return reached
