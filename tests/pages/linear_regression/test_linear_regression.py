"""The page `linear-regression`: its numbers, its formulas, its program to take home."""

import csv
import io
import re
import shutil

import numpy as np
import pytest

from calc import datasets, regression
from calc.descent import METHODS
from pages.linear_regression import columns
from tests.pages.app import ROOT, ending, open_all, opened, problems, readout
from tests.pages.linear_regression.seen import (
    COURSE,
    cell,
    every_step,
    numbers,
    picture,
    plain_descent,
    printed,
    programme,
)

# The figures.


def test_row_1_nine_bedrooms_are_predicted_at_950_000_dollars():
    app = opened()
    assert "predicts $950,000 at bedrooms = 9" in picture(app)
    run = every_step(app)
    assert 9 * run["slope"].iloc[-1] + run["intercept"].iloc[-1] == pytest.approx(950_000, abs=0.5)


@pytest.mark.parametrize("seed", [0, 1, 7, 999])
def test_row_1_training_starts_from_any_line_and_ends_close_to_all_points(seed):
    run = every_step(opened(start=str(seed)))
    x, y = COURSE
    rmse = np.sqrt(
        [np.mean((y - m * x - c) ** 2) for m, c in zip(run["slope"], run["intercept"], strict=True)]
    )
    assert rmse[0] > 2 * rmse[-1]
    assert 9 * run["slope"].iloc[-1] + run["intercept"].iloc[-1] == pytest.approx(950_000, abs=0.5)


CASES = [(slug, standardise) for slug in datasets.BUNDLED for standardise in (True, False)]


@pytest.mark.parametrize(("slug", "standardise"), CASES)
def test_every_figure_of_the_table_of_numbers(slug, standardise):
    app = opened(
        data=slug,
        standardise=str(standardise).lower(),
        exact="0.02",
        steps="90",
        slope="5000",
        intercept="7000",
    )
    x, y = datasets.xy(datasets.bundled(slug), "bedrooms", "price")
    slope, intercept, loss = plain_descent(x, y, 0.02, 90, (5000, 7000), standardise)
    # By NumPy's own least squares, which goes another way.
    best = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y, rcond=None)[0]
    least = np.mean((y - best[0] * x - best[1]) ** 2)
    within = np.flatnonzero(loss <= 1.01 * least)
    table = numbers(app)
    for row, m, c, error in (
        ("This run", slope[-1], intercept[-1], loss[-1]),
        ("Best line (least squares)", *best, least),
    ):
        assert abs(cell(table["slope"][row]) - m) <= 6e-6 * abs(m)
        assert abs(cell(table["intercept"][row]) - c) <= 6e-6 * abs(c)
        assert cell(table["loss"][row]) == pytest.approx(error, rel=6e-5)
        assert cell(table["typical error (RMSE)"][row]) == pytest.approx(np.sqrt(error), abs=0.51)
        assert cell(table["share explained (R²)"][row]) == pytest.approx(1 - error / y.var(), abs=2e-6)
    reached = table["steps to within 1% of the least loss"]["This run"]
    assert reached == (str(within[0]) if within.size else "not yet")
    assert "η = 0.02" in table["how it ended"]["This run"]


@pytest.mark.parametrize(("slug", "standardise"), CASES)
def test_every_step_is_the_plain_loops(slug, standardise):
    rate = 0.3 if standardise else 0.01
    app = opened(
        data=slug,
        standardise=str(standardise).lower(),
        exact=str(rate),
        steps="60",
        slope="5000",
        intercept="7000",
    )
    x, y = datasets.xy(datasets.bundled(slug), "bedrooms", "price")
    run = every_step(app)
    assert list(run["step"]) == list(range(61))
    for name, column in zip(
        ("slope", "intercept", "loss"), plain_descent(x, y, rate, 60, (5000, 7000), standardise), strict=True
    ):
        np.testing.assert_allclose(run[name], column, rtol=1e-9, atol=1e-7)


# The derivation.

LATEX = {r"\text{slope} \cdot": "slope *", r"\text{intercept}": "intercept", "{x}_{i}": "x", "{y}_{i}": "y",
         r"\left(": "(", r"\right)": ")", r"\sum_{i=1}^{n}": "* np.sum", r"\frac": ""}  # fmt: skip


def from_latex(text: str) -> str:
    """A partial derivative's LaTeX as Python; only this page's few signs are known."""
    sign, constant, body = re.fullmatch(
        r"(-?)\s*\\frac\{(\d*) ?\\sum_\{i=1\}\^\{n\} (.*)\}\{n\}", text.strip()
    ).groups()
    for latex, python in LATEX.items():
        body = body.replace(latex, python)
    body = re.sub(r"(?<=[)\w])\s+(?=[(\w])", " * ", body)
    assert re.fullmatch(r"[\w\s()+*-]+", body), body
    return f"{sign} {constant or 1} * np.mean({body})"


