"""The tree read on an interval: bounds of value, slope and curvature, and what may happen there.

Each different part of the tree is read once, in the order of a tape. What a rule bounds it bounds for every
point of the interval; what it cannot exclude it flags.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import NamedTuple, TypeAlias

from flint import arb

from calc.expression import intervals
from calc.expression.intervals import (
    INFINITE,
    LINE,
    MINUS_INFINITE,
    NOTHING,
    ONE,
    UNIT,
    ZERO,
    Ball,
    Interval,
    add,
    clip,
    hull,
    invert,
    multiply,
    negate,
    number,
    point,
    power,
    scale,
    square,
)
from calc.expression.rules import derivatives
from calc.expression.tree import (
    Binary,
    Call,
    Constant,
    Negate,
    Node,
    Number,
    Operator,
    Power,
    Variable,
    children,
    fold,
    rational,
    remembered,
)

TWO = arb(2)
POWERS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}
CONSTANTS: dict[str, Callable[[], Ball]] = {"pi": arb.pi, "e": arb.const_e, "tau": lambda: 2 * arb.pi()}


class Domain(NamedTuple):
    """Where a function of `FUNCTIONS` has values: between two numbers, which belong to it unless `open`."""

    low: Ball | None = None
    high: Ball | None = None
    open: bool = False


DOMAINS = {
    **dict.fromkeys(("ln", "log2", "log10"), Domain(ZERO, None, True)),
    **dict.fromkeys(("asin", "acos"), Domain(-ONE, ONE)),
    "acosh": Domain(ONE),
    "atanh": Domain(-ONE, ONE, True),
}
EVERYWHERE = Domain()
FUNCTIONS: dict[str, Callable[[Interval], Interval]] = {
    name: getattr(intervals, name)
    for name in (
        "exp",
        "ln",
        "sin",
        "cos",
        "sinh",
        "cosh",
        "tanh",
        "asin",
        "acos",
        "atan",
        "asinh",
        "acosh",
        "atanh",
    )
}
FUNCTIONS |= {
    "log2": lambda a: scale(1 / TWO.log(), intervals.ln(a)),
    "log10": lambda a: scale(1 / arb(10).log(), intervals.ln(a)),
    "tan": lambda a: intervals.tan(a, intervals.cos(a)),
}


@dataclass(slots=True, eq=False)
class Enclosure:
    """What is proved of a function f on an interval.

    Attributes:
        value: f(x) lies in it for every x at which f has a value.
        first, second: so do f'(x) and f''(x) wherever they exist.
        undefined: f may lack a value somewhere there; `nowhere`: it has none anywhere there.
        jump: f may be discontinuous somewhere there.
        corner: f may be continuous without a derivative somewhere there.
    """

    value: Interval
    first: Interval
    second: Interval
    undefined: bool = False
    nowhere: bool = False
    jump: bool = False
    corner: bool = False

    @property
    def smooth(self) -> bool:
        """Whether f has a value and a derivative at every point."""
        return not (self.undefined or self.jump or self.corner)

    @property
    def constant(self) -> bool:
        """Whether f is constant where it is defined."""
        return self.first.is_zero and not self.jump and not self.corner


def fixed(value: Ball) -> Enclosure:
    """A constant."""
    return Enclosure(point(value), NOTHING, NOTHING)


def moving(value: Interval) -> Enclosure:
    """The variable itself."""
    return Enclosure(value, UNIT, NOTHING)


def _flagged(found: Enclosure, *parts: Enclosure) -> Enclosure:
    """With all that may happen to its parts."""
    for part in parts:
        found.undefined |= part.undefined
        found.nowhere |= part.nowhere
        found.jump |= part.jump
        found.corner |= part.corner
    return found


def _chain(u: Enclosure, value: Interval, slope: Interval, curvature: Interval) -> Enclosure:
    """f(u) from bounds of f, f' and f'' over u."""
    second = add(multiply(curvature, square(u.first)), multiply(slope, u.second))
    return _flagged(Enclosure(value, multiply(slope, u.first), second), u)


def opposite(u: Enclosure) -> Enclosure:
    return _flagged(Enclosure(negate(u.value), negate(u.first), negate(u.second)), u)


