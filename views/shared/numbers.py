"""Numbers on their way to the page."""

import numpy as np


def significant(values: np.ndarray, digits: int = 9) -> np.ndarray:
    """The values to nine digits, which is more than a page shows and half of what would travel."""
    with np.errstate(all="ignore"):
        unit = 10.0 ** (digits - 1 - np.floor(np.log10(np.abs(values))))
        rounded = np.round(values * unit) / unit
    return np.where(np.isfinite(rounded), rounded, values)
