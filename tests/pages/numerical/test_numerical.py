"""The page `numerical`: rows 4 and 22 of the notes' figures, what it says of steps, tables and cells."""

import re
from decimal import Decimal, localcontext

import mpmath
import numpy as np
import pytest

from calc.cells import outputs
from calc.expression import parse_expression
from calc.numerical import METHODS, PRECISIONS
from pages.numerical.cells import CELLS, values
from pages.numerical.controls import Setting, Table
from pages.numerical.presets import PRESETS
from pages.shared import valley
from pages.shared.cells import explained
from pages.shared.valley import EACH
from tests.cells import check_cells
from tests.numbers import read
from tests.pages.app import (
    chart,
    charts,
    choose,
    link,
    open_all,
    opened,
    problems,
    readout,
    readout_data,
    set_to,
    widget,
    words,
)

PAGE = "numerical"
JUDGES = {
    "wave": mpmath.sin, "far": mpmath.sin, "square": lambda x: x * x, "quick": lambda x: mpmath.sin(20 * x),
    "lab": lambda x: mpmath.exp(-2 * x) + 3 * mpmath.sin(3 * x), "cancel": lambda x: (1 - mpmath.cos(x)) / x**2,
    "corner": abs, "none": abs,
}  # fmt: skip
"""The presets, written by another hand."""
BACK = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
ANY = ("1/x", "ln(t)", "floor(x)", "sqrt(x)", "1/0", "5", "2x + 1", "1e300 x", "x sin(1/x)", "tan(50x)", "|t|^0.5",
       "e^(e^x)", "cbrt(x)", "x^x", "sin(1000t)", "1e-300 x", "x + 1e9", "max(x, 1, x^2)", "1/x^2", "x|x|")  # fmt: skip


def texts(app, number=0):
    return readout_data(app, number)["texts"]


def slope(slug, x):
    with mpmath.workdps(50):
        h = mpmath.mpf(10) ** -20
        return (JUDGES[slug](mpmath.mpf(x) + h) - JUDGES[slug](mpmath.mpf(x) - h)) / (2 * h)


@pytest.mark.parametrize("format", PRECISIONS)
@pytest.mark.parametrize("slug", [slug for slug in PRESETS if slug != "none"])
def test_row_4_the_errors_drawn_are_those_of_50_digits(slug, format):
    """How far each number that the format gives is from the derivative."""
    app = opened(PAGE, f=slug, format=format)
    assert problems(app) == []
    drawn = chart(app, "The error of four methods")
    at = float(PRECISIONS[format].real(PRESETS[slug].at))
    found = valley.found(parse_expression(PRESETS[slug].text), at, format)
    true, low = slope(slug, at), drawn["view"]["y0"][0] * 3
    rows = list(zip(drawn["error"]["h"], drawn["error"]["error"], drawn["error"]["kind"], strict=True))
    for name, method in METHODS.items():
        of_method = [(h, error) for h, error, kind in rows if kind == method.name]
        assert len(of_method) == len(valley.STEPS)
        for (h, error), value in zip(of_method, found.found[name], strict=True):
            away = float(abs(mpmath.mpf(float(value)) - true))
            # Of the preset "cancel" f has no value at 0.
            known = np.isfinite(value) or (slug == "cancel" and h == pytest.approx(at))
            assert known, (name, h)
            wanted = max(away, low) if np.isfinite(value) else np.nan
            assert error == pytest.approx(wanted, rel=1e-4, abs=1e-19, nan_ok=True), (name, h)
        errors = [error for _, error in of_method][EACH]
        assert drawn["run"][name] == pytest.approx(errors, rel=1e-6, nan_ok=True)


def test_the_steps_go_from_1_to_1e_16_as_they_are_written():
    steps = valley.STEPS
    assert (steps[0], steps[-1], len(steps)) == (1.0, 1e-16, 97)
    assert all(float(f"{step:.3g}") == step for step in steps)
    assert [steps[6 * k] for k in range(17)] == [float(f"1e-{k}") for k in range(17)]


