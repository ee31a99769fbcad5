"""The derivative of a base as a tree, by the rules, so that it can be written down and counted."""

from __future__ import annotations

from fractions import Fraction

from calc.expression.errors import ExpressionError
from calc.expression.rules import RULES, derivatives
from calc.expression.tree import Binary, Call, Negate, Node, Number, Power, Variable, rational, walk

ZERO, ONE = Number("0"), Number("1")
POWERS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}
RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan"}


def derivative(node: Node) -> Node:
    """The derivative by the one variable of the tree, with 0 and 1 tidied away.

    It is valid wherever the derivative exists; |u| gives sign(u) u'.

    Raises:
        ExpressionError: for min and max, whose derivative is no single formula.

    >>> from calc.expression import parse_expression
    >>> derivative(parse_expression("3 - 2p", ("p",)).root)
    Negate(of=Number(text='2'))
    """
    if not any(isinstance(part, Variable) for part in walk(node)):
        return ZERO
    match node:
        case Variable():
            return ONE
        case Negate(of):
            return negated(derivative(of))
        case Binary("+", left, right):
            return added(derivative(left), derivative(right))
        case Binary("-", left, right):
            return added(derivative(left), negated(derivative(right)))
        case Binary("*", left, right):
            return added(times(derivative(left), right), times(left, derivative(right)))
        case Binary("/", left, right):
            if (slope := derivative(right)) == ZERO:
                return Binary("/", derivative(left), right)
            top = added(times(derivative(left), right), negated(times(left, slope)))
            return Binary("/", top, Power(right, Number("2")))
        case Power(base, exponent):
            return _of_power(base, exponent, node)
        case Call(name, arguments):
            return _of_call(name, arguments)
    raise TypeError(node)


def _of_power(base: Node, exponent: Node, whole: Node) -> Node:
    value = rational(exponent)
    if value is not None:
        lower = ONE if value == 1 else Power(base, _number(value - 1)) if value != 2 else base
        return times(times(_number(value), lower), derivative(base))
    if derivative(exponent) == ZERO:
        lower = Power(base, Binary("-", exponent, ONE))
        return times(times(exponent, lower), derivative(base))
    logarithm = Call("ln", (base,))
    inner = added(
        times(derivative(exponent), logarithm), times(exponent, Binary("/", derivative(base), base))
    )
    return times(whole, inner)


def _of_call(name: str, arguments: tuple[Node, ...]) -> Node:
    if name in ("min", "max"):
        raise ExpressionError(f"a base with `{name}` has no single formula as its derivative: leave it out")
    (u,) = arguments
    if name in ("sign", "floor", "ceil"):
        return ZERO
    if name == "abs":
        return times(Call("sign", (u,)), derivative(u))
    if name in POWERS:
        return _of_power(u, _number(POWERS[name]), u)
    if name in RECIPROCALS:
        return derivative(Binary("/", ONE, Call(RECIPROCALS[name], (u,))))
    assert name in RULES
    return times(_substituted(derivatives(name)[0], u), derivative(u))


def _substituted(node: Node, u: Node) -> Node:
    """The tree with u in place of its variable."""
    match node:
        case Variable():
            return u
        case Negate(of):
            return Negate(_substituted(of, u))
        case Binary(operator, left, right):
            return Binary(operator, _substituted(left, u), _substituted(right, u))
        case Power(base, exponent):
            return Power(_substituted(base, u), _substituted(exponent, u))
        case Call(name, arguments):
            return Call(name, tuple(_substituted(argument, u) for argument in arguments))
        case _:
            return node


def _number(value: Fraction) -> Node:
    size: Node = Number(str(abs(value.numerator)))
    size = size if value.denominator == 1 else Binary("/", size, Number(str(value.denominator)))
    return Negate(size) if value < 0 else size


def negated(node: Node) -> Node:
    """-node, where --node is node and -0 is 0."""
    if isinstance(node, Negate):
        return node.of
    return node if node == ZERO else Negate(node)


def added(left: Node, right: Node) -> Node:
    """left + right, without zeros."""
    if left == ZERO:
        return right
    if right == ZERO:
        return left
    return Binary("-", left, right.of) if isinstance(right, Negate) else Binary("+", left, right)


def times(left: Node, right: Node) -> Node:
    """left * right, without zeros and ones; a minus goes to the front."""
    if ZERO in (left, right):
        return ZERO
    if isinstance(left, Negate) or isinstance(right, Negate):
        both = isinstance(left, Negate) and isinstance(right, Negate)
        product = times(
            left.of if isinstance(left, Negate) else left, right.of if isinstance(right, Negate) else right
        )
        return product if both else negated(product)
    if left == ONE:
        return right
    return left if right == ONE else Binary("*", left, right)
