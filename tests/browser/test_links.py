"""The link is the state, in a real browser: Back, Forward, and the copy button."""

import random
import re
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.shared.menu import HOME, LESSONS
from tests.browser.conftest import settled
from tests.pages.random_links import random_link
from tests.server import running_server

STILL = {"reduced_motion": "reduce"}
COPIED = 4
"""Links of each lesson that are copied: 30 in all."""


def go_to(page: Page, lesson) -> None:
    """By the menu, as a visitor does."""
    menu = page.get_by_test_id("stTopNav")
    if lesson is not HOME:
        menu.get_by_text(lesson.section, exact=True).click()
    page.locator("a").filter(has_text=lesson.title).last.click()
    on(page, lesson)


def on(page: Page, lesson) -> None:
    expect(page.locator("h1")).to_contain_text(lesson.title)
    settled(page)


def lesson_at(path: str):
    return next(lesson for lesson in LESSONS if lesson.url_path == path)


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def test_back_and_forward_restore_the_screens_that_were_left(server, visitor):
    page = visitor(**STILL).open(f"{server}/linear-regression?rate=0.05&steps=200")
    entries = page.evaluate("history.length")
    go_to(page, lesson_at("square-loss"))
    page.get_by_text("Add it", exact=True).click()
    expect(page).to_have_url(f"{server}/square-loss?add=true")
    go_to(page, lesson_at("local-and-global-minima"))
    page.get_by_label("Twenty more balls").first.set_checked(True, force=True)
    page.wait_for_url("**?*balls=true*")
    assert page.evaluate("history.length") == entries + 2
    page.go_back()
    on(page, lesson_at("square-loss"))
    expect(page).to_have_url(f"{server}/square-loss?add=true")
    expect(page.get_by_label("Add it").first).to_be_checked()
    page.go_back()
    on(page, lesson_at("linear-regression"))
    assert query(page) == "rate=0.05&steps=200"
    expect(page.get_by_text("The rate 0.05").or_(page.get_by_text("0.05: ")).first).to_be_visible()
    expect(page.get_by_role("slider", name="Steps")).to_have_value("200")
    page.go_forward()
    page.go_forward()
    on(page, lesson_at("local-and-global-minima"))
    expect(page.get_by_label("Twenty more balls").first).to_be_checked()
    for _ in range(3):
        # As fast as one presses.
        page.go_back()
        page.go_back()
        on(page, lesson_at("linear-regression"))
        assert query(page) == "rate=0.05&steps=200"
        page.go_forward()
        page.go_forward()
        on(page, lesson_at("local-and-global-minima"))
        assert query(page) == "balls=true"
    assert page.evaluate("history.length") == entries + 2
    go_to(page, HOME)
    assert page.evaluate("history.length") == entries + 3


def test_two_visits_of_one_page_keep_their_own_screens(server, visitor):
    """Pressed twice, Back leads from one visit of a page straight to an earlier one of the same page."""
    square = lesson_at("square-loss")
    page = visitor(**STILL).open(f"{server}/square-loss?outlier=7")
    go_to(page, lesson_at("linear-regression"))
    go_to(page, square)
    page.get_by_text("Add it", exact=True).click()
    expect(page).to_have_url(f"{server}/square-loss?add=true")
    for _ in range(3):
        page.evaluate("history.go(-2)")
        expect(page).to_have_url(f"{server}/square-loss?outlier=7")
        on(page, square)
        expect(page.get_by_label("Add it").first).not_to_be_checked()
        expect(page.get_by_role("slider", name="An outlier at")).to_have_value("7")
        page.evaluate("history.go(2)")
        expect(page).to_have_url(f"{server}/square-loss?add=true")
        on(page, square)
        expect(page.get_by_label("Add it").first).to_be_checked()


def test_what_was_just_changed_is_in_the_copied_link(server, visitor):
    page = visitor(**STILL).open(f"{server}/square-loss")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Add it", exact=True).click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}/square-loss?add=true"


def test_after_back_a_link_that_is_followed_without_a_pointer_is_a_new_visit(server, visitor):
    """As a screen reader does."""
    page = visitor(**STILL).open(f"{server}/square-loss?add=true")
    go_to(page, HOME)
    page.go_back()
    on(page, lesson_at("square-loss"))
    page.evaluate("document.querySelector('[data-testid=stTopNav] a').click()")
    on(page, HOME)
    expect(page).to_have_url(f"{server}/")


ROWS = [(900 + 7 * i, 100_000 + 250 * i + i * 37 % 91 * 100) for i in range(100)]


