"""The chart of errors by step, which two lessons draw, and the tables of digits and of methods."""

from itertools import pairwise

import numpy as np
import pytest

from calc.expression import parse_expression
from calc.numerical import METHODS, cancelled
from pages.shared import valley
from pages.shared.function_columns import decades
from pages.shared.quotient import answers, subtracted, subtraction


@pytest.mark.parametrize(
    "text",
    [
        "sin(x)",
        "x^2",
        "5",
        "2x + 1",
        "|x|",
        "ln(x)",
        "e^(x^2)",
        "1e30 x",
        "e^(-90) sin(x)",
        "1e-20 + 1e-9 x",
    ],
)
@pytest.mark.parametrize("at", [0.0, 0.5, 30.0])
@pytest.mark.parametrize("format", ["float64", "float32"])
def test_all_that_is_drawn_lies_in_the_chart(text, at, format):
    drawn = valley.columns(valley.found(parse_expression(text), at, format), "x")
    low, high = drawn["view"]["y0"][0], drawn["view"]["y1"][0]
    assert 0 < low < high < 1e300
    for name in ("error", "names", "best"):
        size = np.asarray(drawn[name]["error"], dtype=float)
        assert (size[np.isfinite(size)] >= low).all()
        assert not (size > 1.0000001 * high).any() or name == "best"
    assert {len(column) for column in drawn["run"].values()} == {valley.PLAYED + 1}
    assert len({*drawn["names"]["name"]}) == len(drawn["names"]["name"]) <= 4
    assert all(0 < h <= 1 for h in drawn["best"]["h"])


def test_only_what_is_asked_for_is_drawn():
    found = valley.found(parse_expression("sin(x)"), 0.5)
    two = ("forward", "central")
    drawn = valley.columns(found, "t", two, moves=False)
    assert "run" not in drawn
    assert {*drawn["error"]["kind"]} == {*drawn["best"]["kind"]} == {"Forward", "Central"}
    assert {*drawn["names"]["name"]} == {"truncation ∝ Δt", "∝ Δt²", "rounding ∝ 1/Δt"}
    assert "run" in valley.columns(found, "t")
    assert "'run'" not in str(valley.chart("t", two, moves=False))


def test_the_words_for_best_steps():
    wave, line, bend, corner = (
        valley.found(parse_expression(text), at)
        for text, at in (("sin(x)", 0.5), ("2x + 1", 1.0), ("cos(x)", 0.0), ("|x|", 0.0))
    )

    def both(found):
        return [valley.best_steps(found, name) for name in METHODS]

    assert [theory for theory, _ in both(wave)] == ["2.5·10⁻⁸", "7·10⁻⁶", "0.0021", "any small"]
    assert [theory for theory, _ in both(line)] == ["any large"] * 3 + ["any small"]
    assert both(bend)[1][0] == "any large"
    assert {*both(corner)} == {("–", "–")}
    assert both(wave)[3] == ("any small", "any small")
    assert float(both(wave)[2][1]) == pytest.approx(0.0021, rel=0.9)


def test_the_ends_of_a_log_axis_are_powers_of_ten():
    assert decades(np.array([3e-7, 20.0])) == pytest.approx((1e-7, 100.0))
    assert decades(np.array([3e-30, 20.0]), least=2e-18) == pytest.approx((1e-18, 100.0))
    assert decades(np.array([0.5])) == pytest.approx((0.1, 1.0))
    assert decades(np.array([0.0, np.nan, np.inf])) == (1e-17, 1.0)
    assert 0 < decades(np.array([5e-324, 1e308]))[0] < decades(np.array([5e-324, 1e308]))[1] < 1e300


def test_names_stand_apart():
    assert min(abs(a - b) for a, b in pairwise(sorted(valley.HEIGHTS.values()))) > 0.09


def test_a_subtraction_shows_its_digits():
    html = subtraction("f(x)", "<b>", "q", "s")
    assert "<b>" not in html
    said, (taken, none) = subtracted(
        np.array([1.25, np.nan]), np.array([1.0, 1.0]), np.array([2.5, np.nan]), 2.4, 9
    )
    assert taken == cancelled(1.25, 1.0, 9)
    assert none is None
    assert all(f'data-name="{name}"' in html for name in said)
    assert (said["above-gone"][0], said["above"][0], said["left"][0]) == ("1.", "25000000", "25000000")
    assert (said["above"][1], said["left"][1], said["wrong"][1]) == ("no value", "no value", "no value")
    assert (said["right"][0], said["wrong"][0], said["slope"][0]) == ("2.", "50000000", "2.40000000")


def test_a_table_of_answers_has_slots_and_words():
    html = answers(["method", "<i>"], {"Central": [("central", 6), "1 < 2"]})
    assert '<td data-name="central" data-digits="6" data-none="–"></td>' in html
    assert "&lt;i&gt;" in html
    assert "<td>1 &lt; 2</td>" in html
