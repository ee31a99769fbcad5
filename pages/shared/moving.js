// The arrow keys of a chart go on with the point that they have moved: with each answer its canvas may be another one.

const HOLDER = "[class*=st-key-main-move], [class*=st-key-tall-move]"
const KEYS = /^(Arrow|Page)/
let last

const held = (holder) => holder.querySelector(".vega-bindings input[name=held]")

const pressed = (event) => {
  const holder = event.target.closest?.("canvas.marks") && event.target.closest(HOLDER)
  if (!KEYS.test(event.key)) return
  if (holder) {
    last = holder
    // Once Vega has heard of it too.
    setTimeout(() => (holder.held = held(holder)?.value))
  } else if (event.target === document.body && last?.isConnected) {
    // Nothing else may be moved meanwhile.
    event.preventDefault()
    event.stopPropagation()
  }
}

// What a chart tells others while something is moved in it, until the server has answered.
let telling, pressing
const tell = () => {
  const text = (telling.isConnected && telling.querySelector("input[name=moved]")?.value) || ""
  // Under a hand that rests the player may have gone on.
  for (const input of text || !pressing ? document.querySelectorAll("input[name=moved]") : []) {
    if (input.value === text) continue
    input.value = text
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
  if (text || pressing) requestAnimationFrame(tell)
  else telling = undefined
}
const begins = ({ type, target }) => {
  const holder = target.closest?.(HOLDER)
  if (!holder?.querySelector("input[name=moved]")) return
  if (type === "pointerdown") pressing = true
  if (!telling) requestAnimationFrame(tell)
  telling = holder
}

export default function () {
  if (document.moves) return
  document.moves = true
  for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, begins, true)
  for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, () => (pressing = false), true)
  document.addEventListener("keydown", pressed, true)
  document.addEventListener("focusin", ({ target }) => {
    if (last && !last.contains(target)) last = undefined
  })
  const dress = () => {
    for (const canvas of document.querySelectorAll(`:is(${HOLDER}) canvas.marks:not([tabindex])`)) {
      canvas.tabIndex = 0
      canvas.setAttribute("role", "application")
      canvas.setAttribute("aria-label", "Arrow keys move what is marked; of several, Page Up and Page Down choose another.")
      if (!last?.contains(canvas) || document.activeElement !== document.body) continue
      canvas.focus({ preventScroll: true })
      const input = held(last)
      if (!input || last.held === undefined) continue
      input.value = last.held
      input.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }
  dress()
  new MutationObserver(dress).observe(document.body, { childList: true, subtree: true })
}
