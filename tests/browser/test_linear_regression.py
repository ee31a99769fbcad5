"""Journeys through `linear-regression` as a visitor makes them."""

import re

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import PATIENCE, settled
from tests.browser.test_cold_pages import sideways

PATH = "/linear-regression"


def shown(page: Page):
    """The player's words: "step 7 of 100"."""
    return page.locator(".downhill-player output")


def part(page: Page, name: str, side: str | None = None):
    """A slot of the update's formula."""
    extra = f'[data-part="{side}"]' if side else ":not([data-part])"
    return page.locator(f'.downhill-readout [data-name="{name}"]{extra}').first


def verdict(page: Page):
    """What is said of the run, at the step shown."""
    return page.locator(".downhill-readout .verdict")


def play(page: Page):
    return page.locator(".downhill-player .play")


def frames(page: Page) -> list[str]:
    """The step that each chart was told to show."""
    return page.locator(".vega-bindings input[name=frame]").evaluate_all("inputs => inputs.map(i => i.value)")


def quiet(page: Page, step: int) -> None:
    """Stop the run and go to a step."""
    page.locator(".downhill-player input[type=range]").fill(str(step))
    expect(shown(page)).to_contain_text(f"step {step} of")


def leave_focus(page: Page) -> None:
    page.evaluate("document.activeElement?.blur()")


def choose(page: Page, label: str, option: str) -> None:
    box, wanted = (
        page.get_by_role("combobox", name=label),
        page.get_by_role("option", name=option, exact=True),
    )
    box.scroll_into_view_if_needed()
    box.click()
    try:
        wanted.click(timeout=PATIENCE / 3)
    except TimeoutError:
        # A list closes when what is around it moves: as anybody would, open it once more.
        box.click()
        wanted.click()
    expect(box).to_have_value(option)
    settled(page)


def slider(page: Page, label: str):
    return page.get_by_test_id("stSlider").filter(has_text=label).get_by_role("slider")


def picture(page: Page):
    """What the chart of the houses says to those who do not see it."""
    return page.locator('[data-testid="stVegaLiteChart"][aria-label*="houses and a line"]')


def test_it_plays_by_itself_and_obeys_the_keyboard(server, visitor):
    page = visitor().open(server + PATH)
    expect(play(page)).to_have_attribute("aria-label", "Pause")
    expect(shown(page)).to_contain_text(re.compile(r"step [1-9]\d* of 100"))
    page.keyboard.press("Space")
    expect(play(page)).to_have_attribute("aria-label", "Play")
    quiet(page, 20)
    leave_focus(page)
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_have_text("step 21 of 100")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(shown(page)).to_have_text("step 19 of 100")
    expect(part(page, "step", "before")).to_have_text("19")
    expect(part(page, "step", "after")).to_have_text("20")
    assert frames(page) == ["19"] * 3
    page.keyboard.press("Space")
    expect(shown(page)).to_contain_text(re.compile(r"step (2[1-9]|[3-9]\d|100) of 100"))


def test_scrubbing_moves_the_formula_and_ends_at_950_000_dollars(server, visitor):
    page = visitor().open(server + PATH)
    quiet(page, 7)
    expect(part(page, "step", "before")).to_have_text("7")
    seventh = part(page, "slope", "after").text_content()
    scrub = page.locator(".downhill-player input[type=range]")
    scrub.focus()
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_have_text("step 8 of 100")
    expect(part(page, "slope", "before")).to_have_text(seventh)
    page.get_by_role("button", name="To the last step").click()
    expect(shown(page)).to_have_text("step 100 of 100")
    expect(part(page, "prediction")).to_have_text("$950,000")
    page.get_by_role("button", name="Back to the first step").click()
    expect(part(page, "prediction")).not_to_have_text("$950,000")


