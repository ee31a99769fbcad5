"""What a walk along the graph does, written out: each operation, its rule and the chain rule, with the numbers.

A constant is part of the operation on it. Equations hold with the digits shown, or say ≈.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, isnan

import numpy as np

from calc.autodiff.graphs import Graph, Pass
from calc.autodiff.nodes import U, V
from calc.expression.arrays import UnroundedZeros
from calc.expression.text import canonical
from calc.expression.tree import Node as Tree
from calc.expression.tree import Variable, fold
from calc.numbers import MOST_DIGITS, RAISED, Result, holding, written
from calc.rules.build import replaced

DIGITS = 5
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MOST_TERMS = 3
"""Of a sum that are written out."""


def number(value: float, digits: int = DIGITS) -> str:
    """A number, or in words why there is none."""
    return written(value, digits) if isfinite(value) else "none" if isnan(value) else "too large"


def _bracketed(text: str) -> str:
    # A minus, or a power of ten.
    return text if text.isascii() else f"({text})"


def pretty(tree: Tree) -> str:
    """A formula as one writes it: 3·x² for 3*x^2.

    >>> from calc.expression import parse_expression
    >>> pretty(parse_expression("3x^2 - sin(x)/x^(1/3)").root)
    '3·x² − sin(x)/x^(1/3)'
    """
    text = canonical(tree).replace("*", "·").replace("-", "−").replace(", ", "; ")
    text = re.sub(r"\((\([^()]*\))\)", r"\1", text)
    text = re.sub(r"\babs\(([^()]*)\)", r"|\1|", text)
    return re.sub(r"\^(−?\d+)(?![\d.])", lambda found: found[1].replace("−", "-").translate(RAISED), text)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the equations of one walk, at one point.

    Attributes:
        graph: of one function.
        found: what `forward` or `reverse` gives at a point.
    """

    graph: Graph
    found: Pass

    def name(self, i: int) -> str:
        """x, v₁, v₂, …, and f for the result."""
        if i < len(self.graph.variables):
            return self.graph.variables[i]
        if i == self.graph.result:
            return "f"
        before = sum(node.varies for node in self.graph.nodes[: i + 1])
        return "v" + str(before - len(self.graph.variables)).translate(LOWERED)

    def operation(self, i: int) -> str:
        """What a node does to others: 2·v₁; a variable and a constant as they are."""
        if not self._varying(i):
            return pretty(self.graph.nodes[i].whole)
        return self._with(i, self.graph.nodes[i].rule, self._names(i))

    def value(self, i: int) -> str:
        """v₂ = 2·v₁ = 2·3 = 6"""
        node, value = self.graph.nodes[i], float(self.found.values[i])
        if not self._varying(i):
            written_down = (
                "" if node.varies or pretty(node.whole) == number(value) else f" = {pretty(node.whole)}"
            )
            return f"{self.name(i)}{written_down} = {number(value)}"
        return f"{self.name(i)} = {self.operation(i)} {self._substituted(i, node.rule, value)}"

    def slope(self, i: int, k: int) -> str:
        """The derivative of node i by its k-th parent: 3·x² = 3·2² = 12."""
        tree, value = self.graph.nodes[i].slopes[k], float(self.found.slopes[i][k])
        symbols = self._with(i, tree, self._names(i))
        return symbols if symbols == number(value) else f"{symbols} {self._substituted(i, tree, value)}"

    def forward(self, i: int) -> str:
        """v₂′ = 2·v₁′ = 2·3 = 6"""
        parts = [
            (
                f"{self._factor(i, k)}·{self.name(j)}′",
                float(self.found.slopes[i][k]),
                float(self.found.derivatives[j]),
            )
            for k, j in self._varying(i)
        ]
        return self._summed(f"{self.name(i)}′", parts, i)

    def dual(self, i: int) -> str:
        """v₂ = 2·(3 + 1ε) = 6 + 2ε: the same as `forward`, of numbers whose ε² is 0."""
        pairs = [
            f"{number(float(value))} + {_bracketed(number(float(derivative)))}ε"
            for value, derivative in zip(self.found.values, self.found.derivatives, strict=True)
        ]
        texts = [f"({pairs[j]})" for j in self.graph.nodes[i].parents]
        done = f"{self._with(i, self.graph.nodes[i].rule, texts)} = " if self._varying(i) else ""
        return f"{self.name(i)} = {done}{pairs[i]}"

    def reverse(self, i: int) -> str:
        """∂f/∂v₁ = ∂f/∂v₂·2 = 1·2 = 2"""
        parts = [
            (
                f"∂f/∂{self.name(c)}·{self._factor(c, k)}",
                float(self.found.derivatives[c]),
                float(self.found.slopes[c][k]),
            )
            for c, k in self.uses(i)
        ]
        return self._summed(f"∂f/∂{self.name(i)}", parts, i)

    def uses(self, i: int) -> list[tuple[int, int]]:
        """The nodes that use a node, and as which of their parents."""
        return [
            (c, k) for c, node in enumerate(self.graph.nodes) for k, j in enumerate(node.parents) if j == i
        ]

    def _varying(self, i: int) -> list[tuple[int, int]]:
        return [(k, j) for k, j in enumerate(self.graph.nodes[i].parents) if self.graph.nodes[j].varies]

    def _names(self, i: int) -> list[str]:
        return [self.name(j) for j in self.graph.nodes[i].parents]

    def _factor(self, i: int, k: int) -> str:
        text = self._with(i, self.graph.nodes[i].slopes[k], self._names(i))
        return text if re.fullmatch(r"[\w.₀-₉]*(\([^()]*\)|\|[^|]*\|)?", text) else f"({text})"

    def _with(self, i: int, tree: Tree, texts: Sequence[str]) -> str:
        """A rule with texts in the places of the parents that vary, and constants as they are."""
        for letter, j, text in zip((U, V), self.graph.nodes[i].parents, texts, strict=False):
            parent = self.graph.nodes[j]
            tree = replaced(tree, letter, Variable(text) if parent.varies else parent.whole)
        return pretty(tree)

    def _substituted(self, i: int, tree: Tree, value: float) -> str:
        """= 2·3 = 6, with so many digits that it holds."""
        values = [float(self.found.values[j]) for j in self.graph.nodes[i].parents]
        places = [k for k, _ in self._varying(i)]

        def compute(*shown: Decimal) -> Decimal:
            known = values.copy()
            for k, part in zip(places, shown, strict=True):
                known[k] = float(part)
            # What only rounds to 0 is not 0.
            algebra = UnroundedZeros(np, dict(zip("uv", map(np.float64, known), strict=False)))
            with np.errstate(all="ignore"):
                return _decimal(float(fold(tree, algebra)))

        more, relation = holding([(values[k], DIGITS) for k in places], Result(compute, value, DIGITS))
        texts = [_bracketed(number(each, min(DIGITS + more, MOST_DIGITS))) for each in values]
        numbers, result = self._with(i, tree, texts), number(value)
        if not isfinite(value):
            return f"= {numbers}: {result}"
        # What says the same twice is said once.
        same = numbers in (result, _bracketed(result), self._with(i, tree, self._names(i)))
        return f"{relation} {result}" if same else f"= {numbers} {relation} {result}"

    def _summed(self, name: str, parts: list[tuple[str, float, float]], i: int) -> str:
        """name = a·b + c·d = 1·2 + 3·4 = 14"""
        value = float(self.found.derivatives[i])
        if not parts:
            return f"{name} = {number(value)}"
        flat = [(each, DIGITS) for _, *pair in parts for each in pair]
        more, relation = holding(flat, Result(_products, value, DIGITS))
        digits = min(DIGITS + more, MOST_DIGITS)
        shown = parts[:MOST_TERMS]
        left = len(parts) - len(shown)
        rest = f" + … ({left} more)" if left else ""
        numbers = " + ".join(
            f"{_bracketed(number(a, digits))}·{_bracketed(number(b, digits))}" for _, a, b in shown
        )
        symbols = " + ".join(text for text, *_ in shown)
        relation = f" {relation}" if isfinite(value) else ":"
        return f"{name} = {symbols}{rest} = {numbers}{rest}{relation} {number(value)}"


def _decimal(value: float) -> Decimal:
    return Decimal(value) if isfinite(value) else Decimal(0)


def _products(*parts: Decimal) -> Decimal:
    return sum((a * b for a, b in zip(parts[::2], parts[1::2], strict=True)), Decimal(0))
