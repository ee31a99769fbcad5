"""Journeys through `automatic` as a visitor makes them: with mouse, finger and keyboard."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import (
    choose,
    frames,
    leave_focus,
    part,
    quiet,
    shown,
    slider,
    verdict,
)
from tests.browser.test_log_loss import chart, unfold, wrong_formulas

PATH = "/automatic"


def test_with_the_mouse_forward_then_in_reverse(server, visitor):
    tab = visitor()
    page = tab.open(server + PATH)
    page.wait_for_load_state("networkidle")
    quiet(page, 0)
    expect(part(page, "value")).to_have_text("Nothing is known yet.")
    before = len(tab.sent)
    forward = page.get_by_role("button", name="One step forward")
    forward.click()
    expect(part(page, "chain")).to_have_text("x′ = 1")
    forward.click()
    expect(part(page, "local")).to_have_text("v₁ by x: 3·x² = 3·2² = 12")
    page.get_by_role("button", name="To the last step").click()
    expect(verdict(page)).to_have_text("f(2) = 9 and f′(2) = 12: 7 nodes, one walk.")
    # All of that without a word to the server.
    assert len(tab.sent) == before
    page.get_by_role("radio", name="in reverse").click()
    page.wait_for_url("**mode=reverse*")
    settled(page)
    quiet(page, 0)
    page.get_by_role("button", name="To the last step").click()
    expect(part(page, "chain")).to_have_text("∂f/∂x = ∂f/∂v₁·(3·x²) + ∂f/∂v₃·(2·x) = 2·12 + (−3)·4 = 12")
    page.get_by_role("button", name="One step back").click()
    expect(part(page, "chain")).to_have_text("∂f/∂v₁ = ∂f/∂v₂·2 = 1·2 = 2")
    page.wait_for_url("**step=13*")
    page.reload()
    settled(page)
    expect(shown(page)).to_have_text("step 13 of 14")
    expect(part(page, "chain")).to_have_text("∂f/∂v₁ = ∂f/∂v₂·2 = 1·2 = 2")


def test_a_node_tells_what_it_is(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?f=square")
    canvas = chart(page, "The graph of x^2").locator("canvas")
    expect(verdict(page)).to_contain_text("f′(3) = 6")
    box = canvas.bounding_box()
    # Two nodes stand in the middle, one layer apart.
    page.mouse.move(box["x"] + box["width"] / 2 + 105, box["y"] + box["height"] / 2 + 14)
    expect(page.locator("#vg-tooltip-element.visible")).to_contain_text("f = x²")


def test_with_the_keyboard_alone(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?f=corner")
    expect(verdict(page)).to_contain_text("f′(1) = ")
    slider(page, "The point").press("ArrowLeft")
    page.wait_for_url("**at=0.9")
    settled(page)
    expect(verdict(page)).to_contain_text("f(0.9) = ")
    box = page.get_by_role("spinbutton", name="or exactly")
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text("At x = 0 the node v₁ = |x| has no local derivative")
    settled(page)
    leave_focus(page)
    page.keyboard.press("ArrowLeft")
    expect(shown(page)).to_have_text("step 5 of 6")
    assert set(frames(page)) == {"5"}
    page.keyboard.press("Space")
    expect(shown(page)).to_have_text("step 6 of 6", timeout=15_000)


def test_with_a_finger_on_a_phone(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(server + PATH)
    expect(verdict(page)).to_contain_text("f′(2) = 12")
    page.get_by_role("button", name="One step back").tap()
    expect(shown(page)).to_have_text("step 6 of 7")
    reverse = page.get_by_role("radio", name="in reverse")
    reverse.scroll_into_view_if_needed()
    reverse.tap()
    page.wait_for_url("**mode=reverse*")
    settled(page)
    expect(shown(page)).to_contain_text("of 14")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_typed_function_and_what_stands_below(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    choose(page, "Function", "My own function")
    settled(page)
    box = page.get_by_role("textbox", name="f =")
    box.fill("<b>x</b>")
    box.press("Enter")
    expect(page.get_by_text("Until you correct it, you see the function below.")).to_be_visible()
    box.fill("x sin x")
    box.press("Enter")
    expect(chart(page, "The graph of x*sin(x)")).to_have_count(1)
    settled(page)
    unfold(page)
    expect(page.get_by_text(re.compile("ε")).first).to_be_visible()
    assert wrong_formulas(page) == []
    output = page.get_by_text("Gradient only defined for scalar-output functions").first
    expect(output).to_be_visible(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
