"""The link of `log-loss` is its state: what one visitor copies, another one opens, and sees the same."""

import random

import pytest

from calc.datasets import format_rows, parse_rows
from pages.log_loss.classifier import table
from pages.log_loss.controls import SHOW
from tests.pages.app import (
    choose,
    controls,
    edit,
    extremes,
    link,
    open_all,
    opened,
    problems,
    set_to,
    upload,
    words,
)
from tests.pages.log_loss.seen import LONG, OVERLAPPING, alt, classifier, notice, pictures, shown, values

HOSTILE = ("", "zzz", "nan", "inf", "1e308", "9" * 5000, "<img src=x onerror=alert(1)>", "**b**", "\x00", "1_2~3_4",
           "~", "1~~", "1~x", "1e10", "--5", "1_0", "٣")  # fmt: skip
ROWS = ("1_1", "1_2_0~x", "nan_1_0", "1_2_0~" * 70, "~".join(["1_2_0"] * 61), "1e999_1_0", "<b>_1_0",
        "1_2_0_1", "1_inf_0", "--5_1_0", "1_2_٣")  # fmt: skip


@pytest.mark.parametrize("behind", [0, 1, 2])
def test_no_click_between_the_two_is_lost(behind):
    """The address that comes with a click may be as many links behind; it was read over the click."""
    app = opened("log-loss")
    links = [{}] * (behind + 1)
    for show in ("classifier", "coin") * 3:
        app.query_params.clear()
        for name, text in links[-1 - behind].items():
            app.query_params[name] = text
        choose(app, app.button_group(key="show"), SHOW.options[show])
        assert app.button_group(key="show").value == show
        assert ("heads" in values(app)) == (show == "coin")
        assert link(app) == ({"show": show} if show == "classifier" else {})
        assert words(app) == ""
        links.append(link(app))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_it_shows_is_named_where_it_is_none(text):
    app = opened("log-loss", show=text)
    assert "`show`" in notice(app)
    assert "heads" in values(app)
    assert link(app) == {}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_hostile_text_everywhere(text):
    wrong = dict.fromkeys(("heads", "tails"), text)
    app = opened("log-loss", **wrong)
    assert problems(app) == []
    assert values(app) | {"heads": 7, "tails": 3} == values(app)
    assert all(f"`{name}`" in notice(app) for name in wrong)
    for data in table.DATA.options:
        wrong = dict.fromkeys(("loss", "steps", "wrong"), text)
        others = dict.fromkeys(("rows", "x", "y", "label", "file"), text[:300])
        app = open_all(classifier(data=data, **wrong, **others, rate=text, exact=text))
        assert problems(app) == []
        assert all(f"`{name}`" in notice(app) for name in wrong)
        assert all(len(text) < 5 or text not in said for said in (shown(app), notice(app)))


