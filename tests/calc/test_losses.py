"""The square loss is least at the mean, the absolute loss at the median: exact, also far from zero."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.parsing.sympy_parser import implicit_multiplication, standard_transformations

from calc.losses import LossError, absolute_loss, number, outlier, square_loss

POINTS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30)
IMPLICIT = (*standard_transformations, implicit_multiplication)
FAR = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75, 1e9 + 2.5]


def exact_square(a, x):
    return sum((Fraction(x) - Fraction(value)) ** 2 for value in a)


# Row 12 of FIGURES.md


def test_the_square_loss_is_least_at_the_mean():
    loss = square_loss([1, 2, 4, 9])
    assert loss.minimiser == 4.0
    assert loss.minimum == 9 + 4 + 25
    assert loss.slope(4.0) == 0
    around = loss.minimiser + np.array([-1, -1e-3, 1e-3, 1])
    assert (loss(around) > loss.minimum).all()


@given(POINTS)
def test_the_minimiser_is_the_correctly_rounded_mean(a):
    assert square_loss(a).minimiser == float(sum(map(Fraction, a)) / len(a))


@given(POINTS, st.floats(-1e9, 1e9))
def test_values_and_slopes_against_exact_fractions(a, x):
    loss = square_loss(a)
    slope = float(2 * (len(a) * Fraction(x) - sum(map(Fraction, a))))
    assert float(loss.slope(x)) == slope
    assert float(loss(x)) == pytest.approx(float(exact_square(a, x)), rel=1e-14)
    assert float(loss.parabolas(x).sum()) == pytest.approx(float(loss(x)), rel=1e-12)
    assert float(loss.pulls(x).sum()) == pytest.approx(slope, rel=1e-9, abs=1e-4)


def test_no_digits_are_lost_far_from_zero():
    loss = square_loss(FAR)
    assert loss.minimiser == 1e9 + 1
    assert loss.minimum == 0.75**2 + 0.5**2 + 0.25**2 + 1.5**2
    assert absolute_loss(FAR).minimisers == (1e9 + 0.5, 1e9 + 0.75)


@pytest.mark.parametrize("seed", range(20))
def test_sums_of_points_of_many_digits_are_rounded_once(seed):
    a = np.random.default_rng(seed).normal(size=7 + seed)
    loss, mean = square_loss(a), sum(map(Fraction, a.tolist())) / a.size
    assert loss.minimiser == float(mean)
    assert loss.slope(0.3) == float(2 * a.size * (Fraction(0.3) - mean))


@pytest.mark.parametrize("steps", [(0, 0, 1), (1, 2, 4, 4), (0, 3, 3, 3, 4, 5, 5)])
def test_the_least_loss_of_points_that_differ_in_their_last_digits(steps):
    """The mean lies between two floats, which is as far from it as the points are from each other."""
    digit = float(np.spacing(1e9))
    a = [1e9 + step * digit for step in steps]
    least = exact_square(a, sum(map(Fraction, a)) / len(a))
    assert square_loss(a).minimum == pytest.approx(float(least), rel=1e-12, abs=0)


def test_shapes():
    loss, x = square_loss([1, 2, 4]), np.linspace(0, 5, 7)
    assert loss(x).shape == loss.slope(x).shape == (7,)
    assert loss.parabolas(x).shape == (3, 7)
    np.testing.assert_allclose(loss.parabolas(x).sum(axis=0), loss(x))
    assert absolute_loss([1, 2, 4]).distances(x).shape == (3, 7)


def test_derivation_with_numbers():
    lines = [step.latex for step in square_loss([2, -3, 7]).steps()]
    assert lines == [
        "L(x) = (x - 2)^2 + (x + 3)^2 + (x - 7)^2",
        "L'(x) = 2 (x - 2) + 2 (x + 3) + 2 (x - 7)",
        "L'(x) = 2 (3 x - 6)",
        r"L'(x) = 0 \iff 3 x = 6",
        r"x = \frac{6}{3} = 2 = \bar a",
        "L''(x) = 6 > 0",
    ]
    assert r"\cdots" in square_loss(range(50)).steps()[0].latex
    assert number(0.0) == number(-0.0) == "0"


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6))
def test_every_line_of_the_derivation_says_the_same(a):
    x = sympy.Symbol("x")
    loss = sum((x - value) ** 2 for value in a)
    said = [
        sympy.parse_expr(step.latex.partition(" = ")[2].replace("^", "**"), {"x": x}, IMPLICIT)
        for step in square_loss(a).steps()[:3]
    ]
    assert [sympy.expand(each) for each in said] == [
        sympy.expand(each) for each in (loss, sympy.diff(loss), sympy.diff(loss))
    ]
    left, right = square_loss(a).steps()[3].latex.partition(r"\iff ")[2].split("=")
    assert sympy.parse_expr(left, {"x": x}, IMPLICIT).subs(x, Fraction(sum(a), len(a))) == int(right)


def test_descent_reaches_the_mean():
    loss = square_loss(FAR)
    run = loss.descend(0.0, rate=0.1, steps=60)
    assert run.status.kind == "converged"
    assert run.w[-1, 0] == pytest.approx(1e9 + 1, rel=1e-15)
    assert loss.descend(0, rate=0.26, steps=200).status.kind == "diverged"
    assert loss.descend(0, rate=0.125, steps=1).w[-1, 0] == loss.minimiser  # 1 / 2n: one step


def test_descent_stays_where_it_is_least():
    assert square_loss([0.1, 0.2, 0.4]).descend(0.7 / 3, rate=0.1, steps=5).status.kind == "converged"


# The absolute loss


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12))
def test_medians_are_the_minimisers(a):
    loss = absolute_loss(a)
    low, high = loss.minimisers
    assert (low, high) == (statistics.median_low(a), statistics.median_high(a))
    candidates = np.arange(-51, 52, 0.5)
    values = loss(candidates)
    assert values.min() == loss.minimum
    assert candidates[values == values.min()].tolist() == np.arange(low, high + 0.5, 0.5).tolist()


def test_corners_and_subgradients():
    loss = absolute_loss([3, 1, 1, 5])
    assert loss.corners.tolist() == [1, 3, 5]
    left, right = loss.subgradient([0, 1, 2, 3, 4, 5, 6])
    assert left.tolist() == [-4, -4, 0, 0, 2, 2, 4]
    assert right.tolist() == [-4, 0, 0, 2, 2, 4, 4]
    slope = loss.slope([0, 1, 2])
    assert slope[0] == -4
    assert math.isnan(slope[1])
    assert slope[2] == 0


def test_an_outlier_moves_the_mean_not_the_median():
    effect = outlier([1, 2, 3, 4, 5], 1_000_002)
    assert effect.mean_moves == pytest.approx((1_000_002 - 3) / 6)
    assert effect.median_moves == 0.5
    assert outlier([1, 2, 3, 4, 5], 10.0**12).median == effect.median


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([], "no points"),
        ([1, math.nan], "Number 2 is missing"),
        ([math.inf], "missing or infinite"),
        ([1e308, 1], "overflow"),
        ([-2e140], "overflow"),
        (["a"], "must be a number"),
        ([None], "missing"),
        ([10**400], "must be a number"),
        ([[1, 2], [3]], "must be a number"),
        (np.zeros(100_001), "at most 100,000"),
    ],
)
@pytest.mark.parametrize("loss", [square_loss, absolute_loss, lambda points: outlier(points, 1.0)])
def test_what_has_no_loss_is_told_in_a_sentence(loss, points, said):
    with pytest.raises(LossError, match=said):
        loss(points)


def test_x_is_checked_too():
    for call in (square_loss([1]), absolute_loss([1]), square_loss([1]).pulls, square_loss([1]).slope):
        with pytest.raises(LossError):
            call(1e200)
        with pytest.raises(LossError):
            call(math.nan)


def test_the_largest_points_still_work():
    loss = square_loss([1e140, -1e140])
    assert loss.minimiser == 0
    assert loss.minimum == pytest.approx(2e280)
    assert np.isfinite(loss(1e140))
