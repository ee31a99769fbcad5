"""What `lesson()` promises of every lesson on screens of three sizes: what is seen, what is read, what never jumps."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from pages.shared.menu import LESSONS
from tests.browser.conftest import PATIENCE, settled
from tests.browser.test_cold_pages import sideways

NAMES = {
    "linear-regression": "regression",
    "local-and-global-minima": "one variable",
    "log-versus-product": "product",
    "square-loss": "square loss",
    "log-loss": "coin",
}
STATES = {NAMES.get(lesson.url_path, lesson.url_path): lesson.url_path for lesson in LESSONS} | {
    "two variables": "local-and-global-minima?variables=2",
    "classifier": "log-loss?show=classifier",
    "differentiability": "differentiability?f=floor",
    "common functions": "derivative-rules?look=functions",
    "rules in pictures": "derivative-rules?look=pictures",
    "inverse": "derivative-rules?look=pictures&picture=inverse",
    "number e": "derivative-rules?look=pictures&picture=e",
    "practise": "derivative-rules?look=practise",
    "worked solution": "derivative-rules?look=practise&rule=chain&answer=cos(x)&worked=true",
    "predict": "instantaneous-rate?predict=guess",
    "compare": "instantaneous-rate?predict=compare&guess=10",
    "a mistake": "instantaneous-rate?f=own&own=x^2%2B",
    "a pole": "differentiability?f=pole",
    "reverse": "automatic?mode=reverse",
    "weights": "speed?race=weights",
}
"""Every lesson, and the further views of some."""
each_state = pytest.mark.parametrize("state", STATES)

TABLETS = ((1366, 768), (1024, 768), (820, 1180), (844, 390), (660, 900))
"""A laptop, a tablet both ways round, a phone on its side, half of a screen."""

MOVED = """() => {
  const boxes = [...document.querySelectorAll(".vega-bindings input[name=frame]")].map((input) => {
    const chart = input.closest("[data-testid=stVegaLiteChart]")
    return [chart.getAttribute("aria-label").slice(0, 40), chart.querySelector("canvas")]
  })
  for (const numbers of document.querySelectorAll(".downhill-readout, .st-key-revealed"))
    boxes.push(["numbers", numbers])
  return boxes.filter(([, box]) => box).map(([name, box]) => {
    const { top, bottom, height } = box.getBoundingClientRect()
    return { name, top, bottom, height }
  })
}"""
"""All that the player moves: where it is."""

CUT = """() => [...document.querySelectorAll(
    ".downhill-player button, .downhill-readout, .downhill-readout math, .katex-display, .katex-html")]
  .filter((part) => part.clientWidth && part.scrollWidth > part.clientWidth + 1)
  .map((part) => `${part.className} ${part.scrollWidth} > ${part.clientWidth}: ${part.textContent.slice(0, 80)}`)"""
"""Formulas and buttons whose text is wider than their place."""

LUMINANCE = """(colour) => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d")
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((c) => {
    const part = c / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}"""

WATCH = """() => {
  // A tab that is used again has the script of each test before.
  if (window.shifts) return
  window.shifts = []
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) =>
    [entry.value, entry.sources.map((source) => source.node?.className ?? source.node?.nodeName).join(" | ")])))
    .observe({ type: "layout-shift", buffered: true })
}"""

REMEMBER = """() => {
  const blocks = document.querySelectorAll("[data-testid=stMainBlockContainer] [data-testid=stElementContainer]")
  window.blocks = [...blocks].map((block) => [block, block.getBoundingClientRect()])
}"""
JUMPED = """() => window.blocks.flatMap(([block, was]) => {
  const { top, left } = block.getBoundingClientRect()
  const far = Math.max(Math.abs(top - was.top), Math.abs(left - was.left))
  const stands = !block.isConnected || !block.offsetHeight || far <= 1
  return stands ? [] : [`${block.textContent.slice(0, 60)}: ${was.left}, ${was.top} -> ${left}, ${top}`]
})"""
"""The blocks of the page that do not stand where they stood when they were remembered."""


def opened(server: str, visitor, state: str, width: int, height: int, **options) -> Page:
    page = visitor(viewport={"width": width, "height": height}, reduced_motion="reduce", **options).open(
        f"{server}/{STATES[state]}"
    )
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Wait until every chart is drawn and has its place; where one practises there is none."""
    page.wait_for_function(
        """() => {
          const charts = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")]
          const some = charts.length || document.querySelector(".downhill-keys")
          // Formulas are set in another font until theirs is there.
          const set = document.fonts.status === "loaded"
          return some && set && charts.every((chart) => chart.querySelector("canvas")?.clientHeight > 0)
        }"""
    )
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)


@pytest.mark.parametrize("state", [*STATES, "home"])
def test_on_a_laptop_and_a_projector(state, server, visitor):
    """All that does not need a page of its own, as to open one takes longer than most of this."""
    tab = visitor(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    tab.page.add_init_script(f"({WATCH})()")
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = tab.open(f"{server}/{STATES.get(state, '')}")
    drawn(page)
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) <= 0.05, shifts
    if state == "home":
        return
    no_step_moves_or_cuts_anything(page)
    all_that_moves_is_on_the_screen_and_read_from_the_last_row(page, state)
    no_control_makes_the_page_jump(page, state)


