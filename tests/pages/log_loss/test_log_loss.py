"""The pages `square-loss` and `log-loss`: rows 12 and 13 of the notes' figures, their links, their tables."""

import re

import numpy as np
import pytest

from calc.logistic import point_loss
from calc.losses import absolute_loss, square_loss
from pages.log_loss.classifier import columns as log_data
from pages.log_loss.classifier import table as log_table
from pages.log_loss.coin import view as log_coin
from pages.shared.menu import LESSONS
from pages.square_loss import columns as square_data
from pages.square_loss import controls as square_controls
from tests.pages.app import BAD_FILES, choose, open_all, opened, problems, words

SQUARE = next(view for view in LESSONS if view.url_path == "square-loss")
HOSTILE = ("", "zzz", "nan", "inf", "1e308", "9" * 5000, "<img src=x onerror=alert(1)>", "**b**", "\x00", "1_2~3_4",
           "~", "1~~", "1~x", "~".join(["1"] * 31), "1e10")  # fmt: skip


def alt(app, words: str) -> str:
    """What the chart that speaks of `words` says to those who do not see it."""
    return next(c.proto.alt for c in app.get("vega_lite_chart") if words in c.proto.alt)


def shown(app) -> str:
    return "\n".join(node.value for node in app.markdown)


# The log loss.

LOG = next(view for view in LESSONS if view.url_path == "log-loss")
SENTENCES = log_table.bundled("sentences")
OVERLAPPING = "1_1_0~2_1.5_0~2.5_3_1~3_1_0~3.5_4_1~1.5_3_1~3_3_0~4_2_1"


def tables(app) -> dict[str, list[str]]:
    """The table of numbers, by row."""
    shown = next(t.value for t in app.table if "descent on" in t.value.columns).set_index("descent on")
    return {name: [cell.replace("−", "-") for cell in row] for name, row in shown.iterrows()}


@pytest.mark.parametrize(("heads", "tails"), [(7, 3), (1, 1), (0, 4), (5, 0), (100, 100), (0, 1), (1, 100)])
def test_the_coin_is_likeliest_at_k_of_n(heads, tails):
    """Row 13: the log loss, its derivative set to zero, the maximiser k/n; k = 0 and k = n said."""
    app = opened(LOG, heads=str(heads), tails=str(tails))
    assert problems(app) == []
    assert words(app) == ""
    best = heads / (heads + tails)
    for curve, kind in (("likelihood L", "greatest"), ("log-likelihood", "greatest"), ("log loss", "least")):
        assert f"{kind} at p = {best:.6g}." in alt(app, f"The {curve}")
    said = log_coin.derivation(heads, heads + tails)
    assert said in shown(app)
    assert (r"\frac{k}{n}" in said) == bool(heads and tails)
    assert ("never zero" in said) == (not (heads and tails))


@pytest.mark.parametrize(("heads", "tosses"), [(7, 10), (0, 3), (3, 3), (100, 200)])
def test_the_coins_curves_have_their_slopes(heads, tosses):
    run = log_coin.curves(heads, tosses)["run"]
    p = np.asarray(run["p"])[1:-1]
    loss = -(heads * np.log(p) + (tosses - heads) * np.log1p(-p)) / tosses
    slope = -(heads / p - (tosses - heads) / (1 - p)) / tosses
    assert np.asarray(run["loss"])[1:-1] == pytest.approx(loss, rel=1e-8)
    assert np.asarray(run["loss_slope"])[1:-1] == pytest.approx(slope, rel=1e-8, abs=1e-12)
    likelihood = p**heads * (1 - p) ** (tosses - heads)
    assert np.asarray(run["likelihood"])[1:-1] == pytest.approx(likelihood, rel=1e-8)
    assert np.nanargmin(np.asarray(run["loss"])) / 100 == pytest.approx(heads / tosses)


def test_a_coin_that_was_never_tossed_gets_a_sentence():
    app = opened(LOG, heads="0", tails="0")
    assert problems(app) == []
    assert "never tossed" in app.error[0].value


def test_the_classifier_of_sentences_agrees_with_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    right = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(SENTENCES.x, SENTENCES.y)
    row = tables(opened(LOG, show="classifier", steps="500"))
    exactly = [*right.coef_[0], right.intercept_[0]]
    assert [float(cell) for cell in row["the log loss"][:3]] == pytest.approx(exactly, rel=1e-4)
    assert [float(cell) for cell in row["least log loss, exactly (Newton)"][:3]] == pytest.approx(
        exactly, rel=1e-4
    )


def test_the_square_loss_leaves_a_confident_wrong_start_where_it_is():
    at = data_of(opened(LOG, show="classifier", wrong="true"))
    assert at["log"][-1] < 0.6 < at["log"][0]
    assert at["square"][-1] > 0.5
    pulls = point_loss(np.array([-20.0]), 1)
    assert float(pulls.log_gradient[0]) == pytest.approx(-1)
    assert abs(float(pulls.square_gradient[0])) < 1e-8


