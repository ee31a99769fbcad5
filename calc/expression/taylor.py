"""The tree read on Taylor series over balls, all of it in Arb: a first try, ten times as fast as enclosures.

Where a part may be undefined, or have a corner or a jump, or a bound is lost, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from flint import arb, arb_series, fmpq

from calc.expression.enclosures import CONSTANTS, POWERS
from calc.expression.intervals import FAR, ONE, ZERO, Ball, number
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, children, rational, remembered

Series: TypeAlias = arb_series
Step: TypeAlias = Callable[[list[Series]], Series]
MOST_TERMS = 10
MAX_POWER = 1000


class Undecided(Exception):
    """Balls alone do not tell."""


def _inverse(u: Series) -> Series:
    if u[0].contains(0):
        raise Undecided
    return 1 / u


def _near(u: Series) -> Series:
    """For functions of arguments that may be huge."""
    if not abs(u[0]) < FAR:
        raise Undecided
    return u


def _sign(u: Series) -> int:
    if u[0] > 0:
        return 1
    if u[0] < 0:
        return -1
    raise Undecided


def _constant(value: Ball, like: Series) -> Series:
    return arb_series([value], prec=like.prec)


def _inside(u: Series, low: Ball | None, high: Ball | None) -> Series:
    if (low is not None and not u[0] > low) or (high is not None and not u[0] < high):
        raise Undecided
    return u


def _power(u: Series, exponent: Fraction) -> Series:
    p, q = exponent.numerator, exponent.denominator
    if p == 0 or abs(p) > MAX_POWER:
        raise Undecided
    if p < 0:
        return _inverse(_power(u, -exponent))
    if q == 1:
        return u * u if p == 2 else u**p
    side = _sign(u)
    if side < 0 and q % 2 == 0:
        raise Undecided
    size = u if side > 0 else -u
    found = size.sqrt() ** p if q == 2 else (arb(fmpq(p, q)) * size.log()).exp()
    return found if side > 0 or p % 2 == 0 else -found


def _hyperbolic(name: str, u: Series) -> Series:
    up = _near(u).exp()
    down = 1 / up
    if name == "sinh":
        return (up - down) / 2
    return (up + down) / 2 if name == "cosh" else (up - down) / (up + down)


def _area(name: str, u: Series) -> Series:
    if name == "atanh":
        _inside(u, -ONE, ONE)
        return ((1 + u) / (1 - u)).log() / 2
    if name == "acosh":
        return (u + (_inside(u, ONE, None) ** 2 - 1).sqrt()).log()
    return (u + (u * u + 1).sqrt()).log()


def _whole(name: str, u: Series) -> Series:
    value = u[0]
    if value.contains_integer():
        raise Undecided
    step = (value.floor() if name == "floor" else value.ceil()).unique_fmpz()
    if step is None:
        raise Undecided
    return _constant(arb(step), u)


FUNCTIONS: dict[str, Callable[[Series], Series]] = {
    "exp": lambda u: _near(u).exp(),
    "ln": lambda u: _inside(u, ZERO, None).log(),
    "log2": lambda u: _inside(u, ZERO, None).log() / arb(2).log(),
    "log10": lambda u: _inside(u, ZERO, None).log() / arb(10).log(),
    "sin": lambda u: _near(u).sin(),
    "cos": lambda u: _near(u).cos(),
    "tan": lambda u: u.sin() * _inverse(_near(u).cos()),
    "cot": lambda u: u.cos() * _inverse(_near(u).sin()),
    "sec": lambda u: _inverse(_near(u).cos()),
    "csc": lambda u: _inverse(_near(u).sin()),
    "asin": lambda u: _inside(u, -ONE, ONE).asin(),
    "acos": lambda u: _inside(u, -ONE, ONE).acos(),
    "atan": lambda u: u.atan(),
    "abs": lambda u: u if _sign(u) > 0 else -u,
    "sign": lambda u: _constant(arb(_sign(u)), u),
}
FUNCTIONS |= {name: partial(_hyperbolic, name) for name in ("sinh", "cosh", "tanh")}
FUNCTIONS |= {name: partial(_area, name) for name in ("asinh", "acosh", "atanh")}
FUNCTIONS |= {name: partial(_whole, name) for name in ("floor", "ceil")}
FUNCTIONS |= {name: partial(_power, exponent=exponent) for name, exponent in POWERS.items()}


def _extreme(name: str, several: list[Series]) -> Series:
    best = several[0]
    for other in several[1:]:
        if best is other:
            continue
        difference = _constant(best[0] - other[0], best)
        best = best if (_sign(difference) > 0) == (name == "max") else other
    return best


class TaylorTape:
    """The tree as steps on Taylor series. Holds no nodes."""

    def __init__(self, root: Node) -> None:
        self.steps: list[Step] = []
        self._last = self._place(root, {})

    def __call__(self, x: Ball, terms: int) -> Series:
        """Taylor coefficients of f at each point of the ball x, `terms` of them.

        Raises Undecided where one of them may not exist.
        """
        done = [arb_series([x, 1], prec=terms)]
        try:
            for step in self.steps:
                done.append(step(done))
        except (ValueError, ZeroDivisionError) as error:
            raise Undecided from error
        found = done[self._last]
        if not all(found[k].is_finite() for k in range(terms)):
            raise Undecided
        return found

    def _place(self, node: Node, known: dict[Node, int]) -> int:
        if node not in known:
            exact = rational(node)
            if isinstance(node, Power) and node.base == Constant("e"):
                node = Call("exp", (node.exponent,))
            fraction = rational(node.exponent) if isinstance(node, Power) else None
            inner = () if exact is not None else children(node)[: 1 if fraction is not None else None]
            parts = [self._place(child, known) for child in inner]
            step = _step_of(node, exact, parts)
            if step is None:
                known[node] = 0
            else:
                self.steps.append(step)
                known[node] = len(self.steps)
        return known[node]


def _step_of(node: Node, exact: Fraction | None, parts: Sequence[int]) -> Step | None:
    """The step of a node; None for the variable."""
    if exact is not None:
        return _always(number(exact))
    match node:
        case Constant(name):
            return _always(CONSTANTS[name]())
        case Negate():
            return lambda done: -done[parts[0]]
        case Binary("+"):
            return lambda done: done[parts[0]] + done[parts[1]]
        case Binary("-"):
            return lambda done: done[parts[0]] - done[parts[1]]
        case Binary("*"):
            return lambda done: done[parts[0]] * done[parts[1]]
        case Binary("/"):
            return lambda done: done[parts[0]] * _inverse(done[parts[1]])
        case Power(_, exponent):
            fraction = rational(exponent)
            if fraction is None:
                return lambda done: _near(done[parts[1]] * _inside(done[parts[0]], ZERO, None).log()).exp()
            return lambda done: _power(done[parts[0]], fraction)
        case Call(("min" | "max") as name):
            return lambda done: _extreme(name, [done[i] for i in parts])
        case Call(name):
            function = FUNCTIONS[name]
            return lambda done: function(done[parts[0]])
    return None


def _always(value: Ball) -> Step:
    constant = arb_series([value], prec=MOST_TERMS)
    return lambda done: constant


@remembered
def taylor_tape(root: Node) -> TaylorTape:
    """The tape of a tree; that of a tree in use is kept."""
    return TaylorTape(root)
