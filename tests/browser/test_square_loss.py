"""Journeys through `square-loss` as a visitor makes them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled, still
from tests.browser.test_linear_regression import frames, leave_focus, part, quiet, shown
from tests.browser.test_log_loss import chart


def click_chart(page: Page, words: str, across: float) -> None:
    """Click in a chart's plot, `across` of the way from its left end."""
    canvas = chart(page, words).locator("canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * across, "y": box["height"] * 0.5})


def test_points_are_added_by_a_click_and_the_ball_rolls_to_their_mean(server, visitor):
    tab = visitor()
    page = tab.open(server + "/square-loss?points=2~3~7&rate=0.1")
    expect(chart(page, "3 parabolas")).to_have_attribute("aria-label", re.compile("mean 4, where it is 14"))
    page.wait_for_load_state("networkidle")
    quiet(page, 0)
    before = len(tab.sent)
    leave_focus(page)
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("step 1 of")
    assert set(frames(page)) == {"1"}
    assert len(frames(page)) == 3
    assert len(tab.sent) == before
    page.get_by_role("button", name="To the last step").click()
    expect(part(page, "x", "after")).to_have_text(re.compile(r"^(4|3\.9999\d*|4\.0000\d*)$"))
    click_chart(page, "3 parabolas", 0.8)
    expect(chart(page, "4 parabolas")).to_have_count(1)
    page.wait_for_url("**points=2~3~7~*")
    page.get_by_test_id("stCheckbox").get_by_text("Add it").click()
    expect(chart(page, "5 parabolas")).to_have_count(1)
    page.wait_for_url("**add=true*")
    page.reload()
    settled(page)
    expect(chart(page, "5 parabolas")).to_have_count(1)


def spot(page: Page, x: float, down: float) -> tuple[float, float]:
    """Where in the chart of squares of the four points the place x lies, whose axis goes from -2.976 to 9.176."""
    page.evaluate("window.scrollTo(0, 0)")
    box = chart(page, "parabolas").locator("canvas").bounding_box()
    size = max(1, min(page.viewport_size["width"] / 1280, page.viewport_size["height"] / 720))
    left, right = box["x"] + 78 * size, box["x"] + box["width"] - 14
    return left + (x + 2.976) / 12.152 * (right - left), box["y"] + down * box["height"]


def of_link(page: Page) -> list[float]:
    """The points that the link has."""
    return [float(each) for each in re.search(r"points=([^&]*)", page.url)[1].split("~")]


FOOT = 0.83
"""How far down the chart the points stand."""


def test_the_table_shows_all_four_points_and_the_row_for_one_more(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + "/square-loss")
    assert page.get_by_test_id("stDataFrame").bounding_box()["height"] >= 6 * 35


def test_a_point_is_dragged_and_the_mean_follows(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + "/square-loss")
    page.wait_for_load_state("networkidle")
    sent = len(tab.sent)
    page.mouse.move(*spot(page, 8, FOOT))
    page.mouse.down()
    for x in (7.5, 7, 6.5, 6):
        page.mouse.move(*spot(page, x, FOOT))
    assert len(tab.sent) == sent
    page.mouse.up()
    page.wait_for_url("**points=1~3~4~*")
    assert of_link(page)[3] == pytest.approx(6, abs=0.3)
    expect(chart(page, "parabolas")).to_have_attribute("aria-label", re.compile(r"mean 3\.[45]"))
    settled(page)


def test_a_point_is_dragged_by_a_finger(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(server + "/square-loss")
    expect(chart(page, "parabolas").locator("canvas")).to_be_visible()
    finger = page.context.new_cdp_session(page)
    places = [spot(page, x, FOOT) for x in (8, 7.6, 7, 6.5, 6, 5.5)]
    for kind, place in zip(("touchStart", *["touchMove"] * 5), places, strict=True):
        points = [{"x": place[0], "y": place[1]}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url("**points=1~3~4~*")
    assert of_link(page)[3] == pytest.approx(5.5, abs=0.4)
    settled(page)


def test_points_are_moved_by_arrow_keys(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + "/square-loss?add=true&outlier=10")
    canvas = chart(page, "parabolas").locator("canvas")
    canvas.focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**points=0.*")
    settled(page)
    first = of_link(page)[0]
    # The chart that the answer has drawn goes on with the same point.
    expect(canvas).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(
        lambda url: "points=" not in url or not url.split("points=")[1].startswith(f"{first:g}~")
    )
    settled(page)
    expect(canvas).to_be_focused()
    for _ in range(4):
        page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**outlier=11*")
    expect(shown(page)).to_have_text("step 40 of 40")
    settled(page)


@pytest.mark.parametrize("path", ["square-loss", "linear-regression", "local-and-global-minima?variables=2"])
def test_the_keyboard_leaves_a_chart_as_it_came(path, server, visitor):
    """Tab stayed in it for ever."""
    page = visitor(reduced_motion="reduce").open(f"{server}/{path}")
    canvas = page.locator("canvas.marks[role=application]").first
    for keys in (["Tab"], ["ArrowRight", "Tab"], ["Shift+Tab"]):
        canvas.focus()
        expect(canvas).to_be_focused()
        for key in keys:
            page.keyboard.press(key)
        expect(canvas).not_to_be_focused()
        settled(page)


@pytest.mark.parametrize(
    "options", [{}, {"viewport": {"width": 390, "height": 844}, "has_touch": True}], ids=["desktop", "phone"]
)
def test_what_is_tried_is_seen(options, server, visitor):
    """Its screen was set above the one that one saw."""
    page = visitor(reduced_motion="reduce", **options).open(server + "/square-loss")
    page.locator("summary").filter(has_text="Things to try").click()
    still(page)
    one = page.get_by_role("button", name="Add one point far away")
    one.scroll_into_view_if_needed()
    one.tap() if options else one.press("Enter")
    expect(chart(page, "5 parabolas")).to_be_in_viewport(ratio=0.9)