@pytest.mark.parametrize("text", ROWS, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("data", ["table", "csv"])
def test_rows_that_are_none_are_named(text, data):
    with pytest.raises(ValueError):  # noqa: PT011
        parse_rows(text, 3)
    app = classifier(data=data, rows=text)
    assert problems(app) == []
    assert "`rows`" in notice(app)
    assert "rows" not in link(app)


def test_rows_without_their_data_are_named():
    app = classifier(rows=OVERLAPPING)
    assert "`rows` has no part" in notice(app)
    assert link(app) == {"show": "classifier"}


def test_nobody_is_blamed_for_a_link_that_nobody_opened():
    app = classifier()
    choose(app, app.selectbox(key="data"), "My own table")
    edit(app, edited_rows={0: {"x1": 0.5}})
    sent = link(app)
    assert sent["rows"].startswith("0.5_1_0~")
    # The browser's address still has the rows when the click comes.
    app.query_params.update(sent)
    choose(app, app.button_group(key="show"), "A coin")
    assert words(app) == ""
    assert link(app) == {}
    choose(app, app.button_group(key="show"), "A classifier")
    assert link(app) == sent
    assert words(app) == ""


def test_what_was_typed_outlives_another_choice():
    app = edit(classifier(data="table", rows=OVERLAPPING), edited_rows={0: {"x1": 0.5}})
    choose(app, app.selectbox(key="data"), table.DATA.options["plain"])
    assert "rows" not in link(app)
    choose(app, app.selectbox(key="data"), "My own table")
    assert link(app)["rows"] == OVERLAPPING.replace("1_1_0", "0.5_1_0")


@pytest.mark.parametrize("data", ["table", "csv"])
def test_a_link_carries_an_own_table(data):
    assert format_rows(parse_rows(OVERLAPPING, 3)) == OVERLAPPING
    app = classifier(data=data, rows=OVERLAPPING)
    assert problems(app) == []
    assert words(app) == ""
    assert alt(app, "the boundary between").startswith("8 points")


GAPS = "1_1_0~_1.5_0~2.5__1~3_1_~3.5_4_1~__~3_3_0"


@pytest.mark.parametrize("data", ["table", "csv"])
def test_empty_cells_travel_too(data):
    assert format_rows(parse_rows(GAPS, 3)) == GAPS
    app = classifier(data=data, rows=GAPS)
    assert alt(app, "the boundary between").startswith("3 points")
    assert "4 of 7 rows lack a value" in "".join(node.value for node in app.caption)
    assert link(app)["rows"] == GAPS


def test_a_table_that_is_half_typed_stays_in_the_link():
    app = edit(classifier(data="table"), edited_rows={0: {"label": 7}, 1: {"x1": None}})
    assert "No classifier" in app.error[0].value
    assert link(app)["rows"].startswith("1_1_7~_1.5_0~")
    again = opened("log-loss", **link(app))
    assert link(again) == link(app)
    emptied = edit(app, deleted_rows=list(range(8)))
    assert link(emptied)["rows"] == "__"


RATES = {"sentences": {}, "plain": {"data": "plain"}, "own": {"data": "table", "rows": OVERLAPPING}}


@pytest.mark.parametrize("loss", ["log", "square"])
@pytest.mark.parametrize("data", RATES)
def test_a_rate_is_restored_also_where_it_is_another_datas_default(data, loss):
    """The default depends on data and loss; a link leaves the rate out only where it is that default."""
    first = classifier(**RATES[data], loss=loss)
    defaults = [classifier(**other).select_slider(key="rate").value for other in RATES.values()]
    for rate in {*defaults, 0.1}:
        app = classifier(rate=f"{rate:g}")
        for key in ("data", "loss"):
            wanted, widget = (
                (one.selectbox if key == "data" else one.button_group)(key=key) for one in (first, app)
            )
            wanted = wanted.value
            choose(app, widget, {**table.DATA.options, "log": "Log loss", "square": "Square loss"}[wanted])
        if data == "own":
            edit(app, edited_rows={1: {"x2": 1.75}})
        again = opened("log-loss", **link(app))
        assert link(again) == link(app)
        assert values(again)["rate"] == values(app)["rate"]
        assert pictures(again) == pictures(app)


SETTING = {"rate": "1.5", "loss": "square", "steps": "37", "wrong": "true"}


def test_a_file_of_few_rows_travels_in_the_link_with_its_names():
    few = b"\n".join(LONG.splitlines()[:31])
    app = upload(classifier(data="csv", **SETTING), "few.csv", few)
    sent = link(app)
    assert "height" in str(pictures(app))
    again = opened("log-loss", **sent)
    assert words(again) == ""
    charts = [[part for part in pictures(each) if part[0] == "vega_lite_chart"] for each in (app, again)]
    assert charts[0] == charts[1]
    assert link(again) == sent


@pytest.mark.parametrize("rate", ["1.5", "1.4", "3.9", None])
@pytest.mark.parametrize("loss", ["log", "square"])
def test_a_long_file_has_to_be_chosen_again_and_all_else_is_restored(rate, loss):
    """1.5 is the rate's default for the sentences, which stand in for the file; 3.9 that for the file."""
    setting = SETTING | {"loss": loss}
    setting = (
        setting | {"rate": rate} if rate else {name: setting[name] for name in setting if name != "rate"}
    )
    app = upload(classifier(data="csv", **setting), "long.csv", LONG)
    app.selectbox(key="label").set_value("ill").run()
    app.selectbox(key="x").set_value("age").run()
    sent = link(app)
    assert sent | {"file": "long.csv", "x": "age", "y": "weight", "label": "ill"} == sent
    again = opened("log-loss", **sent)
    assert "long.csv" in words(again)
    assert "link's" not in words(again)
    assert link(again) == sent
    again.run()
    assert link(again) == sent
    upload(again, "long.csv", LONG)
    assert words(again) == ""
    assert values(again) == values(app)
    assert pictures(again) == pictures(app)
    assert link(again) == sent


def test_a_column_that_the_file_has_not_is_replaced():
    app = upload(classifier(data="csv", label="zzz", x="<b>", y="age"), "long.csv", LONG)
    assert problems(app) == []
    assert link(app) | {"x": "height", "y": "age", "label": "ill"} == link(app)


def some_rows(rng: random.Random) -> str:
    """A table as a class might type it, or with numbers of all digits; of both labels, or not."""
    digits = rng.choice((0, 1, 17))
    points = [
        (round(rng.gauss(0, 3), digits), round(rng.gauss(0, 3), digits), float(rng.random() < 0.5))
        if rng.random() < 0.9
        else (rng.choice((None, 1.0)), None, rng.choice((None, 1.0)))
        for _ in range(rng.randint(2, 60))
    ]
    return format_rows(tuple(points))


def some_link(rng: random.Random) -> dict[str, str]:
    link = {"show": rng.choice(("coin", "classifier", "classifier", "classifier"))}
    if link["show"] == "coin":
        return link | {name: str(rng.randint(0, 100)) for name in ("heads", "tails")}
    link["data"] = rng.choice(("sentences", "plain", "csv", "table", "table"))
    if link["data"] in ("csv", "table"):
        link["rows"] = some_rows(rng)
    may = {
        "loss": rng.choice(("log", "square")),
        "wrong": rng.choice(("true", "false")),
        "steps": str(rng.randint(1, 500)),
        "rate": repr(10 ** rng.uniform(-4, 2)),
        "exact": repr(10 ** rng.uniform(-4, 2)),
    }
    return link | {name: text for name, text in may.items() if rng.random() < 0.4}


@pytest.mark.parametrize("seed", range(10))
def test_any_screen_is_restored_by_its_link(seed):
    rng = random.Random(seed)
    app = opened("log-loss", **some_link(rng))
    for _ in range(rng.randint(1, 3)):
        widgets = [
            one for one in controls(app) if one.type not in ("button", "file_uploader", "download_button")
        ]
        if rng.random() < 0.3 and any(key.startswith("rows-") for key in app.session_state):
            edit(app, edited_rows={0: {rng.choice(("x1", "x2")): rng.gauss(0, 3)}})
        else:
            widget = rng.choice(widgets)
            set_to(app, widget, rng.choice(list(extremes(widget))))
    assert problems(app) == []
    again = opened("log-loss", **link(app))
    assert link(again) == link(app)
    assert "This link" not in notice(again)
    assert values(again) == values(app)
    assert pictures(again) == pictures(app)
