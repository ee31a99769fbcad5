"""Journeys through `square-loss` as a visitor makes them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
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
    page.get_by_text("Add it to the points").click()
    expect(chart(page, "5 parabolas")).to_have_count(1)
    page.wait_for_url("**add=true*")
    page.reload()
    settled(page)
    expect(chart(page, "5 parabolas")).to_have_count(1)
