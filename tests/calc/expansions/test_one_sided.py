"""What is said of a function beside a place is true, as far as hundreds of digits tell."""

from __future__ import annotations

from collections import Counter

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.expansions import Number, Side, Unsettled, expand
from calc.expansions.numbers import PiNumber
from calc.expression import Expression, parse_expression
from calc.expression.tree import Node
from tests.calc.expansions.checks import accusations, as_mpf, is_plain, spread
from tests.calc.expression.trees import precisely, trees

PI, HALF_PI, TWO_PI = (PiNumber(fmpq(0), fmpq(*turns)) for turns in ((1, 1), (1, 2), (2, 1)))
PLACES: dict[str, Number] = {
    **{"0": fmpq(0), "1": fmpq(1), "-1": fmpq(-1), "1/2": fmpq(1, 2), "2": fmpq(2)},
    **{"pi": PI, "pi/2": HALF_PI, "2pi": TWO_PI},
}
REACH = 0.25

# A function, a place, and the limit, the slope and the direction on the left and on the right: None where there
# is no value, ? for what is not asked.
CASES = [
    ("|x|^1.01", "0", "0; 0; -1", "0; 0; 1"),
    ("cbrt(sin x)", "pi", "0; -inf; -1", "0; -inf; -1"),
    ("sqrt(1 - cos x)", "2pi", "0; -1/sqrt(2); -1", "0; 1/sqrt(2); 1"),
    ("asin(sin x)", "pi/2", "pi/2; 1; 1", "pi/2; -1; -1"),
    ("acos(cos x)", "pi", "pi; 1; 1", "pi; -1; -1"),
    ("acosh(cosh x)", "0", "0; -1; -1", "0; 1; 1"),
    ("x ln x", "0", None, "0; -inf; -1"),
    ("x^2 ln|x|", "0", "0; 0; 1", "0; 0; -1"),
    ("x ln(x)^2", "0", None, "0; inf; ?"),
    ("x^x", "0", None, "1; -inf; -1"),
    ("|x|^x", "0", "1; -inf; -1", "1; -inf; -1"),
    ("(x^x)^x", "0", None, "1; 0; -1"),
    ("0^x", "1", "0; 0; 0", "0; 0; 0"),
    ("x^pi", "0", None, "0; ?; 1"),
    ("e^(-1/x^2)", "0", "0; ?; -1", "0; ?; 1"),
    ("e^(1/x)", "0", "0; ?; -1", "inf; ?; -1"),
    ("x e^(1/x)", "0", "0; ?; 1", "inf; ?; -1"),
    ("e^(-1/x)/x", "0", "-inf; ?; -1", "0; ?; 1"),
    ("2^(1/x)", "0", "0; ?; -1", "inf; ?; -1"),
    ("1/(1 + 2^(1/x))", "0", "1; ?; ?", "0; ?; ?"),
    ("(1 + x)^(1/x)", "0", "e; -e/2; -1", "e; -e/2; -1"),
    ("(e^x - e)/(x - 1)", "1", "e; e/2; 1", "e; e/2; 1"),
    ("ln(1 + x)/x", "0", "1; -1/2; -1", "1; -1/2; -1"),
    ("sin(x)/x", "0", "1; 0; 1", "1; 0; -1"),
    ("(x - sin x)/x^3", "0", "1/6; 0; 1", "1/6; 0; -1"),
    ("1/x - 1/sin x", "0", "0; -1/6; -1", "0; -1/6; -1"),
    ("1/x - 1/x", "0", "0; 0; 0", "0; 0; 0"),
    ("(x^2 - 1)/(x - 1)", "1", "2; 1; 1", "2; 1; 1"),
    ("(1 - cos(x)^2)/sin(x)", "pi", "0; -1; -1", "0; -1; -1"),
    ("floor(sin x)", "0", "-1; 0; 0", "0; 0; 0"),
    ("floor(sin x)", "pi/2", "0; 0; 0", "0; 0; 0"),
    ("floor(sin x)", "pi", "0; 0; 0", "-1; 0; 0"),
    ("floor x", "1", "0; 0; 0", "1; 0; 0"),
    ("ceil x", "1", "1; 0; 0", "2; 0; 0"),
    ("1/floor(x)", "1", None, "1; 0; 0"),
    ("x - floor x", "1", "1; 1; 1", "0; 1; 1"),
    ("sign x", "0", "-1; 0; 0", "1; 0; 0"),
    ("x/|x|", "0", "-1; 0; 0", "1; 0; 0"),
    ("1/ln x", "0", None, "0; -inf; ?"),
    ("1/ln x", "1", "-inf; ?; -1", "inf; ?; -1"),
    ("ln(ln x)", "1", None, "-inf; ?; 1"),
    ("ln|x|", "0", "-inf; ?; -1", "-inf; ?; 1"),
    ("max(1, ln x)", "0", None, "1; 0; 0"),
    ("max(x, x^2)", "1", "1; 1; 1", "1; 2; 1"),
    ("min(x, x^2)", "1", "1; 2; 1", "1; 1; 1"),
    ("atan(1/x)", "0", "-pi/2; -1; -1", "pi/2; -1; -1"),
    ("x atan(1/x)", "0", "0; -pi/2; -1", "0; pi/2; 1"),
    ("tanh(1/x)", "0", "-1; ?; -1", "1; ?; -1"),
    ("sinh(1/x)", "0", "-inf; ?; -1", "inf; ?; -1"),
    ("x^(1/3) + x^(1/4)", "0", None, "0; inf; 1"),
    ("cbrt x", "0", "0; inf; 1", "0; inf; 1"),
    ("cbrt(x^2)", "0", "0; -inf; -1", "0; inf; 1"),
    ("x^(5/3)", "0", "0; 0; 1", "0; 0; 1"),
    ("x^-0.5", "0", None, "inf; ?; -1"),
    ("sqrt x", "0", None, "0; inf; 1"),
    ("acos x", "1", "0; -inf; -1", None),
    ("asin x", "1", "pi/2; inf; 1", None),
    ("acosh x", "1", None, "0; inf; 1"),
    ("1/x", "0", "-inf; ?; -1", "inf; ?; -1"),
    ("1/x^2", "0", "inf; ?; 1", "inf; ?; -1"),
    ("tan x", "pi/2", "inf; ?; 1", "-inf; ?; 1"),
    ("1/sin x", "pi", "inf; ?; 1", "-inf; ?; 1"),
    ("cos x", "0", "1; 0; 1", "1; 0; -1"),
    ("e^(2 + x) - e^2", "0", "0; e^2; 1", "0; e^2; 1"),
    ("x^3", "0", "0; 0; 1", "0; 0; 1"),
    ("|x - 1|(x - 1)", "1", "0; 0; 1", "0; 0; 1"),
    ("5", "0", "5; 0; 0", "5; 0; 0"),
    ("|x|", "0", "0; -1; -1", "0; 1; 1"),
    ("sqrt(x - 1)", "0", None, None),
]


