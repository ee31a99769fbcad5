"""Journeys through `local-and-global-minima` as a visitor makes them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_cold_pages import mended, sideways
from tests.browser.test_layout import CUT
from tests.browser.test_linear_regression import choose, leave_focus, part, quiet, shown

PATH = "/local-and-global-minima"


def chart(page: Page, beginning: str = "A curve"):
    """The large chart, by what it says to those who do not see it."""
    return page.locator(f'[data-testid="stVegaLiteChart"][aria-label^="{beginning}"]')


def click_at(page: Page, beginning: str, across: float, down: float) -> None:
    """Click inside a chart, at parts of its width and height."""
    canvas = chart(page, beginning).locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    canvas.click(position={"x": across * box["width"], "y": down * box["height"]})


def type_in(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile(r"^f\(x"))
    box.fill(text)
    box.press("Enter")
    settled(page)


def first_place(page: Page, name: str) -> float:
    """Where the ball of the formula starts."""
    page.get_by_role("button", name="Back to the first step").click()
    expect(part(page, "step", "before")).to_have_text("0")
    return float(part(page, name, "before").text_content().strip("()").replace("−", "-"))


def restored(server, visitor, page: Page) -> Page:
    return visitor(reduced_motion="reduce").open(server + PATH + "?" + page.url.split("?", 1)[1])


def test_type_a_function_see_its_minima_drop_a_ball_play_and_share(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH)
    choose(page, "Function", "My own function")
    type_in(page, "x^4 - 2x^2 + 0.2x")
    expect(chart(page)).to_have_attribute("aria-label", re.compile("2 minima .* global minimum: x = −1.02"))
    expect(page.get_by_test_id("stTable")).to_contain_text("global minimum")
    expect(page.get_by_text("Proved, in exact or interval arithmetic")).to_be_visible()

    before = first_place(page, "x")
    click_at(page, "A curve", 0.35, 0.5)
    expect(part(page, "x", "before")).not_to_have_text(str(before))
    settled(page)
    x = first_place(page, "x")
    assert -1.5 < x < -0.3
    expect(page).to_have_url(re.compile(rf"[?&]x0={re.escape(f'{x:g}')}"))

    page.wait_for_load_state("networkidle")
    sent = len(tab.sent)
    page.locator(".downhill-player select").select_option("300")
    leave_focus(page)
    page.keyboard.press("Space")
    expect(shown(page)).to_have_text("step 60 of 60")
    expect(part(page, "x", "after")).to_have_text(re.compile("^−1.02"))
    assert len(tab.sent) == sent

    quiet(page, 3)
    third = part(page, "x", "after").text_content()
    said = chart(page).get_attribute("aria-label")
    leave_focus(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("[?&]step=3$"))
    other = restored(server, visitor, page)
    expect(shown(other)).to_have_text("step 3 of 60")
    expect(part(other, "x", "after")).to_have_text(third)
    expect(chart(other)).to_have_attribute("aria-label", said)
    expect(other.get_by_role("textbox", name=re.compile(r"^f\(x"))).to_have_value("x^4 - 2x^2 + 0.2x")


def test_the_same_with_two_variables_and_the_map_of_basins(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH)
    page.get_by_role("radio", name="f(x, y)").click()
    expect(chart(page, "The plane")).to_have_count(1)
    settled(page)
    choose(page, "Function", "My own function")
    type_in(page, "(x^2 - 1)^2 + y^2 + 0.1x")
    expect(chart(page, "The plane")).to_have_attribute(
        "aria-label", re.compile(r"2 minima: \(−1.01, .* 1 path")
    )
    page.get_by_role("radio", name="Basins").click()
    expect(chart(page, "The plane")).to_have_attribute("aria-label", re.compile("of 62,500 starts"))
    settled(page)
    click_at(page, "The plane", 0.35, 0.3)
    expect(chart(page, "The plane")).to_have_attribute("aria-label", re.compile("2 paths"))
    settled(page)
    x, y = first_place(page, "x"), first_place(page, "y")
    assert x < 0 < y
    expect(page).to_have_url(re.compile(rf"[?&]starts=[^&]*~{re.escape(f'{x:g}_{y:g}')}(&|$)"))

    page.wait_for_load_state("networkidle")
    sent = len(tab.sent)
    page.locator(".downhill-player select").select_option("300")
    leave_focus(page)
    page.keyboard.press("Space")
    expect(shown(page)).to_have_text("step 200 of 200")
    expect(part(page, "x", "after")).to_have_text(re.compile("^−1.01"))
    assert len(tab.sent) == sent

    said = chart(page, "The plane").get_attribute("aria-label")
    other = restored(server, visitor, page)
    expect(chart(other, "The plane")).to_have_attribute("aria-label", said)
    expect(part(other, "x", "after")).to_have_text(re.compile("^−1.01"))


def test_a_ball_is_dropped_on_the_plane_by_keyboard(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH + "?variables=2")
    page.get_by_test_id("stPopover").get_by_role("button").first.press("Enter")
    for axis, number in (("x", "-2.5"), ("y", "3.25")):
        page.get_by_role("spinbutton", name=f"a ball at {axis} =").fill(number)
    # Neither box was left before the button is pressed.
    page.get_by_role("button", name="Drop a ball there").press("Enter")
    expect(chart(page, "The plane")).to_have_attribute("aria-label", re.compile("2 paths"))
    expect(page).to_have_url(re.compile("[?&]starts=0_0~-2.5_3.25(&|$)"))
    page.keyboard.press("Escape")
    assert (first_place(page, "x"), first_place(page, "y")) == (-2.5, 3.25)


def test_no_number_is_too_long_for_the_numbers_panel(server, visitor):
    long = (
        "?exact=1.2345e-12&x0=-1.2345e-12&f=own&own=1.2345e-5x^2",
        "?variables=2&f=own&own=1.2345e-5x^2%2By^2&exact=1.2345e-12&starts=-1.2345e-12_-1.2345e-9",
        "?rate=1e300&method=adam",
        "?f=pole&x0=-0.01",
    )
    for link in long:
        for width in (1280, 390):
            page = visitor(reduced_motion="reduce", viewport={"width": width, "height": 800}).open(
                server + PATH + link
            )
            page.get_by_role("slider", name="Step of the run").fill("0")
            heights = set()
            for _ in range(4):
                page.get_by_role("button", name="One step forward").click()
                assert page.evaluate(CUT) == [], (link, width)
                heights.add(page.locator(".downhill-readout").bounding_box()["height"])
            assert len(heights) == 1, (link, width)


def test_an_error_is_pointed_at_and_what_was_typed_outlives_another_choice(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH + "?f=own")
    type_in(page, "x^2 + sinn(x)")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("did you mean sin?")
    expect(page.get_by_test_id("stCode")).to_contain_text("^")
    choose(page, "Function", "Wide and narrow")
    expect(chart(page)).to_have_attribute("aria-label", re.compile("between −6 and 4"))
    choose(page, "Function", "My own function")
    expect(page.get_by_role("textbox", name=re.compile(r"^f\(x"))).to_have_value("x^2 + sinn(x)")
    page.get_by_role("radio", name="f(x, y)").click()
    expect(chart(page, "The plane")).to_have_count(1)
    settled(page)
    page.get_by_role("radio", name="f(x)").click()
    expect(chart(page)).to_have_count(1)
    settled(page)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("did you mean sin?")


@pytest.mark.parametrize(("variables", "beginning"), [("1", "A curve"), ("2", "The plane")])
def test_a_dropped_ball_rolls_at_once(variables, beginning, server, visitor):
    page = visitor().open(server + PATH + f"?variables={variables}&step=7&steps=100")
    expect(shown(page)).to_have_text("step 7 of 100")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    speed = page.locator(".downhill-player select")
    speed.select_option("1")
    click_at(page, beginning, 0.3, 0.3)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(shown(page)).to_have_text(re.compile("^step [0-6] of 100"))
    speed.select_option("300")
    expect(shown(page)).to_have_text("step 100 of 100")
    # Another control leaves the run where it is.
    quiet(page, 9)
    page.get_by_text("Steps", exact=True).first.click()
    choose(page, "Method", "Momentum")
    expect(shown(page)).to_have_text("step 9 of 100")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_a_moved_control_stops_a_map(server, visitor):
    """A map that was finished is kept: one that shows its progress again was not."""
    large = "?variables=2&ground=contours&f=ackley&method=adam&steps=1000&size=1000"
    page = visitor(reduced_motion="reduce").open(server + PATH + large)
    for _ in range(2):
        page.get_by_role("radio", name="Basins").click()
        expect(page.get_by_text("1,000,000 balls, 1000 steps each")).to_be_visible()
        page.get_by_role("radio", name="Contours").click()
        expect(chart(page, "The plane")).to_have_attribute("aria-label", re.compile("Contours of f"))
        settled(page)
        expect(page.get_by_role("progressbar")).to_have_count(0)
    # The queue is free again for a small map.
    choose(page, "Function", "Himmelblau")
    page.get_by_test_id("stPopover").get_by_role("button").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    settled(page)
    choose(page, "Starts on the map", "250 × 250 starts")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Basins").click()
    expect(chart(page, "The plane")).to_have_attribute("aria-label", re.compile("of 62,500 starts"))


STATES = {
    "one variable": "?symbolic=true&rates=true&balls=true",
    "table of SymPy": "?f=end&symbolic=true",
    "contours": "?variables=2&arrows=true",
    "valley": "?variables=2&f=own&own=(y - x^2)^2",
    "undefined": "?variables=2&f=own&own=ln x %2B y^2&ground=basins",
    "basins": "?variables=2&ground=basins&f=ackley",
    "error": "?f=own",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_any_state(state, scheme, width, server, visitor):
    options = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    page = visitor(**options).open(server + PATH + STATES[state])
    if state == "error":
        type_in(page, "x^2 + + (")
        expect(page.get_by_test_id("stCode")).to_be_visible()
    expect(shown(page)).to_contain_text(re.compile(r"step (\d+) of \1$"))
    mended(page)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []
    assert sideways(page) == []


def test_the_ball_is_dragged_along_the_curve(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?x0=-2")
    box = chart(page, "A curve").locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    for across in (0.72, 0.75, 0.78, 0.8):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.up()
    page.wait_for_url(re.compile(r"x0=1\.[0-9]"))
    settled(page)


def test_the_ball_goes_along_the_curve_by_arrow_keys(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?x0=0.5")
    canvas = chart(page, "A curve").locator("canvas")
    expect(canvas).to_have_attribute("tabindex", "0")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("x0=0.75"))
    settled(page)
    expect(canvas).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("x0=0.6[23]"))
    settled(page)
    expect(shown(page)).to_have_text("step 60 of 60")


def test_the_ball_is_dragged_along_the_curve_by_a_finger(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(f"{server}{PATH}?x0=-2")
    canvas = chart(page, "A curve").locator("canvas")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    finger = page.context.new_cdp_session(page)
    for kind, across in zip(
        ("touchStart", *["touchMove"] * 5), (0.5, 0.55, 0.6, 0.7, 0.75, 0.8), strict=True
    ):
        place = {"x": box["x"] + across * box["width"], "y": box["y"] + 0.5 * box["height"]}
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url(re.compile(r"x0=1\.[0-9]"))
    settled(page)


def on_plane(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place of Himmelblau's plane lies, from -6 to 6 both ways: to half a unit."""
    canvas = chart(page, "The plane").locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    left, right = box["x"] + 52, box["x"] + box["width"] - 16
    top, bottom = box["y"] + 6, box["y"] + box["height"] - 46
    return left + (x + 6) / 12 * (right - left), bottom - (y + 6) / 12 * (bottom - top)


