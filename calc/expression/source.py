"""The tree as Python source for NumPy, JAX, SymPy or plain Python: a string with the strength it binds with.

Nothing that was typed is copied: names and signs are ours, numbers are written anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from calc.expression.arrays import NUMPY_NAMES, RECIPROCALS
from calc.expression.sympy_reading import OTHER_NAME
from calc.expression.text import ATOM, MINUS, POWER, PRODUCT, SUM
from calc.expression.tree import Node, Number, Operator, Variable, fold, walk

Prefix: TypeAlias = Literal["np", "jnp", "sympy", "bare", "math"]
"""What the names of the functions begin with: `bare` is for `from sympy import *`, `math` for single numbers."""
PREFIXES: tuple[Prefix, ...] = get_args(Prefix)
CONDITION = 5
"""How strongly `a if b else c` binds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of Python and how strongly its outermost sign binds."""

    text: str
    strength: int = ATOM

    def inside(self, strength: int) -> str:
        return self.text if self.strength >= strength else f"({self.text})"


class Python:
    """The algebra of Python source, as NumPy and JAX share it.

    Args:
        prefix: of its functions.
    """

    names = NUMPY_NAMES

    def __init__(self, prefix: Prefix) -> None:
        self.prefix = prefix

    def number(self, node: Number) -> Piece:
        return Piece(node.text if "e" in node.text or len(node.text) <= 16 else repr(node.value))

    def constant(self, name: str) -> Piece:
        return Piece(f"{self.prefix}.{name}") if name != "tau" else Piece(f"2 * {self.prefix}.pi", PRODUCT)

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
        size = f"{self.absolute(base)}**({p} / {q})"
        return Piece(size, POWER) if p % 2 == 0 else self.by_sign(base, f"-({size})", size)

    def absolute(self, of: Piece) -> str:
        return self.call("abs", of).text

    def by_sign(self, of: Piece, negative: str, positive: str) -> Piece:
        """One thing below 0, another one from there on."""
        return Piece(f"{self.prefix}.where({of.inside(PRODUCT)} < 0, {negative}, {positive})")

    def power(self, base: Piece, exponent: Piece) -> Piece:
        whole = f"{base.text}.0" if base.text.isdecimal() else base.inside(ATOM)
        return Piece(f"{whole}**{exponent.inside(MINUS)}", POWER)

    def call(self, name: str, *arguments: Piece) -> Piece:
        if name in RECIPROCALS:
            return Piece(f"1 / {self.call(RECIPROCALS[name], *arguments).text}", PRODUCT)
        called = f"{self.prefix}.{self.names.get(name, name)}"
        text = f"{called}({', '.join(argument.text for argument in arguments[:2])})"
        for argument in arguments[2:]:
            text = f"{called}({text}, {argument.text})"
        return Piece(text)


class PlainPython(Python):
    """Of single numbers, by Python's own `math`; it raises where there is no value."""

    names = {"ln": "log"}  # noqa: RUF012

    def by_sign(self, of: Piece, negative: str, positive: str) -> Piece:
        return Piece(f"{negative} if {of.inside(PRODUCT)} < 0 else {positive}", CONDITION)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        # `**` of a negative number would be a complex one.
        return Piece(f"math.pow({base.text}, {exponent.text})")

    def rational_power(self, base: Piece, exponent: Fraction) -> Piece:
        p, q = exponent.numerator, exponent.denominator
        if q % 2 == 0 and (p, q) != (1, 2):
            return Piece(f"math.pow({base.text}, {p} / {q})")
        return super().rational_power(base, exponent)

    def call(self, name: str, *arguments: Piece) -> Piece:
        listed = ", ".join(argument.text for argument in arguments)
        if name in ("abs", "min", "max"):
            return Piece(f"{name}({listed})")
        if name == "sign":
            side = arguments[0].inside(PRODUCT)
            return Piece(f"({side} > 0) - ({side} < 0)", SUM)
        return super().call(name, *arguments)


class Exact(Python):
    """Of SymPy's expressions: a fraction stays one."""

    names = OTHER_NAME

    def __init__(self, prefix: Prefix, constant: bool) -> None:
        super().__init__(prefix)
        self.dot = "" if prefix == "bare" else "sympy."
        # Without a variable nothing else would make it SymPy's.
        self.whole = constant

    def number(self, node: Number) -> Piece:
        if not node.text.isdecimal():
            return Piece(f'{self.dot}Rational("{node.text}")')
        return Piece(f"{self.dot}Integer({node.text})" if self.whole else node.text)

    def constant(self, name: str) -> Piece:
        return (
            Piece(f"2 * {self.dot}pi", PRODUCT)
            if name == "tau"
            else Piece(self.dot + {"e": "E"}.get(name, name))
        )

    def binary(self, operator: Operator, left: Piece, right: Piece) -> Piece:
        if operator == "/" and left.text.isdecimal():
            # Python would divide two whole numbers itself.
            left = Piece(f"{self.dot}Integer({left.text})")
        return super().binary(operator, left, right)

    def rational_power(self, base: Piece, exponent: Fraction) -> Piece:
        p, q = exponent.numerator, exponent.denominator
        if q == 1:
            whole = f"{self.dot}Integer({base.text})" if base.text.isdecimal() else base.inside(ATOM)
            return Piece(f"{whole}**{p}", POWER)
        if (p, q) == (1, 2):
            return self.call("sqrt", base)
        power = f"{self.dot}Rational({p}, {q})"
        if q % 2 == 0:
            return Piece(f"{self.dot}Pow({base.text}, {power})")
        size = f"{self.dot}Abs({base.text})**{power}"
        if p % 2 == 0:
            return Piece(size, POWER)
        below, above = (
            f"-{self.dot}Pow(-{base.inside(MINUS)}, {power})",
            f"{self.dot}Pow({base.text}, {power})",
        )
        return Piece(f"{self.dot}Piecewise(({above}, {base.inside(PRODUCT)} >= 0), ({below}, True))")

    def power(self, base: Piece, exponent: Piece) -> Piece:
        return Piece(f"{self.dot}Pow({base.text}, {exponent.text})")

    def call(self, name: str, *arguments: Piece) -> Piece:
        listed = ", ".join(argument.text for argument in arguments)
        if name == "cbrt":
            return self.rational_power(arguments[0], Fraction(1, 3))
        if name in ("log2", "log10"):
            return Piece(f"{self.dot}log({listed}, {name[3:]})")
        return Piece(f"{self.dot}{self.names.get(name, name)}({listed})")


def _python_integer(p: int) -> str:
    """NumPy refuses negative powers of whole numbers, so these are written as decimals."""
    return str(p) if p >= 0 else f"{p}.0"


def python_source(root: Node, prefix: Prefix) -> str:
    """The tree as one Python expression of its variables, for a program that imports what the prefix stands for.

    >>> from calc.expression import parse_expression
    >>> python_source(parse_expression("e^(-2x) + x/3").root, "np")
    'np.exp(-2 * x) + x / 3'
    """
    if prefix in ("sympy", "bare"):
        return fold(root, Exact(prefix, not any(isinstance(node, Variable) for node in walk(root)))).text
    return fold(root, PlainPython(prefix) if prefix == "math" else Python(prefix)).text
