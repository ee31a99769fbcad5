"""Controls in a popover are drawn by the browser only while it is open: they have to have their values all the same."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled

PATHS = ("linear-regression?steps=50", "local-and-global-minima", "local-and-global-minima?variables=2",
         "log-versus-product?steps=90", "square-loss?steps=70", "log-loss?show=classifier&steps=200")  # fmt: skip


def inside(page: Page) -> list[str]:
    """The values of the controls in the page's popover, which is opened and closed again."""
    page.get_by_test_id("stPopover").get_by_role("button").first.click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body.locator("input").first).to_be_visible()
    settled(page)
    values = body.locator("input").evaluate_all("(boxes) => boxes.map((box) => box.value)")
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)
    return values


def move(page: Page, key: str) -> None:
    """One step of the first slider, which the address follows."""
    before = page.url
    page.get_by_test_id("stMain").get_by_role("slider").and_(
        page.locator("input:not([aria-label='Step of the run'])")
    ).first.press(key)
    page.wait_for_function("(before) => location.href !== before", arg=before)
    settled(page)


@pytest.mark.parametrize("path", PATHS)
def test_a_popover_that_is_opened_late_shows_what_counts(path, server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}/{path}")
    at_first = inside(page)
    assert at_first
    other = visitor(reduced_motion="reduce").open(f"{server}/{path}")
    move(other, "ArrowRight")
    move(other, "ArrowLeft")
    assert inside(other) == at_first
    move(other, "ArrowRight")
    move(other, "ArrowLeft")
    expect(other).to_have_url(page.url)


def test_a_preset_s_interval_arrives_in_a_popover_that_was_open_before(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}/local-and-global-minima?f=comb")
    assert {"-10", "10"} <= set(inside(page))
    page.get_by_role("combobox", name="Function").click()
    page.get_by_role("option", name="x sin x").click()
    settled(page)
    expect(page).to_have_url(f"{server}/local-and-global-minima?f=x-sin-x")
    move(page, "ArrowRight")
    move(page, "ArrowLeft")
    assert {"-12", "12", "1.8"} <= set(inside(page))
    expect(page).to_have_url(f"{server}/local-and-global-minima?f=x-sin-x")
