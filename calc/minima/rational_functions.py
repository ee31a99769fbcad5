"""Ratios of polynomials, exactly: all that happens lies at roots of polynomials with whole coefficients."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import NamedTuple

from flint import acb, arb_poly, fmpq, fmpq_poly

from calc.expansions import Number, Side, ball, sign
from calc.expansions.numbers import ends
from calc.expansions.values import fraction
from calc.expression.intervals import INFINITE, MINUS_INFINITE
from calc.expression.tree import Node, Operator, fold, remembered
from calc.expression.tree import Number as Literal
from calc.minima.pieces import Behaviour, Piece, Place

MAX_DEGREE = 60
"""Roots of degree 100 take a tenth of a second that nothing can interrupt."""
MAX_BITS = 3000
"""Of a coefficient; larger ones are slower than intervals."""
X, ONE = fmpq_poly([0, 1]), fmpq_poly([1])


class NotRational(Exception):
    """The function is no ratio of polynomials, or too large a one."""


class Ratio(NamedTuple):
    """numerator/denominator in lowest terms; without a value where the product of all divisors is 0."""

    numerator: fmpq_poly
    denominator: fmpq_poly
    divisors: tuple[fmpq_poly, ...] = ()


class Ratios:
    """The algebra of ratios."""

    def number(self, node: Literal) -> Ratio:
        return Ratio(fmpq_poly([fraction(node.exact)]), ONE)

    def constant(self, name: str) -> Ratio:
        raise NotRational

    def variable(self, name: str) -> Ratio:
        return Ratio(X, ONE)

    def negate(self, of: Ratio) -> Ratio:
        return of._replace(numerator=-of.numerator)

    def binary(self, operator: Operator, left: Ratio, right: Ratio) -> Ratio:
        (a, b), (c, d), divisors = left[:2], right[:2], left.divisors + right.divisors
        if operator in "+-":
            return _reduced(a * d + c * b if operator == "+" else a * d - c * b, b * d, divisors)
        if operator == "*":
            return _reduced(a * c, b * d, divisors)
        if c.degree() < 0:
            raise NotRational
        return _reduced(a * d, b * c, (*divisors, c))

    def rational_power(self, base: Ratio, exponent: Fraction) -> Ratio:
        above, below, divisors = base
        n = abs(exponent.numerator)
        if exponent.denominator != 1 or n * max(above.degree(), below.degree(), 1) > MAX_DEGREE:
            raise NotRational
        if exponent < 0:
            if above.degree() < 0:
                raise NotRational
            above, below, divisors = below, above, (*divisors, above)
        return _reduced(above**n, below**n, divisors)

    def power(self, base: Ratio, exponent: Ratio) -> Ratio:
        raise NotRational

    def call(self, name: str, *arguments: Ratio) -> Ratio:
        raise NotRational


def _reduced(above: fmpq_poly, below: fmpq_poly, divisors: tuple[fmpq_poly, ...]) -> Ratio:
    common = above.gcd(below)
    above, below = above // common, below // common
    for each in (above, below):
        if each.degree() > MAX_DEGREE or (each.degree() >= 0 and each.numer().height_bits() > MAX_BITS):
            raise NotRational
    return Ratio(above, below, divisors)


@remembered
def as_ratio(root: Node) -> Ratio | None:
    """The tree as a ratio of polynomials; None for any other function."""
    try:
        return fold(root, Ratios())
    except NotRational:
        return None


class _Root(NamedTuple):
    """A real root, exactly or within a ball, of an irreducible factor; `of`: of which polynomials it is one."""

    x: Number
    factor: fmpq_poly
    of: frozenset[str]


def pieces(ratio: Ratio, low: fmpq, high: fmpq) -> list[Piece]:
    """[low, high] cut at all zeros of the derivative, poles and holes."""
    above, below, _ = ratio
    slope = above.derivative() * below - above * below.derivative()
    roots = _roots(ratio, slope, low, high)
    found: list[Piece] = []
    edges = [ends(root.x) for root in roots]
    # Between the roots f' has one sign.
    between = [low, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(edges)), high]
    if edges:
        between[0], between[-1] = (low + edges[0][0]) / 2, (edges[-1][1] + high) / 2
    else:
        between = [(low + high) / 2]
    signs = [sign(slope(x)) for x in between]
    start = low
    for k, root in enumerate(roots):
        a, b = max(edges[k][0], low), min(edges[k][1], high)
        if start < a:
            found.append(Piece(start, a, Behaviour(signs[k])))
        sides = [
            _side(ratio, slope, root, side, signs[k + (side > 0)]) if inside else None
            for side, inside in ((-1, low < a), (1, b < high))
        ]
        undefined = root.of & {"poles", "divisors"}
        value = None if undefined else _value(ratio, root)
        found.append(Piece(a, b, Behaviour.PLACE, place=Place(root.x, sides[0], sides[1], value)))
        start = b
    if start < high:
        found.append(Piece(start, high, Behaviour(signs[-1])))
    return found


def _roots(ratio: Ratio, slope: fmpq_poly, low: fmpq, high: fmpq) -> list[_Root]:
    """All places in [low, high] where something happens, in order."""
    factors: dict[str, tuple[fmpq_poly, set[str]]] = {}
    named = [("slope", slope), ("poles", ratio.denominator), *(("divisors", each) for each in ratio.divisors)]
    for name, polynomial in named:
        if polynomial.degree() > 0:
            for whole, _ in polynomial.numer().factor()[1]:
                factors.setdefault(str(whole), (fmpq_poly(whole), set()))[1].add(name)
    found = []
    for factor, names in factors.values():
        if factor.degree() == 1:
            places: list[Number] = [-factor[0] / factor[1]]
        else:
            everywhere: list[tuple[acb, int]] = factor.numer().complex_roots()  # type: ignore[assignment]
            places = [root.real for root, _ in everywhere if root.imag == 0]
        found += [_Root(x, factor, frozenset(names)) for x in places]
    found = [root for root in found if ends(root.x)[1] >= low and ends(root.x)[0] <= high]
    found.sort(key=lambda root: ends(root.x)[0])
    stops = [low, *(end for root in found for end in ends(root.x)), high]
    # Balls that overlap, or lie over an end of the interval: 128 bits cannot tell.
    if stops != sorted(stops) or any(ends(a.x)[1] == ends(b.x)[0] for a, b in itertools.pairwise(found)):
        raise NotRational
    return found


def _value(ratio: Ratio, root: _Root) -> Number:
    """f at a root, exactly where it is a fraction: at all roots of one factor the same."""
    above, below, _ = ratio
    if isinstance(root.x, fmpq):
        return above(root.x) / below(root.x)
    common, inverse, _ = below.xgcd(root.factor)
    if common.degree() == 0:
        residue = (above * inverse / common[0]) % root.factor
        if residue.degree() < 1:
            return residue[0]
    return arb_poly(above)(ball(root.x)) / arb_poly(below)(ball(root.x))


def _side(ratio: Ratio, slope: fmpq_poly, root: _Root, side: int, direction: int) -> Side:
    """What is known beside a root; f has the limit of its value even where a divisor is 0."""
    if "poles" in root.of:
        return Side(INFINITE if direction == side * -1 else MINUS_INFINITE, None, direction, analytic=True)
    steep: Number = fmpq(0)
    if "slope" not in root.of and slope.degree() >= 0:
        steep = _value(Ratio(slope, ratio.denominator**2), root)
    return Side(_value(ratio, root), steep, direction, analytic=True)
