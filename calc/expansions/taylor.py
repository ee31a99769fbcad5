"""Taylor coefficients of the functions, for exact numbers and for enclosures alike."""

from __future__ import annotations

from flint import fmpq

from calc.expansions import series
from calc.expansions.numbers import function, power
from calc.expansions.series import Series


def taylor(name: str, a: Series) -> Series:
    """Taylor coefficients of a function of a part, from those of the part."""
    if name == "exp":
        return series.exp(a, function("exp", a[0]))
    if name in ("sin", "cos"):
        return series.waves(a, (function("sin", a[0]), function("cos", a[0])), -1)[name == "cos"]
    if name in ("sinh", "cosh", "tanh"):
        odd, even = series.waves(a, (function("sinh", a[0]), function("cosh", a[0])), 1)
        return series.divide(odd, even) if name == "tanh" else odd if name == "sinh" else even
    first = function(name, a[0])
    if len(a) == 1:
        return [first]
    slope = series.differentiate(a)
    if name == "ln":
        return series.integrate(series.divide(slope, a), first)
    squared = series.multiply(a, a)
    # 1 + u^2 or 1 - u^2, and u^2 - 1 for acosh: below a line, or below a root.
    below = [-c for c in squared] if name in ("atanh", "asin", "acos") else squared
    below = [below[0] + (-1 if name == "acosh" else 1), *below[1:]]
    if name in ("atan", "atanh"):
        return series.integrate(series.divide(slope, below), first)
    slope = series.multiply(slope, series.power(below, power(below[0], -1, 2), fmpq(-1, 2)))
    return series.integrate([-c for c in slope] if name == "acos" else slope, first)
