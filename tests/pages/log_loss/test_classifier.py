"""The classifier of `log-loss`: its numbers, its words, tables and files of a visitor."""

import gc
from collections import Counter

import numpy as np
import pytest
from scipy.special import expit

from calc.datasets import count_words
from calc.logistic import point_loss
from pages.log_loss.classifier import columns, panels, table
from pages.log_loss.classifier.table import Table
from tests.pages.app import BAD_FILES, edit, ending, open_all, opened, problems, readout, readout_data, upload
from tests.pages.log_loss.seen import OVERLAPPING, alt, classifier, losses, shown, tables


def test_the_classifier_of_sentences_agrees_with_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    sentences = table.bundled("sentences")
    right = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(sentences.x, sentences.y)
    row = tables(classifier(steps="500"))
    exactly = [*right.coef_[0], right.intercept_[0]]
    assert [float(cell) for cell in row["the log loss"][:3]] == pytest.approx(exactly, rel=1e-4)
    best = row["least log loss, exactly (Newton)"]
    assert [float(cell) for cell in best[:3]] == pytest.approx(exactly, rel=1e-4)


def test_every_row_has_its_probability_and_both_losses_the_worst_first():
    app = open_all(classifier())
    rows = app.dataframe[0].value
    w1, w2, b = (float(cell) for cell in tables(app)["the log loss"][:3])
    score = w1 * rows["count of “good”"] + w2 * rows["count of “bad”"] + b
    right = np.where(rows["label"] == 1, rows["probability of praise"], 1 - rows["probability of praise"])
    assert len(rows) == rows["sentence"].nunique() == 74
    assert rows["probability of praise"].to_numpy() == pytest.approx(expit(score), rel=1e-3)
    assert rows["log loss"].to_numpy() == pytest.approx(-np.log(right))
    assert rows["square loss"].to_numpy() == pytest.approx((1 - right) ** 2)
    assert rows["log loss"].is_monotonic_decreasing


def test_the_square_loss_leaves_a_confident_wrong_start_where_it_is():
    at = losses(classifier(wrong="true"))
    assert at["log"][-1] < 0.6 < at["log"][0]
    assert at["square"][-1] > 0.5
    pulls = point_loss(np.array([-20.0]), 1)
    assert float(pulls.log_gradient[0]) == pytest.approx(-1)
    assert abs(float(pulls.square_gradient[0])) < 1e-8


@pytest.mark.parametrize("loss", ["log", "square"])
def test_separable_data_are_explained(loss):
    app = classifier(data="plain", loss=loss)
    assert problems(app) == []
    assert "This never converges" in ending(app)
    assert "Why it never ends" in shown(open_all(app))
    assert tables(app)["least log loss: there is none"][3] == "towards 0"


def test_the_verdict_compares_each_step_with_the_least_log_loss():
    app = classifier(steps="50")
    loss, times = (readout(app)[name] for name in ("loss", "times"))
    assert loss / times == pytest.approx(loss[0] / times[0])
    assert 1 < times[-1] < 1.001
    assert "times the least possible log loss" in readout_data(app)["template"]


def test_of_the_square_loss_the_points_on_their_side_are_counted():
    app = classifier(loss="square", wrong="true")
    assert readout(app)["count"] / 74 == pytest.approx(readout(app)["right"] / 100)
    assert "of 74 points" in readout_data(app)["template"]


def test_each_row_of_numbers_is_an_update_downhill():
    columns = readout(classifier(exact="3"))
    for name in ("w1", "w2", "b"):
        w, slope = columns[name], columns[f"{name}-direction"]
        assert w[1:] == pytest.approx(w[:-1] - 3 * slope[: len(w) - 1])


def test_equal_tables_are_equal_so_that_they_share_their_fits():
    sentences = table.bundled("sentences")
    one, other = (
        Table("sentences", sentences.x, sentences.y, sentences.names, sentences.sentences) for _ in "ab"
    )
    assert one == other
    assert hash(one) == hash(other)
    assert one != Table("sentences", sentences.x, 1 - sentences.y, sentences.names, sentences.sentences)


