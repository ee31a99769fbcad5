r"""A product of factors, each a base in p to a constant exponent: f(p) = b_1(p)^k_1 ... b_n(p)^k_n."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Rational, Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.expression import Expression, ExpressionError, Limits, parse_expression
from calc.expression.limits import TYPED, check
from calc.expression.tree import Binary, Negate, Node, Number, Power, Variable, rational, walk
from calc.likelihood.arithmetic import power, values_in
from calc.likelihood.differentiate import derivative
from calc.likelihood.latex import product_latex

Array: TypeAlias = NDArray[np.float64]

MAX_FACTORS, MAX_NODES = 500, 1500
"""The product rule writes n terms of n factors: 250,000 at most."""
MAX_EXPONENT = 10**9
"""As many tosses as a coin may have; exact in float64."""
MAX_DENOMINATOR = 10**15
"""As many decimals as a float64 keeps."""
MAX_CHARACTERS = 1500
"""Characters of a typed product."""
_WHOLE = Limits(
    characters=MAX_CHARACTERS, nodes=2 * MAX_CHARACTERS, levels=60, exponent=MAX_EXPONENT, degree=10**12
)


class LikelihoodError(ValueError):
    """This product cannot be computed with; the message says why and what to do."""


@dataclass(frozen=True)
class Factor:
    """base^exponent: the base an expression in one variable, the exponent an exact fraction.

    To an exponent with an even denominator (1/2, 0.1) a negative base has no real power; with an odd one
    (1/3, 0.2) it has the real root. Any base to the exponent 0 is 1.
    """

    base: Expression
    exponent: Fraction

    @cached_property
    def node(self) -> Node:
        """The factor as a tree; the base alone for the exponent 1."""
        return power_node(self.base.root, self.exponent)

    @cached_property
    def slope(self) -> Node:
        """The tree of the base's derivative."""
        return derivative(self.base.root)

    @property
    def constant(self) -> bool:
        """Whether the base does not contain p."""
        return not any(isinstance(node, Variable) for node in walk(self.base.root))

    @cached_property
    def linear(self) -> tuple[Fraction, Fraction] | None:
        """(a, b) where the base is exactly a + b p, else None."""
        return _linear(self.base.root)