def data_of(app) -> dict[str, tuple[float, float]]:
    """First and last of both losses, as the chart of losses says them."""
    said = re.findall(
        r"(log|square) loss (?:goes )?from (\S+) to (\S+?)[,.]?(?=\s|$)", alt(app, "Mean loss by step")
    )
    return {name: (float(first), float(last)) for name, first, last in said}


@pytest.mark.parametrize("loss", ["log", "square"])
def test_separable_data_are_explained(loss):
    app = opened(LOG, show="classifier", data="plain", loss=loss)
    assert problems(app) == []
    assert "This never converges" in app.info[0].value
    assert "Why it never ends" in shown(app)
    assert tables(app)["least log loss: there is none"][3] == "towards 0"


def test_a_link_carries_an_own_table():
    rows = log_table.read(OVERLAPPING)
    assert log_table.write(np.array(rows)[:, :2], np.array(rows)[:, 2]) == OVERLAPPING
    for data in ("table", "csv"):
        app = opened(LOG, show="classifier", data=data, rows=OVERLAPPING)
        assert problems(app) == []
        assert words(app) == ""
        assert alt(app, "the boundary between").startswith("8 points")


def test_what_was_typed_outlives_another_choice():
    app = opened(LOG, show="classifier", data="table", rows=OVERLAPPING)
    app.session_state["classified-edits"] = {
        "edited_rows": {0: {"x1": 0.5}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    choose(app, app.selectbox(key="data"), log_table.TITLES["plain"])
    assert "rows" not in app.query_params
    choose(app, app.selectbox(key="data"), "My own table")
    assert app.query_params["rows"] in (rows := OVERLAPPING.replace("1_1_0", "0.5_1_0"), [rows])


def test_equal_tables_share_their_fits():
    rows = np.array(log_table.read(OVERLAPPING))
    one, other = (log_table.Table("table", rows[:, :2], rows[:, 2], ("a", "b")) for _ in range(2))
    assert log_data.fitted(one, "log", None, 5, False) is log_data.fitted(other, "log", None, 5, False)
    assert one != log_table.Table("table", rows[:, :2], 1 - rows[:, 2], ("a", "b"))


ROWS = ("", "1_1", "1_2_0~x", "1__0", "nan_1_0", "1_2_0~" * 70, "1e999_1_0", "<b>_1_0", "1_2_0_1")


@pytest.mark.parametrize("text", [*HOSTILE, *ROWS], ids=lambda text: ascii(text)[:20])
def test_rows_that_are_none_get_a_sentence(text):
    app = opened(LOG, show="classifier", data="table", rows=text, x=text[:300], loss=text)
    assert problems(app) == []
    assert "`loss`" in app.warning[0].value
    assert ("`rows`" in app.warning[0].value) == (not log_table.read(text))


@pytest.mark.parametrize(
    "rows", ["1_2_0~3_4_0", "1_2_5~3_4_1", "1_2_0~1_3_1", "1_2_0", "1e99_1_0~2_2_1~3_1_0~1_5_1"]
)
def test_tables_that_cannot_be_classified_get_a_sentence(rows):
    app = opened(LOG, show="classifier", data="table", rows=rows)
    assert problems(app) == []
    assert alt(app, "the boundary between").startswith("74 points") == bool(app.error)


def test_features_that_are_multiples_are_still_drawn():
    app = opened(
        LOG, show="classifier", data="table", rows="1_2_0~2_4_1~3_6_0~4_8_1", exact="1e300", steps="500"
    )
    assert problems(app) == []


FILES = {
    "good.csv": b"height,weight,ill\n1,2,0\n2,1,1\n3,4,0\n4,4,1\n2,,1\n",
    "nolabel.csv": b"a,b,c\n1,2,3\n4,5,6\n7,8,10\n",
    "two.csv": b"a,ill\n1,0\n2,1\n",
    "same.csv": b"a,b,ill\n1,1,0\n1,2,1\n1,3,0\n",
    "evil.csv": b"<script>alert(1)</script>,**b**,ill\n1,2,0\n2,1,1\n3,4,0\n4,4,1\n",
}


@pytest.mark.parametrize("name", [*FILES, *BAD_FILES])
def test_own_files(name):
    app = opened(LOG, show="classifier", data="csv")
    app.file_uploader[0].set_value((name, FILES.get(name) or BAD_FILES[name], "text/csv")).run()
    assert problems(app) == []
    good = name in ("good.csv", "evil.csv")
    assert bool(app.error) == (not good)
    assert alt(app, "the boundary between").startswith("4 points" if good else "74 points")
    assert "<script>" not in shown(app)
    assert "<script>" not in "".join(node.value for node in app.caption)
    if name == "good.csv":
        assert "1 of 5 rows lack a value" in "".join(node.value for node in app.caption)


@pytest.mark.parametrize("loss", ["log", "square"])
def test_a_huge_rate_leaves_a_page(loss):
    app = open_all(opened(LOG, show="classifier", exact="1e300", loss=loss, steps="500", wrong="true"))
    assert problems(app) == []
    assert (len(app.dataframe), len(app.table)) == (1, 1)
