"""A fit as the columns that the charts of `linear-regression` draw."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from calc.numbers import written
from calc.regression import DescentSettings, Fit, fit_sums
from calc.regression.starts import start_line
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
        "contour": landscape(fit, runs, settings.seed),
        "loss": {
            "run": losses(fit),
            "path": loss_path(fit),
            "view": loss_window(fit, runs),
            "best": {"loss": [fit.best_loss if fit.best_loss > 0 else np.nan]},
            "kept": joined(ways := {slot: loss_path(run) for slot, run in runs.items()}, "loss"),
            "names": letters(ways),
        },
    }  # fmt: skip
    return {chart: {name: table(part) for name, part in parts.items()} for chart, parts in charts.items()}


def spread(points: Points) -> bool:
    """Whether the dots are spread sideways: of many houses that share their x."""
    return len(points.x) > MOST_GAPS and len(np.unique(points.x)) < len(points.x) / 2


def houses(points: Points) -> Columns:
    """The houses as dots, an even sample of a long table; what is spread is shown so, never computed with."""
    x, y = points.x, points.y
    if len(x) > MOST_DOTS:
        chosen = np.linspace(0, len(x) - 1, MOST_DOTS).astype(int)
        x, y = x[chosen], y[chosen]
    aside = np.zeros(len(x))
    if spread(points):
        width = 0.3 * np.diff(np.unique(x)).min(initial=np.inf)
        aside = (width if np.isfinite(width) else 0) * np.random.default_rng(0).uniform(-1, 1, len(x))
    return {"row": np.arange(len(x)), "x": x + aside, "y": y, "aside": aside}


def gaps(points: Points) -> Columns:
    """Where residuals are drawn: at each house, or, of many, at the mean of those with the same x.

    The gradient of the square loss only depends on these means.
    """
    x, y = points.x, points.y
    if len(points.x) > MOST_GAPS:
        values, group = np.unique(points.x, return_inverse=True)
        if len(values) > MOST_GAPS:
            edges = np.quantile(points.x, np.linspace(0, 1, MOST_GAPS // 2 + 1)[1:-1])
            group = np.searchsorted(edges, points.x)
        count = np.bincount(group)
        some = count > 0
        x, y = (np.bincount(group, column)[some] / count[some] for column in (points.x, points.y))
    return {"row": np.arange(len(x)), "x": x, "y": y}


def window(points: Points, fit: Fit, at: float) -> Columns:
    """The ends of the axes of the houses' chart, which also hold the prediction at `at`."""
    there = float(np.clip(fit.best.predict(at), -1e299, 1e299))
    x0, x1 = min(points.x.min(), at), max(points.x.max(), at)
    y0, y1 = min(points.y.min(), there), max(points.y.max(), there)
    dx, dy = 0.06 * (x1 - x0), 0.08 * (y1 - y0) or 0.08 * abs(y0) or 1.0
    sums = points.sums
    return {
        "x0": [x0 - dx], "x1": [x1 + dx], "y0": [y0 - dy], "y1": [y1 + dy], "at": [float(at)], "n": [sums.n],
        "mean_x": [sums.mean_x], "mean_y": [sums.mean_y], "sxx": [sums.sxx], "sxy": [sums.sxy],
        "moves": [points.rows is not None],
    }  # fmt: skip


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
    best: np.ndarray = place(fit, np.array([fit.best.slope]), np.array([fit.best.intercept]))[0]
    return best


def place(fit: Fit, slope: np.ndarray, intercept: np.ndarray) -> np.ndarray:
    """Lines in the coordinates of the descent, (k, 2): those of another run may be others."""
    with np.errstate(all="ignore"):
        height = slope * fit.mean_x + intercept - fit.mean_y
        lines: np.ndarray = np.column_stack([slope * fit.s_x, height]) / fit.s_y
    return lines


