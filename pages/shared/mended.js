const FORMULA = "[data-testid=stMarkdownContainer]:has(.katex)"
const TABLE = "[data-testid=stTable] > div"
const WIDE = `.katex-display, ${TABLE}, ${FORMULA}`

// A finger has no pointer that hovers, and Vega finds what is clicked by the last move of a pointer.
let finger = false
function tapped() {
  if (document.tapped) return
  document.tapped = true
  document.addEventListener("pointerdown", (event) => {
    if (!event.isTrusted) return
    finger = event.pointerType === "touch"
    // A finger that drags begins where it touches.
    const canvas = finger && event.target.closest?.("canvas.marks")
    const { clientX, clientY } = event
    if (canvas) canvas.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY, bubbles: true, pointerType: "mouse" }))
  }, true)
  // A finger on what can be dragged drags it; elsewhere it scrolls the page. Vega has found by now what lies there.
  document.addEventListener("touchstart", (event) => {
    const canvas = event.target.closest?.("[class*=-move-] canvas.marks")
    if (canvas?.parentElement.style.cursor === "grab" && event.touches.length === 1) event.preventDefault()
  }, { capture: true, passive: false })
  document.addEventListener("click", (event) => {
    const canvas = event.isTrusted && finger && event.target.closest?.("canvas.marks")
    if (!canvas) return
    const { clientX, clientY } = event
    for (const type of ["pointermove", "pointerdown", "pointerup"])
      canvas.dispatchEvent(new PointerEvent(type, { clientX, clientY, bubbles: true, pointerType: "mouse" }))
  }, true)
}

// What a thing to try sets stands above it, often beyond the screen.
function tried() {
  if (document.tried) return
  document.tried = true
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[class*=st-key-try-]:not([class*=-below]) button")) return
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth"
    document.querySelector("[data-testid=stMain]").scrollTo({ top: 0, behavior })
  })
}

// Two roles that screen readers announce wrongly in Streamlit 1.67. On a phone its menu is a list whose
// items stand inside groups: items without a list. And a place to drop a file is "presentation", although
// it can be focused.
export default function () {
  document.mended?.()
  tapped()
  tried()
  const mend = () => {
    for (const list of document.querySelectorAll("ul[data-testid=stSidebarNavItems]:not([role])")) {
      list.setAttribute("role", "group")
      for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none")
    }
    for (const drop of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
      drop.setAttribute("role", "group")
    name()
    // Measuring makes the browser lay out the page: not in each frame of a run.
    timer ??= setTimeout(reach, 400)
  }
  // A chart is drawn with its key for a name: charts.show says why.
  const name = () => {
    // Until a page has come to its end, those of the last one are there.
    const { alts = {}, page } = window.downhill ?? {}
    if (!location.pathname.endsWith(`/${page}`)) return
    for (const chart of document.querySelectorAll("[data-testid=stVegaLiteChart]")) {
      const label = chart.getAttribute("aria-label")
      if (label !== chart.told) chart.key = label
      chart.told = alts[chart.key] ?? label
      if (chart.told !== label) chart.setAttribute("aria-label", chart.told)
    }
  }
  // A formula or a table too wide for its place scrolls: the keyboard has to reach it.
  const reach = () => {
    timer = undefined
    for (const part of document.querySelectorAll(WIDE)) {
      const long = part.matches(TABLE) && part.scrollHeight > part.clientHeight + 1
      const wide = part.scrollWidth > part.clientWidth || long
      if (wide) part.tabIndex = 0
      else if (part.tabIndex === 0) part.removeAttribute("tabindex")
      if (part.matches(FORMULA)) part.style.overflowX = wide ? "auto" : ""
    }
  }
  let timer
  document.mend = mend
  mend()
  const watch = new MutationObserver(mend)
  watch.observe(document.body, { childList: true, subtree: true })
  addEventListener("resize", mend)
  document.mended = () => {
    watch.disconnect()
    clearTimeout(timer)
    removeEventListener("resize", mend)
  }
  return () => document.mended()
}
