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
    product = coin(heads, tosses)
    with np.errstate(all="ignore"):
        logarithm, slope = product.log_abs(p), product.log_derivative(p)
        # At the maximiser rounding would leave 1e-16 of a slope that is zero.
        slope = np.where(np.abs(heads - tosses * p) < 1e-12 * tosses, 0.0, slope)
        likelihood = np.exp(logarithm)
        return {
            "p": p,
            "likelihood": likelihood,
            "likelihood_slope": np.where(likelihood > 0, likelihood * slope, 0.0),
            "logarithm": logarithm,
            "logarithm_slope": slope,
            "loss": -logarithm / tosses,
            "loss_slope": (0.0 - slope) / tosses,
        }
