"""What an enclosure says of a function on an interval holds at points of it, read by mpmath."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import mpmath
import pytest
from flint import arb
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from calc.expression import Expression, parse_expression
from calc.expression.enclosures import Enclosure, enclose, enclosing, moving, undefined_at
from calc.expression.intervals import Interval
from calc.expression.tree import Node
from tests.calc.expression.members import holds
from tests.calc.expression.trees import TooLarge, Undefined, precisely, trees

DIGITS = 120
STEP = mpmath.mpf(2) ** -130
SMALL = mpmath.mpf(10) ** -20
ends = st.tuples(
    st.sampled_from((0.0, 1.0, -1.0, 0.5, 2.0, -2.0, math.pi / 2, math.pi)) | st.floats(-6, 6),
    st.sampled_from((0.0, 1.0, 0.5, 2.0, 1e-9)) | st.floats(0, 3),
    st.booleans(),
).map(lambda parts: (parts[0], parts[0] + parts[1]) if parts[2] else (parts[0] - parts[1], parts[0]))


def value(root: Node, x: mpmath.mpf) -> mpmath.mpf | None:
    """f(x); None where it has no value."""
    try:
        return precisely(root, {"x": x})
    except Undefined:
        return None


def one_sided(root: Node, x: mpmath.mpf, side: int) -> mpmath.mpf | None:
    """The slope on one side to some twenty digits; None where f lacks a value."""
    a, b, c = (value(root, x + side * k * STEP) for k in (0, 1, 2))
    if a is None or b is None or c is None:
        return None
    return side * (-3 * a + 4 * b - c) / (2 * STEP)


def derivative(root: Node, x: mpmath.mpf, order: int) -> mpmath.mpf | None:
    try:
        return mpmath.diff(lambda t: precisely(root, {"x": t}), x, order, h=mpmath.mpf(2) ** -100)
    except (Undefined, TooLarge):
        return None


def accusations(root: Node, low: float, high: float, found: Enclosure, points: list[float]) -> list[str]:
    """What an enclosure says falsely, as far as some points tell."""
    false = []
    with mpmath.workdps(DIGITS):
        for at in points:
            x = mpmath.mpf(at)
            here = value(root, x)
            if here is None:
                if not found.undefined:
                    false.append(f"no value at {at!r}")
                continue
            if found.nowhere:
                false.append(f"a value at {at!r}")
            if not holds(found.value, here, SMALL**3 * (1 + abs(here))):
                false.append(f"the value at {at!r}: {mpmath.nstr(here, 20)} in {found.value}")
            if not (low + 1e-12 < at < high - 1e-12) or 0 < abs(at) < 1e-9:
                continue
            sides = [one_sided(root, x, side) for side in (-1, 1)]
            if sides[0] is None or sides[1] is None:
                if not found.undefined:
                    false.append(f"no value beside {at!r}")
                continue
            size = 1 + abs(sides[0]) + abs(sides[1])
            if size > 1e18 or abs(sides[0] - sides[1]) > SMALL * size * 1e5:
                if found.smooth and not _curved(found):
                    false.append(f"no slope at {at!r}: {sides}")
                continue
            if not found.smooth:
                continue
            for order, bounds in ((1, found.first), (2, found.second)):
                slope = derivative(root, x, order)
                if slope is not None and not holds(bounds, slope, SMALL * (1 + abs(slope) + size)):
                    false.append(f"derivative {order} at {at!r}: {mpmath.nstr(slope, 20)} in {bounds}")
    return false


def _curved(found: Enclosure) -> bool:
    """Whether the slope may change so fast that differences tell nothing."""
    bounds = found.second
    return not bounds.is_bounded or bool(bounds.high > 1e15) or bool(bounds.low < -1e15)


def test_what_is_said_on_an_interval_holds_at_its_points() -> None:
    """And enough is said to be smooth: the test does not pass by saying nothing."""
    seen: Counter[str] = Counter()

    @settings(max_examples=600)
    @given(trees(), ends, st.floats(0, 1))
    @example(parse_expression("|x|").root, (-1.0, 1.0), 0.5)
    @example(parse_expression("x^x").root, (0.0, 1.0), 0.0)
    @example(parse_expression("acosh(cosh x)").root, (-1.0, 1.0), 0.5)
    @example(parse_expression("x^-3").root, (-1.0, 2.0), 1 / 3)
    def check(root: Node, on: tuple[float, float], share: float) -> None:
        low, high = on
        found = enclose(root, "x", low, high)
        inside = min(max(low + share * (high - low), low), high)
        points = sorted(
            {low, high, inside, (low + high) / 2, *(x for x in (0.0, 1.0, -1.0) if low <= x <= high)}
        )
        try:
            false = accusations(root, low, high, found, points)
        except TooLarge:
            assume(False)
        assert not false, (Expression(root, ("x",)).text, on, false)
        seen["smooth" if found.smooth else "nowhere" if found.nowhere else "rough"] += 1

    check()
    assert seen["smooth"] > 0.4 * seen.total()


@settings(max_examples=150)
@given(trees(corners=False), st.floats(0.1, 2), st.floats(0, 1e-3))
def test_narrow_intervals_have_narrow_bounds_where_nothing_happens(
    root: Node, low: float, width: float
) -> None:
    found = enclose(root, "x", low, low)
    assume(found.smooth and found.value.is_bounded)
    with mpmath.workdps(40):
        size = 1 + abs(mpmath.mpf(float(found.value.low))) + abs(mpmath.mpf(float(found.first.ball.mid())))
    spread = found.value.high - found.value.low
    assume(size < 1e10)
    assert float(spread.upper()) < 1e-15 * float(size)


# An interval whose end is a corner, a jump, an edge: f is not smooth there.


@pytest.mark.parametrize(
    ("text", "low", "high", "flag"),
    [
        ("|x|", 0, 1, "corner"),
        ("|x|", -1, 0, "corner"),
        ("|x - 1|", 1, 2, "corner"),
        ("max(x, 1)", 1, 2, "corner"),
        ("min(x, 1)", 0, 1, "corner"),
        ("max(x, -x, 0.5)", 0.5, 2, "corner"),
        ("sqrt(x)", 0, 1, "corner"),
        ("cbrt(x)", 0, 1, "corner"),
        ("cbrt(x)", -1, 0, "corner"),
        ("x^(2/3)", 0, 1, "corner"),
        ("sqrt(x^2)", 0, 1, "corner"),
        ("asin(x)", 0, 1, "corner"),
        ("acos(x)", -1, 0, "corner"),
        ("acosh(x)", 1, 2, "corner"),
        ("acosh(cosh(x))", 0, 1, "corner"),
        ("x^x", 0, 1, "corner"),
        ("floor(x)", 1, 1.5, "jump"),
        ("ceil(x)", 0.5, 1, "jump"),
        ("sign(x)", 0, 1, "jump"),
        ("sign(x)", -1, 0, "jump"),
        ("sign(x^2)", -1, 1, "jump"),
        ("|sign(x)|", -1, 1, "jump"),
        ("floor(-x^2)", -0.5, 0.5, "jump"),
        ("floor(x) - floor(x) x", 0.5, 1, "jump"),
        ("1/x", 0, 1, "undefined"),
        ("1/x", -1, 0, "undefined"),
        ("x/x", -1, 1, "undefined"),
        ("x^-1", 0, 1, "undefined"),
        ("x^(-1/3)", 0, 1, "undefined"),
        ("ln(x)", 0, 1, "undefined"),
        ("ln(x)", -1, 1, "undefined"),
        ("sqrt(x)", -1e-9, 1, "undefined"),
        ("asin(x)", 0, 1.0000001, "undefined"),
        ("acosh(x)", 0.9999, 2, "undefined"),
        ("atanh(x)", 0, 1, "undefined"),
        ("tan(x)", 1, 2, "undefined"),
        ("cot(x)", -1, 1, "undefined"),
        ("sec(x)", 1, 2, "undefined"),
        ("csc(x)", 3, 4, "undefined"),
        ("x^x", -1, 1, "undefined"),
        ("0^x", -1, 1, "undefined"),
        ("0 ln(x)", -1, 1, "undefined"),
        ("max(1, ln(x))", -1, 1, "undefined"),
        ("max(9, ln(x))", -1, 1, "undefined"),
        ("ln(x) - ln(x)", -1, 1, "undefined"),
        ("(1/x)^0", -1, 1, "undefined"),
        ("sign(1/x)", -1, 1, "undefined"),
        ("floor(1/(x - 5))/1000", 4, 6, "undefined"),
    ],
)
def test_corners_jumps_and_edges_are_told_also_at_ends(text: str, low: float, high: float, flag: str) -> None:
    found = parse_expression(text).interval(low, high)
    assert getattr(found, flag)
    assert not found.smooth
    assert not found.nowhere


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(("|x|", 0.5, 1), ("|x|^3 - |x|^3", 0.5, 2), ("max(x, 1)", 2, 3), ("floor(x)", 0.1, 0.9)),
        *(("sqrt(x)", 1e-9, 1), ("asin(x)", -0.999, 0.999), ("x^(5/3)", -1, 1), ("sqrt(x^2 + 1)", -1, 1)),
        *(("tan(x)", -1.5, 1.5), ("x^x", 0.1, 2), ("sign(x)", 1, 2), ("x^-2", 0.1, 1), ("e^(x^2)", -2, 2)),
        *(("|x| - |x|", -1, 1), ("atanh(x)", -0.9, 0.9), ("acosh(x^2 + 2)", -1, 1), ("floor(2) x", -3, 3)),
    ],
)
def test_what_is_smooth_is_told_so(text: str, low: float, high: float) -> None:
    assert parse_expression(text).interval(low, high).smooth


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(("ln(x)", -2, -1), ("ln(x)", -1, 0), ("sqrt(x)", -3, -1), ("asin(x)", 2, 3), ("acosh(x)", -1, 0.5)),
        *(("atanh(x)", 1, 2), ("1/(x - x)", 0, 1), ("x^pi", -2, -1), ("0 sqrt(x)", -2, -1)),
        *(("x^(-1/2)", -2, -1), ("max(1, ln(x))", -2, -1), ("sqrt(x)^0", -2, -1), ("x^x", -2, -1)),
    ],
)
def test_nowhere_is_said_where_nothing_is_defined(text: str, low: float, high: float) -> None:
    found = parse_expression(text).interval(low, high)
    assert found.nowhere
    assert found.undefined


@pytest.mark.parametrize(
    "text", ["1/x", "ln(x)", "sqrt(x)", "0^x", "x^x", "x^-2", "acosh(x + 1)", "asin(x + 1)"]
)
def test_nowhere_is_not_said_where_one_point_is_defined(text: str) -> None:
    for low, high in ((-1, 1), (-1, 0), (0, 1), (0, 0)):
        found, expression = parse_expression(text).interval(low, high), parse_expression(text)
        if any(math.isfinite(expression(x)) for x in (low, high)):
            assert not found.nowhere


def test_an_open_end_at_a_corner_is_smooth_but_a_closed_one_is_not() -> None:
    root = parse_expression("|x| + sqrt(x)").root
    reading = enclosing(root, ("x",))
    assert reading(moving(Interval(arb(0), arb(1), True))).smooth
    assert not reading(moving(Interval(arb(0), arb(1)))).smooth
    assert reading(moving(Interval(arb(0), arb(1), True))).first.sign == 1


def test_equal_parts_are_one() -> None:
    """x/x is 1, x - x is 0, x*x is no less than 0: no bound is lost."""
    for text, low, high in (
        ("sin(x)/sin(x)", 1, 1),
        ("e^x - e^x", 0, 0),
        ("x*x", 0, 4),
        ("max(x, x)", -1, 2),
    ):
        found = parse_expression(text).interval(-1, 2)
        assert (float(found.value.low), float(found.value.high)) == (low, high)
    assert parse_expression("x - x").interval(-1, 2).constant
    assert not parse_expression("sign(x)").interval(-1, 2).constant
    assert not parse_expression("|x|").interval(-1, 2).constant


def test_bounds_are_tight_where_they_should_be() -> None:
    found = parse_expression("x^2").interval(-1, 2)
    assert (float(found.value.low), float(found.value.high)) == (0, 4)
    assert (float(found.first.low), float(found.first.high)) == (-2, 4)
    assert (float(found.second.low), float(found.second.high)) == (2, 2)
    found = parse_expression("|x|").interval(-1, 1)
    assert (float(found.first.low), float(found.first.high)) == (-1, 1)
    assert float(parse_expression("sin x").interval(0, 7).value.high) == 1
    assert float(parse_expression("floor x").interval(0.5, 2.5).value.high) == 2


@pytest.mark.parametrize(
    ("text", "low", "high", "undefined", "nowhere", "jump", "corner"),
    [
        ("x^2", -1, 1, False, False, False, False),
        ("|x|", -1, 1, False, False, False, True),
        ("|x|", 0.5, 1, False, False, False, False),
        ("1/x", -1, 1, True, False, False, False),
        ("1/x", 1, 2, False, False, False, False),
        ("ln x", -2, -1, True, True, False, False),
        ("ln x", -1, 1, True, False, False, False),
        ("sqrt x", 0, 1, False, False, False, True),
        ("sqrt(x)", -3, -1, True, True, False, False),
        ("floor x", 0.1, 0.9, False, False, False, False),
        ("floor x", 0.1, 1, False, False, True, False),
        ("floor x", 1, 1.5, False, False, True, False),
        ("ceil(-x)", 0, 0.5, False, False, True, False),
        ("sign x", 1, 2, False, False, False, False),
        ("floor(2)x", 0.1, 1, False, False, False, False),
        ("sign x", -1, 1, False, False, True, False),
        ("x^(1/3)", -1, 1, False, False, False, True),
        ("tan x", 1, 2, True, False, False, False),
        ("tan x", -1, 1, False, False, False, False),
        ("max(x, 1)", 0, 2, False, False, False, True),
        ("max(x, 1)", 2, 3, False, False, False, False),
        ("asin x", 0, 2, True, False, False, True),
        ("asin x", 2, 3, True, True, False, False),
        ("acosh x", -1, 0, True, True, False, False),
        ("x^x", 1, 2, False, False, False, False),
    ],
)
def test_flags(
    text: str, low: float, high: float, undefined: bool, nowhere: bool, jump: bool, corner: bool
) -> None:
    found = parse_expression(text).interval(low, high)
    assert (found.undefined, found.nowhere, found.jump, found.corner) == (undefined, nowhere, jump, corner)


@pytest.mark.parametrize(
    ("low", "high"), [(1, 0), (0, math.inf), (math.nan, 1), (-math.inf, 0), (0, math.nan)]
)
def test_senseless_intervals_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        parse_expression("x").interval(low, high)


def test_intervals_are_those_of_one_variable() -> None:
    with pytest.raises(ValueError, match="one variable"):
        parse_expression("x + y", ("x", "y")).interval(0, 1)


coordinates = st.sampled_from((0.0, 1.0, -1.0, 0.5, 1e300, -1e300)) | st.floats(-5, 5)


@settings(max_examples=300)
@given(trees(("x", "y")), coordinates, coordinates)
def test_what_is_certainly_undefined_at_a_point_is_so(root: Node, x: float, y: float) -> None:
    said = undefined_at(root, ("x", "y"), (x, y))
    assert Expression(root, ("x", "y")).undefined_at(x, y) == said
    if not said:
        return
    with mpmath.workdps(60), pytest.raises((Undefined, TooLarge)):
        precisely(root, {"x": mpmath.mpf(x), "y": mpmath.mpf(y)})


@pytest.mark.parametrize(
    ("text", "x", "y", "undefined"),
    [
        *(("ln(x y)", 1, -1, True), ("1/(x - y)", 0.1, 0.1, True), ("1/(x - y)", 0.1, 0.2, False)),
        *(("sqrt(x^2 + y^2 - 1)", 0.5, 0.5, True), ("ln(e^(-x^2 - y^2))", 1e5, 0, False)),
        *(("1/(e^-x)", 1e5, 0, False), ("x/y", 1, 0, True), ("x^y", -1, 0.5, True), ("x^y", 0, 0, False)),
        *(("sqrt(1 - e^(x - y))", 300, -300, True), ("asin(x y)", 1, 1, False), ("asin(x + y)", 1, 1, True)),
    ],
)
def test_undefined_at(text: str, x: float, y: float, undefined: bool) -> None:
    assert parse_expression(text, ("x", "y")).undefined_at(x, y) == undefined


@settings(max_examples=100)
@given(trees(), st.sampled_from((0.0, 1e300, -1e300, 1e15, 1e-300)), st.sampled_from((0.0, 1.0, 1e300)))
def test_no_interval_is_too_large(root: Node, low: float, width: float) -> None:
    found: Any = enclose(root, "x", low, low + width)
    for bounds in (found.value, found.first, found.second):
        assert not bounds.low.is_nan()
        assert not bounds.high.is_nan()