def test_the_partial_derivatives_are_right():
    latex = [block.value.strip("$\n ") for block in open_all(opened()).latex]
    x, y = np.random.default_rng(1).normal(size=(2, 7))

    def loss(slope, intercept):
        return np.mean((y - (slope * x + intercept)) ** 2)

    slope, intercept, h = 0.7, -1.3, 1e-6
    for name, dm, dc in (("slope", h, 0), ("intercept", 0, h)):
        (formula,) = (
            text for text in latex if text.startswith(rf"\frac{{\partial L}}{{\partial\,\text{{{name}}}}} =")
        )
        code = from_latex(formula.split("=", 1)[1])
        found = eval(code, {"np": np, "x": x, "y": y, "slope": slope, "intercept": intercept})  # noqa: S307
        central = (loss(slope + dm, intercept + dc) - loss(slope - dm, intercept - dc)) / (2 * h)
        assert found == pytest.approx(central, rel=1e-8)


@pytest.mark.parametrize("method", METHODS)
def test_the_derivation_shows_the_formula_and_the_source_of_the_method_that_ran(method):
    app = open_all(opened(method=method))
    assert any(METHODS[method].formula in block.value for block in app.latex)
    assert any(block.value.strip() == METHODS[method].source.strip() for block in app.code)


# The program to take home.


@pytest.mark.parametrize("standardise", ["true", "false"])
@pytest.mark.parametrize("method", METHODS)
def test_the_program_repeats_the_run(method, standardise, tmp_path):
    app = opened(method=method, standardise=standardise, steps="73", start="5", batch="3")
    run = every_step(app)
    found = printed(programme(app), tmp_path)
    assert found == pytest.approx((run["slope"].iloc[-1], run["intercept"].iloc[-1]), rel=1e-9)
    assert found[0] != pytest.approx(run["slope"][0], rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_the_program_reads_a_long_table_from_a_file(method, tmp_path, monkeypatch):
    app = opened(data="sacramento", method=method, steps="50", batch="32")
    shutil.copy(ROOT / "data" / "sacramento_2008.csv", tmp_path / "houses.csv")
    run, source = every_step(app), programme(app)
    # The app itself goes to its own folder when it runs.
    monkeypatch.chdir(tmp_path)
    found = printed(source, tmp_path)
    assert found == pytest.approx((run["slope"].iloc[-1], run["intercept"].iloc[-1]), rel=1e-9)


# What the charts and the readout are given.


def test_the_readout_has_each_steps_update():
    app = opened(steps="30")
    columns = readout(app)
    slope, step, rate = (columns[name] for name in ("slope", "slope-direction", "rate"))
    np.testing.assert_allclose(slope[1:], slope[:-1] - rate * step[: len(slope) - 1], rtol=1e-6, atol=1e-8)
    run = every_step(app)
    np.testing.assert_allclose(columns["prediction"], 9 * run["slope"] + run["intercept"], rtol=1e-8)


def test_a_run_that_overflows_says_so_and_sends_what_it_came_to():
    app = opened(exact="1e250", steps="50")
    assert problems(app) == []
    assert "Diverged" in ending(app)
    assert not np.isfinite(readout(app)["prediction"]).all()


def test_a_rate_above_the_cliff_is_told_with_a_rate_below_it():
    app = opened(rate="1.1")
    assert float(re.search(r"Diverged.* smaller rate: (\S+)\.$", ending(app))[1]) < 1.0


def test_the_csv_of_every_step_reads_back(tmp_path):
    from calc.datasets import to_csv

    run = every_step(opened(steps="5"))
    rows = list(csv.DictReader(io.StringIO(to_csv(run).decode("utf-8-sig"))))
    assert [float(row["slope"]) for row in rows] == list(run["slope"])


# The contour.


@pytest.mark.parametrize("x", [[1, 2, 4, 7], [1990, 1999, 2005, 2010], [1e12, 1e12 + 1, 1e12, 1e12 + 1]])
def test_a_ring_has_one_loss(x):
    """With the eigenvalues of the Hessian the last x gave infinite rings."""
    y = np.array([3.0, 1.0, 4.0, 1.0])
    fit = regression.fit(x, y, steps=3)
    drawn = columns.landscape(fit, {})
    best = drawn["best"]["u"][0], drawn["best"]["v"][0]
    slope, intercept = drawn["rings"]["u"] - best[0], drawn["rings"]["v"] - best[1]
    # The mean square of what the line moves by at each x, taken from the mean to keep its digits.
    mean = np.mean(x)
    excess = np.mean(
        (np.outer(slope, np.subtract(x, mean)) + (slope * mean + intercept)[:, None]) ** 2, axis=1
    )
    ring = drawn["rings"]["ring"]
    for number in range(9):
        assert excess[ring == number] == pytest.approx(excess[-1] / 4.0 ** (8 - number), rel=1e-3)
