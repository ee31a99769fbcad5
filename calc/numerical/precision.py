"""A typed function in one floating-point format: each number of it, and each operation, rounded to that format.

Source: D. Goldberg, "What every computer scientist should know about floating-point arithmetic", ACM Computing
Surveys 23(1), 1991.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.expression import Expression
from calc.expression.arrays import CONSTANTS, DefinedArrays
from calc.expression.tree import Number, Operator, fold

Floats: TypeAlias = NDArray[np.floating[Any]]
Function: TypeAlias = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Precision:
    """A floating-point format.

    Attributes:
        real, complex: its types in NumPy.
        digits: decimal digits that tell each of its numbers from every other.
    """

    name: str
    real: type[np.floating[Any]]
    complex: type[np.complexfloating[Any, Any]]
    digits: int

    @property
    def unit(self) -> float:
        """u, the unit roundoff: how far a rounded number may be from the true one, as a part of it."""
        return float(np.finfo(self.real).eps) / 2


PRECISIONS = {
    "float64": Precision("float64", np.float64, np.complex128, 17),
    "float32": Precision("float32", np.float32, np.complex64, 9),
}


class Rounded(DefinedArrays):
    """The algebra of arrays of one format. A part without the variable is of that format too."""

    def __init__(self, precision: Precision, values: dict[str, Any]) -> None:
        super().__init__(np, values)
        self.precision = precision

    def number(self, node: Number) -> Any:
        return self.precision.real(node.value)

    def constant(self, name: str) -> Any:
        return self.precision.real(CONSTANTS[name])

    def binary(self, operator: Operator, left: Any, right: Any) -> Any:
        # NumPy's own division of scalars would be Python's, which raises.
        return super().binary(operator, np.asarray(left), np.asarray(right))


def rounded_function(expression: Expression, precision: Precision) -> Function:
    """A function of one variable on arrays of a format; nan where it has no value, without a warning.

    >>> from calc.expression import parse_expression
    >>> f = rounded_function(parse_expression("x/3"), PRECISIONS["float32"])
    >>> float(f(np.float32([1.0]))[0])
    0.3333333432674408
    """
    name = expression.variables[0]

    def f(x: Floats) -> Floats:
        x = np.asarray(x, dtype=precision.real)
        with np.errstate(all="ignore"):
            found = fold(expression.root, Rounded(precision, {name: x}))
        return np.array(np.broadcast_to(np.asarray(found, dtype=precision.real), x.shape))

    return f


@dataclass
class Counted:
    """A function that counts at how many points it was asked for its value.

    >>> f = Counted(np.square)
    >>> f(np.array([1.0, 2.0])), f.evaluations
    (array([1., 4.]), 2)
    """

    function: Callable[[Any], Any]
    evaluations: int = field(default=0)

    def __call__(self, x: Any) -> Any:
        self.evaluations += int(np.size(x))
        return self.function(x)
