"""Products and differences with their rounding errors."""

from __future__ import annotations

from typing import Any

from calc.descent.method import Array


def exact_product(a: float, b: Array) -> tuple[Array, Array]:
    """a * b as a rounded product and its exact error.

    Reference: T. J. Dekker, A floating-point technique for extending the available precision,
    Numerische Mathematik 18 (1971), 224-242.
    """
    product = a * b
    a_high, a_low = _split(a)
    b_high, b_low = _split(b)
    error = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    return product, error


def _split(value: Any) -> tuple[Any, Any]:
    """A number as the sum of two with half the digits each, whose products are exact."""
    stretched = 134_217_729.0 * value  # 2^27 + 1
    high = stretched - (stretched - value)
    return high, value - high


def exact_difference(a: Array, b: Array) -> tuple[Array, Array]:
    """a - b as a rounded difference and its exact error.

    Reference: D. E. Knuth, The Art of Computer Programming 2, 3rd ed. 1997, section 4.2.2.
    """
    difference = a - b
    back = difference - a
    return difference, (a - (difference - back)) - (b + back)