def binary(operator: Operator, a: Enclosure, b: Enclosure) -> Enclosure:
    if operator == "-":
        if a is b:
            return replace(a, value=NOTHING, first=NOTHING, second=NOTHING, jump=False, corner=False)
        operator, b = "+", opposite(b)
    if operator == "+":
        return _flagged(
            Enclosure(add(a.value, b.value), add(a.first, b.first), add(a.second, b.second)), a, b
        )
    if operator == "*":
        return rational_power(a, Fraction(2)) if a is b else _product(a, b)
    return _quotient(a, b)


def _product(a: Enclosure, b: Enclosure) -> Enclosure:
    u, v = a.value, b.value
    first = add(multiply(a.first, v), multiply(u, b.first))
    twice = scale(TWO, multiply(a.first, b.first))
    second = add(add(multiply(a.second, v), twice), multiply(u, b.second))
    return _flagged(Enclosure(multiply(u, v), first, second), a, b)


def _quotient(a: Enclosure, b: Enclosure) -> Enclosure:
    inverse = invert(b.value)
    if a is b:
        found = Enclosure(UNIT, NOTHING, NOTHING, a.undefined, a.nowhere)
    else:
        value = multiply(a.value, inverse)
        first = multiply(add(a.first, negate(multiply(value, b.first))), inverse)
        rest = add(scale(TWO, multiply(first, b.first)), multiply(value, b.second))
        second = multiply(add(a.second, negate(rest)), inverse)
        found = _flagged(Enclosure(value, first, second), a, b)
    found.undefined |= not b.value.sign
    found.nowhere |= b.value.is_zero
    return found


def rational_power(u: Enclosure, exponent: Fraction) -> Enclosure:
    if exponent == 0:
        return replace(u, value=UNIT, first=NOTHING, second=NOTHING, jump=False, corner=False)
    value, undefined, nowhere = u.value, False, False
    if exponent.denominator % 2 == 0 and not (value.sign > 0 or value.low >= 0):
        undefined, nowhere = True, value.sign < 0
        value = UNIT if nowhere else clip(value, ZERO, None)
    if exponent < 0 and not value.sign:
        undefined, nowhere = True, nowhere or value.is_zero
    slope = curvature = NOTHING
    if exponent == 1:
        slope = UNIT
    else:
        slope = scale(number(exponent), power(value, exponent - 1))
        curvature = scale(number(exponent * (exponent - 1)), power(value, exponent - 2))
    found = _chain(u, power(value, exponent), slope, curvature)
    found.undefined |= undefined
    found.nowhere |= nowhere
    found.corner |= exponent < 1 and exponent.denominator > 1 and not value.sign and not u.constant
    return found


def general_power(a: Enclosure, b: Enclosure) -> Enclosure:
    """a^b = exp(b ln a) for a > 0; 0^b is 0 for b > 0, and 0^0 is 1."""
    if a.value.is_zero and b.value.sign > 0:
        return _flagged(fixed(ZERO), a, b)
    logarithm = call("ln", a)
    zero_base = a.value.sign == 0
    if zero_base:
        logarithm.undefined = a.undefined or not (a.value.low >= 0 and b.value.sign > 0)
        logarithm.nowhere = a.nowhere or bool(a.value.high < 0)
        logarithm.corner = True
    found = call("exp", binary("*", b, logarithm))
    if zero_base:
        found.value = hull(found.value, NOTHING if b.value.sign > 0 else Interval(ZERO, ONE))
    return found


def call(name: str, u: Enclosure, *others: Enclosure) -> Enclosure:
    if name in ("min", "max"):
        for other in others:
            u = _extreme(name, u, other)
        return u
    if name in POWERS:
        return rational_power(u, POWERS[name])
    if name == "abs":
        return _absolute(u)
    if name in ("sign", "floor", "ceil"):
        return _step(name, u)
    if name in ("sec", "csc"):
        return binary("/", fixed(ONE), call({"sec": "cos", "csc": "sin"}[name], u))
    if name == "cot":
        return binary("/", call("cos", u), call("sin", u))
    return _smooth_function(name, u)