def all_that_moves_is_on_the_screen_and_read_from_the_last_row(page: Page, state: str) -> None:
    """At 1280 and 1920 pixels, in both themes; and nothing is cut on what lies between a laptop and a phone."""
    moved = page.evaluate(MOVED)
    assert [each for each in moved if each["bottom"] > 720] == []
    # The title and the player make one line, the lead the second.
    assert page.locator(".st-key-head").bounding_box()["height"] <= 85
    assert page.locator(".st-key-head p").first.bounding_box()["height"] <= 32
    heights = sorted((each["height"] for each in moved if each["name"] != "numbers"), reverse=True)
    if state == "regression":
        assert heights[1] >= 300
    assert page.evaluate(CUT) == []
    if not heights:
        return
    assert heights[0] >= 0.45 * 720 - 1
    text_is_readable(page)
    light = ink(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".vega-bindings input[name=ink]").first).not_to_have_value(light)
    drawn(page)
    text_is_readable(page)
    chart = page.locator("canvas.marks").first
    chart.hover()
    toolbar = page.get_by_test_id("stElementToolbar").first
    expect(toolbar).to_have_css("opacity", "1")
    assert toolbar.bounding_box()["y"] >= chart.bounding_box()["y"] - 1
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(page.locator(".vega-bindings input[name=size]").first).to_have_value("1.50")
    page.wait_for_function(
        f"() => {{ const moved = ({MOVED})(); return Math.max(...moved.map(m => m.height)) >= 480 }}"
    )
    assert [each for each in page.evaluate(MOVED) if each["bottom"] > 1080] == []
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 22
    for width, height in TABLETS:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator(".downhill-player")).to_be_visible()
        box = page.locator(".downhill-player [data-do=link]").bounding_box()
        assert box["x"] + box["width"] <= width, (width, height)
        assert _sideways_at_last(page) == [], (width, height)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")
    expect(page.locator(".vega-bindings input[name=ink]").first).to_have_value(light)
    expect(page.locator(".vega-bindings input[name=size]").first).to_have_value("1.00")
    drawn(page)


def _sideways_at_last(page: Page) -> list[str]:
    """What is wider than the screen once the charts have followed the change of its size."""
    deadline = monotonic() + PATIENCE / 1000
    while (found := sideways(page)) and monotonic() < deadline:
        page.wait_for_timeout(100)
    return found


def ink(page: Page) -> str:
    """The colour of text that the first chart was told."""
    return page.locator(".vega-bindings input[name=ink]").first.input_value()


def text_is_readable(page: Page) -> None:
    """The texts of the charts are as dark as the page's, on its ground; each chart was told so."""
    inks = page.locator(".vega-bindings input[name=ink]").evaluate_all("inputs => inputs.map(i => i.value)")
    sizes = page.locator(".vega-bindings input[name=size]").evaluate_all(
        "inputs => inputs.map(i => +i.value)"
    )
    assert len(inks) == len(sizes) == page.locator("canvas.marks").count()
    assert min(sizes) >= 1
    ground = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    low, high = sorted(page.evaluate(LUMINANCE, colour) for colour in (inks[0], ground))
    assert len(set(inks)) == 1
    assert (high + 0.05) / (low + 0.05) >= 4.5


@each_state
def test_on_a_phone_player_and_chart_come_first_and_the_rate_stays_in_reach(state, server, visitor):
    page = opened(server, visitor, state, 390, 844, has_touch=True, is_mobile=True)
    player = page.locator(".downhill-player").bounding_box()
    moved = sorted(page.evaluate(MOVED), key=lambda each: each["top"])
    canvases = page.locator("canvas.marks")
    top = moved[0]["top"] if canvases.count() else page.locator(".st-key-picture").bounding_box()["y"]
    assert player["y"] + player["height"] <= top <= 400
    assert not canvases.count() or moved[0]["bottom"] <= 844
    assert sideways(page) == []
    assert page.evaluate(CUT) == []
    rate = page.locator(".st-key-rate-here").get_by_role("slider")
    page.locator("canvas.marks, .downhill-keys").nth(
        min(1, max(0, canvases.count() - 1))
    ).scroll_into_view_if_needed()
    for part in (page.locator(".downhill-player"), *([rate.first] if rate.count() else [])):
        box = part.bounding_box()
        assert 0 <= box["y"] <= 844 - box["height"]
    assert page.get_by_test_id("stSidebarNavLink").first.is_hidden()


