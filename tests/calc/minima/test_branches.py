"""Which ratio of polynomials |x| and its like are on an interval: the same values there, or none is named."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import mpmath
import pytest
from flint import fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expression import parse_expression
from calc.minima.branches import branch, has_branches
from tests.calc.expansions.checks import rational
from tests.calc.expression.trees import TooLarge, Undefined, precisely

texts = st.recursive(
    st.sampled_from(["x", "x", "x", "1", "2", "(1/3)"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]} {0[1]} {0[2]})".format),
        st.tuples(st.sampled_from(["abs", "sign", "floor", "ceil"]), inner).map("{0[0]}({0[1]})".format),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
    ),
    max_leaves=5,
)


def on(text: str, low: Fraction, high: Fraction):
    """The branch on [low, high]."""
    ends = (fmpq(end.numerator, end.denominator) for end in (low, high))
    return branch(parse_expression(text).root, *ends)


def test_a_branch_has_the_values_of_the_function() -> None:
    seen: Counter[bool] = Counter()

    @settings(max_examples=300)
    @given(
        texts, st.fractions(-4, 4, max_denominator=8), st.fractions(Fraction(1, 50), 2, max_denominator=50)
    )
    def check(text: str, low: Fraction, width: Fraction) -> None:
        try:
            root = parse_expression(text).root
        except ValueError:
            assume(False)
        found = on(text, low, low + width)
        seen[found is not None] += 1
        if found is None:
            return
        with mpmath.workdps(50):
            for k in range(12):
                x = low + width * Fraction(k, 11)
                at = fmpq(x.numerator, x.denominator)
                below = found.denominator(at)
                try:
                    true = precisely(root, {"x": rational(x)})
                except TooLarge:
                    continue
                except Undefined:
                    assert below == 0 or any(each(at) == 0 for each in found.divisors)
                    continue
                assert below != 0
                value = found.numerator(at) / below
                assert abs(true - rational(value)) < 1e-40 * (1 + abs(true)), (text, x)

    check()
    assert seen[True] > 0.4 * seen.total()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(
            ("|x|", -1, 1),
            ("sign(x)", -1, 1),
            ("max(x, 1)", 0, 2),
            ("floor(x)", 0, 2),
            ("|1/x|", -1, 1),
            ("|x|", 0, 1),
        ),
        *(
            ("max(x, -x)", 0, 1),
            ("floor(x)", 1, 2),
            ("sign(x)", 0, 1),
            ("min(1/x, 0)", -1, 1),
            ("|sin(x)|", 1, 2),
        ),
    ],
)
def test_no_branch_is_named_where_there_are_two(text: str, low: int, high: int) -> None:
    assert on(text, Fraction(low), Fraction(high)) is None


@pytest.mark.parametrize(
    ("text", "has"),
    [
        *(
            ("|x|", True),
            ("x/|x|", True),
            ("max(x, x^2)", True),
            ("floor(x)", False),
            ("x^2", False),
            ("sin|x|", False),
        ),
        *(("sign(x) + 1/x", True), ("floor(x) + |x|", True), ("|x|^0.5", False)),
    ],
)
def test_which_functions_have_branches(text: str, has: bool) -> None:
    assert has_branches(parse_expression(text).root) == has
