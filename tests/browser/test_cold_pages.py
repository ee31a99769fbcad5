"""Every page in a browser: a fresh server, the frame, what axe finds, a walk through all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.shared.menu import HOME, LESSONS
from tests.browser.conftest import settled
from tests.server import commands, running_server

ALL_LESSONS = (HOME, *LESSONS)
each_lesson = pytest.mark.parametrize("lesson", ALL_LESSONS, ids=lambda lesson: lesson.url_path or "home")


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.split()[0])
def test_a_cold_deep_link_shows_the_frame_and_the_page(command, visitor):
    """The server is started as README says."""
    with running_server(command) as address:
        tab = visitor()
        shows(tab.open(f"{address}/{LESSONS[0].url_path}"), LESSONS[0])
        tab.leave()


def shows(page, lesson) -> None:
    """The frame, and the lesson, and nothing that complains."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_test_id("stTopNav")).to_be_visible()
    expect(page.get_by_role("link", name=HOME.title).first).to_be_visible()
    for section in {each.section for each in LESSONS}:
        expect(page.get_by_test_id("stTopNav").get_by_text(section, exact=True)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_test_id("stAlert").filter(has_text="could not")).to_have_count(0)
    assert page.title() == lesson.title
    expect(page.locator("h1")).to_contain_text(lesson.title)


def test_an_address_that_is_no_page_says_so(server, visitor):
    tab = visitor()
    tab.page.goto(f"{server}/no-such-page")
    expect(tab.page.get_by_role("dialog")).to_contain_text("Page not found")
    settled(tab.page)
    # Where the root of an address lies that nobody knows, Streamlit finds out by two requests that fail.
    expected = ("does not seem to exist", "no-such-page/_stcore/")
    assert [note for note in tab.wrong if not any(part in note for part in expected)] == []
    tab.wrong.clear()


@each_lesson
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(lesson, scheme, width, server, visitor):
    options = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    page = visitor(**options).open(f"{server}/{lesson.url_path}")
    if width == 1280:
        shows(page, lesson)
    if lesson.url_path == "linear-regression":
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
    for lesson in (*LESSONS, *reversed(LESSONS)):
        menu = page.get_by_test_id("stTopNav")
        menu.get_by_text(lesson.section, exact=True).click()
        page.locator("a").filter(has_text=lesson.title).last.click()
        expect(page.locator("h1")).to_contain_text(lesson.title)
        settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