def start_of_link(page: Page) -> tuple[float, float]:
    x, y = re.search(r"starts=([^&~]*)", page.url)[1].split("_")
    return float(x), float(y)


def test_a_start_is_dragged_on_the_plane_and_the_pointer_says_f(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH + "?variables=2")
    page.mouse.move(*on_plane(page, 0.1, 0))
    page.mouse.move(*on_plane(page, 0, 0))
    expect(page.locator("#vg-tooltip-element")).to_contain_text("f ≈")
    page.wait_for_load_state("networkidle")
    sent = len(tab.sent)
    page.mouse.down()
    for part_of_way in (0.4, 0.7, 1):
        page.mouse.move(*on_plane(page, 3 * part_of_way, -3 * part_of_way))
    assert len(tab.sent) == sent
    page.mouse.up()
    page.wait_for_url(re.compile("starts=[23]"))
    assert start_of_link(page) == pytest.approx((3, -3), abs=0.5)
    expect(chart(page, "The plane")).to_have_attribute("aria-label", re.compile("1 path"))
    settled(page)


def test_a_start_is_moved_by_arrow_keys(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH + "?variables=2&starts=1_1~0_0")
    canvas = chart(page, "The plane").locator("canvas")
    canvas.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.wait_for_url("**starts=1_1~0_0.6*")
    settled(page)
    expect(canvas).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**starts=1_1~-0.3_0.6*")
    settled(page)
    # The player took no step.
    expect(shown(page)).to_have_text("step 200 of 200")