@pytest.mark.parametrize("format", PRECISIONS)
@pytest.mark.parametrize("slug", PRESETS)
def test_the_subtraction_holds_with_the_digits_shown(slug, format):
    """Each row: what is above less what is below is what is left, and what is struck out leaves nothing."""
    said = texts(opened(PAGE, f=slug, format=format))
    found = valley.found(
        parse_expression(PRESETS[slug].text), float(PRECISIONS[format].real(PRESETS[slug].at)), format
    )
    assert len(said["said"]) == valley.PLAYED + 1
    for i in range(valley.PLAYED + 1):
        rows = [said[f"{name}-gone"][i] + said[name][i] for name in ("above", "below", "left")]
        if "no value" in rows:
            assert np.isnan(found.above[EACH][i] - found.below[EACH][i])
            assert "has no value" in said["said"][i]
            continue
        with localcontext(prec=100):
            above, below, left = (Decimal(row.partition("·")[0].translate(BACK)) for row in rows)
            assert above - below == left
        close = 10.0 ** (1 - PRECISIONS[format].digits) * max(
            abs(found.above[EACH][i]), abs(found.below[EACH][i])
        )
        assert float(read(rows[0])) == pytest.approx(found.above[EACH][i], abs=close, rel=0)
        # What is struck out leaves nothing.
        assert not said["left-gone"][i].strip("−0.")
        lost = int(re.search(r"(\d+) of \d+ digits cancel", said["said"][i])[1])
        larger = max(
            (said["above-gone"][i], said["below-gone"][i]), key=lambda row: Decimal(row.translate(BACK) or 0)
        )
        assert (
            lost == len(larger.translate(BACK).strip("-").replace(".", "").lstrip("0"))
            or left == 0
            or lost < 2
        )
        if slug != "none":
            quotient, slope = (said[name][i] for name in ("wrong", "slope"))
            right = said["right"][i]
            assert float(read(right + quotient)) == pytest.approx(
                found.found["central"][EACH][i], rel=1e-6, abs=1e-9
            )
            far = 1e-7 * abs(found.found["central"][EACH][i])
            assert float(read(slope)) == pytest.approx(found.truth.slope, rel=1e-6, abs=far)
            if "." in right and "·" not in slope:
                # Right to the last of the digits that are marked.
                unit = 10.0 ** -len(right.partition(".")[2])
                assert abs(float(read(right + quotient)) - float(read(slope))) <= unit


@pytest.mark.parametrize("slug", [slug for slug in PRESETS if slug != "none"])
def test_the_table_says_what_each_method_says(slug):
    shown = readout(opened(PAGE, f=slug), 1)
    at = PRESETS[slug].at
    found, true = valley.found(parse_expression(PRESETS[slug].text), at), slope(slug, at)
    for name in METHODS:
        for i, (value, error) in enumerate(zip(shown[name], shown[f"{name}-error"], strict=True)):
            if np.isnan(found.found[name][EACH][i]):
                assert np.isnan([value, error]).all()
                continue
            assert value == found.found[name][EACH][i]
            away = float(abs(mpmath.mpf(float(found.found[name][EACH][i])) - true))
            assert error == pytest.approx(away, rel=0.06, abs=1e-19)


def test_what_is_said_of_a_step_is_so():
    """In the valley's right half a smaller step helps, in its left half a larger one."""
    said = texts(opened(PAGE))["said"]
    found = valley.found(parse_expression("sin(x)"), 0.5)
    best = int(np.argmin(np.abs(np.log(found.h[EACH] / found.theory["central"].best))))
    assert "near the best step" in said[best]
    assert all("a smaller step is better" in each for each in said[: best - 1])
    assert all("a larger step is better" in each for each in said[best + 2 :])
    assert said[8].startswith(
        "Step 10⁻⁸: 7 of 17 digits cancel. Theory: truncation 1.5·10⁻¹⁷, rounding 10⁻⁸."
    )


