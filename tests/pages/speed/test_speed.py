"""`speed`: recorded results at once, a guess first, a race here on demand."""

import time

import pytest

from calc.race import RACES, Lap, recorded
from pages.speed import columns
from pages.speed.controls import ORDER, RACE, Setting
from tests.pages.app import choose, link, opened, problems, readout_data

PAGE = "speed"


def said(app) -> list[str]:
    return readout_data(app)["texts"]["said"]


@pytest.mark.parametrize("name", RACES)
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_recorded_numbers_are_on_the_page(name, precision):
    app = opened(PAGE, race=name, precision=precision)
    assert not problems(app)
    texts = readout_data(app)["texts"]
    for i, way in enumerate(RACES[name].contestants):
        laps = [recorded().heats[name, precision, size][way] for size in RACES[name].sizes]
        assert texts[f"warm-{i}"] == [columns.ms(lap.warm[1]) for lap in laps]
        assert texts[f"evaluations-{i}"] == [f"{lap.evaluations:,}" for lap in laps]
    assert any(f"on {recorded().date}" in node.value for node in app.caption)


def test_nothing_is_given_away_before_the_guess():
    app = opened(PAGE, order="guess")
    texts = readout_data(app)["texts"]
    assert {*texts["warm-0"], *texts["lab-4"]} == {"?"} or texts["warm-0"] == "?"
    assert all("Guess first." in each for each in said(app))
    choose(app, app.selectbox(key="order"), ORDER.options["asn"])
    assert "?" not in readout_data(app)["texts"]["warm-0"]


@pytest.mark.parametrize("name", RACES)
def test_a_guess_is_told_the_truth(name):
    race = RACES[name]
    orders = [order for order in ORDER.options if {*order} == {way[0] for way in race.contestants} & {*"sna"}]
    assert len(orders) == (2 if name == "weights" else 6)
    for size in race.sizes:
        laps = recorded().heats[name, "float64", size]
        right = [
            order
            for order in orders
            if "You guessed" in columns.told(Setting(name, "float64", order, size), size, laps)
        ]
        best = {way[0]: min(lap.warm[1] for other, lap in laps.items() if other[0] == way[0]) for way in laps}
        assert [sorted({*right[0]}, key=best.get)] == [list(order) for order in right]


def test_what_overflows_is_said():
    sentences = said(opened(PAGE, precision="float32"))
    finite = [recorded().heats["polynomial", "float32", k]["symbolic"].finite for k in range(1, 7)]
    for sentence, part in zip(sentences, finite, strict=True):
        assert ("overflow" in sentence) == (part < 1)


def test_a_way_that_builds_nothing_has_no_mark_for_it():
    lap = Lap(1e-5, 0.1, (0.01, 0.02, 0.03), 3, 1, 1, 1.0, 0.0)
    drawn = columns.dots({7: {"numerical": lap}}, (1, 7))
    assert drawn["step"] == [1, 1]
    assert drawn["phase"] == ["first call", "later calls"]
    assert drawn["high"] == [100.0, 30.0]


def test_a_race_here_and_now():
    app = opened(PAGE, race="square", size="100")
    app.button(key="race-run").click().run()
    until = time.monotonic() + 90
    while not any("hollow marks" in node.value for node in app.caption) and time.monotonic() < until:
        time.sleep(0.5)
        app.run()
    assert not problems(app)
    assert any("hollow marks" in node.value for node in app.caption)
    assert link(app) == {"race": "square", "size": "100"}


def test_a_race_can_be_stopped():
    app = opened(PAGE, size="6")
    app.button(key="race-run").click().run()
    assert not problems(app)
    app.button(key="race-stop").click().run()
    assert not problems(app)
    assert app.button(key="race-run").label == "Run the race here"


def test_each_race_has_its_own_sizes():
    app = opened(PAGE)
    for name in RACE.options:
        choose(app, app.selectbox(key="race"), RACE.options[name])
        options = app.selectbox(key="size").options
        assert len(options) == len(RACES[name].sizes)
        assert not problems(app)
