"""Oscillations: f = a + b s beside a place c, where s swings between two bounds for ever as x goes to c.

sin(u), where u grows without bound, has no limit there. If b goes to 0, f still has the limit of a; and if b/(x - c)
does too, the slope of a (the squeeze theorem).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flint import arb

from calc.expansions import Number, Side, Unsettled, ball, is_zero
from calc.expansions.numbers import is_infinite
from calc.expression.tree import Binary, Call, Negate, Node, Power, rational
from calc.expression.tree import Number as Literal

NO_LIMIT = arb("nan")
SMOOTH = ("exp", "atan", "tanh", "sinh", "asinh")
"""Functions that rise everywhere: of an oscillation between two bounds each makes one again."""

Read = Callable[[Node], "Side | None"]


@dataclass(frozen=True, slots=True)
class Wave(Side):
    """One side on which f oscillates; `limit` (else not a number) and `slope` where it has them all the same.

    Attributes:
        swings: it is known to have no slope, as the chords swing for ever.
    """

    swings: bool = False

    @property
    def has_limit(self) -> bool:
        return not ball(self.limit).is_nan()


def wave(root: Node, read: Read) -> Side:
    """f on a side on which it oscillates; raises Unsettled if that is not certain.

    Args:
        read: one part of f on that side; raises Unsettled itself.
    """
    parts = _parted(root, read)
    if parts is None:
        raise Unsettled("no oscillation")
    a, b = (read(part) for part in parts)
    if a is None or b is None or (is_infinite(a.limit) and is_infinite(b.limit)):
        raise Unsettled("an oscillation of unknown size")
    if b.direction == 0 and not is_infinite(b.limit) and is_zero(b.limit):
        # f is a, as far as s has values.
        return replace(a, direction=None, continuous=False, analytic=False)
    if is_infinite(a.limit):
        return Wave(a.limit, None, None, continuous=False)
    if is_infinite(b.limit) or not is_zero(b.limit):
        return Wave(NO_LIMIT, None, None, continuous=False)
    yields = _yields(b.slope, a.slope)
    known = a.slope is not None and b.slope is not None
    return Wave(a.limit, a.slope if yields else None, None, continuous=False, swings=known and not yields)


def _yields(swing: Number | None, slope: Number | None) -> bool:
    """Whether chords that swing between two bounds leave a slope as it is."""
    if swing is None or slope is None or is_infinite(swing):
        return False
    return is_zero(swing) or is_infinite(slope)


def _parted(node: Node, read: Read) -> tuple[Node, Node] | None:
    """a and b of a + b s; None for a part without an oscillation that this can see."""
    match node:
        case Negate(of):
            parts = _parted(of, read)
            return parts and (Negate(parts[0]), Negate(parts[1]))
        case Binary(operator, left, right):
            first, second = _parted(left, read), _parted(right, read)
            if first is not None and second is not None:
                raise Unsettled("two oscillations")
            if operator in ("+", "-"):
                if first is not None:
                    return Binary(operator, first[0], right), first[1]
                return second and (Binary(operator, left, second[0]), second[1])
            if first is not None:
                return Binary(operator, first[0], right), Binary(operator, first[1], right)
            if second is not None and operator == "*":
                return Binary("*", left, second[0]), Binary("*", left, second[1])
            return None
        case Call("sin" | "cos", (of,)) if _grows(of, read):
            return Literal("0"), Literal("1")
        case Call(name, (of,)) if name in SMOOTH:
            return _pure(of, read)
        case Power(base, exponent):
            power = rational(exponent)
            # Of its lowest swings a root would have vertical tangents, and a quotient poles, without end.
            return _pure(base, read) if power is not None and power >= 1 else None
    return None


def _pure(node: Node, read: Read) -> tuple[Node, Node] | None:
    """Those of a function of s alone."""
    return _parted(node, read) and _only(node)


def _only(node: Node) -> tuple[Node, Node] | None:
    match node:
        case Call("sin" | "cos", _):
            return Literal("0"), Literal("1")
        case Negate(of) | Call(_, (of,)):
            return _only(of)
        case Binary(_, left, right):
            number = rational(right) if rational(right) is not None else rational(left)
            return _only(right if number == rational(left) else left) if number else None
        case Power(base, _):
            return _only(base)
    return None


def _grows(node: Node, read: Read) -> bool:
    """Whether a part grows without bound towards the place."""
    try:
        side = read(node)
    except Unsettled:
        return False
    return side is not None and is_infinite(side.limit)
