"""A tape gives what the code it was recorded from gives, bit for bit, and does no work twice."""

import weakref

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calc.basins.gradients import _slopes, gradient
from calc.expression import Expression, parse_expression
from calc.expression.tape import Recorded, Recorder, record
from tests.calc.expression.trees import trees

POINTS = [-3.5, -1.0, -0.25, 0.0, 0.5, 1.0, 2.0, 1e8, -1e300, np.inf, np.nan]


@settings(max_examples=400, deadline=None)
@given(trees(("x", "y")), st.sampled_from(["float64", "float32"]))
@example(parse_expression("(x^0)^2").root, "float32")
def test_a_gradient_from_its_tape_is_that_of_the_tree(root, precision):
    x, y = (part.ravel() for part in np.meshgrid(POINTS, POINTS))
    with np.errstate(all="ignore"):
        points = x.astype(precision), y.astype(precision)
        played = gradient(Expression(root, ("x", "y")))(*points)
        read = _slopes(root, ("x", "y"), points, np)
    for one, other in zip(played, read, strict=True):
        assert one.dtype == other.dtype == np.dtype(precision)
        np.testing.assert_array_equal(one, other)


def test_it_can_be_played_again_with_arrays_of_another_shape_and_type():
    double = record(lambda x: (2.0 * x, np.where(x < 0, -x, x)), 1)
    for values in (np.array([1.0, -2.0]), np.array([[3.0]], dtype=np.float32), np.float64(-4.0)):
        twice, size = double(values)
        np.testing.assert_array_equal(twice, 2 * values)
        np.testing.assert_array_equal(size, np.abs(values))
        assert twice.dtype == values.dtype


def test_what_is_noted_twice_is_one_operation():
    recorder = Recorder(1)
    x = Recorded(recorder, 0)
    assert (np.sin(x) * x).place == (np.sin(x) * x).place
    assert len(recorder.operations) == 2


def test_equal_constants_are_one_but_zero_and_minus_zero_are_not():
    recorder = Recorder(1)
    x = Recorded(recorder, 0)
    assert (x * 2.0).place == (x * 2.0).place
    assert (x * 0.0).place != (x * -0.0).place
    assert (x * np.nan).place == (x * np.nan).place


def test_a_function_that_looks_at_the_numbers_cannot_be_recorded():
    for looks in (
        lambda x: (x if x > 0 else -x,),
        lambda x: (np.asarray(x),),
        lambda x: (float(x),),
        lambda x: tuple(x),
        lambda x: (np.add(x, 1.0, where=x > 0),),
        lambda x: (np.add.reduce(x),),
    ):
        with pytest.raises(TypeError, match=r"may not look at one|no options|only plain calls"):
            record(looks, 1)


def test_what_nobody_asks_for_is_not_computed():
    asked = []

    def watched(x):
        asked.append(x)
        return x

    def function(x):
        x.recorder.note(watched, (x,))
        return (x.recorder.note(watched, (x + 1.0,)),)

    record(function, 1)(np.zeros(1))
    assert len(asked) == 1


def test_an_argument_or_a_constant_may_be_a_result():
    assert record(lambda x, y: (y, 3.0, x), 2)(1, 2) == (2, 3.0, 1)


def test_a_large_array_goes_as_soon_as_nothing_asks_for_it():
    alive, most = weakref.WeakSet(), 0

    class Held:
        """One for each array, since arrays themselves are not hashable."""

    class Array(np.ndarray):
        def __array_finalize__(self, _):
            nonlocal most
            self.held = Held()
            alive.add(self.held)
            most = max(most, len(alive))

    def chain(x):
        for _ in range(50):
            x = np.sin(x) * 2.0
        return (x,)

    record(chain, 1)(np.zeros(4).view(Array))
    assert most < 6