@dataclass(frozen=True)
class Product:
    """A product of factors, as written: equal bases stay apart until `merged`.

    >>> course_product().merged() == course_product(), float(coin(2, 3)(0.5))
    (True, 0.125)
    """

    factors: tuple[Factor, ...]

    def __post_init__(self) -> None:
        if not self.factors:
            raise LikelihoodError("The table is empty, so there is no product. Add a base and an exponent.")
        if len(self.factors) > MAX_FACTORS:
            raise LikelihoodError(
                f"There are {len(self.factors):,} factors; at most {MAX_FACTORS} are taken."
            )
        parts = sum(sum(1 for _ in walk(factor.base.root)) for factor in self.factors)
        if parts > MAX_NODES:
            raise LikelihoodError(
                f"The bases have {parts:,} parts (numbers, signs, names); at most {MAX_NODES:,} are taken."
            )

    @property
    def variable(self) -> str:
        """The name of the variable."""
        return self.factors[0].base.variables[0]

    @property
    def written(self) -> tuple[Factor, ...]:
        """The factors that show: those with an exponent other than 0."""
        return tuple(factor for factor in self.factors if factor.exponent != 0)

    @cached_property
    def exponents(self) -> Array:
        """The exponents as floats, (n,)."""
        return np.array([float(factor.exponent) for factor in self.factors])

    @cached_property
    def _lines(self) -> tuple[Array, Array] | None:
        """(a, b), (n,) each, where every base is written as a, b p or a ± p; all are then computed at once.

        With two operations it matters which comes first: 7(p - 0.1) is 0 at 0.1, 7p - 0.7 is not.
        """
        lines = [
            line for factor in self.factors if _one_operation(factor.base.root) and (line := factor.linear)
        ]
        if len(lines) < len(self.factors):
            return None
        with suppress(OverflowError):
            a, b = np.array([[float(a), float(b)] for a, b in lines]).T
            return a, b
        return None

    def bases(self, p: ArrayLike) -> Array:
        """The bases at p, (n, *shape of p)."""
        if self._lines is None:
            return np.array([factor.base(p) for factor in self.factors])
        at = np.asarray(p, dtype=float)[np.newaxis]
        a, b = (_column(ends, at) for ends in self._lines)
        with np.errstate(all="ignore"):
            return np.asarray(a + np.where(b == 0, 0.0, b * at))

    def slopes(self, p: ArrayLike) -> Array:
        """The derivatives of the bases at p, (n, *shape of p); nan where one does not exist."""
        shape = np.shape(p)
        if self._lines is not None:
            return np.broadcast_to(self._lines[1].reshape(-1, *[1] * len(shape)), (len(self.factors), *shape))
        lines = [factor.linear for factor in self.factors]
        return np.array(
            [
                factor.base.derivative(p) if line is None else np.full(shape, float(line[1]))
                for factor, line in zip(self.factors, lines, strict=True)
            ]
        )

    def __call__(self, p: ArrayLike) -> Array:
        """f(p) in float64, factor times factor: it overflows and underflows as any program would."""
        value = np.ones(np.shape(p))
        with np.errstate(all="ignore"):
            for factor in self.factors:
                value = value * power(values_in(factor.base, p, np.float64), factor.exponent, np.float64)
        return np.asarray(value)

    def sign(self, p: ArrayLike) -> Array:
        """The sign of f(p), from the signs of the factors: 1, -1, 0, or nan where f is undefined."""
        return self._sign_of(self.bases(p))

    @cached_property
    def _kinds(self) -> NDArray[np.bool_]:
        """Of each exponent whether it is odd, has an even denominator, is negative, is 0; (4, n)."""
        exponents = [factor.exponent for factor in self.factors]
        return np.array(
            [[k.numerator % 2, k.denominator % 2 == 0, k < 0, k == 0] for k in exponents], dtype=bool
        ).T

    def _sign_of(self, bases: Array) -> Array:
        odd, rooted, negative, none = (_column(kind, bases) for kind in self._kinds)
        sign = np.where(odd, np.sign(bases), np.abs(np.sign(bases)))
        lost = (rooted & (sign < 0)) | (negative & (sign == 0))
        sign = np.where(none, 1.0, np.where(lost, np.nan, sign))
        return np.asarray(np.where(np.isfinite(bases), sign, np.nan).prod(axis=0))

    def log_abs(self, p: ArrayLike) -> Array:
        r"""log|f(p)| = sum of k_i log|b_i(p)|: -inf where f is zero, nan where it is undefined.

        >>> float(course_product().log_abs(0.5).round(3))
        1144.633
        """
        with np.errstate(all="ignore"):
            logs = np.log(np.abs(self.bases(p)))
            terms = np.where(_column(self.exponents, logs) == 0, 0.0, _column(self.exponents, logs) * logs)
            total = np.where(np.isinf(terms).any(axis=0), -np.inf, _sum(terms))
        return np.where(np.isnan(sign := self.sign(p)), np.nan, np.where(sign == 0, -np.inf, total))

    def log_derivative(self, p: ArrayLike) -> Array:
        r"""d/dp log|f(p)| = sum of k_i b_i'(p) / b_i(p); nan where f is zero or undefined.

        >>> float(course_product().log_derivative(0.5).round(2))
        -51.95
        """
        bases = self.bases(p)
        return np.where(np.abs(self._sign_of(bases)) == 1, _sum(self._log_terms(bases, p)), np.nan)

    def log_terms(self, p: ArrayLike) -> Array:
        """The terms k_i b_i'(p) / b_i(p), (n, *shape of p); 0 for an exponent or a slope of 0."""
        return self._log_terms(self.bases(p), p)

    def _log_terms(self, bases: Array, p: ArrayLike) -> Array:
        with np.errstate(all="ignore"):
            rises = _column(self.exponents, bases) * self.slopes(p)
            return np.where(rises == 0, 0.0, rises / bases)

    def merged(self) -> Product:
        """The same product with equal bases brought together and exponents of 0 left out.

        Where a base is zero or negative the domain may grow by it: p^(-1) p is 1 also at 0.
        """
        exponents: dict[Node, Fraction] = {}
        for factor in self.factors:
            exponents[factor.base.root] = exponents.get(factor.base.root, Fraction(0)) + factor.exponent
        name = (self.variable,)
        kept = [Factor(Expression(root, name), k) for root, k in exponents.items() if k != 0]
        return Product(tuple(kept) or (Factor(Expression(Number("1"), name), Fraction(1)),))

    def latex(self) -> str:
        """The product in LaTeX, as written."""
        return product_latex([factor.node for factor in self.written]) or "1"


