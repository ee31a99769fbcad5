"""Journeys through `differentiability` as a visitor makes them: with mouse, finger and keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import choose, frames, play, quiet, shown, verdict
from tests.browser.test_log_loss import chart

PATH = "/differentiability"
LIST = "Points without a derivative"


def at(page: Page, part: float) -> tuple[float, float]:
    """Where so large a part of the main chart's plot lies, from its left; in the middle of its height."""
    box = chart(page, "marks where it has no derivative").locator("canvas").bounding_box()
    # Left of the plot stand the labels.
    left = box["x"] + 48
    return left + part * (box["x"] + box["width"] - 14 - left), box["y"] + 0.5 * box["height"]


def test_with_the_mouse_from_jump_to_jump_and_a_hole_filled(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?f=floor")
    expect(verdict(page)).to_contain_text("x = 1. Continuous? No: the function is 1 here")
    page.mouse.click(*at(page, 0.1))
    expect(verdict(page)).to_contain_text("x = −2.")
    page.wait_for_url("**at=-2*")
    expect(page.get_by_role("combobox", name=LIST)).to_have_value("x = −2: jump")
    settled(page)
    quiet(page, 4)
    assert set(frames(page)) == {"4"}
    expect(page.locator(".countdown tr.now td").nth(1)).to_have_text("25.6")
    choose(page, "Function", "A hole")
    expect(verdict(page)).to_contain_text("the function has no value here, though it goes to 2")
    page.get_by_test_id("stCheckbox").get_by_text("Fill the holes").click()
    expect(verdict(page)).to_contain_text("Yes: the slopes from both sides go to 1")
    page.wait_for_url("**fill=true*")
    settled(page)
    page.reload()
    settled(page)
    expect(verdict(page)).to_contain_text("Yes, with the value 2 put in")


def test_the_libraries_answer_while_the_page_goes_on(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    settled(page)
    table = page.get_by_test_id("stTable")
    expect(table).to_have_count(0)
    page.get_by_text("What SymPy, NumPy, SciPy and JAX say at such points").click()
    expect(table).to_have_count(1, timeout=120_000)
    row = table.locator("tr").filter(has_text="scipy.differentiate.derivative(np.abs, 0.0)")
    expect(row).to_contain_text("df = 0.0, error = 0.0, success = True")
    expect(row).to_contain_text("wrong")


def test_with_a_finger_on_a_phone(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(f"{server}{PATH}?f=corners&at=1")
    expect(verdict(page)).to_contain_text("x = 1.")
    canvas = chart(page, "marks where it has no derivative").locator("canvas")
    canvas.scroll_into_view_if_needed()
    page.touchscreen.tap(*at(page, 0.26))
    expect(verdict(page)).to_contain_text("x = −1. Continuous? Yes. Differentiable? No")
    settled(page)
    page.get_by_role("button", name="One step forward").tap()
    expect(shown(page)).to_contain_text(re.compile("step [1-9]"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_the_keyboard_alone(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?f=floor")
    points = page.get_by_role("combobox", name=LIST)
    expect(points).to_have_value("x = 1: jump")
    points.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="x = 2: jump")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text("x = 2.")
    settled(page)
    # The same box is there: the next point is one more key away.
    expect(points).to_be_focused()
    page.get_by_role("spinbutton", name="Any point").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text("x = 0.5. Continuous? Yes. Differentiable? Yes")
    settled(page)
    play(page).focus()
    page.keyboard.press("Enter")
    expect(shown(page)).to_contain_text("step 16 of 16")
