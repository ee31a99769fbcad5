"""Journeys through `instantaneous-rate` as a visitor makes them."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import frames, leave_focus, part, quiet, shown, slider, verdict
from tests.browser.test_log_loss import chart


def test_the_secant_becomes_the_tangent_by_keys_alone(server, visitor):
    tab = visitor()
    page = tab.open(server + "/instantaneous-rate")
    page.wait_for_load_state("networkidle")
    quiet(page, 0)
    expect(part(page, "quotient")).to_have_text("16")
    before = len(tab.sent)
    leave_focus(page)
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("step 1 of 16")
    assert set(frames(page)) == {"1"}
    expect(part(page, "quotient")).to_have_text("16.15")
    assert page.locator(".countdown tbody tr:not(.later)").count() == 2
    page.get_by_role("button", name="To the last step").press("Enter")
    expect(verdict(page)).to_contain_text(
        "0/0 is no number. Yet the slopes have a limit, the derivative: 16.2 m/s."
    )
    assert len(tab.sent) == before
    slider(page, "The point").press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"at=12\.45"))


def test_the_point_is_dragged_along_the_curve(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + "/instantaneous-rate?f=wave")
    canvas = chart(page, "a secant whose second point").locator("canvas")
    box = canvas.bounding_box()
    page.wait_for_load_state("networkidle")
    before = len(tab.sent)
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    for across in (0.45, 0.5, 0.55, 0.6, 0.7):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"at=1\.\d+"))
    settled(page)
    assert len(tab.sent) - before <= 4


def test_a_guess_is_made_and_then_judged(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + "/instantaneous-rate?f=wave")
    page.get_by_role("radio", name="predict").click()
    settled(page)
    expect(page.locator(".downhill-readout")).to_have_count(0)
    slider(page, "Slope of my tangent").press("ArrowRight")
    expect(page).to_have_url(re.compile("guess="))
    page.get_by_role("radio", name="compare").click()
    expect(page.get_by_text("I was off by")).to_be_visible()
    expect(page).to_have_url(re.compile("predict=compare"))
    page.reload()
    settled(page)
    expect(page.get_by_text("I was off by")).to_be_visible()


def test_a_finger_moves_the_point(server, visitor):
    page = visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open(
        server + "/instantaneous-rate?f=wave"
    )
    canvas = chart(page, "a secant whose second point").locator("canvas")
    box = canvas.bounding_box()
    page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    expect(page).to_have_url(re.compile(r"at=\d"))


def test_while_one_guesses_the_player_leaves_only_the_link(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}/instantaneous-rate?predict=guess")
    link, back = (page.get_by_role("button", name=name) for name in ("Copy the link", "One step back"))
    expect(link).to_be_visible()
    expect(back).to_have_count(0)
    page.get_by_role("radio", name="watch").click()
    settled(page)
    expect(back).to_be_visible()


def test_a_curve_with_a_pole_is_still_there_when_the_window_changes(server, visitor):
    """As when a phone is turned: marks far outside the chart must not keep it from being drawn."""
    page = visitor(reduced_motion="reduce").open(f"{server}/instantaneous-rate?f=own&own=1/x&at=0")
    page.set_viewport_size({"width": 1000, "height": 800})
    page.wait_for_function(
        """() => {
          const canvas = document.querySelector("[aria-label^='A curve'] canvas")
          const { width, height } = canvas
          const [x, y] = [Math.round(0.9 * width), Math.round(0.3 * height)]
          const seen = canvas.getContext("2d").getImageData(x, y, 20, Math.round(0.4 * height)).data
          return width < 400 && seen.some((part) => part)
        }"""
    )
