"""The race: the contestants agree, and what they count is what there is to count (rows 21, 25 to 27 of the notes)."""

import ast
import json
import os
import sys
import time
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from calc.cells import outputs
from calc.race import RACES, ahead, heat, read_result, recorded, running, start
from calc.race.recorded import FILE
from calc.race.result import difference

SMALL = [("square", 100), ("polynomial", 1), ("polynomial", 3), ("weights", 10)]


def exact_slope(x: Fraction, times: int) -> Fraction:
    """The derivative of the composed polynomial, in exact fractions."""
    slope = Fraction(1)
    for _ in range(times):
        slope, x = slope * (6 * x**2 - 6 * x), 2 * x**3 - 3 * x**2 + 5
    return slope


def run(name, size, precision="float64", points=None):
    """The outputs of a heat, at fewer points than it has."""
    cells = heat(name, size, precision)
    if points:
        cells = tuple(
            type(cell)(**{**vars(cell), "code": cell.code.replace("1000000", str(points))}) for cell in cells
        )
    return outputs(cells, {})


@pytest.fixture(scope="module")
def found():
    return {(name, size): run(name, size, points=1001) for name, size in SMALL}


@pytest.mark.parametrize("which", SMALL)
def test_all_contestants_agree(found, which):
    laps = read_result(found[which])
    assert laps.keys() == RACES[which[0]].contestants.keys()
    for way, lap in laps.items():
        # np.gradient has the error of a grid that is coarse here, forward differences that of h.
        standard = laps["numerical"].away == 0
        assert lap.away < (0.25 if way == "numerical" else 1e-6 if standard else 1e-12), way
        assert lap.finite == 1
        assert lap.calls >= 3
        assert 0 < lap.warm[0] <= lap.warm[1] <= lap.warm[2]
        assert lap.lab == lap.build + lap.first > 0


@pytest.mark.parametrize("times", [1, 3])
def test_the_derivative_is_the_right_one(found, times):
    output = found["polynomial", times]["automatic, compiled"]
    x = np.linspace(-5, 5, 1001)[:: max(1, 1001 // 200)]
    exact = [float(exact_slope(Fraction(each), times)) for each in x]
    np.testing.assert_allclose(output.arrays["result"], exact, rtol=1e-10, atol=1e-6)


def test_a_symbolic_formula_swells_and_a_graph_does_not():
    """Row 21 and 26: twice and more the operations at each step, against so many more."""
    laps = {k: recorded().heats["polynomial", "float64", k] for k in RACES["polynomial"].sizes}
    tree = [laps[k]["symbolic"].operations for k in laps]
    assert all(more > 2 * few for few, more in pairwise(tree))
    for way in ("symbolic, shared", "automatic"):
        count = [laps[k][way].operations for k in laps]
        steps = np.diff(count)
        assert max(steps) <= 1.5 * min(steps) + 3, way
        assert count[-1] < tree[-1] / 10


def test_the_operations_counted_are_those_of_the_program():
    """Of x^2: symbolically 2*x is one product; numerically one square and what np.gradient adds."""
    laps = recorded().heats["square", "float64", 100]
    assert laps["symbolic"].operations == 1
    assert laps["numerical"].operations == 4
    assert {lap.evaluations for lap in laps.values()} == {1}


def test_numerically_there_is_an_evaluation_for_every_weight():
    """Row 27."""
    for size in RACES["weights"].sizes:
        laps = recorded().heats["weights", "float64", size]
        assert laps["numerical"].evaluations == size + 1
        assert laps["forward, compiled"].evaluations == size
        assert laps["automatic, compiled"].evaluations == 1


def test_the_evaluations_are_counted_right():
    """By counting the calls of the loss, in the contestant's own code."""
    clock, function, numerical, *_ = heat("weights", 10, "float64")
    space: dict = {}
    exec(clock.code, space)  # noqa: S102
    exec(function.code, space)  # noqa: S102
    calls, loss = [], space["loss"]
    space["loss"] = lambda w: (calls.append(1), loss(w))[1]
    space["race"] = lambda build, *data: ([0.0], build()(*data))
    exec(numerical.code, space)  # noqa: S102
    assert len(calls) == space["counts"][0] == 11


@pytest.mark.parametrize("name", RACES)
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_every_heat_is_recorded_and_its_code_is_python(name, precision):
    for size in RACES[name].sizes:
        laps = recorded().heats[name, precision, size]
        assert laps.keys() == RACES[name].contestants.keys()
        for cell in heat(name, size, precision):
            ast.parse(cell.code)
        finite = [lap.finite for lap in laps.values()]
        # Of the polynomial composed five and six times single precision has too few powers of ten.
        assert finite == [1.0] * len(finite) or (precision, name) == ("float32", "polynomial")
    assert recorded().machine
    assert json.loads(FILE.read_text("utf-8"))["date"] >= "2026-11-26"


def test_on_the_lab_s_own_points_the_polynomial_overflows():
    """Why the points are others from k = 4 on: on [-5, 5] more than half of float32 is beyond it at k = 4."""
    with np.errstate(all="ignore"):
        x = np.linspace(-5, 5, 100_001).astype(np.float32)
        for _ in range(4):
            x = 2 * x**3 - 3 * x**2 + 5
    assert 0.5 < 1 - np.isfinite(x).mean() < 0.65


def test_a_heat_that_there_is_not():
    with pytest.raises(ValueError, match="7 is none of"):
        heat("polynomial", 7, "float64")


def test_difference_of_what_is_not_finite():
    nan, inf = float("nan"), float("inf")
    assert difference(np.array([1.0, inf, 2.0]), np.array([1.5, 3.0, nan])) == 0.5
    assert np.isnan(difference(np.array([nan]), np.array([1.0])))
    assert difference(np.zeros(2), np.ones(2)) == 1


def test_one_race_at_a_time_and_a_stopped_one_leaves_nothing_running():
    slow, behind = start("polynomial", 6, "float64"), start("square", 100, "float64")
    slow.look("me")
    behind.look("you")
    until = time.monotonic() + 60
    while not slow.outputs and time.monotonic() < until:
        slow.look("me")
        behind.look("you")
        time.sleep(0.05)
    if sys.platform == "linux":
        # It only gets the time that nobody else wants, on one core.
        child = running._runner.child.pid
        assert os.sched_getscheduler(child) == os.SCHED_IDLE
        assert len(os.sched_getaffinity(child)) == 1
    assert ahead(behind) == 1
    assert not behind.outputs
    slow.leave("me", at_once=True)
    while not behind.done and time.monotonic() < until + 60:
        behind.look("you")
        behind.wait(0.5)
    assert not slow.done
    assert read_result(behind.outputs).keys() == RACES["square"].contestants.keys()
