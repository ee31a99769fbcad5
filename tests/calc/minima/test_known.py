"""`find` on functions with known answers."""

import math

import numpy as np
import pytest

from calc.expression import parse_expression
from calc.minima import find
from tests.calc.minima.functions import Known, known

TABLE = known()


def near(found: float, wanted: float, error: float) -> bool:
    return abs(found - wanted) <= error * max(1.0, abs(wanted))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.text} on {case.low:.4g} {case.high:.4g}")
def test_known_functions(case: Known) -> None:
    expression = parse_expression(case.text)
    found = find(expression, case.low, case.high)
    assert [point.kind for point in found.points] == case.kinds
    for point, (x, _) in zip(found.points, case.points, strict=True):
        unit = min(1.0, case.high - case.low)
        assert abs(point.x - x) <= case.position * max(unit, abs(x))
        assert abs(point.x - x) <= point.error + 1e-15 * (1 + abs(x))
    assert found.proved == case.proved
    assert len(found.gaps) == case.gaps
    stretches = [point.stretch for point in found.points if point.stretch is not None]
    np.testing.assert_allclose(stretches, case.stretches, atol=1e-10)
    for points, wanted, why in (
        (found.global_minimum, case.least, found.why_no_minimum),
        (found.global_maximum, case.greatest, found.why_no_maximum),
    ):
        if wanted is None:
            assert points == ()
            assert why.endswith(".")
            continue
        value, places = wanted
        assert why == ""
        assert [point.x for point in points] == pytest.approx(places, rel=case.position, abs=case.position)
        for point in points:
            assert math.isclose(point.value, value, rel_tol=1e-10, abs_tol=1e-13)


@pytest.mark.parametrize(
    "text", ["sin(1/x)", "tan(50x)", "1/sin(30x)", "floor(20x)", "x^2 sin(1/x)", "x/|x|"]
)
def test_pathological_functions_return_what_was_found(text: str) -> None:
    found = find(parse_expression(text), -10, 10)
    assert found.points
    assert all(str(doubt).endswith(".") for doubt in found.unproved)
    assert all(found.low <= doubt.low <= doubt.high <= found.high for doubt in found.unproved)


@pytest.mark.parametrize("text", ["sin(1/x)", "x^2 sin(1/x)", "cos(1/x)^2 + x", "|sin(ln x)|"])
def test_of_endlessly_many_turning_points_nothing_is_said_to_be_proved(text: str) -> None:
    assert not find(parse_expression(text), -1, 1).proved


def test_a_cusp_and_other_names() -> None:
    assert find(parse_expression("x^(2/3)"), -1, 1).points[1].name == "cusp, local minimum"
    assert find(parse_expression("cbrt x"), -1, 1).points[1].name == "vertical tangent"
    assert find(parse_expression("-cbrt x"), -1, 1).points[1].name == "vertical tangent"
    assert find(parse_expression("x^3"), -1, 1).points[1].name == "inflection with slope 0"
    assert find(parse_expression("5"), 0, 1).points[1].extremum == "both"


def test_the_limit_at_a_hole_is_told() -> None:
    for text, limit in (("sin(x)/x", "1"), ("(x^2-4)/(x-2)", "4"), ("(2^x-1)/x", "0.693147"), ("x/x", "1")):
        (hole,) = find(parse_expression(text), -1, 3).of_kind("hole")
        assert hole.name == f"hole, where the limit is {limit}"
        assert math.isnan(hole.value)


def test_what_only_looks_like_a_hole_is_none() -> None:
    """Above or below, 0 is missed by less than a rounding error."""
    for text in ("sin(x)/(x + 1e-30)", "sin(x)/(x + 1e-17)", "sin(x + 1e-17)/x"):
        found = find(parse_expression(text), -1, 1)
        assert not any(point.name.startswith("hole, where") for point in found.points)


def test_a_hole_at_a_multiple_of_pi_is_no_pole() -> None:
    """Rounding errors make (a - b)/(x - c) look unbounded beside the hole at pi."""
    found = find(parse_expression("(sin(x) + sin(2x))/(x - pi)"), 1, 6)
    assert found.proved
    (hole,) = found.of_kind("hole")
    assert hole.x == math.pi
    assert (hole.left, hole.right) == (1, 1)
    assert "as close to 1 as you like" in found.why_no_maximum


def test_why_there_is_none() -> None:
    assert "without bound" in find(parse_expression("ln x"), 0, 1).why_none
    assert "never reach" in find(parse_expression("x - floor x"), 0, 3).why_no_maximum
    assert (
        "near x = 3 the values come as close to 3 as"
        in find(parse_expression("x (x - floor x)"), 0, 3).why_none
    )
    assert "1.8e308" in find(parse_expression("exp(exp(x))"), 0, 10).why_no_maximum
    assert "1.8e308" in find(parse_expression("e^x"), 0, 709.9).why_no_maximum
    assert find(parse_expression("e^x"), 0, 709.7).why_no_maximum == ""
    assert "no value" in find(parse_expression("sqrt(-1-x^2)"), 0, 10).why_none


