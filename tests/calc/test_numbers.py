"""How numbers are written, against exact decimal fractions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.numbers import RAISED, share, written
from tests.numbers import read


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 15))
def test_what_is_written_is_the_number_to_so_many_digits(value, digits):
    text = written(value, digits)
    exact, shown = Decimal(value), read(text)
    assert abs(shown - exact) <= abs(exact) * Decimal("0.5") * Decimal(10) ** (1 - digits) or value == 0
    assert len(shown.normalize().as_tuple().digits) <= digits
    assert len(text) <= digits + 12
    assert "-" not in text
    assert "e" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-1234.56, "−1,235"), (0.30000000000000004, "0.3"), (1e9, "10⁹"),
        (999_999_999.0, "10⁹"), (123456789.0, "123,500,000"), (2.3e-6, "2.3·10⁻⁶"), (-1e-300, "−10⁻³⁰⁰"),
        (float("inf"), "∞"), (float("-inf"), "−∞"), (float("nan"), "not a number"), (0.0001, "0.0001"),
    ],
)  # fmt: skip
def test_examples(value, text):
    assert written(value).replace("1·10", "10") == text


def test_a_unit_stands_after_the_sign():
    assert written(-3000, prefix="$") == "−$3,000"
    assert written(2e-7, 3, "$") == "$2·10⁻⁷"


@pytest.mark.parametrize(
    ("part", "text"), [(0, "0%"), (1, "100%"), (0.5, "50%"), (0.004, "under 1%"), (0.999, "over 99%")]
)
def test_a_share_is_never_more_than_it_is(part, text):
    assert share(part) == text


def test_every_sign_has_a_raised_one():
    assert "-0123456789".translate(RAISED) == "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