def number(text: str) -> mpmath.mpf:
    """A number of the table."""
    return (
        mpmath.inf
        if text == "inf"
        else -mpmath.inf
        if text == "-inf"
        else precisely(parse_expression(text).root, {})
    )


def is_number(a: Number | None, text: str) -> bool:
    if a is None:
        return False
    with mpmath.workdps(60):
        true = number(text)
        if mpmath.isinf(true):
            return bool(as_mpf(a) == true)
        exact = "e" not in text and "sqrt" not in text
        return bool(abs(as_mpf(a) - true) <= 10 * spread(a) + mpmath.mpf(10) ** (-55 if exact else -33))


@pytest.mark.parametrize(("text", "place", "left", "right"), CASES, ids=lambda part: str(part))
def test_named_functions_beside_named_places(
    text: str, place: str, left: str | None, right: str | None
) -> None:
    root = parse_expression(text).root
    for side, wanted in ((-1, left), (1, right)):
        said = expand(root, "x", PLACES[place], side, REACH)
        if wanted is None:
            assert said is None
            continue
        assert said is not None
        limit, slope, direction = wanted.split("; ")
        assert is_number(said.limit, limit)
        assert slope == "?" or is_number(said.slope, slope), said.slope
        assert direction == "?" or said.direction == int(direction)
        assert accusations(root, PLACES[place], side, REACH, said) == []


ANALYTIC = [
    "(1 + x)^(1/x)",
    "sin(x)/x",
    "1/x - 1/sin x",
    "1/x^2",
    "x^3",
    "tan x",
    "e^x/x^3",
    "|x - 1|",
    "x^0",
]
NOT_ANALYTIC = [
    *("|x|", "x|x|", "cbrt x", "x^(5/3)", "sign x", "x sign x", "floor x", "x floor x", "ceil(x) x^2", "sqrt(x^2)"),
    *("max(x, 0)", "max(x^3, 0)", "min(x, -x)", "|x|^3", "|sin x|", "ln|x|", "x^2 ln|x|", "e^(-1/x^2)", "e^(1/x)"),
    *("atan(1/x)", "tanh(1/x)", "acosh(cosh x)", "|x|^x", "acos(cos x)", "max(x^2, x^2 + x^3)", "sign(1/x)", "1/|x|"),
    *("sqrt(1 - cos x)", "floor(cos x)", "floor(-x^2)", "|1/x|", "|x|/x", "max(1/x, 0)", "max(0, x, -x)"),
]  # fmt: skip


@pytest.mark.parametrize("text", ANALYTIC)
def test_analytic_functions_are_told_so(text: str) -> None:
    assert all(expand(parse_expression(text).root, "x", fmpq(0), side, REACH).analytic for side in (-1, 1))


