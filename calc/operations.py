"""How many operations a formula takes, counted exactly as it is written.

One for each sum or difference of two numbers, each product, each quotient, each power with an exponent other
than 0 and 1, each call of a function (log among them). A change of sign and a constant that is written down,
such as 1/3, are free. Nothing is shared: what is written twice is computed twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calc.expression import Expression
from calc.expression.tree import Binary, Call, Node, Power, children, rational


@dataclass(frozen=True)
class OperationCount:
    """Operations by kind; a quotient counts as a multiplication.

    >>> (OperationCount(1, 2, 0, 0) + OperationCount(0, 1, 1, 0)).total
    5
    """

    additions: int = 0
    multiplications: int = 0
    powers: int = 0
    calls: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.additions + self.multiplications + self.powers + self.calls

    def __add__(self, other: OperationCount) -> OperationCount:
        return OperationCount(
            self.additions + other.additions,
            self.multiplications + other.multiplications,
            self.powers + other.powers,
            self.calls + other.calls,
        )


def count_operations(formula: Expression | Node) -> OperationCount:
    """The operations of a formula.

    Args:
        formula: an expression, or a tree of one.

    >>> from calc.expression import parse_expression
    >>> count_operations(parse_expression("3x^2 - sin x"))
    OperationCount(additions=1, multiplications=1, powers=1, calls=1)
    """
    node = formula.root if isinstance(formula, Expression) else formula
    if rational(node) is not None:
        return OperationCount()
    match node:
        case Power(base, exponent):
            constant = rational(exponent)
            own = OperationCount(powers=int(constant not in (0, 1)))
            return count_operations(base) + own + (count_operations(exponent) if constant is None else _NONE)
        case Binary("+" | "-", left, right):
            return count_operations(left) + count_operations(right) + OperationCount(additions=1)
        case Binary(_, left, right):
            return count_operations(left) + count_operations(right) + OperationCount(multiplications=1)
        case Call(_, arguments):
            # min and max of n numbers compare n - 1 times.
            return total(map(count_operations, arguments)) + OperationCount(calls=max(1, len(arguments) - 1))
        case _:
            return total(map(count_operations, children(node)))


def total(counts: Iterable[OperationCount]) -> OperationCount:
    """All operations of some formulas."""
    return sum(counts, _NONE)


def of_product(factors: Iterable[OperationCount]) -> OperationCount:
    """The operations of a product, from those of its factors."""
    found = list(factors)
    return total(found) + OperationCount(multiplications=max(0, len(found) - 1))


def of_sum(terms: Iterable[OperationCount]) -> OperationCount:
    """The operations of a sum, from those of its terms."""
    found = list(terms)
    return total(found) + OperationCount(additions=max(0, len(found) - 1))


_NONE = OperationCount()
