"""Journeys through `numerical` as a visitor makes them: with mouse, finger and keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import choose, frames, play, quiet, shown, verdict

PATH = "/numerical"


def cell(page: Page, method: str, column: int) -> str:
    """What stands in the table of methods."""
    return page.locator(".answers tr").filter(has_text=method).locator("td").nth(column)


def test_with_the_mouse_from_the_valley_to_the_table_and_the_cells(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?step=8")
    expect(verdict(page)).to_contain_text("Step 10⁻⁸: 7 of 17 digits cancel.")
    expect(page.locator(".digits s").first).to_have_text("0.4794255")
    expect(cell(page, "Central", 1)).to_have_text("2.9·10⁻¹⁰")
    expect(cell(page, "Complex step", 1)).to_have_text("2.6·10⁻¹⁶")
    page.get_by_role("button", name="One step forward").click()
    expect(verdict(page)).to_contain_text("Step 10⁻⁹")
    settled(page)
    quiet(page, 9)
    assert set(frames(page)) == {"9"}
    page.get_by_role("radio", name="float32").or_(page.get_by_role("button", name="float32")).first.click()
    page.wait_for_url("**format=float32*")
    expect(verdict(page)).to_contain_text("of 9 digits cancel")
    choose(page, "Function", "The same wave, far from 0")
    page.wait_for_url("**f=far*")
    # Floats of 32 bits near 100,000 lie 0.008 apart: the point is a rounded one.
    expect(page.get_by_role("spinbutton", name="The point")).to_have_value("100000.5")
    page.get_by_text("From a table of values").click()
    expect(page.get_by_text("where −1 and 1 are right")).to_be_visible()
    page.get_by_text("The lab’s cells").click()
    expect(page.get_by_text("success", exact=False).last).to_be_visible(timeout=60_000)
    settled(page)
    page.reload()
    settled(page)
    expect(verdict(page)).to_contain_text("of 9 digits cancel")


def test_the_noise_and_the_ends_of_a_table(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?noise=0.1&points=101&edge=2")
    page.get_by_text("From a table of values").click()
    expect(page.get_by_text("at 0 it says 0, where there is no derivative")).to_be_visible()
    expect(page.get_by_text("σ/(√2Δx) = 0.7071 here")).to_be_visible()
    page.get_by_role("slider", name="Points").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("beside 0 it gives −0.5 and 0.5")).to_be_visible()
    page.wait_for_url("**points=102*")


def test_with_a_finger_on_a_phone(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(f"{server}{PATH}?f=square&step=2")
    expect(verdict(page)).to_contain_text("Step 0.01:")
    page.get_by_role("button", name="One step forward").tap()
    expect(shown(page)).to_contain_text("step 3 of 16")
    expect(verdict(page)).to_contain_text("Step 0.001")
    page.get_by_text("How often each method computes f").tap()
    table = page.get_by_test_id("stTable")
    expect(table).to_contain_text("scipy.differentiate.derivative")
    expect(page.get_by_text(re.compile("SciPy is wrong by"))).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_the_keyboard_alone(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?step=0")
    expect(verdict(page)).to_contain_text("Step 1:")
    point = page.get_by_role("spinbutton", name="The point")
    point.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("-2")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=-2*")
    expect(page.locator(".digits td").last).to_contain_text("−0.416146836")
    settled(page)
    play(page).focus()
    page.keyboard.press("Enter")
    expect(shown(page)).to_contain_text("step 16 of 16")
    expect(verdict(page)).to_contain_text("Step 10⁻¹⁶: 17 of 17 digits cancel.")


def test_a_typed_function_and_its_mistake(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?f=own&own=cbrt(x)&at=-8&step=8")
    expect(page.get_by_text("cbrt is not made for that")).to_be_visible()
    expect(cell(page, "Complex step", 0)).to_have_text("0.0833333")
    box = page.get_by_role("textbox", name="f(x) =").or_(page.get_by_role("textbox", name="f =")).first
    box.fill("|x")
    box.press("Enter")
    expect(page.get_by_text("Until you correct it, you see the function below.")).to_be_visible()
    expect(cell(page, "Complex step", 0)).to_have_text("0.0833333")
