"""How numbers are written, against exact decimal fractions."""

from decimal import Decimal

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.numbers import RAISED, Result, holding, share, shares, update, written, written_exp
from tests.equations import wrong
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
    assert written(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("-1.2821e497", "−1.282·10⁴⁹⁷"),
        ("9.9999e-40000000", "10⁻³⁹⁹⁹⁹⁹⁹⁹"),
        ("0.25", "0.25"),
        ("Infinity", "∞"),
    ],
)
def test_a_number_beyond_every_float(value, text):
    assert written(Decimal(value)) == text


def test_a_unit_stands_after_the_sign():
    assert written(-3000, prefix="$") == "−$3,000"
    assert written(2e-7, 3, "$") == "$2·10⁻⁷"
    assert written(-1e-7, 3, "$") == "−$10⁻⁷"


@pytest.mark.parametrize(
    ("part", "text"), [(0, "0%"), (1, "100%"), (0.5, "50%"), (0.004, "under 1%"), (0.999, "over 99%")]
)
def test_a_share_is_never_more_than_it_is(part, text):
    assert share(part) == text


def test_every_sign_has_a_raised_one():
    assert "-0123456789".translate(RAISED) == "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"


sizes = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-6)


@given(sizes, st.floats(1e-6, 10), sizes, st.sampled_from([3, 4, 6]), st.sampled_from([-1, 1]))
def test_an_update_holds_with_the_digits_shown(before, rate, direction, digits, sign):
    after = before + sign * rate * direction
    shown = update(before, rate, direction, after, digits, sign)
    assert wrong(
        shown.before, "+" if sign > 0 else "−", shown.rate, shown.direction, shown.relation, shown.after, digits
    ) is None  # fmt: skip
    if abs(after) > 1e-6 * max(abs(before), abs(rate * direction)):
        assert shown.relation == "="


def test_what_is_nothing_but_rounding_is_said_to_be_nearly_equal():
    shown = update(0.3, 0.1, 3.0, 0.3 - 0.1 * 3.0, 6)
    assert shown.relation == "≈"
    assert update(1e308, 10.0, 1e308, float("-inf"), 6).relation == "≈"


def test_the_issue_s_own_example():
    """1.4081 - 0.1 × 0.27587 is not 1.38056."""
    assert wrong("1.4081", "−", "0.1", "0.27587", "=", "1.38056", 6) is not None


def test_several_results_follow_from_the_same_parts():
    parts = (0.4626906, 4), (86.537309, 4)
    found = holding(
        parts,
        Result(lambda a, b: 2 / b, 2 / 86.537309, 5),
        Result(lambda a, b: 2 / (a + b), 2 / (0.4626906 + 86.537309), 5),
    )
    least, most = (float(read(written(value, digits + found.more))) for value, digits in parts)
    assert written(2 / most, 5) == written(2 / 86.537309, 5)
    assert written(2 / (least + most), 5) == written(2 / (0.4626906 + 86.537309), 5)


@pytest.mark.parametrize("logarithm", [0.0, 1160.5, -1e9, -0.5, 700.0])
def test_a_power_of_ten_has_its_mantissa(logarithm):
    with mpmath.workdps(40):
        truth = mpmath.exp(logarithm)
        assert written_exp(logarithm) == written(Decimal(mpmath.nstr(truth, 30)), 3)
    assert written_exp(float("-inf")) == "0"


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any))
def test_shares_of_one_whole_add_up_to_a_hundred(counts):
    texts = shares([count / sum(counts) for count in counts])
    numbers = [{"under 1%": 0, "over 99%": 100}.get(text) or int(text.strip("under ov%")) for text in texts]
    numbers = [0 if text == "under 1%" else number for text, number in zip(texts, numbers, strict=True)]
    assert sum(numbers) == 100
    for count, text, number in zip(counts, texts, numbers, strict=True):
        assert abs(100 * count / sum(counts) - number) < 1
        assert (text == "0%") == (count == 0)
        assert (text == "100%") == (count == sum(counts))
