"""Taylor coefficients of the functions, for exact numbers and for enclosures alike."""

from __future__ import annotations

from flint import fmpq

from calc.expansions import numbers, series
from calc.expansions.numbers import Number, Unsettled
from calc.expansions.series import Series


def value_of(name: str, a: Number) -> Number:
    """The function's value; raises Unsettled, also outside its domain."""
    found = numbers.function(name, a)
    if found is None:
        raise Unsettled("the edge of a domain")
    return found


def taylor(name: str, a: Series) -> Series:
    """Taylor coefficients of a function of a part, from those of the part."""
    if name == "exp":
        return series.exp(a, value_of("exp", a[0]))
    if name in ("sin", "cos"):
        return series.waves(a, (value_of("sin", a[0]), value_of("cos", a[0])), -1)[name == "cos"]
    if name in ("sinh", "cosh", "tanh"):
        odd, even = series.waves(a, (value_of("sinh", a[0]), value_of("cosh", a[0])), 1)
        return series.divide(odd, even) if name == "tanh" else odd if name == "sinh" else even
    first = value_of(name, a[0])
    if len(a) == 1:
        return [first]
    slope = series.differentiate(a)
    if name == "ln":
        return series.integrate(series.divide(slope, a), first)
    squared = series.multiply(a, a)
    if name == "atan":
        return series.integrate(series.divide(slope, [1 + squared[0], *squared[1:]]), first)
    if name == "atanh":
        return series.integrate(series.divide(slope, [1 - squared[0], *(-c for c in squared[1:])]), first)
    below = (
        [1 + squared[0], *squared[1:]] if name == "asinh" else [1 - squared[0], *(-c for c in squared[1:])]
    )
    if name == "acosh":
        below = [-c for c in below]
    start = numbers.power(below[0], -1, 2)
    if start is None:
        raise Unsettled("the edge of a domain")
    slope = series.multiply(slope, series.power(below, start, fmpq(-1, 2)))
    return series.integrate([-c for c in slope] if name == "acos" else slope, first)