@pytest.mark.parametrize("text", NOT_ANALYTIC)
def test_others_are_not(text: str) -> None:
    """As |x| on its right side is x, and a hole of it would be told as removable."""
    sides = [expand(parse_expression(text).root, "x", fmpq(0), side, REACH) for side in (-1, 1)]
    assert not all(side.analytic for side in sides if side is not None)


@pytest.mark.parametrize(
    ("text", "place", "left", "right"),
    [
        *(("floor x", "1", False, True), ("ceil x", "1", True, False), ("floor(sin x)", "pi/2", False, False)),
        *(("sign x", "0", False, False), ("sign(x^2)", "0", False, False), ("floor(-x^2)", "0", False, False)),
        *(("x^2", "0", True, True), ("|x|", "0", True, True)),
        *(("cbrt x", "0", True, True), ("ceil(x^2)", "0", False, False)),
        *(("x floor(x)", "1", False, True), ("sin(floor(x))", "2", False, True), ("|x|^x", "0", True, True)),
    ],
)  # fmt: skip
def test_a_value_that_is_not_the_limit_is_not_called_so(
    text: str, place: str, left: bool, right: bool
) -> None:
    root = parse_expression(text).root
    sides = [expand(root, "x", PLACES[place], side, REACH) for side in (-1, 1)]
    assert [side.continuous for side in sides] == [left, right]


@pytest.mark.parametrize("text", ["0^x", "(x - x)^x", "0^sin(x)"])
def test_powers_of_nought_are_not_continuous_at_nought(text: str) -> None:
    assert not expand(parse_expression(text).root, "x", fmpq(0), 1, REACH).continuous


@pytest.mark.parametrize(
    "text",
    [
        *(
            "x - 3x^2",
            "x^3 - x^2/8",
            "sin(9x)",
            "x - 2|x - 0.1|",
            "x^2 - x^3 + 6x^4 - x/16",
            "e^x - 2x^2 - x",
        ),
        *(
            "(1 - 3x)/(1/x)",
            "sqrt|x| (1 - 3|x|)",
            "cbrt(x) (1 - 2x)",
            "(1 + 9x^2)/x",
            "(1 + 4x)/x^2",
            "|x|^-0.5 + 9|x|",
        ),
    ],
)
def test_the_direction_is_that_of_all_of_the_reach(text: str) -> None:
    """A function that turns within the reach has no direction there, and one up to where it turns."""
    root = parse_expression(text).root
    for side in (-1, 1):
        for reach in (1, 0.5, 0.25, 0.125, 0.05, 1e-3):
            try:
                said = expand(root, "x", fmpq(0), side, reach)
            except Unsettled:
                assert reach > 0.01
                continue
            assert accusations(root, fmpq(0), side, reach, said) == []


@pytest.mark.parametrize(
    "text", ["ln(0.2 - x)", "sqrt(0.2 - x)", "asin(5x)", "acosh(1.1 - x)", "1/(x - 0.2)"]
)
def test_what_ends_within_the_reach_is_not_claimed_beyond(text: str) -> None:
    root = parse_expression(text).root
    for reach in (0.1, 0.19, 0.25, 0.5, 3):
        try:
            said = expand(root, "x", fmpq(0), 1, reach)
        except Unsettled:
            continue
        assert accusations(root, fmpq(0), 1, reach, said) == []


def test_parts_that_are_known_to_vanish_make_corners_at_balls() -> None:
    """|x^2 - 2| at the root of 2, a ball, where x^2 - 2 is known to be 0."""
    expression = parse_expression("|x^2 - 2|")
    part = expression.root.arguments[0]
    place = arb(2).sqrt()
    sides = [expand(expression.root, "x", place, side, 0.1, {part: fmpq(0)}) for side in (-1, 1)]
    assert [side.direction for side in sides] == [-1, 1]
    assert [side.limit for side in sides] == [0, 0]
    with mpmath.workdps(50):
        for side, sign in zip(sides, (-1, 1), strict=True):
            assert abs(as_mpf(side.slope) - sign * 2 * mpmath.sqrt(2)) < 1e-30
    with pytest.raises(Unsettled):
        expand(expression.root, "x", place, 1, 0.1)


places = st.sampled_from(["0", "0", "0", "1", "-1", "1/2", "pi", "pi/2"])


def test_nothing_false_is_said_beside_simple_places() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400)
    @given(trees(), places, st.sampled_from((-1, 1)), st.sampled_from((0.5, 0.1, 1e-3, 1e-9)))
    def check(root: Node, place: str, side: int, reach: float) -> None:
        assume(is_plain(root))
        said: Side | None
        try:
            said = expand(root, "x", PLACES[place], side, reach)
        except Unsettled:
            seen["unsettled"] += 1
            return
        false = accusations(root, PLACES[place], side, reach, said)
        assert not false, (Expression(root, ("x",)).text, place, side, reach, said, false)
        seen["settled"] += 1
        seen["direction"] += said is not None and said.direction is not None

    check()
    assert seen["settled"] > 0.8 * (seen["settled"] + seen["unsettled"])
    assert seen["direction"] > 0.5 * seen["settled"]
