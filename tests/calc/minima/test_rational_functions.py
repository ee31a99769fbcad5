"""Ratios of polynomials: the pieces are cut at all zeros of the slope, poles and holes, as SymPy knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import mpmath
import numpy as np
import pytest
import sympy
from flint import fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expansions import ball
from calc.expression import parse_expression
from calc.minima import find
from calc.minima.pieces import Behaviour, Piece
from calc.minima.rational_functions import MAX_DEGREE, NotRational, as_ratio, pieces
from tests.calc.expansions.checks import as_mpf, rational

X = sympy.Symbol("x")
LOW, HIGH = fmpq(-10), fmpq(10)
TINY = mpmath.mpf(10) ** -50
coefficients = st.lists(st.integers(-9, 9), min_size=1, max_size=6).filter(lambda a: a[-1] != 0)
zeros = st.lists(st.tuples(st.fractions(-5, 5, max_denominator=7), st.integers(1, 3)), max_size=3)


def written(a: list[int]) -> str:
    return " + ".join(f"({c})x^{k}" for k, c in enumerate(a))


def factored(some: list[tuple[Fraction, int]]) -> str:
    return "".join(f"(x - ({zero}))^{times}" for zero, times in some) or "1"


class Zero(NamedTuple):
    x: mpmath.mpf
    exact: fmpq | None


def real_zeros(polynomial: sympy.Poly) -> list[Zero]:
    """Those in [-10, 10], each once: by mpmath, of the square-free part; exact where they are fractions."""
    if polynomial.is_zero or polynomial.degree() < 1:
        return []
    part = polynomial.sqf_part()
    exact = [fmpq(int(root.p), int(root.q)) for root in part.ground_roots()]
    with mpmath.workdps(120):
        roots = mpmath.polyroots([whole(c) for c in part.all_coeffs()], maxsteps=500, extraprec=400)
    found = []
    for root in roots:
        if abs(mpmath.im(root)) < mpmath.mpf(10) ** -60 and abs(mpmath.re(root)) <= 10:
            x = mpmath.re(root)
            near = [each for each in exact if abs(rational(each) - x) < mpmath.mpf(10) ** -60]
            found.append(Zero(x, near[0] if near else None))
    return found


def whole(c: sympy.Rational) -> mpmath.mpf:
    return mpmath.mpf(int(c.p)) / int(c.q)


def at(polynomial: sympy.Poly, x: mpmath.mpf) -> mpmath.mpf:
    return mpmath.polyval([whole(c) for c in polynomial.all_coeffs()], x)


def check(text: str, holes: Sequence[Fraction] = ()) -> None:
    expression = parse_expression(text)
    ratio = as_ratio(expression.root)
    assert ratio is not None
    formula = expression.to_sympy().subs(sympy.Symbol("x", real=True), X)
    above, below = (sympy.Poly(part, X) for part in sympy.fraction(sympy.cancel(formula)))
    slope = above.diff() * below - above * below.diff()
    poles = real_zeros(below)
    wanted = {as_key(zero): zero for zero in (*real_zeros(slope), *poles)}
    for hole in holes:
        zero = Zero(rational(hole), fmpq(hole.numerator, hole.denominator))
        wanted[as_key(zero)] = zero
    found = pieces(ratio, LOW, HIGH)
    assert (found[0].low, found[-1].high) == (LOW, HIGH)
    assert all(a.high == b.low for a, b in pairwise(found))
    places = [piece for piece in found if piece.what is Behaviour.PLACE]
    assert len(places) == len(wanted)
    at_poles = {as_key(zero) for zero in poles}
    for piece, (key, true) in zip(places, sorted(wanted.items()), strict=True):
        place = piece.place
        assert abs(as_mpf(place.x) - true.x) < mpmath.mpf(10) ** -30
        assert rational(piece.low) - TINY <= true.x <= rational(piece.high) + TINY
        assert true.exact is None or place.x == true.exact
        assert (place.value is None) == (
            key in at_poles or true.exact in [fmpq(h.numerator, h.denominator) for h in holes]
        )
        for side in (place.left, place.right):
            assert side is None or ball(side.limit).is_finite() == (key not in at_poles)
        if key not in at_poles:
            value = at(above, true.x) / at(below, true.x)
            limits = [side.limit for side in (place.left, place.right) if side is not None]
            for number in (*limits, *([] if place.value is None else [place.value])):
                assert abs(as_mpf(number) - value) < mpmath.mpf(10) ** -25 * (1 + abs(value))
            for side in (place.left, place.right):
                steep = at(slope, true.x) / at(below, true.x) ** 2
                assert side is None or abs(as_mpf(side.slope) - steep) < mpmath.mpf(10) ** -20 * (
                    1 + abs(steep)
                )
        check_sides(above, below, piece)
    for piece in found:
        if piece.what is not Behaviour.PLACE:
            middle = at(slope, rational((piece.low + piece.high) / 2))
            assert piece.what is Behaviour((middle > 0) - (middle < 0))


def as_key(zero: Zero) -> int:
    """The same for the same zero."""
    return int(mpmath.nint(zero.x * 10**20))


def check_sides(above: sympy.Poly, below: sympy.Poly, piece: Piece) -> None:
    """The directions beside a place, by values near it; the poles' signs."""
    for side, said in ((-1, piece.place.left), (1, piece.place.right)):
        if said is None:
            continue
        near = [as_mpf(piece.place.x) + side * mpmath.mpf(10) ** -k for k in (9, 7)]
        a, b = (at(above, x) / at(below, x) for x in near)
        rises = side * (b - a)
        if abs(rises) > 1e-25 * (abs(a) + abs(b)):
            assert said.direction == (1 if rises > 0 else -1)
        if not ball(said.limit).is_finite():
            assert (ball(said.limit) > 0) == bool(a > 0)


