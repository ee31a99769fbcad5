"""Journeys through `derivative-rules` as a visitor makes them."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_cold_pages import sideways
from tests.browser.test_linear_regression import frames, leave_focus, part, quiet, shown

PRACTISE = "/derivative-rules?look=practise&rule=own&own=sin(2x)"
ROWS = ".st-key-revealed tbody tr"


def seen(page: Page) -> int:
    """How many rows of the derivation are shown."""
    return page.locator(ROWS).evaluate_all(
        "rows => rows.filter(row => getComputedStyle(row).visibility === 'visible').length"
    )


def box(page: Page):
    return page.get_by_role("textbox", name="f′(x) =")


def test_the_derivation_is_revealed_step_by_step_by_keys_alone(server, visitor):
    tab = visitor()
    page = tab.open(server + "/derivative-rules?step=0")
    page.wait_for_load_state("networkidle")
    quiet(page, 0)
    assert seen(page) == 1
    before = len(tab.sent)
    leave_focus(page)
    for step in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        expect(shown(page)).to_contain_text(f"step {step} of 5")
        assert seen(page) == step + 1
        assert set(frames(page)) == {str(step)}
    page.get_by_role("button", name="To the last step").press("Enter")
    expect(page.locator(ROWS).last).to_contain_text("SymPy")
    assert seen(page) == 6
    assert len(tab.sent) == before


def test_what_a_rule_makes_has_the_themes_colour(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + "/derivative-rules")
    changed = page.locator('.katex-html [style*="linktext"]').first
    expect(changed).to_have_css("color", "rgb(0, 90, 156)")
    page.emulate_media(color_scheme="dark")
    expect(changed).to_have_css("color", "rgb(108, 184, 238)")


def test_an_answer_typed_wrong_is_corrected_by_the_keyboard(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PRACTISE)
    box(page).fill("cos(2x)")
    box(page).press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("The inner derivative is missing")
    box(page).fill("2cos(2x")
    box(page).press("Enter")
    expect(page.get_by_test_id("stCode")).to_contain_text("^")
    box(page).fill("2cos(2x)")
    box(page).press("Enter")
    expect(page.get_by_test_id("stAlert")).to_have_text(re.compile("Right"))
    expect(page.get_by_text("My own function 1")).to_be_visible()
    expect(page).to_have_url(re.compile(r"answer=2cos(\(|%28)2x(\)|%29)"))
    page.reload()
    settled(page)
    expect(box(page)).to_have_value("2cos(2x)")
    expect(page.get_by_test_id("stAlert")).to_have_text(re.compile("Right"))


def test_three_wrong_answers_open_the_worked_solution(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PRACTISE)
    for answer in ("x", "2x", "cos(2x)"):
        box(page).fill(answer)
        box(page).press("Enter")
        expect(page).to_have_url(re.compile(r"answer="))
        settled(page)
    expect(page.locator(ROWS).filter(has_text="here")).not_to_have_count(0)
    expect(page.locator(ROWS).last).to_be_visible()


def test_the_keys_help_a_finger(server, visitor):
    """A sign goes where the caret is, the box keeps the focus, and nothing is sent before Enter."""
    tab = visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = tab.open(server + "/derivative-rules?look=practise&rule=own&own=x^3")
    settled(page)
    box(page).tap()
    page.keyboard.type("3x2")
    page.keyboard.press("ArrowLeft")
    before = len(tab.sent)
    page.get_by_role("button", name="^", exact=True).tap()
    expect(box(page)).to_have_value("3x^2")
    expect(box(page)).to_be_focused()
    page.keyboard.type("0")
    expect(box(page)).to_have_value("3x^02")
    page.keyboard.press("Backspace")
    assert len(tab.sent) == before
    page.keyboard.press("Enter")
    verdict = page.get_by_test_id("stAlert")
    expect(verdict).to_have_text(re.compile("Right"))
    expect(page.get_by_text("My own function 1")).to_be_in_viewport()
    # Above the keyboard of a phone.
    assert verdict.bounding_box()["y"] + verdict.bounding_box()["height"] < 500


def test_a_sign_takes_the_place_of_what_is_marked_and_a_full_box_takes_none(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PRACTISE)
    box(page).fill("2cos(2x)")
    box(page).press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="√", exact=True).click()
    expect(box(page)).to_have_value("√cos(2x)")
    box(page).fill("1" * 200)
    page.get_by_role("button", name="π", exact=True).click()
    expect(box(page)).to_have_value("1" * 200)


def test_a_verdict_moves_nothing_above_it_and_the_solution_stands_on_the_first_screen(server, visitor):
    page = visitor(reduced_motion="reduce", viewport={"width": 1280, "height": 720}).open(
        server + "/derivative-rules?look=practise&rule=quotient&difficulty=3&problem=5"
    )
    settled(page)
    problem = page.get_by_role("heading", name="Differentiate")
    before = box(page).bounding_box()
    assert problem.bounding_box()["height"] > before["height"] / 2
    for answer, said in (("x", "Not yet"), ("x +", "No formula yet"), ("9", "Not yet"), ("8", "Not yet")):
        box(page).fill(answer)
        box(page).press("Enter")
        expect(page.get_by_test_id("stAlert")).to_contain_text(said)
        assert box(page).bounding_box() == before
    # Opened by the third try; the same column as before, and no fold to look behind.
    revealed = page.locator(".st-key-revealed").bounding_box()
    assert revealed["y"] + revealed["height"] <= 708
    page.get_by_role("button", name="Hide the worked solution").click()
    expect(page.locator(".st-key-revealed")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Show the worked solution").click()
    expect(page.locator(".st-key-revealed")).to_be_visible()
    assert sideways(page) == []


def test_the_next_problem_is_two_keys_away(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + "/derivative-rules?look=practise")
    box(page).fill("15x^2")
    box(page).press("Enter")
    expect(page.get_by_test_id("stAlert")).to_have_text(re.compile("Right"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Next problem")).to_be_focused()
    page.emulate_media(color_scheme="dark")
    settled(page)
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("problem=1"))
    expect(box(page)).to_have_value("")


def test_one_nudge_moves_all_three_pictures(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + "/derivative-rules?look=pictures")
    page.wait_for_load_state("networkidle")
    expect(part(page, "dx")).to_have_text("0.01")
    page.locator(".downhill-player input[type=range]").fill("0")
    expect(part(page, "dx")).to_have_text("0.6")
    assert set(frames(page)) == {"0"}
    assert len(frames(page)) == 3
    canvases = page.locator("canvas.marks")
    first = [canvases.nth(number).screenshot() for number in range(3)]
    page.locator(".downhill-player input[type=range]").fill("20")
    expect(part(page, "dx")).not_to_have_text("0.6")
    page.wait_for_timeout(200)
    assert all(canvases.nth(number).screenshot() != first[number] for number in range(3))


def test_a_look_is_chosen_by_the_mouse_and_is_in_the_link(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + "/derivative-rules")
    page.get_by_role("radio", name="Common functions").click()
    expect(page).to_have_url(re.compile("look=functions"))
    page.get_by_role("combobox", name="Function").click()
    page.get_by_role("option", name="sin x", exact=True).click()
    expect(page.get_by_text("Where the sine is at its top")).to_be_visible()
    expect(part(page, "slope")).not_to_have_text("")
