"""A cluster of unresolved pieces settled as one place: where exactly it lies, and what f does on either side.

Something can happen only where a part of f is special: where the argument of a root, a logarithm or |.| is 0,
that of floor whole, that of a sine a multiple of pi/2 ... Such places are exact numbers, or certified zeros of
a part whose value there is known exactly. What holds on either side is proved by one-sided expansions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from flint import arb, fmpq

from calc.expansions import Number, Side, Undefined, Unsettled, ball, expand, value_at
from calc.expansions.numbers import pi_times
from calc.expression.enclosures import Enclosure, enclosing, moving
from calc.expression.intervals import INFINITE, MINUS_INFINITE, Ball, Interval
from calc.expression.taylor import Undecided, taylor_series
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, rational, walk
from calc.expression.tree import Number as Literal
from calc.minima.branches import branch
from calc.minima.lines import line
from calc.minima.numbers import simplest
from calc.minima.pieces import Behaviour, Piece, Place
from calc.minima.rational_functions import NotRational, pieces
from calc.minima.zeros import newton

PLACE_DENOMINATOR = 10**6
"""A fraction with a larger one is not what a formula means."""
ROOM = 6
"""Times its width that a cluster is widened on either side: the pieces beside it then need no more halving."""
SHARES = (fmpq(1), fmpq(1, 4), fmpq(1, 32))
"""Of its width, tried in turn: nearer to the place more can be proved, and the rest is halved again."""
MAX_TARGETS = 3
"""Special values of one part in one cluster; with more it is too wide to be one place."""

TINY = arb(2) ** -100
"""Around a place, to see whether f is smooth there: far less than the distance of any two places."""

Targets = Callable[[Interval], list[Number]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where something may happen: a number, and the parts whose value there is known exactly."""

    x: Number
    known: dict[Node, Number] = field(default_factory=dict)