def test_a_start_is_dragged_by_a_finger(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(reduced_motion="reduce", **options).open(server + PATH + "?variables=2")
    expect(chart(page, "The plane").locator("canvas")).to_be_visible()
    finger = page.context.new_cdp_session(page)
    way = [on_plane(page, k / 2, -k / 2) for k in range(7)]
    for kind, place in zip(("touchStart", *["touchMove"] * 6), way, strict=True):
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": place[0], "y": place[1]}]}
        )
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url(re.compile("starts=[23]"))
    assert start_of_link(page) == pytest.approx((3, -3), abs=0.7)
    settled(page)


def test_a_place_that_was_typed_is_where_the_keys_go_on(server, visitor):
    """What was moved before is let go of with the answer, although nothing is drawn anew."""
    page = visitor(reduced_motion="reduce").open(server + PATH)
    click_at(page, "A curve", 0.3, 0.4)
    page.wait_for_url("**?x0=-1*")
    page.get_by_role("button", name="Interval, start, exact rate").click()
    start = page.get_by_role("spinbutton", name="first ball at x =")
    start.fill("0.7")
    start.press("Enter")
    page.wait_for_url("**?x0=0.7")
    settled(page)
    page.keyboard.press("Escape")
    chart(page).locator("canvas").first.press("ArrowRight")
    page.wait_for_url(re.compile("x0=0.8"))
