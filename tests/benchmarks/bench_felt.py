"""How long one visitor waits: from a key to the first chart that is drawn anew, alone on the machine.

usage: python -m tests.benchmarks felt

A key on the player moves the charts in the browser; one on a control asks the server. Chromium runs on the same
machine.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Locator, Page

from pages.shared.menu import LESSONS
from tests.benchmarks.timing import milliseconds, print_table
from tests.browser.conftest import chromium, settled
from tests.server import running_server

PRESSES = 20
WATCH = """
    const felt = window.felt = {}
    const pressed = ({ timeStamp }) => Object.assign(felt, { pressed: timeStamp, heard: null, drawn: null })
    addEventListener("keydown", pressed, true)
    const clear = CanvasRenderingContext2D.prototype.clearRect
    CanvasRenderingContext2D.prototype.clearRect = function (...all) {
        if (felt.pressed && !felt.drawn && (felt.heard || !felt.asks)) felt.drawn = performance.now()
        return clear.apply(this, all)
    }
    const Socket = WebSocket
    window.WebSocket = class extends Socket {
        constructor(...all) {
            super(...all)
            this.addEventListener("message", () => { felt.heard ??= performance.now() })
        }
    }
"""
"""A chart is cleared before it is drawn; what is drawn before the server has answered is not its answer."""


def main() -> None:
    """Print the table."""
    with running_server() as address, chromium() as browser:
        rows = []
        for lesson in LESSONS:
            page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
            page.add_init_script(WATCH)
            page.goto(f"{address}/{lesson.url_path}?step=0")
            settled(page)
            page.locator("canvas.marks").first.wait_for()
            rows.append((lesson.url_path, *steps(page), *answers(page)))
            page.close()
    print_table(
        f"From a key to a chart, {PRESSES} times each: python -m tests.benchmarks felt",
        ["", "a step p50", "max", "a control p50", "max"],
        rows,
    )


def steps(page: Page) -> tuple[str, str]:
    """A step forward and one back."""
    page.locator(".downhill-player .play").wait_for()
    player = page.locator(".downhill-player input")
    return summary(page, player, asks=False) if player.is_visible() else ("–", "–")


def answers(page: Page) -> tuple[str, str]:
    """A slider to the right and to the left, or a number up and down."""
    main = page.get_by_test_id("stMain")
    for control in (main.get_by_test_id("stSlider").get_by_role("slider"), main.get_by_role("spinbutton")):
        # On symbolic the box only changes the cells below the charts.
        if control.first.is_visible() and "symbolic" not in page.url:
            return summary(page, control.first, asks=True)
    return "–", "–"


def summary(page: Page, control: Locator, asks: bool) -> tuple[str, str]:
    """The median and the most of several presses."""
    typed = control.get_attribute("type") != "range"
    control.focus()
    page.evaluate("(asks) => { felt.asks = asks }", asks)
    times = []
    keys = ("ArrowUp", "ArrowDown") if typed else ("ArrowRight", "ArrowLeft")
    for press in range(PRESSES):
        page.keyboard.press(keys[press % 2])
        page.wait_for_function("felt.drawn")
        times.append(page.evaluate("felt.drawn - felt.pressed") / 1000)
        settled(page)
    return milliseconds(statistics.median(times)), milliseconds(max(times))