def test_nothing_is_sent_to_the_server_while_it_plays(server, visitor):
    tab = visitor()
    page = tab.open(server + PATH)
    page.locator(".downhill-player select").select_option("60")
    quiet(page, 0)
    leave_focus(page)
    page.wait_for_load_state("networkidle")
    before = len(tab.sent)
    assert before > 0
    page.keyboard.press("Space")
    expect(shown(page)).to_have_text("step 100 of 100")
    expect(part(page, "prediction")).to_have_text("$950,000")
    quiet(page, 50)
    page.keyboard.press("ArrowLeft")
    assert len(tab.sent) == before


def test_streamlits_own_controls_keep_their_keys(server, visitor):
    page = visitor().open(server + PATH)
    quiet(page, 7)
    steps = slider(page, "Steps")
    steps.focus()
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_have_text("step 7 of 101")
    toggle = page.get_by_role("switch", name="Standardise")
    toggle.focus()
    page.keyboard.press("Space")
    expect(toggle).not_to_be_checked()
    settled(page)
    expect(play(page)).to_have_attribute("aria-label", "Play")
    expect(shown(page)).to_have_text("step 7 of 101")


def test_less_motion_is_respected(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    expect(shown(page)).to_have_text("step 100 of 100")
    expect(play(page)).to_have_attribute("aria-label", "Play")
    expect(part(page, "prediction")).to_have_text("$950,000")


def test_a_rate_above_the_cliff_diverges_and_says_why(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    expect(verdict(page)).to_contain_text("Converged")
    slider(page, "Learning rate").focus()
    page.keyboard.press("End")
    expect(verdict(page)).to_contain_text(re.compile(r"Diverged: .* Try a smaller rate: 0\.5"))
    settled(page)
    page.get_by_role("button", name="Back to the first step").click()
    first = part(page, "prediction").inner_text()
    page.get_by_role("button", name="To the last step").click()
    expect(part(page, "prediction")).not_to_have_text(first)
    expect(page).to_have_url(re.compile(r"[?&]rate=10(&|$)"))


@pytest.fixture(scope="module")
def other_server():
    from tests.browser.conftest import running_server

    with running_server() as address:
        yield address


def test_the_link_restores_the_screen_elsewhere(server, other_server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    choose(page, "Houses", "Windsor, Ontario, 1987")
    choose(page, "Method", "Momentum")
    slider(page, "Steps").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("of 103")
    settled(page)
    page.get_by_role("switch", name="Standardise").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("switch", name="Standardise")).not_to_be_checked()
    settled(page)
    page.get_by_test_id("stPopoverButton").click()
    exact = page.get_by_label("Exact rate")
    exact.fill("0.00123")
    exact.press("Enter")
    expect(page).to_have_url(re.compile("exact=0.00123"))
    settled(page)
    page.keyboard.press("Escape")
    quiet(page, 7)
    expect(page).to_have_url(re.compile("step=7"))
    told, alt, link = readout(page), picture(page).get_attribute("aria-label"), page.evaluate("location.href")
    for address in (server, other_server):
        there = visitor().open(link.replace(server, address))
        expect(shown(there)).to_have_text("step 7 of 103")
        expect(play(there)).to_have_attribute("aria-label", "Play")
        expect(there.get_by_role("combobox", name="Houses")).to_have_value("Windsor, Ontario, 1987")
        expect(there.get_by_role("combobox", name="Method")).to_have_value("Momentum")
        expect(there.get_by_role("switch", name="Standardise")).not_to_be_checked()
        expect(picture(there)).to_have_attribute("aria-label", alt)
        assert readout(there) == told
        expect(there).to_have_url(link.replace(server, address))


def readout(page: Page) -> str:
    return page.locator(".downhill-readout").inner_text()


MESSY = (
    "Straße;Zimmer;Preis (€);Fläche\r\n"
    "Am Markt 1;2;100.000,50;50\r\n"
    "Burgweg 2;3;150.000,50;70\r\n"
    "Ring 3;;99,00;10\r\n"
    "Ring 4;5;250.000,50;120\r\n"
).encode("cp1252", "replace")


def upload(page: Page, name: str, raw: bytes) -> None:
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    chooser.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": raw}])


def test_a_messy_file_is_read_and_a_picture_named_csv_is_refused(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?data=csv")
    upload(page, "häuser.csv", MESSY)
    expect(page.get_by_role("combobox", name="x", exact=True)).to_have_value("Zimmer")
    expect(picture(page)).to_have_attribute("aria-label", re.compile("^3 houses"))
    expect(page.get_by_text("Row 3 has no Zimmer")).to_be_visible()
    choose(page, "y", "Fläche")
    expect(page.get_by_text("diverges", exact=False).first).to_be_visible()
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    page.get_by_test_id("stFileChipDeleteBtn").click()
    expect(page.get_by_test_id("stFileChipDeleteBtn")).to_have_count(0)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Choose a file")
    settled(page)
    upload(page, "picture.csv", png)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("cannot be fitted")
    expect(picture(page)).to_have_attribute("aria-label", re.compile("^10 houses"))
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_an_edited_cell_moves_the_line_and_the_link_keeps_it(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?data=table&points=1_10~2_20~3_30")
    before = picture(page).get_attribute("aria-label")
    box = page.get_by_test_id("stDataFrame").first.locator("canvas").first.bounding_box()
    # Rows are as high as the header; here the third row's second column.
    page.mouse.dblclick(box["x"] + box["width"] * 0.8, box["y"] + row_height(page) * 3.5)
    cell = page.locator(".gdg-input")
    expect(cell).to_have_value("30")
    cell.fill("60")
    cell.press("Enter")
    expect(page).to_have_url(re.compile("3_60"))
    settled(page)
    expect(picture(page)).not_to_have_attribute("aria-label", before)
    told, alt = readout(page), picture(page).get_attribute("aria-label")
    there = visitor(reduced_motion="reduce").open(page.url)
    expect(picture(there)).to_have_attribute("aria-label", alt)
    assert readout(there) == told


def test_a_cell_is_read_as_it_was_typed_and_one_that_is_no_number_is_named(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?data=table&points=1_10~2_20~3_30")
    for typed, link in (("$900,000", "3_900000"), ("45 Lac", "3_4500000"), ("1e400", "3_.1e400")):
        box = page.get_by_test_id("stDataFrame").first.locator("canvas").first.bounding_box()
        page.mouse.dblclick(box["x"] + box["width"] * 0.8, box["y"] + row_height(page) * 3.5)
        cell = page.locator(".gdg-input")
        cell.fill(typed)
        cell.press("Enter")
        expect(page).to_have_url(re.compile(link))
        settled(page)
    expect(page.get_by_text('Row 3 of the column "price" says "1e400", which is beyond')).to_be_visible()
    there = visitor(reduced_motion="reduce").open(page.url)
    expect(there.get_by_text('Row 3 of the column "price" says "1e400", which is beyond')).to_be_visible()


def test_an_ambiguous_file_is_asked_about_and_the_answer_travels(server, visitor):
    page = visitor(reduced_motion="reduce").open(f"{server}{PATH}?data=csv")
    raw = "Zimmer;Preis\n" + "".join(f"{i % 7};{i % 9 + 1}.{200 + i}\n" for i in range(90))
    upload(page, "preise.csv", raw.encode())
    expect(page.get_by_text("The column Preis has 1.200: is this 1,200 or 1.2?")).to_be_visible()
    before = picture(page).get_attribute("aria-label")
    page.get_by_role("radio", name="1.2", exact=True).click()
    expect(page).to_have_url(re.compile("decimal=point"))
    settled(page)
    expect(picture(page)).not_to_have_attribute("aria-label", before)
    after = picture(page).get_attribute("aria-label")
    there = visitor(reduced_motion="reduce").open(page.url)
    expect(there.get_by_text("Upload preise.csv again")).to_be_visible()
    upload(there, "preise.csv", raw.encode())
    expect(picture(there)).to_have_attribute("aria-label", after)


def row_height(page: Page) -> float:
    """Streamlit's grid rows: 2.1875 of the page's rem."""
    return 2.1875 * page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def test_a_kept_run_stands_beside_the_next_one_until_it_is_dropped(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    page.get_by_role("button", name="Keep this run").click()
    expect(page.get_by_role("button", name="Remove A")).to_be_visible()
    choose(page, "Method", "Adam")
    row = page.get_by_test_id("stTable").get_by_role("cell", name="A", exact=True)
    expect(row).to_have_count(1)
    expect(page).to_have_url(re.compile("kept=gradient-descent:0.1"))
    there = visitor(reduced_motion="reduce").open(page.url)
    expect(there.get_by_role("button", name="Remove A")).to_be_visible()
    page.get_by_role("button", name="Remove A").click()
    expect(page.get_by_role("button", name="Remove A")).to_have_count(0)
    expect(row).to_have_count(0)
    expect(page).not_to_have_url(re.compile("kept="))


def test_on_a_phone_the_player_is_touched_and_nothing_scrolls_sideways(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(**options, reduced_motion="reduce").open(server + PATH)
    expect(shown(page)).to_have_text("step 100 of 100")
    assert sideways(page) == []
    page.locator(".downhill-player input[type=range]").fill("0")
    expect(shown(page)).to_have_text("step 0 of 100")
    page.get_by_role("button", name="One step forward").tap()
    expect(shown(page)).to_have_text("step 1 of 100")
    play(page).tap()
    expect(shown(page)).to_contain_text(re.compile(r"step ([2-9]|\d\d+) of 100"))
    scrub = page.locator(".downhill-player input[type=range]")
    scrub.scroll_into_view_if_needed()
    box = scrub.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(shown(page)).to_contain_text(re.compile(r"step (4\d|5\d) of 100"))
    small = """buttons => buttons.map((button) => button.getBoundingClientRect())
        .filter((box) => box.width && (box.width < 24 || box.height < 24)).length"""
    assert page.locator(".downhill-player button").evaluate_all(small) == 0


def plot(page: Page, name: str):
    """A chart in which something is moved."""
    canvas = page.locator(f".st-key-main-move-{name} canvas.marks")
    canvas.scroll_into_view_if_needed()
    # Keys reach it as soon as it is mended.
    expect(canvas).to_have_attribute("tabindex", "0")
    return canvas


UNDER = """([canvas, x, y]) => {
    canvas.dispatchEvent(new PointerEvent("pointermove", {clientX: x, clientY: y, bubbles: true, pointerType: "mouse"}))
    return new Promise((done) => setTimeout(() => done(canvas.parentElement.style.cursor), 0))
}"""


def to_grab(page: Page, name: str, part: float = 0.0) -> tuple[float, float]:
    """Where in a chart the cursor becomes a hand, looked for from so large a part of its width on."""
    canvas = plot(page, name)
    box = canvas.bounding_box()
    for x in range(int(box["x"] + part * box["width"]) + 4, int(box["x"] + box["width"]), 7):
        for y in range(int(box["y"]) + 4, int(box["y"] + box["height"]), 7):
            if page.evaluate(UNDER, [canvas.element_handle(), x, y]) == "grab":
                return x + 3, y + 3
    raise AssertionError(name)


def test_the_start_is_dragged_in_the_contour_with_one_message(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH)
    x, y = to_grab(page, "contour")
    page.mouse.move(x, y)
    page.mouse.move(x + 1, y)
    said = page.locator("#vg-tooltip-element")
    expect(said).to_contain_text(
        re.compile(r"slope\s*−?-?[\d.]+\s*intercept\s*[−-][\d.]+\s*loss f\s*\d\.\d{1,3}·10¹¹")
    )
    page.wait_for_load_state("networkidle")
    before = len(tab.sent)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=5)
    # The line among the houses follows before the server hears of it.
    line = page.locator(".st-key-main-move-houses input[name=moved]")
    expect(line).to_have_value(re.compile(r"^-?[\d.]+ -?[\d.]+$"))
    slope, intercept = map(float, line.input_value().split())
    assert len(tab.sent) == before
    page.mouse.up()
    page.wait_for_url(re.compile(r"slope=.*intercept="))
    settled(page)
    assert len(tab.sent) == before + 1
    told = dict(re.findall(r"(slope|intercept)=([-\d.e]+)", page.url))
    assert float(told["slope"]) == pytest.approx(slope, rel=0.01)
    assert float(told["intercept"]) == pytest.approx(intercept, rel=0.01)
    # And then it is that of the step shown.
    expect(line).to_have_value("")
    expect(verdict(page)).to_contain_text("Converged")
    page.reload()
    settled(page)
    expect(page).to_have_url(re.compile("slope="))


def test_the_start_goes_by_arrow_keys_with_one_message(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH)
    plot(page, "contour").focus()
    page.wait_for_load_state("networkidle")
    before = len(tab.sent)
    for key in ["ArrowRight"] * 8 + ["ArrowUp"] * 3:
        page.keyboard.press(key)
    page.wait_for_url(re.compile(r"slope=.*intercept="))
    settled(page)
    assert len(tab.sent) == before + 1
    expect(page.locator(".st-key-main-move-houses input[name=moved]")).to_have_value("")
    # The run itself was not stepped, and the next key finds the same chart.
    expect(shown(page)).to_have_text("step 100 of 100")
    first = page.url
    expect(plot(page, "contour")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page).not_to_have_url(first)
    settled(page)
    expect(plot(page, "contour")).to_be_focused()
    page.keyboard.press("Tab")
    expect(plot(page, "contour")).not_to_be_focused()


def test_a_house_is_dragged_and_one_more_is_moved_by_keys(server, visitor):
    tab = visitor(reduced_motion="reduce")
    page = tab.open(server + PATH)
    x, y = to_grab(page, "houses", 0.6)
    before = part(page, "prediction").text_content()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 90, steps=5)
    page.mouse.up()
    page.wait_for_url("**data=table*")
    settled(page)
    expect(part(page, "prediction")).not_to_have_text(before)
    expect(page.get_by_role("combobox", name="Houses")).to_have_value("My own table")
    plot(page, "houses").focus()
    first = page.url
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowUp")
    expect(page).not_to_have_url(first)
    settled(page)
    there = visitor(reduced_motion="reduce").open(page.url)
    expect(part(there, "prediction")).to_have_text(part(page, "prediction").inner_text())
    assert readout(there) == readout(page)


def test_a_finger_drags_the_start_and_elsewhere_scrolls(server, visitor):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor(**options, reduced_motion="reduce").open(server + PATH)
    plot(page, "contour").evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    x, y = to_grab(page, "contour")
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    at = page.evaluate(scrolled)
    finger = page.context.new_cdp_session(page)

    def drag(x: float, y: float, dx: float, dy: float) -> None:
        for kind, part in [("touchStart", 0.0), *(("touchMove", k / 8) for k in range(1, 9))]:
            points = [{"x": x + part * dx, "y": y + part * dy}]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    drag(x, y, 50, -60)
    page.wait_for_url(re.compile(r"slope=.*intercept="))
    settled(page)
    assert page.evaluate(scrolled) == at
    link, box = page.url, plot(page, "contour").bounding_box()
    drag(box["x"] + box["width"] - 40, box["y"] + box["height"] / 2, 0, -100)
    page.wait_for_function(f"{scrolled} > {at} + 20")
    assert page.url == link


def test_raw_data_stands_beside_standardised_after_one_click_in_its_own_colour(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH)
    page.get_by_role("button", name="Show both").click()
    page.wait_for_url("**kept=gradient-descent:0.012:raw*")
    row = page.get_by_test_id("stTable").locator("tr").filter(has_text="raw data: still on its way")
    expect(row).to_have_count(1)
    dot = "part => getComputedStyle(part, '::before').color"
    colour = row.locator("td").first.evaluate(dot)
    assert page.get_by_role("button", name="Remove A").evaluate(dot) == colour
    of_this = page.get_by_test_id("stTable").locator("tr").filter(has_text="This run").locator("td").first
    assert of_this.evaluate(dot) != colour
