r"""Four ways to a derivative from values of f, for steps of all sizes.

.. math::
    \text{forward } \frac{f(x + h) - f(x)}{h}, \quad
    \text{central } D(h) = \frac{f(x + h) - f(x - h)}{2h}, \quad
    \text{Richardson } \frac{4 D(h/2) - D(h)}{3}, \quad
    \text{complex step } \frac{\operatorname{Im} f(x + ih)}{h}

Every operation is rounded to the format that is studied, that on x + h and the quotient too.

Source: W. Press et al., "Numerical Recipes", 3rd edition, Cambridge 2007, section 5.7; L. F. Richardson, "The
approximate arithmetical solution by finite differences", Phil. Trans. A 210, 1911.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.expression import Expression
from calc.numerical.complex_step import complex_step
from calc.numerical.precision import Floats, Function, Precision, rounded_function
from calc.numerical.theory import Theory, best_measured, theory
from calc.numerical.truth import Truth, truth


@dataclass(frozen=True)
class Method:
    """A way to a derivative.

    Attributes:
        each: how often it asks for f, for each variable.
        once: how often for all of them together, at the point itself.
    """

    name: str
    each: int
    once: int = 0

    def evaluations(self, variables: int = 1) -> int:
        """How often it asks for f, for all derivatives of a function of so many variables.

        >>> METHODS["forward"].evaluations(), METHODS["forward"].evaluations(1000)
        (2, 1001)
        """
        return self.each * variables + self.once


METHODS = {
    "forward": Method("Forward", 1, 1),
    "central": Method("Central", 2),
    "richardson": Method("Richardson", 4),
    "complex": Method("Complex step", 1),
}


@dataclass(frozen=True, eq=False)
class Study:
    """What each method says at x, by step; all of float64, which holds the numbers of both formats.

    Attributes:
        h: the steps as the format has them, (n,).
        below, here, above: f(x - h), f(x), f(x + h), each (n,).
        found: the derivative by each method of `METHODS`, (n,) each; nan or infinite where it says no number.
        truth: what they are measured against.
        errors: how far each is from it, (n,) each; all nan where there is no derivative.
        theory: how far theory expects it to be.
        best: the place of each one's best step (`best_measured`); None without errors.
    """

    h: Floats
    below: Floats
    here: Floats
    above: Floats
    found: Mapping[str, Floats]
    truth: Truth
    errors: Mapping[str, NDArray[np.float64]]
    theory: Mapping[str, Theory]
    best: Mapping[str, int | None]

    @property
    def least(self) -> dict[str, float]:
        """The error at the best step of each; nan without errors."""
        return {
            name: nan if place is None else float(self.errors[name][place])
            for name, place in self.best.items()
        }


def forward(f: Function, x: Floats, h: Floats) -> Floats:
    """(f(x + h) - f(x))/h."""
    return (f(x + h) - f(x)) / h


def central(f: Function, x: Floats, h: Floats) -> Floats:
    """(f(x + h) - f(x - h))/(2h)."""
    return (f(x + h) - f(x - h)) / (2 * h)


def richardson(f: Function, x: Floats, h: Floats) -> Floats:
    """(4 D(h/2) - D(h))/3 of central differences D, whose h^2 cancel."""
    return (4 * central(f, x, h / 2) - central(f, x, h)) / 3


def study(
    expression: Expression, x: float, h: ArrayLike, precision: Precision, settled: float = nan
) -> Study:
    """Every method at x, in one format.

    Args:
        expression: a function of one variable.
        x: the point, which is rounded to the format.
        h: steps, (n,), all above 0; they are rounded to it too.
        settled: f'(x) where `truth` finds none.

    >>> from calc.expression import parse_expression
    >>> from calc.numerical.precision import PRECISIONS
    >>> found = study(parse_expression("x^2"), 3.0, [0.5], PRECISIONS["float64"]).found
    >>> {name: float(slope[0]) for name, slope in found.items()}
    {'forward': 6.5, 'central': 6.0, 'richardson': 6.0, 'complex': 6.0}
    """
    steps = np.asarray(h).astype(precision.real)
    at = np.full_like(steps, x)
    f = rounded_function(expression, precision)
    with np.errstate(all="ignore"):
        below, here, above = f(at - steps), f(at), f(at + steps)
        found = {name: method(f, at, steps) for name, method in (
            ("forward", forward), ("central", central), ("richardson", richardson),
        )}  # fmt: skip
    found["complex"] = complex_step(expression, x, steps, precision)
    slopes = {name: np.asarray(slope, dtype=float) for name, slope in found.items()}
    true = truth(expression, float(precision.real(x)), settled)
    errors = {name: true.errors(slope) for name, slope in slopes.items()}
    steps, below, here, above = (np.asarray(column, dtype=float) for column in (steps, below, here, above))
    best = {name: best_measured(error) for name, error in errors.items()}
    return Study(steps, below, here, above, slopes, true, errors, theory(true, precision), best)
