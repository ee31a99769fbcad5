"""Journeys through `log-loss` as a visitor makes them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled, still
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
        settled(page)
        still(page)


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


SIDES = """words => {
  const canvas = document.querySelector(`[data-testid="stVegaLiteChart"][aria-label*="${words}"] canvas.marks`)
  const at = (x, y) => canvas.getContext("2d").getImageData(x * canvas.width, y * canvas.height, 1, 1).data
  const blue = ([red, , blue]) => blue - red
  return [blue(at(0.3, 0.24)), blue(at(0.9, 0.7))].map((each) => each > 20 ? 1 : each < -20 ? 0 : -1).join("")
}"""
"""Which label the plane is shaded for, where there are more of “bad” and where there are more of “good”."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plane_shows_which_side_is_which_and_changes_sides(scheme, server, visitor):
    page = visitor(reduced_motion="reduce", color_scheme=scheme).open(
        f"{server}/log-loss?show=classifier&wrong=true&step=0"
    )
    expect(chart(page, "74 points")).to_have_count(1)
    page.wait_for_function(f"({SIDES})('74 points') == '10'")
    page.get_by_label("Step of the run").press("End")
    page.wait_for_function(f"({SIDES})('74 points') == '01'")
    page.get_by_role("radio", name="Square loss").click()
    expect(chart(page, "30% lie on their side, by the other loss 70%")).to_have_count(1)
    page.wait_for_function(f"({SIDES})('74 points') == '10'")


def test_a_sentence_is_typed_and_classified(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}/log-loss?show=classifier")
    expect(chart(page, "74 points")).to_have_count(1)
    box = page.get_by_role("textbox", name="Your own sentence")
    answer = page.locator(".downhill-readout").filter(has_text="praise with p")
    expect(answer).to_contain_text("good 1, bad 0: praise with p = 0.718")
    box.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("<b>Bad</b> but $good$, good {0/0}")
    page.keyboard.press("Enter")
    expect(answer).to_contain_text("good 2, bad 1")
    page.wait_for_url("**say=*")
    page.reload()
    expect(answer).to_contain_text("good 2, bad 1")
    box.fill("Not bad at all")
    box.press("Enter")
    expect(answer).to_contain_text("good 0, bad 1: praise with p = 0.24")
    expect(answer).to_contain_text("if it is")


def test_the_coin_is_tossed_descended_on_and_followed_to_the_other_lesson(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}/log-loss")
    expect(chart(page, "greatest at p = 0.7")).to_have_count(2)
    page.get_by_role("button", name="Toss a bent coin").focus()
    page.keyboard.press("Enter")
    expect(chart(page, "in 20 tosses")).to_have_count(3)
    page.get_by_role("radio", name="descends").click()
    settled(page)
    numbers = page.locator(".downhill-readout")
    expect(numbers).to_contain_text("from k/n")
    page.get_by_label("Step of the run").press("End")
    expect(numbers.locator(".end")).to_contain_text("Converged")
    page.wait_for_url("**moves=descent*")
    tossed = re.search(r"heads=(\d+)", page.url)
    unfold(page)
    page.get_by_role("link", name="The same coin in log versus product").click()
    page.wait_for_url("**/log-versus-product?**")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(f"{tossed[1] if tossed else 7}/20")
    settled(page)
    page.get_by_role("link", name="The log loss of the same coin").click()
    page.wait_for_url("**/log-loss?**")
    expect(chart(page, "in 20 tosses")).to_have_count(3)
