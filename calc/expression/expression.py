"""A typed function, whole: its tree and everything that can be read from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.expression import latex as latex_reading
from calc.expression.arrays import evaluate
from calc.expression.enclosures import Enclosure, enclose, undefined_at
from calc.expression.jets import Jet, jet
from calc.expression.limits import TYPED, Limits
from calc.expression.names import ALIASES, CONSTANTS, FUNCTIONS, UNKNOWN_WORDS
from calc.expression.parser import parse
from calc.expression.source import Prefix, python_source
from calc.expression.text import canonical
from calc.expression.tree import Node


@dataclass(frozen=True, slots=True)
class Expression:
    """A function of one or more named real variables.

    Attributes:
        root: the tree.
        variables: their names, in the order in which the function takes them.
        notes: sentences on what was assumed while reading, as that log is the natural logarithm. They hold
            nothing of the typed text.
    """

    root: Node
    variables: tuple[str, ...]
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The canonical text; it parses to an equal expression."""
        return canonical(self.root)

    def latex(self) -> str:
        """LaTeX of what was understood, without dollar signs."""
        return latex_reading.latex(self.root)

    def to_sympy(self) -> Any:
        """The SymPy expression, with exact numbers and real symbols. Imports SymPy."""
        from calc.expression.sympy_reading import to_sympy

        return to_sympy(self.root)

    def source(self, prefix: Prefix = "np") -> str:
        """One Python expression of the variables, as code to take home; see `calc.expression.source`."""
        return python_source(self.root, prefix)

    def __call__(self, *values: ArrayLike) -> Any:
        """The values at real points: one array for each variable, broadcast to a common shape S.

        Returns a float64 array of shape S, or a float for scalars. Where the function or any part of it
        is undefined the value is nan, also where there is a limit, as in atan(1/x) at 0; inf is a number
        beyond 1.8e308. No warning is given. See `calc.expression.arrays`.
        """
        points = self._points(values)
        shape = np.broadcast_shapes(*(point.shape for point in points.values()))
        result = np.array(np.broadcast_to(np.asarray(evaluate(self.root, points), dtype=float), shape))
        return result if shape else float(result)

    def derivative(self, *values: ArrayLike) -> Any:
        """The derivative: shape S, or a float for scalars; of n > 1 variables the gradient, shape (n, *S).

        It is nan where it does not exist (corners, jumps, poles), inf or -inf at a vertical tangent.
        """
        first = self.jet(*values).first
        return first if first.shape else float(first)

    def jet(self, *values: ArrayLike) -> Jet:
        """Value, first and second derivatives at points of a common shape S; see `Jet` for the shapes."""
        return jet(self.root, self._common(values))

    def interval(self, low: float, high: float) -> Enclosure:
        """For one variable: bounds of value, slope and curvature over [low, high], and what may happen there.

        Raises ValueError for more variables, for low > high and for ends that are not finite.
        """
        if len(self.variables) != 1:
            raise ValueError("intervals are those of one variable")
        return enclose(self.root, self.variables[0], low, high)

    def undefined_at(self, *values: float) -> bool:
        """Whether the function certainly has no value at a point, by arithmetic without overflow."""
        return undefined_at(self.root, self.variables, values)

    def jax(self) -> Callable[..., Any]:
        """A function of JAX arrays, one for each variable, that can be jitted, differentiated and mapped.

        Imports JAX and switches it to 64 bits; the result has the precision of the arrays it is given.
        """
        from calc.expression.jax_reading import jax_function

        return jax_function(self.root, self.variables)

    def _points(self, values: tuple[ArrayLike, ...]) -> dict[str, NDArray[np.float64]]:
        if len(values) != len(self.variables):
            names = ", ".join(self.variables)
            raise TypeError(f"this function takes one array for each of {names}, not {len(values)}")
        arrays = (np.asarray(value, dtype=np.float64) for value in values)
        return dict(zip(self.variables, arrays, strict=True))

    def _common(self, values: tuple[ArrayLike, ...]) -> dict[str, NDArray[np.float64]]:
        points = self._points(values)
        arrays = np.broadcast_arrays(*points.values())
        return dict(zip(points, arrays, strict=True))


def parse_expression(text: str, variables: tuple[str, ...] = ("x",), limits: Limits = TYPED) -> Expression:
    """Reads a typed function.

    Args:
        text: what a person typed, anything at all.
        variables: the names of the page's variables, in order: ASCII letters, digits after them allowed.
        limits: how large it may be; `calc.expression.WRITTEN` for text from the program itself.

    Raises:
        ExpressionError: the text cannot be read; `.message` says why, `.position` where.
        ValueError: `variables` are not names that can be distinguished.
    """
    _check_names(tuple(variables))
    root, notes = parse(text, tuple(variables), limits)
    return Expression(root, tuple(variables), notes)


def _check_names(variables: tuple[str, ...]) -> None:
    taken = FUNCTIONS | CONSTANTS | set(ALIASES) | {"round"}
    for name in variables:
        letters = name.rstrip("0123456789")
        if not (letters.isascii() and letters.isalpha()) or name in taken or name.lower() in UNKNOWN_WORDS:
            raise ValueError(f"{name!r} cannot be the name of a variable")
    if not variables or len(set(variables)) < len(variables):
        raise ValueError("one or more different names are needed")
