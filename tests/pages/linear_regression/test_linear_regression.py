"""The page `linear-regression`: its link, its tables, its numbers, its formulas, its program to take home."""

import csv
import io
import json
import re
import runpy
import shutil
from base64 import b64decode
from contextlib import redirect_stdout

import numpy as np
import pytest

from calc import datasets
from calc.descent import METHODS
from tests.pages.app import BAD_FILES, ROOT, choose, click, open_all, opened, problems, words

TITLES = {slug: table.title for slug, table in datasets.BUNDLED.items()}
COURSE = np.loadtxt(ROOT / "data" / "course.csv", delimiter=",", skiprows=1, unpack=True)
KINDS = ("select_slider", "slider", "selectbox", "toggle", "number_input")


def value(app, key):
    return next(widget.value for kind in KINDS for widget in app.get(kind) if widget.key == key)


def link(app) -> dict[str, str]:
    """The parameters in the address bar."""
    return {name: text if isinstance(text, str) else text[-1] for name, text in app.query_params.items()}


def numbers(app):
    """The table of numbers, by run."""
    table = next(t.value for t in app.table if "how it ended" in t.value.columns).set_index("run")
    return table.map(lambda cell: cell.replace(r"\$", "$"))


def picture(app) -> str:
    """What the chart of the houses says to those who do not see it."""
    return next(
        chart.proto.alt for chart in app.get("vega_lite_chart") if "houses and a line" in chart.proto.alt
    )


def cell(text: str) -> float:
    """A number of the table of numbers: $1,234 and C$−5 as well."""
    return float(re.sub(r"[C$,]", "", text).replace("−", "-"))


def every_step(app):
    """The run as the page lists it: step, slope, intercept, loss and the two derivatives."""
    return open_all(app).dataframe[-1].value


def programme(app) -> str:
    """The code to take home."""
    return next(block.value for block in open_all(app).code if "as on Downhill's page" in block.value)


def printed(source: str, folder) -> tuple[float, float]:
    (folder / "run.py").write_text(source, "utf-8")
    with redirect_stdout(io.StringIO()) as out:
        runpy.run_path(str(folder / "run.py"))
    slope, intercept = re.fullmatch(r"slope (\S+), intercept (\S+)\s*", out.getvalue()).groups()
    return float(slope), float(intercept)


def plain_descent(x, y, rate, steps, start, standardise):
    """Gradient descent as the notes tell it, on all rows: slope, intercept and loss by step."""
    mean_x, s_x, mean_y, s_y = (x.mean(), x.std(), y.mean(), y.std()) if standardise else (0, 1, 0, 1)
    u, v = (x - mean_x) / s_x, (y - mean_y) / s_y
    m, c = start[0] * s_x / s_y, (start[0] * mean_x + start[1] - mean_y) / s_y
    lines = []
    for k in range(steps + 1):
        slope = m * s_y / s_x
        lines.append((slope, mean_y + s_y * c - slope * mean_x))
        if k < steps:
            residual = v - m * u - c
            m, c = m + rate * 2 * np.mean(residual * u), c + rate * 2 * np.mean(residual)
    slope, intercept = np.array(lines).T
    loss = np.array([np.mean((y - a * x - b) ** 2) for a, b in lines])
    return slope, intercept, loss


# What a link may say.

DEFAULTS = {
    "rate": 0.1,
    "steps": 100,
    "method": "gradient-descent",
    "data": "course",
    "standardise": True,
    "at": 9.0,
    "start": 0,
    "batch": 8,
    "exact": None,
    "slope": None,
    "intercept": None,
}
HOSTILE = ("", "zzz", "nan", "inf", "-inf", "1e308", "-1e309", "9" * 5000, "<img src=x onerror=alert(1)>",
           "**bold** [a](b)", "1' OR '1'='1", "../../etc/passwd", "{}", "\x00", "0x10")  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_wrong_parameters_get_a_sentence_and_the_defaults(text):
    app = opened(**dict.fromkeys(DEFAULTS, text))
    assert problems(app) == []
    assert {name: value(app, name) for name in DEFAULTS} == DEFAULTS
    (warning,) = (box.value for box in app.warning)
    assert [name for name in DEFAULTS if f"`{name}`" not in warning] == []
    assert picture(app).startswith("10 houses")


