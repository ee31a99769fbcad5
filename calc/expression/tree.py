"""The tree of a typed function, and the one way in which all its readings walk it.

A reading is an *algebra*: it says what a number, a variable, a sum, a power and a function call mean (an
array, an interval, a piece of LaTeX ...). `fold` carries the meaning from the leaves up to the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, wraps
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

Operator: TypeAlias = Literal["+", "-", "*", "/"]

MAX_POWER_BITS = 1000
"""Bounds the digits of an exact power: 9^9^9 would have 370 million."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Number:
    """A decimal number as it was typed, `text` being its shortest form: "0.5", "3", "1e-30"."""

    text: str

    @property
    def exact(self) -> Fraction:
        return Fraction(self.text)

    @property
    def value(self) -> float:
        return float(self.text)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Constant:
    """pi, e or tau."""

    name: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Variable:
    """One of the variables that the caller named."""

    name: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Negate:
    """-of"""

    of: Node


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Binary:
    """left + right, left - right, left * right or left / right."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Power:
    """base ^ exponent; real for a negative base if the exponent is a fraction with an odd denominator."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Call:
    """A function of `calc.expression.names.FUNCTIONS`: one argument, or two and more for min and max."""

    name: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Number | Constant | Variable | Negate | Binary | Power | Call
T = TypeVar("T")
P = ParamSpec("P")


class Algebra(Protocol[T]):
    """What a reading has to say. `T` is what it makes of a node."""

    def number(self, node: Number) -> T: ...
    def constant(self, name: str) -> T: ...
    def variable(self, name: str) -> T: ...
    def negate(self, of: T) -> T: ...
    def binary(self, operator: Operator, left: T, right: T) -> T: ...
    def rational_power(self, base: T, exponent: Fraction) -> T: ...
    def power(self, base: T, exponent: T) -> T: ...
    def call(self, name: str, *arguments: T) -> T: ...


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under this one."""
    match node:
        case Negate(of):
            return (of,)
        case Binary(_, left, right):
            return (left, right)
        case Power(base, exponent):
            return (base, exponent)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, this one first."""
    yield node
    for child in children(node):
        yield from walk(child)


def fold(node: Node, algebra: Algebra[T]) -> T:
    """Reads the tree from the leaves up."""
    if isinstance(node, Power) and node.base == Constant("e"):
        # Not every algebra knows e itself.
        return algebra.call("exp", fold(node.exponent, algebra))
    return apply(node, [fold(child, algebra) for child in children(node)], algebra)


def apply(node: Node, arguments: list[T], algebra: Algebra[T]) -> T:
    """Reads one node whose children have been read."""
    return operation(node, algebra)(*arguments)


def operation(node: Node, algebra: Algebra[T]) -> Callable[..., T]:
    """What an algebra makes of a node, as a function of what it made of the children. Holds no nodes.

    A rational exponent may be left out of what it is given.
    """
    match node:
        case Number():
            return partial(_given, algebra.number(node))
        case Constant(name):
            return partial(_given, algebra.constant(name))
        case Variable(name):
            return partial(_given, algebra.variable(name))
        case Negate():
            return algebra.negate
        case Binary(operator):
            return partial(algebra.binary, operator)
        case Call(name):
            return partial(algebra.call, name)
        case Power(base, exponent):
            if base == Constant("e"):
                return lambda _, exponent: algebra.call("exp", exponent)
            fraction = rational(exponent)
            if fraction is None:
                return algebra.power
            return lambda base, *_: algebra.rational_power(base, fraction)


def _given(value: T) -> T:
    return value


def remembered(compute: Callable[Concatenate[Node, P], T]) -> Callable[Concatenate[Node, P], T]:
    """Keep what a function gives for a tree as long as that tree is in use: a visitor's goes with the visitor.

    What it gives may not hold the tree.
    """
    known: WeakKeyDictionary[Node, dict[tuple[Any, ...], T]] = WeakKeyDictionary()

    @wraps(compute)
    def remember(node: Node, /, *args: P.args, **kwargs: P.kwargs) -> T:
        of_node = known.setdefault(node, {})
        key = (args, *kwargs.items())
        if key not in of_node:
            of_node[key] = compute(node, *args, **kwargs)
        return of_node[key]

    return remember


@remembered
def rational(node: Node) -> Fraction | None:
    """The exact value of a node made of numbers and + - * / ^ alone; None for any other."""
    match node:
        case Number():
            return node.exact
        case Negate(of):
            inner = rational(of)
            return None if inner is None else -inner
        case Binary(operator, left, right):
            a, b = rational(left), rational(right)
            if a is None or b is None or (operator == "/" and b == 0):
                return None
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[operator](b)
        case Power(base, exponent):
            return _exact_power(rational(base), rational(exponent))
        case _:
            return None


def _exact_power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    digits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * digits > MAX_POWER_BITS:
        return None
    return base ** int(exponent)
