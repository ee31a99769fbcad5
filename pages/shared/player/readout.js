// Puts the numbers of the step shown into a template, each time the player moves.

const format = (value, digits) => {
  if (value === undefined) return "…"
  if (!Number.isFinite(value)) return { Infinity: "∞", "-Infinity": "−∞" }[value] ?? "NaN (not a number)"
  const size = Math.abs(value)
  let text
  if (digits === 0 && size < 1e15) text = value.toLocaleString("en-US", { maximumFractionDigits: 0 })
  else if (size !== 0 && (size >= 1e9 || size < 1e-4)) {
    const [mantissa, power] = value.toExponential(2).split("e")
    text = `${mantissa}·10${[...String(Number(power))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("")}`
  } else text = value.toLocaleString("en-US", { maximumSignificantDigits: digits || 6 })
  return text.replace("-", "−")
}

const unpack = (text) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer)

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".downhill-readout")
  if (root.template !== data.template) {
    root.innerHTML = root.template = data.template
  }
  const columns = Object.fromEntries(Object.entries(data.columns).map(([name, text]) => [name, unpack(text)]))
  const length = Math.max(0, ...Object.values(columns).map((column) => column.length))
  const slots = [...root.querySelectorAll("[data-name]")]
  const fill = (step) => {
    // The last line has no next one: there the update is shown that led to it.
    const last = length - 1, update = Math.max(0, Math.min(step, last - 1))
    for (const slot of slots) {
      const { name, part, prefix = "", digits = "6" } = slot.dataset
      const index = { before: update, after: update + 1 }[part] ?? Math.min(step, last)
      if (data.texts[name] !== undefined) {
        slot.textContent = data.texts[name]
        continue
      }
      const value = columns[name]?.length === 1 ? columns[name][0] : columns[name]?.[index]
      let text = name === "step" ? String(index) : format(value, Number(digits))
      if (slot.dataset.short !== undefined) text = text.replace(" (not a number)", "")
      if (prefix) text = text.startsWith("−") ? "−" + prefix + text.slice(1) : prefix + text
      if (slot.dataset.brackets !== undefined && text.startsWith("−")) text = `(${text})`
      if (slot.textContent !== text) slot.textContent = text
    }
  }
  const moved = (event) => fill(event.detail)
  document.addEventListener("downhill:step", moved)
  fill(document.downhillStep ?? 0)
  return () => document.removeEventListener("downhill:step", moved)
}