def _column(values: NDArray[Any], like: Array) -> NDArray[Any]:
    return values.reshape(-1, *[1] * (like.ndim - 1))


def _sum(terms: Array) -> Array:
    """The sum over the first axis, each rounded once."""
    columns = terms.reshape(len(terms), -1).T.tolist()
    sums = [math.fsum(column) if all(map(math.isfinite, column)) else sum(column) for column in columns]
    return np.array(sums).reshape(terms.shape[1:])


def power_node(base: Node, exponent: Fraction) -> Node:
    """base^exponent as a tree; the base alone for the exponent 1, 1 for 0."""
    if exponent == 0:
        return Number("1")
    return base if exponent == 1 else Power(base, constant(exponent))


def constant(value: Fraction) -> Node:
    """An exact number as a tree: 3, -3, 1/3 (of a finite decimal fraction too)."""
    top: Node = Number(str(abs(value.numerator)))
    node = top if value.denominator == 1 else Binary("/", top, Number(str(value.denominator)))
    return Negate(node) if value < 0 else node


def _one_operation(node: Node) -> bool:
    """Whether a base in p is rounded once at most, in whatever order it is computed."""
    parts = list(walk(node))
    operations = [part.operator for part in parts if isinstance(part, Binary)]
    varies = any(isinstance(part, Variable) for part in parts)
    return not operations or (varies and len(operations) == 1 and operations[0] in "+-*")


def _linear(node: Node) -> tuple[Fraction, Fraction] | None:
    if (value := rational(node)) is not None:
        return value, Fraction(0)
    if isinstance(node, Variable):
        return Fraction(0), Fraction(1)
    if isinstance(node, Negate):
        inner = _linear(node.of)
        return None if inner is None else (-inner[0], -inner[1])
    if not isinstance(node, Binary):
        return None
    left, right = _linear(node.left), _linear(node.right)
    if left is None or right is None:
        return None
    (a, b), (c, d) = left, right
    if node.operator in "+-":
        sign = 1 if node.operator == "+" else -1
        return a + sign * c, b + sign * d
    if node.operator == "*" and b * d == 0:
        return a * c, a * d + b * c
    return (a / c, b / c) if node.operator == "/" and d == 0 and c != 0 else None


def course_product() -> Product:
    """The course notes' own f(p) = p^6 (1-p)^2 (3-p)^9 (p-4)^13 (10-p)^500."""
    return from_rows([("p", 6), ("1-p", 2), ("3-p", 9), ("p-4", 13), ("10-p", 500)])


def coin(heads: int, tosses: int) -> Product:
    """The likelihood p^k (1-p)^(n-k) of k heads in n tosses of a coin that shows heads with probability p.

    Args:
        heads: k; tosses: n.

    Raises:
        LikelihoodError: unless 0 <= heads <= tosses, tosses at least 1 and at most 10^9.

    >>> float(coin(2, 3)(0.5))
    0.125
    """
    if not 0 <= heads <= tosses or not 1 <= tosses <= MAX_EXPONENT:
        raise LikelihoodError(f"A coin tossed {tosses} times cannot show {heads} heads.")
    return from_rows([("p", heads), ("1-p", tosses - heads)])


def from_rows(rows: Iterable[tuple[object, object]], variable: str = "p") -> Product:
    """A product from a table of (base, exponent) as typed; rows with both cells empty are passed over.

    Args:
        rows: bases as text, exponents as numbers or text ("1/3", "10^6").
        variable: the name of the variable in the bases.

    Raises:
        LikelihoodError: with the row's number, for an empty table, a base or an exponent that cannot be
            read, exponents beyond 10^9, a factor that is zero or undefined for every p.

    >>> from_rows([("p", 2), ("1-p", "1/2")]).latex()
    'p^{2} \\\\sqrt{1 - p}'
    """
    factors = []
    for number, (base, exponent) in enumerate(rows, start=1):
        if _empty(base) and _empty(exponent):
            continue
        with _error_prefix(f"Row {number}"):
            factors.append(_factor(base, exponent, variable))
    return Product(tuple(factors))