class Places:
    """Settles places of one function on [low, high]."""

    def __init__(self, root: Node, variable: str, low: fmpq, high: fmpq, unit: float) -> None:
        self.root, self.variable, self.low, self.high, self.unit = root, variable, low, high, unit
        self._special = special_parts(root)
        self._quotient = as_quotient(root)
        self._size = sum(1 for _ in walk(root))
        self._cost = 0

    def take_cost(self) -> int:
        """Steps since this was last asked."""
        cost, self._cost = self._cost, 0
        return cost

    def enclosure(self, node: Node, x: Interval) -> Enclosure:
        found = enclosing(node, (self.variable,))
        self._cost += len(found.steps) + 1
        return found(moving(x))

    def settle(self, low: fmpq, high: fmpq, before: fmpq | None, after: fmpq | None) -> Piece:
        """The cluster [low, high], and some room beside it, as one place.

        `before` and `after` are the ends of the neighbouring clusters. Raises Unsettled.
        """
        width = high - low
        left = min(ROOM * width, (low - before) / 3) if before is not None else ROOM * width
        right = min(ROOM * width, (after - high) / 3) if after is not None else ROOM * width
        for candidate in self.candidates(low, high):
            x = ball(candidate.x).mid().fmpq()
            for share in (None, *SHARES):
                a, b = (low - left, high + right) if share is None else (x - share * width, x + share * width)
                a, b = max(a, self.low), min(b, self.high)
                try:
                    return Piece(a, b, Behaviour.PLACE, self.place_at(candidate, a, b))
                except Unsettled:
                    continue
        raise Unsettled("no place was found in the cluster")

    # Where it lies.

    def candidates(self, low: fmpq, high: fmpq) -> Iterator[Candidate]:
        for end in (self.low, self.high):
            if low <= end <= high:
                yield Candidate(end)
        simple = simplest(low, high)
        if simple.q < PLACE_DENOMINATOR and simple not in (self.low, self.high):
            here = self.enclosure(self.root, Interval(arb(simple) - TINY, arb(simple) + TINY))
            # Where f rises, falls or is constant nothing happens.
            if not (here.smooth and (here.first.sign or here.first.is_zero)):
                yield Candidate(simple)
        for part, targets in self._special:
            yield from self._where(part, targets, low, high)

    def _where(self, part: Node, targets: Targets, low: fmpq, high: fmpq) -> Iterator[Candidate]:
        """The places in [low, high] where a part takes one of its special values, and rises or falls."""
        found = self.enclosure(part, Interval(arb(low), arb(high)))
        if not (found.smooth and found.first.sign and found.value.is_bounded):
            return
        for value in targets(found.value)[:MAX_TARGETS]:
            straight = line(part)
            if straight is not None:
                x = (value - straight[1]) / straight[0]
                # Fractions were tried before.
                if arb(low) <= ball(x) <= arb(high) and not (
                    isinstance(x, fmpq) and x == simplest(low, high)
                ):
                    yield Candidate(x, {part: value})
                continue
            root = self.zero(part, value, low, high)
            if root is not None:
                yield Candidate(root, {part: value})

    def zero(self, part: Node, value: Number, low: fmpq, high: fmpq) -> Number | None:
        """Where a part that rises or falls on [low, high] takes a value; None if that is not certain."""
        series = taylor_series(part, self.variable)

        def bounds(a: fmpq, b: fmpq) -> tuple[Ball, Ball]:
            try:
                self._cost += 1
                found = series(arb(a).union(arb(b)), 2)
                return found[0] - ball(value), found[1]
            except Undecided:
                wide = self.enclosure(part, Interval(arb(a), arb(b)))
                return wide.value.ball - ball(value), wide.first.ball

        first, last = bounds(low, low)[0], bounds(high, high)[0]
        if not ((first > 0 and last < 0) or (first < 0 and last > 0)):
            return None
        a, b = newton(bounds, low, high, self.unit, 1 if last > 0 else -1)
        return a if a == b else arb(a).union(arb(b))

    # What holds beside it.

    def place_at(self, candidate: Candidate, low: fmpq, high: fmpq) -> Place:
        """What f does at a candidate and on either side of it, as far as low and high. Raises Unsettled."""
        x = candidate.x
        middle = ball(x)
        inside_left = not (isinstance(x, fmpq) and x <= self.low)
        inside_right = not (isinstance(x, fmpq) and x >= self.high)
        left = self._side(candidate, -1, low) if inside_left else None
        right = self._side(candidate, 1, high) if inside_right else None
        try:
            value: Number | None = value_at(self.root, x, candidate.known)
        except Undefined:
            value = None
        if value is None or left is None or right is None:
            return Place(x, left, right, value)
        if left.analytic and right.analytic:
            return Place(x, left, right, value, smooth=True, continuous=True)
        around = self.enclosure(self.root, Interval(middle - TINY, middle + TINY))
        connected = not (around.undefined or around.jump)
        return Place(x, left, right, value, smooth=connected and not around.corner, continuous=connected)

    def _side(self, candidate: Candidate, side: int, end: fmpq) -> Side | None:
        x = ball(candidate.x)
        self._cost += self._size
        reach = abs(x - arb(end)).upper()
        found = expand(self.root, self.variable, candidate.x, side, reach, candidate.known)
        if found is not None and found.direction is None:
            found = replace(found, direction=self._direction(x, end))
        return found

    def _direction(self, x: Ball, end: fmpq) -> int:
        """The direction by the enclosure of all of the side, the place itself left out."""
        stretch = Interval(x, arb(end), True) if arb(end) > x else Interval(arb(end), x, False, True)
        found = self.enclosure(self.root, stretch)
        if not found.smooth or not (found.first.sign or found.first.is_zero):
            raise Unsettled("the direction on one side")
        return found.first.sign

    # What needs no expansion.

    def on_one_branch(self, low: fmpq, high: fmpq) -> list[Piece] | None:
        """The pieces of [low, high] if f is one ratio of polynomials there, with nothing at its ends."""
        self._cost += self._size
        ratio = branch(self.root, low, high)
        if ratio is None:
            return None
        try:
            found = pieces(ratio, low, high)
        except NotRational:
            return None
        at_ends = any(
            each.what is Behaviour.PLACE and (each.low <= low or each.high >= high) for each in found
        )
        return None if at_ends else found

    def simple_pole(self, low: fmpq, high: fmpq) -> Piece | None:
        """[low, high] as a place, if f is N/D there with N not 0, D with one zero, and (N/D)' of one sign."""
        if self._quotient is None:
            return None
        above, below = self._quotient
        box = arb(low).union(arb(high))
        try:
            d, n = (taylor_series(each, self.variable)(box, 2) for each in (below, above))
        except Undecided:
            return None
        finally:
            self._cost += 2
        slope = n[1] * d[0] - n[0] * d[1]
        if not d[0].contains(0) or any(each.contains(0) for each in (d[1], n[0], slope)):
            return None
        x = self.zero(below, fmpq(0), low, high)
        if x is None:
            return None
        near = (MINUS_INFINITE, INFINITE) if n[0] * d[1] > 0 else (INFINITE, MINUS_INFINITE)
        left, right = (Side(limit, None, 1 if slope > 0 else -1) for limit in near)
        return Piece(low, high, Behaviour.PLACE, Place(x, left, right, None))


