"""Products and sums with constants take a short way: the bounds are those of the long one, or narrower."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.expression import intervals
from calc.expression.intervals import ONE, ZERO, Interval, add, multiply

ENDS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, 5e-324, -5e-324, 1e308, -1e308]),
    st.floats(-1e3, 1e3),
)
CONSTANTS = [0.0, 1.0, -1.0, 2.0, -3.0, 0.1, -0.1, 1e-320, -1e-320, 1e30, -1e30]


def interval(low, high, undefined=False, nowhere=False):
    low, high = min(low, high), max(low, high)
    low, high = (-1.0 if low == np.inf else low), (1.0 if high == -np.inf else high)
    return Interval(*(np.array([part]) for part in (low, high, undefined, nowhere)))


def constants():
    """Exact ones, and neighbouring floats around what no float can hold."""
    exact = st.sampled_from([ZERO, ONE, *map(intervals.point_interval, CONSTANTS)])
    between = st.sampled_from(
        [
            Interval(np.asarray(c), np.asarray(np.nextafter(c, np.inf)), ZERO.undefined, ZERO.nowhere)
            for c in CONSTANTS
        ]
    )
    return exact | between


@given(ENDS, ENDS, constants(), st.booleans(), st.booleans())
@pytest.mark.parametrize("operation", [add, multiply])
def test_a_constant_changes_no_bound_for_the_worse(operation, low, high, constant, undefined, turned):
    some = interval(low, high, undefined)
    long = Interval(
        *(np.atleast_1d(part) for part in (constant.low, constant.high, ZERO.undefined, ZERO.nowhere))
    )
    with np.errstate(all="ignore"):
        found = operation(constant, some) if turned else operation(some, constant)
        other = operation(some, long)
    assert other.low <= found.low <= found.high <= other.high
    assert (found.undefined, found.nowhere) == (undefined, False)


def inside(bounds, share):
    """A point between finite ends, exactly."""
    low, high = (float(end) for end in (bounds.low.item(), bounds.high.item()))
    return Fraction(min(max(low * (1 - share) + high * share, low), high))


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), constants(), st.floats(0, 1), st.floats(0, 1))
def test_what_lies_in_both_has_its_product_and_its_sum_in_the_result(low, high, constant, share, other):
    some = interval(low, high)
    a, b = inside(some, share), inside(constant, other)
    for operation, true in ((multiply, a * b), (add, a + b)):
        found = operation(some, constant)
        assert found.low.item() <= true <= found.high.item()