def frame(fit: Fit, others: Mapping[str, np.ndarray], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The centre and half the size, (2,) each, of the contour's picture.

    It holds the random start, an own one further away, and every iterate up to one and a half times as far; a run
    that goes further leaves the picture, which would otherwise shrink the valley to a dot.
    """
    centre = optimum(fit)
    random = start_line(fit.sums, None, seed)
    first = place(fit, np.array([random.slope]), np.array([random.intercept]))
    away = np.abs(np.vstack([first, fit.w, *others.values()]) - centre)
    start = away[:2].max(axis=0)
    near = away[(away <= 1.5 * start.max()).all(axis=1)]
    deviation, mean = bowl(fit)
    valley = fit.best_loss**0.5 / fit.s_y / np.array([np.hypot(deviation, mean), 1.0])
    half = np.maximum(near.max(axis=0, initial=0), 0.3 * valley)
    if true_scale(fit):
        half = np.full(2, half.max())  # one scale for both axes: the rings have their true shape
    return centre, 1.15 * np.where(half > 0, half, 1.0)


def true_scale(fit: Fit) -> bool:
    """Whether both axes of the contour have one scale: unless the valley is too narrow to be seen so."""
    return fit.standardise or fit.curvature.condition < 400


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
    """The losses of the outer rings, each written above the ring's top, or where that is outside at its right."""
    deviation, mean = bowl(fit)
    radius = radii(fit, half)[-4:]
    u, v = np.zeros(4), radius.copy()
    # From ring to ring at another height, so that none covers the next one's.
    for ring in np.flatnonzero(radius > 0.9 * half[1]):
        v[ring] = half[1] * (0.2 * ring - 0.5)
        # Where (s u)² + (v + m u)² is r², in units of r and of the length of (s, m).
        up, unit = v[ring] / radius[ring], np.hypot(deviation, mean)
        along = mean / unit * up
        u[ring] = (np.sqrt(along**2 - up**2 + 1) - along) * radius[ring] / unit
    loss = fit.best_loss + (radius * fit.s_y) ** 2
    return {
        "u": centre[0] + u, "v": centre[1] + v,
        "loss": [f"{'loss ' * (place == 2)}{written(each, 2)}" for place, each in enumerate(loss.tolist())],
    }  # fmt: skip


def landscape(fit: Fit, others: Mapping[str, Fit], seed: int = 0) -> dict[str, Columns]:
    """The contour's datasets: rings of equal loss, the path, the kept paths, the picture's ends."""
    ways = {slot: place(fit, run.slope, run.intercept) for slot, run in others.items()}
    centre, half = frame(fit, ways, seed)
    deviation, mean = bowl(fit)
    shown = finite(*fit.w.T)
    # One that overflowed is shown where it was last seen: far outside.
    last = np.maximum.accumulate(np.where(shown, np.arange(len(shown)), 0))
    return {
        "rings": rings(fit, centre, half),
        "levels": levels(fit, centre, half),
        "run": dict(zip("uv", fit.w[last].T, strict=True)),
        "path": path(fit.w, half),
        "kept": joined({slot: path(way, half) for slot, way in ways.items()}, "u", "v"),
        "best": {"u": centre[:1], "v": centre[1:]},
        "view": {
            "u0": centre[:1] - half[:1],
            "u1": centre[:1] + half[:1],
            "v0": centre[1:] - half[1:],
            "v1": centre[1:] + half[1:],
            "round": [true_scale(fit)],
            "start_u": fit.w[:1, 0],
            "start_v": fit.w[:1, 1],
            "best_u": centre[:1],
            "best_v": centre[1:],
            "s": [deviation],
            "m": [mean],
            "least": [fit.best_loss],
            **{name: [getattr(fit, name)] for name in ("s_x", "s_y", "mean_x", "mean_y")},
        },
    }


def path(w: np.ndarray, half: np.ndarray) -> Columns:
    """The iterates w, (k+1, 2), that one can see apart in a picture of half the size `half`, (2,), and the last one."""
    shown = np.flatnonzero(finite(*w.T))
    steps, last = [], (np.inf, np.inf)
    for step, u, v in zip(shown.tolist(), *(w[shown] / half).T.tolist(), strict=True):
        if abs(u - last[0]) + abs(v - last[1]) > 0.01:
            steps.append(step)
            last = (u, v)
    return {"step": steps, "u": w[steps, 0], "v": w[steps, 1]}


def letters(runs: Mapping[str, Columns]) -> Columns:
    """Where each run's letter stands on its loss: none covers another, even where the runs end together."""
    places = {
        slot: min(int((place + 1) / (len(SLOTS) + 1) * len(run["step"])), len(run["step"]) - 1)
        for place, (slot, run) in enumerate(runs.items())
        if len(run["step"])
    }
    at = {name: [runs[slot][name][place] for slot, place in places.items()] for name in ("step", "loss")}
    return {"run": [*places], **at}


def joined(runs: Mapping[str, Columns], *names: str) -> Columns:
    """Several runs' columns below each other, with the run's letter in the column `run`."""
    empty: dict[str, Any] = {"step": np.empty(0)} | {name: np.empty(0) for name in names}
    parts = list(runs.values()) or [empty]
    columns: dict[str, Any] = {name: np.concatenate([part[name] for part in parts]) for name in empty}
    columns["run"] = [letter for letter, part in runs.items() for _ in part["step"]]
    return columns
