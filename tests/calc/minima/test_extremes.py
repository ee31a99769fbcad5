"""Which point has the least value: what is not settled, or has no upper bound, is not passed over."""

from types import SimpleNamespace

import pytest
from flint import arb, fmpq

from calc.expression.intervals import Interval
from calc.minima.extremes import global_extreme
from calc.minima.pieces import Behaviour, Piece
from calc.minima.result import Point


def found(x: float, value: int) -> SimpleNamespace:
    point = Point(x, float(value), "local minimum", "minimum")
    return SimpleNamespace(value=fmpq(value), x=fmpq(int(x)), point=point)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(("other", "settled"), [(-1, False), (0, False), (1, True), (None, False)])
def test_a_place_that_is_not_settled_must_lie_above_the_least_value(turn, other, settled):
    """Were its value the same, it would be one more global minimum."""
    least = found(1, 0)
    value = None if other is None else fmpq(other * turn)
    points = SimpleNamespace(found=[least], approaches=[], unsettled=[(2.0, value)])
    answer = global_extreme(None, points, [], turn)
    assert answer.points == ((least.point,) if settled else ())
    assert bool(answer.doubts) != settled


@pytest.mark.parametrize("turn", [1, -1])
def test_of_several_values_the_least_is_taken_and_ties_are_named(turn):
    several = [found(x, value * turn) for x, value in enumerate((3, 1, 4, 1, 5))]
    answer = global_extreme(None, SimpleNamespace(found=several, approaches=[], unsettled=[]), [], turn)
    assert answer.points == (several[1].point, several[3].point)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(("low", "high", "settled"), [(1, 2, True), (-1, 2, False), (-2, -1, False)])
def test_a_stretch_of_which_only_bounds_are_known_must_lie_above_the_least_value(turn, low, high, settled):
    least, ends = found(1, 0), sorted((low * turn, high * turn))
    bounds = Interval(*map(arb, ends))
    unclear = Piece(fmpq(2), fmpq(3), Behaviour.UNRESOLVED, values=bounds)
    points = SimpleNamespace(found=[least], approaches=[], unsettled=[])
    answer = global_extreme(None, points, [unclear], turn)
    assert answer.points == ((least.point,) if settled else ())
