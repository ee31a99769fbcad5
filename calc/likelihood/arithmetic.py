"""Arithmetic in float16, float32 or float64: every operation is rounded to that type, as a program's is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calc.expression import Expression
from calc.expression.arrays import CONSTANTS, Arrays
from calc.expression.tree import Node, Number, Operator, fold

TYPES: dict[str, Any] = {"float16": np.float16, "float32": np.float32, "float64": np.float64}


class RoundedArrays(Arrays):
    """The algebra of arrays in one floating-point type."""

    def __init__(self, dtype: Any, name: str, p: Any) -> None:
        super().__init__(np, {name: p})
        self.dtype = dtype

    def rounded(self, value: Any) -> Any:
        return np.asarray(value).astype(self.dtype)

    def number(self, node: Number) -> Any:
        return self.rounded(node.value)

    def constant(self, name: str) -> Any:
        return self.rounded(CONSTANTS[name])

    def binary(self, operator: Operator, left: Any, right: Any) -> Any:
        return self.rounded(super().binary(operator, left, right))

    def rational_power(self, base: Any, exponent: Fraction) -> Any:
        return self.rounded(super().rational_power(np.asarray(base, dtype=float), exponent))

    def power(self, base: Any, exponent: Any) -> Any:
        return self.rounded(super().power(np.asarray(base, dtype=float), np.asarray(exponent, dtype=float)))

    def call(self, name: str, *arguments: Any) -> Any:
        return self.rounded(super().call(name, *(np.asarray(value, dtype=float) for value in arguments)))


def evaluate_in(node: Node, name: str, p: ArrayLike, dtype: Any) -> Any:
    """The tree at p, an array in `dtype`: p itself is rounded to it first."""
    with np.errstate(all="ignore"):
        at = np.asarray(p).astype(dtype)
        return np.broadcast_to(fold(node, RoundedArrays(dtype, name, at)), at.shape)


def values_in(base: Expression, p: ArrayLike, dtype: Any) -> Any:
    """An expression at p in `dtype`."""
    return evaluate_in(base.root, base.variables[0], p, dtype)


def power(base: Any, exponent: Fraction, dtype: Any) -> Any:
    """base^exponent for an array of `dtype`: one operation, computed in float64 and rounded once.

    The sign is found separately, so that (-2)^(10^6 + 1) keeps it.

    >>> float(power(np.float16(-0.5), Fraction(3), np.float16))
    -0.125
    """
    wide = np.asarray(base, dtype=float)
    if exponent == 0:
        return np.where(np.isnan(wide), np.nan, 1.0).astype(dtype)
    with np.errstate(all="ignore"):
        size = np.abs(wide) if exponent == 1 else np.abs(wide) ** float(exponent)
        if exponent.denominator % 2 == 0:
            return np.where(wide < 0, np.nan, size).astype(dtype)
        return (size if exponent.numerator % 2 == 0 else np.copysign(size, wide)).astype(dtype)
