"""Exact numbers and balls: what is reckoned of them is what mpmath reckons, and exact where that is simple."""

from __future__ import annotations

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expansions import Number, Undefined, Unsettled, ball, is_zero, sign
from calc.expansions import numbers as reckoned
from calc.expansions.numbers import PiNumber, equal, pi_times
from tests.calc.expansions.checks import as_mpf, rational
from tests.calc.expression.members import in_ball

DIGITS = 60
fractions = st.fractions(-20, 20, max_denominator=50).map(lambda a: fmpq(a.numerator, a.denominator))
positive = fractions.filter(lambda a: a > 0)


def pi_numbers() -> st.SearchStrategy[Number]:
    return st.builds(
        lambda whole, turns: PiNumber(whole, turns), fractions, fractions.filter(lambda a: a != 0)
    )


def balls() -> st.SearchStrategy[Number]:
    return st.builds(lambda x, r: arb(x, r), st.floats(-20, 20), st.sampled_from((0.0, 2.0**-80)))


numbers = st.one_of(fractions, pi_numbers(), balls())


def is_close(a: Number, true: mpmath.mpf) -> bool:
    return in_ball(ball(a), true, (1 + abs(true)) * mpmath.mpf(10) ** -50)


@settings(max_examples=60)
@given(numbers, numbers)
def test_arithmetic_is_that_of_real_numbers(a: Number, b: Number) -> None:
    with mpmath.workdps(DIGITS):
        x, y = as_mpf(a), as_mpf(b)
        assert is_close(a + b, x + y)
        assert is_close(a - b, x - y)
        assert is_close(a * b, x * y)
        assert is_close(-a, -x)
        if abs(y) > 1e-9:
            assert is_close(a / b, x / y)
        assert is_close(a + 3, x + 3)
        assert is_close(2 - a, 2 - x)
        assert is_close(a * 2, x * 2)


@settings(max_examples=40)
@given(pi_numbers(), pi_numbers(), fractions)
def test_sums_and_multiples_of_pi_stay_exact(a: PiNumber, b: PiNumber, c: fmpq) -> None:
    assert a - a == 0
    assert (a + b) - b == a
    assert not isinstance(a + b, arb)
    assert not isinstance(a * c, arb)
    assert a / a == 1
    assert (a + c) - c == a
    assert is_zero(a * fmpq(0))
    if c != 0:
        assert (a * c) / c == a
        assert (a * c) / a == c


@given(numbers)
def test_the_sign_is_that_of_the_number_or_unsettled(a: Number) -> None:
    with mpmath.workdps(DIGITS):
        x = as_mpf(a)
        try:
            said = sign(a)
        except Unsettled:
            assert isinstance(a, arb)
            assert a.contains(0)
            return
        assert said == (x > 0) - (x < 0)
        assert not is_zero(a) or x == 0


def test_what_cannot_be_told_from_nought_is_unsettled() -> None:
    for fuzzy in (arb(0, 1e-30), arb(1e-31, 1e-30), arb.nan(), arb(0, 1)):
        with pytest.raises(Unsettled):
            sign(fuzzy)
        assert not is_zero(fuzzy)
    assert sign(arb(0)) == sign(fmpq(0)) == 0
    assert sign(arb.pos_inf()) == 1
    assert sign(PiNumber(fmpq(-355, 113), fmpq(1))) == -1
    assert sign(PiNumber(fmpq(-333, 106), fmpq(1))) == 1


def test_order_and_equality() -> None:
    pi = pi_times(fmpq(1))
    assert equal(pi, pi_times(fmpq(1)))
    assert not equal(pi, fmpq(22, 7))
    assert equal(arb.pos_inf(), arb.pos_inf())
    assert not equal(arb.pos_inf(), arb.neg_inf())
    with pytest.raises(Unsettled):
        equal(arb(1, 1e-30), fmpq(1))


