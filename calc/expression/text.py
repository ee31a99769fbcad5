"""The tree as text in our own grammar."""

from __future__ import annotations

from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable

SUM, PRODUCT, MINUS, POWER, ATOM = 10, 20, 25, 30, 40


def canonical(node: Node) -> str:
    """Text that parses to the same tree, with every product sign and no bracket too many."""
    match node:
        case Number(text):
            return text
        case Constant(name) | Variable(name):
            return name
        case Negate(of):
            return f"-{_wrapped(of, MINUS)}"
        case Binary(operator, left, right):
            strength = SUM if operator in "+-" else PRODUCT
            sign = f" {operator} " if strength == SUM else operator
            return f"{_wrapped(left, strength)}{sign}{_wrapped(right, strength + 1)}"
        case Power(base, exponent):
            return f"{_wrapped(base, ATOM)}^{_wrapped(exponent, MINUS)}"
        case Call(name, arguments):
            return f"{name}({', '.join(canonical(argument) for argument in arguments)})"


def _wrapped(node: Node, strength: int) -> str:
    text = canonical(node)
    return text if _strength(node) >= strength else f"({text})"


def _strength(node: Node) -> int:
    match node:
        case Negate():
            return MINUS
        case Binary(operator):
            return SUM if operator in "+-" else PRODUCT
        case Power():
            return POWER
        case _:
            return ATOM
