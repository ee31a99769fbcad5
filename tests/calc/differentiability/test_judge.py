"""What the judge is worth: it notices false kinds, slopes, limits and places, and points that are left out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from calc.differentiability import Differentiability, Point, find
from calc.expression import parse_expression
from tests.calc.differentiability.functions import KNOWN
from tests.calc.differentiability.judge import judge
from tests.calc.differentiability.test_known import MENDED

KINDS = ("corner", "cusp", "vertical tangent", "jump", "hole", "pole")
Change = Callable[[Point], Point | None]


def other_kind(point: Point) -> Point:
    return replace(point, kind=KINDS[(KINDS.index(point.kind) + 1) % len(KINDS)])


def other_sign(point: Point) -> Point | None:
    steep = [
        name for name in ("left", "right") if getattr(point, name) and not math.isnan(getattr(point, name))
    ]
    return replace(point, **{steep[0]: -getattr(point, steep[0])}) if steep else None


def a_little_off(point: Point) -> Point | None:
    return replace(point, right=point.right + 1e-7) if math.isfinite(point.right) else None


def another_limit(point: Point) -> Point | None:
    return replace(point, left_limit=point.left_limit + 0.01) if math.isfinite(point.left_limit) else None


def a_filled_corner(point: Point) -> Point | None:
    return replace(point, left_filled=point.left_filled + 0.5) if math.isfinite(point.left_filled) else None


def other_place(point: Point) -> Point:
    return replace(point, x=point.x + 1e-8)


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (other_kind, 0.9),
        (other_sign, 0.9),
        (a_little_off, 0.9),
        (another_limit, 0.9),
        (a_filled_corner, 0.85),
        (other_place, 0.9),
        (lambda point: None, 0.9),
    ],
    ids=["kind", "sign", "slope", "limit", "filled", "place", "left out"],
)
def test_a_false_point_is_noticed(change: Change, least: float) -> None:
    noticed = []
    for known in KNOWN[::3]:
        expression = parse_expression(known.text)
        found = find(expression, known.low, known.high)
        if not found.points or found.points[0].kind == "oscillation" or known in MENDED:
            continue
        changed = change(found.points[0])
        if changed is None and change.__name__ != "<lambda>":
            continue
        rest = found.points[1:] if changed is None else (changed, *found.points[1:])
        noticed.append(bool(judge(expression, replace(found, points=rest))))
    assert sum(noticed) >= least * len(noticed) > 8


def test_an_invented_point_is_noticed() -> None:
    for text, kind in (("x^2", "corner"), ("e^x", "jump"), ("cos(x)", "hole"), ("x", "oscillation")):
        point = Point(0.25, kind, 0.0, 0.0, 0.0, 0.0, 0.0)
        assert judge(parse_expression(text), Differentiability(-1, 1, (point,)))


def test_a_gap_that_is_none_is_noticed() -> None:
    assert judge(parse_expression("x^2"), Differentiability(-1, 1, (), ((-0.5, 0.5),)))
    assert judge(parse_expression("sqrt(x^2 - 1/2)"), Differentiability(-1, 1, ()))