def _smooth_function(name: str, u: Enclosure) -> Enclosure:
    """A function that is smooth inside its domain."""
    domain = DOMAINS.get(name, EVERYWHERE)
    inside, undefined, nowhere, edge = _within(domain, u.value)
    slope, curvature = _slopes(name)
    found = _chain(u, FUNCTIONS[name](inside), slope(inside), curvature(inside))
    if name == "tan":
        undefined = not intervals.cos(inside).sign
    found.undefined |= undefined
    found.nowhere |= nowhere
    found.corner |= edge and not u.constant
    return found


def _within(domain: Domain, u: Interval) -> tuple[Interval, bool, bool, bool]:
    """The part of u in the domain; whether some of u, or all of it, may lie outside; whether it meets an edge."""
    undefined = nowhere = edge = False
    for bound, end, end_open, beyond in (
        (domain.low, u.low, u.low_open, u.high),
        (domain.high, u.high, u.high_open, u.low),
    ):
        if bound is None:
            continue
        inward = 1 if bound is domain.low else -1
        past, on = bool(inward * end > inward * bound), bool(inward * end >= inward * bound)
        undefined |= not (past or (on and (end_open or not domain.open)))
        gone = inward * beyond
        nowhere |= bool(gone < inward * bound) or (domain.open and bool(gone <= inward * bound))
        edge |= not domain.open and not (past or (on and end_open))
    if nowhere:
        return (point(TWO if domain.high is None else ONE / 2), True, True, False)
    return (clip(u, domain.low, domain.high) if undefined else u), undefined, False, edge


def _absolute(u: Enclosure) -> Enclosure:
    if u.value.sign:
        return u if u.value.sign > 0 else opposite(u)
    # Also where 0 is reached at an end only: the corner may lie there.
    found = _flagged(Enclosure(intervals.absolute(u.value), hull(u.first, negate(u.first)), LINE), u)
    found.corner |= not u.constant
    return found


def _step(name: str, u: Enclosure) -> Enclosure:
    """sign, floor, ceil: flat unless a jump may lie in the interval."""
    value = u.value
    if name == "sign":
        low = ONE if value.sign > 0 else ZERO if value.low >= 0 else -ONE
        high = -ONE if value.sign < 0 else ZERO if value.high <= 0 else ONE
        jump = not value.sign
    else:
        low, high, jump = _whole_steps(name, value)
    jump = jump and not u.constant
    slope = LINE if jump else NOTHING
    found = Enclosure(Interval(low, high), slope, slope, u.undefined, u.nowhere, jump=jump)
    # Where u itself jumps, within one step or not.
    found.jump |= u.jump and not found.value.is_point
    if found.jump:
        found.first = found.second = LINE
    return found


def _whole_steps(name: str, value: Interval) -> tuple[Ball, Ball, bool]:
    """Bounds of floor or ceil, and whether there may be a step at or between them."""
    if not value.is_bounded:
        return MINUS_INFINITE, INFINITE, True
    if name == "ceil":
        low, high, jump = _whole_steps("floor", negate(value))
        return -high, -low, jump
    low, high = value.low.floor().lower(), value.high.floor().upper()
    if value.high_open and value.high == high:
        high = high - 1
    on_step = bool(low == value.low) and not value.low_open
    return low, high, on_step or not bool(low == high)


def _extreme(name: str, a: Enclosure, b: Enclosure) -> Enclosure:
    if a is b:
        return a
    if name == "min":
        return opposite(_extreme("max", opposite(a), opposite(b)))
    if a.value.low > b.value.high or b.value.low > a.value.high:
        chosen = a if a.value.low > b.value.high else b
        undefined, nowhere = a.undefined or b.undefined, a.nowhere or b.nowhere
        return replace(chosen, undefined=undefined, nowhere=nowhere)
    value = Interval(a.value.low.max(b.value.low), a.value.high.max(b.value.high))
    same = a.constant and b.constant and a.value.is_point and b.value.is_point and a.value.low == b.value.low
    found = _flagged(Enclosure(value, hull(a.first, b.first), NOTHING if same else LINE), a, b)
    found.corner |= not same
    return found


Of: TypeAlias = Callable[[Interval], Interval]


