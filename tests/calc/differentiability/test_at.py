"""`at`: the derivative at random points beside SymPy's, and which point a float stands for."""

from __future__ import annotations

import math
import random

import pytest
import sympy

from calc.differentiability import at
from calc.expression import parse_expression

SMOOTH = [
    "x^2", "x^7 - 3x^5 + x/3", "(x^2 - 1)/(x^2 + 1)", "e^x", "e^(-x^2)", "2^x", "x^x", "x^pi", "ln(x)", "log2(x)",
    "sqrt(x)", "cbrt(x)", "x^(2/3)", "sin(x)", "cos(3x)^2", "tan(x)", "sec(x)", "cot(x)", "asin(x/9)", "acos(x/9)",
    "atan(x)", "sinh(x)", "cosh(x)", "tanh(x)", "asinh(x)", "acosh(x + 1)", "atanh(x/9)", "x sin(1/x)", "e^(1/x)",
    "sin(e^x)", "x ln(x)", "|x| x", "1/(1 + e^(-x))", "sqrt(1 + x^2)", "e^(-1/x^2)",
]  # fmt: skip
NAMES = {"ln": sympy.log, "e": sympy.E, "cbrt": sympy.real_root, "log2": lambda u: sympy.log(u, 2)}


def derivative(text: str) -> sympy.Expr:
    """By SymPy, of what it reads for itself."""
    x = sympy.Symbol("x", positive=True)
    read = sympy.parse_expr(
        text.replace("^", "**").replace("|x|", "abs(x)").replace("cbrt(x)", "x**(1/3)"),
        {**NAMES, "x": x, "abs": sympy.Abs},
        transformations=(
            *sympy.parsing.sympy_parser.standard_transformations,
            sympy.parsing.sympy_parser.implicit_multiplication,
            sympy.parsing.sympy_parser.rationalize,
        ),
    )
    return sympy.diff(read, x)


@pytest.mark.parametrize("text", SMOOTH)
def test_the_slope_is_the_derivative(text: str) -> None:
    chance = random.Random(text)
    slope, expression = derivative(text), parse_expression(text)
    for _ in range(6):
        x = round(chance.uniform(0.05, 6), chance.choice((1, 3, 15)))
        true = float(
            sympy.N(
                slope.subs("x", sympy.Rational(repr(x))).subs(
                    sympy.Symbol("x", positive=True), sympy.Rational(repr(x))
                ),
                40,
            )
        )
        found = at(expression, x)
        assert found is not None
        assert found.kind is None
        assert found.continuous
        assert found.left == found.right == found.left_filled == found.right_filled == found.slope
        assert math.isclose(found.slope, true, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("text", "x", "kind", "left", "right"),
    [
        ("|sin(x)|", math.pi, "corner", -1, 1),
        ("|x - pi|", math.pi, "corner", -1, 1),
        ("|sin(x)|", math.nextafter(math.pi, 4), None, 1, 1),
        ("|sin(x)|", math.nextafter(math.pi, 3), None, -1, -1),
        ("|x^2 - 2|", math.sqrt(2), "corner", -math.sqrt(8), math.sqrt(8)),
        ("|x - 0.1|", 0.1, "corner", -1, 1),
        ("|x - 1/3|", 1 / 3, "corner", -1, 1),
        ("floor(100x)", 0.29, "jump", math.inf, 0),
        ("|x - 1e-17 - 0.5|", 0.5, None, -1, -1),
        ("|x|", 1e-300, None, 1, 1),
        ("x", 1e15 + 0.125, None, 1, 1),
        ("sin(x^(x + 0.59))", 8.000629236, None, -81357436.14696957651, -81357436.14696957651),
        ("floor(x)", 2, "jump", math.inf, 0),
        ("sqrt(x)", 0, "vertical tangent", math.nan, math.inf),
        ("x sqrt(x)", 0, None, math.nan, 0),
        ("ln(x)", 0, "pole", math.nan, math.nan),
        ("ln(x)", -1, None, math.nan, math.nan),
    ],
)  # fmt: skip
def test_one_point(text: str, x: float, kind: str | None, left: float, right: float) -> None:
    found = at(parse_expression(text), x)
    assert found is not None
    assert found.kind == kind
    assert (found.left, found.right) == pytest.approx((left, right), rel=1e-12, nan_ok=True)


def test_at_an_end_of_the_domain_the_slope_is_the_one_there_is() -> None:
    found = at(parse_expression("x sqrt(x)"), 0)
    assert found is not None
    assert found.slope == 0
    corner = at(parse_expression("|x|"), 0)
    assert corner is not None
    assert math.isnan(corner.slope)


def test_what_is_not_settled_is_not_said() -> None:
    assert at(parse_expression("x sin(1/(x + 0^|x|))"), 0) is None


@pytest.mark.parametrize("text", ["|x|/x", "x/|x|", "sqrt(x^2)/x"])
@pytest.mark.parametrize("x", [-2.0, -0.123, 0.5, 1.0])
def test_a_function_constant_without_saying_so_has_the_slope_0(text: str, x: float) -> None:
    found = at(parse_expression(text), x)
    assert found is not None
    assert (found.kind, found.value, found.slope) == (None, math.copysign(1, x), 0.0)


@pytest.mark.parametrize(("text", "x"), [("ln(ln(ln x))", 0.0), ("ln(ln(ln x))", 1.0), ("sqrt(ln x)", 0.0)])
def test_amid_a_gap_it_is_settled_that_there_is_no_value(text: str, x: float) -> None:
    found = at(parse_expression(text), x)
    assert found is not None
    assert found.kind is None
    assert math.isnan(found.value)


@pytest.mark.parametrize("text", ["e^(e^(e^x))", "e^(500x)"])
def test_a_slope_beyond_every_float_is_not_called_infinite(text: str) -> None:
    assert at(parse_expression(text), 2.0) is None