def held(rows: int) -> int:
    """How many tables of so many rows anything in this process holds."""
    gc.collect()
    return sum(isinstance(each, Table) and len(each.y) == rows for each in gc.get_objects())


def test_a_visitors_table_goes_with_its_session():
    """A process-wide cache would keep it after the visitor has gone."""
    opened("log-loss", show="classifier")
    rows = [f"{i},{i * i % 7},{i % 2}" for i in range(23)]
    app = open_all(upload(classifier(data="csv"), "own.csv", "\n".join(["a,b,c", *rows]).encode()))
    typed = edit(
        classifier(data="table"), added_rows=[{"x1": i, "x2": i % 3, "label": i % 2} for i in range(15)]
    )
    assert alt(app, "the boundary").startswith("23 points")
    assert alt(typed, "the boundary").startswith("23 points")
    assert held(23) > 0
    del app, typed
    assert held(23) == 0


def test_a_session_keeps_only_its_last_results():
    app = classifier(data="table", rows=OVERLAPPING)
    for steps in range(10, 24):
        app.slider(key="steps").set_value(steps).run()
    assert {len(results) for results in app.session_state["_kept"].values()} <= set(range(1, 13))


@pytest.mark.parametrize(
    "rows", ["1_2_0~3_4_0", "1_2_5~3_4_1", "1_2_0~1_3_1", "1_2_0", "1e308_1_0~2_2_1~-1e308_1_0~1_5_1"]
)
@pytest.mark.parametrize("data", ["table", "csv"])
def test_tables_that_cannot_be_classified_get_a_sentence(rows, data):
    app = classifier(data=data, rows=rows)
    assert problems(app) == []
    assert "No classifier can be fitted" in app.error[0].value
    assert alt(app, "the boundary between").startswith("74 points")


@pytest.mark.parametrize("rows", ["1e99_1_0~2_2_1~3_1_0~1_5_1", "1_2_0~2_4_1~3_6_0~4_8_1"])
def test_strange_tables_are_drawn(rows):
    app = open_all(classifier(data="table", rows=rows, exact="1e300", steps="500"))
    assert problems(app) == []
    assert alt(app, "the boundary between").startswith("4 points")


FILES = {
    "good.csv": b"height,weight,ill\n1,2,0\n2,1,1\n3,4,0\n4,4,1\n2,,1\n",
    "nolabel.csv": b"a,b,c\n1,2,3\n4,5,6\n7,8,10\n",
    "two.csv": b"a,ill\n1,0\n2,1\n",
    "same.csv": b"a,b,ill\n1,1,0\n1,2,1\n1,3,0\n",
    "large.csv": b"a,b,ill\n1e308,1,0\n-1e308,2,1\n1,3,0\n",
    "evil.csv": b"<script>alert(1)</script>,**b**,ill\n1,2,0\n2,1,1\n3,4,0\n4,4,1\n",
}


@pytest.mark.parametrize("name", [*FILES, *BAD_FILES])
def test_own_files(name):
    app = upload(classifier(data="csv"), name, FILES.get(name) or BAD_FILES[name])
    assert problems(app) == []
    points = {"good.csv": 4, "evil.csv": 4, "two.csv": 2}.get(name, 74)
    assert bool(app.error) == (points == 74)
    assert alt(app, "the boundary between").startswith(f"{points} points")
    assert "<script>" not in shown(app)
    assert "<script>" not in "".join(node.value for node in app.caption)
    if name == "good.csv":
        assert "1 of 5 rows lack a value" in "".join(node.value for node in app.caption)


@pytest.mark.parametrize("loss", ["log", "square"])
def test_a_huge_rate_leaves_a_page(loss):
    app = open_all(classifier(exact="1e300", loss=loss, steps="500", wrong="true"))
    assert problems(app) == []
    assert (len(app.dataframe), len(app.table)) == (1, 2)


