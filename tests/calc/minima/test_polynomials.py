"""Exact zeros of polynomials, against SymPy and against zeros that were multiplied in."""

from fractions import Fraction

import pytest
import sympy
from calc.minima.polynomials import TooLong, gcd, multiply, power, sign, square_free, value, zeros
from hypothesis import given, settings
from hypothesis import strategies as st

LOW, HIGH = Fraction(-10), Fraction(10)
polynomials = st.lists(st.integers(-50, 50), min_size=1, max_size=9).filter(lambda a: a[-1] != 0).map(tuple)
fractions = st.fractions(-9, 9, max_denominator=1000)


@settings(max_examples=150)
@given(polynomials)
def test_the_zeros_are_those_of_sympy(a):
    reference = sympy.Poly(a[::-1], sympy.Symbol("x"))
    expected = [root for root in sorted(set(sympy.real_roots(reference))) if -10 < root < 10]
    found = zeros(a, LOW, HIGH)
    assert len(found) == len(expected)
    for zero, root in zip(found, expected, strict=True):
        assert zero.low <= root <= zero.high
        assert zero.high - zero.low <= 1e-14 * max(1, abs(zero.x))
        assert zero.x == pytest.approx(float(root), rel=1e-14, abs=1e-300)


@settings(max_examples=100)
@given(st.lists(st.tuples(fractions, st.integers(1, 5)), min_size=1, max_size=4, unique_by=lambda z: z[0]))
def test_repeated_zeros_are_found_exactly_and_once(wanted):
    a = (1, 0, 1)
    for zero, times in wanted:
        a = multiply(a, power((-zero.numerator, zero.denominator), times))
    assert [zero.exact for zero in zeros(a, LOW, HIGH)] == sorted(zero for zero, _ in wanted)


def test_zeros_at_the_ends_do_not_count():
    a = multiply(power((-1, 1), 3), (1, 1))
    assert [zero.exact for zero in zeros(a, Fraction(-2), Fraction(1))] == [-1]
    assert zeros(a, Fraction(-1), Fraction(1)) == []
    assert zeros((5,), LOW, HIGH) == zeros((0, 0, 3), Fraction(0), HIGH) == []


def test_wilkinsons_polynomial_and_two_zeros_that_nearly_meet():
    a = (1,)
    for k in range(1, 21):
        a = multiply(a, (-k, 1))
    assert [zero.x for zero in zeros(a, Fraction(0), Fraction(30))] == list(range(1, 21))
    close = multiply((-2, 0, 1), (-2 * 10**60 - 1, 0, 10**60))
    one, other = zeros(close, Fraction(1), Fraction(2))
    assert one.low <= one.high <= other.low <= other.high
    assert sign(close, (one.high + other.low) / 2) < 0


def test_common_factors():
    a, b = multiply((-2, 0, 1), (3, 1)), multiply((-2, 0, 1), (7, 0, 0, 1))
    assert gcd(a, b) in ((-2, 0, 1), (2, 0, -1))
    assert value(square_free(power((-1, 3), 5)), Fraction(1, 3)) == 0
    assert len(square_free(power((-1, 3), 5))) == 2


def test_what_would_take_too_long_is_refused():
    with pytest.raises(TooLong):
        power((1, 1), 5000)
    with pytest.raises(TooLong):
        zeros((1, *range(150)), LOW, HIGH)
