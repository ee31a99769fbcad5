"""Every lesson of the menu runs, and goes on running whatever its controls are set to."""

import pytest

from tests.pages.app import (
    ALL_LESSONS,
    controls,
    each_lesson,
    extremes,
    fields_of,
    name_of,
    open_all,
    opened,
    problems,
    set_to,
    words,
)


@each_lesson
def test_a_lesson_opens_with_a_title_and_no_complaint(lesson):
    app = opened(lesson)
    assert len(app.title) == 1
    assert problems(app) == []
    assert len(app.error) == 0
    assert words(app) == ""


@each_lesson
def test_a_lesson_opens_with_everything_unfolded(lesson):
    app = open_all(opened(lesson))
    assert problems(app) == []
    assert all(expander.proto.expanded for expander in app.get("expander") if expander.key)


@each_lesson
def test_every_dataset_belongs_to_its_chart(lesson):
    """When it changes, Vega fails for a name that the chart does not know."""
    for chart in open_all(opened(lesson)).get("vega_lite_chart"):
        assert all(f'"{data.name}"' in chart.proto.spec or f"'{data.name}'" in chart.proto.spec
                   for data in chart.proto.datasets), chart.proto.alt  # fmt: skip


@each_lesson
def test_every_control_goes_to_its_ends(lesson):
    for number in range(len(controls(opened(lesson)))):
        app = opened(lesson)
        kind, key = controls(app)[number].type, name_of(controls(app)[number])
        for value in list(extremes(controls(app)[number])):
            same = next((w for w in controls(app) if w.type == kind and name_of(w) == key), None)
            if same is None:  # a button that its own click takes away
                break
            set_to(app, same, value)
            assert problems(app) == [], f"{kind} {key} at {value!r}"
            assert len(app.title) == 1


@each_lesson
@pytest.mark.parametrize(
    "value",
    [
        "",
        "nan",
        "inf",
        "-1e308",
        "<script>alert(1)</script>",
        "**b**",
        "'; DROP TABLE x; --",
        "٣",
        "9" * 5000,
    ],
)
def test_a_link_full_of_nonsense_opens(lesson, value):
    names = [field.name for field in fields_of(lesson)]
    app = opened(lesson, **dict.fromkeys([*names, "nonsense"], value))
    assert problems(app) == []
    assert len(app.title) == 1
    shown = [
        node.value
        for kind in ("markdown", "caption", "warning", "error", "success", "info")
        for node in app.get(kind)
    ]
    assert not value or len(value) < 5 or not any(value in text for text in shown)


@each_lesson
def test_home_leads_to_every_lesson(lesson):
    linked = {link.proto.page for link in opened(ALL_LESSONS[0]).get("page_link")}
    assert lesson is ALL_LESSONS[0] or lesson.url_path in linked
