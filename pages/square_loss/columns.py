"""What `square-loss` draws, as columns, and its points as a piece of a link."""

from typing import cast

import numpy as np

from calc.datasets import format_rows, parse_typed, refused
from calc.descent import Advice, Run, Status
from calc.descent.advice import advised, in_order, larger_rates, more_steps, smaller_rates
from calc.losses import AbsoluteLoss, LossError, SquareLoss, outlier, square_loss
from calc.numbers import written
from pages.shared.charts import Columns
from pages.shared.memory import kept

Points = tuple[float, ...]
Typed = tuple[float | str, ...]
"""Points with the text of cells that are none."""
MOST, SMALLEST, LARGEST = 30, 1e-9, 1e9
"""As many parabolas as one can still tell apart, and the sizes of numbers that an axis can carry."""
MOST_STEPS = 200
NONE = "none"
"""What a link says of a table without points."""


def read(text: str) -> Typed:
    """What a link such as 1~3~7 says, also what this page cannot draw; ValueError for other text."""
    points = () if text == NONE else tuple(point for (point,) in parse_typed(text, 1))
    if None in points:
        raise ValueError(text)
    return cast(Typed, points)


def write(points: Typed | None) -> str | None:
    """The points as a piece of a link; None if they are too many."""
    return NONE if points == () else format_rows([(point,) for point in points or ()])


def check(points: Typed) -> Points:
    """The points again; LossError says what is none, and what this page cannot draw."""
    wrong = refused([(point,) for point in points], ["points"], then="")
    if wrong:
        raise LossError(wrong)
    numbers = tuple(float(point) for point in points)
    if len(numbers) > MOST:
        raise LossError(f"There are {len(numbers)} points; this picture takes at most {MOST}. Remove some.")
    for point in numbers:
        if point != 0 and not SMALLEST <= abs(point) <= LARGEST:
            raise LossError(
                f"The point {written(point)} cannot be drawn: every point must be 0, or between 1e-9 and 1e9 in size. "
                "Use another unit."
            )
    square_loss(numbers)
    return numbers


def window(points: Points, start: float) -> tuple[float, float]:
    """The ends of the x-axis: all points, and the start unless it is far out."""
    low, high = min(points), max(points)
    largest = max(abs(low), abs(high))
    # Points that differ by rounding alone would leave an axis no number to write.
    size = high - low if high - low > 1e-12 * largest else max(1.0, largest / 10)
    low, high = min(low, max(start, low - 3 * size)), max(high, min(start, high + 3 * size))
    room = 0.12 * max(high - low, size)
    return low - room, high + room


def clicked(x: float, points: Points) -> Points:
    """The points after a click at `x`: one more, or one less if it lies there; the last one stays."""
    low, high = window(points, points[0])
    near = min(points, key=lambda point: abs(point - x))
    if abs(near - x) > 0.015 * (high - low):
        return (*points, float(f"{x:.3g}"))[:MOST]
    gone = points.index(near)
    return points[:gone] + points[gone + 1 :] or points


def curve(loss: SquareLoss | AbsoluteLoss, ends: tuple[float, float]) -> dict[str, Columns]:
    """The sum, with all its corners, and where it is least: mean 4, median 3, medians 3 to 4."""
    low, high = loss.minimisers
    x = np.unique(np.r_[np.linspace(*ends, 121), loss.a, low, high])
    y = loss(x)
    top = float(y.max()) or 1.0
    name = "mean" if isinstance(loss, SquareLoss) else "median" if low == high else "medians"
    where = " to ".join(written(end, 5) for end in sorted({low, high}))
    return {
        "sum": {"x": x, "y": y},
        "best": {"x": [low], "x2": [high], "name": [f"{name} {where}"]},
        "view": {"x0": ends[:1], "x1": ends[1:], "y0": [-0.06 * top], "y1": [1.04 * top]},
    }


def ordered(points: Points, extra: bool = False) -> Columns:
    """The points as rows in their order; the last one given is the outlier, if there is an `extra` one."""
    order, count = np.argsort(points, kind="stable"), len(points)
    kind = np.where(order < count - extra, "Each point", "Outlier")
    a = np.array(points)[order]
    return {"row": np.arange(count), "a": a, "name": [f"a = {written(each)}" for each in a], "kind": kind}


def run(absolute: AbsoluteLoss, rolling: Run) -> dict[str, np.ndarray]:
    """The ball by step: its place, both losses and their slopes there."""
    x = rolling.w[:, 0]
    known = np.abs(x) < 1e100
    at = np.where(known, x, 0)
    distances = dict(
        zip(("absolute", "left", "right"), (absolute(at), *absolute.subgradient(at)), strict=True)
    )
    squares = {"x": x, "square": rolling.loss, "slope": rolling.gradient[:, 0]}
    return squares | {name: np.where(known, column, np.nan) for name, column in distances.items()}


def ended(square: SquareLoss, start: float, rate: float, steps: int) -> Status:
    """How the ball's run ended, and what would help."""
    limit = 1 / len(square.a)

    def again(advice: Advice | None) -> tuple[Status, float]:
        taken = {} if advice is None else {advice.control: advice.value}
        run = square.descend(start, rate=taken.get("rate", rate), steps=int(taken.get("steps", steps)))
        return run.status, float(run.loss[-1])

    status, last = again(None)
    candidates = in_order(
        status,
        smaller_rates(rate, limit),
        (*more_steps(steps, MOST_STEPS), *larger_rates(rate, limit)),
    )
    return advised(status, last, candidates, again)


@kept
def moved(points: Points, place: float) -> dict[str, Columns]:
    """Where mean and median lie with one more point, wherever it is and at `place`: lines from point to point."""
    places = sorted({*points, place, min(*points, -100.0), max(*points, 100.0)})
    found = [outlier(points, x) for x in places]
    y = [each.mean[1] for each in found] + [each.median[1] for each in found]
    columns = {"x": np.tile(places, 2), "y": np.array(y), "kind": np.repeat(["Mean", "Median"], len(places))}
    return {
        "moved": columns,
        "now": {name: column[columns["x"] == place] for name, column in columns.items()},
    }
