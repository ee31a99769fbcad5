"""Functions that are ratios of polynomials piece by piece: which ratio x/|x| is on an interval."""

from __future__ import annotations

from flint import arb, arb_poly, fmpq, fmpq_poly

from calc.expression.intervals import Ball
from calc.expression.tree import Call, Node, fold, walk
from calc.minima.rational_functions import ONE, NotRational, Ratio, Ratios, as_ratio

KINKED = frozenset(("abs", "sign", "floor", "ceil", "min", "max"))


class _AnyBranch(Ratios):
    """Takes each |.|, floor, max ... for its first argument."""

    def call(self, name: str, *arguments: Ratio) -> Ratio:
        if name not in KINKED:
            raise NotRational
        return arguments[0]


class _OneBranch(Ratios):
    """The algebra of ratios over a ball; raises NotRational where a kink or a step may lie in it."""

    def __init__(self, x: Ball) -> None:
        self.x = x

    def call(self, name: str, *arguments: Ratio) -> Ratio:
        u = arguments[0]
        if name in ("min", "max"):
            for v in arguments[1:]:
                difference = self.binary("-", u, v)
                same = difference.numerator.degree() < 0
                chosen = u if same or (self._sign(difference) > 0) == (name == "max") else v
                u = chosen._replace(divisors=difference.divisors)
            return u
        if name in ("floor", "ceil"):
            value = self._value(u)
            step = (value.floor() if name == "floor" else value.ceil()).unique_fmpz()
            if step is None:
                raise NotRational
            return Ratio(fmpq_poly([step]), ONE, u.divisors)
        if name not in KINKED:
            raise NotRational
        side = self._sign(u)
        return (
            Ratio(side * ONE, ONE, u.divisors) if name == "sign" else u._replace(numerator=side * u.numerator)
        )

    def _value(self, u: Ratio) -> Ball:
        return arb_poly(u.numerator)(self.x) / arb_poly(u.denominator)(self.x)

    def _sign(self, u: Ratio) -> int:
        value = self._value(u)
        if not (value > 0 or value < 0):
            raise NotRational
        return 1 if value > 0 else -1


def has_branches(root: Node) -> bool:
    """Whether the function is a ratio of polynomials wherever it has no kink; steps alone need no branches."""
    if as_ratio(root) is not None or all(
        node.name in ("floor", "ceil") for node in walk(root) if isinstance(node, Call)
    ):
        return False
    try:
        fold(root, _AnyBranch())
    except NotRational:
        return False
    return True


def branch(root: Node, low: fmpq, high: fmpq) -> Ratio | None:
    """The ratio that f is on [low, high]; None if it may be more than one."""
    try:
        return fold(root, _OneBranch(arb(low).union(arb(high))))
    except NotRational:
        return None