def test_theory_stands_beside_what_is_measured():
    app = opened(PAGE)
    assert "best Δx: ◇\xa0theory" in readout_data(app, 1)["template"]
    assert "<td>2.5·10⁻⁸</td>" in readout_data(app, 1)["template"]
    drawn = chart(app, "The error of four methods")
    assert list(dict.fromkeys(drawn["theory"]["line"])) == [
        "truncation ∝ Δx", "∝ Δx²", "∝ Δx⁴", "rounding ∝ 1/Δx",
    ]  # fmt: skip
    assert drawn["best"]["who"] == ["theory", "measured"] * 3
    for theory, measured in zip(drawn["best"]["h"][::2], drawn["best"]["h"][1::2], strict=True):
        assert 0.1 < theory / measured < 10
    theory = {name: [] for name in drawn["theory"]["line"]}
    for h, size, name in zip(*(drawn["theory"][column] for column in ("h", "error", "line")), strict=True):
        theory[name].append((h, size))
    # The third derivative of sin is -cos; from end to end, as on log axes it is straight.
    size = np.cos(0.5) / 6
    assert theory["∝ Δx²"] == [(1.0, pytest.approx(size)), (1e-16, pytest.approx(size * 1e-32))]
    unit = 2.0**-53 * (2 * np.sin(0.5) + 0.5 * np.cos(0.5))
    assert theory["rounding ∝ 1/Δx"] == [(1.0, pytest.approx(unit)), (1e-16, pytest.approx(unit * 1e16))]


def test_a_parabola_has_no_truncation_and_any_large_step_is_the_best():
    app = opened(PAGE, f="square")
    drawn = chart(app, "The error of four methods")
    assert {*drawn["theory"]["line"]} == {"truncation ∝ Δx", "rounding ∝ 1/Δx"}
    assert readout_data(app, 1)["template"].count("any large") == 2


def test_far_from_0_rounding_is_coarser():
    near, far = (valley.found(parse_expression("sin(x)"), PRESETS[slug].at) for slug in ("wave", "far"))
    assert 1e4 < np.median(far.errors["central"][60:70]) / np.median(near.errors["central"][60:70]) < 1e6
    # Floats near 100,000 lie 131,072 times further apart than those at 0.5.
    assert "131,072" in PRESETS["far"].why
    assert np.spacing(100000.5) / np.spacing(0.5) == 131072


def test_single_precision_has_its_valley_further_up():
    double, single = (valley.found(parse_expression("sin(x)"), 0.5, format) for format in PRECISIONS)
    for name in ("forward", "central", "richardson"):
        assert np.nanmin(single.errors[name]) > 100 * np.nanmin(double.errors[name])
        assert single.theory[name].best > 10 * double.theory[name].best


def test_at_a_corner_there_is_nothing_to_miss():
    app = opened(PAGE, f="none")
    assert problems(app) == []
    assert chart(app, "The error of four methods")["view"]["none"] == [1.0]
    assert texts(app)["said"][2].endswith("There is no derivative to compare with.")
    methods = readout(app, 1)
    assert {*methods["central"]} == {0.0}
    assert {*methods["forward"]} == {1.0}
    assert np.isnan([methods["complex"], methods["central-error"]]).all()
    assert any("|x|" in node.value or "abs is not made for that" in node.value for node in app.caption)
    costs = open_all(app)
    assert any("SciPy answers, though there is no derivative" in node.value for node in costs.markdown)


def test_a_slope_that_series_do_not_find_is_found_otherwise():
    """x|x| has the derivative 0 at 0, though |x| has none."""
    found = valley.found(parse_expression("x|x|"), 0.0)
    assert found.truth.slope == 0
    assert found.errors["forward"] == pytest.approx(valley.STEPS)
    assert found.errors["central"] == pytest.approx(valley.STEPS)
    app = opened(PAGE, f="own", own="x|x|", at="0")
    assert problems(app) == []
    assert "Theory needs a smooth function." in texts(app)["said"][3]


@pytest.mark.parametrize("text", ANY)
@pytest.mark.parametrize("at", ["0", "-1", "3"])
def test_any_function_anywhere(text, at):
    app = open_all(opened(PAGE, f="own", own=text, at=at))
    assert problems(app) == []
    assert "not a number" not in "".join(texts(app)["said"])


def test_hostile_text_is_never_shown_as_markup():
    for text in ("<b>x</b>", "__import__('os')", "2sinn(x)", "(" * 200):
        app = opened(PAGE, f="own", own=text)
        assert problems(app) == []
        assert not any(
            text in node.value for kind in ("markdown", "caption", "error") for node in app.get(kind)
        )


