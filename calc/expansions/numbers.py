"""The numbers of an expansion: fractions and a + b pi exactly, all others as balls of Arb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, Union

from flint import arb, fmpq, fmpz

from calc.expression.intervals import FAR, INFINITE, MINUS_INFINITE, Ball
from calc.expression.names import DOMAINS, EVERYWHERE

MOST_BITS = 20_000
"""About 6,000 digits: an operation on them takes about a tenth of a millisecond."""


class Unsettled(Exception):
    """The numbers cannot decide: a sign, an order, whether a part stays in its domain."""


class Undefined(Unsettled):
    """A number has no value for certain: of what is beside it that tells nothing."""


class TooFewTerms(Unsettled):
    """A series begins with more zeros than coefficients were kept."""


@dataclass(frozen=True, slots=True)
class PiNumber:
    """whole + turns * pi with fractions `whole` and `turns`, the latter not 0."""

    whole: fmpq
    turns: fmpq

    @property
    def ball(self) -> Ball:
        return arb(self.whole) + arb(self.turns) * arb.pi()

    def __neg__(self) -> PiNumber:
        return PiNumber(-self.whole, -self.turns)

    def __add__(self, other: Number | int) -> Number:
        if isinstance(other, PiNumber):
            return _number(self.whole + other.whole, self.turns + other.turns)
        if isinstance(other, fmpq | int):
            return PiNumber(self.whole + other, self.turns)
        return self.ball + other

    __radd__ = __add__

    def __sub__(self, other: Number | int) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number | int) -> Number:
        return -self + other

    def __mul__(self, other: Number | int) -> Number:
        if isinstance(other, fmpq | int):
            return _number(self.whole * other, self.turns * other)
        return self.ball * ball(other)

    __rmul__ = __mul__

    def __truediv__(self, other: Number | int) -> Number:
        if isinstance(other, fmpq | int):
            return PiNumber(self.whole / other, self.turns / other)
        if isinstance(other, PiNumber) and self.whole * other.turns == other.whole * self.turns:
            return self.turns / other.turns
        return self.ball / ball(other)

    def __rtruediv__(self, other: Number | int) -> Number:
        return other / self.ball


Number: TypeAlias = Union[fmpq, PiNumber, Ball]  # noqa: UP007 (a string in a union needs it)


def _number(whole: fmpq, turns: fmpq) -> Number:
    return PiNumber(whole, turns) if turns != 0 else whole


def pi_times(turns: fmpq) -> Number:
    """turns * pi."""
    return _number(fmpq(0), turns)


def ball(a: Number | int) -> Ball:
    """A ball that holds the number."""
    return a.ball if isinstance(a, PiNumber) else a if isinstance(a, arb) else arb(a)


def ends(a: Number) -> tuple[fmpq, fmpq]:
    """Fractions between which the number lies: itself where it is one."""
    if isinstance(a, fmpq):
        return a, a
    around = ball(a)
    return around.lower().fmpq(), around.upper().fmpq()


def is_exact(a: Number) -> bool:
    return not isinstance(a, arb) or a.is_exact()


def is_zero(a: Number) -> bool:
    """Whether it is known to be 0."""
    return not isinstance(a, PiNumber) and bool(a == 0)


def is_infinite(a: Number) -> bool:
    return isinstance(a, arb) and a in (INFINITE, MINUS_INFINITE)


def sign(a: Number) -> int:
    """-1, 0 or 1; raises Unsettled."""
    if is_zero(a):
        return 0
    a = ball(a)
    if a > 0:
        return 1
    if a < 0:
        return -1
    raise Unsettled("a number that cannot be told from 0")


def equal(a: Number, b: Number) -> bool:
    """Whether two numbers are one; raises Unsettled."""
    if is_infinite(a) or is_infinite(b):
        return bool(ball(a) == ball(b))
    return a is b or sign(a - b) == 0


def whole_root(a: fmpq, degree: int) -> fmpq | None:
    """The exact root of a fraction from 0 on, where it is one."""
    numerator, over = fmpz(a.p).root(degree), fmpz(a.q).root(degree)
    return fmpq(numerator, over) if numerator**degree == a.p and over**degree == a.q else None


def power(a: Number, p: int, q: int) -> Number:
    """The real a^(p/q). Raises Undefined where it has no value, and Unsettled."""
    if p == 0:
        return fmpq(1)
    side = sign(a)
    if (side == 0 and p < 0) or (side < 0 and q % 2 == 0):
        raise Undefined("a power")
    if side == 0:
        return fmpq(0)
    if isinstance(a, fmpq) and max(a.p.bit_length(), a.q.bit_length()) * abs(p) < MOST_BITS:
        base = a if q == 1 else whole_root(abs(a), q)
        if base is not None:
            return base**p * (-1 if q > 1 and side < 0 and p % 2 else 1)
    size = abs(ball(a))
    size = size.root(q) ** p if max(abs(p), q) < MOST_BITS else (size.log() * arb(fmpq(p, q))).exp()
    return size if side > 0 or p % 2 == 0 else -size


# sin(k pi/6); the other multiples are no fractions.
_SINES = {k: fmpq(twice, 2) for k, twice in {0: 0, 1: 1, 3: 2, 5: 1, 6: 0, 7: -1, 9: -2, 11: -1}.items()}


def sin_cos(a: Number) -> tuple[Number, Number]:
    """sin a and cos a, exact where they are fractions of multiples of pi/6."""
    if is_zero(a):
        return fmpq(0), fmpq(1)
    sine, cosine = ball(a).sin_cos()
    if isinstance(a, PiNumber) and a.whole == 0 and (a.turns * 6).q == 1:
        k = int((a.turns * 6).p) % 12
        return _SINES.get(k, sine), _SINES.get((k + 3) % 12, cosine)
    return sine, cosine


# Where an inverse function is a multiple of pi: twice the argument, and twelve times the multiple.
_ARCS = {
    "asin": {-2: -6, -1: -2, 0: 0, 1: 2, 2: 6},
    "acos": {-2: 12, -1: 8, 0: 6, 1: 4, 2: 0},
    "atan": {-2: -3, 0: 0, 2: 3},
}
_AT_ZERO = {"exp": 1, "sinh": 0, "cosh": 1, "tanh": 0, "asinh": 0, "atanh": 0}


def function(name: str, a: Number) -> Number:
    """A function of one number, exact where that is simple. Raises Undefined where it has no value, and Unsettled."""
    if name in ("exp", "sinh", "cosh", "sin", "cos") and not abs(ball(a)) < FAR:
        raise Unsettled("an argument beyond all bounds")
    if name in ("sin", "cos"):
        return sin_cos(a)[name == "cos"]
    if isinstance(a, fmpq):
        if name in _ARCS and (2 * a).q == 1 and int((2 * a).p) in _ARCS[name]:
            return pi_times(fmpq(_ARCS[name][int((2 * a).p)], 12))
        if name in _AT_ZERO and a == 0:
            return fmpq(_AT_ZERO[name])
        if name == "acosh" and a == 1:
            return fmpq(0)
        if name in ("ln", "log2", "log10") and a > 0 and (exact := _logarithm(name, a)) is not None:
            return exact
    low, high, is_open = DOMAINS.get(name, EVERYWHERE)
    for inside in ([] if low is None else [a - low]) + ([] if high is None else [high - a]):
        if sign(inside) < is_open:
            raise Undefined(f"{name} outside its domain")
    b = ball(a)
    if name in ("log2", "log10"):
        found = b.log() / arb(int(name[3:])).log()
    else:
        found = getattr(b, {"ln": "log"}.get(name, name))()
    if not found.is_finite():
        raise Unsettled(f"{name} at the edge of its domain, or beyond all bounds")
    return found


def _logarithm(name: str, a: fmpq) -> fmpq | None:
    """The logarithm where it is whole."""
    if a == 1:
        return fmpq(0)
    if name == "ln":
        return None
    base = int(name[3:])
    k = round(float(arb(a).log() / arb(base).log()))
    return fmpq(k) if abs(k) < 1000 and fmpq(base) ** k == a else None
