r"""Where |f| is greatest: the same p for f and for its logarithm, since the logarithm rises.

.. math:: \frac{d}{dp} \log|f| = \sum_i \frac{k_i b_i'}{b_i} = 0

For linear bases with positive exponents the left side falls from inf to -inf between two zeros of f, so
there is exactly one root, and bisection cannot miss it. For others the roots are looked for on a grid.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from calc.expression.latex import latex
from calc.likelihood.product import Factor, LikelihoodError, Product
from calc.likelihood.product import constant as exact_node

GRID = 2001
FARTHEST = 1e100
MOST_ZEROS = 40
"""Zeros that a base other than a straight line may have on the interval."""
NOWHERE = "f is zero or undefined all over this interval, so there is nothing to maximise."


@dataclass(frozen=True)
class Peak:
    """A local maximum of |f|.

    Attributes:
        p: where.
        log_abs: log|f| there.
        sign: that of f there: where it is -1, f itself has a minimum here.
        exact: p as an exact fraction, where there is a closed form.
        end: whether it lies at an end of the interval, where the derivative need not be 0.
    """

    p: float
    log_abs: float
    sign: int
    exact: Fraction | None
    end: bool

    @property
    def latex(self) -> str | None:
        """The exact p in LaTeX, or None."""
        return None if self.exact is None else latex(exact_node(self.exact))


@dataclass(frozen=True)
class Maximisation:
    """All local maxima of |f| on [low, high].

    Attributes:
        peaks: from left to right.
        zeros: where f is zero there; poles: where a base with a negative exponent is zero.
        proved: whether these are certainly all: bases linear, exponents positive.
        text: the result in a sentence.
    """

    low: float
    high: float
    peaks: tuple[Peak, ...]
    zeros: tuple[float, ...]
    poles: tuple[float, ...]
    proved: bool
    text: str

    @property
    def best(self) -> Peak | None:
        """The greatest of them; None where there is none, or |f| grows without bound at a pole."""
        if self.poles or not self.peaks:
            return None
        return max(self.peaks, key=lambda peak: peak.log_abs)


def maximise(product: Product, low: float = 0.0, high: float = 1.0) -> Maximisation:
    """Find where |f| is greatest on [low, high].

    Raises:
        LikelihoodError: unless -1e100 <= low < high <= 1e100; for a base with more than 40 zeros between.

    >>> from calc.likelihood.product import coin
    >>> best = maximise(coin(7, 10)).best
    >>> best.exact, best.p
    (Fraction(7, 10), 0.7)
    """
    if not (-FARTHEST <= low < high <= FARTHEST):
        raise LikelihoodError(
            "The interval needs two ends within 1e100 of 0, the left one below the right one."
        )
    merged = product.merged()
    moving = [factor for factor in merged.factors if not factor.constant]
    proved = all(factor.linear is not None and factor.exponent > 0 for factor in moving)
    roots = {factor: _zeros(factor, low, high) for factor in moving}
    zeros = sorted({z for factor, found in roots.items() if factor.exponent > 0 for z in found})
    poles = sorted({z for factor, found in roots.items() if factor.exponent < 0 for z in found})
    if not moving:
        text = "f does not depend on p: every p is as good as any other."
        return Maximisation(low, high, (), (), (), True, text)
    cuts = sorted({low, high, *zeros, *poles})
    peaks: list[Peak] = []
    for a, b in itertools.pairwise(cuts):
        peaks += [_peak(product, p, _closed_form(moving, p)) for p in _roots(merged, a, b, proved)]
    peaks += [_peak(product, p, Fraction(p), end=True) for p in _ends(merged, low, high)]
    peaks = sorted((peak for peak in peaks if np.isfinite(peak.log_abs)), key=lambda peak: peak.p)
    text = _text(peaks, poles, proved) if _somewhere(merged, low, high) else NOWHERE
    return Maximisation(low, high, tuple(peaks), tuple(zeros), tuple(poles), proved, text)


def _somewhere(merged: Product, low: float, high: float) -> bool:
    """Whether f is defined and not zero at some point of a grid."""
    return bool(np.isfinite(merged.log_abs(np.linspace(low, high, GRID))).any())


def _zeros(factor: Factor, low: float, high: float) -> list[float]:
    """Where the base is zero on [low, high]: exact for a linear base, on a grid for others."""
    if factor.linear is not None:
        a, b = factor.linear
        inside = Fraction(low) <= -a / b <= Fraction(high) if b else False
        return [float(-a / b)] if inside else []
    x = np.linspace(low, high, GRID)
    values = factor.base(x)
    # A base that underflows is zero all along: only a zero between two other values is one.
    alone = (values[1:-1] == 0) & (values[:-2] != 0) & (values[2:] != 0)
    found = x[1:-1][alone].tolist() + [
        x[i] for i, beside in ((0, 1), (-1, -2)) if values[i] == 0 != values[beside]
    ]
    crossings = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)
    if len(found) + len(crossings) > MOST_ZEROS:
        raise LikelihoodError(
            f"A base has over {MOST_ZEROS} zeros between {low:g} and {high:g}: choose a shorter interval."
        )
    for i in crossings:
        found.append(_bisect(lambda p: float(factor.base(p)), x[i], x[i + 1], float(values[i])))
    return sorted(found)


def _roots(merged: Product, a: float, b: float, one: bool) -> list[float]:
    """Where d/dp log|f| falls through 0 inside (a, b)."""

    def slope(p: float) -> float:
        return float(merged.log_derivative(p))

    if one:
        first, last = slope(np.nextafter(a, b)), slope(np.nextafter(b, a))
        return [_bisect(slope, a, b, first)] if first > 0 > last else []
    x = a + (b - a) * (1 - np.cos(np.linspace(0, np.pi, GRID))) / 2
    x = x[(x > a) & (x < b)]
    values = merged.log_derivative(x)
    falls = np.flatnonzero((values[:-1] > 0) & (values[1:] < 0))
    return [*x[1:-1][(values[1:-1] == 0) & (values[:-2] > 0) & (values[2:] < 0)].tolist()] + [
        _bisect(slope, x[i], x[i + 1], float(values[i])) for i in falls
    ]


def _bisect(function: Callable[[float], float], a: float, b: float, at_a: float) -> float:
    """The change of sign between a and b, to the last float; `at_a` is the sign beside a."""
    a, b = float(a), float(b)
    while a < (middle := a / 2 + b / 2) < b:
        value = function(middle)
        if value == 0:
            return middle
        if (value > 0) == (at_a > 0):
            a = middle
        else:
            b = middle
    return b if a == 0 else a


def _ends(merged: Product, low: float, high: float) -> list[float]:
    """The ends of the interval that are local maxima."""
    left, right = float(merged.log_derivative(low)), float(merged.log_derivative(high))
    return [low] * (left < 0) + [high] * (right > 0)


def _closed_form(moving: list[Factor], near: float) -> Fraction | None:
    """The root of k_1 b_1'/b_1 + k_2 b_2'/b_2, for two linear bases: k/n for the coin."""
    lines = [factor.linear for factor in moving]
    if len(lines) != 2 or lines[0] is None or lines[1] is None:
        return None
    (a1, s1), (a2, s2) = lines[0], lines[1]
    k1, k2 = moving[0].exponent, moving[1].exponent
    if s1 * s2 * (k1 + k2) == 0:
        return None
    exact = -(k1 * s1 * a2 + k2 * s2 * a1) / ((k1 + k2) * s1 * s2)
    return exact if abs(float(exact) - near) <= 1e-9 * max(1.0, abs(near)) else None


def _peak(product: Product, p: float, exact: Fraction | None, end: bool = False) -> Peak:
    p = p if exact is None else float(exact)
    sign = product.sign(p)
    return Peak(p, float(product.log_abs(p)), 0 if np.isnan(sign) else int(sign), exact, end)


def _text(peaks: list[Peak], poles: list[float], proved: bool) -> str:
    if poles:
        places = ", ".join(f"{p:.6g}" for p in poles)
        return f"|f| grows without bound at p = {places}, where a base with a negative exponent is zero."
    if not peaks:
        return "|f| has no greatest value on this interval: it rises towards an end that it does not reach."
    best = max(peaks, key=lambda peak: peak.log_abs)
    text = f"|f| and log|f| are both greatest at p = {best.p:.10g}"
    if best.sign < 0:
        text += ", where f is negative: f itself has a minimum there"
    return text + ("." if proved else "; the places were found on a grid, so a narrow peak may be missing.")
