"""The home page: a card for each lesson, each a link as a whole."""

import pytest
from playwright.sync_api import expect

from pages.shared.menu import LESSONS, PATH, course


@pytest.mark.parametrize("width", [1280, 390])
def test_cards_are_of_one_height_in_order_and_links_as_a_whole(width, server, visitor):
    tab = visitor(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    page = tab.open(server)
    cards = page.locator(".st-key-cards > div")
    expect(cards).to_have_count(len(LESSONS))
    expect(cards.locator("canvas").last).to_be_visible()
    boxes = [card.bounding_box() for card in cards.all()]
    frames = [frame.bounding_box() for frame in page.locator(".st-key-cards > div > div").all()]
    assert len({round(frame["height"]) for frame in frames}) == 1
    places = [(round(box["y"]), round(box["x"])) for box in boxes]
    assert places == sorted(places)
    assert [card.locator("strong").inner_text() for card in cards.all()] == [
        f"{number}. {lesson.title}" for number, lesson in enumerate(course(), 1)
    ]
    if width == 1280:
        # On one and a half screens of 720.
        assert boxes[-1]["y"] + boxes[-1]["height"] <= 1080
    for card, lesson in zip(cards.all(), course(), strict=True):
        # The sentence below the picture, far from the title's link.
        card.get_by_text(lesson.sentence.split(":")[0]).scroll_into_view_if_needed()
        box = card.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 30
        link = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a')?.pathname", [x, y])
        assert link == f"/{lesson.url_path}"
    page.mouse.click(x, y)
    expect(page.locator("h1")).to_contain_text(lesson.title)


def test_a_card_is_opened_by_the_keyboard(server, visitor):
    page = visitor(reduced_motion="reduce").open(server)
    link = page.locator(".st-key-cards a").nth(3)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(course()[3].title)


def test_a_card_is_opened_by_a_finger(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(server)
    card = page.locator(".st-key-cards > div").nth(3)
    card.locator("canvas").scroll_into_view_if_needed()
    box = card.locator("canvas").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("h1")).to_contain_text(course()[3].title)


def test_every_lesson_is_on_the_path_of_the_notes():
    assert [lesson.url_path for lesson in course()] == [*PATH]
    assert len(LESSONS) == 12
