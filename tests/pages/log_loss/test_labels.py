"""Labels in words, and the feature's own name, on the page of `log-loss`."""

import json

import numpy as np
import pytest

from tests.pages.app import choose, edit, link, opened, problems, upload, words
from tests.pages.linear_regression.seen import datasets_of
from tests.pages.log_loss.seen import alt, classifier, tables


def of_labels(zero: str, one: str, rows: int = 20) -> bytes:
    """A file of one feature with a unit, in which larger houses mostly have the label `one`."""
    labels = [one if i % 3 == 0 or i > 12 else zero for i in range(rows)]
    return "".join(["size;result\n", *(f"{30 + i} m²;{label}\n" for i, label in enumerate(labels))]).encode()


def points(app) -> dict[str, np.ndarray]:
    return next(
        data
        for (said, name), data in datasets_of(app).items()
        if "points, label" in said and name == "points"
    )


@pytest.mark.parametrize(
    ("zero", "one"), [("no", "yes"), ("false", "TRUE"), ("unsold", "sold"), ("fail", "pass"), ("<b>", "_x_")]
)
def test_labels_in_words_are_classes_and_the_page_says_which_is_1(zero, one):
    numbers, app = (
        upload(classifier(data="csv"), "a.csv", of_labels(*each)) for each in (("0", "1"), (zero, one))
    )
    assert problems(app) == []
    assert not app.error
    assert f'Label 1 is "{one}", label 0 is "{zero}".' in words(app)
    assert "cannot be chosen" not in words(app)
    assert tables(app) == tables(numbers)
    there = opened("log-loss", **link(app))
    assert len(there.warning) == 0
    assert link(there) == link(app)
    assert tables(there) == tables(app)
    assert f'Label 1 is "{one}"' in words(there)
    choose(app, app.selectbox(key="data"), "My own table")
    assert problems(app) == []
    assert f'Label 1 is "{one}"' in words(app)


def test_a_long_file_of_words():
    app = upload(classifier(data="csv"), "a.csv", of_labels("fail", "pass", rows=100))
    assert problems(app) == []
    assert "100 points" in alt(app, "points, label")
    assert "rows" not in link(app)


def test_three_labels_are_refused():
    raw = b"size;result\n" + b"".join(b"%d;%s\n" % (i, (b"yes", b"no", b"maybe")[i % 3]) for i in range(12))
    app = upload(classifier(data="csv"), "a.csv", raw)
    assert problems(app) == []
    assert 'The column "result" has 3 different labels: "yes", "no", "maybe".' in words(app)
    assert "keep the rows of two of them" in words(app)


def test_words_typed_in_the_table_are_labels_too():
    app = classifier(data="table")
    typed = ["sold", "unsold", "sold", "sold", "unsold", "sold", "unsold", "unsold"]
    edit(app, edited_rows={row: {"label": word} for row, word in enumerate(typed)})
    assert problems(app) == []
    assert 'Label 1 is "sold", label 0 is "unsold".' in words(app)
    assert sum(int(label) for label in points(app)["label"]) == typed.count("sold")
    there = opened("log-loss", **link(app))
    assert tables(there) == tables(app)
    edit(app, edited_rows={row: {"label": word} for row, word in enumerate(["perhaps", *typed[1:]])})
    assert problems(app) == []
    assert 'The column "label" has 3 different labels' in words(app)
    assert ".perhaps" in link(app)["rows"]


def titles(app) -> str:
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return json.dumps(specs, ensure_ascii=False)


def test_the_score_of_one_feature_has_its_name_and_unit():
    app = upload(classifier(data="csv"), "a.csv", of_labels("0", "1"))
    assert '"z = w · size (m²) + b"' in titles(app)
    assert '"size (m²)"' in titles(app)
    assert "w₂x₂" not in titles(app)
    assert '"z = w · size (m²) + b"' in titles(opened("log-loss", **link(app)))
    assert '"z = w · x1 + b"' in titles(classifier(data="table", rows="1__0~2__1~3__0~4__1"))
    assert '"z = w₁x₁ + w₂x₂ + b"' in titles(classifier())
