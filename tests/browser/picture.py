"""Take README's pictures, one of each lesson: `python -m tests.browser.picture` with the app on port 8501."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from pages.shared.menu import PATH

DOCS = Path(__file__).resolve().parents[2] / "docs"
APP = "http://localhost:8501/"
SCREENS = {path: path for path in PATH} | {
    "linear-regression": "linear-regression?data=sacramento&standardise=false&rate=0.07&method=momentum&step=9",
    "instantaneous-rate": "instantaneous-rate?step=2",
    "derivative-rules": "derivative-rules?f=deep",
    "differentiability": "differentiability?f=corners&step=2",
    "local-and-global-minima": "local-and-global-minima?variables=2&ground=basins",
    "log-loss": "log-loss?show=classifier",
    "numerical": "numerical?step=11",
    "automatic": "automatic?mode=reverse",
}
COLOURS = 96
"""Enough for a screen of flat colours, at a third of the bytes."""


def take(page: Page, screen: str) -> bytes:
    """The first screen of a lesson, when all of it stands still."""
    page.goto(APP + screen)
    page.locator(".downhill-player output").wait_for()
    page.locator("canvas.marks").first.wait_for(timeout=60_000)
    page.get_by_text("Stop", exact=True).wait_for(state="hidden", timeout=60_000)
    page.wait_for_timeout(3_000)
    return page.screenshot()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        for path, screen in SCREENS.items():
            picture = Image.open(BytesIO(take(shown, screen))).convert("RGB")
            picture.quantize(COLOURS).save(DOCS / f"{path}.png", optimize=True)
        browser.close()
