"""The link of `linear-regression`: what it may say, and what it restores."""

import pytest

from calc.descent import METHODS
from tests.pages.app import choose, click, edit, link, opened, problems, upload, value, words
from tests.pages.linear_regression.seen import (
    COURSE,
    TITLES,
    csv_of,
    every_step,
    numbers,
    picture,
    pictures,
    plain_descent,
    values,
)

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


LISTS = {
    "points": "1,2 " + "1_2~" * 61,
    "kept": "zzz adam:nan adam:0.1,zzz:1 adam:1_0 adam:٣ adam:1e301 adam adam:0.1, ,",
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in LISTS.items() for text in texts.split()]
)
def test_a_list_that_is_none_gets_a_sentence(name, text):
    app = opened(**{name: text})
    assert problems(app) == []
    warnings = [box.value for box in app.warning]
    assert [f"`{name}`" in text for text in warnings] == [True]


def test_a_rate_between_the_marks_of_the_slider_is_used_or_named():
    app = opened(rate="0.1234567")
    used = every_step(app)
    silent = not app.warning
    expected = plain_descent(*COURSE, 0.1234567, 1, (used["slope"][0], used["intercept"][0]), True)[0][1]
    assert not silent or used["slope"][1] == pytest.approx(expected, rel=1e-9)


def test_unknown_parameters_are_counted_and_never_repeated():
    app = opened(**{"<b>evil</b>": "1", "other": "x", "utm_source": "mail"})
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
    # The slider shows the exact rate, and its own one again without.
    assert {name: value(app, name) for name in asked} == asked | {"rate": 0.0125}
    assert "η = 0.0125" in numbers(app)["how it ended"]["This run"]
    run = every_step(app)
    assert len(run) == 38
    assert (run["slope"][0], run["intercept"][0]) == pytest.approx((2500, -100), rel=1e-12)


def test_the_slider_shows_an_exact_rate_until_it_is_moved():
    app = opened(rate="0.2", exact="0.0125")
    assert value(app, "rate") == 0.0125
    choose(app, app.select_slider(key="rate"), "0.5")
    assert (value(app, "rate"), value(app, "exact")) == (0.5, None)
    assert link(app) == {"rate": "0.5"}


# Runs side by side.


def test_one_click_puts_raw_data_beside_standardised():
    app = opened()
    click(app, "both")
    assert link(app) == {"kept": "gradient-descent:0.012:raw"}
    rows = numbers(app)["how it ended"]
    assert rows["This run"] == "Gradient descent, η = 0.1, standardised: arrived"
    assert rows["A"] == "Gradient descent, η = 0.012, raw data: still on its way"
    # Whatever the run on the page becomes, the kept one stays what it was.
    raw = numbers(opened(standardise="false", exact="0.012")).loc["This run"]
    for other in ("true", "false"):
        kept = numbers(opened(**link(app), standardise=other)).loc["A"]
        assert kept[1:].tolist() == raw[1:].tolist()
    click(app := opened(standardise="false"), "both")
    assert link(app)["kept"] == "gradient-descent:0.1"


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


# What has no part in the data that are shown.


@pytest.mark.parametrize("data", ["course", "windsor"])
@pytest.mark.parametrize("name", ["points", "x", "y", "file"])
def test_what_has_no_part_in_a_bundled_table_is_named(data, name):
    app = opened(data=data, **{name: "1_2~2_5"})
    assert [f"`{name}` has no part" in box.value for box in app.warning] == [True]
    assert name not in link(app)


def test_more_rows_in_a_batch_than_there_are_houses_are_named():
    app = opened(method="stochastic", batch="11")
    assert value(app, "batch") == 8
    assert "`batch`" in app.warning[0].value
    assert value(opened(method="stochastic", batch="10"), "batch") == 10
    assert value(opened(data="table", points="1_2~2_5~3_3"), "batch") == 3


# A file that the link cannot carry.

