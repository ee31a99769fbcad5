r"""Automatic differentiation on the graph of a function's operations, forward and backward.

.. math::
    \text{forward } \frac{dv_i}{dx} = \sum_{j \to i} \frac{\partial v_i}{\partial v_j} \frac{dv_j}{dx}, \qquad
    \text{reverse } \frac{\partial f}{\partial v_j} = \sum_{j \to i} \frac{\partial f}{\partial v_i}
    \frac{\partial v_i}{\partial v_j}

Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.autodiff.nodes import Node, local_slopes, taken_apart
from calc.expression import Expression
from calc.expression.arrays import Arrays, UnroundedZeros, evaluate, noticing_poles
from calc.expression.tree import Node as Tree
from calc.expression.tree import Variable, fold

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What one walk along the graph of n nodes gives, at points of shape S.

    Attributes:
        values: of each node, (n, *S).
        slopes: for each node its local derivatives by its parents, each (*S).
        derivatives: (n, *S): forward, of each node by x; reverse, of the result by each node.
        derivative: of the result by x, (*S).
    """

    values: Floats
    slopes: tuple[tuple[Floats, ...], ...]
    derivatives: Floats
    derivative: Any

    @property
    def overflow(self) -> Any:
        """Where a number was beyond 1.8e308: infinite. What has no value, or no derivative, is nan."""
        numbers = [self.values, self.derivatives, *(np.array(each) for each in self.slopes if each)]
        return np.any([np.isinf(each).any(axis=0) for each in numbers], axis=0)


@dataclass(frozen=True, slots=True)
class Graph:
    """The operations of a function, each after those it needs; what occurs twice is there once.

    Attributes:
        nodes: first the variables.
        result: the place of the node that is the function.
        variables: their names.
    """

    nodes: tuple[Node, ...]
    result: int
    variables: tuple[str, ...]

    def forward(self, *x: ArrayLike, by: int = 0) -> Pass:
        """Values and derivatives by one variable in one walk, from the variables to the result.

        Args:
            x: the point, or points: one array for each variable.
            by: the place of the variable.
        """
        values, slopes = self._evaluated(x)
        derivatives = np.zeros_like(values)
        derivatives[by] = 1.0
        with np.errstate(all="ignore"):
            for i, node in enumerate(self.nodes):
                for j, slope in zip(node.parents, slopes[i], strict=True):
                    if self.nodes[j].varies:
                        derivatives[i] += slope * derivatives[j]
        derivatives = np.where(np.isfinite(values), derivatives, np.nan)
        return Pass(values, slopes, derivatives, derivatives[self.result])

    def reverse(self, *x: ArrayLike, by: int = 0) -> Pass:
        """Values from the variables to the result, then derivatives back: by every node at once."""
        values, slopes = self._evaluated(x)
        derivatives = np.zeros_like(values)
        derivatives[self.result] = 1.0
        with np.errstate(all="ignore"):
            for i in reversed(range(len(self.nodes))):
                for j, slope in zip(self.nodes[i].parents, slopes[i], strict=True):
                    derivatives[j] += derivatives[i] * slope
        derivatives = np.where(np.isfinite(values[self.result]), derivatives, np.nan)
        return Pass(values, slopes, derivatives, derivatives[by])

    def _evaluated(self, x: tuple[ArrayLike, ...]) -> tuple[Floats, tuple[tuple[Floats, ...], ...]]:
        """The value of each node, nan where it or a part of it has none; and its local derivatives."""
        arrays = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in x))
        points = dict(zip(self.variables, arrays, strict=True))
        with noticing_poles() as poles:
            values = self._read(Arrays, points)
            if poles:
                values = np.where(np.isnan(self._read(UnroundedZeros, points)), np.nan, values)
            # Where an operation has no value it has no derivative, whatever its rule gives there.
            slopes = tuple(
                tuple(np.where(np.isnan(value), np.nan, evaluate(slope, known)) for slope in node.slopes)
                for node, value in zip(self.nodes, values, strict=True)
                for known in [self._parents(node, values)]
            )
        return values, slopes

    def _read(self, algebra: type[Arrays], points: dict[str, Any]) -> Floats:
        """The value of each node: of its operation on those of its parents, which come before it."""
        values: list[Any] = []
        for node in self.nodes:
            known = self._parents(node, values) if node.parents else points
            values.append(fold(node.rule, algebra(np, known)))
        return np.array(np.broadcast_arrays(*values), dtype=float)

    def _parents(self, node: Node, values: Any) -> dict[str, Any]:
        """What u and v of the node's rules are."""
        return dict(zip("uv", (values[i] for i in node.parents), strict=False))


def graph(expression: Expression) -> Graph:
    """The graph of a function.

    Args:
        expression: of one variable or of several.

    Returns:
        Its nodes: the variables, the constants, and one for each different operation on them.

    >>> from calc.expression import parse_expression
    >>> square = graph(parse_expression("x^2 + x^2"))
    >>> [(node.operation, node.parents) for node in square.nodes]
    [('x', ()), ('^2', (0,)), ('+', (1, 1))]
    >>> float(square.reverse(3.0).derivative)
    12.0
    """
    nodes: list[Node] = []
    places: dict[Tree, int] = {}

    def place(tree: Tree) -> int:
        """Where a part is, after its own parts; a part that was met before is not made again."""
        if tree not in places:
            operation, parts, rule = taken_apart(tree)
            parents = tuple(place(part) for part in parts)
            varies = isinstance(tree, Variable) or any(nodes[i].varies for i in parents)
            nodes.append(Node(operation, parents, tree, rule, local_slopes(rule) if parents else (), varies))
            places[tree] = len(nodes) - 1
        return places[tree]

    for name in expression.variables:
        place(Variable(name))
    result = place(expression.root)
    return Graph(tuple(nodes), result, expression.variables)
