"""Truncation, rounding and the best step, beside what is measured."""

from itertools import pairwise
from math import inf, isnan

import mpmath
import numpy as np
import pytest

from calc.expression import parse_expression
from calc.numerical import METHODS, PRECISIONS, Theory, Truth, best_measured, ruling, study, theory, truth
from tests.calc.numerical.judges import FUNCTIONS, PLACES, digits_50

DOUBLE, SINGLE = PRECISIONS["float64"], PRECISIONS["float32"]
STEPS = np.array([float(f"{h:.3g}") for h in 10.0 ** -np.linspace(0, 16, 97)])


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_truncation_is_that_of_50_digits(text, x):
    """As h shrinks, without any rounding: the ratio goes to 1."""
    f, told = FUNCTIONS[text][0], theory(truth(parse_expression(text), x), DOUBLE)
    with mpmath.workdps(200):
        at, h = mpmath.mpf(x), mpmath.mpf(10) ** -6
        slope = mpmath.diff(f, at)
        slope = mpmath.im(f(at + 1j * mpmath.mpf(10) ** -90)) * mpmath.mpf(10) ** 90
        middle = [(f(at + k) - f(at - k)) / (2 * k) for k in (h, h / 2)]
        away = {
            "forward": (f(at + h) - f(at)) / h, "central": middle[0], "richardson": (4 * middle[1] - middle[0]) / 3,
            "complex": mpmath.im(f(at + 1j * h)) / h,
        }  # fmt: skip
        for name, found in away.items():
            expected = told[name].size * mpmath.mpf(h) ** told[name].power
            assert abs(abs(found - slope) - expected) <= 1e-3 * expected + mpmath.mpf(10) ** -60


@pytest.mark.parametrize(
    ("text", "x", "powers"),
    [("sin(x)", 0.5, (1, 2, 4)), ("x^2", 3.0, (1, 0, 0)), ("2x + 1", 3.0, (0, 0, 0)), ("x^3", 1.0, (1, 2, 0)),
     ("sin(x)", 0.0, (2, 2, 4)), ("cos(x)", 0.0, (1, 0, 0)), ("x^5", 0.0, (4, 4, 4)), ("sin(x^3)", 0.0, (2, 2, 8))],
)  # fmt: skip
def test_of_a_coefficient_that_is_0_the_next_one_stands_in(text, x, powers):
    told = theory(truth(parse_expression(text), x), DOUBLE)
    assert tuple(told[name].power for name in ("forward", "central", "richardson")) == powers
    assert told["complex"].power == powers[1]


@pytest.mark.parametrize("precision", PRECISIONS.values(), ids=PRECISIONS)
@pytest.mark.parametrize(("text", "x"), PLACES)
def test_what_is_measured_stays_below_a_few_times_what_theory_says(text, x, precision):
    at = float(precision.real(x))
    true = truth(parse_expression(text), at)
    told, found = theory(true, precision), study(parse_expression(text), at, STEPS, precision)
    small = min(0.05, 0.05 * abs(at) if text in ("ln(x)", "sqrt(x)") else 1)
    for name in METHODS:
        expected = told[name].truncation_at(found.h) + told[name].rounding_at(found.h)
        away = true.errors(found.found[name])
        # Below the distance of two numbers x + h is x: f' itself is the error.
        looked = (found.h < small) & (found.h > 4 * precision.unit * abs(at))
        # f' may be a small difference of large parts.
        parts = true.slope, true.coefficients[0], 2 * at * true.coefficients[2]
        last = 4 * precision.unit * sum(map(abs, parts))
        assert (away[looked] <= 8 * expected[looked] + last).all(), name
        # Nor is it said to be much worse than it is, over all steps of a decade together.
        if name != "complex":
            ratios = [
                away[looked][i : i + 12].max() / expected[looked][i : i + 12].max()
                for i in range(0, int(looked.sum()) - 11, 12)
            ]
            assert min(ratios) > 0.003, (name, ratios)


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_the_best_step_of_theory_is_near_the_measured_one(text, x):
    true, steps = truth(parse_expression(text), x), STEPS[abs(x) / 2 > STEPS]
    told, found = theory(true, DOUBLE), study(parse_expression(text), x, steps, DOUBLE)
    for name in ("forward", "central"):
        away = true.errors(found.found[name])
        # A lucky step has no error at all: the largest one of three counts.
        smooth = np.array([np.nanmax(away[max(0, i - 1) : i + 2]) for i in range(len(away))])
        assert best_measured(away) == np.nanargmin(smooth)
        measured = found.h[np.nanargmin(smooth)]
        assert abs(np.log10(told[name].best / measured)) < 1.3 or told[name].best > 1
        assert told[name].least == pytest.approx(smooth.min(), rel=30) or told[name].best > 1


def test_the_best_step_is_where_the_sum_is_least():
    for power in (1, 2, 4):
        told = Theory(0.3, power, 2e-16)
        h = np.geomspace(told.best / 10, told.best * 10, 2001)
        both = told.truncation_at(h) + told.rounding_at(h)
        assert h[both.argmin()] == pytest.approx(told.best, rel=0.01)
        assert both.min() == pytest.approx(told.least, rel=1e-4)
        assert told.least == pytest.approx(told.truncation_at([told.best])[0] * (1 + power))


