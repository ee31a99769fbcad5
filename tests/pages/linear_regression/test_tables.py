"""The tables of `linear-regression`: bundled, typed, uploaded, strange."""

import numpy as np
import pytest

from calc import datasets
from calc.descent import METHODS
from pages.linear_regression import charts
from pages.shared.table_source import OWN, OWN_CSV
from tests.pages.app import (
    BAD_FILES,
    choose,
    edit,
    ending,
    link,
    open_all,
    opened,
    problems,
    upload,
    value,
    words,
)
from tests.pages.linear_regression.seen import (
    TITLES,
    cell,
    csv_of,
    datasets_of,
    numbers,
    picture,
    pictures,
    values,
)

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
    best = numbers(app).loc["Best line (least squares)"]
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
    edit(app, deleted_rows=list(range(9)))
    assert problems(app) == []
    assert "Only one row" in words(app)
    assert picture(app).startswith(("546 houses", "10 houses"))


def test_an_edit_in_place_changes_the_line_and_the_link():
    app = opened(data="table", points="1_10~2_20~3_30")
    edit(app, edited_rows={2: {"price": 60}})
    assert cell(numbers(app).loc["Best line (least squares)"]["slope"]) == 25
    assert link(app)["points"] == "1_10~2_20~3_60"


def test_what_was_typed_outlives_another_choice():
    app = opened(data="table", points="1_10~2_20~3_30")
    edit(app, edited_rows={2: {"price": 60}})
    choose(app, app.selectbox(key="data"), TITLES["windsor"])
    assert "points" not in link(app)
    choose(app, app.selectbox(key="data"), "My own table")
    assert link(app)["points"] == "1_10~2_20~3_60"


# Uploads.


def test_a_link_keeps_the_columns_of_a_file_that_is_sent_beside_it():
    app = opened(data="csv", x="Preis", y="Zimmer")
    assert words(app) == ""
    upload(app, "a.csv", b"Zimmer,Preis\n1,10\n2,20\n3,60\n")
    assert app.selectbox(key="x").value == "Preis"
    assert app.selectbox(key="y").value == "Zimmer"


def test_a_messy_file_is_read_and_its_columns_can_be_chosen():
    app = opened(data="csv")
    raw = "Ort;Zimmer;Preis;Fläche\r\nA;1;100,5;30\r\nB;2;200,5;50\r\nC;3;300,5;80\r\n".encode("latin-1")
    upload(app, "häuser.csv", raw)
    assert problems(app) == []
    assert not app.error
    assert app.selectbox(key="x").options == ["Zimmer", "Preis", "Fläche"]
    best = numbers(app).loc["Best line (least squares)"]
    assert (cell(best["slope"]), cell(best["intercept"])) == pytest.approx((100, 0.5))
    choose(app, app.selectbox(key="y"), "Fläche")
    assert cell(numbers(app).loc["Best line (least squares)"]["slope"]) == 25


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
        choose(app, app.selectbox(key=key), column)
    there = opened(**link(app))
    assert values(there) == values(app)
    assert pictures(there) == pictures(app)


@pytest.mark.parametrize("name", ["zvqx", "x", "y", "prediction"])
def test_a_visitors_names_of_columns_are_on_the_axes_and_not_in_what_is_kept_for_all(name):
    made = str(charts.houses(name, f"{name} y"))
    assert f"'title': '{name}'" in made
    assert f"'title': '{name} y'" in made
    assert "zvqx" not in str(charts._houses())


def test_typing_begins_with_the_rows_of_the_file():
    app = upload(opened(data="csv"), "a.csv", b"Zimmer,Preis\n1,10\n2,20\n3,\n4,60\n")
    choose(app, app.selectbox(key="data"), "My own table")
    assert link(app) == {"data": "table", "points": "1_10~2_20~3_~4_60", "x": "Zimmer", "y": "Preis"}
    assert "Row 3 has no Preis" in words(app)
    assert pictures(opened(**link(app))) == pictures(app)


def test_typing_begins_with_the_rows_of_a_link():
    app = opened(data="csv", points="1_10~2_20~3_60", x="Zimmer", y="Preis")
    choose(app, app.selectbox(key="data"), "My own table")
    assert link(app) == {"data": "table", "points": "1_10~2_20~3_60", "x": "Zimmer", "y": "Preis"}


def test_a_name_with_signs_that_nobody_sees_is_in_the_link():
    app = upload(opened(data="csv"), "a.csv", "Zim\u200bmer,\u202ePreis\n1,10\n2,20\n4,60\n".encode())
    there = opened(**link(app))
    assert len(there.warning) == 0
    assert "at Zimmer" in picture(there)
    assert pictures(there) == pictures(app)