def test_after_a_restart_of_the_server_a_lost_file_is_named(visitor):
    tab = visitor(**STILL)
    with running_server() as address:
        page = tab.open(f"{address}/linear-regression?data=csv&steps=77")
        file = "sqft,cost\n" + "".join(f"{x},{y}\n" for x, y in ROWS)
        page.set_input_files(
            "input[type=file]", {"name": "long.csv", "mimeType": "text/csv", "buffer": file.encode()}
        )
        expected = f"{address}/linear-regression?data=csv&file=long.csv&x=sqft&y=cost&steps=77"
        expect(page).to_have_url(expected)
    with running_server(port=urlsplit(address).port):
        # The page connects by itself, and asks for nothing.
        page.wait_for_event("websocket")
        expect(page.get_by_test_id("stConnectionStatus")).to_have_count(0)
        page.get_by_role("slider", name="Steps").press("ArrowRight")
        expect(page.get_by_text("Upload long.csv again")).to_be_visible()
        expect(page).to_have_url(expected)
        page.goto("about:blank")
    tab.wrong = [
        note for note in tab.wrong if "ERR_CONNECTION_REFUSED" not in note and "WebSocket" not in note
    ]


def test_back_finds_a_table_that_no_link_carries(server, visitor):
    page = visitor(**STILL).open(f"{server}/linear-regression?data=table&points=1_10~2_20~3_35")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "\n".join(f"{x}\t{y}" for x, y in ROWS))
    grid = page.get_by_test_id("stDataFrame").first
    grid.click(position={"x": 80, "y": 50})
    page.keyboard.press("Control+v")
    expect(page.get_by_text("it carries only the name")).to_be_visible()
    expect(page).to_have_url(re.compile("file=table"))
    alt = page.locator("[data-testid=stVegaLiteChart]").first.inner_text()
    link = page.url
    go_to(page, lesson_at("square-loss"))
    page.go_back()
    on(page, lesson_at("linear-regression"))
    expect(page.get_by_text("it carries only the name")).to_be_visible()
    assert page.locator("[data-testid=stVegaLiteChart]").first.inner_text() == alt
    other = visitor(**STILL).open(link)
    expect(other.get_by_text("Missing: table of")).to_be_visible()
    assert other.url == link


def test_back_restores_an_own_table_and_the_step(server, visitor):
    page = visitor(**STILL).open(f"{server}/square-loss?points=1~2~9&step=7")
    expect(page.locator(".downhill-player output")).to_contain_text("step 7 of")
    go_to(page, HOME)
    page.go_back()
    on(page, lesson_at("square-loss"))
    assert sorted(query(page).split("&")) == ["points=1~2~9", "step=7"]
    expect(page.locator(".downhill-player output")).to_contain_text("step 7 of")
    expect(page.get_by_text("mean 4").or_(page.get_by_text("= 4 =")).first).to_be_attached()


def test_a_bad_link_is_mended_in_the_address_and_the_page_says_so(server, visitor):
    page = visitor(**STILL).open(f"{server}/square-loss?rate=0.30&steps=--5&outlier=7&bogus=1&utm_source=x")
    expect(page).to_have_url(f"{server}/square-loss?outlier=7&rate=0.3")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("steps")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.url_path)
def test_the_copied_link_opens_the_same_screen(lesson, server, visitor):
    one, other = visitor(**STILL), visitor(**STILL)
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for seed in range(COPIED):
        link = random_link(lesson, random.Random(seed))
        page = one.open(f"{server}/{lesson.url_path}?{urlencode(link)}")
        expect(page.locator(".downhill-player output")).to_contain_text("step")
        last = page.get_by_role("button", name="To the last step")
        # Where nothing runs, as while one guesses, there is no step to rest at.
        if seed % 2 and last.is_visible():
            last.click()
            page.get_by_role("button", name="One step back").click()
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator(".downhill-player .said")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url
        assert seen(other.open(copied)) == seen(page), copied
        expect(other.page).to_have_url(copied)


def seen(page: Page) -> dict:
    """The words, the values of the inputs, and what the charts say, apart from a notice about the link."""
    expect(page.locator(".downhill-player output")).to_contain_text("step")
    return page.evaluate(
        """() => {
        const main = document.querySelector("[data-testid=stMain]")
        const warning = main.querySelector("[data-testid=stAlert]:has([data-testid=stAlertContentWarning])")
        const notice = warning?.innerText.includes("This link") ? warning.innerText : "Copied"
        const lines = main.innerText.replace(notice, "").replace("Copied", "").split("\\n")
        const all = (selector) => [...main.querySelectorAll(selector)]
        return {
            words: lines.map((line) => line.trim()).filter(Boolean),
            values: all("input, select").map((box) => (box.type === "checkbox" ? box.checked : box.value)),
            charts: all("[role=graphics-document], canvas").map((part) => part.ariaLabel),
        }
    }"""
    )