OUT_OF_RANGE = {
    "steps": "0 1001 7.5",
    "rate": "-0.1 0",
    "at": "1e7",
    "start": "1000 -1 3.5",
    "batch": "0 513",
    "exact": "0 -1",
    "slope": "1e10",
    "intercept": "-1e10",
    "standardise": "yes",
    "method": "Adam",
    "data": "boston",
    "points": "1,2 " + "1_2~" * 61,
    "kept": "zzz adam:nan adam:0.1,zzz:1",
    "step": "x -1",
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in OUT_OF_RANGE.items() for text in texts.split()]
)
def test_a_parameter_out_of_range_gets_a_sentence_and_the_default(name, text):
    app = opened(**{name: text})
    assert problems(app) == []
    if name in DEFAULTS:
        assert value(app, name) == DEFAULTS[name]
    warnings = [box.value for box in app.warning]
    assert [f"`{name}`" in text for text in warnings] == [True]


TWICE = {
    "data": ["windsor", "saratoga"],
    "steps": ["5", "6"],
    "rate": ["0.01", "0.1"],
    "exact": ["0.2", "0.3"],
    "method": ["adam", "momentum"],
    "standardise": ["false", "true"],
}


@pytest.mark.parametrize("name", TWICE)
def test_a_parameter_given_twice_gets_a_sentence(name):
    app = opened(**{name: TWICE[name]})
    assert problems(app) == []
    assert value(app, name) == DEFAULTS[name]
    assert [f"`{name}`" in box.value for box in app.warning] == [True]


def test_a_rate_between_the_marks_of_the_slider_is_used_or_named():
    app = opened(rate="0.1234567")
    used = every_step(app)
    silent = not app.warning
    expected = plain_descent(*COURSE, 0.1234567, 1, (used["slope"][0], used["intercept"][0]), True)[0][1]
    assert not silent or used["slope"][1] == pytest.approx(expected, rel=1e-9)


def test_unknown_parameters_are_counted_and_never_repeated():
    app = opened(**{"<b>evil</b>": "1", "utm_source": "mail"})
    assert "2 parameters" in app.warning[0].value
    assert "evil" not in words(app)


def test_a_link_restores_every_control():
    asked = {
        "data": "windsor",
        "rate": 0.001,
        "steps": 37,
        "method": "momentum",
        "standardise": True,
        "at": 4.5,
        "start": 12,
        "batch": 3,
        "exact": 0.0125,
        "slope": 2500.0,
        "intercept": -100.0,
    }
    app = opened(**{name: str(what).lower() for name, what in asked.items()})
    assert not app.warning
    assert {name: value(app, name) for name in asked} == asked
    assert "η = 0.0125" in numbers(app)["how it ended"]["This run"]
    run = every_step(app)
    assert len(run) == 38
    assert (run["slope"][0], run["intercept"][0]) == pytest.approx((2500, -100), rel=1e-12)


# The tables.


@pytest.mark.parametrize("slug", datasets.BUNDLED)
@pytest.mark.parametrize("standardise", [True, False])
def test_a_bundled_table_is_fitted_by_every_method_at_both_ends_of_the_rate(slug, standardise):
    app = opened(data=slug, standardise=str(standardise).lower())
    houses = len(datasets.bundled(slug))
    for method in METHODS.values():
        choose(app, app.selectbox(key="method"), method.title)
        for end in (0, -1):
            rates = app.select_slider(key="rate")
            choose(app, rates, rates.options[end])
            assert problems(app) == [], (method.name, end)
            assert picture(app).startswith(f"{houses} houses")


def test_own_table_from_a_link_is_fitted():
    app = opened(data="table", points="1_10~2_20~3_60")
    assert problems(app) == []
    assert words(app) == ""
    best = numbers(app).loc["Least squares"]
    assert (cell(best["slope"]), cell(best["intercept"])) == (25, -20)


def test_a_missing_cell_is_named_and_left_out():
    app = opened(data="table", points="1_10~2_~3_30~4_40")
    assert "Row 2 has no price" in words(app)
    assert picture(app).startswith("3 houses")


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("3_1~3_2~3_5", "bedrooms = 3"),
        ("3_1", "Only one row"),
        ("_~_", "No row"),
        ("1_1e308~2_1e307~3_5", "too large"),
        ("1e101_1~2_2", "too large"),
        ("1_1~1.0000000000000000000000001_2", "bedrooms = 1"),
    ],
)
def test_a_table_that_no_line_fits_gets_a_sentence_and_the_page_goes_on(points, says):
    app = opened(data="table", points=points)
    assert problems(app) == []
    assert says in words(app)
    assert picture(app).startswith("10 houses")
    assert "$950,000" in picture(app)


