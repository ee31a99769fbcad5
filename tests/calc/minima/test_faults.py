"""Faults that the search once had, or that one like it may have: one test each."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from flint import arb, fmpq

from calc.expansions import Unsettled, expand
from calc.expression import parse_expression
from calc.minima import Minima, find, search
from calc.minima.numbers import distance, meant, nearest_float, simplest
from calc.minima.pieces import Behaviour
from calc.minima.search import FIRST_PIECES, OFF_CENTRE, Search


def of(text: str, low: float, high: float) -> Minima:
    return find(parse_expression(text), low, high)


def kinds(found: Minima) -> list[str]:
    return [point.kind for point in found.points]


MANY_ZEROS = [
    "x^30 e^x",
    "sin(x)^26",
    "(cos(x) - 1)^13",
    "(e^x - 1)^25",
    "x^40 cos x",
    "tan(x)^49",
    "(x - sin x)^9",
]


@pytest.mark.parametrize("text", MANY_ZEROS)
def test_a_series_of_which_nothing_is_left_is_not_flat(text: str) -> None:
    """all([]) is true: no coefficient that is not 0 is no proof that all are 0."""
    for side in (-1, 1):
        try:
            said = expand(parse_expression(text).root, "x", fmpq(0), side, 0.01)
        except Unsettled:
            continue
        assert said.direction in (-1, 1)
    found = of(text, -1, 1)
    assert "flat" not in kinds(found)
    inner = [point for point in found.points if abs(point.x) < 0.9]
    assert not found.proved or len(inner) == 1


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 1e-20])
@pytest.mark.parametrize(
    "text", ["|x - {}|", "cbrt(x - {})", "max(x, {})", "sqrt(|x - {}|)", "e^|x - {}|", "|sin(x - {})|"]
)
def test_an_end_of_the_interval_is_not_swallowed_by_a_place_beside_it(text: str, gap: float) -> None:
    found = of(text.format(f"{gap:g}"), 0, 1)
    assert (found.points[0].x, found.points[-1].x) == (0, 1) or (
        found.points[0].stretch is not None and found.points[0].stretch[0] == 0
    )
    assert found.points[0].kind.startswith(("end", "flat"))
    assert found.points[-1].kind.startswith("end")
    found = of(text.format(f"(1 - {gap:g})"), 0, 1)
    assert found.points[0].x == 0 or found.points[0].kind == "flat"
    assert found.points[-1].x == 1


CUTS = [-1 + 2 * (k + float(OFF_CENTRE)) / FIRST_PIECES for k in (0, 3, 7, 8, 15)]


@pytest.mark.parametrize("place", [0, 1 / 3, 0.1, -0.5, 0.0625, *CUTS, 0.3, 2**-0.5])
@pytest.mark.parametrize(
    "text", ["|x - ({})|", "cbrt(x - ({}))^2", "e^|x - ({})|", "1/(x - ({}))^2 + e^x", "|sin(x - ({}))|"]
)
def test_one_point_is_found_once(text: str, place: float) -> None:
    """Also where two pieces meet at it, so that it lies in two clusters."""
    found = of(text.format(f"{place:.15g}"), -1, 1)
    inner = [point for point in found.points if not point.kind.startswith(("end", "local"))]
    assert len(inner) == 1
    assert math.isclose(inner[0].x, place, abs_tol=1e-12)


@pytest.mark.parametrize("text", ["e^(e^x)", "e^(e^x) + x", "cosh(e^x)"])
def test_values_beyond_every_bound_are_still_candidates(text: str) -> None:
    """e^(e^12) is beyond the cap of intervals: no lesser value is the greatest one."""
    found = of(text, 0, 12)
    assert found.global_maximum == ()
    assert "1.8e308" in found.why_no_maximum or not found.proved
    below = of(f"-({text})", 0, 12)
    assert below.global_minimum == ()
    assert "1.8e308" in below.why_no_minimum or not below.proved


@pytest.mark.parametrize(
    ("text", "low", "high", "stretches"),
    [
        *(
            ("max(1, x)", 0, 3, [(0, 1)]),
            ("max(0, x^2 - 1)", -2, 2, [(-1, 1)]),
            ("|x| + |x - 1|", -1, 2, [(0, 1)]),
        ),
        *(("floor x", 0, 2.5, [(0, 1), (1, 2), (2, 2.5)]), ("sign x", -1, 1, [(-1, 0), (0, 1)])),
        *(("min(1, |x|)", -3, 3, [(-3, -1), (1, 3)]), ("max(sin x, 0)", 0, 6, [(math.pi, 6)])),
        *(("x/|x|", -1, 1, [(-1, 0), (0, 1)]), ("max(e^x, 2)", 0, 1, [(0, math.log(2))])),
    ],
)
def test_a_flat_side_of_a_place_belongs_to_the_stretch(
    text: str, low: float, high: float, stretches: list[tuple[float, float]]
) -> None:
    found = of(text, low, high)
    said = [point.stretch for point in found.points if point.stretch is not None]
    assert len(said) == len(stretches)
    for one, other in zip(said, stretches, strict=True):
        assert one == pytest.approx(other, abs=1e-10)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("sqrt(x - x)", 0),
            ("sqrt((x - 1) - (x - 1))", 0),
            ("asin(1 + x - x)", math.pi / 2),
            ("acosh(1 + x - x)", 0),
        ),
        *(
            ("ln(1 + x - x)", 0),
            ("cbrt(x - x)", 0),
            ("sqrt(0x)", 0),
            ("(x - x)^2", 0),
            ("|x - x|", 0),
            ("acos(1 + 0x)", 0),
        ),
    ],
)
def test_parts_that_vanish_everywhere_are_within_the_domain(text: str, value: float) -> None:
    """A part that is 0 everywhere is not outside the domain of a root."""
    found = of(text, -1, 2)
    assert not found.gaps
    assert all(point.value == pytest.approx(value, abs=1e-12) for point in found.points)
    assert not found.proved or kinds(found) == ["end", "flat", "end"]


@pytest.mark.parametrize(
    ("text", "x"), [("sqrt(-x^2)", 0), ("acos(1 + |x|)", 0), ("sqrt(-|x - 1|)", 1), ("asin(1 + x^2)", 0)]
)
def test_a_function_may_be_defined_at_one_point_alone(text: str, x: float) -> None:
    found = of(text, -1, 2)
    assert not found.proved or [point.x for point in found.points if not math.isnan(point.value)] == [x]


@pytest.mark.parametrize(
    ("text", "low", "high", "least", "greatest"),
    [
        ("1000 + 1e-10x^2", -1, 1, [0], [-1, 1]),
        ("1000 + 1e-10(x - 0.1)^2", -1, 1, [0.1], [-1]),
        ("cos x", -10, 10, [-3 * math.pi, -math.pi, math.pi, 3 * math.pi], [-2 * math.pi, 0, 2 * math.pi]),
        ("x sin x", -6, 6, [-4.913180439434884, 4.913180439434884], [-2.028757838110434, 2.028757838110434]),
        ("x^4 - 8x^2", -3, 3, [-2, 2], [-3, 3]),
        ("x^4 - 8x^2 + 1e-12 x", -3, 3, [-2], [3]),
        ("sin x + cos x", 0, 12, [5 * math.pi / 4, 13 * math.pi / 4], [math.pi / 4, 9 * math.pi / 4]),
        ("sin x + 1e-14 x", 0, 12, [3 * math.pi / 2], [5 * math.pi / 2]),
        ("cos x + 1e-20 x", -4, 4, [-math.pi], [0]),
        ("|x^2 - 2|", -3, 3, [-math.sqrt(2), math.sqrt(2)], [-3, 3]),
        ("e^(-x^2) x^2", -3, 3, [0], [-1, 1]),
    ],
)
def test_values_tie_only_if_they_are_one(
    text: str, low: float, high: float, least: list[float], greatest: list[float]
) -> None:
    found = of(text, low, high)
    assert found.proved
    assert [point.x for point in found.global_minimum] == pytest.approx(least, abs=1e-9)
    assert [point.x for point in found.global_maximum] == pytest.approx(greatest, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("cos x + 1e-9 (1e-30 x)", -4, 4),
        ("cos x + 1e-12 (1e-30 x)", -10, 10),
        ("x sin x + 1e-20 (1e-25 x)", -6, 6),
        ("|cos x - 1/2| + cos(3x) + 1e-20 (1e-25 x^3)", -3, 3),
    ],
)
def test_values_that_no_rounding_tells_apart_do_not_tie(text: str, low: float, high: float) -> None:
    """They differ by 1e-39 and less: balls of 128 bits overlap, and no symmetry takes one to the other."""
    found = of(text, low, high)
    for points in (found.global_minimum, found.global_maximum):
        assert len(points) < 2


@pytest.mark.parametrize("end", [-9999.99, 0.1, 1 / 3, -0.7, 123.456, 1e-5, 2 / 7])
def test_an_end_is_the_decimal_that_is_meant(end: float) -> None:
    """As a binary number -9999.99 lies beside the corner of |x + 9999.99|."""
    exact = meant(end)
    assert nearest_float(exact) == end
    text = f"|x - ({int(exact.p)}/{int(exact.q)})|"
    for low, high in ((end, end + 3), (end - 3, end)):
        found = of(text, low, high)
        assert found.proved
        assert kinds(found) in (["end minimum", "end maximum"], ["end maximum", "end minimum"])
        assert [point.x for point in found.global_minimum] == [end]
        assert found.global_minimum[0].value == 0


def test_what_is_meant_by_some_floats() -> None:
    assert meant(-9999.99) == fmpq(-999999, 100)
    assert meant(1 / 3) == fmpq(1, 3)
    assert meant(0.1) == fmpq(1, 10)
    assert meant(0.30000000000000004) == fmpq(30000000000000004, 10**17)
    assert meant(2.0**-60) in (fmpq(1, 2**60), meant(2.0**-60))
    assert meant(1e15) == 10**15
    for x in (math.pi, math.e, 5e-324, 1e-300, -1e300, 0.1 + 0.2, math.sqrt(2)):
        assert nearest_float(meant(x)) == x


def test_the_simplest_fraction_between_two() -> None:
    for low, high, simple in (
        *((fmpq(3, 10), fmpq(9, 20), fmpq(1, 3)), (fmpq(-1), fmpq(1), fmpq(0))),
        (fmpq(-9, 20), fmpq(-3, 10), fmpq(-1, 3)),
        (fmpq(314, 100), fmpq(315, 100), fmpq(22, 7)),
        *((fmpq(5, 2), fmpq(5, 2), fmpq(5, 2)), (fmpq(3), fmpq(4), fmpq(3))),
    ):  # fmt: skip
        assert simplest(low, high) == simple
    for q in range(1, 60):
        for p in range(-q, 2 * q):
            x = fmpq(p, q)
            found = simplest(x - fmpq(1, 10**6), x + fmpq(1, 10**6))
            assert found == x


def test_the_distance_of_a_number_from_a_float_is_an_upper_bound() -> None:
    assert distance(fmpq(1, 3), 1 / 3) >= 1.8e-17
    assert distance(fmpq(1, 2), 0.5) == 0
    assert distance(arb(1, 0.25), 1.0) >= 0.25


BUDGETED = [
    "sin(9x) + |x|",
    "1/x + tan x",
    "x^x",
    "floor(3x) sin x",
    "e^(-1/x^2)",
    "max(x, cos x)",
    "sqrt(x) - ln|x - 0.3|",
]


@pytest.mark.parametrize("text", BUDGETED)
def test_it_ends_with_any_budget_and_covers_the_interval(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with one that is 0 exactly when it is looked at."""
    for most in [*range(0, 30), *range(30, 600, 57)]:
        monkeypatch.setattr(search, "MOST_STEPS", most)
        pieces = Search(parse_expression(text).root, "x", fmpq(-1), fmpq(2)).run()
        assert (pieces[0].low, pieces[-1].high) == (-1, 2)
        assert all(a.high == b.low for a, b in pairwise(pieces))
        assert most or all(piece.what is Behaviour.UNRESOLVED for piece in pieces)


