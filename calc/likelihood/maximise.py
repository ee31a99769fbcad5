r"""Where |f| is greatest: the same p for f and for its logarithm, since the logarithm rises.

.. math:: \frac{d}{dp} \log|f| = \sum_i \frac{k_i b_i'}{b_i} = 0

For linear bases with positive exponents the left side falls from inf to -inf between two zeros of f, so
there is exactly one root, and bisection cannot miss it. For others the roots are looked for on a grid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from calc.expression.latex import latex
from calc.likelihood.product import Array, Factor, LikelihoodError, Product
from calc.likelihood.product import constant as exact_node
from calc.numbers import written

GRID_POINTS = 2001
"""Steps of 1/2000 of the interval: about a pixel of a chart."""
MAX_END = 1e100
"""Squares and differences of such numbers stay finite."""
MAX_ZEROS = 40
"""Zeros that a base other than a straight line may have on the interval."""
MAX_CUTS = 400
"""Zeros that all of them may have together."""
MAX_VALUES = 2_000_000
"""Values of bases on the grids of all stretches."""
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
    if not (-MAX_END <= low < high <= MAX_END):
        raise LikelihoodError(
            "The interval needs two ends within 1e100 of 0, the left one below the right one."
        )
    merged = product.merged()
    moving, zeros, poles = _zeros_and_poles(merged, low, high)
    proved = _log_concave(moving)
    if not moving:
        text = "f does not depend on p: every p is as good as any other."
        return Maximisation(low, high, (), (), (), True, text)
    peaks = _local_maxima(product, merged, moving, sorted({low, high, *zeros, *poles}))
    ends = _end_maxima(merged, low, high)
    peaks += _peaks(product, ends, [*map(Fraction, ends)], end=True)
    peaks = sorted((peak for peak in peaks if np.isfinite(peak.log_abs)), key=lambda peak: peak.p)
    text = _text(peaks, poles, proved) if _defined_somewhere(merged, low, high) else NOWHERE
    return Maximisation(low, high, tuple(peaks), tuple(zeros), tuple(poles), proved, text)


def bracket_peak(
    product: Product, start: float, low: float, high: float
) -> tuple[float, float, float | None]:
    """The zeros or poles of f next to the start on [low, high] (or inf), and the top next to it between them.

    Raises:
        LikelihoodError: as `maximise`.
    """
    merged = product.merged()
    moving, zeros, poles = _zeros_and_poles(merged, low, high)
    left = max((mark for mark in (*zeros, *poles) if mark < start), default=-np.inf)
    right = min((mark for mark in (*zeros, *poles) if mark > start), default=np.inf)
    tops = [peak.p for peak in _local_maxima(product, merged, moving, [max(low, left), min(high, right)])]
    inside = [p for p in tops if left < p < right]
    return left, right, min(inside, key=lambda p: abs(p - start)) if inside else None


def _zeros_and_poles(
    merged: Product, low: float, high: float
) -> tuple[list[Factor], list[float], list[float]]:
    """The factors that depend on p, where f is zero, and where a base with a negative exponent is."""
    moving = [factor for factor in merged.factors if not factor.constant]
    roots = {factor: _zeros(factor, low, high) for factor in moving}
    zeros = sorted({z for factor, found in roots.items() if factor.exponent > 0 for z in found})
    poles = sorted({z for factor, found in roots.items() if factor.exponent < 0 for z in found})
    if not _log_concave(moving) and len(zeros) + len(poles) > MAX_CUTS:
        raise LikelihoodError(
            f"The bases have over {MAX_CUTS} zeros between {written(low, 6)} and {written(high, 6)}: "
            "choose a shorter interval."
        )
    return moving, zeros, poles


def _log_concave(moving: list[Factor]) -> bool:
    """Whether d/dp log|f| surely falls from inf to -inf between two zeros."""
    return all(factor.linear is not None and factor.exponent > 0 for factor in moving)


def _local_maxima(product: Product, merged: Product, moving: list[Factor], cuts: list[float]) -> list[Peak]:
    """The local maxima between neighbouring cuts."""
    search = _bracketed_roots if _log_concave(moving) else _grid_roots
    places = search(merged, np.array(cuts))
    return _peaks(product, places, [_closed_form(moving, p) for p in places], end=False)


def _defined_somewhere(merged: Product, low: float, high: float) -> bool:
    """Whether f is defined and not zero at some point of a grid."""
    return bool(np.isfinite(merged.log_abs(np.linspace(low, high, GRID_POINTS))).any())


def _zeros(factor: Factor, low: float, high: float) -> list[float]:
    """Where the base is zero on [low, high]: exact for a linear base, on a grid for others."""
    if factor.linear is not None:
        a, b = factor.linear
        inside = Fraction(low) <= -a / b <= Fraction(high) if b else False
        return [float(-a / b)] if inside else []
    x = np.linspace(low, high, GRID_POINTS)
    values = factor.base(x)
    # A base that underflows is zero all along: only a zero between two other values is one.
    alone = (values[1:-1] == 0) & (values[:-2] != 0) & (values[2:] != 0)
    found = x[1:-1][alone].tolist() + [
        x[i] for i, beside in ((0, 1), (-1, -2)) if values[i] == 0 != values[beside]
    ]
    crossings = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)
    if len(found) + len(crossings) > MAX_ZEROS:
        raise LikelihoodError(
            f"A base has over {MAX_ZEROS} zeros between {written(low, 6)} and {written(high, 6)}: "
            "choose a shorter interval."
        )
    return sorted(found + _bisect(factor.base, x[crossings], x[crossings + 1], values[crossings]))


def _bracketed_roots(merged: Product, cuts: Array) -> list[float]:
    """Where d/dp log|f| falls through 0 between neighbouring cuts: at most once in each stretch."""
    a, b = cuts[:-1], cuts[1:]
    first = merged.log_derivative(np.nextafter(a, b))
    last = merged.log_derivative(np.nextafter(b, a))
    falls = (first > 0) & (last < 0)
    return _bisect(merged.log_derivative, a[falls], b[falls], first[falls])


def _grid_roots(merged: Product, cuts: Array) -> list[float]:
    """Where d/dp log|f| falls through 0 between neighbouring cuts, looked for on a grid in each stretch."""
    a, b = cuts[:-1, None], cuts[1:, None]
    points = int(np.clip(MAX_VALUES // (len(a) * len(merged.factors)), GRID_POINTS // 50, GRID_POINTS))
    x = a + (b - a) * (1 - np.cos(np.linspace(0, np.pi, points)))[1:-1] / 2
    values = np.where((x > a) & (x < b), merged.log_derivative(x), np.nan)
    on = (values[:, 1:-1] == 0) & (values[:, :-2] > 0) & (values[:, 2:] < 0)
    falls = (values[:, :-1] > 0) & (values[:, 1:] < 0)
    found: list[float] = x[:, 1:-1][on].tolist()
    return found + _bisect(merged.log_derivative, x[:, :-1][falls], x[:, 1:][falls], values[:, :-1][falls])


def _bisect(function: Callable[[Array], Array], a: Array, b: Array, at_a: Array) -> list[float]:
    """The change of sign between each a and its b, to the last float; `at_a` has the sign beside a."""
    while (inside := (a < (middle := a / 2 + b / 2)) & (middle < b)).any():
        values = function(middle)
        same = (values > 0) == (at_a > 0)
        a = np.where(inside & (same | (values == 0)), middle, a)
        b = np.where(inside & (~same | (values == 0)), middle, b)
    found: list[float] = np.where(a == 0, b, a).tolist()
    return found


def _end_maxima(merged: Product, low: float, high: float) -> list[float]:
    """The ends of the interval that are local maxima."""
    inside = 1e-6 * (high - low)
    ends = [*merged.log_derivative(np.array([low, high])).tolist()]
    # A slope of zero decides nothing: a little further in it has a sign.
    left, right = (
        float(merged.log_derivative(at + step)) if slope == 0 else slope
        for slope, at, step in zip(ends, (low, high), (inside, -inside), strict=True)
    )
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


def _peaks(product: Product, places: list[float], exact: list[Fraction | None], *, end: bool) -> list[Peak]:
    at = np.array([p if e is None else float(e) for p, e in zip(places, exact, strict=True)])
    signs = np.nan_to_num(product.sign(at)).astype(int).tolist()
    logs = product.log_abs(at).tolist()
    return [Peak(*each, end) for each in zip(at.tolist(), logs, signs, exact, strict=True)]


def _text(peaks: list[Peak], poles: list[float], proved: bool) -> str:
    if poles:
        places = ", ".join(f"{written(p, 6)}" for p in poles)
        return f"|f| grows without bound at p = {places}, where a base with a negative exponent is zero."
    if not peaks:
        return "|f| has no greatest value on this interval: it rises towards an end that it does not reach."
    best = max(peaks, key=lambda peak: peak.log_abs)
    text = f"|f| and log|f| are both greatest at p = {written(best.p, 10)}"
    if best.sign < 0:
        text += ", where f is negative: f itself has a minimum there"
    return text + ("." if proved else "; the places were found on a grid, so a narrow peak may be missing.")
