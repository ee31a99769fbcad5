"""What a motion is said to keep, it keeps, at points and to a hundred digits; and it keeps what formulas mean."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expansions import Number
from calc.expansions.numbers import PiNumber, pi_times
from calc.expression import Expression, parse_expression
from calc.expression.tree import Node
from calc.minima.symmetry import Motion, motions
from tests.calc.expansions.checks import as_mpf
from tests.calc.expression.trees import TooLarge, Undefined, precisely, trees

POINTS = [mpmath.mpf(k) / 7 - mpmath.mpf(1) / 97 for k in range(-20, 21)]


def broken(root: Node, motion: Motion) -> str:
    """Where f of the moved x is another number; "" if nowhere among some points."""
    with mpmath.workdps(100):
        shift = as_mpf(motion.shift)
        for x in POINTS:
            values = []
            for at in (x, motion.turn * x + shift):
                try:
                    values.append(precisely(root, {"x": at}))
                except Undefined:
                    values.append(None)
                except TooLarge:
                    values.append(mpmath.inf)
            a, b = values
            if a is None or b is None:
                if a is not b:
                    return f"defined on one side only, at {mpmath.nstr(x, 10)}"
            elif a != b and not abs(a - b) < mpmath.mpf(10) ** -60 * (1 + abs(a)):
                return f"{mpmath.nstr(a, 10)} and {mpmath.nstr(b, 10)} at {mpmath.nstr(x, 10)}"
    return ""


shifts = st.one_of(
    st.sampled_from([fmpq(0), fmpq(0), fmpq(1), fmpq(2), fmpq(-1)]),
    st.fractions(-3, 3, max_denominator=4).map(lambda a: fmpq(a.numerator, a.denominator)),
    st.sampled_from([pi_times(fmpq(k, 2)) for k in (-4, -2, -1, 1, 2, 4, 8)]),
)
atoms = st.sampled_from(
    [
        *(
            "x",
            "sin x",
            "cos x",
            "|x|",
            "x^2",
            "x^3",
            "tan x",
            "sin(2x)",
            "cos(x - 1)",
            "(x - 1)",
            "cot x",
            "sec x",
        ),
        *(
            "csc(x)",
            "sinh(x)",
            "cosh(x)",
            "sign x",
            "cbrt x",
            "x^(2/3)",
            "e^x",
            "2",
            "pi",
            "sin(pi x)",
            "cos(x/2)",
            "atan x",
        ),
        *(
            "|x - 1|",
            "(x - 1)^2",
            "ln|x|",
            "e^(-x^2)",
            "sqrt(x^2 + 1)",
            "sin(x + pi/3)",
            "floor x",
            "x^4",
            "asin(sin x)",
        ),
    ]
)
FUNCTIONS = ("cos", "sin", "abs", "exp", "atan", "floor", "ceil")
formulas = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("(({0[0]}) {0[1]} ({0[2]}))".format),
        st.tuples(st.sampled_from(FUNCTIONS), inner).map("{0[0]}({0[1]})".format),
        st.tuples(inner, st.sampled_from(["2", "3", "(1/3)", "(2/3)", "-1", "0.5"])).map("({0[0]})^{0[1]}".format),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
    ),
    max_leaves=3,
)  # fmt: skip


def test_what_is_kept_is_kept() -> None:
    seen: Counter[bool] = Counter()

    @settings(max_examples=400)
    @given(formulas, st.sampled_from((-1, 1)), shifts)
    def check(text: str, turn: int, shift: Number) -> None:
        try:
            root = parse_expression(text).root
        except ValueError:
            assume(False)
        motion = Motion(turn, shift)
        kept = motion.keeps(root)
        seen[kept] += 1
        if kept:
            assert broken(root, motion) == "", (text, motion)

    check()
    assert seen[True] > 40


@pytest.mark.parametrize("text", ["x x^(3/4)", "x^3 x^(1/2)", "x^(1/2)", "x |x|", "x + x^2", "x e^(x^2)"])
def test_what_has_other_values_on_the_other_side_or_none_is_not_kept(text: str) -> None:
    assert not Motion(-1, fmpq(0)).keeps(parse_expression(text).root)


@pytest.mark.parametrize("text", ["sin(x) cos(x)", "cos(x)^2", "|sin x|", "sin(x)^2 cos(x)^4"])
def test_a_shift_by_a_quarter_turn_keeps_no_wave(text: str) -> None:
    assert not Motion(1, pi_times(fmpq(1, 2))).keeps(parse_expression(text).root)


@settings(max_examples=150)
@given(trees(), st.sampled_from((-1, 1)), shifts)
def test_what_is_kept_of_random_trees_is_kept(root: Node, turn: int, shift: Number) -> None:
    motion = Motion(turn, shift)
    if motion.keeps(root):
        assert broken(root, motion) == "", (Expression(root, ("x",)).text, motion)


PI = PiNumber(fmpq(0), fmpq(1))


@pytest.mark.parametrize(
    ("text", "turn", "shift"),
    [
        *(("x sin x", -1, fmpq(0)), ("cos x", -1, fmpq(0)), ("|x|", -1, fmpq(0)), ("x^4 - 8x^2", -1, fmpq(0))),
        *(("sin x", -1, PI), ("sin x + cos x", 1, PI * 2), ("sin(x)^2", 1, PI), ("tan x", 1, PI), ("|sin x|", 1, PI)),
        *(("sin(2x)", 1, PI), ("cos(pi x)", 1, fmpq(2)), ("cos(pi x)", -1, fmpq(2)), ("|x - 1|", -1, fmpq(2))),
        *(("(x - 1)^2", -1, fmpq(2)), ("x^2 - 2x", -1, fmpq(2)), ("e^(-x^2)", -1, fmpq(0)), ("x/sinh(x)", -1, fmpq(0))),
        *(("cos(sin x)", 1, PI), ("sin x + 5", 1, PI * 2), ("cbrt(x)^2", -1, fmpq(0)), ("x^(2/3)", -1, fmpq(0))),
        *(("1/(x^2 - 1)", -1, fmpq(0)), ("ln|x|", -1, fmpq(0))),
        *(("x tan x", -1, fmpq(0)), ("max(x^2, |x|)", -1, fmpq(0))),
        *(("sin(x + pi/3)", -1, PI / 3), ("sec x", -1, fmpq(0))),
        *(("cot(x)^2", -1, fmpq(0)), ("x^2 + cos x", -1, fmpq(0))),
    ],
)  # fmt: skip
def test_symmetries_that_a_reader_sees(text: str, turn: int, shift: Number) -> None:
    root = parse_expression(text).root
    assert broken(root, Motion(turn, shift)) == ""
    assert Motion(turn, shift).keeps(root)


@pytest.mark.parametrize(
    ("text", "turn", "shift"),
    [
        *(("x", -1, fmpq(0)), ("sin x", -1, fmpq(0)), ("sin x", 1, PI), ("cos x", 1, PI), ("x sin x", 1, PI * 2)),
        *(("x^2 + x/10^9", -1, fmpq(0)), ("floor x", -1, fmpq(0)), ("max(x, 0)", -1, fmpq(0)), ("x^3", -1, fmpq(0))),
        *(("sin(x) + cos x", 1, PI), ("x^(1/3)", -1, fmpq(0)), ("e^x", -1, fmpq(0)), ("|x - 1|", -1, fmpq(0))),
        *(("cos(x - 1)", -1, fmpq(0)), ("sin x + cos(3x/2)", 1, PI * 2), ("tan x", -1, PI), ("x + |x|", -1, fmpq(0))),
        *(("sqrt x", -1, fmpq(0)), ("min(x, -x, x)", 1, fmpq(1)), ("x - x^2", -1, fmpq(0)), ("sign x", -1, fmpq(0))),
    ],
)  # fmt: skip
def test_what_is_not_kept_is_not_said_to_be(text: str, turn: int, shift: Number) -> None:
    root = parse_expression(text).root
    assert broken(root, Motion(turn, shift)) != ""
    assert not Motion(turn, shift).keeps(root)


@given(st.fractions(-5, 5, max_denominator=20), st.fractions(-5, 5, max_denominator=20), st.booleans())
def test_motions_take_one_place_to_the_other(a: Fraction, b: Fraction, turns: bool) -> None:
    places = [fmpq(c.numerator, c.denominator) for c in (a, b)]
    if turns:
        places = [pi_times(place) if place != 0 else place for place in places]
    fuzzy = [arb(place) if isinstance(place, fmpq) else place.ball for place in places]
    for one, other in (places, [place + arb(0, 2.0**-90) for place in fuzzy]):
        found = motions(one, other)
        assert found
        with mpmath.workdps(50):
            for motion in found:
                moved = motion.turn * as_mpf(one) + as_mpf(motion.shift)
                assert abs(moved - as_mpf(other)) < 1e-24