def test_the_secants_have_the_slopes_that_were_computed():
    run = chart(opened(PAGE), "The curve around")["run"]
    found = valley.found(parse_expression("sin(x)"), 0.5)
    assert run["central"] == pytest.approx(found.found["central"][EACH], rel=1e-6)
    assert run["forward"] == pytest.approx(found.found["forward"][EACH], rel=1e-6)
    # At 1e-16 the two points are neighbours: of their difference nothing but rounding is left.
    assert abs(run["forward"][-1] - np.cos(0.5)) > 0.1
    assert run["tangent"] == pytest.approx([np.cos(0.5)] * 17, rel=1e-6)


def test_row_22_np_gradient_follows_the_curve_and_not_the_corner():
    app = open_all(opened(PAGE, f="lab"))
    assert problems(app) == []
    drawn = chart(app, "np.gradient beside the exact slope")
    x = np.array(drawn["grid"]["x"])
    assert x == pytest.approx(np.linspace(-5, 5, 100), abs=1e-6)
    exact = 9 * np.cos(3 * x) - 2 * np.exp(-2 * x)
    assert np.abs(np.array(drawn["grid"]["y"]) - exact)[1:-1].max() < 0.01 * np.abs(exact).max()
    close = chart(app, "beside 0 it gives −0.5 and 0.5, where −1 and 1 are right")
    assert np.array(close["grid"]["y"]) == pytest.approx([-1, -1, -0.5, 0.5, 1, 1], abs=1e-6)
    odd = open_all(opened(PAGE, points="101"))
    assert any("at 0 it says 0, where there is no derivative" in alt for alt in charts(odd))


def test_the_spacing_and_the_ends_of_a_table():
    coarse, fine = (open_all(opened(PAGE, points=points)) for points in ("50", "200"))
    told = [
        next(n.value for n in app.markdown if "`np.gradient` is wrong" in n.value) for app in (coarse, fine)
    ]
    assert told[0].startswith("Δx = 0.2041: ")
    inside, ends = zip(*(map(read, re.search(r"up to (\S+) inside and (\S+) at", text).groups()) for text in told),
                       strict=True)  # fmt: skip
    # Of second order inside, of first order at the ends.
    assert 14 < inside[0] / inside[1] < 18
    assert 3.5 < ends[0] / ends[1] < 4.5
    second = open_all(opened(PAGE, points="200", edge="2"))
    text = next(n.value for n in second.markdown if "`np.gradient` is wrong" in n.value)
    assert read(re.search(r"inside and (\S+) at", text)[1]) < ends[1] / 5


def test_where_nothing_is_compared_nothing_is_said_to_be_right():
    app = open_all(opened(PAGE, f="own", own="e^x", at="1000000"))
    assert any("`np.gradient` has no slope to be compared with." in n.value for n in app.markdown)
    pole = open_all(opened(PAGE, f="own", own="1/x", at="0", points="5"))
    assert any("wrong by up to – inside and 0.04 at the ends" in n.value for n in pole.markdown)


def test_no_error_asks_for_no_other_step():
    said = texts(opened(PAGE, f="own", own="7"))["said"]
    assert all(each.endswith("The quotient is right to the last digit.") for each in said)


def test_noise_strays_as_far_as_is_said():
    app = open_all(opened(PAGE, noise="0.1", points="400"))
    drawn = chart(app, "np.gradient beside the exact slope")
    x, y = (np.array(drawn["grid"][axis]) for axis in "xy")
    band = np.array(drawn["band"]["y2"]) - np.array(drawn["band"]["y"])
    strayed = np.std((y - np.cos(x))[1:-1])
    expected = 0.1 / 2**0.5 / (10 / 399)
    assert strayed == pytest.approx(expected, rel=0.15)
    assert band[5] == pytest.approx(4 * expected, rel=1e-4)
    text = next(n.value for n in app.markdown if "**Noise**" in n.value)
    assert float(read(re.search(r"σ/\(√2Δx\) = \*\*(\S+)\*\*", text)[1])) == pytest.approx(expected, rel=1e-3)
    assert 0.9 < np.mean(np.abs(y - np.cos(x)) < band / 2) < 0.99