# Numbers of any size.

N = 70
SPREAD = np.random.default_rng(0).random(N)
ANY_X = {
    "1e-9": 1e-9 * (1 + SPREAD),
    "1e6": 1e6 + SPREAD,
    "1e7": 1e7 * (1 + SPREAD),
    "1e12": 1e12 * (1 + SPREAD),
    "-3e8": -3e8 * (1 + SPREAD),
    "1e99": 1e99 * (1 + SPREAD),
    "years": 1990 + np.arange(N) % 10.0,
    "milliseconds": 1.7e12 + 1e7 * SPREAD,
    "almost constant": 1e12 + np.arange(N) % 2.0,
    "two values": np.arange(N) % 2.0,
    "tiny": 1e-100 * np.arange(N),
}
ANY_Y = {"y": 1e5 + 1e3 * SPREAD, "constant": np.full(N, 7.0), "huge": (-1.0) ** np.arange(N) * 1e100}


COLUMNS = [(x, "y") for x in ANY_X] + [(x, y) for x in ("1e12", "1e99", "tiny") for y in ("constant", "huge")]


@pytest.mark.parametrize("standardise", ["true", "false"])
@pytest.mark.parametrize(("x", "y"), COLUMNS)
def test_every_column_has_a_place_to_predict_and_charts_that_can_be_drawn(x, y, standardise):
    app = opened(data="csv", standardise=standardise)
    upload(app, "a.csv", csv_of(x=ANY_X[x].tolist(), y=ANY_Y[y].tolist()))
    assert problems(app) == []
    assert picture(app).startswith(f"{N} houses")
    low, middle, high = np.quantile(ANY_X[x], (0, 0.5, 1))
    assert value(app, "at") == pytest.approx(middle, abs=0.01 * (high - low))
    told = words(app) != "" or "Diverged" in ending(app)
    for (chart, name), columns in datasets_of(app).items():
        for title, column in columns.items():
            if column.dtype.kind == "f":
                # What a log scale cannot show, or what overflowed at once, is told in words.
                allowed = title == "loss" and (name == "best" or told)
                assert np.isfinite(column).all() or (allowed and not np.isinf(column).any()), (
                    chart,
                    name,
                    title,
                )


@pytest.mark.parametrize(
    "x", [np.full(N, 5.0), 1e300 * (1 + SPREAD), np.full(N, -3e8)], ids=["5", "1e300", "-3e8"]
)
def test_a_column_that_no_line_fits_is_told_in_words(x):
    app = upload(opened(data="csv"), "a.csv", csv_of(x=x.tolist(), y=SPREAD.tolist()))
    assert problems(app) == []
    assert "cannot be fitted" in words(app)
    assert picture(app).startswith("10 houses")


def test_of_a_public_file_with_the_price_first_the_price_is_still_what_is_predicted():
    """As the Housing.csv that many courses use: the first column of numbers is the price, in millions."""
    rows = [f"{4_000_000 + 1_000 * i},{3_000 + i},{1 + i % 4},yes" for i in range(545)]
    app = upload(
        opened(data="csv"), "Housing.csv", "\n".join(["price,area,bedrooms,mainroad", *rows]).encode()
    )
    assert problems(app) == []
    assert (app.selectbox(key="x").value, app.selectbox(key="y").value) == ("area", "price")
    assert value(app, "at") == 3_272
    assert "at area = 3,272" in picture(app)
    assert 'mainroad: row 1 has "yes", which is not a number.' in words(app)


@pytest.mark.parametrize("at", ["1e100", "-1e100", "1e-100", "1e7", "0"])
def test_a_prediction_may_lie_anywhere(at):
    app = opened(at=at)
    assert problems(app) == []
    assert value(app, "at") == float(at)
    assert all(
        np.isfinite(column).all() for column in datasets_of(app)["10 houses and a line", "view"].values()
    )


def test_a_file_outlives_another_choice():
    app = opened(data="csv")
    rows = b"size,price\n" + b"".join(b"%d,%d\n" % (row, 90 * row) for row in range(1, 80))
    app = app.file_uploader[0].set_value(("long.csv", rows, "text/csv")).run()
    before = link(app)
    app = choose(app, app.selectbox(key="data"), "The course's ten houses")
    app = choose(app, app.selectbox(key="data"), OWN[OWN_CSV])
    assert link(app) == before
    assert "size" in app.selectbox(key="x").options
