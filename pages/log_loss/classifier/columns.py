"""What the classifier's charts draw, as columns, and its fits: no widgets."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pyarrow as pa

from calc.logistic import (
    Classifier,
    LogisticError,
    LogisticFit,
    Loss,
    Maximum,
    boundaries,
    fit,
    maximum_likelihood,
    point_loss,
)
from calc.separation import Separation, separate
from pages.log_loss.classifier.table import Table
from pages.shared.charts import Columns
from pages.shared.charts import table as drawable
from pages.shared.memory import kept
from pages.shared.turns import run_in_worker

MOST_DOTS = 300
Fits = Mapping[Loss, LogisticFit]
CONFIDENT = 24.0
"""The largest score of the start that is confidently wrong."""


def wrong_start(table: Table) -> Classifier:
    """A classifier that is sure of the opposite: along the line between the classes' means, turned round."""
    middle = table.x.mean(axis=0)
    with np.errstate(all="ignore"):
        apart = table.x[table.y == 1].mean(axis=0) - table.x[table.y == 0].mean(axis=0)
        weights = -apart * (CONFIDENT / np.abs((table.x - middle) @ apart).max())
    if not np.isfinite(weights).all():
        weights = np.zeros(table.x.shape[1])
    return Classifier(tuple(weights.tolist()), float(-weights @ middle))


@kept
def fitted(table: Table, loss: Loss, rate: float | None, steps: int, wrong: bool) -> LogisticFit:
    """The descent on one loss. Counts of words need no standard units; the columns of an own table do."""
    start = wrong_start(table) if wrong else None
    own = not table.sentences
    return run_in_worker(
        fit, table.x, table.y,
        loss=loss, rate=rate, steps=steps, start=start, standardise=own, separation=separated(table),
    )  # fmt: skip


@kept
def separated(table: Table) -> Separation:
    """Whether a boundary separates the classes: the same at every rate."""
    return run_in_worker(separate, table.x, table.y)


@kept
def exact(table: Table) -> Maximum | None:
    """The classifier of least log loss; None where many fit equally well."""
    try:
        return run_in_worker(maximum_likelihood, table.x, table.y)
    except LogisticError:
        return None


def box(table: Table) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of the plane's axes."""
    low, high = table.plane.min(axis=0), table.plane.max(axis=0)
    room = 0.14 * (high - low)
    (x0, y0), (x1, y1) = (low - room).tolist(), (high + room).tolist()
    return (x0, x1), (y0, y1)


@kept
def said(counts: tuple[int, ...] | None, table: Table) -> pa.Table:
    """The visitor's sentence as a point; one with more words than the plane has room for stands at its edge."""
    (_, right), (_, top) = box(table)
    at = [counts] if counts else []
    edge = {"x": [min(good, right) for good, _ in at], "y": [min(bad, top) for _, bad in at]}
    return drawable(edge | {"good": [good for good, _ in at], "bad": [bad for _, bad in at]})


@kept
def points(table: Table) -> pa.Table:
    """Equal rows as one dot with their count; where both labels share a place they stand side by side."""
    rows, count = np.unique(np.column_stack([table.plane, table.y]), axis=0, return_counts=True)
    if len(rows) > MOST_DOTS:
        some = np.linspace(0, len(rows) - 1, MOST_DOTS).astype(int)
        rows, count = rows[some], count[some]
    x, y, label = rows.T
    (x0, x1), _ = box(table)
    shared = len(np.unique(rows[:, :2], axis=0)) < len(rows)
    shift = shared * 0.016 * (x1 - x0)
    labels = [f"{value:.0f}" for value in label]
    return drawable({"x": x, "y": y, "shifted": x + shift * (2 * label - 1), "label": labels, "count": count})


def in_plane(weights: np.ndarray) -> np.ndarray:
    """The weights (k, d) as those of the plane, (k, 2): the height of a single feature has weight 0."""
    return weights if weights.shape[1] == 2 else np.column_stack([weights, np.zeros(len(weights))])


def run(table: Table, fits: Fits, loss: Loss) -> dict[str, pa.Table]:
    """By step, for each chart what it draws: the boundary, the score, both losses; and how far scores go."""
    shown = fits[loss]
    ends: dict[str, np.ndarray] = {}
    weights = in_plane(shown.weights)
    for name, each in fits.items():
        line = boundaries(in_plane(each.weights), each.intercept, box(table)).reshape(-1, 4)
        ends |= {
            f"{name}_{end}": column for end, column in zip(("x0", "y0", "x1", "y1"), line.T, strict=True)
        }
    with np.errstate(all="ignore"):
        scores = np.abs(shown.weights @ table.x.T + shown.intercept[:, None])
        far = scores[np.isfinite(scores)].max(initial=4.0)
    score = {"w1": weights[:, 0], "w2": weights[:, 1], "b": shown.intercept}
    parts: dict[str, Columns] = {
        "boundary": {**score, **ends},
        "score": score,
        "losses": {name: each.loss for name, each in fits.items()},
        "reach": {"z": [min(1.1 * float(far), 12.0)]},
    }
    return {name: drawable(part) for name, part in parts.items()}


def paths(fits: Fits) -> dict[str, Columns]:
    """Both losses by step, and the ends of their axes."""
    count = len(fits["log"].loss)
    loss = np.concatenate([each.loss for each in fits.values()])
    kinds = [name for name in fits for _ in range(count)]
    high = min(float(loss[np.isfinite(loss)].max()), 20.0)
    return {
        "path": {"step": np.tile(np.arange(count), len(fits)), "loss": loss, "kind": kinds},
        "view": {"last": [count - 1], "high": [1.08 * high]},
    }


@lru_cache(maxsize=1)
def curves() -> dict[str, pa.Table]:
    """The sigmoid, a point's two losses and their gradients, all of a point with label 1."""
    z = np.linspace(-12, 12, 121)
    at = point_loss(z, 1)
    kinds = ["log"] * len(z) + ["square"] * len(z)
    both = np.tile(z, 2)
    return {
        "sigmoid": drawable({"z": z, "p": at.probability}),
        "losses": drawable({"margin": both, "loss": np.r_[at.log, at.square], "kind": kinds}),
        "gradients": drawable(
            {"z": both, "slope": np.r_[at.log_gradient, at.square_gradient], "kind": kinds}
        ),
    }
