"""What the coin's charts draw, as columns: likelihood, log-likelihood and log loss along p."""

import numpy as np

from calc.descent import Run, Status, descend
from calc.likelihood import coin
from pages.shared.charts import Columns
from pages.shared.memory import kept

STEPS = 101
"""The player walks p from 0 to 1 in hundredths, and comes to rest at the best one."""
DESCENT = 60
"""Steps of a descent: with an eighth of the rate that diverges it has arrived."""
Curves = tuple[dict[str, np.ndarray], dict[str, dict[str, Columns]]]


@kept
def curves(heads: int, tosses: int) -> Curves:
    """The three functions and their slopes at the player's steps, and the datasets of their charts."""
    return along(heads, tosses, np.r_[np.linspace(0, 1, STEPS), heads / tosses])


@kept
def descended(heads: int, tosses: int, rate: float, start: float) -> tuple[Curves, Run, Status]:
    """The same at the steps of a descent on the log loss, which ends where p leaves 0 to 1."""
    best = heads / tosses

    def gradient(w: np.ndarray, k: int) -> list[float]:
        p = float(w[0])
        return [(p - best) / (p * (1 - p)) if 0 < p < 1 else np.nan]

    run = descend(
        gradient, [start], method="gradient-descent", rate=rate, steps=DESCENT,
        loss=lambda w: _at(w[:, 0], heads, tosses)["loss"],
    )  # fmt: skip
    p, status = run.w[:, 0], run.status
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero(~((p > 0) & (p < 1)))
    if outside.size:
        left = f"With step {outside[0]} p leaves 0 to 1 and is no probability any more. "
        text = left + (
            "Take a smaller rate."
            if 0 < best < 1
            else f"The log loss is least at the end, p = {best:g}, where its slope is not 0: nothing stops the descent."
        )
        status = Status("diverged", int(outside[0]), text)
        # It stays at the edge that it crossed.
        p = np.where(np.arange(len(p)) < outside[0], p, np.clip(p[outside[0]], 0, 1))
    return along(heads, tosses, p), run, status


def along(heads: int, tosses: int, p: np.ndarray) -> Curves:
    """The functions and their slopes at each p, and the datasets of their charts."""
    best, run = heads / tosses, _at(p, heads, tosses)
    fine = _at(np.unique(np.r_[np.linspace(0, 1, 201), best]), heads, tosses)
    least = float(np.nanmin(fine["loss"]))
    # The log loss is infinite at an end of the axis; what is 1.5 above the least shows its shape.
    ends = {
        "likelihood": (0.0, 1.08 * float(np.max(fine["likelihood"]))),
        "logarithm": (-tosses * (least + 1.5), -tosses * (least - 0.1)),
        "loss": (least - 0.1, least + 1.5),
    }
    return run, {
        name: {
            "curve": {"x": fine["p"], "y": fine[name]},
            "run": _drawn(run["p"], run[name], run[f"{name}_slope"], low, high),
            "best": {"x": [best]},
            "view": {"x0": [0.0], "x1": [1.0], "y0": [low], "y1": [high]},
        }
        for name, (low, high) in ends.items()
    }


def _drawn(p: np.ndarray, value: np.ndarray, slope: np.ndarray, low: float, high: float) -> Columns:
    """The ball by step: one that is infinitely far up or down rests on the axis's end, without a tangent."""
    there = np.isfinite(value) & np.isfinite(slope)
    return {"x": p, "y": np.clip(value, low, high), "slope": np.where(there, slope, 0.0)}


def _at(p: np.ndarray, heads: int, tosses: int) -> dict[str, np.ndarray]:
    tails, q = tosses - heads, 1 - p
    with np.errstate(all="ignore"):
        logarithm = coin(heads, tosses).log_abs(p)
        # A side that was never seen adds nothing, not 0/0 at its end of the axis.
        slope = (heads / p if heads else np.zeros_like(p)) - (tails / q if tails else np.zeros_like(p))
        likelihood_slope = np.zeros_like(p)
        if heads:
            likelihood_slope += heads * p ** (heads - 1) * q**tails
        if tails:
            likelihood_slope -= tails * p**heads * q ** (tails - 1)
        if heads and tails:
            # At the maximiser rounding would leave 1e-16 of a slope that is zero.
            slope, likelihood_slope = (
                np.where(np.abs(heads - tosses * p) < 1e-12 * tosses, 0.0, each)
                for each in (slope, likelihood_slope)
            )
        return {
            "p": p,
            "likelihood": np.exp(logarithm),
            "likelihood_slope": likelihood_slope,
            "logarithm": logarithm,
            "logarithm_slope": slope,
            "loss": -logarithm / tosses,
            "loss_slope": (0.0 - slope) / tosses,
        }
