"""Every URL path, opened as the very first request of a fresh server."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.shared.menu import HOME, LESSONS
from tests.browser.conftest import settled

ALL_LESSONS = (HOME, *LESSONS)
each_view = pytest.mark.parametrize("view", ALL_LESSONS, ids=lambda view: view.url_path or "home")


@each_view
def test_a_cold_deep_link_shows_the_frame_and_the_page(view, fresh_server, visitor):
    page = visitor().open(f"{fresh_server}/{view.url_path}")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_test_id("stTopNav")).to_be_visible()
    expect(page.get_by_role("link", name=HOME.title).first).to_be_visible()
    for section in {each.section for each in LESSONS}:
        expect(page.get_by_test_id("stTopNav").get_by_text(section, exact=True)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_test_id("stAlert").filter(has_text="could not")).to_have_count(0)
    assert page.title() == view.title
    expect(page.locator("h1")).to_contain_text(view.title)


def test_an_address_that_is_no_page_says_so(server, visitor):
    tab = visitor()
    tab.page.goto(f"{server}/no-such-page")
    expect(tab.page.get_by_role("dialog")).to_contain_text("Page not found")
    settled(tab.page)
    assert [note for note in tab.wrong if "does not seem to exist" not in note] == []
    tab.wrong.clear()


@each_view
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(view, scheme, width, server, visitor):
    options = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    page = visitor(**options).open(f"{server}/{view.url_path}")
    if view.url_path == "linear-regression":
        expect(page.locator(".downhill-player output")).to_contain_text("100 of 100")
    mended(page)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []
    assert sideways(page) == []


def mended(page) -> None:
    """Wait until the last part of the page has mended Streamlit's menu, and has made what scrolls focusable."""
    expect(page.locator("[data-testid=stSidebarNavItems]:not([role])")).to_have_count(0)
    page.wait_for_function(
        """() => [...document.querySelectorAll(".katex-display, [data-testid=stTable] > div")]
        .every((part) => part.scrollWidth <= part.clientWidth || part.tabIndex === 0)"""
    )


def sideways(page) -> list[str]:
    """The parts of the page that are wider than the screen."""
    return page.evaluate(
        """() => [document.documentElement, document.body,
            ...document.querySelectorAll('[data-testid=stMain]')]
        .filter((part) => part.scrollWidth > part.clientWidth + 2)
        .map((part) => `${part.tagName} ${part.scrollWidth} > ${part.clientWidth}`)"""
    )


def test_a_walk_through_all_pages_breaks_none(server, visitor):
    """Pages share names such as `start`: what one leaves behind may be nonsense on the next."""
    tab = visitor(reduced_motion="reduce")
    page = tab.open(f"{server}/log-versus-product?start=0.5")
    for view in (*LESSONS, *reversed(LESSONS)):
        menu = page.get_by_test_id("stTopNav")
        menu.get_by_text(view.section, exact=True).click()
        page.locator("a").filter(has_text=view.title).last.click()
        expect(page.locator("h1")).to_contain_text(view.title)
        settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
