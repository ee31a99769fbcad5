"""What a part of f may be on one side of a place: a series, or something of which a limit is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from flint import arb, fmpq

from calc.expansions.numbers import Number, Unsettled, is_zero, sign
from calc.expansions.series import Series
from calc.expression.intervals import INFINITE, MINUS_INFINITE, Ball

EXACT_ZERO, EXACT_ONE = fmpq(0), fmpq(1)


class Outside(Exception):
    """The function has no value anywhere on the side."""


class Finer(Exception):
    """t has to be a root of higher degree, given as the argument."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is proved of f on one side of c, up to the distance asked for.

    Attributes:
        limit: of f(x) for x towards c; infinite balls for poles.
        slope: the limit of (f(x) - limit)/(x - c); None if it is not known.
        direction: 1 if f strictly rises with x on all of the side, -1 if it falls, 0 if it is constant; None if
            it is not known.
        continuous: f(c), where it has a value, is known to be the limit.
        analytic: f is known to be a Laurent series around c, the same on both sides.
    """

    limit: Number
    slope: Number | None
    direction: int | None
    continuous: bool = True
    analytic: bool = False


@dataclass(slots=True)
class Expansion:
    """factor t^order g(t).

    Attributes:
        at: the Taylor coefficients of g at 0; `over`: enclosures of those at each t of the side.
        vanishes: the part is 0 on all of the side.
        factor: a positive number, as e^2 of e^(2 + t), kept apart so that the coefficients stay exact; None for 1.
    """

    order: int | fmpq
    at: Series
    over: list[Ball]
    vanishes: bool = False
    factor: Ball | None = None


class Lead(NamedTuple):
    """The leading term factor t^order (ln t)^logs."""

    order: Any
    logs: int
    factor: Number

    @property
    def limit(self) -> Number:
        if self.order > 0 or (self.order == 0 and self.logs < 0):
            return EXACT_ZERO
        if self.order == 0 and self.logs == 0:
            return self.factor
        return INFINITE if sign(self.factor) * (-1) ** self.logs > 0 else MINUS_INFINITE


class Exponential(NamedTuple):
    """sign e^u; `logs`: a_m of the sum of all a_m (ln t)^m that u is."""

    sign: int
    logs: list[Expansion]


@dataclass(slots=True)
class Limit:
    """A part of which a limit is known, not a series.

    Attributes:
        to: the limit.
        leading: the term that it behaves like.
        direction: the sign of its derivative by t on all of the side, None if it is not known.
        logs: a_m of the sum of all a_m (ln t)^m that it is.
        exponential: the same part written as sign e^u.
        approach: the term that the part less its limit behaves like.
        side: its sign on all of the side.
    """

    to: Number
    leading: Lead | None = None
    direction: int | None = None
    logs: list[Expansion] | None = None
    exponential: Exponential | None = None
    approach: Lead | None = None
    side: int | None = None


Part: TypeAlias = Expansion | Limit


def expansion(order: int | fmpq, at: Series, over: list[Ball], factor: Ball | None = None) -> Expansion:
    """An expansion, seen to vanish where g is 0 at 0 and its slope is 0 everywhere."""
    vanishes = all(map(is_zero, at)) and all(map(is_zero, over[1:])) and len(over) > 1
    return Expansion(order, at, over, vanishes, factor)


def check_finite(*lists: Series) -> None:
    if any(isinstance(c, arb) and not c.is_finite() for each in lists for c in each):
        raise Unsettled("a bound that is infinite")
