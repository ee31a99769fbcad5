"""What is said of a stretch as a whole needs that f, or a part of it, rises or falls on all of it."""

import math

import pytest
from flint import arb, fmpq

from calc.expansions import Unsettled
from calc.expression import parse_expression
from calc.minima.places import Places, special_parts


def places(text: str, low: int, high: int) -> Places:
    return Places(parse_expression(text, ("x",)).root, "x", fmpq(low), fmpq(high), 1.0)


@pytest.mark.parametrize(
    ("text", "end", "direction"),
    [("x^3", 2, 1), ("x^3", -2, 1), ("-x", 2, -1), ("e^(-x)", 5, -1), ("7 + 0x", 3, 0), ("x^2 - x", 2, None),
     ("sin x", 9, None), ("|x - 1|", 2, None)],
)  # fmt: skip
def test_a_direction_is_that_of_all_of_one_side_of_0(text, end, direction):
    beside = places(text, -10, 10)
    if direction is None:
        with pytest.raises(Unsettled):
            beside._direction(arb(0), fmpq(end))
    else:
        assert beside._direction(arb(0), fmpq(end)) == direction


@pytest.mark.parametrize(
    ("text", "zero"), [("|e^x - 2|", 0.6931471805599453), ("|x^3 - x|", None), ("|x^4 - 1|", None)]
)
def test_the_zero_of_a_part_is_a_place_only_where_the_part_rises_or_falls(text, zero):
    """The second has three zeros between the ends; the third two, and at both ends it is above 0."""
    inside = places(text, -2, 2)
    (of,) = inside.root.arguments
    ((part, targets),) = (each for each in special_parts(inside.root) if each[0] == of)
    found = [arb(each.x) for each in inside._where(part, targets, fmpq(-2), fmpq(2))]
    assert [float(x.mid()) for x in found] == ([] if zero is None else pytest.approx([zero]))
    # No float is ln 2: it lies between two of them.
    assert all(arb(math.nextafter(zero, 0)) < x < arb(math.nextafter(zero, 1)) for x in found)
    assert all(not x.is_exact() and x.contains(arb(2).log()) for x in found)
