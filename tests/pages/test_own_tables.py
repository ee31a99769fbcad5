"""Own tables on every page that takes them: the columns chosen first, units, questions, cells that are no numbers."""

import json

import numpy as np
import pytest

from tests.pages.app import alt_of, choose, edit, link, opened, problems, upload, value, words
from tests.pages.linear_regression.seen import cell, datasets_of, numbers, picture, pictures
from tests.pages.log_loss.seen import alt, classifier, tables

AMBIGUOUS = b"Zimmer;Preis\n3;1.200\n4;2.350\n2;1.100\n"


def regression(raw: bytes, **parameters: str):
    app = upload(opened(data="csv", **parameters), "a.csv", raw)
    assert problems(app) == []
    return app


def test_an_ambiguous_number_is_asked_about_and_the_answer_is_in_the_link():
    app = regression(AMBIGUOUS)
    assert "The column Preis has 1.200: is this 1,200 or 1.2? The file does not tell." in words(app)
    assert "decimal" not in link(app)
    before = cell(numbers(app).loc["Best line (least squares)"]["slope"])
    choose(app, app.button_group(key="decimal"), "1.2")
    assert link(app)["decimal"] == "point"
    assert cell(numbers(app).loc["Best line (least squares)"]["slope"]) == pytest.approx(before / 1000)
    there = opened(**link(app))
    assert len(there.warning) == 0
    assert picture(there) == picture(app)


def test_the_answer_comes_with_the_link_of_a_long_file():
    raw = b"x;y\n" + b"".join(b"%d;%d.%03d\n" % (i, i % 9 + 1, i) for i in range(100, 200))
    app = regression(raw)
    choose(app, app.button_group(key="decimal"), "1.1")
    there = upload(opened(**link(app)), "a.csv", raw)
    assert link(there) == link(app)
    assert pictures(there) == pictures(app)


def test_the_question_goes_with_the_column():
    app = regression(b"a;rooms;price\n1.200;3;100\n2.350;4;120\n3.100;2;90\n")
    assert "is this" not in words(app)
    choose(app, app.selectbox(key="x"), "a")
    assert "The column a has 1.200" in words(app)


def test_the_best_columns_come_first_and_the_others_are_named():
    app = regression(
        b"id,street,price,sqft\n7,Elm St,$250k,1200\n8,Oak St,$310k,1500\n9,Ash St,$199.5k,900\n"
    )
    assert (app.selectbox(key="x").value, app.selectbox(key="y").value) == ("sqft", "price")
    assert app.selectbox(key="x").options == ["id", "price", "sqft"]
    assert 'street: row 1 has "Elm St", which is not a number.' in words(app)
    assert value(app, "at") == 1200
    assert "it predicts $" in picture(app)


@pytest.mark.parametrize(
    ("price", "sign"), [("{} €", "€"), ("CHF {}", "CHF "), ("₹{}", "₹"), ("{} zł", "zł ")]
)
def test_own_data_carry_their_names_and_units(price, sign):
    rows = "".join(f"{30 + i} m²;{price.format(100_000 + 5_000 * i)}\n" for i in range(9))
    app = regression(f"Fläche;Preis\n{rows}".encode())
    assert f"it predicts {sign}" in picture(app)
    assert "at Fläche = 34" in picture(app)
    spec = next(c.proto.spec for c in app.get("vega_lite_chart") if "houses and a line" in alt_of(app, c))
    assert "Fläche (m²)" in json.dumps(json.loads(spec), ensure_ascii=False)
    there = opened(**link(app))
    assert len(there.warning) == 0
    assert pictures(there) == pictures(app)
    choose(app, app.selectbox(key="data"), "My own table")
    assert f"it predicts {sign}" in picture(app)
    assert pictures(opened(**link(app))) == pictures(app)


@pytest.mark.parametrize("unit", ["<b>", "zorks", "€ €", '"', "x" * 500, "$ /month /month"])
def test_a_unit_that_nobody_knows_is_refused(unit):
    app = opened(**{"data": "table", "y-unit": unit})
    assert problems(app) == []
    assert "`y-unit` could not be used" in app.warning[0].value


def test_cells_that_are_no_numbers_are_named_and_the_rest_goes_on():
    app = regression(b"sqft,price\n1056,39\n1133 - 1384,59\n2600,120\n1440,POA\n1521,95\n")
    assert 'In the column "sqft" row 2 says "1133 - 1384", which is a range, not one number.' in words(app)
    assert "row 4 has no price" in words(app)
    assert picture(app).startswith("3 houses")


@pytest.mark.parametrize(
    ("typed", "slope"), [("$900,000", 450_000), ("600k", 300_000), ("45 Lac", 2_250_000), ("1.125", 0.5625)]
)
def test_a_typed_cell_is_the_number_that_it_says(typed, slope):
    app = opened(data="table", points="0_0~2_7")
    edit(app, edited_rows={1: {"price": typed}})
    assert cell(numbers(app).loc["Best line (least squares)"]["slope"]) == pytest.approx(slope)


