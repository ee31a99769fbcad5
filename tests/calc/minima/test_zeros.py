"""Interval Newton steps: they end, and what they give holds the zero."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.expression import parse_expression
from calc.expression.taylor import Undecided, taylor_series
from calc.minima.zeros import DOUBLE_BITS, MAX_STEPS, SHARP_BITS, newton
from tests.calc.expansions.checks import rational


def bounds_of(text: str) -> Callable[[fmpq, fmpq], tuple[arb, arb]]:
    series = taylor_series(parse_expression(text).root, "x")

    def bounds(low: fmpq, high: fmpq) -> tuple[arb, arb]:
        try:
            found = series(arb(low).union(arb(high)), 2)
        except Undecided:
            return arb.nan(), arb.nan()
        return found[0], found[1]

    return bounds


@pytest.mark.parametrize("bits", [DOUBLE_BITS, SHARP_BITS])
@pytest.mark.parametrize(
    ("text", "low", "high", "zero"),
    [
        *(("x^2 - 2", "0", "3", "sqrt(2)"), ("2 - x^2", "0", "3", "sqrt(2)"), ("e^x - 10", "-5", "9", "ln(10)")),
        *(("cos x", "1", "2", "pi/2"), ("x^3", "-1", "2", "0")),
        *(("x - 1/3", "-1", "1", "1/3"), ("atan(x - 5)", "-50", "90", "5")),
        *(("x^3 - 1e-30", "0", "1", "1e-10"), ("tanh(50(x - 0.1))", "-3", "3", "0.1")),
        *(("x", "0", "1", "0"), ("x", "-1", "0", "0")),
        ("x - 1e15 + 1/3", "0", "1e15", "1e15 - 1/3"),
        *(("ln x", "0.001", "1000", "1"), ("cbrt(x - 0.3)", "0", "1", "0.3")),
    ],
)  # fmt: skip
def test_the_zero_lies_between_the_ends(text: str, low: str, high: str, zero: str, bits: int) -> None:
    first, last = (fmpq(Fraction(end).numerator, Fraction(end).denominator) for end in (low, high))
    rises = -1 if text in ("2 - x^2", "cos x") else 1
    a, b = newton(bounds_of(text), first, last, 1.0, rises, bits)
    with mpmath.workdps(60):
        true = mpmath.mpf(parse_to(zero))
        assert first <= a <= b <= last
        assert rational(a) - mpmath.mpf(10) ** -50 <= true <= rational(b) + mpmath.mpf(10) ** -50
        if not text.startswith("cbrt"):
            assert rational(b) - rational(a) <= mpmath.mpf(2) ** (1 - bits) * max(1, abs(true))


def parse_to(text: str) -> mpmath.mpf:
    from tests.calc.expression.trees import precisely

    return precisely(parse_expression(text).root, {})


@settings(max_examples=100)
@given(
    st.fractions(-100, 100, max_denominator=10**6),
    st.integers(1, 6).map(lambda k: 2 * k - 1),
    st.fractions(Fraction(1, 1000), 50),
    st.fractions(Fraction(1, 1000), 50),
    st.sampled_from((1, -1)),
)
def test_zeros_of_odd_powers_are_held(
    zero: Fraction, power: int, left: Fraction, right: Fraction, rises: int
) -> None:
    """Also those at which the slope is 0 and Newton's step tells nothing."""

    def bounds(low: fmpq, high: fmpq) -> tuple[arb, arb]:
        u = arb(low).union(arb(high)) - arb(fmpq(zero.numerator, zero.denominator))
        return rises * u**power, rises * power * u ** (power - 1)

    ends = [fmpq(end.numerator, end.denominator) for end in (zero - left, zero + right)]
    a, b = newton(bounds, *ends, 1.0, rises)
    true = fmpq(zero.numerator, zero.denominator)
    assert ends[0] <= a <= true <= b <= ends[1]


@pytest.mark.parametrize("what", ["nothing", "wide", "flat", "infinite"])
def test_it_always_ends(what: str) -> None:
    """Also where the bounds tell nothing, or as little each time."""
    calls = 0

    def bounds(low: fmpq, high: fmpq) -> tuple[arb, arb]:
        nonlocal calls
        calls += 1
        return {
            "nothing": (arb.nan(), arb.nan()),
            "wide": (arb(0, 1), arb(1, 2)),
            "flat": (arb(0, 1e-30), arb(0)),
            "infinite": (arb(1), arb.pos_inf()),
        }[what]

    a, b = newton(bounds, fmpq(-1), fmpq(1), 1.0, 1)
    assert -1 <= a <= b <= 1
    assert calls <= 2 * MAX_STEPS
