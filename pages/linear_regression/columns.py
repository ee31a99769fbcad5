"""A fit as the columns that the charts of `linear-regression` draw."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from calc.numbers import written
from calc.regression import DescentSettings, Fit, fit_sums
from pages.linear_regression.table import Points
from pages.shared.charts import LARGEST, Columns, table
from pages.shared.memory import kept

MOST_DOTS, MOST_GAPS = 2_000, 150
SLOTS = "ABCD"


@kept
def fitted(points: Points, settings: DescentSettings) -> Fit:
    """The run on these points."""
    return fit_sums(points.sums, settings, rows=(points.x, points.y))


@kept
def drawn(
    points: Points, settings: DescentSettings, at: float, others: tuple[tuple[str, DescentSettings], ...]
) -> dict[str, dict[str, pa.Table]]:
    """The datasets of each chart, by the chart's name; `others` are the runs kept for comparison, by letter."""
    fit, runs = fitted(points, settings), {letter: fitted(points, other) for letter, other in others}
    charts: dict[str, dict[str, Columns]] = {
        "houses": {
            "houses": houses(points), "gaps": gaps(points), "run": line(fit), "view": window(points, fit, at),
        },
        "contour": landscape(fit, runs),
        "loss": {
            "run": losses(fit),
            "path": loss_path(fit),
            "view": loss_window(fit, runs),
            "best": {"loss": [fit.best_loss if fit.best_loss > 0 else np.nan]},
            "kept": joined({slot: loss_path(run) for slot, run in runs.items()}, "loss"),
        },
    }  # fmt: skip
    return {chart: {name: table(part) for name, part in parts.items()} for chart, parts in charts.items()}


def houses(points: Points) -> Columns:
    """The houses as dots, spread sideways where many share one x; an even sample of a long table."""
    x, y = points.x, points.y
    if len(x) > MOST_DOTS:
        chosen = np.linspace(0, len(x) - 1, MOST_DOTS).astype(int)
        x, y = x[chosen], y[chosen]
    values = np.unique(x)
    if len(values) < len(x) / 2:
        width = 0.3 * np.diff(values).min() if len(values) > 1 else 0
        x = x + width * np.random.default_rng(0).uniform(-1, 1, len(x))
    return {"x": x, "y": y}