def no_step_moves_or_cuts_anything(page: Page) -> None:
    """Whatever step is shown."""
    page.evaluate(REMEMBER)
    page.evaluate("window.shifts.length = 0")
    scrub = page.locator(".downhill-player input[type=range]")
    last = int(scrub.get_attribute("max"))
    if not last:
        return
    for step in sorted({0, 1, 2, 3, 5, 20, last // 2, last - 1, last} & set(range(last + 1))):
        scrub.fill(str(step))
        expect(page.locator(".downhill-player output")).to_contain_text(f"step {step} of")
        assert page.evaluate(CUT) == [], step
        assert page.evaluate(JUMPED) == [], step
        # The browser tells of a shift once it has painted it: not with the next step's.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        # Within a row of numbers each takes the place that it needs.
        shifts = page.evaluate("window.shifts.splice(0)")
        assert sum(value for value, _ in shifts) <= 0.002, (step, shifts)


MOVES = {
    "regression": ["rate", "Method: Adam", "Standardise", "link"],
    "one variable": ["rate", "Method: Momentum", "Twenty more balls", "link"],
    "two variables": ["rate", "Method: Adam", "Basins", "link"],
    "product": ["rate", "link"],
    "square loss": ["rate", "Add it", "link"],
    "coin": ["link"],
    "differentiability": ["Points without a derivative: x = −2: jump", "link"],
    "classifier": ["rate", "link"],
    "derivative-rules": ["link"],
    "common functions": ["Function: sin x", "link"],
    "inverse": ["link"],
    "number e": ["link"],
    "speed": ["My guess, fastest first: hide the times, I will guess", "Function: x², at n points", "link"],
    "symbolic": ["Function: The lab’s harder one", "link"],
    "numerical": ["float32", "link"],
    "practise": ["Rule: Chain rule", "Show the worked solution", "link"],
    "worked solution": ["Hide the worked solution", "Next problem", "link"],
    "predict": ["rate", "link"],
    "a mistake": ["rate", "link"],
    "a pole": ["link"],
    "reverse": ["rate", "link"],
    "weights": ["Function: x², at n points", "link"],
}


def no_control_makes_the_page_jump(page: Page, state: str) -> None:
    """Whatever is chosen."""
    for move in MOVES.get(state, ["rate", "link"]):
        page.evaluate(REMEMBER)
        page.evaluate("window.shifts.length = 0")
        make(page, move)
        settled(page)
        drawn(page)
        assert page.evaluate(JUMPED) == [], move
        shifts = page.evaluate("window.shifts")
        assert sum(value for value, _ in shifts) <= 0.002, (move, shifts)


def make(page: Page, move: str) -> None:
    """Move one control, and wait until the page has answered: its link says so."""
    address = page.url
    if move == "link":
        page.get_by_role("button", name="Copy the link to this screen").click()
        expect(page.locator(".downhill-player .said")).to_have_text("Copied")
        return
    if move == "rate":
        page.locator(".st-key-rate-here").get_by_role("slider").first.press("End")
    elif ":" in move:
        label, option = move.split(": ", 1)
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
    else:
        page.get_by_text(move, exact=True).last.click()
    page.wait_for_url(lambda url: url != address)


NAMED = """() => [...document.querySelectorAll("[data-testid=stVegaLiteChart]")]
  .every((chart) => /[A-Z].+ .+/.test(chart.getAttribute("aria-label")))"""
"""Whether every chart says what it shows, and not only its key."""


@pytest.mark.parametrize("state", ["differentiability", "regression", "automatic", "product"])
def test_a_move_changes_what_a_chart_says_and_builds_none_anew(state, server, visitor):
    page = opened(server, visitor, state, 1280, 720)
    page.wait_for_function(NAMED)
    chart = page.get_by_test_id("stVegaLiteChart").first
    said = chart.get_attribute("aria-label")
    page.evaluate("window.canvases = [...document.querySelectorAll('canvas.marks')]")
    main = page.get_by_test_id("stMain")
    slider = main.get_by_test_id("stSlider").get_by_role("slider").or_(main.get_by_role("spinbutton"))
    slider.first.press("ArrowRight" if slider.first.get_attribute("type") == "range" else "ArrowUp")
    expect(chart).not_to_have_attribute("aria-label", said)
    settled(page)
    assert page.evaluate("canvases.every((canvas) => canvas.isConnected)")
    # Where it has to be built anew, it keeps its name.
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("!canvases.some((canvas) => canvas.isConnected)")
    page.wait_for_function(NAMED)


TAPS = {
    "one variable": ("A curve", "x0="),
    "two variables": ("The plane", "starts="),
    "square loss": ("parabolas", "points="),
    "differentiability": ("marks where", "at="),
}


@pytest.mark.parametrize("state", TAPS)
def test_a_tap_on_a_chart_does_what_a_click_does(state, server, visitor):
    page = opened(server, visitor, state, 390, 844, has_touch=True, is_mobile=True)
    words, name = TAPS[state]
    canvas = page.locator(f'[data-testid="stVegaLiteChart"][aria-label*="{words}"] canvas').first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.touchscreen.tap(box["x"] + 0.35 * box["width"], box["y"] + 0.5 * box["height"])
    expect(page).to_have_url(re.compile(rf"[?&]{name}"))
