"""Coefficients of Taylor series, seen as limits of what is left when the first ones are taken away."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from calc.expansions import expand
from calc.expression import parse_expression
from tests.calc.expansions.checks import accusations

F = Fraction
# f(x) and its Taylor coefficients at 0, as tables of formulas have them.
SERIES = {
    "e^x": [F(1), F(1), F(1, 2), F(1, 6), F(1, 24), F(1, 120)],
    "e^(sin x)": [F(1), F(1), F(1, 2), F(0), F(-1, 8), F(-1, 15)],
    "sin x": [F(0), F(1), F(0), F(-1, 6), F(0), F(1, 120)],
    "cos x": [F(1), F(0), F(-1, 2), F(0), F(1, 24), F(0)],
    "tan x": [F(0), F(1), F(0), F(1, 3), F(0), F(2, 15)],
    "sec x": [F(1), F(0), F(1, 2), F(0), F(5, 24), F(0)],
    "sinh x": [F(0), F(1), F(0), F(1, 6), F(0), F(1, 120)],
    "cosh x": [F(1), F(0), F(1, 2), F(0), F(1, 24), F(0)],
    "tanh x": [F(0), F(1), F(0), F(-1, 3), F(0), F(2, 15)],
    "ln(1 + x)": [F(0), F(1), F(-1, 2), F(1, 3), F(-1, 4), F(1, 5)],
    "asin x": [F(0), F(1), F(0), F(1, 6), F(0), F(3, 40)],
    "atan x": [F(0), F(1), F(0), F(-1, 3), F(0), F(1, 5)],
    "asinh x": [F(0), F(1), F(0), F(-1, 6), F(0), F(3, 40)],
    "atanh x": [F(0), F(1), F(0), F(1, 3), F(0), F(1, 5)],
    "sqrt(1 + x)": [F(1), F(1, 2), F(-1, 8), F(1, 16), F(-5, 128), F(7, 256)],
    "(1 + x)^(1/3)": [F(1), F(1, 3), F(-1, 9), F(5, 81), F(-10, 243), F(22, 729)],
    "(1 + x)^-2": [F(1), F(-2), F(3), F(-4), F(5), F(-6)],
    "(1 + x)^x": [F(1), F(0), F(1), F(-1, 2), F(5, 6), F(-3, 4)],
    "1/(1 - x - x^2)": [F(1), F(1), F(2), F(3), F(5), F(8)],
    "acosh(1 + x^2/2)^2": [F(0), F(0), F(1), F(0), F(-1, 12), F(0)],
    "sin(x)/x": [F(1), F(0), F(-1, 6), F(0), F(1, 120), F(0)],
    "(e^x - 1)/x": [F(1), F(1, 2), F(1, 6), F(1, 24), F(1, 120), F(1, 720)],
    "x/(e^x - 1)": [F(1), F(-1, 2), F(1, 12), F(0), F(-1, 720), F(0)],
    "(x^2 + x + 1)^3": [F(1), F(3), F(6), F(7), F(6), F(3)],
}
AT_ONE = {
    "ln x": [F(0), F(1), F(-1, 2), F(1, 3), F(-1, 4), F(1, 5)],
    "sqrt x": [F(1), F(1, 2), F(-1, 8), F(1, 16), F(-5, 128), F(7, 256)],
    "x^x": [F(1), F(1), F(1), F(1, 2), F(1, 3), F(1, 12)],
    "1/x": [F(1), F(-1), F(1), F(-1), F(1), F(-1)],
}


def check(text: str, coefficients: list[Fraction], distance: str, place: fmpq) -> None:
    for k, wanted in enumerate(coefficients):
        taken = "".join(f" - ({c})({distance})^{j}" for j, c in enumerate(coefficients[:k]) if c)
        root = parse_expression(f"({text}{taken})/({distance})^{k}" if k else text).root
        for side in (-1, 1):
            said = expand(root, "x", place, side, 1e-6)
            assert said is not None
            assert said.limit == fmpq(wanted.numerator, wanted.denominator), (k, said.limit)
            assert said.continuous
            if k + 1 < len(coefficients):
                following = coefficients[k + 1]
                assert said.slope == fmpq(following.numerator, following.denominator)
    root = parse_expression(text).root
    assert accusations(root, place, 1, 1e-6, expand(root, "x", place, 1, 1e-6)) == []


@pytest.mark.parametrize("text", SERIES)
def test_coefficients_at_nought(text: str) -> None:
    check(text, SERIES[text], "x", fmpq(0))


@pytest.mark.parametrize("text", AT_ONE)
def test_coefficients_at_one(text: str) -> None:
    check(text, AT_ONE[text], "x - 1", fmpq(1))


def test_many_zeros_before_the_first_coefficient() -> None:
    for text, limit in (
        ("(sin x - x)^3/x^9", fmpq(-1, 216)),
        ("(sin(x) - x + x^3/6)^2/x^10", fmpq(1, 14400)),
        ("(cos(x^3) - 1)/x^6", fmpq(-1, 2)),
        ("(e^(x^5) - 1 - x^5)/x^10", fmpq(1, 2)),
        ("(tan(sin x) - sin(tan x))/x^7", fmpq(1, 30)),
    ):
        assert expand(parse_expression(text).root, "x", fmpq(0), 1, 1e-6).limit == limit