def gaps(points: Points) -> Columns:
    """Where residuals are drawn: at each house, or, of many, at the mean of those with the same x.

    The gradient of the square loss only depends on these means.
    """
    if len(points.x) <= MOST_GAPS:
        return {"x": points.x, "y": points.y}
    values, group = np.unique(points.x, return_inverse=True)
    if len(values) > MOST_GAPS:
        edges = np.quantile(points.x, np.linspace(0, 1, MOST_GAPS // 2 + 1)[1:-1])
        group = np.searchsorted(edges, points.x)
    count = np.bincount(group)
    some = count > 0
    x = np.bincount(group, points.x)[some] / count[some]
    return {"x": x, "y": np.bincount(group, points.y)[some] / count[some]}


def window(points: Points, fit: Fit, at: float) -> Columns:
    """The ends of the axes of the houses' chart, which also hold the prediction at `at`."""
    there = float(np.clip(fit.best.predict(at), -1e299, 1e299))
    x0, x1 = min(points.x.min(), at), max(points.x.max(), at)
    y0, y1 = min(points.y.min(), there), max(points.y.max(), there)
    dx, dy = 0.06 * (x1 - x0), 0.08 * (y1 - y0) or 0.08 * abs(y0) or 1.0
    return {"x0": [x0 - dx], "x1": [x1 + dx], "y0": [y0 - dy], "y1": [y1 + dy], "at": [float(at)]}


def finite(*columns: np.ndarray) -> np.ndarray:
    """The rows that a chart can draw; what overflowed is told in words."""
    shown: np.ndarray = np.all([np.abs(column) < LARGEST for column in columns], axis=0)
    return shown


def line(fit: Fit) -> Columns:
    """The line at each step; one that overflowed stays where it was last seen, far outside the picture."""
    shown = finite(fit.slope, fit.intercept)
    last = np.maximum.accumulate(np.where(shown, np.arange(len(shown)), 0))
    return {"slope": fit.slope[last], "intercept": fit.intercept[last]}


def losses(fit: Fit) -> Columns:
    """The loss at every step; what a log axis cannot show is nan."""
    shown = finite(fit.loss) & (fit.loss > 0)
    return {"loss": np.where(shown, fit.loss, np.nan)}


def loss_path(fit: Fit, most: int = 240) -> Columns:
    """The loss at so many steps that the curve looks the same; an odd stride, so that it keeps its zigzag."""
    stride = max(1, len(fit.loss) // most) | 1
    step = np.arange(0, len(fit.loss), stride)
    step = step[finite(fit.loss[step]) & (fit.loss[step] > 0)]
    return {"step": step, "loss": fit.loss[step]}


def loss_window(fit: Fit, others: Mapping[str, Fit]) -> Columns:
    """The ends of the loss's axes, (one row), which hold every run."""
    seen = np.concatenate([run.loss for run in (fit, *others.values())] + [[fit.best_loss]])
    seen = seen[finite(seen) & (seen > 0)]
    low, high = (seen.min(), seen.max()) if seen.size else (1.0, 10.0)
    return {"last": [max(len(fit.loss) - 1, 1)], "low": [low / 1.5], "high": [high * 1.5]}


def optimum(fit: Fit) -> np.ndarray:
    """The least-squares line in the coordinates of the descent, (2,)."""
    height = fit.best.slope * fit.mean_x + fit.best.intercept - fit.mean_y
    return np.array([fit.best.slope * fit.s_x, height]) / fit.s_y


def frame(fit: Fit, others: Mapping[str, Fit]) -> tuple[np.ndarray, np.ndarray]:
    """The centre and half the size, (2,) each, of the contour's picture.

    It holds the start and every iterate up to one and a half times as far; a run that goes further
    leaves the picture, which would otherwise shrink the valley to a dot.
    """
    centre = optimum(fit)
    away = np.abs(np.vstack([run.w for run in (fit, *others.values())]) - centre)
    start = away[0]
    near = away[(away <= 1.5 * start.max()).all(axis=1)]
    deviation, mean = bowl(fit)
    valley = fit.best_loss**0.5 / fit.s_y / np.array([np.hypot(deviation, mean), 1.0])
    half = np.maximum(near.max(axis=0, initial=0), 0.3 * valley)
    if fit.standardise:
        half = np.full(2, half.max())  # one scale for both axes: the rings are round
    return centre, 1.15 * np.where(half > 0, half, 1.0)


def bowl(fit: Fit) -> tuple[float, float]:
    """Deviation s and mean m of x in the coordinates of the descent: they make the shape of the loss.

    At (du, dv) from its minimum it lies (s du)² + (dv + m du)² above it. The eigenvalues of that form would
    lose all digits where s is small beside m, as for points in time.
    """
    return (fit.sums.sxx / fit.sums.n) ** 0.5 / fit.s_x, (fit.sums.mean_x - fit.mean_x) / fit.s_x


def rings(fit: Fit, centre: np.ndarray, half: np.ndarray, points: int = 73) -> Columns:
    """Ellipses of equal loss; the outermost goes through the corner of a picture of half the size `half`, (2,)."""
    deviation, mean = bowl(fit)
    radius = radii(fit, half)
    angle = np.linspace(0, 2 * np.pi, points)
    u = np.outer(radius, np.cos(angle)) / deviation
    v = np.outer(radius, np.sin(angle)) - mean * u
    return {
        "ring": np.repeat(np.arange(len(radius)), points),
        "i": np.tile(np.arange(points), len(radius)),
        "u": centre[0] + u.ravel(),
        "v": centre[1] + v.ravel(),
    }


def radii(fit: Fit, half: np.ndarray) -> np.ndarray:
    """Half the height of each ring, (9,): each is twice as large as the last."""
    deviation, mean = bowl(fit)
    outermost = float(np.hypot(deviation * half[0], half[1] + mean * half[0]))
    return outermost * 2.0 ** np.arange(-8, 1)


def levels(fit: Fit, centre: np.ndarray, half: np.ndarray) -> Columns:
    """The losses of the outer rings, written above the minimum."""
    radius = radii(fit, half)[-4:]
    loss = fit.best_loss + (radius * fit.s_y) ** 2
    return {
        "u": np.full(len(radius), centre[0]), "v": centre[1] + radius,
        "loss": [written(each, 2) for each in loss.tolist()],
    }  # fmt: skip


def landscape(fit: Fit, others: Mapping[str, Fit]) -> dict[str, Columns]:
    """The contour's datasets: rings of equal loss, the path, the kept paths, the picture's ends."""
    centre, half = frame(fit, others)
    return {
        "rings": rings(fit, centre, half),
        "levels": levels(fit, centre, half),
        "run": dict(zip("uv", fit.w.T, strict=True)),
        "path": path(fit, half),
        "kept": joined({slot: path(run, half) for slot, run in others.items()}, "u", "v"),
        "best": {"u": centre[:1], "v": centre[1:]},
        "view": {
            "u0": centre[:1] - half[:1],
            "u1": centre[:1] + half[:1],
            "v0": centre[1:] - half[1:],
            "v1": centre[1:] + half[1:],
            "round": [fit.standardise],
        },
    }


def path(fit: Fit, half: np.ndarray) -> Columns:
    """The iterates that one can see apart in a picture of half the size `half`, (2,), and the last one."""
    shown = np.flatnonzero(finite(*fit.w.T))
    steps, last = [], (np.inf, np.inf)
    for step, u, v in zip(shown.tolist(), *(fit.w[shown] / half).T.tolist(), strict=True):
        if abs(u - last[0]) + abs(v - last[1]) > 0.01:
            steps.append(step)
            last = (u, v)
    return {"step": steps, "u": fit.w[steps, 0], "v": fit.w[steps, 1]}


def joined(runs: Mapping[str, Columns], *names: str) -> Columns:
    """Several runs' columns below each other, with the run's letter in the column `run`."""
    empty: dict[str, Any] = {"step": np.empty(0)} | {name: np.empty(0) for name in names}
    parts = list(runs.values()) or [empty]
    columns: dict[str, Any] = {name: np.concatenate([part[name] for part in parts]) for name in empty}
    columns["run"] = [letter for letter, part in runs.items() for _ in part["step"]]
    return columns
