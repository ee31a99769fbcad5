"""Whatever is reckoned of members of intervals lies in what the intervals give, and no end is called open falsely."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expression import intervals
from calc.expression.intervals import (
    INFINITE,
    LARGEST,
    LINE,
    MINUS_INFINITE,
    ONE,
    ONLY_ONE,
    ONLY_ZERO,
    ZERO,
    Interval,
    clip,
    hull,
    invert,
    point,
    power,
    square,
)
from tests.calc.expression.members import exact, floats, holds, members, rim

PRECISE = 5000
"""Bits for sums of 1e300 and 5e-324, exactly."""
EDGES = st.one_of(
    st.sampled_from((-1.0, 1.0, 0.0, 1 - 2**-53, 1 + 2**-52, -1 + 2**-53, 5e-324, 0.5)), st.floats(-2, 4)
)


def is_sound(found: Interval) -> bool:
    """What holds of every interval: no nan, an infinite end is open, the sign is that of the ends."""
    low, high = found.low, found.high
    assert not low.is_nan()
    assert not high.is_nan()
    assert low.is_finite() or (low < 0 and found.low_open)
    assert high.is_finite() or (high > 0 and found.high_open)
    assert not (found.sign > 0 and high < 0)
    assert not (found.sign < 0 and low > 0)
    return True


# Arithmetic, exactly.


@settings(max_examples=500)
@given(members(), members())
def test_sums_and_products_hold_those_of_members(one: Any, other: Any) -> None:
    (a, x), (b, y) = one, other
    with mpmath.workprec(PRECISE):
        for found, value in (
            (a + b, x + y),
            (a - b, x - y),
            (a * b, x * y),
            (b * a, x * y),
            (-a, -x),
            (square(a), x * x),
            (intervals.absolute(a), abs(x)),
            (hull(a, b), x),
            (hull(b, a), x),
        ):
            assert is_sound(found)
            assert holds(found, value), (found, value)


@settings(max_examples=300)
@given(members(), floats)
def test_the_inverse_of_a_member_lies_in_the_inverse(one: Any, factor: float) -> None:
    a, x = one
    with mpmath.workprec(PRECISE):
        assert holds(arb(factor) * a, mpmath.mpf(factor) * x)
        assume(x != 0)
        found, value = invert(a), 1 / x
        assert is_sound(found)
        assert holds(found, value, abs(value) / 2**4900)


@settings(max_examples=200)
@given(members(), EDGES)
def test_clipping_keeps_what_lies_between_the_bounds(one: Any, bound: float) -> None:
    a, x = one
    with mpmath.workprec(PRECISE):
        if x >= bound:
            assert holds(clip(a, arb(bound), None), x)
        if x <= bound:
            assert holds(clip(a, None, arb(bound)), x)


# Powers and functions, to 100 digits.


def real_power(x: mpmath.mpf, exponent: Fraction) -> mpmath.mpf | None:
    p, q = exponent.numerator, exponent.denominator
    if (x < 0 and q % 2 == 0) or (x == 0 and p < 0):
        return None
    size = abs(x) ** (mpmath.mpf(p) / q) if x else mpmath.mpf(p == 0)
    return -size if x < 0 and p % 2 else size


@settings(max_examples=500)
@given(
    members(),
    st.builds(Fraction, st.integers(-5, 7), st.integers(1, 6)) | st.sampled_from([Fraction(101, 100)]),
)
def test_powers_hold_those_of_members(one: Any, exponent: Fraction) -> None:
    a, x = one
    if exponent.denominator % 2 == 0:
        a, x = clip(a, ZERO, None), abs(x)
        assume(rim(a.low)[0] <= x and rim(a.high)[1] >= x and holds(a, x))
    with mpmath.workdps(100):
        value = real_power(x, exponent)
        assume(value is not None)
        found = power(a, exponent)
        assert is_sound(found)
        assert holds(found, value, abs(value) * mpmath.mpf(10) ** -95), (a, x, found)


def huge_safe(name: str, x: mpmath.mpf) -> mpmath.mpf | None:
    """The function to the precision set; None outside its domain, or where mpmath would reckon for ever."""
    if name in ("exp", "sinh", "cosh") and abs(x) > 1e12:
        return None
    if name in ("sin", "cos", "tan") and abs(x) > 1e100:
        return None
    if name == "tan":
        return mpmath.tan(x)
    try:
        value = getattr(mpmath, name)(x)
    except (ValueError, ZeroDivisionError):
        return None
    return value if isinstance(value, mpmath.mpf) and mpmath.isfinite(value) else None


FUNCTIONS: dict[str, Callable[[Interval], Interval]] = {
    name: getattr(intervals, name)
    for name in ("exp", "ln", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "asin", "acos", "acosh", "atanh")
}  # fmt: skip
FUNCTIONS["tan"] = intervals.tan
DOMAINS = {
    "ln": (0.0, None),
    "asin": (-1.0, 1.0),
    "acos": (-1.0, 1.0),
    "acosh": (1.0, None),
    "atanh": (-1.0, 1.0),
}


@settings(max_examples=400)
@given(members(floats | EDGES))
def test_functions_hold_the_values_of_members(one: Any) -> None:
    a, x = one
    with mpmath.workdps(120):
        for name, function in FUNCTIONS.items():
            low, high = DOMAINS.get(name, (None, None))
            if (low is not None and x < low) or (high is not None and x > high):
                continue
            inside = clip(a, None if low is None else arb(low), None if high is None else arb(high))
            value = huge_safe(name, x)
            found = function(inside)
            assert is_sound(found)
            if value is not None:
                assert holds(found, value, abs(value) * mpmath.mpf(10) ** -100), (name, a, x, found)


@given(st.floats(-1e3, 1e3), st.sampled_from(sorted(FUNCTIONS)))
def test_at_one_number_functions_are_known_to_thirty_digits(x: float, name: str) -> None:
    with mpmath.workdps(60):
        low, high = DOMAINS.get(name, (-1e3, 1e3))
        if not low < x < (1e3 if high is None else high):
            x = 0.3 if name != "acosh" else 1.3
        value = huge_safe(name, mpmath.mpf(x))
        found = FUNCTIONS[name](point(arb(x)))
        least, most = rim(found.low)[0], rim(found.high)[1]
        assert most - least <= mpmath.mpf(10) ** -30 * (1 + abs(value))


# Ends.


@pytest.mark.parametrize("name", ["exp", "tanh", "atan", "asinh", "sinh"])
def test_an_open_end_stays_open_under_what_rises(name: str) -> None:
    found = FUNCTIONS[name](Interval(arb(1), arb(2), True, False))
    assert (found.low_open, found.high_open) == (True, False)


def test_the_sign_is_that_of_the_ends_unless_one_of_them_is_reached() -> None:
    assert Interval(ZERO, ONE).sign == 0
    assert Interval(ZERO, ONE, True).sign == 1
    assert Interval(-ONE, ZERO).sign == 0
    assert Interval(-ONE, ZERO, False, True).sign == -1
    assert Interval(arb(0, 2.0**-100), ONE, True).sign == 0
    assert Interval(arb(1, 0.5), arb(2)).sign == 1
    assert Interval(arb(1, 2), arb(2)).sign == 0
    assert LINE.sign == ONLY_ZERO.sign == 0
    assert ONLY_ONE.sign == 1
    assert ONLY_ZERO.is_zero
    assert not Interval(ZERO, arb(0, 1)).is_zero


def test_infinite_ends_are_open_and_caps_are_not() -> None:
    huge = arb(2) ** 100_001
    above, below = Interval(huge, huge), Interval(-huge, -huge)
    assert above.low == LARGEST
    assert not above.low_open
    assert above.high == INFINITE
    assert above.high_open
    assert below.high == -LARGEST
    assert not below.high_open
    assert below.low == MINUS_INFINITE
    assert below.low_open
    assert (above.sign, below.sign) == (1, -1)
    unknown = Interval(arb.nan(), arb.nan())
    assert unknown.low == MINUS_INFINITE
    assert unknown.high == INFINITE


def test_open_ends_of_factors_are_not_copied_to_a_product() -> None:
    """(0, 1] times [0, 2] reaches 0, and (1, 2) times [-1, 0] does: else f would be called rising falsely."""
    found = Interval(ZERO, ONE, True) * Interval(ZERO, arb(2))
    assert found.low == 0
    assert not found.low_open
    assert found.sign == 0
    found = Interval(ONE, arb(2), True, True) * Interval(-ONE, ZERO)
    assert not found.high_open
    assert found.sign == 0
    assert (Interval(-ONE, ONE, True, True) * Interval(-ONE, ONE)).low_open is False
    assert (Interval(ZERO, ONE, True) * Interval(ZERO, arb(2), True)).sign == 1


def test_a_fuzzy_end_is_not_left_open_falsely_by_a_clip() -> None:
    clipped = clip(Interval(arb(0, 2.0**-60), ONE, True), ZERO, None)
    with mpmath.workprec(300):
        assert not clipped.sign or not clipped.low_open or holds(clipped, mpmath.mpf(0))


def test_open_ends_are_not_copied_past_a_clip() -> None:
    found = clip(Interval(-ONE, arb(2), True, True), ZERO, ONE)
    assert (found.low_open, found.high_open) == (False, False)
    found = clip(Interval(ZERO, ONE, True, True), ZERO, ONE)
    assert (found.low_open, found.high_open) == (True, True)


def test_a_hull_is_open_only_where_both_are() -> None:
    found = hull(Interval(ZERO, ONE, True, True), Interval(ZERO, ONE, False, True))
    assert (found.low_open, found.high_open) == (False, True)
    assert found.sign == 0


def test_a_size_is_not_open_where_it_folds() -> None:
    found = intervals.absolute(Interval(-ONE, ONE, True, True))
    assert (rim(found.low)[0], found.low_open, found.high_open) == (0, False, False)
    assert square(Interval(-ONE, arb(2), True, False)).low_open is False


# What Arb gives for balls that lie over an edge.


def test_squares_of_balls_around_zero_are_bounds() -> None:
    """arb(0, 1)^2 and arb(0, inf)^2 may be nan or leak below 0: the bounds may not."""
    for ball in (arb(0, 1), arb(0, 1e-30), arb(0.5, 1)):
        found = square(Interval(ball, ball))
        assert is_sound(found)
        with mpmath.workprec(300):
            for x in (*rim(ball), mpmath.mpf(0)):
                assert holds(found, x * x)
    assert not square(LINE).low < 0
    assert square(LINE).high == INFINITE


def test_zero_times_what_is_unbounded_is_zero() -> None:
    for unbounded in (LINE, Interval(ZERO, INFINITE), Interval(MINUS_INFINITE, ZERO)):
        assert (ONLY_ZERO * unbounded).is_zero
        assert (unbounded * ONLY_ZERO).is_zero
    found = Interval(ZERO, ONE) * Interval(ONE, INFINITE)
    assert found.low == 0
    assert found.high == INFINITE
    found = Interval(-ONE, ONE) * LINE
    assert found.low == MINUS_INFINITE
    assert found.high == INFINITE


@pytest.mark.parametrize("radius", [0, 2.0**-120, 2.0**-60, 1e-5])
@pytest.mark.parametrize(
    ("name", "edge"),
    [("ln", 0), ("asin", 1), ("asin", -1), ("acos", 1), ("acos", -1), ("acosh", 1), ("atanh", 1)],
)
def test_balls_over_the_edge_of_a_domain_give_bounds(name: str, edge: float, radius: float) -> None:
    ball = arb(edge, radius)
    inward = 1 if name in ("ln", "acosh") or edge == -1 else -1
    inner = arb(edge + inward * 0.5)
    whole = Interval(ball, inner) if inward > 0 else Interval(inner, ball)
    low, high = DOMAINS[name]
    for bounds in (whole, clip(whole, arb(low), None if high is None else arb(high))):
        found = FUNCTIONS[name](bounds)
        assert is_sound(found)
        with mpmath.workdps(80):
            for step in (mpmath.mpf(2) ** -130, mpmath.mpf(2) ** -61, mpmath.mpf(1) / 3):
                x = edge + inward * step
                assert holds(found, huge_safe(name, x), mpmath.mpf(10) ** -60), (name, step)


@pytest.mark.parametrize(
    ("name", "edge", "inward"),
    [("ln", 0, 1), ("acosh", 1, 1), ("asin", 1, -1), ("asin", -1, 1), ("atanh", 1, -1)],
)
def test_a_ball_over_the_edge_is_bounded_by_its_rim_inside(name: str, edge: int, inward: int) -> None:
    """Its middle lies inside, and bounds nothing."""
    found = FUNCTIONS[name](point(arb(edge + inward * 0.125, 0.25)))
    assert is_sound(found)
    with mpmath.workdps(40):
        for step in ("0.01", "0.125", "0.374"):
            assert holds(found, getattr(mpmath, name)(edge + inward * mpmath.mpf(step)))


@pytest.mark.parametrize("degree", [2, 3, 4, 5])
def test_roots_of_balls_over_zero_give_bounds(degree: int) -> None:
    for radius in (2.0**-120, 1e-3):
        fuzzy = Interval(arb(0, radius), ONE)
        found = intervals.root(clip(fuzzy, ZERO, None) if degree % 2 == 0 else fuzzy, degree)
        with mpmath.workdps(60):
            assert holds(found, mpmath.mpf(0))
            assert holds(found, mpmath.root(mpmath.mpf(radius) / 2, degree), mpmath.mpf(10) ** -50)
            if degree % 2:
                assert holds(found, -mpmath.root(mpmath.mpf(radius) / 2, degree), mpmath.mpf(10) ** -50)


# Huge numbers.


@pytest.mark.parametrize("x", [1e12, 1e13, 1e50, 1e300, 2.0**40, 2.0**40 + 1])
def test_huge_arguments_are_quick_and_bounded_truly(x: float) -> None:
    for name in ("exp", "sinh", "cosh"):
        found = FUNCTIONS[name](point(arb(x)))
        assert is_sound(found)
        assert found.high == INFINITE
        assert found.sign == 1
        # e^(2^40) is above 2^100000, and so is all that is beyond.
        assert exact(found.low.lower()) <= mpmath.mpf(2) ** 100_000
    for name in ("sin", "cos"):
        found = FUNCTIONS[name](point(arb(x)))
        with mpmath.workdps(400):
            assert holds(found, getattr(mpmath, name)(mpmath.mpf(x)), mpmath.mpf(10) ** -60)


def test_the_exponential_of_a_huge_negative_number_is_bounded_truly() -> None:
    for x in (-1e12, -1e13, -1e50, -1e300):
        found = FUNCTIONS["exp"](point(arb(x)))
        with mpmath.workdps(60):
            assert found.high > 0
            assert not found.low.log() > x


def test_small_and_large_exponentials_keep_their_order() -> None:
    found = FUNCTIONS["exp"](Interval(arb(-1e50), arb(1e50)))
    assert found.sign == 1
    assert found.low >= 0
    assert found.high == INFINITE
    assert FUNCTIONS["exp"](Interval(MINUS_INFINITE, ZERO)).high == 1
    assert FUNCTIONS["exp"](Interval(MINUS_INFINITE, ZERO)).low_open


@pytest.mark.parametrize("name", ["sin", "cos"])
def test_waves_over_more_than_a_period_or_a_turning_point(name: str) -> None:
    for low, high in ((0, 7), (0, 100), (1, 2), (3, 4), (-1, 1), (6, 7)):
        found = FUNCTIONS[name](Interval(arb(low), arb(high)))
        with mpmath.workdps(50):
            for k in range(401):
                x = low + (high - low) * mpmath.mpf(k) / 400
                assert holds(found, getattr(mpmath, name)(x), mpmath.mpf(10) ** -45)


def test_tan_over_a_pole_has_no_bounds() -> None:
    assert FUNCTIONS["tan"](Interval(ONE, arb(2))).high == INFINITE
    assert FUNCTIONS["tan"](Interval(ONE, arb(5))).low == MINUS_INFINITE
    assert FUNCTIONS["tan"](Interval(-ONE, ONE)).high.is_finite()