@pytest.mark.parametrize(
    "points",
    [
        "1_1e100~2_-1e100~3_1e99",
        "1e-90_1~3e-90_2",
        "1_5~2_5~3_5",
        "1_0~2_0",
        "-1e100_1~1e100_2",
        "10000000.1_1~10000000.9_2",
    ],
)
def test_extreme_numbers_are_fitted_or_refused_in_words(points):
    app = open_all(opened(data="table", points=points))
    assert problems(app) == []
    assert picture(app)


def test_the_last_good_table_stays_while_the_next_is_wrong():
    app = opened(data="windsor")
    choose(app, app.selectbox(key="data"), "My own table")
    app.session_state["typed-edits"] = {"edited_rows": {}, "added_rows": [], "deleted_rows": list(range(9))}
    app.run()
    assert problems(app) == []
    assert "Only one row" in words(app)
    assert picture(app).startswith(("546 houses", "10 houses"))


def test_an_edit_in_place_changes_the_line_and_the_link():
    app = opened(data="table", points="1_10~2_20~3_30")
    app.session_state["typed-edits"] = {
        "edited_rows": {2: {"price": 60}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    assert cell(numbers(app).loc["Least squares"]["slope"]) == 25
    assert link(app)["points"] == "1_10~2_20~3_60"


def test_what_was_typed_outlives_another_choice():
    app = opened(data="table", points="1_10~2_20~3_30")
    app.session_state["typed-edits"] = {
        "edited_rows": {2: {"price": 60}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    choose(app, app.selectbox(key="data"), TITLES["windsor"])
    assert "points" not in app.query_params
    choose(app, app.selectbox(key="data"), "My own table")
    assert link(app)["points"] == "1_10~2_20~3_60"


# Uploads.


def test_a_link_keeps_the_columns_of_a_file_that_is_sent_beside_it():
    app = opened(data="csv", x="Preis", y="Zimmer")
    assert words(app) == ""
    upload(app, "a.csv", b"Zimmer,Preis\n1,10\n2,20\n3,60\n")
    assert app.selectbox(key="column-x").value == "Preis"
    assert app.selectbox(key="column-y").value == "Zimmer"


def upload(app, name, raw):
    return app.file_uploader[0].set_value((name, raw, "text/csv")).run()


def test_a_messy_file_is_read_and_its_columns_can_be_chosen():
    app = opened(data="csv")
    raw = "Ort;Zimmer;Preis;Fläche\r\nA;1;100,5;30\r\nB;2;200,5;50\r\nC;3;300,5;80\r\n".encode("latin-1")
    upload(app, "häuser.csv", raw)
    assert problems(app) == []
    assert not app.error
    assert app.selectbox(key="column-x").options == ["Zimmer", "Preis", "Fläche"]
    best = numbers(app).loc["Least squares"]
    assert (cell(best["slope"]), cell(best["intercept"])) == pytest.approx((100, 0.5))
    choose(app, app.selectbox(key="column-y"), "Fläche")
    assert cell(numbers(app).loc["Least squares"]["slope"]) == 25


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_no_line_fits_gets_a_sentence_and_the_page_goes_on(name):
    app = opened(data="csv")
    before = words(app)
    upload(app, name, BAD_FILES[name])
    assert problems(app) == []
    assert words(app) not in ("", before)
    assert picture(app).startswith("10 houses")


def test_columns_named_to_do_harm_are_only_text():
    app = opened(data="csv")
    upload(app, "a.csv", b"<b>x</b>,$\\frac{a}{b}$\n1,2\n2,4\n3,7\n")
    assert problems(app) == []
    assert picture(app).startswith("3 houses")
    shown = [node.value for kind in ("markdown", "caption", "latex", "warning") for node in app.get(kind)]
    assert not any("<b>" in text or "frac{a}" in text for text in shown)


@pytest.mark.parametrize("columns", [("Zimmer", "Preis"), ("Preis", "Zimmer")])
def test_the_link_of_an_uploaded_file_restores_its_columns_and_numbers(columns):
    app = upload(opened(data="csv"), "a.csv", b"Zimmer,Preis\n1,10\n2,20\n3,60\n")
    for key, column in zip("xy", columns, strict=True):
        choose(app, app.selectbox(key=f"column-{key}"), column)
    link = {name: text if isinstance(text, str) else text[-1] for name, text in app.query_params.items()}
    there = opened(**link)
    assert numbers(there).to_dict() == numbers(app).to_dict()
    assert picture(there) == picture(app)


# Runs side by side.


def test_four_runs_are_kept_and_each_can_be_dropped():
    app = opened()
    for method in list(METHODS.values())[:4]:
        choose(app, app.selectbox(key="method"), method.title)
        click(app, "keep")
        assert app.button(key="keep").disabled  # this very run, or the fourth
    choose(app, app.selectbox(key="method"), list(METHODS.values())[4].title)
    assert app.button(key="keep").disabled
    names = list(numbers(app).index)
    assert [name for name in names if name in "ABCD"] == list("ABCD")
    assert len(link(app)["kept"].split(",")) == 4
    rows = numbers(app)["how it ended"]
    for letter, method in zip("ABCD", METHODS.values(), strict=False):
        assert method.title in rows[letter]
    click(app, "drop-B")
    rows = numbers(app)["how it ended"]
    assert [name for name in rows.index if name in "ABCD"] == list("ABC")
    assert list(METHODS.values())[2].title in rows["B"]
    for _ in range(3):
        click(app, "drop-A")
    assert "kept" not in link(app)
    assert len(numbers(app)) == 2


def test_kept_runs_come_back_from_the_link():
    app = opened(kept="adam:0.05,momentum:0.01")
    rows = numbers(app)["how it ended"]
    assert "Adam" in rows["A"]
    assert "0.05" in rows["A"]
    assert METHODS["momentum"].title in rows["B"]


def test_more_than_four_runs_in_a_link_get_a_sentence():
    runs = [f"adam:0.{i}" for i in range(1, 9)]
    assert [name for name in numbers(opened(kept=",".join(runs[:4]))).index if len(name) == 1] == list("ABCD")
    app = opened(kept=",".join(runs))
    assert "`kept`" in app.warning[0].value
    assert [name for name in numbers(app).index if len(name) == 1] == []


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
        ("Least squares", *best, least),
    ):
        assert abs(cell(table["slope"][row]) - m) <= max(0.51, abs(m) * 6e-4 if abs(m) < 1000 else 0)
        assert abs(cell(table["intercept"][row]) - c) <= max(0.51, abs(c) * 6e-4 if abs(c) < 1000 else 0)
        assert cell(table["loss"][row]) == pytest.approx(error, rel=6e-5)
        assert cell(table["RMSE"][row]) == pytest.approx(np.sqrt(error), abs=0.51)
        assert cell(table["R²"][row]) == pytest.approx(1 - error / y.var(), abs=2e-6)
    reached = table["steps to within 1%"]["This run"]
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
    monkeypatch.chdir(tmp_path)
    run = every_step(app)
    found = printed(programme(app), tmp_path)
    assert found == pytest.approx((run["slope"].iloc[-1], run["intercept"].iloc[-1]), rel=1e-9)


# What the charts and the readout are given.


def readout(app) -> dict:
    """The columns behind the update's numbers, as the browser gets them."""
    component = next(
        c.proto for c in app.get("bidi_component") if c.proto.component_name == "downhill_readout"
    )
    columns = json.loads(component.json)["columns"]
    return {name: np.frombuffer(b64decode(text), "<f8") for name, text in columns.items()}


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
    assert any("Diverged" in box.value for box in app.error)
    assert not np.isfinite(readout(app)["prediction"]).all()


def test_a_rate_above_the_cliff_is_told_with_a_rate_below_it():
    app = opened(rate="1.1")
    text = next(box.value for box in app.error if "Diverged" in box.value)
    assert float(re.search(r"below (\S+)", text)[1]) <= 1.0


def test_the_csv_of_every_step_reads_back(tmp_path):
    from calc.datasets import to_csv

    run = every_step(opened(steps="5"))
    rows = list(csv.DictReader(io.StringIO(to_csv(run).decode("utf-8-sig"))))
    assert [float(row["slope"]) for row in rows] == list(run["slope"])
