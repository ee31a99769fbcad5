"""Fields and visits by themselves: how a value is found, what a link's text says, what the link of a screen is."""

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as strategy

from pages.shared.fields import Choice, Flag, Number, Scale, Text, Whole, number, shortest
from pages.shared.visit import TRACKING, Visit

RATE = Number("rate", "", "", 0.0, 10.0, default=1.0)
STEPS = Whole("steps", "", "", 1, 100, default=10)
N = Scale("n", "", "", (1.0, 10.0, 1000.0), 10.0)


@pytest.fixture
def session(monkeypatch):
    """A visit without a page: what Streamlit's session holds."""
    state = {"_visit": Visit("", (RATE, STEPS, N), None)}
    monkeypatch.setattr(st, "session_state", state)
    return state


def run(session, field=RATE, default=1.0, fits=lambda value: True, belongs_to=None, says=None, **more):
    """One run in which the field is drawn; `says` is what the visitor sets its widget to before it."""
    visit = session["_visit"]
    visit.drawn = set()
    if says is not None:
        session[visit.widgets[field.name][0]] = says
    value = field.settle(default, fits, belongs_to, **more)
    key = field.widget(value)
    session.setdefault(key, value)
    return field.keep(session[key])


def in_link(session, name="rate"):
    """Whether the value goes into the link."""
    visit = session["_visit"]
    return visit.values[name] != visit.defaults[name]


def test_a_field_at_its_default_follows_it_and_one_that_was_set_does_not(session):
    assert run(session, default=1.0) == 1.0
    assert run(session, default=2.0) == 2.0
    assert not in_link(session)
    assert run(session, default=2.0, says=3.0) == 3.0
    assert run(session, default=5.0) == 3.0
    assert in_link(session)
    assert run(session, default=5.0, says=5.0) == 5.0
    assert run(session, default=6.0) == 6.0
    assert not in_link(session)


def test_a_link_s_value_stays_beside_a_default_that_only_stands_in(session):
    session["_visit"].values["rate"] = 2.0
    assert run(session, default=2.0, follows=False) == 2.0
    assert in_link(session)
    assert run(session, default=7.0) == 2.0


def test_a_value_belongs_to_a_choice_and_is_found_again(session):
    run(session, default=1.0, belongs_to="a")
    run(session, default=1.0, belongs_to="a", says=4.0)
    assert run(session, default=2.0, belongs_to="b") == 2.0
    assert run(session, default=1.0, belongs_to="a") == 4.0
    assert run(session, default=2.0, belongs_to="b") == 2.0
    assert run(session, default=3.0, belongs_to="b") == 3.0


def test_a_value_that_does_not_fit_is_replaced_and_only_a_link_is_blamed(session):
    visit = session["_visit"]
    visit.values["rate"], visit.from_link = 9.0, {"rate"}
    assert run(session, fits=lambda value: value < 5) == 1.0
    assert visit.refused == ["rate"]
    visit.refused.clear()
    run(session, says=8.0)
    assert run(session, fits=lambda value: value < 5) == 1.0
    assert visit.refused == []


def test_what_a_page_sets_is_another_widget_and_what_a_visitor_sets_is_not(session):
    visit = session["_visit"]
    run(session)
    first = visit.widgets["rate"][0]
    run(session, says=2.0)
    assert visit.widgets["rate"][0] == first
    RATE.put(3.0)
    assert run(session) == 3.0
    assert visit.widgets["rate"][0] != first
    # The browser may still send what the first one was.
    session[first] = 2.0
    assert run(session) == 3.0


def test_a_second_look_in_one_run_finds_what_was_kept(session):
    run(session)
    run(session, says=2.0)
    RATE.keep(4.0)
    assert RATE.get(1.0) == 4.0


def test_a_widget_that_was_not_drawn_for_a_while_comes_back_with_its_value(session):
    run(session)
    run(session, says=2.0)
    # Streamlit forgets the state of what is not drawn.
    del session[session["_visit"].widgets["rate"][0]]
    assert run(session) == 2.0


def refuses(read, text) -> bool:
    try:
        read(text)
    except ValueError:
        return True
    return False


@given(strategy.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_text_of_a_number_reads_as_the_same(value):
    assert number(shortest(value)) == value


@pytest.mark.parametrize("text", ["0.30", "+.3", "3e-1", "3E-1", "00.3", "0.300000"])
def test_a_number_reads_in_one_way(text):
    assert number(text) == 0.3


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "1_0",
        "--5",
        "+-5",
        "٣",
        "1,5",
        "nan",
        "inf",
        "1e400",
        "1e-400",
        "0x1",
        "1e",
        ".",
        "9" * 41,
    ],
)
def test_what_reads_in_no_way_or_in_two_is_no_number(text):
    assert refuses(number, text)


def test_zero_is_a_number_in_every_writing():
    assert [number(text) for text in ("0", "-0", "0.000", "0e-400")] == [0, 0, 0, 0]


@pytest.mark.parametrize(("field", "text", "value"), [
    (STEPS, "1e1", 10), (STEPS, "7.0", 7), (N, "1,000", 1000.0), (N, "1e3", 1000.0),
    (Flag("a", "", ""), "TRUE", True), (Choice("c", "", "", {"x": "X"}), "x", "x"), (Text("t", "", "", 3), "", ""),
])  # fmt: skip
def test_a_text_that_says_a_value_is_taken(field, text, value):
    assert field.read(text) == value


@pytest.mark.parametrize(("field", "text"), [
    (STEPS, "0"), (STEPS, "101"), (STEPS, "2.5"), (N, "1,0"), (N, "10,00"), (N, "2"), (RATE, "10.1"),
    (Flag("a", "", ""), "1"), (Choice("c", "", "", {"x": "X"}), "X"), (Text("t", "", "", 3), "four"),
    (Text("t", "", "", 3), "\x00"),
])  # fmt: skip
def test_a_text_that_says_none_is_refused(field, text):
    assert refuses(field.read, text)


@pytest.mark.parametrize("name", ["utm_source", "utm_x", "fbclid", "gclid", "msclkid", "ttclid", "twclid", "yclid",
                                  "li_fat_id", "mkt_tok", "hsa_acc", "srsltid", "si", "mc_cid", "_ga", "lang", "embed",
                                  "embed_options", "gbraid", "wbraid", "igshid", "ref"])  # fmt: skip
def test_a_tracker_is_known(name):
    assert TRACKING.fullmatch(name)


@pytest.mark.parametrize("name", ["rate", "x", "steps", "data", "points", "id", "utm", "lid", "clid2"])
def test_a_parameter_of_ours_is_no_tracker(name):
    assert not TRACKING.fullmatch(name)
