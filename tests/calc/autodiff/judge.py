"""What a derivative is, by mpmath at 50 digits from difference quotients: no rule of differentiation is in it.

And how much rounding may be forgiven: the largest absolute product of local derivatives along any path.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from random import Random

import mpmath

from calc.expression import Expression
from calc.expression.tree import (
    Binary,
    Call,
    Constant,
    Negate,
    Node,
    Number,
    Power,
    Variable,
    children,
    rational,
    walk,
)
from tests.calc.expression.trees import ANGULAR, EXPONENTS, NUMBERS, SMOOTH, TooLarge, Undefined, precisely

DIGITS = 50
X, U, V = Variable("x"), Variable("u"), Variable("v")


class Rough(Exception):
    """A part of the function has a corner or a jump at the point, or a slope beyond every bound."""


def random_tree(chance: Random, size: int) -> Node:
    """A function of x of about so many operations; some of its parts occur twice."""
    if size <= 0:
        return (
            X if chance.random() < 0.65 else chance.choice((Number(chance.choice(NUMBERS)), Constant("pi")))
        )
    kind, rest = chance.random(), size - 1
    if kind < 0.42:
        left = random_tree(chance, rest // 2)
        right = left if chance.random() < 0.2 else random_tree(chance, rest - rest // 2)
        return Binary(chance.choice("+-*/"), left, right)
    if kind < 0.55:
        exponent: Node = Number(chance.choice(EXPONENTS))
        if chance.random() < 0.4:
            exponent = Binary("/", Number(chance.choice("125")), Number(chance.choice("34")))
        if chance.random() < 0.2:
            exponent = random_tree(chance, rest // 2)
        return Power(random_tree(chance, rest), exponent)
    if kind < 0.6:
        return Negate(random_tree(chance, rest))
    if kind < 0.66:
        parts = tuple(random_tree(chance, rest // 3) for _ in range(chance.choice((2, 3))))
        return Call(chance.choice(("min", "max")), parts)
    return Call(chance.choice((*SMOOTH, *SMOOTH, *ANGULAR)), (random_tree(chance, rest),))


def samples(seed: int, count: int) -> Iterator[tuple[Expression, float, mpmath.mpf, mpmath.mpf]]:
    """Random functions with a point, f' there and the largest product along a path, where there are all of these."""
    chance = Random(seed)
    while count:
        root, x = random_tree(chance, chance.randint(1, 9)), round(chance.uniform(-3, 3), 3)
        expression = Expression(root, ("x",))
        if not isfinite(expression(x)):
            continue
        with mpmath.workdps(DIGITS):
            try:
                largest, exact = largest_path(root, mpmath.mpf(x)), slope(root, mpmath.mpf(x))
            except (Undefined, TooLarge, Rough):
                continue
            if largest == 0 or not steady(root, mpmath.mpf(x), largest):
                continue
        count -= 1
        yield expression, x, exact, largest


def slope(root: Node, x: mpmath.mpf) -> mpmath.mpf:
    """f'(x), by mpmath alone."""
    return mpmath.diff(lambda t: precisely(root, {"x": t}), x)


def steady(root: Node, x: mpmath.mpf, largest: mpmath.mpf) -> bool:
    """Whether f'(x) is the same where every part is off by as much as float64 rounds; else rounding decides it."""
    try:
        return bool(abs(slope(_shaken(root), x) - slope(root, x)) <= 1e-13 * largest)
    except (Undefined, TooLarge):
        return False


def _shaken(node: Node) -> Node:
    """Each part but the exact numbers a little larger."""
    parts = [_shaken(part) for part in children(node)]
    match node:
        case Number():
            return node
        case Variable() | Constant():
            made: Node = node
        case Negate():
            made = Negate(*parts)
        case Binary(operator):
            made = Binary(operator, *parts)
        case Power(_, exponent):
            made = Power(parts[0], exponent if rational(exponent) is not None else parts[1])
        case Call(name):
            made = Call(name, tuple(parts))
    return Binary("*", made, Number("1.0000000000000003"))


def largest_path(root: Node, x: mpmath.mpf) -> mpmath.mpf:
    """The largest absolute product of local derivatives along a path from x to the result; 0 without x.

    Raises Rough where a local derivative does not exist.
    """
    match root:
        case Variable():
            return mpmath.mpf(1)
        case Number() | Constant():
            return mpmath.mpf(0)
        case Negate(of):
            return largest_path(of, x)
        case Binary(operator, left, right):
            return _longest((left, right), Binary(operator, U, V), x)
        case Power(base, exponent) if rational(exponent) is not None:
            return _longest((base,), Power(U, exponent), x)
        case Power(base, exponent):
            return _longest((base, exponent), Power(U, V), x)
        case Call(name, (one, two, three)):
            return largest_path(Call(name, (Call(name, (one, two)), three)), x)
        case Call(name, parts):
            return _longest(parts, Call(name, (U, V)[: len(parts)]), x)
    raise AssertionError(root)


def _longest(parts: tuple[Node, ...], rule: Node, x: mpmath.mpf) -> mpmath.mpf:
    paths = [largest_path(part, x) for part in parts]
    values = dict(zip("uv", (precisely(part, {"x": x}) for part in parts), strict=False))
    if any(X in walk(part) for part in parts) and _rough(rule, *values.values()):
        raise Rough
    found = mpmath.mpf(0)
    for name, path in zip("uv", paths, strict=False):
        if path:
            local = mpmath.diff(lambda t, name=name: precisely(rule, values | {name: t}), values[name])
            found = max(found, abs(local) * path)
    return found


def _rough(rule: Node, u: mpmath.mpf, v: mpmath.mpf | None = None) -> bool:
    """Whether an operation has a corner, a jump or a vertical tangent at its arguments."""
    match rule:
        case Power(_, exponent):
            n = rational(exponent)
            return u == 0 and (n is None or (n.denominator > 1 or n <= 0))
        case Call("abs" | "sign" | "sqrt" | "cbrt"):
            return bool(u == 0)
        case Call("floor" | "ceil"):
            return bool(u == mpmath.nint(u))
        case Call("min" | "max"):
            return bool(u == v)
        case Call("asin" | "acos" | "acosh" | "atanh"):
            return bool(abs(u) == 1)
    return False
