"""The tree as text in our own grammar, and as Python source: a string with the strength it binds with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calc.expression.arrays import NUMPY_NAMES, RECIPROCALS
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Operator, Power, Variable, fold

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of Python and how strongly its outermost sign binds."""

    text: str
    strength: int = ATOM

    def inside(self, strength: int) -> str:
        return self.text if self.strength >= strength else f"({self.text})"


class Python:
    """The algebra of Python source: `library` is the prefix of its functions, np or jnp."""

    def __init__(self, library: str) -> None:
        self.library = library

    def number(self, node: Number) -> Piece:
        return Piece(node.text if "e" in node.text or len(node.text) <= 16 else repr(node.value))

    def constant(self, name: str) -> Piece:
        return Piece(f"{self.library}.{name}") if name != "tau" else Piece(f"2 * {self.library}.pi", PRODUCT)

    def variable(self, name: str) -> Piece:
        return Piece(name)

    def negate(self, of: Piece) -> Piece:
        return Piece(f"-{of.inside(MINUS)}", MINUS)

    def binary(self, operator: Operator, left: Piece, right: Piece) -> Piece:
        strength = SUM if operator in "+-" else PRODUCT
        return Piece(f"{left.inside(strength)} {operator} {right.inside(strength + 1)}", strength)

    def rational_power(self, base: Piece, exponent: Fraction) -> Piece:
        p, q = exponent.numerator, exponent.denominator
        if q == 1:
            return Piece(f"{base.inside(ATOM)}**{_python_integer(p)}", POWER)
        if p == 1 and q in (2, 3):
            return self.call("sqrt" if q == 2 else "cbrt", base)
        if q % 2 == 0:
            return Piece(f"{base.inside(ATOM)}**({p} / {q})", POWER)
        size = f"{self.library}.abs({base.text})**({p} / {q})"
        if p % 2 == 0:
            return Piece(size, POWER)
        return Piece(f"{self.library}.where({base.inside(PRODUCT)} < 0, -({size}), {size})")

    def power(self, base: Piece, exponent: Piece) -> Piece:
        whole = f"{base.text}.0" if base.text.isdecimal() else base.inside(ATOM)
        return Piece(f"{whole}**{exponent.inside(MINUS)}", POWER)

    def call(self, name: str, *arguments: Piece) -> Piece:
        if name in RECIPROCALS:
            return Piece(f"1 / {self.call(RECIPROCALS[name], *arguments).text}", PRODUCT)
        prefix = f"{self.library}.{NUMPY_NAMES.get(name, name)}"
        text = f"{prefix}({', '.join(argument.text for argument in arguments[:2])})"
        for argument in arguments[2:]:
            text = f"{prefix}({text}, {argument.text})"
        return Piece(text)


def _python_integer(p: int) -> str:
    """NumPy refuses negative powers of whole numbers, so these are written as decimals."""
    return str(p) if p >= 0 else f"{p}.0"


LIBRARIES = {"numpy": ("np", "import numpy as np"), "jax": ("jnp", "import jax.numpy as jnp")}


def python_source(root: Node, variables: tuple[str, ...], library: str) -> str:
    """A whole Python function, import line included. `library` is "numpy" or "jax"."""
    prefix, line = LIBRARIES[library]
    body = fold(root, Python(prefix)).text
    return f"{line}\n\n\ndef f({', '.join(variables)}):\n    return {body}\n"
