"""How many operations f and its derivatives take, as formulas and by three ways of differentiating.

`calc.operations` has the rules of counting. An absolute value inside a logarithm is free too.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.backend import load_jax
from calc.expression.tree import Node, rational
from calc.likelihood.product import Product, from_rows
from calc.likelihood.terms import log_terms, product_terms
from calc.operations import OperationCount, count_operations, of_product, of_sum

DifferentiationMethod: TypeAlias = Literal["symbolic", "numerical", "automatic"]
Form: TypeAlias = Literal["product", "log"]


@dataclass(frozen=True)
class Counts:
    """The four formulas of a product: f, f' by the product rule, log|f| and its derivative."""

    value: OperationCount
    derivative: OperationCount
    log_abs: OperationCount
    log_derivative: OperationCount


@dataclass(frozen=True, eq=False)
class Growth:
    """Operations of one derivative against the number n of factors.

    Attributes:
        n: how many factors, (m,).
        operations: for each way and form, (m,).
    """

    n: NDArray[np.int64]
    operations: dict[tuple[DifferentiationMethod, Form], NDArray[np.int64]]

    def order(self, way: DifferentiationMethod, form: Form) -> float:
        """The exponent of n that the last doubling shows: about 2 for quadratic growth, 1 for linear."""
        last, before = self.operations[way, form][-1], self.operations[way, form][-2]
        return float(np.log(last / before) / np.log(self.n[-1] / self.n[-2]))


def counts(product: Product) -> Counts:
    """The operations of f, f', log|f| and (log|f|)' as `calc.likelihood.terms` writes them.

    >>> from calc.likelihood.product import course_product
    >>> found = counts(course_product())
    >>> found.derivative.total, found.log_derivative.total
    (73, 13)
    """
    seen: dict[int, OperationCount] = {}

    def once(node: Node) -> OperationCount:
        return seen[id(node)] if id(node) in seen else seen.setdefault(id(node), count_operations(node))

    written, terms, short = product.written, product_terms(product), log_terms(product)
    value = of_product([once(factor.node) for factor in written])
    long = [
        of_product([once(piece.node) for piece in term.factors if rational(piece.node) != -1])
        for term in terms
    ]
    logs = [
        count_operations(f.base.root) + OperationCount(calls=1, multiplications=int(abs(f.exponent) != 1))
        for f in written
    ]
    quotients = [count_operations(piece.node) for term in short for piece in term.factors]
    return Counts(value, of_sum(long), of_sum(logs), of_sum(quotients))


def example(n: int) -> Product:
    """n factors like those of the notes, (i - p)^k with i = 1 ... n and k from 3 to 7.

    >>> example(2).latex()
    '\\\\left(1 - p\\\\right)^{3} \\\\left(2 - p\\\\right)^{4}'
    """
    return from_rows([(f"{i + 1} - p", 3 + i % 5) for i in range(n)])


def growth(sizes: Sequence[int] = (1, 2, 4, 8, 16, 32, 64, 128, 256), *, automatic: bool = True) -> Growth:
    """Operations for one derivative of `example(n)`, by three ways, of the product and of its logarithm.

    symbolic    the formula of the derivative, written out: quadratic for the product, linear for its log.
    numerical   a central difference, (f(p + h) - f(p - h)) / 2h: two values of f and 4 more. Linear for both.
    automatic   the primitive operations in the program that `jax.grad` makes (its jaxpr). Linear for both.

    So only the symbolic derivative grows quadratically. What the other two lose with the product is not
    time but the number: it overflows or underflows.

    Args:
        sizes: numbers of factors, rising.
        automatic: whether to ask JAX, which takes a second to import and some milliseconds a factor.
    """
    found = [_example_counts(n) for n in sizes]
    operations: dict[tuple[DifferentiationMethod, Form], list[int]] = {
        ("symbolic", "product"): [c.derivative.total for c in found],
        ("symbolic", "log"): [c.log_derivative.total for c in found],
        ("numerical", "product"): [2 * c.value.total + 4 for c in found],
        ("numerical", "log"): [2 * c.log_abs.total + 4 for c in found],
    }
    if automatic:
        operations["automatic", "product"] = [primitives(n, "product") for n in sizes]
        operations["automatic", "log"] = [primitives(n, "log") for n in sizes]
    return Growth(np.array(sizes), {key: np.array(numbers) for key, numbers in operations.items()})


@functools.lru_cache(maxsize=64)
def _example_counts(n: int) -> Counts:
    return counts(example(n))


@functools.lru_cache(maxsize=64)
def primitives(n: int, form: Form) -> int:
    """The primitive operations in JAX's program for the derivative of `example(n)` or of its logarithm."""
    jax = load_jax()
    function = _example_in_jax(n, form)
    return _equations(jax.make_jaxpr(jax.grad(function))(0.5).jaxpr)


def _example_in_jax(n: int, form: Form) -> Any:
    """`example(n)` or its logarithm as one would write it in JAX."""
    numpy = load_jax().numpy

    def f(p: Any) -> Any:
        value = (1 - p) ** 3
        for i in range(1, n):
            value = value * (i + 1 - p) ** (3 + i % 5)
        return value

    def log_abs(p: Any) -> Any:
        return sum((3 + i % 5) * numpy.log(numpy.abs(i + 1 - p)) for i in range(n))

    return f if form == "product" else log_abs


def _equations(jaxpr: Any) -> int:
    """The equations of a jaxpr, those of inner ones in place of the calls to them."""
    total = 0
    for equation in jaxpr.eqns:
        inner = [value for value in equation.params.values() if hasattr(value, "jaxpr")]
        total += sum(_equations(value.jaxpr) for value in inner) if inner else 1
    return total


def jax_function(product: Product, form: Form) -> Any:
    """f or log|f| as a function of one JAX number, for `jax.grad`; whole exponents stay whole."""
    numpy = load_jax().numpy
    parts = [(factor.base.jax(), _plain(factor.exponent)) for factor in product.written]

    def f(p: Any) -> Any:
        value = 1.0
        for base, exponent in parts:
            value = value * base(p) ** exponent
        return value

    def log_abs(p: Any) -> Any:
        return sum(exponent * numpy.log(numpy.abs(base(p))) for base, exponent in parts)

    return f if form == "product" else log_abs


def _plain(exponent: Any) -> int | float:
    return int(exponent) if exponent.denominator == 1 else float(exponent)


def automatic_derivative(product: Product, p: float, form: Form = "product") -> float:
    """What `jax.grad` gives at p in float64: nan for the notes' f, the right number for log|f|."""
    return float(load_jax().grad(jax_function(product, form))(float(p)))