@pytest.fixture(autouse=True)
def _digits() -> Iterator[None]:
    with mpmath.workdps(120):
        yield


@settings(max_examples=40)
@given(coefficients)
def test_polynomials(a: list[int]) -> None:
    check(written(a))


@settings(max_examples=40)
@given(coefficients, coefficients)
def test_ratios(a: list[int], b: list[int]) -> None:
    above, below = sympy.Poly(a[::-1], X), sympy.Poly(b[::-1], X)
    assume(sympy.gcd(above, below).degree() == 0)
    check(f"({written(a)})/({written(b)})")


@settings(max_examples=30)
@given(zeros, zeros)
def test_zeros_and_poles_of_any_multiplicity(above: list, below: list) -> None:
    assume(not {zero for zero, _ in above} & {zero for zero, _ in below})
    check(f"({factored(above)})/({factored(below)})")


@settings(max_examples=30)
@given(coefficients, st.lists(st.fractions(-5, 5, max_denominator=7), min_size=1, max_size=2, unique=True))
def test_common_zeros_are_holes(a: list[int], holes: list[Fraction]) -> None:
    factors = factored([(hole, 1) for hole in holes])
    text = f"({written(a)})({factors})/({factors})"
    check(text, holes)
    for piece in pieces(as_ratio(parse_expression(text).root), LOW, HIGH):
        if piece.place is not None and piece.place.x in [fmpq(h.numerator, h.denominator) for h in holes]:
            assert piece.place.value is None
            assert ball(piece.place.left.limit).is_finite()


