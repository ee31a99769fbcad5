"""Frames per second of the player: a run of 1,000 steps in a real Chromium, with each bundled table.

usage: python -m tests.benchmarks frames

A callback of requestAnimationFrame counts as a frame if since the last one every chart was told another
step (its bound input `frame`) and every chart's canvas was cleared for drawing. The player runs at its
fastest, 300 steps/s, so that each frame has another step to show. `repaints` are the canvas clears per
second and chart, `longest` the longest time between two such frames, `sent` the messages to the server.
"""

from calc.datasets import BUNDLED
from tests.benchmarks.timing import print_table
from tests.browser.conftest import chromium, running_server, settled

SECONDS = 3.0

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
      const playing = document.querySelector(".downhill-player .play").getAttribute("aria-label") === "Pause"
      if (playing && now - begin < 1000 * seconds) return requestAnimationFrame(tick)
      const time = (performance.now() - begin) / 1000
      const repaints = counts.reduce((sum, count, i) => sum + count - before[i], 0) / counts.length
      const rates = { fps: frames / time, ticks: ticks / time, repaints: repaints / time }
      done({ charts: inputs.length, longest, ...rates })
    }
    requestAnimationFrame(tick)
  })
}"""


def measure(browser, address: str, slug: str, seconds: float) -> dict[str, float]:
    """One run of 1,000 steps on one table, from its start."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.add_init_script(f"({SPY})()")
    page.goto(f"{address}/linear-regression?data={slug}&steps=1000")
    settled(page)
    page.wait_for_function("document.querySelectorAll('.vega-bindings input[name=frame]').length >= 3")
    page.locator(".downhill-player select").select_option("300")
    page.get_by_role("button", name="Back to the first step").click()
    page.wait_for_timeout(500)
    before = len(sent)
    page.locator(".downhill-player .play").click()
    found = page.evaluate("(seconds) => measure(seconds)", seconds)
    page.close()
    return found | {"sent": len(sent) - before}


def main() -> None:
    """Print the table."""
    with running_server() as address, chromium() as browser:
        found = {slug: measure(browser, address, slug, SECONDS) for slug in BUNDLED}
    columns = ["table", "charts", "frames/s", "callbacks/s", "repaints/s", "longest", "messages sent"]
    rows = [
        [
            slug,
            str(each["charts"]),
            f"{each['fps']:.1f}",
            f"{each['ticks']:.1f}",
            f"{each['repaints']:.1f}",
            f"{each['longest']:.0f} ms",
            str(each["sent"]),
        ]
        for slug, each in found.items()
    ]
    print_table("The player: 1,000 steps at 300 steps/s, Chromium without a GPU", columns, rows)


if __name__ == "__main__":
    main()