@given(numbers, st.integers(-6, 6), st.integers(1, 5))
def test_powers_are_real_ones(a: Number, p: int, q: int) -> None:
    assume(p != 0)
    reduced = fmpq(p, q)
    p, q = int(reduced.p), int(reduced.q)
    with mpmath.workdps(DIGITS):
        x = as_mpf(a)
        try:
            found: Number | None = reckoned.power(a, p, q)
        except Undefined:
            found = None
        except Unsettled:
            assert not isinstance(a, fmpq)
            return
        if (x < 0 and q % 2 == 0) or (x == 0 and p < 0):
            assert found is None
            return
        size = abs(x) ** (mpmath.mpf(p) / q) if x else mpmath.mpf(0)
        true = -size if x < 0 and p % 2 else size
        assert found is not None
        assert is_close(found, true)


@given(positive, st.integers(-5, 5).filter(bool), st.integers(1, 5))
def test_roots_of_powers_are_exact(a: fmpq, p: int, q: int) -> None:
    assert reckoned.power(a**q, p, q) == a**p
    if q % 2:
        assert reckoned.power(-(a**q), p, q) == (-a) ** p


ANGLES = [fmpq(k, 12) for k in range(-30, 31)]


@pytest.mark.parametrize("turns", ANGLES, ids=str)
def test_sines_of_parts_of_pi(turns: fmpq) -> None:
    with mpmath.workdps(DIGITS):
        sine, cosine = reckoned.sin_cos(pi_times(turns) if turns != 0 else fmpq(0))
        angle = rational(turns) * mpmath.pi
        assert is_close(sine, mpmath.sin(angle))
        assert is_close(cosine, mpmath.cos(angle))
        for found, true in ((sine, mpmath.sin(angle)), (cosine, mpmath.cos(angle))):
            if abs(2 * true - mpmath.nint(2 * true)) < 1e-40:
                assert isinstance(found, fmpq)


@pytest.mark.parametrize(
    "name", ["exp", "ln", "log2", "log10", "sin", "cos", "asin", "acos", "atan", "sinh", "cosh"]
)
@settings(max_examples=30)
@given(a=numbers)
def test_functions(name: str, a: Number) -> None:
    check_function(name, a)


@pytest.mark.parametrize("name", ["tanh", "asinh", "acosh", "atanh", "asin", "acos"])
@settings(max_examples=30)
@given(
    a=st.one_of(
        numbers, st.fractions(-2, 2, max_denominator=4).map(lambda a: fmpq(a.numerator, a.denominator))
    )
)
def test_functions_near_their_edges(name: str, a: Number) -> None:
    check_function(name, a)


def check_function(name: str, a: Number) -> None:
    with mpmath.workdps(DIGITS):
        x = as_mpf(a)
        try:
            true = {"log2": lambda u: mpmath.log(u, 2), "log10": mpmath.log10}.get(
                name, getattr(mpmath, name, None)
            )(x)
        except (ValueError, ZeroDivisionError):
            true = mpmath.nan
        real = isinstance(true, mpmath.mpf) and mpmath.isfinite(true)
        try:
            found: Number | None = reckoned.function(name, a)
        except Undefined:
            found = None
        except Unsettled:
            assert isinstance(a, arb)
            return
        assert (found is not None) == real
        if found is not None:
            assert is_close(found, true)


def test_simple_values_are_exact() -> None:
    half = fmpq(1, 2)
    for name, a, value in (
        *(("asin", half, pi_times(fmpq(1, 6))), ("acos", fmpq(-1), pi_times(fmpq(1)))),
        ("atan", fmpq(1), pi_times(fmpq(1, 4))),
        *(("exp", fmpq(0), fmpq(1)), ("ln", fmpq(1), fmpq(0))),
        *(("log2", fmpq(1, 8), fmpq(-3)), ("log10", fmpq(1000), fmpq(3))),
        *(("acosh", fmpq(1), fmpq(0)), ("cos", pi_times(fmpq(1)), fmpq(-1)), ("sin", pi_times(fmpq(7, 6)), -half)),
    ):  # fmt: skip
        assert reckoned.function(name, a) == value


def test_huge_powers_are_balls() -> None:
    found = reckoned.power(fmpq(3, 2), 10**9, 1)
    assert isinstance(found, arb)
    assert found.is_finite()
