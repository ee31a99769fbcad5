"""Trees that are ax + b: a and b by differences of mpmath's values."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.expression import parse_expression
from calc.expression.tree import Binary, Constant, Negate, Node, Number, Power, Variable
from calc.minima.lines import line
from tests.calc.expansions.checks import as_mpf
from tests.calc.expression.trees import TooLarge, Undefined, precisely, trees

leaves = st.sampled_from(
    [Variable("x"), Variable("x"), Number("2"), Number("0.1"), Constant("pi"), Constant("tau")]
)
nearly_lines = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Binary, st.sampled_from("+-+-*/"), inner, inner),
        inner.map(Negate),
        st.builds(Power, inner, st.sampled_from([Number("1"), Number("2"), Number("0")])),
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(st.one_of(nearly_lines, trees()))
def test_what_is_called_a_line_is_that_line(root: Node) -> None:
    found = line(root)
    if found is None:
        return
    with mpmath.workdps(60):
        slope, start = map(as_mpf, found)
        assert slope != 0
        for x in (mpmath.mpf(0), mpmath.mpf(1), mpmath.mpf("-7.3"), mpmath.mpf(10) ** 9):
            try:
                true = precisely(root, {"x": x})
            except TooLarge:
                continue
            except Undefined as error:
                raise AssertionError("a line has values everywhere") from error
            assert abs(true - (slope * x + start)) < mpmath.mpf(10) ** -45 * (1 + abs(true))


@pytest.mark.parametrize(
    ("text", "slope", "start"),
    [
        ("x", "1", "0"),
        ("2x - pi", "2", "-pi"),
        ("(x - 1)/2", "0.5", "-0.5"),
        ("pi x + 1", "pi", "1"),
        ("-(3 - tau x)/2", "pi", "-1.5"),
        ("x - (x - x)", "1", "0"),
        ("2(x + pi/2) - x", "1", "pi"),
        ("x/pi", "1/pi", "0"),
    ],
)
def test_lines(text: str, slope: str, start: str) -> None:
    found = line(parse_expression(text).root)
    if found is None:
        # 1/pi is no exact number.
        assert text == "x/pi"
        return
    with mpmath.workdps(50):
        for number, true in zip(found, (slope, start), strict=True):
            assert abs(as_mpf(number) - precisely(parse_expression(true).root, {})) < mpmath.mpf(10) ** -45


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "pi",
        "x - x",
        "x^2",
        "x x",
        "1/x",
        "e x",
        "x + e",
        "sin x",
        "|x|",
        "x^x",
        "2^x",
        "x/(x - x)",
        "0x + 1",
    ],
)
def test_others_are_none(text: str) -> None:
    assert line(parse_expression(text).root) is None
