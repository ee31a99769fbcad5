"""What SciPy's own differentiation says: its derivative, its own error bar, why it stopped, and what it cost.

`scipy.differentiate.derivative` takes central differences of 8 points, halves their distance, and stops as soon as
two answers in a row agree. Its error bar is how far these two are apart. SciPy is imported with the first call.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Expression
from calc.numerical.precision import Counted, Precision, rounded_function

STATUSES = {
    0: "the last two answers agree",
    -1: "its error bar grew, so it gave up",
    -2: "it had halved its step 10 times",
    -3: "f had no finite value at a point that it needs",
}
"""What its `status` means."""


@dataclass(frozen=True)
class Library:
    """An answer of `scipy.differentiate.derivative`.

    Attributes:
        value: the derivative; nan where it found none.
        claimed: its own error bar.
        status: a key of `STATUSES`; 0 is success.
        evaluations: at how many points it asked for f, counted.
    """

    value: float
    claimed: float
    status: int
    evaluations: int


def by_scipy(expression: Expression, x: float, precision: Precision, first: float = 0.5) -> Library:
    """The derivative at x by SciPy, with its own choices but for the first step.

    >>> from calc.expression import parse_expression
    >>> from calc.numerical.precision import PRECISIONS
    >>> found = by_scipy(parse_expression("x^2"), 3.0, PRECISIONS["float64"])
    >>> round(found.value, 9), found.status, found.evaluations
    (6.0, 0, 11)
    """
    from scipy.differentiate import derivative

    f = Counted(rounded_function(expression, precision))
    with np.errstate(all="ignore"):
        found = derivative(f, precision.real(x), initial_step=precision.real(first))
    return Library(float(found.df), float(found.error), int(found.status), f.evaluations)
