"""The link is the state: what one visitor copies, another one opens, and sees the same."""

import random

import pytest

from pages.shared.fields import Carried, Choice, Flag, Number, Scale, Text, Whole
from pages.shared.menu import LESSONS
from tests.pages.app import (
    controls,
    each_lesson,
    extremes,
    fields_of,
    link,
    name_of,
    opened,
    problems,
    set_to,
    snapshot,
)
from tests.pages.random_links import random_link

LINKS = 64
"""For each lesson: over 300 in all."""

each = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.url_path)
UNMOVED = ("button", "file_uploader", "download_button")


@each
@pytest.mark.parametrize("part", range(4))
def test_a_copied_link_opens_the_same_screen(lesson, part):
    for seed in range(part * LINKS // 4, (part + 1) * LINKS // 4):
        rng = random.Random(seed)
        app = opened(lesson, **random_link(lesson, rng))
        for _ in range(rng.randint(0, 2)):
            widget = rng.choice([one for one in controls(app) if one.type not in UNMOVED])
            app = set_to(app, widget, rng.choice(list(extremes(widget))))
        assert problems(app) == [], seed
        copied = link(app)
        again = opened(lesson, **copied)
        assert link(again) == copied, seed
        assert [note.value for note in again.warning if "This link" in note.value] == [], (seed, copied)
        assert snapshot(again) == snapshot(app), (seed, copied)


@each
@pytest.mark.parametrize("seed", range(8))
def test_a_closed_drawer_changes_nothing_else(lesson, seed):
    parameters = random_link(lesson, random.Random(seed), share=0.7)
    seen = opened(lesson, **parameters)
    closed = opened(lesson, drawer=False, **parameters)
    for app in (closed, set_open(set_open(closed, True), False)):
        assert link(app) == link(seen)
        # A button says nothing, and one looks like another.
        without = [part for part in snapshot(app) if part[0] != "button"]
        assert [part for part in snapshot(seen) if part in without] == without
        assert [box.value for box in app.warning] == [box.value for box in seen.warning]


def set_open(app, is_open: bool):
    app.session_state["drawer"] = is_open
    return app.run()


@each
def test_every_end_of_every_field_opens_and_stays_in_the_link(lesson):
    for field in fields_of(lesson):
        for value in field.extremes():
            text = field.write(value)
            if text is None:
                continue
            app = opened(lesson, **{field.name: text})
            assert problems(app) == [], (field.name, text)
            notes = " ".join(note.value for note in app.warning)
            kept = link(app).get(field.name)
            # What has no part in the page as the link has it is named.
            assert kept == text or f"`{field.name}`" in notes or at_default(app, field.name), (
                field.name,
                text,
            )


def at_default(app, name: str) -> bool:
    visit = app.session_state["_visit"]
    return name in visit.values and visit.values[name] == visit.defaults.get(name)


@each
def test_what_lies_beyond_the_ends_is_named_and_replaced(lesson):
    for field in fields_of(lesson):
        for text in beyond(field):
            app = opened(lesson, **{field.name: text})
            assert problems(app) == [], (field.name, text)
            assert f"`{field.name}`" in " ".join(note.value for note in app.warning), (field.name, text)
            assert link(app) == {}, (field.name, text)


def beyond(field) -> list[str]:
    """Texts that are no value of the field."""
    match field:
        case Whole():
            return [str(field.low - 1), str(field.high + 1), "--5", "1_0", "٣", "2.5", ""]
        case Number():
            outside = [
                repr(field.low - 0.1 * abs(field.low) - 1),
                repr(field.high + 0.1 * abs(field.high) + 1),
            ]
            return [*outside, "1e400", "--5", "1_0", "٣", "nan", "-inf", "0x10", "1e-400", ""]
        case Scale():
            return ["0.12345", "--5", "٣"]
        case Choice():
            return ["bogus", "", field.default.upper() + "!"]
        case Flag():
            return ["1", "yes", ""]
        case Text():
            return ["x" * (field.longest + 1), "\u202e\u0000"]
        case Carried():
            return ["zzz", "~", "nan_1", "\x00"]
        case _:
            return ["nan", "0", "-1", "--5", "1_0", "1e400", ""]


@each
def test_a_number_that_reads_in_one_way_is_taken_and_rewritten(lesson):
    for field in fields_of(lesson):
        if isinstance(field, Number) and field.name in ("exact", "start", "x0", "at"):
            app = opened(lesson, **{field.name: "1.250e-1"})
            if app.warning:  # No control of this view.
                continue
            assert link(app)[field.name] == "0.125"


@each_lesson
def test_what_trackers_and_streamlit_add_is_ignored_without_a_word(lesson):
    added = {"utm_source": "mail", "utm_x": "1", "fbclid": "x", "gclid": "y", "lang": "de", "embed": "true"}
    app = opened(lesson, **added)
    assert len(app.warning) == 0
    assert link(app) == {}


@each_lesson
def test_what_nobody_knows_is_named(lesson):
    assert "does not know" in opened(lesson, nonsense="1").warning[0].value
    assert "2 parameters" in opened(lesson, nonsense="1", more="2").warning[0].value


@each
def test_a_parameter_said_twice_says_nothing(lesson):
    for field in fields_of(lesson):
        texts = [field.write(value) for value in field.extremes()[:2]]
        app = opened(lesson, **{field.name: [text or "" for text in texts] if len(texts) > 1 else texts * 2})
        assert f"`{field.name}`" in app.warning[0].value
        assert link(app) == {}


@each_lesson
def test_a_step_beyond_the_run_is_named(lesson):
    assert len(opened(lesson, step="3").warning) == 0
    for text in ("99999", "-1", "x"):
        assert "`step`" in opened(lesson, step=text).warning[0].value


@each
def test_names_are_each_there_once_and_are_keys_of_the_widgets(lesson):
    names = [field.name for field in fields_of(lesson)]
    assert len(names) == len(set(names))
    free = {"step", *names}
    keys = {name_of(widget) for widget in controls(opened(lesson)) if widget.type not in UNMOVED}
    assert keys <= free
