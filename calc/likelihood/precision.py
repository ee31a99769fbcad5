"""What floating point makes of f, f', log|f| and its derivative: the values, what went wrong, digits left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.likelihood.arithmetic import TYPES, evaluate_in, power, values_in
from calc.likelihood.product import Array, LikelihoodError, Product
from calc.likelihood.terms import varying_factors
from calc.likelihood.true_values import TrueValues, true_values_at

Quantity: TypeAlias = Literal["f", "f'", "log|f|", "(log|f|)'"]
QUANTITIES: tuple[Quantity, ...] = ("f", "f'", "log|f|", "(log|f|)'")
Outcome: TypeAlias = Literal[
    "fine", "no digit", "overflow", "underflow", "lost sign", "nan", "zero", "undefined"
]
OUTCOMES: dict[Outcome, str] = {
    "fine": "right to at least one digit",
    "no digit": "finite and of the right sign, but not one digit is right",
    "overflow": "too large for the type: it became infinite",
    "underflow": "too small for the type: it became 0",
    "lost sign": "it came out with the wrong sign",
    "nan": "not a number: infinity less infinity, or 0 times infinity",
    "zero": "f is 0 here, and so it came out",
    "undefined": "there is no true value here, or none that can be worked out",
}


@dataclass(frozen=True, eq=False)
class FloatResult:
    """One quantity in one type along p.

    Attributes:
        values: (n,), in that type.
        outcomes: a key of `OUTCOMES` for each.
        digits: how many significant digits are right, (n,): 0 up to what the type can hold; nan where there
            is no true value.
    """

    values: NDArray[Any]
    outcomes: tuple[Outcome, ...]
    digits: Array


@dataclass(frozen=True, eq=False)
class Precision:
    """All quantities in all types at p (n,); `results[quantity, type]`, and the truth at each p."""

    p: Array
    true_values: tuple[TrueValues, ...]
    results: dict[tuple[Quantity, str], FloatResult]


def precision(product: Product, p: ArrayLike, types: Sequence[str] = tuple(TYPES)) -> Precision:
    """Compute f, f', log|f| and its derivative in each type and compare with the truth.

    In a type every operation is rounded to it, and so is p first, as in a program that uses it; the truth
    is that at p itself. f' is added up by the product rule as written, log|f|' from its n terms.

    Args:
        p: points, (n,).
        types: some of "float16", "float32", "float64".

    Raises:
        LikelihoodError: for a p that is not finite.

    >>> from calc.likelihood.product import course_product
    >>> precision(course_product(), [0.5]).results["f", "float64"].outcomes
    ('overflow',)
    """
    at = np.atleast_1d(np.asarray(p, dtype=float)).ravel()
    if not np.isfinite(at).all():
        raise LikelihoodError("Every p must be a finite number.")
    true = tuple(true_values_at(product, at))
    targets = {
        "f": [t.value for t in true],
        "f'": [t.derivative for t in true],
        "log|f|": [t.log_abs for t in true],
        "(log|f|)'": [t.log_derivative for t in true],
    }
    results = {}
    for name in types:
        for quantity in QUANTITIES:
            values = compute(product, at, quantity, name)
            results[quantity, name] = _compared(values, targets[quantity], decimal_digits(name))
    return Precision(at, true, results)


def decimal_digits(name: str) -> float:
    """How many decimal digits a type holds: 3.3, 7.2 or 16.0.

    >>> round(decimal_digits("float64"), 1)
    16.0
    """
    return float(-np.log10(float(np.finfo(TYPES[name]).eps) / 2))


def compute(product: Product, p: Array, quantity: Quantity, name: str) -> NDArray[Any]:
    """One quantity at p (n,) in the type of that name, every operation rounded to it."""
    ways: dict[Quantity, Callable[[Product, Array, Any], Any]] = {
        "f": _value,
        "f'": _derivative,
        "log|f|": _log_abs,
        "(log|f|)'": _log_derivative,
    }
    with np.errstate(all="ignore"):
        return np.asarray(ways[quantity](product, p, TYPES[name]))


def _powers(product: Product, p: Array, dtype: Any) -> list[Any]:
    return [power(values_in(f.base, p, dtype), f.exponent, dtype) for f in product.factors]


def _value(product: Product, p: Array, dtype: Any) -> Any:
    value = np.ones(p.shape, dtype)
    for factor in _powers(product, p, dtype):
        value = value * factor
    return value


def _derivative(product: Product, p: Array, dtype: Any) -> Any:
    """The product rule as it is written: n terms of n factors, each multiplied from the left."""
    terms = varying_factors(product)
    rows = {place: row for row, (place, _) in enumerate(terms)}
    values, total = np.ones((len(terms), *p.shape), dtype), np.zeros(p.shape, dtype)
    for index, factor in enumerate(_powers(product, p, dtype)):
        row = rows.get(index)
        before = None if row is None else values[row]
        values = values * factor
        if row is not None:
            changed = product.factors[index]
            lowered = power(values_in(changed.base, p, dtype), changed.exponent - 1, dtype)
            values[row] = before * dtype(float(changed.exponent)) * lowered
    for value, (_, changed) in zip(values, terms, strict=True):
        total = total + value * evaluate_in(changed.slope, product.variable, p, dtype)
    return total


def _log_abs(product: Product, p: Array, dtype: Any) -> Any:
    total = np.zeros(p.shape, dtype)
    for factor in product.written:
        logarithm = np.log(np.abs(values_in(factor.base, p, np.dtype(dtype)).astype(float))).astype(dtype)
        total = total + dtype(float(factor.exponent)) * logarithm
    return total


def _log_derivative(product: Product, p: Array, dtype: Any) -> Any:
    total = np.zeros(p.shape, dtype)
    for _, factor in varying_factors(product):
        slope = evaluate_in(factor.slope, product.variable, p, dtype)
        total = total + dtype(float(factor.exponent)) * slope / values_in(factor.base, p, dtype)
    return total


def _compared(values: NDArray[Any], truth: list[Any], most: float) -> FloatResult:
    judged = [compare(float(value), true, most) for value, true in zip(values, truth, strict=True)]
    return FloatResult(values, tuple(kind for kind, _ in judged), np.array([digits for _, digits in judged]))


def compare(value: float, true: Any, most: float) -> tuple[Outcome, float]:
    """What happened to a value, and how many of its digits are right, at most `most`.

    Args:
        true: the true value as an mpmath number; nan where there is none.
    """
    if true != true:
        return "undefined", float("nan")
    if value != value:
        return "nan", 0.0
    if true == 0:
        return ("zero", most) if value == 0 else ("no digit", 0.0)
    if np.isinf(value):
        return "overflow", 0.0
    if value == 0:
        return "underflow", 0.0
    if (value > 0) != (true > 0):
        return "lost sign", 0.0
    error = abs(true.context.mpf(value) - true) / abs(true)
    digits = most if error == 0 else min(most, max(0.0, -float(true.context.log10(error))))
    return ("fine" if digits >= 1 else "no digit"), digits