@pytest.mark.parametrize("text", BUDGETED[:3])
def test_with_too_small_a_budget_nothing_is_called_proved(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_STEPS", 5)
    found = of(text, -1, 2)
    assert not found.proved
    assert not found.global_minimum


HOSTILE = [
    *("sin(1000x)", "tan(100x)", "x sin(1/x)", "sin(x)^2 + cos(x)^2", "|sin(300x)|", "cos(x^5)", "sqrt(sin(200x))"),
    *("max(sin(90x), cos(91x))", "(x - sin x)^9/x^20", "1/floor(50 sin x)"),
    "acosh(tanh(cot(x))) acos(x x + 4.4)",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_it_ends(text: str) -> None:
    """However much there is to find, the budget of steps ends the search."""
    found = of(text, -10, 10)
    assert found.points or found.gaps or found.unproved


DROPPED = [
    ("x + 0(e^(1/x) - 1e30)^(-1)", -1, 1, 0.0144764827301083943),
    ("x + 0(x ln(x) + 1e-6)^(-1)", 0, 0.5, 6.0144917127939750589e-8),
    ("x*1^((x ln(x) + 1e-6)^(-1))", 0, 0.5, 6.0144917127939750589e-8),
    ("x ((x ln(x) + 1e-6)^(-1))^0", 0, 0.5, 6.0144917127939750589e-8),
    ("x^(0(x ln(x) + 1e-6)^(-1))", 0, 0.5, 6.0144917127939750589e-8),
    ("x + 0(ln(x)^2 - 400)^(-1)", 0, 0.5, 2.0611536224385578e-9),
    ("x + 0(1/ln(x) + 0.05)^(-1)", 0, 1, 2.0611536224385578e-9),
]


@pytest.mark.parametrize(("text", "low", "high", "hole"), DROPPED)
def test_a_part_that_is_dropped_has_to_have_a_value(text: str, low: float, high: float, hole: float) -> None:
    """0 times a pole, 1 to it, it to the power 0: beside the place that a proof looks at."""
    found = find(parse_expression(text), low, high)
    told = [point.x for point in found.of_kind("hole")]
    assert any(math.isclose(x, hole, rel_tol=1e-12) for x in told) or any(
        doubt.low <= hole <= doubt.high for doubt in found.unproved
    )
