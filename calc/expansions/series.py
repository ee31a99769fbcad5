"""Arithmetic of Taylor coefficients: lists a[0], a[1], ... of any numbers, cut at the shorter one's length.

Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, table 13.1 and 13.2.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from flint import fmpq

Series: TypeAlias = list[Any]


def add(a: Series, b: Series) -> Series:
    return [p + q for p, q in zip(a, b, strict=False)]


def scale(factor: Any, a: Series) -> Series:
    return [factor * p for p in a]


def multiply(a: Series, b: Series) -> Series:
    return [sum((a[j] * b[k - j] for j in range(1, k + 1)), a[0] * b[k]) for k in range(min(len(a), len(b)))]


def divide(a: Series, b: Series) -> Series:
    """a/b, for b[0] that is not 0."""
    found: Series = []
    for k in range(min(len(a), len(b))):
        rest = sum((b[j] * found[k - j] for j in range(1, k + 1)), fmpq(0))
        found.append((a[k] - rest) / b[0])
    return found


def power(a: Series, first: Any, exponent: fmpq) -> Series:
    """a^exponent, for a[0] that is not 0; `first` is a[0]^exponent."""
    found = [first]
    for k in range(1, len(a)):
        rest = sum(((exponent * j - (k - j)) * a[j] * found[k - j] for j in range(1, k + 1)), fmpq(0))
        found.append(rest / (k * a[0]))
    return found


def exp(a: Series, first: Any) -> Series:
    """e^a; `first` is e^a[0]."""
    found = [first]
    for k in range(1, len(a)):
        found.append(sum((j * a[j] * found[k - j] for j in range(1, k + 1)), fmpq(0)) / k)
    return found


def waves(a: Series, first: tuple[Any, Any], turn: int) -> tuple[Series, Series]:
    """sin a and cos a for `turn` -1, sinh a and cosh a for 1; `first` are those of a[0]."""
    odd, even = [first[0]], [first[1]]
    for k in range(1, len(a)):
        slopes = [j * a[j] for j in range(1, k + 1)]
        odd.append(sum((w * even[k - j] for j, w in enumerate(slopes, 1)), fmpq(0)) / k)
        even.append(turn * sum((w * odd[k - j] for j, w in enumerate(slopes, 1)), fmpq(0)) / k)
    return odd, even


def differentiate(a: Series) -> Series:
    return [k * a[k] for k in range(1, len(a))]


def integrate(slope: Series, first: Any) -> Series:
    return [first, *(c / (k + 1) for k, c in enumerate(slope))]
