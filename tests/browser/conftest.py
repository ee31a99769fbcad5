"""A fresh server as `make run` starts it, and a real Chromium that notes everything that goes wrong."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.server import running_server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000
"""Milliseconds to wait for something on the page; a test fails only after that."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a journey that fails once more, as a busy machine makes some late; the summary names each such (R)."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """One server for all journeys."""
    with running_server() as address:
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, else Playwright's own; without either the tests fail, as they should."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


SET_ON_A_PAGE = {"viewport", "color_scheme", "reduced_motion"}
"""What a tab that is there already can still become; all else is chosen with its context."""


class Visit:
    """One visitor's tab: the page, and what went wrong or left the machine since it was opened."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.sent: list[str | bytes] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        self.page.on("websocket", lambda socket: self._leaving(socket.url))
        self.page.on(
            "websocket", lambda socket: socket.on("framesent", lambda frame: self.sent.append(frame))
        )
        context.on("response", lambda response: self._failed(response.status, response.url))
        context.on("request", lambda request: self._leaving(request.url))

    def open(self, url: str) -> Page:
        """Open the address and wait until the app has drawn its page."""
        self._look()
        self.page.goto(url)
        settled(self.page)
        return self.page

    def _look(self) -> None:
        """Note the exceptions that the page shows, which is about to be left."""
        shown = self.page.locator("[data-testid=stException]").all_inner_texts()
        self.wrong += [f"exception: {text}" for text in shown]

    def leave(self) -> None:
        """Say what went wrong while the server still answers, and leave the page."""
        self._look()
        wrong, outside = [*self.wrong], [*self.outside]
        self.page.evaluate(
            "() => location.origin === 'null' || (localStorage.clear(), sessionStorage.clear())"
        )
        self.page.goto("about:blank")
        assert wrong == []
        assert outside == []

    def as_new(self, viewport=None, color_scheme="light", reduced_motion="no-preference") -> None:
        """Make of a tab that was left one that nobody has used, but for what the browser keeps of our files."""
        self.page.context.clear_cookies()
        self.page.context.clear_permissions()
        tools = self.page.context.new_cdp_session(self.page)
        tools.send("Page.resetNavigationHistory")
        tools.detach()
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(viewport or {"width": 1280, "height": 720})
        self.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        for notes in (self.wrong, self.outside, self.sent):
            notes.clear()

    def _note(self, message: ConsoleMessage) -> None:
        # Vega begins its warnings so; others tell of a server that a test has stopped.
        if message.type == "error" or message.text.startswith("WARN"):
            self.wrong.append(f"console: {message.text} ({urlsplit(message.location.get('url', '')).path})")

    def _failed(self, status: int, url: str) -> None:
        if status >= 400:
            self.wrong.append(f"{status}: {url}")

    def _leaving(self, url: str) -> None:
        parts = urlsplit(url)
        inside = parts.scheme in ("data", "blob", "about") or parts.hostname in ("127.0.0.1", "localhost")
        if not inside:
            self.outside.append(url)


def settled(page: Page) -> None:
    """Wait until the script and the cells have run and no part of the page is about to be replaced."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] h1", timeout=PATIENCE)
    expect(page.locator("[class*=st-key-][class*=-running]")).to_have_count(0)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)


def still(page: Page) -> None:
    """Wait until nothing unfolds any more: it grows for a third of a second, and a click beside a link is none."""
    page.wait_for_function(
        """() => {
          const before = window.heightBefore
          window.heightBefore = document.querySelector("[data-testid=stMain]").scrollHeight
          return window.heightBefore === before
        }""",
        polling=200,
    )


@pytest.fixture(scope="session")
def left() -> list[Visit]:
    """The tabs that tests have left: a page opens in them in half the time, as its scripts are compiled."""
    return []


@pytest.fixture
def visitor(browser, left):
    """`visitor(**options)` opens a tab in a context that it shares with no other of the test.

    Nothing may go wrong in it.
    """

    def visit(**options) -> Visit:
        if options.keys() <= SET_ON_A_PAGE:
            tab = left.pop() if left else Visit(browser.new_context())
            tab.as_new(**options)
            # Callbacks run from the last to the first; one is used again only if it was left without a fault.
            ending.callback(lambda: (tab.leave(), left.append(tab)))
        else:
            tab = Visit(browser.new_context(**options))
            ending.callback(tab.page.context.close)
            ending.callback(tab.leave)
        return tab

    with ExitStack() as ending:
        yield visit
