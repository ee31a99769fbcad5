"""np.gradient and its noise, beside exact fractions, matrices and draws; and the digits that cancel."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.expression import parse_expression
from calc.numerical import cancelled, gradient, noise_deviation, noise_weights


def test_row_22_np_gradient_follows_the_exact_curve():
    for text, slope, bound in (
        ("x^2", lambda x: 2 * x, 1e-12),
        ("e^(-2x) + 3sin(3x)", lambda x: 9 * np.cos(3 * x) - 2 * np.exp(-2 * x), 0.01),
    ):
        found = gradient(parse_expression(text), -5, 5, 100)
        assert found.x.tolist() == np.linspace(-5, 5, 100).tolist()
        assert found.exact == pytest.approx(slope(found.x), rel=1e-12)
        inside = np.abs(found.found - found.exact)[1:-1]
        assert inside.max() <= bound * np.abs(found.exact).max()


def test_row_22_beside_the_corner_it_gives_a_half_where_1_is_right():
    found = gradient(parse_expression("|x|"), -5, 5, 100)
    assert found.found[48:52] == pytest.approx([-1, -0.5, 0.5, 1])
    assert found.exact[48:52].tolist() == [-1, -1, 1, 1]
    assert np.isclose(np.abs(found.found), 0.5).sum() == 2
    with_corner = gradient(parse_expression("|x|"), -5, 5, 101)
    assert with_corner.found[49:52] == pytest.approx([-1, 0, 1])
    assert np.isnan(with_corner.exact[50])


@pytest.mark.parametrize("edge_order", [1, 2])
def test_the_weights_are_those_of_exact_fractions(edge_order):
    """Each of them differentiates 1, x and (of second order) x^2 without error."""
    n, spacing = 7, Fraction(1, 4)
    weights = [[Fraction(float(w)) for w in row] for row in noise_weights(n, float(spacing), edge_order)]
    for power in range(3):
        for i, row in enumerate(weights):
            sum_ = sum(w * (k * spacing) ** power for k, w in enumerate(row))
            true = power * (i * spacing) ** (power - 1) if power else 0
            if power < 2 or edge_order == 2 or 0 < i < n - 1:
                assert sum_ == true
            else:
                assert abs(sum_ - true) == spacing


@pytest.mark.parametrize("edge_order", [1, 2])
def test_the_weights_are_those_of_numpy(edge_order):
    chance = np.random.default_rng(4)
    for n in (3, 4, 30):
        y, spacing = chance.normal(size=n), chance.uniform(0.1, 2)
        assert noise_weights(n, spacing, edge_order) @ y == pytest.approx(
            np.gradient(y, spacing, edge_order=edge_order), abs=1e-12
        )


@pytest.mark.parametrize(("edge_order", "end"), [(1, 2.0), (2, 6.5)])
def test_the_variance_is_that_of_many_draws(edge_order, end):
    spacing, noise = 0.25, 0.1
    draws = noise * np.random.default_rng(1).standard_normal((20000, 6))
    found = noise_deviation(noise, 6, spacing, edge_order)
    assert np.gradient(draws, spacing, axis=1, edge_order=edge_order).std(axis=0) == pytest.approx(
        found, rel=0.03
    )
    assert found[0] ** 2 == pytest.approx(end * noise**2 / spacing**2)
    assert found[2] ** 2 == pytest.approx(noise**2 / (2 * spacing**2))


def test_noise_is_drawn_once_and_only_made_larger():
    f = parse_expression("sin(x)")
    none, some, twice = (gradient(f, -5, 5, 40, 2, noise) for noise in (0.0, 0.1, 0.2))
    assert none.y == pytest.approx(np.sin(none.x))
    assert twice.y - none.y == pytest.approx(2 * (some.y - none.y))
    assert (some.y != gradient(f, -5, 5, 40, 2, 0.1, seed=2).y).all()
    assert some.found == pytest.approx(np.gradient(some.y, some.x, edge_order=2))
    assert gradient(f, -5, 5, 40).found == pytest.approx(np.gradient(np.sin(none.x), none.x), abs=1e-14)
    assert some.spacing == pytest.approx(10 / 39)
    assert abs(float(np.std(some.y - none.y)) / 0.1 - 1) < 0.3


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e200, max_value=1e200)


def said(parts: tuple[str, str]) -> Decimal:
    return Decimal("".join(parts).replace("−", "-"))


@given(NUMBERS, NUMBERS, st.integers(6, 17))
def test_the_difference_of_what_is_shown_is_what_is_shown(above, below, digits):
    found = cancelled(above, below, digits)
    assert found is not None
    with localcontext(prec=400):
        assert said(found.above) - said(found.below) == said(found.difference)
    assert not found.difference[0].strip("−0.")
    for part in (found.above, found.below):
        # 9.9999995 may become 10.000000.
        assert len("".join(part).replace(".", "").lstrip("−0")) <= digits + 1
    assert 0 <= found.lost <= digits
    for value, parts in ((above, found.above), (below, found.below)):
        power = found.power.removeprefix("·10").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        with localcontext(prec=400):
            shown = said(parts).scaleb(int(power or 0))
            unit = Decimal(max(abs(above), abs(below), 1e-320)) * Decimal(10) ** (1 - digits)
            assert abs(shown - Decimal(value)) <= unit


@given(st.floats(0.1, 9.9), st.integers(1, 14))
def test_as_many_digits_cancel_as_the_difference_is_smaller(value, power):
    found = cancelled(value + 3 * 10.0**-power, value, 17)
    lead = np.floor(np.log10(value + 3 * 10.0**-power))
    assert abs(found.lost - (power + lead)) <= 1


def test_digits_of_what_is_equal_or_apart():
    same = cancelled(0.5, 0.5, 5)
    assert (same.above, same.difference, same.lost) == (("0.50000", ""), ("0.00000", ""), 5)
    apart = cancelled(1.0, -1.0, 5)
    assert (apart.above, apart.below, apart.lost) == (("", "1.0000"), ("", "−1.0000"), 0)
    borrowed = cancelled(1.0000001, 0.9999999, 9)
    assert borrowed.lost == 7
    assert borrowed.difference == ("0.000000", "20")
    tiny = cancelled(1.5e-30, 1.25e-30, 4)
    assert (tiny.above, tiny.difference, tiny.power) == (
        ("", "1.500"),
        ("", "0.250"),
        "·10⁻³⁰",
    ) or tiny.lost == 1
    for value, power in ((1.5e-4, ""), (1.5e-5, "·10⁻⁵"), (123456.0, ""), (1234567.0, "·10⁶"), (9.0, "")):
        assert cancelled(value, value / 3, 9).power == power
    assert cancelled(nan, 1.0, 5) is None
    assert cancelled(1.0, inf, 5) is None
    assert cancelled(0.0, 0.0, 3).difference == ("0.00", "")