def special_parts(root: Node) -> list[tuple[Node, Targets]]:
    """The parts of f whose special values are places, and which of them may lie between two bounds."""
    found: dict[Node, Targets] = {}
    for node in walk(root):
        match node:
            case Call("sin" | "cos" | "tan" | "cot" | "sec" | "csc", (of,)):
                found.setdefault(of, _quarter_turns)
            case Call("asin" | "acos" | "acosh" | "atanh", (of,)):
                found.setdefault(of, _ones)
            case Call("floor" | "ceil", (of,)):
                found.setdefault(of, _whole_numbers)
            case Call("min" | "max", several):
                for i, a in enumerate(several):
                    for b in several[i + 1 :]:
                        found.setdefault(Binary("-", a, b), _nought)
            case Call("abs" | "sign" | "sqrt" | "cbrt" | "ln" | "log2" | "log10", (of,)):
                found.setdefault(of, _nought)
            case Binary("/", _, of) | Power(of, _) if rational(of) is None:
                found.setdefault(of, _nought)
    parts = [(part, targets) for part, targets in found.items() if rational(part) is None]
    # Of lines the places are exact numbers, which say more than balls around zeros.
    return sorted(parts, key=lambda each: line(each[0]) is None)


def _nought(value: Interval) -> list[Number]:
    return [fmpq(0)]


def _ones(value: Interval) -> list[Number]:
    return [fmpq(-1), fmpq(1)]


def _whole_numbers(value: Interval) -> list[Number]:
    return list(_whole_between(value.low, value.high))


def _whole_between(low: Ball, high: Ball) -> list[fmpq]:
    first, last = low.lower().fmpq().ceil(), high.upper().fmpq().floor()
    return [fmpq(k) for k in range(int(first), min(int(last), int(first) + MAX_TARGETS) + 1)]


def _quarter_turns(value: Interval) -> list[Number]:
    half = arb.pi() / 2
    return [pi_times(k / 2) for k in _whole_between(value.low / half, value.high / half)]


def as_quotient(root: Node) -> tuple[Node, Node] | None:
    """(N, D) with f = N/D, undefined exactly where D = 0.

    None if f has no quotient, one within another, or a power of one.
    """
    try:
        above, below = _quotient(root)
    except Unsettled:
        return None
    return None if below is None else (above, below)


def _quotient(node: Node) -> tuple[Node, Node | None]:
    match node:
        case Negate(of):
            above, below = _quotient(of)
            return Negate(above), below
        case Binary("/", left, right) if rational(right) is None:
            (a, b), (c, d) = _quotient(left), _quotient(right)
            if d is not None:
                raise Unsettled("a quotient below a line")
            return a, c if b is None else Binary("*", b, c)
        case Binary("+" | "-" | "*", left, right):
            (a, b), (c, d) = _quotient(left), _quotient(right)
            if node.operator == "*":
                return Binary("*", a, c), _times(b, d)
            a, c = (a if d is None else Binary("*", a, d)), (c if b is None else Binary("*", c, b))
            return Binary(node.operator, a, c), _times(b, d)
        case Call("tan" | "cot" | "sec" | "csc", (of,)):
            sine, cosine = Call("sin", (of,)), Call("cos", (of,))
            numerator: Node = {"tan": sine, "cot": cosine}.get(node.name, Literal("1"))
            return numerator, cosine if node.name in ("tan", "sec") else sine
        case Power(base, exponent) if base != Constant("e"):
            power = rational(exponent)
            above, below = _quotient(base)
            if below is None and power is not None and power < 0:
                return Literal("1"), Power(
                    base, Literal(str(-power)) if power.denominator == 1 else Negate(exponent)
                )
            if below is not None:
                raise Unsettled("a power of a quotient")
    return node, None


def _times(a: Node | None, b: Node | None) -> Node | None:
    return b if a is None else a if b is None else Binary("*", a, b)