@pytest.mark.parametrize(
    ("sentence", "good", "bad"),
    [
        ("The food was not good.", 1, 0),
        ("Bad, BAD and badly good", 1, 2),
        ("Food.", 0, 0),
        ("good " * 40, 40, 0),
    ],
)
@pytest.mark.parametrize("loss", ["log", "square"])
def test_a_visitors_sentence_is_classified_at_each_step(sentence, good, bad, loss):
    app = classifier(say=sentence, loss=loss, steps="50")
    assert problems(app) == []
    run, said = readout(app), readout(app, 1)
    score = run["w1"] * good + run["w2"] * bad + run["b"]
    right = expit(score)
    assert said["p"] == pytest.approx(right)
    assert said["praise"] == pytest.approx(-np.log(right) if loss == "log" else (1 - right) ** 2)
    assert said["complaint"] == pytest.approx(-np.log(expit(-score)) if loss == "log" else right**2)
    assert f"good {good}, bad {bad}" in readout_data(app, 1)["template"]


def test_a_sentence_is_only_counted():
    """It is neither run nor shown anywhere but in its own box."""
    evil = '<img src=x onerror="alert(1)"> **good** {1/0} $bad$ {good}'
    app = classifier(say=evil)
    assert problems(app) == []
    assert readout_data(app, 1)["template"].count("good 2, bad 1") == 1
    everything = [
        str(node.proto) for node in app._tree if hasattr(node, "proto") and node.type != "text_input"
    ]
    assert not any("onerror" in text for text in everything if "downhill_link" not in text)


@pytest.mark.parametrize("blank", ["", "   "])
def test_an_empty_box_is_no_sentence(blank):
    app = classifier(say=blank)
    assert problems(app) == []
    assert not any(
        "praise with p" in each for each in (readout_data(app)["template"], *map(str, app.markdown))
    )
    assert (
        len([each for each in app.get("bidi_component") if each.proto.component_name == "downhill_readout"])
        == 1
    )


def test_own_tables_have_no_sentence_to_classify():
    app = classifier(data="table", rows=OVERLAPPING)
    assert not any("good" in readout_data(app, number)["template"] for number in range(1))
    assert len([each for each in app.text_input if each.label == "Your own sentence"]) == 0


def test_the_counts_of_the_table_are_those_of_its_sentences():
    sentences = table.bundled("sentences")
    assert [count_words(each) for each in sentences.sentences] == [tuple(row) for row in sentences.x]


def test_both_losses_race_from_confidently_wrong():
    at = readout(classifier(wrong="true"))
    assert at["right"][0] == at["others"][0] < 30
    assert at["right"][-1] == pytest.approx(100 * 52 / 74)
    assert at["others"][-1] < 30
    turned = readout(classifier(wrong="true", loss="square", exact="1.5"))
    assert turned["others"][-1] == pytest.approx(100 * 52 / 74)


def test_seventy_per_cent_is_the_ceiling_of_the_two_counts():
    """By hand: of the sentences with the same counts the commoner kind is right."""
    sentences = table.bundled("sentences")
    kinds: dict[tuple[float, ...], Counter[float]] = {}
    for place, label in zip(map(tuple, sentences.x), sentences.y, strict=True):
        kinds.setdefault(place, Counter())[label] += 1
    most = sum(max(counter.values()) for counter in kinds.values())
    assert panels.ceiling(sentences)[1] == most == 52
    app = open_all(classifier())
    assert "**52 of 74** can be right, 70%" in shown(app)
    rows = next(each.value for each in app.table if "right at most" in each.value.columns)
    assert rows["right at most"].astype(int).sum() == 52
    assert "can be right" not in shown(open_all(classifier(data="plain")))


@pytest.mark.parametrize("steps", [1, 40])
def test_the_plane_is_drawn_with_both_boundaries_and_the_weights_of_its_shade(steps):
    sentences = table.bundled("sentences")
    fits = {loss: columns.fitted(sentences, loss, 1.5, steps, True) for loss in ("log", "square")}
    run = columns.run(sentences, fits, "square")["boundary"].to_pydict()
    assert run["w1"] == pytest.approx(fits["square"].weights[:, 0])
    for loss, each in fits.items():
        x, y = np.array(run[f"{loss}_x1"]), np.array(run[f"{loss}_y1"])
        z = each.weights[:, 0] * x + each.weights[:, 1] * y + each.intercept
        there = np.isfinite(z)
        assert there.any()
        assert z[there] == pytest.approx(0, abs=1e-4)
