"""Difference quotients beside exact fractions and mpmath, and how their errors shrink."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest

from calc.differences import distances, halvings, magnified, order, quotients


def cubic(coefficients: list[int]):
    """A polynomial that reads fractions as well as arrays."""
    return lambda x: sum(c * x**k for k, c in enumerate(coefficients))


@pytest.mark.parametrize("seed", range(20))
def test_quotients_of_polynomials_beside_fractions(seed: int) -> None:
    chance = random.Random(seed)
    f = cubic([chance.randint(-9, 9) for _ in range(5)])
    x, steps = chance.randint(-40, 40) / 8, [2.0**-k for k in range(6)]
    found = quotients(f, x, steps)
    for i, h in enumerate(steps):
        a, b = Fraction(x), Fraction(h)
        true = [(f(a + b) - f(a)) / b, (f(a) - f(a - b)) / b, (f(a + b) - f(a - b)) / (2 * b)]
        told = [found.forward[i], found.backward[i], found.central[i]]
        assert told == pytest.approx([float(each) for each in true], rel=1e-10, abs=1e-9)
        assert (found.below[i], found.here[i], found.above[i]) == tuple(
            float(f(a + k * b)) for k in (-1, 0, 1)
        )


def test_a_step_of_nothing_has_no_quotient() -> None:
    found = quotients(np.sin, 1.0, [0.5, 0.0])
    for each in (found.forward, found.backward, found.central):
        assert math.isfinite(each[0])
        assert math.isnan(each[1])


def test_the_limit_stands_for_the_value_of_a_hole() -> None:
    with np.errstate(all="ignore"):
        bare = quotients(lambda x: np.sin(x) / x, 0.0, [0.1, 0.01])
        filled = quotients(lambda x: np.sin(x) / x, 0.0, [0.1, 0.01], value=1.0)
    assert np.isnan(bare.forward).all()
    assert np.isfinite(bare.central).all()
    assert filled.here.tolist() == [1, 1]
    assert filled.forward == pytest.approx([(math.sin(h) / h - 1) / h for h in (0.1, 0.01)])
    assert filled.backward == pytest.approx(-filled.forward)


def test_halvings_halve_and_end_with_nothing() -> None:
    for h, count in ((1.0, 1), (0.3, 7), (2.0, 40)):
        steps = halvings(h, count)
        assert steps.shape == (count + 1,)
        assert steps[0] == h
        assert (steps[:-2] == 2 * steps[1:-1]).all()
        assert steps[-1] == 0
        assert (steps[:-1] > 0).all()


def test_a_magnified_curve_is_what_it_is_said_to_be() -> None:
    x, value, steps = 0.4, math.sin(0.4), np.array([1.0, 0.1, 1e-3])
    u, v = magnified(np.sin, x, value, steps, reach=2.0)
    assert (u[0], u[-1]) == (-2, 2)
    assert u == pytest.approx(-u[::-1])
    assert v.shape == (3, u.size)
    with mpmath.workdps(40):
        for i, h in enumerate(steps):
            for k in range(0, u.size, 7):
                true = (
                    mpmath.sin(mpmath.mpf(x) + mpmath.mpf(h) * mpmath.mpf(u[k])) - mpmath.mpf(value)
                ) / mpmath.mpf(h)
                assert abs(v[i, k] - true) < 1e-12 / h


@pytest.mark.parametrize(
    ("f", "x", "slope", "wanted"),
    [
        (np.sin, 0.7, math.cos(0.7), 2),
        (np.exp, 0.0, 1.0, 2),
        (lambda x: x**3, 0.0, 0.0, 3),
        (np.abs, 0.0, 0.0, 1),
        (np.abs, 0.0, 1.0, 1),
        (lambda x: np.abs(x) ** 1.5, 0.0, 0.0, 1.5),
        (np.cbrt, 0.0, 1.0, 1 / 3),
        (np.sign, 0.0, 0.0, 0),
    ],
)
def test_how_fast_a_curve_nears_its_tangent(f, x: float, slope: float, wanted: float) -> None:
    steps = halvings(2.0**-6, 5)[:-1]
    u, v = magnified(f, x, float(f(np.array([x]))[0]), steps)
    found = distances(u, v, steps, slope)
    assert [order(a, b) for a, b in pairwise(found)] == pytest.approx([wanted] * 4, abs=0.05)


def test_the_distance_is_the_largest_for_u_from_minus_1_to_1() -> None:
    steps = np.array([0.5, 0.25])
    u, v = magnified(np.square, 1.0, 1.0, steps)
    assert distances(u, v, steps, 2.0) == pytest.approx(steps**2)
    assert distances(u, v, steps, 0.0) == pytest.approx(2 * steps + steps**2)


def test_an_order_needs_two_errors() -> None:
    assert order(0.8, 0.1) == 3
    assert order(1.0, 1.0) == 0
    assert math.isnan(order(0.0, 0.1))
    assert math.isnan(order(0.1, 0.0))
