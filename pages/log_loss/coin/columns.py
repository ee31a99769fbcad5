"""What the coin's charts draw, as columns: likelihood, log-likelihood and log loss along p."""

from collections.abc import Sequence

import numpy as np

from calc.likelihood import coin
from pages.shared.charts import Columns
from pages.shared.memory import kept

STEPS = 100
"""The player walks p from 0 to 1 in hundredths."""


def drawable(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """The same for a chart, which cannot draw what is infinite."""
    return np.where(np.isfinite(values), values, np.nan)


@kept
def curves(heads: int, tosses: int) -> dict[str, Columns]:
    """The three curves with their slopes along p, the same at the player's steps, and the ends of their axes."""
    best = heads / tosses
    fine = np.unique(np.r_[np.linspace(0, 1, 201), best])
    curve, run = _at(fine, heads, tosses), _at(np.linspace(0, 1, STEPS + 1), heads, tosses)
    least = float(np.nanmin(curve["loss"]))
    # The log loss is infinite at an end of the axis; what is 1.5 above the least shows its shape.
    ends = {
        "likelihood": (0.0, 1.08 * float(np.max(curve["likelihood"]))),
        "logarithm": (-tosses * (least + 1.5), -tosses * (least - 0.1)),
        "loss": (least - 0.1, least + 1.5),
    }
    views = {name: {"low": [low], "high": [high]} for name, (low, high) in ends.items()}
    shown = {name: drawable(values) for name, values in curve.items()}
    return {"curve": shown, "run": run, **views}


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
