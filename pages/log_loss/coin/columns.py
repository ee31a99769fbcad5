"""What the coin's charts draw, as columns: likelihood, log-likelihood and log loss along p."""

import numpy as np

from calc.likelihood import coin
from pages.shared.charts import Columns
from pages.shared.memory import kept

STEPS = 100
"""The player walks p from 0 to 1 in hundredths."""


@kept
def curves(heads: int, tosses: int) -> tuple[dict[str, np.ndarray], dict[str, dict[str, Columns]]]:
    """The three functions and their slopes at the player's steps, and the datasets of their charts."""
    best, run = heads / tosses, _at(np.linspace(0, 1, STEPS + 1), heads, tosses)
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
            "run": {"x": run["p"], "y": run[name], "slope": run[f"{name}_slope"]},
            "best": {"x": [best]},
            "view": {"x0": [0.0], "x1": [1.0], "y0": [low], "y1": [high]},
        }
        for name, (low, high) in ends.items()
    }


def _at(p: np.ndarray, heads: int, tosses: int) -> dict[str, np.ndarray]:
    tails, q = tosses - heads, 1 - p
    with np.errstate(all="ignore"):
        logarithm = coin(heads, tosses).log_abs(p)
        # At an end of the axis a side that was never seen adds nothing, not 0/0.
        slope = (heads / p if heads else 0.0) - (tails / q if tails else np.zeros_like(p))
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
