"""Journeys through `log-loss` as a visitor makes them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import frames, part, quiet


def chart(page: Page, words: str):
    """The chart whose alt text holds the words."""
    return page.locator(f'[data-testid="stVegaLiteChart"][aria-label*="{words}"]')


def unfold(page: Page) -> None:
    """Open every expander of the page."""
    folded = page.locator("[data-testid=stExpander] details:not([open]) summary")
    for left in reversed(range(folded.count())):
        folded.first.click()
        expect(folded).to_have_count(left)
        settled(
            page
        )  # What was unfolded moves the next one while it is drawn, and a click beside it is none.


def wrong_formulas(page: Page) -> list[str]:
    """The formulas that KaTeX could not read: it shows their source in red."""
    return page.locator(".katex-error").all_inner_texts()


@pytest.mark.parametrize(
    "query", ["", "?heads=0", "?tails=0", "?show=classifier", "?show=classifier&data=plain"]
)
def test_every_formula_is_set(query, server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}/log-loss{query}")
    unfold(page)
    expect(page.locator(".katex").first).to_be_visible()
    assert wrong_formulas(page) == []


def test_no_click_between_the_two_is_lost(server, visitor):
    """Every second one was: the address, which follows the click, was read over it."""
    page = visitor(reduced_motion="reduce").open(f"{server}/log-loss")
    for title, words in (("A classifier", "74 points"), ("A coin", "The log loss")) * 3:
        page.get_by_role("radio", name=title).click()
        expect(chart(page, words)).to_have_count(1)
        settled(page)
        expect(page.get_by_role("radio", name=title)).to_have_attribute("aria-checked", "true")
        expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_have_count(0)
        page.wait_for_url("**?show=classifier" if title == "A classifier" else "**/log-loss")


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
    page.wait_for_url("**show=classifier*loss=square*wrong=true*")
    page.reload()
    settled(page)
    expect(chart(page, "30% lie on their side")).to_have_count(1)