def test_the_evaluations_are_told():
    app = open_all(opened(PAGE))
    table = app.table[0].value
    assert list(table["computes f"]) == ["2 ×", "2 ×", "4 ×", "1 ×", "11 ×"]
    assert list(table["for 1,000 parameters"]) == ["1,001 ×", "2,000 ×", "4,000 ×", "1,000 ×", "11,000 ×"]
    assert any("SciPy is wrong by" in n.value and "within its error bar" in n.value for n in app.markdown)
    gone = open_all(opened(PAGE, f="own", own="ln(x)", at="0.1"))
    assert any("SciPy found no number" in n.value and "status -3" in n.value for n in gone.markdown)
    grown = open_all(opened(PAGE, f="own", own="(1-cos(x))/x^2", at="0.01", format="float32"))
    assert any("status -1: its error bar grew" in n.value for n in grown.markdown)


def test_the_link_restores_all_of_it():
    app = opened(
        PAGE, f="own", own="sin(2t)", at="3.25", format="float32", points="30", edge="2", noise="0.1"
    )
    assert {"f", "own", "at", "format", "points", "edge", "noise"} <= set(link(app))
    app = opened(PAGE)
    choose(app, widget(app, "f"), PRESETS["far"].title)
    assert link(app) == {"f": "far"}
    set_to(app, widget(app, "at"), 2.0)
    assert link(app)["at"] == "2"
    assert words(app) == ""


@pytest.mark.parametrize("slug", ["lab", "square"])
def test_row_22_the_cells_of_the_lab(slug):
    preset = PRESETS[slug]
    setting = Setting(parse_expression(preset.text), "x", 0.0, "float64", True)
    found = check_cells(CELLS, values(setting, Table(100, 1, 0.0)), executed=slug == "lab")
    arrays = found["gradient"].arrays
    x, exact, numerical = (np.array(arrays[name]) for name in ("x_array", "dfdx_exact", "dfdx_numerical"))
    assert x.tolist() == np.linspace(-5, 5, 100).tolist()
    assert exact == pytest.approx(9 * np.cos(3 * x) - 2 * np.exp(-2 * x) if slug == "lab" else 2 * x)
    assert np.abs(numerical - exact)[1:-1].max() < 0.01 * np.abs(exact).max()
    beside = np.array(found["corner"].arrays["abs_numerical"])
    assert (np.abs(np.abs(beside) - 0.5) < 1e-9).sum() == 2
    slope = 7 if slug == "lab" else 0
    assert float(re.search(r"[\d.]+(?=\)?$)", found["complex_step"].text)[0]) == pytest.approx(
        slope, abs=1e-14
    )
    told = re.match(r"derivative (\S+) error bar (\S+)\nsuccess (\w+) status (\S+)", found["scipy"].printed)
    assert float(told[1]) == pytest.approx(slope, abs=1e-9)
    assert (told[3] == "True") == (told[4] == "0")
    steps = [float(line.split()[1]) for line in found["steps"].printed.splitlines()]
    assert abs(steps[2] - slope) < 1e-6 < abs(steps[0] - slope)


def test_the_cells_of_lines_constants_and_of_t():
    for text in ("5", "2t + 1", "|t|"):
        expression = parse_expression(text, ("t",))
        setting = Setting(expression, "t", 1.5, "float64", False)
        found = check_cells(CELLS[:-1], values(setting, Table(51, 2, 0.0)), executed=False)
        assert len(found["gradient"].arrays["dfdx_exact"]) == 51


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("5", "scipy", "IndexError"), ("floor(x)", "exact", "PrintMethodNotImplementedError"),
        ("floor(x)", "complex_step", "TypeError"), ("cbrt(x)", "complex_step", "TypeError"),
    ],
)  # fmt: skip
def test_what_an_exception_of_the_readers_function_means_is_said(text, name, kind):
    setting = Setting(parse_expression(text), "x", 0.5, "float64", False)
    found = outputs(CELLS, values(setting, Table(100, 1, 0.0)))[name].error
    assert found is not None
    assert found.kind == kind
    cell = next(each for each in CELLS if each.name == name)
    assert explained(cell, kind) == [dict(cell.fails)[kind]]
    assert explained(cell, "SomethingElse")[0].startswith("It comes of the function")
    assert explained(cell, "") == []
