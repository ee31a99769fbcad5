"""The tree read on Taylor series over balls, all of it in Arb: a first try, ten times as fast as enclosures.

Where a part may be undefined, or have a corner or a jump, or a bound is lost, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb, fmpq
from flint import arb_series as Series

from calc.expression.enclosures import CONSTANTS
from calc.expression.intervals import FAR, Ball, number
from calc.expression.names import DOMAINS, EVERYWHERE, POWERS
from calc.expression.steps import Steps
from calc.expression.tree import Node, Number, Operator, remembered

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


def _constant(value: Ball) -> Series:
    return Series([value], prec=MOST_TERMS)


def _inside(name: str, u: Series) -> Series:
    """For functions that are smooth inside their domain."""
    low, high, _ = DOMAINS.get(name, EVERYWHERE)
    if (low is not None and not u[0] > low) or (high is not None and not u[0] < high):
        raise Undecided
    return u


def _whole(step: Ball, u: Series) -> Series:
    """A part whose step is a whole number, without another one on the ball."""
    k = step.unique_fmpz()
    if u[0].contains_integer() or k is None:
        raise Undecided
    return _constant(arb(k))


FUNCTIONS: dict[str, Callable[[Series], Series]] = {
    "exp": lambda u: _near(u).exp(),
    "ln": Series.log,
    "log2": lambda u: u.log() / arb(2).log(),
    "log10": lambda u: u.log() / arb(10).log(),
    "sin": lambda u: _near(u).sin(),
    "cos": lambda u: _near(u).cos(),
    "tan": lambda u: u.sin() * _inverse(_near(u).cos()),
    "cot": lambda u: u.cos() * _inverse(_near(u).sin()),
    "sec": lambda u: _inverse(_near(u).cos()),
    "csc": lambda u: _inverse(_near(u).sin()),
    "sinh": lambda u: (_near(u).exp() - (-u).exp()) / 2,
    "cosh": lambda u: (_near(u).exp() + (-u).exp()) / 2,
    "tanh": lambda u: 1 - 2 / (1 + _near(2 * u).exp()),
    "asin": Series.asin,
    "acos": Series.acos,
    "atan": Series.atan,
    "asinh": lambda u: (u + (u * u + 1).sqrt()).log(),
    "acosh": lambda u: (u + (u * u - 1).sqrt()).log(),
    "atanh": lambda u: ((1 + u) / (1 - u)).log() / 2,
    "abs": lambda u: u if _sign(u) > 0 else -u,
    "sign": lambda u: _constant(arb(_sign(u))),
    "floor": lambda u: _whole(u[0].floor(), u),
    "ceil": lambda u: _whole(u[0].ceil(), u),
}


class _Series:
    """The algebra of Taylor series over a ball."""

    def number(self, node: Number) -> Series:
        return _constant(number(node.exact))

    def constant(self, name: str) -> Series:
        return _constant(CONSTANTS[name]())

    def variable(self, name: str) -> Series:
        raise NotImplementedError("the variable has a place")

    def negate(self, of: Series) -> Series:
        return -of

    def binary(self, operator: Operator, left: Series, right: Series) -> Series:
        if operator == "*":
            return left * right
        if operator == "+":
            return left + right
        return left - right if operator == "-" else left * _inverse(right)

    def rational_power(self, base: Series, exponent: Fraction) -> Series:
        p, q = exponent.numerator, exponent.denominator
        if p == 0 or abs(p) > MAX_POWER:
            raise Undecided
        if p < 0:
            return _inverse(self.rational_power(base, -exponent))
        if q == 1:
            return base * base if p == 2 else base**p
        side = _sign(base)
        if side < 0 and q % 2 == 0:
            raise Undecided
        size = base if side > 0 else -base
        found = size.sqrt() ** p if q == 2 else (arb(fmpq(p, q)) * size.log()).exp()
        return found if side > 0 or p % 2 == 0 else -found

    def power(self, base: Series, exponent: Series) -> Series:
        return _near(exponent * _inside("ln", base).log()).exp()

    def call(self, name: str, *arguments: Series) -> Series:
        u = arguments[0]
        if name in ("min", "max"):
            return _extreme(name, arguments)
        return self.rational_power(u, POWERS[name]) if name in POWERS else FUNCTIONS[name](_inside(name, u))


def _extreme(name: str, several: tuple[Series, ...]) -> Series:
    best = several[0]
    for other in several[1:]:
        if best is not other:
            best = best if (_sign(best - other) > 0) == (name == "max") else other
    return best


class TaylorSeries:
    """Taylor series of a function of one variable. Holds no nodes."""

    def __init__(self, root: Node, variable: str) -> None:
        self._steps = Steps(root, (variable,), _Series())

    def __call__(self, x: Ball, terms: int) -> Series:
        """Taylor coefficients of f at each point of the ball x, `terms` of them.

        Raises Undecided where one of them may not exist.
        """
        try:
            found = self._steps(Series([x, 1], prec=terms))
        except (ValueError, ZeroDivisionError) as error:
            raise Undecided from error
        if not all(found[k].is_finite() for k in range(terms)):
            raise Undecided
        return found


@remembered
def taylor_series(root: Node, variable: str) -> TaylorSeries:
    """A tree as a function of balls; that of a tree in use is kept."""
    return TaylorSeries(root, variable)
