"""A tree as a list of steps, each different part once: for algebras in which one tree is read many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from calc.expression.tree import (
    Algebra,
    Call,
    Constant,
    Node,
    Number,
    Power,
    T,
    Variable,
    children,
    operation,
    rational,
)


class Steps(Generic[T]):
    """What an algebra makes of a tree, given what each variable means. Holds no nodes.

    Attributes:
        steps: operations, each with the places of its arguments among the variables and the results before.
    """

    def __init__(self, root: Node, variables: Sequence[str], algebra: Algebra[T]) -> None:
        self.steps: list[tuple[Callable[..., T], list[int]]] = []
        self._variables, self._algebra = len(variables), algebra
        self._last = self._place(root, {Variable(name): i for i, name in enumerate(variables)})

    def __call__(self, *variables: T) -> T:
        done = list(variables)
        for make, places in self.steps:
            done.append(make(*[done[i] for i in places]))
        return done[self._last]

    def _place(self, node: Node, known: dict[Node, int]) -> int:
        """The place of a part, after those of its own parts."""
        if isinstance(node, Power) and node.base == Constant("e"):
            return self._place(Call("exp", (node.exponent,)), known)
        if node not in known:
            exact = rational(node)
            # Rounded as one number: of 1/3 nothing is lost twice.
            read = node if exact is None else Number(str(exact))
            inner = children(read)
            if isinstance(read, Power) and rational(read.exponent) is not None:
                inner = inner[:1]
            places = [self._place(child, known) for child in inner]
            self.steps.append((operation(read, self._algebra), places))
            known[node] = self._variables + len(self.steps) - 1
        return known[node]
