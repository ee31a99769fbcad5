"""Functions of parts: of series, of poles, of limits, and at the edges of their domains."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from calc.expansions import numbers
from calc.expansions.arithmetic import Arithmetic
from calc.expansions.numbers import Number, Unsettled, function, is_infinite, is_zero, sign
from calc.expansions.parts import EXACT_ONE, EXACT_ZERO, Expansion, Limit, Outside, Part
from calc.expression.intervals import INFINITE

INCREASING = ("atan", "tanh", "sinh", "asinh")
"""Functions that are defined everywhere and rise."""


class Functions(Arithmetic):
    """The functions of parts."""

    def function(self, name: str, u: Part) -> Part:
        """A function that is smooth wherever it is defined."""
        if isinstance(u, Expansion) and u.order < 0:
            u = self.normal(u)
        if isinstance(u, Limit) or u.order < 0:
            self.broken = True
            return self.exponential(1, u) if name == "exp" else self.far(name, u)
        return self.composed(name, u)

    def general_power(self, base: Part, exponent: Part) -> Part:
        """a^b = exp(b ln a), with the exact value where b is a fraction there."""
        if isinstance(base, Expansion) and base.vanishes:
            side = self.sign(exponent)
            if side < 0:
                raise Outside
            # 0^b is 0 beside a place at which 0^0 is 1.
            self.broken = self.stepped = True
            return self.constant(EXACT_ZERO if side else EXACT_ONE)
        found = self.function("exp", self.product(exponent, self.ln(base)))
        a, b = self.limit(base), self.limit(exponent)
        if isinstance(found, Limit):
            self.stepped |= is_zero(a) and is_zero(b) and not is_zero(found.to - 1)
        elif isinstance(a, fmpq) and isinstance(b, fmpq) and a != 0:
            found = self.series(self.folded(found))
            found.at[0] = numbers.power(a, int(b.p), int(b.q))
        return found

    def far(self, name: str, u: Part) -> Part:
        """A function of a part that is infinite there, or of which a limit is known only."""
        to = self.limit(u)
        rises = self.direction(u) if name in INCREASING else None
        if not is_infinite(to):
            if name == "atanh":
                raise Unsettled("atanh of a limit")
            return Limit(function(name, to), None, rises)
        up = sign(to)
        if name == "atan" and isinstance(u, Expansion):
            # atan u = +-pi/2 - atan(1/u)
            inverse = self.composed("atan", self.series(self.inverse(u)))
            return self.sum(self.constant(numbers.pi_times(fmpq(up, 2))), self.scaled(-EXACT_ONE, inverse))
        limits: dict[str, Number] = {
            "atan": numbers.pi_times(fmpq(up, 2)),
            "tanh": fmpq(up),
            "sinh": to,
            "asinh": to,
            "cosh": INFINITE,
        }
        if name not in limits:
            raise Unsettled(f"{name} of what grows without bound")
        return Limit(limits[name], None, rises)

    def inverse_function(self, name: str, u: Part) -> Part:
        """asin, acos and acosh, also at the edge of their domain, where they are roots of what is left."""
        if isinstance(u, Limit):
            raise Unsettled("an inverse function of a limit")
        to = self.limit(u)
        edges = (EXACT_ONE,) if name == "acosh" else (EXACT_ONE, -EXACT_ONE)
        for edge in edges:
            if isinstance(to, fmpq) and to == edge:
                return self.at_edge(name, u, edge)
        if self.outside(name, u):
            raise Outside
        return self.composed(name, u)

    def outside(self, name: str, u: Expansion) -> bool:
        """Whether u lies outside the domain on all of the side."""
        if u.order < 0:
            if name == "acosh" and self.sign(u) > 0:
                raise Unsettled("acosh of what grows without bound")
            u = self.series(self.inverse(u))
            if name == "acosh" or abs(self.lowered(u, 0)[1][0]) < 1:
                return True
            raise Unsettled("the edge of a domain")
        bound = self.lowered(u, 0)[1][0]
        if name == "acosh":
            return sign(bound - 1) < 0
        return sign(bound - 1) > 0 or sign(bound + 1) < 0

    def at_edge(self, name: str, u: Expansion, edge: fmpq) -> Part:
        """asin u = pi/2 - 2 asin sqrt((1 - u)/2) for u near 1; acosh u = 2 asinh sqrt((u - 1)/2)."""
        self.broken = True
        inward = -1 if name == "acosh" else 1
        left = self.sum(self.constant(EXACT_ONE), self.scaled(-edge, u))
        half = self.power(self.scaled(fmpq(inward, 2), left), Fraction(1, 2))
        if isinstance(half, Limit):
            raise Unsettled("the edge of a domain")
        arc = self.scaled(fmpq(2), self.composed("asinh" if name == "acosh" else "asin", half))
        if name == "acosh":
            return arc
        quarter = self.constant(numbers.pi_times(fmpq(1, 2)))
        asin = self.scaled(edge, self.sum(quarter, self.scaled(-EXACT_ONE, arc)))
        return asin if name == "asin" else self.sum(quarter, self.scaled(-EXACT_ONE, asin))
