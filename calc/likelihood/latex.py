"""Sums and products of trees in LaTeX, term by term and factor by factor."""

from __future__ import annotations

from collections.abc import Iterable

from calc.expression.latex import latex
from calc.expression.tree import Binary, Call, Negate, Node, Number, Variable


def sum_latex(nodes: Iterable[Node]) -> str:
    """A sum in LaTeX, with minus signs where a term begins with one."""
    text = ""
    for node in nodes:
        minus = isinstance(node, Negate)
        part = latex(node.of if isinstance(node, Negate) else node)
        text += (" - " if minus else " + ") + part if text else ("-" if minus else "") + part
    return text


def product_latex(nodes: Iterable[Node]) -> str:
    """A product in LaTeX, side by side; a dot stands before a number."""
    text = ""
    for node in nodes:
        part = factor_latex(node)
        dot = r" \cdot " if part[0].isdigit() or part.startswith(r"\frac") else " "
        text += dot + part if text else part
    return text


def factor_latex(node: Node) -> str:
    """A factor of a product, in brackets where it needs them."""
    part = latex(node)
    alone = isinstance(node, Number | Variable | Call) or not isinstance(node, Binary | Negate)
    return part if alone else rf"\left({part}\right)"