LONG = csv_of(
    sqft=[900 + 7 * i for i in range(100)],
    price=[100_000 + 250 * i + i * 37 % 91 * 100 for i in range(100)],
    rooms=[1 + i % 5 for i in range(100)],
)
ASKED = {
    "data": "csv",
    "file": "long.csv",
    "x": "sqft",
    "y": "price",
    "at": "1500",
    "rate": "0.02",
    "steps": "300",
}
OTHERS = ({}, {"at": "9"}, {"rate": "0.1", "batch": "8"}, {"x": "rooms", "y": "sqft", "at": "4.5"},
          {"batch": "80", "method": "stochastic"}, {"standardise": "false", "rate": "1e-07"},
          {"method": "adam"}, {"standardise": "false", "exact": "0.02", "slope": "3", "intercept": "2"})  # fmt: skip


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_long_file_is_named_and_every_setting_waits_for_it(other):
    asked = ASKED | other
    app = opened(**asked)
    assert problems(app) == []
    assert len(app.warning) == 0
    assert "Upload long.csv again." in words(app)
    assert link(app) == asked
    upload(app, "long.csv", LONG)
    assert picture(app).startswith("100 houses")
    for name, text in asked.items():
        if name != "file":
            shown = value(app, name)
            assert shown == text or str(shown).lower() == text or float(shown) == float(text)
    # Written at the beginning, a value that is the default here may be left out.
    again = upload(opened(**link(app)), "long.csv", LONG)
    assert values(again) == values(app)
    assert pictures(again) == pictures(app)


def test_the_link_of_a_long_file_restores_its_columns_and_settings():
    app = upload(opened(data="csv"), "long.csv", LONG)
    choose(app, app.selectbox(key="x"), "rooms")
    choose(app, app.selectbox(key="y"), "sqft")
    app.number_input(key="at").set_value(4.5).run()
    click(app, "keep")
    app.toggle(key="standardise").set_value(False).run()
    assert "points" not in link(app)
    there = upload(opened(**link(app)), "other name.csv", LONG)
    assert values(there) == values(app)
    assert pictures(there) == pictures(app)


def test_a_column_that_the_file_has_not_is_named():
    app = opened(**ASKED | {"x": "garden"})
    assert len(app.warning) == 0
    upload(app, "long.csv", LONG)
    assert value(app, "x") == "sqft"
    assert "`x`" in app.warning[0].value


def test_a_prediction_belongs_to_its_column():
    app = upload(opened(data="csv"), "long.csv", LONG)
    assert value(app, "at") == 1246
    app.number_input(key="at").set_value(1500.0).run()
    choose(app, app.selectbox(key="x"), "rooms")
    assert value(app, "at") == 3
    choose(app, app.selectbox(key="x"), "sqft")
    assert value(app, "at") == 1500
    choose(app, app.selectbox(key="data"), TITLES["windsor"])
    assert value(app, "at") == 9


def test_a_rate_belongs_to_its_scale():
    app = opened(rate="0.3")
    app.toggle(key="standardise").set_value(False).run()
    assert value(app, "rate") == value(opened(standardise="false"), "rate")
    app.toggle(key="standardise").set_value(True).run()
    assert value(app, "rate") == 0.3


def test_names_typed_for_a_table_stay_with_it():
    app = opened(data="table", points="1_10~2_20~3_30", x="rooms", y="value")
    assert "at rooms" in picture(app)
    choose(app, app.selectbox(key="data"), "My own CSV file")
    assert link(app) == {"data": "csv"}
    choose(app, app.selectbox(key="data"), "My own table")
    assert link(app) == {"data": "table", "points": "1_10~2_20~3_30", "x": "rooms", "y": "value"}


def test_a_table_that_cannot_be_used_is_in_the_link_as_it_was_typed():
    app = edit(opened(data="table", points="1_10~2_20~3_30"), deleted_rows=[1, 2])
    assert "Only one row" in words(app)
    assert link(app)["points"] == "1_10"
    assert words(opened(**link(app))) == words(app)
    app = edit(opened(data="table", points="1_10~2_20~3_30"), deleted_rows=[0, 1, 2])
    assert words(opened(**link(app))) == words(app)


def test_a_missing_cell_is_in_the_link():
    app = edit(opened(data="table", points="1_10~2_20~3_30"), edited_rows={1: {"price": None}})
    assert link(app)["points"] == "1_10~2_~3_30"
    assert pictures(opened(**link(app))) == pictures(app)
