"""The things to try: each sets its screen by one click, asks, and answers only after another one."""

import pytest

from pages.shared.fields import Text
from pages.shared.menu import LESSONS, Lesson
from tests.pages.app import each_lesson, fields_of, link, opened, problems

each = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.url_path)


@each
def test_every_lesson_has_two_or_three(lesson: Lesson) -> None:
    tries, fields = lesson.tries, {field.name: field for field in fields_of(lesson)}
    assert 2 <= len(tries) <= 3
    for one in tries:
        assert one.ask.rstrip()[-1] in ".?"
        assert one.link
        for name, value in one.link.items():
            fields[name].read(value)
        assert one.answer.endswith(".")


@each
def test_one_click_sets_the_screen_that_its_link_opens(lesson: Lesson) -> None:
    for number, one in enumerate(lesson.tries):
        app = opened(lesson)
        app.session_state["tries"] = True
        app.run()
        app.button(key=f"try-{number}{'-below' if one.below else ''}").click().run()
        assert not problems(app), one.ask
        assert link(app) == link(opened(lesson, **one.link)), one.ask
        # One opens the answer; it is nowhere else.
        folded = [each.value for answer in app.get("popover") for each in answer.markdown]
        assert one.answer in folded
        assert [each.value for each in app.markdown].count(one.answer) == folded.count(one.answer)


@each_lesson
def test_what_was_typed_stays(lesson: Lesson) -> None:
    own = [field for field in fields_of(lesson) if isinstance(field, Text) and field.name == "own"]
    tries = lesson.tries
    if not own or not tries or lesson.url_path == "log-versus-product":
        return
    app = opened(
        lesson, f="own", own="x^3 - x", **({"look": "steps"} if lesson.folder == "derivative_rules" else {})
    )
    before = app.session_state["_visit"].values["own"]
    app.session_state["tries"] = True
    app.run()
    app.button(key="try-0").click().run()
    assert not problems(app)
    assert app.session_state["_visit"].values["own"] == before
