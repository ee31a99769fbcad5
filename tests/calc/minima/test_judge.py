"""The judge accuses: true results with one fault planted in each, and true results that only look false."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from calc.expression import parse_expression
from calc.minima import Doubt, Minima, Point, find
from tests.calc.minima.functions import Known, known
from tests.calc.minima.judge import judge

NAN = math.nan
POLE = {"value": math.nan, "extremum": None, "left": math.inf, "right": math.inf}


def changed(found: Minima, number: int, **what: object) -> Minima:
    """The result with one point changed, also among the global extremes."""
    old = found.points[number]
    new = replace(old, **what)  # type: ignore[arg-type]

    def swap(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(new if point is old else point for point in points)

    return replace(
        found,
        points=swap(found.points),
        global_minimum=swap(found.global_minimum),
        global_maximum=swap(found.global_maximum),
    )


def without(found: Minima, number: int) -> Minima:
    """The result without one point."""
    old = found.points[number]

    def drop(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(point for point in points if point is not old)

    return replace(found, points=drop(found.points), global_maximum=drop(found.global_maximum))


def true_result(text: str, low: float, high: float) -> Minima:
    found = find(parse_expression(text), low, high)
    assert found.proved
    assert judge(parse_expression(text), found) == []
    return found


@pytest.mark.parametrize("case", known(), ids=lambda case: f"{case.text} on {case.low:.4g} {case.high:.4g}")
def test_what_is_known_to_be_true_is_not_accused(case: Known) -> None:
    expression = parse_expression(case.text)
    assert judge(expression, find(expression, case.low, case.high)) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "number"),
    [
        ("x^3 - 3x", -2, 2, 1),
        ("(x^2 - 1)^2 + 0.3x", -2, 2, 2),
        ("x sin(x)", -20, 20, 5),
        ("cos(x)", -10, 10, 3),
        ("|x| + 3x", -1, 1, 1),
        ("|x|", -1, 2, 1),
        ("|x^2 - 2| + 9x", -3, 3, 1),
        ("1/x", -1, 1, 1),
        ("1/(x^2 - 2)", -2, 2, 1),
        ("tan(x)", -3, 3, 1),
        ("sin(x)/x", -1, 1, 1),
        ("(x^3 - 2x)/(x^2 - 2)", -2, 2, 2),
        ("x^(1/3)", -1, 1, 1),
        ("floor(x)", -0.5, 1.5, 2),
        ("floor(x)", -0.5, 1.5, 3),
        ("max(0, x)", -2, 2, 1),
        ("max(0, |x| - 1)", -2, 2, 2),
        ("x^3/3 - 0.0000005x^2", -1, 1, 1),
        ("x^3", -1, 1, 1),
        ("(x^2 - 2)^3", -2, 2, 1),
        ("x^5 + x^3", -3, 3, 1),
        ("x|x|", -1, 1, 1),
    ],
)
def test_a_point_left_out_is_missed(text: str, low: float, high: float, number: int) -> None:
    found = without(true_result(text, low, high), number)
    assert judge(parse_expression(text), found)


@pytest.mark.parametrize(
    ("text", "low", "high", "number", "kind", "more"),
    [
        ("x^2 - 2x", -1, 3, 1, "local maximum", {"extremum": "maximum"}),
        ("x^3", -1, 1, 1, "local minimum", {"extremum": "minimum"}),
        ("x^3 + x", -1, 1, 0, "end maximum", {"extremum": "maximum"}),
        ("x^4", -1, 1, 1, "inflection", {"extremum": None}),
        ("x^2", -1, 1, 1, "corner minimum", {}),
        ("|x|", -1, 2, 1, "local minimum", {}),
        ("|x^2 - 2|", -3, 3, 1, "local minimum", {}),
        ("|x| + 3x", -1, 1, 1, "vertical tangent", {}),
        ("x^(1/3)", -1, 1, 1, "corner", {}),
        ("x^(1/3)", -1, 1, 1, "jump", {}),
        ("1/x", -1, 1, 1, "hole", {}),
        ("1/(x^2 - 2)", -2, 2, 1, "hole", {"left": 1.0, "right": 1.0}),
        ("sin(x)/x", -1, 1, 1, "pole", {"left": math.inf, "right": math.inf}),
        ("sin(x)/x", -1, 1, 1, "local maximum", {"value": 1.0, "extremum": "maximum"}),
        ("(x^3 - 2x)/(x^2 - 2)", -2, 2, 1, "corner", {"value": -math.sqrt(2)}),
        ("x - floor(x)", 0, 3, 1, "corner minimum", {"extremum": "minimum"}),
        ("sqrt(x)", -1, 4, 0, "corner", {"extremum": None}),
        ("sqrt(8 - x^2)", -4, 4, 0, "vertical tangent", {}),
        ("1/(x^2 + 0.00000001)", -1, 1, 1, "pole", POLE),
    ],
)  # fmt: skip
def test_a_wrong_kind_is_seen(text, low, high, number, kind, more) -> None:
    found = changed(true_result(text, low, high), number, kind=kind, **more)
    assert judge(parse_expression(text), found)


@pytest.mark.parametrize(
    ("text", "low", "high", "number"),
    [
        ("x^2 - 2x", -1, 3, 1),
        ("cos(x)", -10, 10, 3),
        ("|x|", -1, 2, 1),
        ("|x^2 - 2|", -3, 3, 3),
        ("1/x", -1, 1, 1),
        ("tan(x)", -3, 3, 2),
        ("sin(x)/x", -1, 1, 1),
        ("x^(2/3)", -1, 1, 1),
        ("x - floor(x)", 0, 3, 1),
        ("x^3", -1, 1, 1),
        ("sqrt(1 - x^2)", -2, 2, 0),
        ("x^100", -1, 1, 1),
    ],
)
@pytest.mark.parametrize("shift", [1e-8, -1e-8])
def test_a_shifted_point_is_seen(text: str, low: float, high: float, number: int, shift: float) -> None:
    found = true_result(text, low, high)
    moved = changed(found, number, x=found.points[number].x + shift)
    assert judge(parse_expression(text), moved)


@pytest.mark.parametrize(
    ("text", "low", "high", "number", "value"),
    [
        ("x^2 - 2x", -1, 3, 1, -1.00000001),
        ("e^x", -1, 3, 1, 20.0),
        ("|x| + 1", -1, 2, 1, 1.0000001),
        ("sin(x)/x", -1, 1, 1, 1.0),
        ("1/x", -1, 1, 1, 0.0),
        ("max(0, x)", -2, 2, 1, 0.001),
        ("x^2", -1, 1, 0, NAN),
        ("floor(x)", -0.5, 1.5, 2, -1.0),
    ],
)
def test_a_wrong_value_is_seen(text: str, low: float, high: float, number: int, value: float) -> None:
    assert judge(parse_expression(text), changed(true_result(text, low, high), number, value=value))


@pytest.mark.parametrize(
    ("text", "side"), [("sign(x) + x", "left"), ("1/x", "right"), ("sin(x)/x", "left"), ("x/|x|", "right")]
)
@pytest.mark.parametrize("told", [0.5, -math.inf, NAN])
def test_a_wrong_limit_is_seen(text: str, side: str, told: float) -> None:
    found = true_result(text, -1, 1)
    number = next(i for i, point in enumerate(found.points) if point.x == 0)
    assert judge(parse_expression(text), changed(found, number, **{side: told}))


def test_what_is_no_global_minimum_is_seen() -> None:
    expression = parse_expression("(x^2 - 1)^2 + 0.3x")
    found = true_result("(x^2 - 1)^2 + 0.3x", -2, 2)
    assert judge(expression, replace(found, global_minimum=(found.points[3],)))
    assert judge(expression, replace(found, global_minimum=(*found.global_minimum, found.points[3])))
    assert judge(expression, replace(found, global_maximum=(found.points[0],)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("(x^2 - 1)^2", -2, 2), ("cos(x)", -10, 10), ("x^4 - 2x^2", -1.5, 1.5), ("(x^2 - 2)^2", -2, 2)],
)  # fmt: skip
def test_a_tie_left_out_is_seen(text: str, low: float, high: float) -> None:
    found = true_result(text, low, high)
    assert len(found.global_minimum) > 1
    assert judge(parse_expression(text), replace(found, global_minimum=found.global_minimum[1:]))


def test_a_tie_that_is_none_is_seen() -> None:
    expression = parse_expression("(x^2 - 1)^2 + 0.0000000000001x")
    found = find(expression, -1.5, 1.5)
    low, high = (point for point in found.points if point.kind == "local minimum")
    assert judge(expression, replace(found, global_minimum=(low, high)))
    assert not any("minimum" in each for each in judge(expression, replace(found, global_minimum=(low,))))


@pytest.mark.parametrize(("text", "low", "high"), [("x^2", -1, 2), ("e^-x", 0, 1), ("floor(x)", -2.5, 2.5)])
def test_that_there_is_none_is_seen_to_be_false(text: str, low: float, high: float) -> None:
    found = true_result(text, low, high)
    none = replace(found, global_minimum=(), why_no_minimum="There is no global minimum.")
    assert judge(parse_expression(text), none)


@pytest.mark.parametrize("text", ["1/x", "ln|x|", "sin(x)/(-|x|) + x", "-1/x^2"])
def test_a_minimum_that_is_not_attained_is_seen(text: str) -> None:
    found = find(parse_expression(text), -1, 1)
    assert not found.global_minimum
    wrong = replace(found, global_minimum=(found.points[0],), why_no_minimum="", unproved=())
    assert judge(parse_expression(text), wrong)


def test_wrong_stretches_and_gaps_are_seen() -> None:
    expression = parse_expression("max(0, x)^2")
    found = true_result("max(0, x)^2", -2, 2)
    assert judge(expression, changed(found, 1, stretch=(-2.0, 0.5)))
    assert judge(expression, changed(found, 1, stretch=(-2.0, -1.0)))
    expression = parse_expression("sqrt(x)")
    found = true_result("sqrt(x)", -1, 4)
    assert judge(expression, replace(found, gaps=()))
    assert judge(expression, replace(found, gaps=((-1.0, 0.5),)))


def test_points_out_of_order_are_seen() -> None:
    found = true_result("x^3 - 3x", -2, 2)
    assert judge(parse_expression("x^3 - 3x"), replace(found, points=found.points[::-1]))


def test_an_unproved_result_is_judged_by_its_proved_points() -> None:
    expression = parse_expression("x^2 - 2x")
    found = true_result("x^2 - 2x", -1, 3)
    doubt = (Doubt("Something far away.", 2.5, 2.6),)
    assert judge(expression, replace(changed(found, 1, x=1.00000001), unproved=doubt))
    assert judge(expression, replace(found, unproved=doubt)) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("tanh(x^8)", -3, 3),
        ("1/(1 + e^(-40x))", -1, 1),
        ("e^(-x^2)", -9, 9),
        ("x^99", -1, 1),
        ("e^(-e^x)", -3, 3),
    ],
)
def test_what_fifty_digits_take_for_level_is_not_accused(text: str, low: float, high: float) -> None:
    expression = parse_expression(text)
    assert not any(
        "level" in each or "global" in each for each in judge(expression, find(expression, low, high))
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("max(x, 1, 128)^0.5", 0, 5),
        ("(x^3 - 2)^(1/3)", -3, 3),
        ("max(|x/4|^0.1, 1.4)", -3, 3),
        ("x^2(x - 1)^2", -1, 3),
        ("sin(x)^3", -4, 4),
        ("log2((x + x)(9 + x))^(|x x|^4)", -4.1, 4.995394306),
        ("0.5^(x^4 + x)", -6, 5.2),
    ],
)
def test_what_the_judge_once_took_for_false_is_not_accused(text: str, low: float, high: float) -> None:
    expression = parse_expression(text)
    assert judge(expression, find(expression, low, high)) == []


IRRATIONAL = [
    ("asin(sin(x))", -7, 7, {"extremum": None, "kind": "corner"}),
    ("sqrt(1 - cos(x))", -7, 7, {"extremum": "maximum", "kind": "corner maximum"}),
    ("|x^2 - 2|", -3, 3, {"extremum": "maximum", "kind": "corner maximum"}),
    ("|cbrt(x) - 1.3| + x", -3, 3, {"extremum": "minimum", "kind": "corner minimum"}),
    ("floor(sin(x))", 1, 3, {"value": 0.0}),
    ("floor(sin(x))", 1, 3, {"extremum": "minimum"}),
    ("ceil(cos(x))", 3, 4, {"value": 0.0}),
    ("1/(1 + cos(x))", -7, 7, {"left": 1e31, "right": 1e31, "kind": "hole"}),
    ("1/(1 + cos(x))", -7, 7, {"left": -math.inf}),
    ("1/(1 + cos(x))", -7, 7, {"value": 1.0}),
    ("sin(x)/(x^(-1/3) + 12)", -1.5, -0.00001, {"right": -math.inf}),
    ("1/(x^2 - 2)", -2, 2, {"left": -math.inf, "right": -math.inf}),
    ("sec(tan(x^(1/3)))", -4, -3.5, {"kind": "hole"}),
    ("floor(x^(-1/3))", -0.001, -0.0003, {"left": -15.5}),
    ("sin(x)/(x - pi)", 0, 4, {"kind": "jump", "value": -1.0}),
]  # fmt: skip
"""Each with what is false of the first point whose place is no float."""


@pytest.mark.parametrize(("text", "low", "high", "wrong"), IRRATIONAL)
def test_at_places_that_no_float_is_the_judge_sees_what_is_true_and_what_is_false(
    text, low, high, wrong
) -> None:
    expression = parse_expression(text)
    found = find(expression, low, high)
    assert judge(expression, found) == []
    place = next(
        i for i, point in enumerate(found.points) if point.error and not point.kind.startswith(("end", "loc"))
    )
    assert judge(expression, changed(found, place, **wrong))


@pytest.mark.parametrize(("text", "kind"), [("x^2 + sin(x)", "pole"), ("e^x", "jump"), ("x^3 + x", "corner")])
def test_a_break_made_up_at_a_number_that_no_float_is_is_seen(text: str, kind: str) -> None:
    expression = parse_expression(text)
    found = find(expression, -2, 2)
    side = math.inf if kind == "pole" else float(expression(1.234567890123))
    invented = Point(
        1.234567890123, NAN if kind == "pole" else side, kind, left=side, right=side, error=1e-17
    )  # type: ignore[arg-type]
    points = sorted((*found.points, invented), key=lambda point: point.x)
    assert judge(expression, replace(found, points=tuple(points)))


def test_a_touch_left_out_between_samples_is_seen() -> None:
    found = true_result("ln(2 + sin(x)) + |1 - cos(x - 1/7)|^0.5", 4, 8)
    place = next(i for i, point in enumerate(found.points) if point.kind.startswith("corner"))
    assert judge(parse_expression("ln(2 + sin(x)) + |1 - cos(x - 1/7)|^0.5"), without(found, place))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("cos(x)", -2 * math.pi, 2 * math.pi),
        ("sin(x)", -math.pi / 2, 5 * math.pi / 2),
        ("cos(x)", 0, 2 * math.pi),
    ],
)
def test_ends_beside_an_extreme_by_less_than_a_float_may_be_told_or_not(
    text: str, low: float, high: float
) -> None:
    expression = parse_expression(text)
    found = find(expression, low, high)
    assert judge(expression, found) == []
    most = max(point.value for point in found.points)
    told = tuple(point for point in found.points if point.value == most)
    assert len(told) > 1
    assert judge(expression, replace(found, global_maximum=told)) == []
    assert judge(expression, replace(found, global_maximum=found.global_minimum))


@pytest.mark.parametrize(
    ("text", "low", "high"), [("x^2", -1, 1), ("|x|", -0.3, 0.3), ("|x - 1|", 0, 2), ("-cos(x)", -1.5, 1.5)]
)
def test_a_tie_of_two_ends_left_out_is_seen(text: str, low: float, high: float) -> None:
    found = true_result(text, low, high)
    assert len(found.global_maximum) == 2
    assert judge(parse_expression(text), replace(found, global_maximum=found.global_maximum[1:]))


@pytest.mark.parametrize(
    ("text", "low", "high"), [("e^(-1000x)", 1, 2), ("(e^(e^x/x))^-1", 8, 9), ("10^(-400x)", 0, 1)]
)
def test_what_is_smaller_than_any_float_may_be_shown_as_0(text: str, low: float, high: float) -> None:
    expression = parse_expression(text)
    found = find(expression, low, high)
    assert judge(expression, found) == []
    last = len(found.points) - 1
    assert judge(expression, changed(found, last, value=1e-100))
    assert judge(expression, changed(found, last, left=1e-100))


def test_a_pole_may_have_a_value() -> None:
    """f(-1) = -1/(-2 + 1) = 1, and to the right of it f is x/(-1 - x)."""
    expression = parse_expression("x/(ceil(min(x, 2x)) - x)")
    found = find(expression, -1, 0.5)
    assert judge(expression, found) == []
    assert (found.points[0].kind, found.points[0].value) == ("pole", 1.0)
    for value in (2.0, math.nan, 1.0001):
        assert judge(expression, changed(found, 0, value=value))


def test_an_end_may_be_the_float_or_the_number_that_was_typed() -> None:
    expression = parse_expression("1/sin(x)")
    low, high = 0, 2 * math.pi
    found = find(expression, low, high)
    assert judge(expression, found) == []
    last = len(found.points) - 1
    for end in (-4082809838298842.5, -2096764478100467.8):
        assert judge(expression, changed(found, last, value=end, left=end)) == []
    for end in (4082809838298842.5, -1e15, -math.inf):
        assert judge(expression, changed(found, last, value=end, left=end))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("min(cbrt(x), 2x)", {"kind": "vertical tangent"}),
        ("max(sqrt|x|, x) sign(x) + max(0, x)", None),
        ("cbrt(x)", {"kind": "corner"}),
        ("cbrt(x)", {"name": "cusp"}),
        ("sqrt|x|", {"name": "vertical tangent"}),
        ("x^(2/3)", {"kind": "corner minimum"}),
    ],
)
def test_slopes_of_which_one_or_both_are_infinite(text: str, wrong: dict[str, str] | None) -> None:
    expression = parse_expression(text)
    found = find(expression, -1, 2)
    assert judge(expression, found) == []
    if wrong is not None:
        place = next(i for i, point in enumerate(found.points) if point.x == 0)
        assert judge(expression, changed(found, place, **wrong))


def test_zero_times_anything_is_level() -> None:
    expression = parse_expression("-asin(0*4.4)*0.5^(6^3 + exp(x))")
    assert judge(expression, find(expression, -3.8, 2.14)) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "number", "wrong"),
    [
        ("x^2 + x", 0, 2, 0, {"kind": "edge"}),
        ("1/x", -1, 1, 1, {"extremum": "maximum"}),
        ("x^3", -1, 1, 1, {"extremum": "minimum"}),
        ("|x| + 3x + 1", -1, 1, 1, {"left": 1.0001}),
        ("x^(1/3) + 1", -1, 1, 1, {"value": 1.000001}),
        ("sqrt(2 - x^2)", -3, 3, 0, {"left": 0.5}),
        ("floor(x) + 2", 0.5, 1.5, 0, {"kind": "end minimum", "extremum": "minimum"}),
    ],
)
def test_small_faults_and_wrong_words_are_seen(text, low, high, number, wrong) -> None:
    assert judge(parse_expression(text), changed(true_result(text, low, high), number, **wrong))


def test_what_zero_to_the_power_of_zero_breaks_is_seen() -> None:
    expression = parse_expression("0^(x^2)")
    level = Point(0.0, 0.0, "flat", "both", stretch=(-2.0, 2.0))
    assert judge(expression, Minima(-2.0, 2.0, (level,), (level,), (level,)))