@pytest.mark.parametrize("typed", ["1e400", "1133 - 1384", "four", "1,5", "<b>1</b>", "_~!%"])
def test_a_typed_cell_that_says_none_is_named_kept_and_in_the_link(typed):
    app = opened(data="table", points="0_0~2_7~3_9")
    edit(app, edited_rows={1: {"price": typed}})
    assert problems(app) == []
    assert f'Row 2 of the column "price" says "{typed}"' in words(app)
    assert picture(app).startswith("2 houses")
    there = opened(**link(app))
    assert len(there.warning) == 0
    assert f'Row 2 of the column "price" says "{typed}"' in words(there)
    assert link(there) == link(app)


def test_a_typed_point_that_is_none_is_named_and_the_last_good_ones_stay():
    app = opened("square-loss", points="1~3~7")
    key = next(key for key in app.session_state if key.startswith("points-"))
    app.session_state[key] = {"edited_rows": {1: {"points aᵢ": "600k"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    assert link(app)["points"] == "1~600000~7"
    app.session_state[key] = {"edited_rows": {1: {"points aᵢ": "4+"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    assert problems(app) == []
    assert 'Row 2 of the column "points" says "4+"' in words(app)
    assert link(app) == {"points": "1~.4%2B~7", "shown": "1~600000~7"}
    assert link(opened("square-loss", **link(app))) == link(app)


def test_the_row_of_the_table_is_named_also_below_an_empty_one():
    app = opened("square-loss", points="1~3~7")
    key = next(key for key in app.session_state if key.startswith("points-"))
    edits = {0: {"points aᵢ": ""}, 2: {"points aᵢ": "4+"}}
    app.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    app.run()
    assert 'Row 3 of the column "points" says "4+", which is a least or a most, not one number.' in words(app)
    assert "left out" not in words(app)


def test_a_label_that_is_none_is_to_be_0_or_1():
    app = classifier(data="table")
    edit(app, edited_rows={0: {"label": "1½"}})
    assert problems(app) == []
    assert "Write 0 or 1 there." in words(app)


ONE = b"size;sold\n" + b"".join(b"%d m2;%d\n" % (30 + i, i % 3 == 0 or i > 12) for i in range(20))


def test_one_feature_is_enough_for_a_classifier():
    app = upload(classifier(data="csv"), "one.csv", ONE)
    assert problems(app) == []
    assert not app.error
    assert (app.selectbox(key="x").value, app.selectbox(key="label").value) == ("size", "sold")
    assert "20 points, label 1 or label 0," in alt(app, "points, label")
    assert tables(app)["the log loss"][1] == "–"
    boundary = next(
        run
        for (words, name), run in datasets_of(app).items()
        if words.startswith("20 points") and name == "run"
    )
    # A single feature has its boundary at one place, whatever the height.
    assert np.array_equal(boundary["log_x0"], boundary["log_x1"], equal_nan=True)
    assert np.isfinite(boundary["log_x0"]).any()
    assert problems(opened("log-loss", **link(app))) == []
    assert tables(opened("log-loss", **link(app))) == tables(app)


def test_the_classifier_of_one_feature_agrees_with_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    app = upload(classifier(data="csv", steps="500"), "one.csv", ONE)
    x = np.arange(30, 50.0)[:, None]
    y = [i % 3 == 0 or i > 12 for i in range(20)]
    right = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(x, y)
    row = tables(app)["least log loss, exactly (Newton)"]
    assert [float(row[0]), float(row[2])] == pytest.approx([right.coef_[0, 0], right.intercept_[0]], rel=1e-3)


def test_the_likeliest_label_is_chosen_and_ids_are_no_features():
    raw = b"id,smoker,age,weight,ill\n" + b"".join(
        b"%d,%d,%d,%d,%d\n" % (i, i % 2, 20 + i % 7, 50 + i % 11, i % 3 == 0) for i in range(1, 40)
    )
    app = upload(classifier(data="csv"), "a.csv", raw)
    assert problems(app) == []
    assert [app.selectbox(key=key).value for key in ("label", "x", "y")] == ["ill", "smoker", "age"]


def test_an_own_table_with_an_empty_second_feature_has_one():
    app = classifier(data="table", rows="1__0~2__1~3__0~4__1")
    assert problems(app) == []
    assert not app.error
    assert tables(app)["the log loss"][1] == "–"


def test_the_classifier_names_a_typed_cell_that_is_none():
    app = classifier(data="table")
    edit(app, edited_rows={0: {"x1": "4+"}})
    assert problems(app) == []
    assert 'Row 1 of the column "x1" says "4+"' in words(app)
    assert "7 points" in alt(app, "points, label")
