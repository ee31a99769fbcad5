"""Values at exact points: those of mpmath, exact where they are fractions, undefined where any part is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expansions import Number, Undefined, Unsettled, ball, value_at
from calc.expansions.numbers import PiNumber
from calc.expression import Expression, parse_expression
from calc.expression.tree import Node
from tests.calc.expansions.checks import as_mpf, is_plain
from tests.calc.expression.members import in_ball
from tests.calc.expression.trees import TooLarge, precisely, trees
from tests.calc.expression.trees import Undefined as NoValue

PI = PiNumber(fmpq(0), fmpq(1))
points = st.sampled_from([fmpq(0), fmpq(1), fmpq(-1), fmpq(1, 2), fmpq(2), fmpq(-7, 3), PI, PI / 2, PI * 2])
JUMPS = ("floor", "ceil", "sign")


def test_values_at_simple_points_are_those_of_mpmath() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=350)
    @given(trees(), points)
    def check(root: Node, x: Number) -> None:
        text = Expression(root, ("x",)).text
        assume(is_plain(root))
        # At pi mpmath is beside the point: where values jump, or are none at the point alone, it does not tell.
        assume(
            isinstance(x, fmpq)
            or not any(name in text for name in (*JUMPS, "/", "^", "tan", "sec", "csc", "cot"))
        )
        with mpmath.workdps(100):
            try:
                true = precisely(root, {"x": as_mpf(x)})
            except NoValue:
                true = None
            except TooLarge:
                assume(False)
            try:
                found = value_at(root, x)
            except Unsettled:
                seen["unsettled"] += 1
                return
            except Undefined:
                # sqrt(sin x) at pi is one of a number that mpmath has beside 0.
                assert true is None or not isinstance(x, fmpq), text
                return
            seen["settled"] += 1
            assert true is not None or not isinstance(x, fmpq), (text, found)
            if true is not None:
                assert in_ball(ball(found), true, mpmath.mpf(10) ** -40 * (1 + abs(true))), (text, found)

    check()
    assert seen["settled"] > 0.9 * seen.total()


arithmetic = st.recursive(
    st.sampled_from(["x", "x", "2", "(1/3)", "0.7", "5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map("({0[0]} {0[1]} {0[2]})".format),
        st.tuples(inner, st.integers(0, 3)).map("({0[0]})^{0[1]}".format),
        inner.map("|{}|".format),
        inner.map("floor({})".format),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
    ),
    max_leaves=5,
)


def exactly(text: str, x: Fraction) -> Fraction:
    """The same by Python's fractions."""
    body = text.replace("^", "**")
    while "|" in body:
        first = body.index("|")
        depth, last = 0, first + 1
        while body[last] != "|" or depth:
            depth += {"(": 1, ")": -1}.get(body[last], 0)
            last += 1
        body = f"{body[:first]}abs({body[first + 1 : last]}){body[last + 1 :]}"
    for number in ("0.7",):
        body = body.replace(number, "Fraction(7, 10)")
    names = {
        "x": x,
        "Fraction": Fraction,
        "floor": lambda u: Fraction(u // 1),
        "min": min,
        "max": max,
        "abs": abs,
    }
    return Fraction(eval(body.replace("(1/3)", "Fraction(1, 3)"), {"__builtins__": {}}, names))  # noqa: S307


@given(arithmetic.filter(lambda text: text.count("|") <= 2), st.fractions(-5, 5, max_denominator=9))
def test_values_of_fractions_are_exact(text: str, x: Fraction) -> None:
    assume("^0" not in text)
    found = value_at(parse_expression(text).root, fmpq(x.numerator, x.denominator))
    true = exactly(text, x)
    assert found == fmpq(true.numerator, true.denominator)


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        *(("sin x", PI, fmpq(0)), ("cos x", PI, fmpq(-1)), ("floor(sin x)", PI, fmpq(0)), ("|x - pi|", PI, fmpq(0))),
        *(("cbrt(sin x)", PI, fmpq(0)), ("x/pi", PI, fmpq(1))),
        *(("sqrt(1 + x)", fmpq(8), fmpq(3)), ("x^0", fmpq(0), fmpq(1))),
        *(("0^x", fmpq(0), fmpq(1)), ("x^x", fmpq(0), fmpq(1)), ("0^x", fmpq(2), fmpq(0)), ("x^x", fmpq(1, 2), None)),
        *(("tan x", PI / 4, fmpq(1)), ("asin(x/2)", fmpq(1), PI / 6)),
        *(("max(x, 3)", PI, PI), ("sign(x - 3)", PI, fmpq(1))),
        *(("x^(1/3)", fmpq(-8), fmpq(-2)), ("log2(x)", fmpq(8), fmpq(3)), ("floor(x)", fmpq(-1, 2), fmpq(-1))),
        *(("ceil(x)", fmpq(-1, 2), fmpq(0)), ("e^(x - x)", PI, fmpq(1)), ("acosh(x)", fmpq(1), fmpq(0))),
    ],
)  # fmt: skip
def test_simple_values_are_exact(text: str, x: Number, value: Number | None) -> None:
    found = value_at(parse_expression(text).root, x)
    if value is not None and not isinstance(found, arb):
        assert found == value
    elif value is not None:
        assert ball(found).overlaps(ball(value))
        assert "tan" in text


@pytest.mark.parametrize(
    ("text", "x"),
    [
        *(("1/x", fmpq(0)), ("ln x", fmpq(0)), ("ln x", fmpq(-1))),
        *(("sqrt x", fmpq(-1)), ("x^x", fmpq(-1)), ("0^x", fmpq(-1))),
        *(("x^-1", fmpq(0)), ("x^(-1/3)", fmpq(0)), ("tan x", PI / 2)),
        *(("1/sin x", PI), ("cot x", PI), ("sec x", PI / 2)),
        *(("0 ln x", fmpq(-1)), ("x/x", fmpq(0)), ("(1/x)^0", fmpq(0))),
        *(("max(1, ln x)", fmpq(-1)), ("sign(1/x)", fmpq(0))),
        *(("atan(1/x)", fmpq(0)), ("asin x", fmpq(2)), ("acosh x", fmpq(1, 2))),
        *(("atanh x", fmpq(1)), ("x^pi", fmpq(-1))),
        *(("1/(1/x)", fmpq(0)), ("ln x - ln x", fmpq(0)), ("floor(1/x)", fmpq(0))),
        *(("e^(1/x)", fmpq(0)), ("x^(1/2)", fmpq(-4))),
    ],
)  # fmt: skip
def test_there_is_no_value_where_a_part_has_none(text: str, x: Number) -> None:
    with pytest.raises(Undefined):
        value_at(parse_expression(text).root, x)


def test_what_the_numbers_cannot_decide_is_unsettled() -> None:
    for text in ("floor(x^2)", "1/(x^2 - 2)", "sign(x^2 - 2)", "ln(x^2 - 2)", "exp(9exp(99x^2))"):
        with pytest.raises(Unsettled):
            value_at(parse_expression(text).root, arb(2).sqrt())


def test_parts_that_are_known_are_not_reckoned() -> None:
    expression = parse_expression("floor(x^2 - 2) + 5")
    part = parse_expression("x^2 - 2").root
    assert value_at(expression.root, arb(2).sqrt(), {part: fmpq(0)}) == 5
    extreme = parse_expression("max(x^2, 2)")
    found = value_at(extreme.root, arb(2).sqrt(), {part: fmpq(0)})
    assert ball(found).overlaps(arb(2))
