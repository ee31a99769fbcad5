"""Products of factors and their logarithms: two derivatives, their cost, their digits, their maximum.

>>> f = course_product()
>>> float(f(0.5)), float(f.log_derivative(0.5).round(2))
(-inf, -51.95)
"""

from calc.likelihood.ascent import Ascent, Hill, Side, ascend, climb, find_hill, slope_of_abs
from calc.likelihood.costs import (
    Counts,
    Growth,
    automatic_derivative,
    counts,
    growth,
)
from calc.likelihood.latex import product_latex, sum_latex
from calc.likelihood.maximise import Maximisation, Peak, maximise
from calc.likelihood.precision import OUTCOMES, FloatResult, Precision, precision
from calc.likelihood.product import (
    MAX_CHARACTERS,
    Factor,
    LikelihoodError,
    Product,
    coin,
    course_product,
    from_rows,
    from_text,
)
from calc.likelihood.terms import (
    Term,
    TermFactor,
    derivative_latex,
    log_terms,
    product_terms,
)
from calc.likelihood.true_values import TrueValues, true_values
from calc.likelihood.underflow import RunningProduct, Underflow, random_probabilities, underflow

__all__ = [
    "MAX_CHARACTERS",
    "OUTCOMES",
    "Ascent",
    "Counts",
    "Factor",
    "FloatResult",
    "Growth",
    "Hill",
    "LikelihoodError",
    "Maximisation",
    "Peak",
    "Precision",
    "Product",
    "RunningProduct",
    "Side",
    "Term",
    "TermFactor",
    "TrueValues",
    "Underflow",
    "ascend",
    "automatic_derivative",
    "climb",
    "coin",
    "counts",
    "course_product",
    "derivative_latex",
    "find_hill",
    "from_rows",
    "from_text",
    "growth",
    "log_terms",
    "maximise",
    "precision",
    "product_latex",
    "product_terms",
    "random_probabilities",
    "slope_of_abs",
    "sum_latex",
    "true_values",
    "underflow",
]
