"""What `speed` draws, as columns: where the time goes, and how it grows."""

from collections.abc import Mapping

import numpy as np

from calc.numbers import counted, written
from calc.race import Lap, Result
from pages.shared.charts import Columns
from pages.speed.controls import METHODS, Setting

PHASES = ("to build it", "first call", "later calls")


def dots(results: Mapping[int, Result], sizes: tuple[int, ...]) -> Columns:
    """A row for each phase of each contestant at each size: ms, and the quartiles of later calls."""
    rows = [
        (step, name, phase, *(1e3 * seconds for seconds in times))
        for step, size in enumerate(sizes)
        for name, lap in results.get(size, {}).items()
        for phase, times in zip(PHASES, _times(lap), strict=True)
        if times[1] > 0
    ]
    names = "step", "way", "phase", "low", "ms", "high"
    return dict(zip(names, map(list, zip(*rows, strict=True)) if rows else [[]] * 6, strict=True))


def _times(lap: Lap) -> tuple[tuple[float, float, float], ...]:
    # What takes next to no time to build is not built at all: the function is only named.
    built = lap.build if lap.build > 1e-3 else 0.0
    return (built,) * 3, (lap.first,) * 3, lap.warm


def growth(setting: Setting, results: Mapping[int, Result]) -> Columns:
    """The median of later calls by size, for each contestant: in ns a point, or in ms where there are no points."""
    rows = [
        (size, name, lap.warm[1] * (1e9 / points if points else 1e3))
        for size, laps in results.items()
        for name, lap in laps.items()
        for points in [setting.race.points(size)]
    ]
    return dict(zip(("size", "way", "time"), map(list, zip(*rows, strict=True)), strict=True))


def ends(*drawn: Columns) -> Columns:
    """The ends of the axis of times, with some room."""
    times = np.concatenate(
        [np.asarray(each[name], dtype=float) for each in drawn for name in ("low", "high")]
    )
    return {"x0": [float(times.min()) / 1.6], "x1": [float(times.max()) * 1.6]}


def corners(grown: Columns) -> Columns:
    """The ends of the axes of `growth`."""
    size, time = (np.asarray(grown[name], dtype=float) for name in ("size", "time"))
    return {"x0": [size.min()], "x1": [size.max()], "y0": [time.min() / 1.3], "y1": [time.max() * 1.3]}


def best(laps: Result) -> dict[str, float]:
    """The time of later calls of each method's best contestant, by its initial, the fastest first."""
    found: dict[str, float] = {}
    for name, lap in laps.items():
        if name[0] in METHODS:
            found[name[0]] = min(lap.warm[1], found.get(name[0], lap.warm[1]))
    return dict(sorted(found.items(), key=lambda each: each[1]))


def told(setting: Setting, size: int, laps: Result) -> str:
    """What one sees at a size, in words."""
    if setting.hidden:
        return "Which one takes the least time when it is called again and again? Guess first."
    at = f"{setting.race.size} = {size:,}".replace(" ", "\N{NO-BREAK SPACE}")
    fastest = min(laps, key=lambda name: laps[name].warm[1])
    quick = laps[fastest].warm[1]
    if setting.race.points(size):
        slow = max(laps, key=lambda name: laps[name].lab)
        said = (
            f"{at}: called again, “{fastest}” takes {ms(quick)}. Timed in the lab’s way, with building and first call, "
            f"“{slow}” took {ms(laps[slow].lab)}, {written(laps[slow].lab / quick, 2)} times as long."
        )
    else:
        many = laps["numerical"]
        said = (
            f"{at}: numerically the loss is evaluated {counted(many.evaluations, 'time')}, which takes "
            f"{ms(many.warm[1])}. In reverse mode one pass is enough: “{fastest}” takes {ms(quick)}."
        )
    if any(lap.finite < 1 for lap in laps.values()):
        least = min(lap.finite for lap in laps.values())
        said += f" In {setting.precision} only {least:.0%} of the derivatives are finite numbers: the rest overflow."
    if setting.order in ("watch", "guess"):
        return said
    order = "".join(best(laps))
    right = "You guessed the order." if order == setting.order else (
        f"The order is {', '.join(METHODS[one] for one in order)}, each at its best."
    )  # fmt: skip
    return f"{right} {said}"


def ms(seconds: float) -> str:
    """A time in milliseconds, or in seconds."""
    return f"{written(seconds, 2)} s" if seconds >= 1 else f"{written(1e3 * seconds, 2)} ms"
