"""Journeys through `symbolic` as a visitor makes them: with mouse, finger and keyboard."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled, still
from tests.browser.test_linear_regression import (
    choose,
    frames,
    leave_focus,
    part,
    play,
    quiet,
    shown,
    verdict,
)

PATH = "/symbolic"


def outputs(page: Page, code: str):
    """What stands beside the cell with this code, in the other column."""
    cell = page.get_by_test_id("stHorizontalBlock").filter(has_text=code).last
    return cell.get_by_test_id("stColumn").nth(1)


def unfold(page: Page, section: str) -> None:
    page.get_by_test_id("stExpander").filter(has_text=section).locator("summary").click()
    settled(page)
    still(page)


def test_with_the_mouse_a_function_through_all_cells_and_home(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    expect(verdict(page)).to_contain_text(
        "f applied 6 times: the derivative, written out, is 6,027 characters long."
    )
    unfold(page, "Functions in Python")
    expect(outputs(page, "print(f(3))")).to_contain_text("32")
    settled(page)
    # A list that scrolls into view as it is opened closes again.
    page.get_by_role("combobox", name="Function").scroll_into_view_if_needed()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    choose(page, "Function", "The lab’s first: x²")
    expect(outputs(page, "print(f(3))")).to_contain_text("9")
    expect(outputs(page, "x_array = np.array([1, 2, 3])")).to_contain_text("f'(x): [2 4 6]")
    settled(page)
    unfold(page, "Expressions: built, changed, evaluated")
    expect(outputs(page, "f_symb(x_array)").first).to_contain_text("TypeError: 'Pow' object is not callable")
    unfold(page, "Where it fails")
    failed = outputs(page, "dfdx_abs_numpy(np.array")
    expect(failed).to_contain_text("PrintMethodNotImplementedError")
    expect(failed).to_contain_text("name 'Derivative' is not defined")
    with page.expect_download() as download:
        failed.get_by_role("button", name="Download this cell").click()
    made = json.loads(Path(download.value.path()).read_text("utf-8"))
    code = ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"]
    assert code[0] == "import numpy as np"
    assert code[-1].startswith("dfdx_abs_numpy = lambdify(x, dfdx_abs, 'numpy')")
    assert len(code) == 5
    page.wait_for_url("**f=square*")
    page.reload()
    settled(page)
    unfold(page, "Functions in Python")
    expect(outputs(page, "print(f(3))")).to_contain_text("9")


def test_the_player_puts_f_into_itself(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH)
    page.wait_for_load_state("networkidle")
    quiet(page, 5)
    before = len(tab.sent)
    page.get_by_role("button", name="To the first step").click()
    expect(part(page, "formula")).to_have_text("2*(3*x^2) - 3*(2*x)")
    page.get_by_role("button", name="One step forward").click()
    expect(verdict(page)).to_contain_text("f applied 2 times")
    assert set(frames(page)) == {"1"}
    assert page.locator(".countdown tbody tr:not(.later)").count() == 2
    expect(page.locator(".countdown tr.now td").nth(1)).to_have_text("65")
    assert len(tab.sent) == before


def test_with_a_finger_on_a_phone(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(f"{server}{PATH}?f=hill")
    page.get_by_role("button", name="One step back").tap()
    expect(shown(page)).to_contain_text(re.compile("step 4"))
    section = page.get_by_test_id("stExpander").filter(has_text="Exact, not rounded")
    section.scroll_into_view_if_needed()
    section.locator("summary").tap()
    expect(section).to_contain_text("3*sqrt(2)")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_the_keyboard_alone(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?f=own&own=x^3")
    page.locator("summary").filter(has_text="Functions in Python").focus()
    page.keyboard.press("Enter")
    expect(outputs(page, "print(f(3))")).to_contain_text("27")
    point = page.get_by_role("spinbutton", name="The point, x =")
    point.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(outputs(page, "print(f(2))")).to_contain_text("8")
    settled(page)
    page.get_by_role("textbox", name="The array").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1, -0.5")
    page.keyboard.press("Enter")
    expect(outputs(page, "x_array = np.array([1, -0.5])")).to_contain_text("f(x): [ 1.    -0.125]")
    settled(page)
    page.get_by_role("textbox", name="f(x) =").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("x^2 +")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Until you correct it, you see the function below")
    expect(outputs(page, "print(f(2))")).to_contain_text("8")
    settled(page)
    leave_focus(page)
    page.keyboard.press("ArrowLeft")
    expect(shown(page)).to_contain_text("step 4 of 5")
    play(page).focus()
    page.keyboard.press("Enter")
    expect(shown(page)).to_contain_text("step 5 of 5")
