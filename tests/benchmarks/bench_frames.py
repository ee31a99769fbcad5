"""Frames per second of the player on every page that has one, in a real Chromium.

usage: python -m tests.benchmarks frames

A callback of requestAnimationFrame counts as a frame if since the last one every chart was told another
step (its bound input `frame`) and every chart's canvas was cleared for drawing. The player runs at its
fastest, 300 steps/s, so that each frame has another step to show; a run that ends is played again at once.
`repaints` are the canvas clears per second and chart, `longest` the longest time between two such frames,
`sent` the messages to the server.
"""

from urllib.parse import urlencode

from playwright.sync_api import Browser

from calc.datasets import BUNDLED
from tests.benchmarks.timing import print_table
from tests.browser.conftest import chromium, settled
from tests.server import running_server

SECONDS = 3.0

MINIMA = "local-and-global-minima"
RUNS: list[tuple[str, int, dict[str, object]]] = [
    *(("linear-regression", 3, {"data": slug, "steps": 1000}) for slug in BUNDLED),
    (MINIMA, 2, {"steps": 300}),
    (MINIMA, 2, {"steps": 300, "f": "comb", "balls": "true"}),
    (MINIMA, 2, {"variables": 2, "steps": 1000}),
    (MINIMA, 1, {"variables": 2, "steps": 1000, "f": "rastrigin", "ground": "basins", "arrows": "true"}),
    ("log-versus-product", 2, {"steps": 200}),
    ("square-loss", 3, {"steps": 200}),
    ("log-loss", 3, {}),
    ("log-loss", 4, {"show": "classifier", "steps": 500}),
    ("automatic", 1, {"mode": "reverse"}),
    ("automatic", 1, {"mode": "reverse", "f": "own", "own": "+".join(f"sin({k}x)" for k in range(1, 17))}),
]
"""The page, how many of its charts the player moves, and the parameters of its link."""

SPY = """() => {
  const clears = new WeakMap(), clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clears.set(this.canvas, (clears.get(this.canvas) ?? 0) + 1)
    return clear.apply(this, box)
  }
  window.measure = (seconds) => new Promise((done) => {
    const inputs = [...document.querySelectorAll(".vega-bindings input[name=frame]")]
    const chart = "[data-testid=stVegaLiteChart]"
    const canvases = inputs.map((input) => input.closest(chart).querySelector("canvas"))
    const drawn = () => canvases.map((canvas) => clears.get(canvas) ?? 0)
    const told = () => inputs.map((input) => input.value)
    let steps = told(), counts = drawn(), frames = 0, ticks = 0, longest = 0
    const before = counts, begin = performance.now()
    let last = begin
    const play = document.querySelector(".downhill-player .play")
    const tick = (now) => {
      ticks += 1
      const newSteps = told(), newCounts = drawn()
      const moved = newSteps.every((step, i) => step !== steps[i])
      if (moved && newCounts.every((count, i) => count > counts[i])) {
        frames += 1
        longest = Math.max(longest, now - last)
        last = now
        steps = newSteps
        counts = newCounts
      }
      if (play.getAttribute("aria-label") === "Play") play.click()
      if (now - begin < 1000 * seconds) return requestAnimationFrame(tick)
      const time = (performance.now() - begin) / 1000
      const repaints = counts.reduce((sum, count, i) => sum + count - before[i], 0) / counts.length
      const rates = { fps: frames / time, ticks: ticks / time, repaints: repaints / time }
      done({ charts: inputs.length, longest, ...rates })
    }
    play.click()
    requestAnimationFrame(tick)
  })
}"""


def measure(browser: Browser, link: str, charts: int, seconds: float) -> dict[str, float]:
    """The player's frames on one page, from the first step on."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.add_init_script(f"({SPY})()")
    page.goto(link)
    settled(page)
    page.wait_for_function(
        "(n) => document.querySelectorAll('.vega-bindings input[name=frame]').length >= n", arg=charts
    )
    page.locator(".downhill-player select").select_option("300")
    page.get_by_role("button", name="Back to the first step").click()
    page.wait_for_timeout(1500)
    before = len(sent)
    found = page.evaluate("(seconds) => measure(seconds)", seconds)
    page.close()
    assert found["charts"] == charts
    return found | {"sent": len(sent) - before}


def main() -> None:
    """Print the table."""
    columns = ["page", "charts", "frames/s", "callbacks/s", "repaints/s", "longest", "messages sent"]
    rows = []
    with running_server() as address, chromium() as browser:
        for path, charts, parameters in RUNS:
            each = measure(browser, f"{address}/{path}?{urlencode(parameters)}", charts, SECONDS)
            rows.append(
                [
                    " ".join([path, *map(str, parameters.values())]),
                    str(charts),
                    f"{each['fps']:.1f}",
                    f"{each['ticks']:.1f}",
                    f"{each['repaints']:.1f}",
                    f"{each['longest']:.0f} ms",
                    str(each["sent"]),
                ]
            )
    print_table("The player at 300 steps/s, Chromium without a GPU", columns, rows)


if __name__ == "__main__":
    main()