@pytest.mark.parametrize(
    "text", ["1/(e^x - 2)", "(x - 3)/(e^x - 2)", "sin(x)/(2 - e^x)", "1/ln(x + 1/4)", "-x/(x^3 + x - 1)"]
)
def test_beside_a_pole_the_values_have_the_sign_of_those_near_it(text: str) -> None:
    expression = parse_expression(text)
    (pole,) = find(expression, -0.2, 2).of_kind("pole")
    beside = expression.jet([pole.x - 1e-7, pole.x + 1e-7]).value
    assert [pole.left, pole.right] == [math.copysign(math.inf, value) for value in beside]


@pytest.mark.parametrize(
    ("text", "extremum", "value"),
    [
        ("1/(x - floor(x) - 1)", "maximum", -1.0),
        ("1/(1 + floor(x) - x)", "minimum", 1.0),
        ("1/(x - ceil(x) + 1)", "minimum", 1.0),
        ("1/(ceil(x) - x - 1)", "maximum", -1.0),
    ],
)
def test_a_pole_beside_a_value(text: str, extremum: str, value: float) -> None:
    """On one side of 1 the values are without bound; at 1 is the least, or the greatest, of all."""
    found = find(parse_expression(text), 0.5, 1.5)
    (pole,) = found.of_kind("pole")
    assert (pole.x, pole.value, pole.extremum) == (1.0, value, extremum)
    assert (found.global_minimum if extremum == "minimum" else found.global_maximum) == (pole,)


@pytest.mark.parametrize(
    ("low", "high"), [(1, 1), (2, 1), (math.nan, 1), (0, math.inf), (-1e300, 1e300), (0, 1e16)]
)
def test_senseless_intervals_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"^The .*\.$"):
        find(parse_expression("x"), low, high)


def test_two_variables_are_refused() -> None:
    with pytest.raises(ValueError, match="one variable"):
        find(parse_expression("x+y", ("x", "y")), 0, 1)


@pytest.mark.parametrize(
    ("text", "low", "high", "extremum"),
    [
        ("floor(x)(3 - x)", 0, 1.9, "minimum"),
        ("floor(x)(x - 3)", 0, 1.9, "maximum"),
        ("floor(-x)(3 + x)", -1.9, 0, "minimum"),
        ("floor(-x)(-x - 3)", -1.9, 0, "maximum"),
    ],
)
def test_a_flat_stretch_below_a_jump_is_least_although_the_values_fall_beyond(
    text: str, low: float, high: float, extremum: str
) -> None:
    (flat,) = find(parse_expression(text), low, high).of_kind("flat")
    assert (flat.extremum, flat.value) == (extremum, 0)


def test_narrow_intervals() -> None:
    found = find(parse_expression("x^2"), 1, math.nextafter(1, 2))
    assert [point.x for point in found.points] == [found.low, found.high]
    assert found.global_minimum
    assert found.global_maximum


@pytest.mark.parametrize(
    ("text", "low", "high", "latex"),
    [
        ("x^3 - 2x", -2, 2, {r"- \frac{\sqrt{6}}{3}", r"\frac{\sqrt{6}}{3}"}),
        ("|x^2-2|", -3, 3, {r"- \sqrt{2}", "0", r"\sqrt{2}"}),
        ("tan x", -3, 3, {r"- \frac{\pi}{2}", r"\frac{\pi}{2}"}),
        ("x^4-4x^3+6x^2-4x+1", -1, 3, {"1"}),
        ("x^100", -1, 1, {"0"}),
        ("1/(x^2 - 2)", 0.5, 3, {r"\sqrt{2}"}),
        ("(x - 1/4)^(2/3)", -1, 2, {r"\frac{1}{4}"}),
    ],
)
def test_closed_forms(text: str, low: float, high: float, latex: set[str]) -> None:
    found = find(parse_expression(text), low, high, exact=True)
    assert {point.latex for point in found.points if point.latex} == latex
    assert found.proved


def test_closed_forms_prove_a_constant() -> None:
    expression = parse_expression("sin(x)^2 + cos(x)^2")
    assert not find(expression, -3, 3).proved
    found = find(expression, -3, 3, exact=True)
    assert found.proved
    assert found.points[1].stretch == (-3, 3)


def test_without_closed_forms_the_numbers_stand() -> None:
    expression = parse_expression("x^5 + e^x sin x - tan(x/9)")
    numbers, exact = find(expression, -1, 1), find(expression, -1, 1, exact=True)
    assert [point.x for point in exact.points] == [point.x for point in numbers.points]


@pytest.mark.parametrize(
    "text", ["x^3 - 3x", "|x| + 1/x", "floor(3x) + x", "x^(2/3)", "sin(20x)", "max(0, x)"]
)
def test_the_mirror_image_has_mirrored_points(text: str) -> None:
    """-f has its maxima where f has its minima; f(-x) has them at -x."""
    found = find(parse_expression(text), -1.3, 2.1)
    below = find(parse_expression(f"-({text})"), -1.3, 2.1)
    assert [point.x for point in found.global_minimum] == [point.x for point in below.global_maximum]
    swapped = {"minimum": "maximum", "maximum": "minimum"}
    assert [swapped.get(str(point.extremum)) for point in found.points] == [
        None if point.extremum is None else point.extremum for point in below.points
    ]
    assert found.proved == below.proved


def test_values_beyond_the_largest_float_are_told_as_such() -> None:
    found = find(parse_expression("1/x^2"), 0, 5e-324)
    assert [point.kind for point in found.points] == ["pole", "end minimum"]
    assert "rise without bound" in found.why_no_maximum