@pytest.mark.parametrize("degree", [10, 20, 30, 40])
def test_high_degrees(degree: int) -> None:
    """Chebyshev's polynomials, whose turning points are cosines."""
    chebyshev = sympy.Poly(sympy.chebyshevt(degree, X), X)
    a = [int(c) for c in chebyshev.all_coeffs()[::-1]]
    terms = [f"({c})x^{k}" for k, c in enumerate(a) if c]
    ratio = None
    for term in terms:
        part = as_ratio(parse_expression(term).root)
        above = part.numerator if ratio is None else ratio + part.numerator
        ratio = above
    whole = part._replace(numerator=ratio)
    found = [piece.place for piece in pieces(whole, fmpq(-2), fmpq(2)) if piece.place is not None]
    true = sorted(mpmath.cos(mpmath.pi * k / degree) for k in range(1, degree))
    assert len(found) == degree - 1
    for place, x in zip(found, true, strict=True):
        assert abs(as_mpf(place.x) - x) < mpmath.mpf(10) ** -25
        assert abs(abs(as_mpf(place.value)) - 1) < 1e-12


@pytest.mark.parametrize(
    "text", ["(x - 1)^40", "x^60", "(x^2 - 2)^20", "1/(x^2 - 2)^15", "(x - 1/3)^30 (x + 1/7)^29"]
)
def test_many_equal_zeros_are_one_place(text: str) -> None:
    found = pieces(as_ratio(parse_expression(text).root), LOW, HIGH)
    xs = [float(as_mpf(piece.place.x)) for piece in found if piece.place is not None]
    assert xs == sorted(set(xs))
    assert min(np.diff([-11, *xs, 11])) > 0.1


@pytest.mark.parametrize(
    "text",
    [
        "sin x",
        "x^pi",
        "x^(1/2)",
        "|x|",
        "pi x",
        "e x",
        "x^x",
        "floor x",
        f"x^{MAX_DEGREE + 1}",
        "1/(x - x)",
        "x/0.0",
    ],
)
def test_what_is_no_ratio_is_none(text: str) -> None:
    try:
        root = parse_expression(text).root
    except ValueError:
        return
    assert as_ratio(root) is None


@pytest.mark.parametrize(
    ("text", "undefined"),
    [
        *(
            ("1/(1/x)", [0]),
            ("x/x", [0]),
            ("(x^2 - 1)/(x - 1)", [1]),
            ("x^-1 x^2", [0]),
            ("1/(1 - 1/x)", [0, 1]),
        ),
        *(
            ("(1/x)^0", [0]),
            ("1/x - 1/x", [0]),
            ("1/(1/x - 1/(x - 1))", [0, 1]),
            ("x^0", []),
            ("0/(x - 2)", [2]),
        ),
    ],
)
def test_a_ratio_has_no_value_where_a_divisor_is_nought(text: str, undefined: list[int]) -> None:
    found = pieces(as_ratio(parse_expression(text).root), LOW, HIGH)
    assert [
        piece.place.x for piece in found if piece.place is not None and piece.place.value is None
    ] == undefined


def test_places_at_the_ends_of_the_interval() -> None:
    ratio = as_ratio(parse_expression("x^2").root)
    for low, high in ((0, 1), (-1, 0)):
        found = pieces(ratio, fmpq(low), fmpq(high))
        (place,) = [piece.place for piece in found if piece.place is not None]
        assert (place.left is None) == (low == 0)
        assert (place.right is None) == (high == 0)
    ratio = as_ratio(parse_expression("1/x").root)
    (place,) = [piece.place for piece in pieces(ratio, fmpq(0), fmpq(1)) if piece.place is not None]
    assert place.left is None
    assert ball(place.right.limit) > 0


def test_zeros_nearer_than_rounding_are_told_apart_or_given_up() -> None:
    text = "(x - 1)^2 (x - 1 - 10^-9)^2"
    found = find(parse_expression(text), 0, 2)
    assert [point.kind for point in found.points].count("local minimum") == 2
    assert [point.kind for point in found.points].count("local maximum") == 1
    close = as_ratio(parse_expression("(x^2 - 2)^2 (x^2 - 2 - 1/10^29)^2").root)
    with suppress(NotRational):
        found = pieces(close, fmpq(0), fmpq(2))
        assert len({str(piece.place.x) for piece in found if piece.place is not None}) == 4
