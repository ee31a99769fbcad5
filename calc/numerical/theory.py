r"""What theory says of a step: how far the secant is from the tangent, and what rounding adds.

With Taylor coefficients :math:`c_k` of f at x, the unit roundoff u and one value of f right to
:math:`\delta = u (|f| + |x f'|)`, the second part for x + h, which is rounded too:

.. math::
    \text{forward } |c_2| h + \frac{u(2|f| + |x f'|)}{h}, \quad
    \text{central } |c_3| h^2 + \frac{\delta}{h}, \quad
    \text{Richardson } \frac{|c_5|}{4} h^4 + \frac{3 \delta}{h}, \quad
    \text{complex step } |c_3| h^2 + u |f'|

Of a coefficient that is 0 the next one stands in. A sum :math:`a h^p + b/h` is least at
:math:`h = (b / (p a))^{1/(p + 1)}`.

Source: W. Press et al., "Numerical Recipes", 3rd edition, Cambridge 2007, section 5.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, isnan, nan
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from calc.numerical.precision import Floats, Precision
from calc.numerical.truth import Truth

Ruling: TypeAlias = Literal["truncation", "rounding", "both"]


@dataclass(frozen=True)
class Theory:
    """The two errors of one method: `size` * h^`power`, and `rounding` / h with what does not depend on h.

    Attributes:
        size, power: of truncation; 0 and 0 where there is none, as for a line.
        rounding: nan where nothing is known of f around x.
        constant: what rounding leaves at any step.
    """

    size: float
    power: int
    rounding: float
    constant: float = 0.0

    def truncation_at(self, h: ArrayLike) -> Floats:
        with np.errstate(all="ignore"):
            found: Floats = self.size * np.asarray(h, dtype=float) ** self.power
        return found

    def rounding_at(self, h: ArrayLike) -> Floats:
        with np.errstate(all="ignore"):
            found: Floats = self.rounding / np.asarray(h, dtype=float) + self.constant
        return found

    @property
    def best(self) -> float:
        """The step at which both together are least: inf without truncation, 0 without rounding, nan if unknown.

        >>> round(Theory(0.25, 1, 1e-16).best, 10)
        2e-08
        """
        if not isfinite(self.rounding):
            return nan
        if self.rounding == 0:
            return 0.0
        if self.size == 0:
            return inf
        return float((self.rounding / (self.power * self.size)) ** (1 / (self.power + 1)))

    @property
    def least(self) -> float:
        """Both together at the best step."""
        at = np.array([self.best])
        if not 0 < self.best < inf:
            return self.constant
        return float(self.truncation_at(at)[0] + self.rounding_at(at)[0])


def ruling(truncation: float, rounding: float) -> Ruling | None:
    """Which of the two errors is more than three times the other; "both" for neither, None where nothing is known.

    >>> ruling(0.025, 1e-15), ruling(2e-13, 1e-4)
    ('truncation', 'rounding')
    """
    if isnan(rounding):
        return None
    return "truncation" if truncation > 3 * rounding else "rounding" if rounding > 3 * truncation else "both"


UNKNOWN = Theory(nan, 1, nan)


def theory(found: Truth, precision: Precision) -> dict[str, Theory]:
    """The theory of each method, by its name in `calc.numerical.METHODS`.

    >>> from calc.numerical.precision import PRECISIONS
    >>> line = Truth(1.0, 2.0, 0.0, (5.0, 2.0, 0.0, 0.0, 0.0, 0.0))
    >>> theory(line, PRECISIONS["float64"])["forward"].size
    0.0
    """
    if not found.coefficients:
        return dict.fromkeys(("forward", "central", "richardson", "complex"), UNKNOWN)
    c, unit = found.coefficients, precision.unit
    f, moved = abs(c[0]), abs(found.x * c[1])
    one = unit * (f + moved)
    odd = {k: c[k] for k in range(3, len(c), 2)}
    # What extrapolation leaves of h^(k - 1): (4 / 2^(k - 1) - 1) / 3.
    left = {k: value * (4 / 2 ** (k - 1) - 1) / 3 for k, value in odd.items() if k > 3}
    return {
        "forward": Theory(*_leading({k: c[k] for k in range(2, len(c))}), unit * (2 * f + moved)),
        "central": Theory(*_leading(odd), one),
        "richardson": Theory(*_leading(left), 3 * one),
        "complex": Theory(*_leading(odd), 0.0, unit * abs(c[1])),
    }


def _leading(terms: dict[int, float]) -> tuple[float, int]:
    """The first term that is not 0, as its size and its power of h."""
    return next(((abs(value), k - 1) for k, value in terms.items() if value), (0.0, 0))


def best_measured(error: Floats) -> int | None:
    """Which step is best: the one at which the largest error of it and its two neighbours is least; None for none.

    At a single step an error may be small by luck.

    >>> best_measured(np.array([1.0, 0.1, 0.2, 0.3, 0.0, 1.0]))
    2
    """
    padded = np.pad(np.where(np.isnan(error), np.inf, error), 1, mode="edge")
    largest = np.max([padded[:-2], padded[1:-1], padded[2:]], axis=0)
    return int(np.argmin(largest)) if np.isfinite(largest).any() else None
