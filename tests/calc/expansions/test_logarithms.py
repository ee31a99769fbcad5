"""Sums of powers of x times powers of ln x beside 0: their limit, slope and direction, against mpmath."""

from __future__ import annotations

from collections import Counter
from itertools import product

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.expansions import Unsettled, expand
from calc.expansions.logarithms import range_of_term
from calc.expression import parse_expression
from tests.calc.expansions.checks import accusations
from tests.calc.expression.members import holds

ORDERS = ("0", "1", "2", "(1/2)", "(1/3)", "-1", "3")


@pytest.mark.parametrize(("order", "logs"), list(product(ORDERS, (1, 2, 3))))
def test_one_term(order: str, logs: int) -> None:
    root = parse_expression(f"x^{order} ln(x)^{logs}").root
    for reach in (0.2, 1e-6):
        try:
            said = expand(root, "x", fmpq(0), 1, reach)
        except Unsettled:
            assert reach > 0.01
            continue
        assert said is not None
        assert accusations(root, fmpq(0), 1, reach, said) == []
        if reach < 1e-5:
            assert said.direction is not None
            limit = 0 if order not in ("0", "-1") else (1 if order == "0" and logs == 0 else None)
            assert said.limit == limit if limit is not None else not said.limit.is_finite()


terms = st.tuples(st.integers(-5, 5).filter(bool), st.sampled_from(ORDERS), st.integers(0, 3)).map(
    "({0[0]})x^{0[1]} ln(x)^{0[2]}".format
)


def test_sums_of_terms() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=60)
    @given(st.lists(terms, min_size=1, max_size=3), st.sampled_from((0.5, 0.1, 1e-3, 1e-9)))
    def check(some: list[str], reach: float) -> None:
        root = parse_expression(" + ".join(some)).root
        try:
            said = expand(root, "x", fmpq(0), 1, reach)
        except Unsettled:
            seen["unsettled"] += 1
            return
        assert accusations(root, fmpq(0), 1, reach, said) == [], (some, reach, said)
        seen["settled"] += 1
        seen["direction"] += said is not None and said.direction is not None

    check()
    assert seen["settled"] > 0.7 * (seen["settled"] + seen["unsettled"])
    assert seen["direction"] > 0.5 * seen["settled"]


@pytest.mark.parametrize(
    "text",
    [
        *("x^x - 1 - x ln x", "x ln(x) - x", "ln(x) + 1/x", "ln(x)/x"),
        *("1/(x ln x)", "x^x ln x", "ln(x^2 + x)", "ln(sin x)"),
        *("x^(-x)", "x^(x^2)", "x^x^x", "e^(x ln(x))/x"),
        *("sin(x) ln(sin(x))", "ln(x)^2 - ln(x)", "1/ln(x)^2", "x/ln(x)"),
        *("x^sqrt(x)", "sqrt(x) ln(x)", "x^2 ln(1/x)", "log2(x) - log10(x)", "ln(x) - ln(2x)", "(x^x - 1)/(x ln(x))"),
        *("x^(1/x)", "|ln x|", "tanh(ln x)", "atan(ln x)", "e^(-ln(x)^2)", "max(ln x, -5)", "sinh(ln x)", "cosh(ln x)"),
    ],
)  # fmt: skip
def test_named_functions_with_logarithms(text: str) -> None:
    root = parse_expression(text).root
    for reach in (0.25, 1e-4):
        try:
            said = expand(root, "x", fmpq(0), 1, reach)
        except Unsettled:
            continue
        assert accusations(root, fmpq(0), 1, reach, said) == []


@given(st.fractions(0, 4, max_denominator=6), st.integers(0, 3), st.floats(1e-9, 0.9), st.floats(0, 1))
def test_the_range_of_a_term_holds_its_values(order: object, logs: int, reach: float, share: float) -> None:
    found = range_of_term(fmpq(order.numerator, order.denominator), logs, arb(reach))
    if found is None:
        return
    with mpmath.workdps(60):
        for part in (share, 1, 1e-3, 1e-30):
            t = mpmath.mpf(reach) * mpmath.mpf(part)
            if t > 0:
                power = t ** (mpmath.mpf(order.numerator) / order.denominator)
                assert holds(found, power * mpmath.log(t) ** logs, mpmath.mpf(10) ** -33)