def test_the_rounding_is_that_of_the_values_and_of_x():
    """By hand, of e^(2x) at 0.5: f = e, f' = 2e, and x f' = e."""
    e = float(np.e)
    for precision in PRECISIONS.values():
        told = theory(truth(parse_expression("e^(2x)"), 0.5), precision)
        unit = 2.0**-53 if precision is DOUBLE else 2.0**-24
        rounding = [told[name].rounding for name in ("forward", "central", "richardson", "complex")]
        assert rounding == pytest.approx([3 * e * unit, 2 * e * unit, 6 * e * unit, 0.0])
        assert told["complex"].constant == pytest.approx(2 * e * unit)
        assert (told["forward"].constant, told["central"].constant) == (0, 0)


def test_ends_of_theory():
    assert Theory(0.0, 0, 1e-16).best == inf
    assert Theory(0.0, 0, 0.0).best == 0
    assert Theory(0.0, 0, 1e-16).least == 0
    assert Theory(1.0, 2, 0.0, 1e-17).best == 0
    assert Theory(1.0, 2, 0.0, 1e-17).least == 1e-17
    unknown = theory(Truth(0.0), DOUBLE)
    assert set(unknown) == set(METHODS)
    assert all(isnan(each.best) and np.isnan(each.rounding_at([0.1])).all() for each in unknown.values())


def test_the_best_measured_step_is_no_lucky_one():
    assert best_measured(np.array([1.0, 0.0, 1.0, 0.3, 0.3, 0.2, 5.0])) == 4
    assert best_measured(np.array([0.0, 0.0, 1.0])) == 0
    assert best_measured(np.array([np.nan, 0.5, 0.1, 0.2])) == 3
    assert best_measured(np.full(3, np.nan)) is None


def test_far_from_0_the_rounding_of_x_counts():
    """x + h is rounded to u|x|, which f carries on as u|x f'|."""
    near, far = (
        theory(truth(parse_expression("sin(x)"), x), DOUBLE)["central"].rounding for x in (0.5, 100000.5)
    )
    assert near == pytest.approx(DOUBLE.unit * (np.sin(0.5) + 0.5 * np.cos(0.5)))
    assert far > 1e4 * near
    assert theory(truth(parse_expression("sin(x)"), 0.5), SINGLE)["central"].rounding == pytest.approx(
        2**29 * near
    )


def test_row_4_how_far_the_quotient_is_from_the_derivative():
    """Halving a large step halves the error of forward differences, and quarters that of central ones."""
    true = digits_50("sin(x)", 0.5)
    found = study(parse_expression("sin(x)"), 0.5, 2.0 ** -np.arange(4, 12), DOUBLE).found
    for name, wanted in (("forward", 2), ("central", 4), ("richardson", 16)):
        away = [abs(float(value - true)) for value in found[name][: 4 if name == "richardson" else None]]
        assert [a / b for a, b in pairwise(away)] == pytest.approx([wanted] * (len(away) - 1), rel=0.1)


def test_which_error_rules():
    told = Theory(0.5, 2, 1e-16)
    for h, wanted in ((1.0, "truncation"), (1e-3, "truncation"), (6e-6, "both"), (1e-9, "rounding")):
        truncation, rounding = told.truncation_at([h])[0], told.rounding_at([h])[0]
        assert ruling(truncation, rounding) == wanted
        assert (wanted == "truncation") == (truncation > 3 * rounding)
        assert (wanted == "rounding") == (rounding > 3 * truncation)
    assert ruling(0.1, np.nan) is None
    # At the best step the two are as 1 to the power.
    for power in (1, 2):
        assert ruling_at_best(Theory(0.3, power, 2e-16)) == "both"
    assert ruling_at_best(Theory(0.3, 4, 2e-16)) == "rounding"


def ruling_at_best(told):
    return ruling(float(told.truncation_at(told.best)), float(told.rounding_at(told.best)))


@pytest.mark.parametrize("precision", PRECISIONS.values(), ids=PRECISIONS)
def test_a_study_is_measured_at_the_point_that_the_format_has(precision):
    found = study(parse_expression("e^x"), 0.1, STEPS, precision)
    at = float(precision.real(0.1))
    assert found.truth.x == at
    assert found.truth == truth(parse_expression("e^x"), at)
    assert found.theory == theory(found.truth, precision)
    for name in METHODS:
        assert found.errors[name] == pytest.approx(found.truth.errors(found.found[name]), nan_ok=True)
        assert found.best[name] == best_measured(found.errors[name])
    assert found.h.tolist() == [float(precision.real(h)) for h in STEPS]
    nothing = study(parse_expression("|x|"), 0.0, [0.1, 0.01], precision)
    assert not any(np.isfinite(errors).any() for errors in nothing.errors.values())
    assert set(nothing.best.values()) == {None}
    settled = study(parse_expression("x|x|"), 0.0, [0.5, 0.25], precision, settled=0.0)
    assert settled.errors["central"].tolist() == [0.5, 0.25]
