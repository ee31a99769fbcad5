"""A fresh server as `make run` starts it, and a real Chromium that notes everything that goes wrong."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

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


@dataclass
class Visit:
    """One visitor's tab: the page, and what went wrong or left the machine since it was opened."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)

    def open(self, url: str) -> Page:
        """Open the address and wait until the app has drawn its page."""
        self.page.goto(url)
        settled(self.page)
        return self.page


def settled(page: Page) -> None:
    """Wait until the script has run and no part of the page is about to be replaced."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] h1", timeout=PATIENCE)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)


@pytest.fixture
def visitor(browser):
    """`visitor(**options)` opens a tab in a context of its own, in which nothing may go wrong."""
    opened: list[Visit] = []

    def visit(**options) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}} | options)
        context.set_default_timeout(PATIENCE)
        tab = Visit(context.new_page())
        opened.append(tab)
        tab.page.on("console", lambda message: _note(tab, message))
        tab.page.on("pageerror", lambda error: tab.wrong.append(f"page error: {error}"))
        context.on("response", lambda response: _failed(tab, response.status, response.url))
        context.on("request", lambda request: _leaving(tab, request.url))
        tab.page.on("websocket", lambda socket: _leaving(tab, socket.url))
        tab.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: tab.sent.append(frame)))
        return tab

    yield visit
    for tab in opened:
        shown = tab.page.locator("[data-testid=stException]").all_inner_texts()
        tab.page.context.close()
        assert shown == []
        assert tab.wrong == []
        assert tab.outside == []


def _note(tab: Visit, message: ConsoleMessage) -> None:
    # Vega begins its warnings so; others tell of a server that a test has stopped.
    if message.type == "error" or message.text.startswith("WARN"):
        tab.wrong.append(f"console: {message.text} ({urlsplit(message.location.get('url', '')).path})")


def _failed(tab: Visit, status: int, url: str) -> None:
    if status >= 400:
        tab.wrong.append(f"{status}: {url}")


def _leaving(tab: Visit, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname not in ("127.0.0.1", "localhost"):
        tab.outside.append(url)
