"""Take the picture at the top of README.md: `python -m tests.browser.picture` with the app on port 8501."""

from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parents[2] / "docs" / "linear-regression.png"
URL = "http://localhost:8501/linear-regression?data=sacramento&standardise=false&rate=0.07&method=momentum&step=9"

if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(URL)
        page.get_by_text("step 9 of").wait_for(timeout=60_000)
        page.wait_for_timeout(2_000)
        page.screenshot(path=TARGET)
        browser.close()