class _Values:
    """The algebra of functions from an interval u to an interval: what the rules of differentiation need."""

    def number(self, node: Number) -> Of:
        value = point(number(node.exact))
        return lambda u: value

    def constant(self, name: str) -> Of:
        value = point(CONSTANTS[name]())
        return lambda u: value

    def variable(self, name: str) -> Of:
        return lambda u: u

    def negate(self, of: Of) -> Of:
        return lambda u: negate(of(u))

    def binary(self, operator: Operator, left: Of, right: Of) -> Of:
        if operator == "+":
            return lambda u: add(left(u), right(u))
        if operator == "-":
            return lambda u: add(left(u), negate(right(u)))
        if operator == "*":
            return lambda u: multiply(left(u), right(u))
        return lambda u: multiply(left(u), invert(right(u)))

    def rational_power(self, base: Of, exponent: Fraction) -> Of:
        return lambda u: power(base(u), exponent)

    def power(self, base: Of, exponent: Of) -> Of:
        raise NotImplementedError("no rule has a variable in an exponent")

    def call(self, name: str, *arguments: Of) -> Of:
        (of,) = arguments
        if name in POWERS:
            return lambda u: power(of(u), POWERS[name])
        return lambda u: FUNCTIONS[name](of(u))


@cache
def _slopes(name: str) -> tuple[Of, Of]:
    """The derivatives of a function, as functions of intervals."""
    first, second = (fold(tree, _Values()) for tree in derivatives(name))
    return first, second


Step: TypeAlias = Callable[[list[Enclosure]], Enclosure]


class Tape:
    """A tree as a list of steps, each different part once; called with the enclosure of each variable."""

    def __init__(self, root: Node, variables: Sequence[str]) -> None:
        self.steps: list[Step] = []
        self._variables = len(variables)
        known: dict[Node, int] = {Variable(name): i for i, name in enumerate(variables)}
        self.last = self._place(root, known)

    def __call__(self, *values: Enclosure) -> Enclosure:
        done = list(values)
        for step in self.steps:
            done.append(step(done))
        return done[self.last]

    def _place(self, node: Node, known: dict[Node, int]) -> int:
        """The step of a part, after those of its own parts."""
        if node not in known:
            if isinstance(node, Power) and node.base == Constant("e"):
                known[node] = self._place(Call("exp", (node.exponent,)), known)
                return known[node]
            exact = rational(node)
            inner = [] if exact is not None else [c for c in children(node) if not _is_exponent(c, node)]
            step = _step_of(node, exact, [self._place(child, known) for child in inner])
            self.steps.append(step)
            known[node] = self._variables + len(self.steps) - 1
        return known[node]


def _step_of(node: Node, exact: Fraction | None, parts: list[int]) -> Step:
    if exact is not None:
        return _always(fixed(number(exact)))
    match node:
        case Constant(name):
            return _always(fixed(CONSTANTS[name]()))
        case Negate():
            return lambda done: opposite(done[parts[0]])
        case Binary(operator):
            return lambda done: binary(operator, done[parts[0]], done[parts[1]])
        case Call(name):
            return lambda done: call(name, *(done[i] for i in parts))
        case Power(_, exponent):
            fraction = rational(exponent)
            if fraction is None:
                return lambda done: general_power(done[parts[0]], done[parts[1]])
            return lambda done: rational_power(done[parts[0]], fraction)
    raise NotImplementedError(f"no reading of {node!r}")


def _always(constant: Enclosure) -> Step:
    return lambda done: constant


def _is_exponent(child: Node, node: Node) -> bool:
    return isinstance(node, Power) and child is node.exponent and rational(child) is not None


@remembered
def tape(root: Node, variables: tuple[str, ...]) -> Tape:
    """The tape of a tree; that of a tree in use is kept."""
    return Tape(root, variables)


def enclose(root: Node, variable: str, low: float, high: float) -> Enclosure:
    """f over [low, high]. Raises ValueError for low > high and for ends that are not finite."""
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("the ends of an interval are finite numbers")
    if low > high:
        raise ValueError("an interval begins at its lower end")
    return tape(root, (variable,))(moving(Interval(arb(low), arb(high))))


def undefined_at(root: Node, variables: tuple[str, ...], values: Sequence[float]) -> bool:
    """Whether a function of several variables certainly has no value at a point."""
    return tape(root, variables)(*(fixed(arb(value)) for value in values)).nowhere
