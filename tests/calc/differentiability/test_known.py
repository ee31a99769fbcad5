"""`find` and `at` on functions whose points are known, and the table of these on the judge's difference quotients."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy

from calc.differentiability import BREAKS, Point, at, find
from calc.expression import parse_expression
from tests.calc.differentiability.functions import KNOWN, Known, Place
from tests.calc.differentiability.judge import judge, seen
from tests.calc.minima import places
from tests.calc.minima.judge import Here
from tests.calc.minima.readings import Reading
from tests.calc.minima.sides import Side

MENDED = [known for known in KNOWN if "+ 0^|x|)" in known.text]
"""Quotients with a denominator that goes to 0 and is 1 there: the judge takes its limit for a zero."""


def each(functions: list[Known]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "known", functions, ids=lambda known: f"{known.text} on {known.low},{known.high}"
    )


each_function = each(list(KNOWN))


def same(told: float, true: float) -> bool:
    """Whether a slope is right to 1e-9."""
    if math.isnan(true):
        return math.isnan(told)
    return told == true or math.isclose(told, true, rel_tol=1e-9, abs_tol=1e-9)


def is_place(point: Point, place: Place) -> bool:
    slopes = same(point.left, place.left) and same(point.right, place.right)
    return point.kind == place.kind and slopes and abs(sympy.N(place.x - sympy.Rational(point.x), 30)) < 1e-10


@each_function
def test_every_point_is_found_and_none_invented(known: Known) -> None:
    found = find(parse_expression(known.text), known.low, known.high)
    assert found.proved
    assert len(found.points) == len(known.places)
    assert all(map(is_place, found.points, known.places))
    assert len(found.gaps) == known.gaps
    kinds = {place.kind for place in known.places}
    assert found.continuous == (not known.gaps and kinds.isdisjoint(BREAKS))
    assert found.differentiable == (not known.gaps and not kinds)


@each_function
def test_one_point_alone_is_as_it_is_on_the_interval(known: Known) -> None:
    for place in known.places:
        x = float(place.x)
        if known.low < x < known.high:
            found = at(parse_expression(known.text), x)
            assert found is not None
            assert is_place(found, place)


def here(known: Known, place: Place) -> Here:
    x = place.x
    if x.is_Rational:
        exact = places.Place(Fraction(x.p, x.q))
    else:
        exact = places.Place(Fraction(str(sympy.N(x, 90))), Fraction(1, 10**85))
    return Here(Reading(parse_expression(known.text).root), exact, Fraction(known.low), Fraction(known.high))


def is_slope(side: Side, slope: float) -> bool:
    """Whether difference quotients come to a slope, or do not tell."""
    match side.what:
        case "limit":
            return abs(float(side.value) - slope) < 1e-9 + 2 * float(side.error)
        case "infinite":
            return float(side.value) * math.inf == slope
    return True


def test_the_table_is_right() -> None:
    """By one-sided difference quotients at 70 digits, with steps that shrink to 2^-140."""
    unsure, wrong = [], []
    for known in KNOWN:
        for place in known.places:
            true = seen(here(known, place))
            if place.kind == "oscillation":
                continue
            told = [(place.left, true.left), (place.right, true.right)]
            if not true.kind:
                unsure.append(known.text)
            elif true.kind != place.kind or not all(is_slope(s, m) for m, s in told if not math.isnan(m)):
                wrong.append((known.text, place, true))
    assert not wrong
    # Limits that are approached like 1/ln x or e^(1/x).
    assert len(unsure) < 5


# Of those in MENDED the judge takes the denominator's limit for a zero.
@each([known for known in KNOWN if known not in MENDED])
def test_the_judge_finds_nothing_false(known: Known) -> None:
    expression = parse_expression(known.text)
    assert judge(expression, find(expression, known.low, known.high)) == []


def test_many_jumps_beside_fast_turns_are_all_found() -> None:
    """Where a side is smooth, and no more is known of all of it than that."""
    found = find(parse_expression("floor(x) sin(1000x)"), -50, 50)
    assert found.proved
    assert [point.x for point in found.points] == list(range(-49, 51))
    assert [point.x for point in found.points if point.kind != "jump"] == [0]
    for point in found.points:
        step = math.sin(1000 * point.x)
        assert point.x == 0 or (point.left == math.inf) == (step > 0)


@pytest.mark.parametrize(
    "text",
    ["0*sin(1/x)^1.5", "x^3 sin(1/x)^1.5", "0*sqrt(sin(1/x))", "x sin(1/x)/cos(1/x)"],
)
def test_what_has_gaps_without_end_is_not_proved(text: str) -> None:
    """Of an oscillation a root has no values, a quotient has poles, and a factor of 0 changes nothing of that."""
    for low, high in ((-1, 0), (0, 1)):
        assert not find(parse_expression(text), low, high).proved


def test_a_single_value_is_no_part_of_a_gap() -> None:
    found = find(parse_expression("sqrt(-x^2 (x - 1)^2)"), -1, 2)
    assert found.gaps == ((-1, 0), (0, 1), (1, 2))
    assert [(point.x, point.value) for point in found.points] == [(0, 0), (1, 0)]
    assert find(parse_expression("1/floor(x/2)"), -1, 3).gaps == ((0, 2),)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        *(("sin(x)/x", 0, 0), ("(e^x - 1)/x", 0.5, 0.5), ("e^(-1/x^2)", 0, 0), ("x^2 sin(1/x)", 0, 0)),
        *(("x sin(1/x)", math.nan, math.nan), ("cbrt(x) + x sin(1/x)", math.inf, math.inf)),
        *(("x^2/|x|", -1, 1), ("x/|x|", 0, 0), ("x ln|x|", -math.inf, -math.inf), ("atan(1/x)", -1, -1)),
        *(("|x| + x^3 sin(1/x)", -1, 1), ("1/ln|x|", math.inf, -math.inf)),
    ],
)
def test_slopes_as_if_a_gap_were_filled(text: str, left: float, right: float) -> None:
    (point,) = find(parse_expression(text), -0.5, 0.5).points
    assert math.isnan(point.left)
    assert math.isnan(point.right)
    assert (point.left_filled, point.right_filled) == pytest.approx((left, right), abs=1e-12, nan_ok=True)
