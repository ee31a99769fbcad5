"""Journeys through `square-loss` and `log-loss` as a visitor makes them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import frames, leave_focus, parameters, part, quiet, shown


def chart(page: Page, words: str):
    """The chart whose alt text holds the words."""
    return page.locator(f'[data-testid="stVegaLiteChart"][aria-label*="{words}"]')


def click_chart(page: Page, words: str, across: float) -> None:
    """Click in a chart's plot, `across` of the way from its left end."""
    canvas = chart(page, words).locator("canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * across, "y": box["height"] * 0.5})
    page.wait_for_timeout(300)
    settled(page)


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
    assert parameters(page)["points"].startswith("2~3~7~")
    page.get_by_text("Add it to the points").click()
    expect(chart(page, "5 parabolas")).to_have_count(1)
    page.reload()
    settled(page)
    expect(chart(page, "5 parabolas")).to_have_count(1)


def test_a_coin_and_then_a_classifier_that_recovers_from_a_wrong_start(server, visitor):
    page = visitor().open(server + "/log-loss?step=70")
    expect(chart(page, "greatest at p = 0.7")).to_have_count(2)
    expect(part(page, "loss_slope")).to_have_text("0")
    page.get_by_role("radio", name="A classifier").click()
    expect(chart(page, "74 points")).to_have_count(1)
    settled(page)
    page.get_by_test_id("stCheckbox").get_by_text("Start confidently wrong").click()
    expect(chart(page, "70% lie on their side")).to_have_count(1)
    settled(page)
    quiet(page, 0)
    expect(part(page, "right")).to_have_text(re.compile(r"^29\.\d+$|^30"))
    assert set(frames(page)) == {"0"}
    assert len(frames(page)) == 4
    page.get_by_role("radio", name="Square loss").click()
    expect(chart(page, "30% lie on their side")).to_have_count(1)
    settled(page)
    assert {name: parameters(page)[name] for name in ("show", "loss", "wrong")} == {
        "show": "classifier",
        "loss": "square",
        "wrong": "true",
    }
    page.reload()
    settled(page)
    expect(chart(page, "30% lie on their side")).to_have_count(1)
