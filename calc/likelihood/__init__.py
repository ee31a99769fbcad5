"""Products of factors and their logarithms: two derivatives, their cost, their digits, their maximum.

>>> f = notes()
>>> float(f(0.5)), float(f.log_derivative(0.5).round(2))
(-inf, -51.95)
"""

from calc.likelihood.ascent import Ascent, ascend
from calc.likelihood.counts import (
    Count,
    Counts,
    Growth,
    automatic_derivative,
    counts,
    growth,
)
from calc.likelihood.maximise import Maximisation, Peak, maximise
from calc.likelihood.precision import WORDS, Precision, Reading, precision
from calc.likelihood.product import (
    LONGEST,
    Factor,
    LikelihoodError,
    Product,
    coin,
    from_rows,
    from_text,
    notes,
)
from calc.likelihood.terms import (
    Piece,
    Term,
    derivative_latex,
    log_terms,
    product_rule_latex,
    product_terms,
    sum_latex,
    sum_terms,
)
from calc.likelihood.truth import Truth, truth
from calc.likelihood.vanishing import Running, Vanishing, draw, vanishing

__all__ = [
    "LONGEST",
    "WORDS",
    "Ascent",
    "Count",
    "Counts",
    "Factor",
    "Growth",
    "LikelihoodError",
    "Maximisation",
    "Peak",
    "Piece",
    "Precision",
    "Product",
    "Reading",
    "Running",
    "Term",
    "Truth",
    "Vanishing",
    "ascend",
    "automatic_derivative",
    "coin",
    "counts",
    "derivative_latex",
    "draw",
    "from_rows",
    "from_text",
    "growth",
    "log_terms",
    "maximise",
    "notes",
    "precision",
    "product_rule_latex",
    "product_terms",
    "sum_latex",
    "sum_terms",
    "truth",
    "vanishing",
]
