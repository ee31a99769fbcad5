"""Functions as text of our grammar and, written by another hand, for mpmath and NumPy."""

import mpmath
import numpy as np

FUNCTIONS = {
    "sin(x)": (mpmath.sin, np.sin, (0.5, -2.0, 30.0)),
    "e^x": (mpmath.exp, np.exp, (1.0, -3.0, 5.5)),
    "ln(x)": (mpmath.log, np.log, (2.0, 0.125, 50.0)),
    "sqrt(x)": (mpmath.sqrt, np.sqrt, (3.0, 0.5, 1000.0)),
    "atan(x)": (mpmath.atan, np.arctan, (0.75, -4.0)),
    "tanh(x)": (mpmath.tanh, np.tanh, (0.75, -0.25)),
    "x^3 - 2x + 1": (lambda x: x**3 - 2 * x + 1, lambda x: x**3 - 2 * x + 1, (1.5, -40.0)),
    "e^(-2x) + 3sin(3x)": (
        lambda x: mpmath.exp(-2 * x) + 3 * mpmath.sin(3 * x),
        lambda x: np.exp(-2 * x) + 3 * np.sin(3 * x),
        (0.5, -1.0),
    ),
    "1/(1 + x^2)": (lambda x: 1 / (1 + x**2), lambda x: 1 / (1 + x**2), (0.5, -3.0)),
}
PLACES = [(text, x) for text, (_, _, places) in FUNCTIONS.items() for x in places]


def digits_50(text: str, x: float, order: int = 1) -> mpmath.mpf:
    """A derivative at the very number that the float is."""
    with mpmath.workdps(50):
        return +mpmath.diff(FUNCTIONS[text][0], mpmath.mpf(x), order)
