// Moves every chart and readout of the page through one run. Nothing here talks to the server.
// Streamlit calls the default function again whenever the run changes; what must outlive that
// (the step shown, whether it plays) is kept on the element.

const TYPING = "input:not([type=range]), textarea, select, button, [role=slider], [role=combobox], [contenteditable=true], canvas[tabindex]"

// The page speaks to its charts through their bound inputs.
const tell = (name, value) => {
  for (const input of document.querySelectorAll(`.vega-bindings input[name=${name}]`)) {
    if (input.value === String(value)) continue
    input.value = value
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

export default function ({ data, parentElement }) {
  const bar = parentElement.querySelector(".downhill-player")
  const scrub = bar.querySelector("input"), output = bar.querySelector("output")
  const speed = bar.querySelector("select"), play = bar.querySelector(".play"), said = bar.querySelector(".said")
  // Streamlit may call this again without having cleaned up: two listeners would take each key twice.
  bar.release?.()
  const first = bar.now === undefined
  const now = (bar.now ??= { step: 0, playing: false, atEnd: true })
  now.steps = data.steps
  // Where there is no run, the link can still be copied.
  bar.classList.toggle("idle", now.steps === 0)
  if (first) speed.value = data.speed

  const show = (step) => {
    now.step = Math.max(0, Math.min(now.steps, step))
    now.atEnd = now.step === now.steps
    scrub.max = now.steps
    scrub.value = now.step
    output.textContent = `step ${now.step} of ${now.steps}`
    tell("frame", now.step)
    document.downhillStep = now.step
    document.dispatchEvent(new CustomEvent("downhill:step", { detail: now.step }))
  }

  // Text on a chart has the page's colour, and grows with the screen.
  const dress = () => {
    tell("ink", getComputedStyle(bar).color)
    const ground = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor
    document.documentElement.style.setProperty("--ground", ground)
    document.documentElement.style.setProperty("--changed", getComputedStyle(bar).getPropertyValue("--st-primary-color"))
    // The colours of the charts, for tables.
    const palette = getComputedStyle(bar).getPropertyValue("--st-chart-categorical-colors").split(",")
    palette.forEach((colour, place) => document.documentElement.style.setProperty(`--palette-${place}`, colour))
    tell("size", Math.max(1, Math.min(innerWidth / 1280, innerHeight / 720)).toFixed(2))
  }

  const label = (icon, word) => {
    play.querySelector(".icon").textContent = icon
    play.querySelector(".word").textContent = word
    play.setAttribute("aria-label", word)
  }

  // The step at which the player rests belongs to the link; the last one is the default.
  const remember = () => {
    const state = (window.downhill ??= {})
    state.bar = bar
    state.step = now.playing || now.atEnd ? null : now.step
    state.put?.()
  }

  const pause = () => {
    now.playing = false
    cancelAnimationFrame(now.request)
    label("play_arrow", "Play")
    remember()
  }

  const start = () => {
    if (now.atEnd) show(0)
    now.playing = true
    label("pause", "Pause")
    remember()
    let last = performance.now(), position = now.step
    const tick = (time) => {
      if (!now.playing || !bar.isConnected) return
      position += (Math.max(0, time - last) / 1000) * Number(speed.value)
      last = time
      if (Math.floor(position) !== now.step) show(Math.floor(position))
      if (now.atEnd) pause()
      else now.request = requestAnimationFrame(tick)
    }
    now.request = requestAnimationFrame(tick)
  }

  const go = (step) => { now.touched = true; pause(); show(step); remember() }
  // What was just changed is in the address only once the server has answered. Until it begins to, nothing on the
  // page says that it will: quiet for 200 ms is taken for an answer.
  const answered = async () => {
    const app = document.querySelector("[data-testid=stApp]")
    for (let wait = 0, quiet = 0; wait < 40 && quiet < 4; wait++) {
      await new Promise((done) => setTimeout(done, 50))
      quiet = app?.dataset.testScriptState === "notRunning" && window.downhill?.put ? quiet + 1 : 0
    }
    remember()
    window.downhill.put?.(true)
    return new Blob([location.href], { type: "text/plain" })
  }
  const copy = async () => {
    try {
      // Safari only writes what is promised while the button is pressed.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": answered() })])
      said.textContent = "Copied"
    } catch {
      said.textContent = "Copy it from the address bar"
    }
    setTimeout(() => (said.textContent = ""), 2500)
  }
  const actions = {
    start: () => go(0), back: () => go(now.step - 1), forward: () => go(now.step + 1), end: () => go(now.steps),
    play: () => { now.touched = true; if (now.playing) pause(); else start() }, link: copy,
  }
  bar.onclick = (event) => actions[event.target.closest("button")?.dataset.do]?.()
  scrub.oninput = () => { now.touched = true; if (now.playing) pause(); show(Number(scrub.value)) }
  scrub.onchange = remember

  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return
    const onScrub = event.target === scrub
    const name = { " ": "play", ArrowLeft: !onScrub && "back", ArrowRight: !onScrub && "forward" }[event.key]
    if (!name) return
    event.preventDefault()
    actions[name]()
  }
  document.addEventListener("keydown", keys)

  // A chart that is drawn later, or drawn anew, has to be told where the run stands.
  const latecomers = new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some((node) => node.querySelector?.("input[name=size]") || node.name === "size"))) {
      dress()
      show(now.step)
    }
  })
  latecomers.observe(document.body, { childList: true, subtree: true })
  addEventListener("resize", dress)
  dress()

  // On a phone the run waits until one sees it.
  let seen, retry
  const startSeen = () => {
    if (now.touched) return
    const charts = [...document.querySelectorAll("canvas.marks, .st-key-revealed")].filter((part) => part.clientHeight >= 100)
    if (!charts.length) return void (retry = setTimeout(() => bar.isConnected && !now.playing && startSeen(), 100))
    seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      seen.disconnect()
      if (!now.playing && !now.touched) start()
    }, { threshold: 0.5 })
    seen.observe(charts[0])
  }

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  const dropped = !first && now.plays !== data.plays
  now.plays = data.plays
  if (still && (first ? data.at === null : dropped)) show(now.steps)
  else if (dropped) { pause(); show(0); start() }
  else if (first && data.at === null) { pause(); show(0); startSeen() }
  else if (first) show(data.at)
  else show(now.atEnd ? now.steps : now.step)
  remember()

  bar.release = () => {
    document.removeEventListener("keydown", keys)
    latecomers.disconnect()
    removeEventListener("resize", dress)
    seen?.disconnect()
    clearTimeout(retry)
  }
  const release = bar.release
  return () => {
    release()
    if (!bar.isConnected) now.playing = false
  }
}
