"""Journeys through `speed` as a visitor makes them: with mouse, finger and keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import choose, frames, quiet, shown, verdict

PATH = "/speed"
ORDER = "My guess, fastest first"


def cell(page: Page, name: str):
    return page.locator(f".race [data-name={name}]")


def test_a_guess_then_the_answer_then_a_race_here_with_the_mouse(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?order=guess")
    expect(verdict(page)).to_contain_text("Guess first")
    expect(cell(page, "warm-0")).to_have_text("?")
    choose(page, ORDER, "automatic, symbolic, numerical")
    expect(cell(page, "warm-0")).to_have_text(re.compile("ms|s"))
    expect(verdict(page)).to_contain_text("k = 6: called again, “automatic, compiled” takes")
    page.wait_for_url("**order=asn*")
    choose(page, "Function", "x², at n points")
    expect(verdict(page)).to_contain_text("n = 1,000,000")
    settled(page)
    quiet(page, 2)
    assert set(frames(page)) == {"2"}
    expect(verdict(page)).to_contain_text("n = 10,000")
    choose(page, "Size of a race here", "n = 100")
    page.get_by_role("button", name="Run the race here").click()
    expect(page.get_by_text("the large hollow marks")).to_be_visible(timeout=120_000)
    settled(page)
    page.reload()
    settled(page)
    expect(verdict(page)).to_contain_text("n = 10,000")


def test_a_race_is_stopped(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?size=6")
    page.get_by_role("button", name="Run the race here").click()
    expect(page.get_by_text(re.compile("Running now|before yours"))).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Run the race here")).to_be_visible()
    expect(page.get_by_text(re.compile("Running now"))).to_have_count(0)


def test_who_stops_a_race_that_another_one_watches_is_rid_of_it(server, visitor):
    mine, theirs = (visitor(reduced_motion="reduce").open(f"{server}{PATH}?size=6") for _ in range(2))
    for page in (theirs, mine):
        page.get_by_role("button", name="Run the race here").click()
        expect(page.get_by_role("button", name="Stop")).to_be_visible(timeout=60_000)
    mine.get_by_role("button", name="Stop").click()
    expect(mine.get_by_role("button", name="Run the race here")).to_be_visible()
    expect(theirs.get_by_role("button", name="Stop")).to_be_visible()
    theirs.get_by_role("button", name="Stop").click()
    expect(theirs.get_by_role("button", name="Run the race here")).to_be_visible()


def test_with_a_finger_on_a_phone(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(f"{server}{PATH}?race=weights&step=0")
    expect(shown(page)).to_have_text("step 0 of 6")
    page.get_by_role("button", name="One step forward").tap()
    expect(shown(page)).to_have_text("step 1 of 6")
    expect(verdict(page)).to_contain_text("the loss is evaluated 4 times")
    expect(cell(page, "evaluations-0")).to_have_text("4")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_the_keyboard_alone(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?step=0")
    page.get_by_role("slider", name="Step of the run").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(verdict(page)).to_contain_text("k = 3")
    box = page.get_by_role("combobox", name=ORDER)
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="hide the times, I will guess")).to_be_visible()
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text("Guess first")
    settled(page)
    page.locator("summary").filter(has_text="The code that is timed").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Download the race")).to_be_visible()