@contextmanager
def _error_prefix(part: str) -> Iterator[None]:
    """Errors with the part of the product before them."""
    try:
        yield
    except ExpressionError as error:
        raise LikelihoodError(f"{part}: {error.message}") from error
    except LikelihoodError as error:
        raise LikelihoodError(f"{part}: {error}") from error


def from_text(text: str, variable: str = "p") -> Product:
    """A product from one typed formula, such as "p^6 (1-p)^2 / (3-p)": its factors are those at the top.

    Raises:
        LikelihoodError: for a text that cannot be read, and as `from_rows`.

    >>> [str(factor.exponent) for factor in from_text("p^6 (1-p)^2 / (3-p)").factors]
    ['6', '2', '-1']
    """
    try:
        parts = _split(parse_expression(text, (variable,), _WHOLE).root)
    except ExpressionError as error:
        raise LikelihoodError(error.message) from error
    factors = []
    for number, (base, exponent) in enumerate(parts, start=1):
        with _error_prefix(f"Factor {number}"):
            check(base, {}, TYPED)
            factors.append(_validated(Factor(Expression(base, (variable,)), read_exponent(exponent))))
    return Product(tuple(factors))


def _split(root: Node) -> list[tuple[Node, Fraction]]:
    """The factors at the top of a tree; without recursion, since a long product is a deep tree."""
    found: list[tuple[Node, Fraction]] = []
    waiting = [(root, Fraction(1))]
    while waiting:
        node, exponent = waiting.pop()
        match node:
            case Binary("*" | "/" as operator, left, right):
                waiting += [(right, exponent if operator == "*" else -exponent), (left, exponent)]
            case Negate(of):
                found.append((Negate(Number("1")), exponent))
                waiting.append((of, exponent))
            case Power(base, to) if (k := rational(to)) is not None:
                found.append((base, exponent * k))
            case _:
                found.append((node, exponent))
    return found


def _empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip()) or cell != cell


def _factor(base: object, exponent: object, variable: str) -> Factor:
    if _empty(base):
        raise LikelihoodError("there is an exponent without a base.")
    if _empty(exponent):
        raise LikelihoodError("there is a base without an exponent: type 1 if it has none.")
    return _validated(Factor(parse_expression(str(base), (variable,)), read_exponent(exponent)))


def _validated(factor: Factor) -> Factor:
    derivative(factor.base.root)
    if factor.constant and factor.exponent != 0:
        value = float(factor.base(0.5))
        if value == 0:
            raise LikelihoodError(
                "this factor is 0 whatever p is: the product is zero or undefined everywhere. Remove it."
            )
        if np.isnan(power(np.float64(value), factor.exponent, np.float64)):
            raise LikelihoodError("this factor has no real value, whatever p is. Change its exponent.")
    return factor


def read_exponent(cell: object) -> Fraction:
    """An exponent from a cell: a number, or text made of numbers and + - * / ^.

    >>> read_exponent("10^6"), read_exponent(0.1)
    (Fraction(1000000, 1), Fraction(1, 10))
    """
    if isinstance(cell, bool):
        raise LikelihoodError("the exponent must be a number.")
    if isinstance(cell, Rational):
        value = Fraction(int(cell.numerator), int(cell.denominator))
    elif isinstance(cell, Real):
        if not math.isfinite(cell):
            raise LikelihoodError("the exponent must be a finite number.")
        value = Fraction(repr(float(cell)))
    else:
        value = _exponent_text(str(cell))
    if abs(value) > MAX_EXPONENT or value.denominator > MAX_DENOMINATOR:
        raise LikelihoodError("exponents between -10^9 and 10^9 with at most 15 decimals are read.")
    return value


def _exponent_text(text: str) -> Fraction:
    try:
        value = rational(parse_expression(text, ("p",), Limits(exponent=MAX_EXPONENT)).root)
    except ExpressionError as error:
        raise LikelihoodError(f"the exponent cannot be read: {error.message}.") from error
    if value is None:
        raise LikelihoodError("the exponent must be a constant number, such as 6, 0.5 or 1/3.")
    return value
