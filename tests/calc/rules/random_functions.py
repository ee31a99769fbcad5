"""Random functions as text of our grammar and, made beside it, as SymPy expressions: neither is read from the other."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import sympy

X, T, Y = (sympy.Symbol(name, real=True) for name in "xty")


class Cbrt(sympy.Function):
    """The real cube root, of which SymPy has none."""

    def fdiff(self, argindex: int = 1) -> Any:
        return 1 / (3 * Cbrt(self.args[0]) ** 2)


class Flat(sympy.Function):
    """floor, ceil and sign where they do not jump, for whose derivatives SymPy has distributions."""

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.Integer(0)


@dataclass(frozen=True)
class Pair:
    text: str
    sympy: Any


FUNCTIONS = {
    **{name: getattr(sympy, name) for name in ("sqrt", "exp", "sin", "cos", "tan", "sec", "csc", "cot")},
    **{name: getattr(sympy, name) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh")},
    **{"ln": sympy.log, "acosh": sympy.acosh, "atanh": sympy.atanh, "abs": sympy.Abs, "cbrt": Cbrt},
    "log2": lambda u: sympy.log(u) / sympy.log(2),
    "log10": lambda u: sympy.log(u) / sympy.log(10),
    **{name: lambda u, name=name: Flat(u, sympy.Symbol(f"{name}_")) for name in ("floor", "ceil", "sign")},
}
PLAIN = ("sqrt", "exp", "sin", "cos", "tan", "ln", "atan", "sinh")


class Maker:
    """Makes functions of one shape, of a letter and of constants."""

    def __init__(self, random: Random, letter: Any = X, constants: tuple[Any, ...] = ()) -> None:
        self.random, self.constants = random, [Pair(str(c), c) for c in constants]
        self.x = Pair(str(letter), letter)

    def number(self) -> Pair:
        value = self.random.choice((1, 2, 3, 5, 7))
        return self.random.choice([Pair(str(value), sympy.Integer(value)), *self.constants])

    def join(self, a: Pair, sign: str, b: Pair) -> Pair:
        value = {"+": a.sympy + b.sympy, "-": a.sympy - b.sympy, "*": a.sympy * b.sympy}.get(sign)
        return Pair(f"({a.text}) {sign} ({b.text})", a.sympy / b.sympy if value is None else value)

    def power(self, a: Pair, n: sympy.Rational) -> Pair:
        return Pair(f"({a.text})^({n})", a.sympy**n)

    def of(self, name: str, u: Pair) -> Pair:
        return Pair(f"{name}({u.text})", FUNCTIONS[name](u.sympy))

    def polynomial(self) -> Pair:
        found = self.number()
        for _ in range(self.random.randint(1, 3)):
            term = self.join(self.number(), "*", self.power(self.x, sympy.Integer(self.random.randint(2, 4))))
            found = self.join(found, self.random.choice("+-"), self.random.choice((term, self.x)))
        return found

    def ratio(self) -> Pair:
        found = self.join(self.polynomial(), self.random.choice("*/"), self.polynomial())
        exponent = sympy.Rational(self.random.choice(("2", "3", "-1", "-2", "1/2", "-3/2")))
        return self.random.choice((found, self.power(found, exponent), self.polynomial()))

    def simple(self) -> Pair:
        u = self.random.choice((self.x, self.polynomial()))
        return self.random.choice((u, self.of(self.random.choice(PLAIN), u)))

    def product(self) -> Pair:
        found = self.simple()
        for _ in range(self.random.randint(1, 3)):
            found = self.join(found, self.random.choice("**/+-"), self.simple())
        return found

    def composition(self) -> Pair:
        found = self.simple()
        for _ in range(self.random.randint(1, 2)):
            found = self.of(self.random.choice(PLAIN), self.join(found, "+", self.number()))
        return found

    def exponential(self) -> Pair:
        a, f, g = self.number(), self.simple(), self.simple()
        base = self.random.choice((a, f, Pair("e", sympy.E)))
        return Pair(f"({base.text})^({g.text})", base.sympy**g.sympy)

    def anything(self) -> Pair:
        u = self.of(self.random.choice(tuple(FUNCTIONS)), self.random.choice((self.x, self.polynomial())))
        v = self.simple()
        most = self.random.choice(("max", "min"))
        value = {"max": sympy.Max, "min": sympy.Min}[most](u.sympy, v.sympy)
        more = Pair(f"{most}({u.text}, {v.text})", value)
        return self.random.choice((u, more, self.join(u, self.random.choice("+-*/"), v)))


SHAPES = ("ratio", "product", "composition", "exponential", "anything")
