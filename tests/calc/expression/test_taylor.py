"""Taylor coefficients over balls hold those of every point of the ball, or nothing is said."""

from __future__ import annotations

from collections import Counter

import mpmath
import pytest
from flint import arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expression import Expression, parse_expression
from calc.expression.taylor import MOST_TERMS, Undecided, taylor_series
from calc.expression.tree import Node
from tests.calc.expression.members import in_ball
from tests.calc.expression.trees import TooLarge, precisely, trees

TERMS = 4


def coefficients(root: Node, x: mpmath.mpf, terms: int) -> list[mpmath.mpf]:
    """By mpmath, to some twenty digits. Raises Undefined."""
    with mpmath.workdps(300):
        step = mpmath.mpf(10) ** -50
        found = []
        for order in range(terms):
            slope = mpmath.diff(lambda t: precisely(root, {"x": t}), x, order, h=step) if order else precisely(
                root, {"x": x}
            )  # fmt: skip
            found.append(slope / mpmath.factorial(order))
        return found


def test_coefficients_at_points_lie_in_the_balls() -> None:
    """And enough is decided."""
    seen: Counter[str] = Counter()

    @settings(max_examples=250)
    @given(
        trees(),
        st.sampled_from((0.0, 1.0, -1.0, 0.5, 2.0)) | st.floats(-5, 5).filter(lambda x: abs(x) > 1e-3),
        st.sampled_from((0.0, 2.0**-60, 0.125, 0.5)),
        st.floats(-1, 1),
    )
    def check(root: Node, centre: float, radius: float, share: float) -> None:
        try:
            found = taylor_series(root, "x")(arb(centre, radius), TERMS)
        except Undecided:
            seen["undecided"] += 1
            return
        seen["decided"] += 1
        with mpmath.workdps(300):
            for part in (0, share, 1):
                x = mpmath.mpf(centre) + mpmath.mpf(part) * radius
                try:
                    true = coefficients(root, x, TERMS)
                except TooLarge:
                    assume(False)
                size = sum(abs(c) for c in true) + 1
                for order, c in enumerate(true):
                    assert in_ball(found[order], c, size * mpmath.mpf(10) ** -30), (
                        Expression(root, ("x",)).text, order, mpmath.nstr(x, 20), mpmath.nstr(c, 20), found[order],
                    )  # fmt: skip

    check()
    assert seen["decided"] > 0.45 * seen.total()


EACH = [
    *("x^3 - 2x + 1", "1/(x + 2)", "e^x", "2^x", "x^x", "ln(x)", "log2(x)", "log10(x)", "sqrt(x)", "cbrt(x)", "x^-3"),
    *("sin(x)", "cos(x)", "tan(x)", "cot(x)", "sec(x)", "csc(x)", "asin(x)", "acos(x)", "atan(x)", "sinh(x)", "x^0.7"),
    *("cosh(x)", "tanh(x)", "asinh(x)", "acosh(x + 1)", "atanh(x)", "|x - 2|", "sign(x)", "floor(x)", "ceil(x)"),
    *("max(x, 1 - x)", "min(x, 1 - x)", "min(1, x, x^2)", "cbrt(x - 2)", "(x - 2)^(2/3)", "(x - 2)^(-5/3)", "pi x - e"),
]  # fmt: skip


@pytest.mark.parametrize("text", EACH)
def test_each_function_is_read_at_a_point_and_on_a_ball(text: str) -> None:
    root = parse_expression(text).root
    with mpmath.workdps(300):
        true = coefficients(root, mpmath.mpf(0.7), 6)
        sharp, wide = (taylor_series(root, "x")(arb(0.7, radius), 6) for radius in (0, 2.0**-20))
        for order, c in enumerate(true):
            slack = mpmath.mpf(10) ** -30 * (1 + abs(c))
            assert in_ball(sharp[order], c, slack), (order, c, sharp[order])
            assert in_ball(wide[order], c, slack)
            assert float(sharp[order].rad()) < 1e-25 * (1 + float(abs(c)))


@pytest.mark.parametrize(
    ("text", "centre", "radius"),
    [
        *(("|x|", 0, 0.5), ("|x|", 0, 0), ("|x|", 0.5, 0.5), ("sign(x)", 0, 0.1), ("sqrt(x)", 0, 0)),
        *(("sqrt(x)", 0.1, 0.1), ("cbrt(x)", 0, 0), ("x^(1/3)", 0.1, 0.2), ("sqrt(x)", -1, 0.1), ("ln(x)", 0, 0)),
        *(("ln(x)", -1, 0), ("ln(x)", 1, 1), ("1/x", 0, 0), ("1/x", 0.1, 0.2), ("floor(x)", 1, 0)),
        *(("floor(x)", 0.9, 0.2), ("ceil(x)", 1, 0), ("asin(x)", 1, 0), ("asin(x)", 0.9, 0.2), ("acos(x)", -1, 0)),
        *(("acosh(x)", 1, 0), ("acosh(x)", 0, 0), ("atanh(x)", 1, 0), ("atanh(x)", 0.9, 0.2), ("tan(x)", 1.5, 0.2)),
        *(("cot(x)", 0, 0), ("csc(x)", 0, 0.1), ("max(x, 1)", 1, 0), ("max(x, 1)", 0.9, 0.2), ("min(x, -x)", 0, 0)),
        *(("x^x", 0, 0), ("x^x", -1, 0), ("x^-2", 0, 0), ("(-1 - x^2)^(1/2)", 0, 0), ("ln(x)^0", -1, 0)),
        *(("0 ln(x)", -1, 0), ("max(1, ln(x))", -1, 0), ("sin(x)/x", 0, 0), ("x/x", 0, 0), ("e^x", 1e15, 0)),
        *(("sin(x)", 1e15, 0), ("x^(1/2)/x^(1/2)", -1, 0), ("(x - 1)^0 + 1/(x - 1)", 1, 0)),
    ],
)  # fmt: skip
def test_nothing_is_said_where_something_happens(text: str, centre: float, radius: float) -> None:
    with pytest.raises(Undecided):
        taylor_series(parse_expression(text).root, "x")(arb(centre, radius), 3)


def test_as_many_terms_as_are_asked_for() -> None:
    root = parse_expression("e^x + 1").root
    for terms in range(1, MOST_TERMS + 1):
        found = taylor_series(root, "x")(arb(0), terms)
        assert float(found[terms - 1].mid()) == pytest.approx(
            1 / float(mpmath.factorial(terms - 1)) + (terms == 1)
        )
