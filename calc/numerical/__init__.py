"""Numerical differentiation: difference quotients, extrapolation, the complex step, grids and noise.

How far each is from the derivative, how far theory says it is, and how often it asks for f.
"""

from calc.numerical.complex_step import complex_step, pieces
from calc.numerical.digits import Cancelled, cancelled
from calc.numerical.extrapolation import STATUSES, Library, by_scipy
from calc.numerical.grids import Gradient, gradient, noise_deviation, noise_weights
from calc.numerical.methods import METHODS, Method, Study, study
from calc.numerical.precision import PRECISIONS, Counted, Precision, rounded_function
from calc.numerical.theory import Theory, best_measured, ruling, theory
from calc.numerical.truth import Truth, truth

__all__ = [
    "METHODS",
    "PRECISIONS",
    "STATUSES",
    "Cancelled",
    "Counted",
    "Gradient",
    "Library",
    "Method",
    "Precision",
    "Study",
    "Theory",
    "Truth",
    "best_measured",
    "by_scipy",
    "cancelled",
    "complex_step",
    "gradient",
    "noise_deviation",
    "noise_weights",
    "pieces",
    "rounded_function",
    "ruling",
    "study",
    "theory",
    "truth",
]
