// Puts the numbers of the step shown into a template, each time the player moves.

// As `calc/numbers.py` writes them.
export const format = (value, digits, prefix = "") => {
  if (value === undefined) return "…"
  if (Number.isNaN(value)) return "not a number"
  const sign = value < 0 ? "−" : "", size = Math.abs(value)
  if (size === Infinity) return sign + "∞"
  if (size === 0) return prefix + "0"
  const rounded = Number(size.toPrecision(digits))
  if (rounded >= 1e-4 && rounded < 1e9) return sign + prefix + rounded.toLocaleString("en-US", { maximumSignificantDigits: 17 })
  const [mantissa, power] = size.toExponential(digits - 1).split("e")
  const raised = [...String(Number(power))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("")
  return `${sign}${prefix}${Number(mantissa)}·10${raised}`
}

// Some values of a column, the smallest and the largest among them: their powers of ten are the longest.
const some = (column) => {
  const values = [...column].filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b))
  return values.filter((_, place) => place % Math.ceil(values.length / 20) === 0 || place === values.length - 1)
}

const unpack = (text) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer)

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".downhill-readout")
  // Streamlit calls this again with each answer, and only cleans up at the end.
  root.release?.()
  if (root.template !== data.template) {
    root.innerHTML = root.template = data.template
  }
  const columns = Object.fromEntries(Object.entries(data.columns).map(([name, text]) => [name, unpack(text)]))
  const length = Math.max(0, ...Object.values(columns).map((column) => column.length))
  const slots = [...root.querySelectorAll("[data-name]")]
  const written = ({ name, prefix = "", digits = "6", brackets }, value) => {
    const text = format(value, Number(digits), prefix)
    return brackets !== undefined && text.startsWith("−") ? `(${text})` : text
  }
  // The update is as large as the widest step allows: none is cut, and none changes the size.
  const fit = () => {
    const math = root.querySelector("math")
    if (!math) return
    for (const slot of math.querySelectorAll("[data-name]")) {
      const column = columns[slot.dataset.name]
      const texts = column ? some(column).map((value) => written(slot.dataset, value)) : [String(length)]
      slot.textContent = texts.reduce((longest, text) => (text.length > longest.length ? text : longest), "0")
    }
    const left = math.querySelector("mtd"), size = parseFloat(getComputedStyle(math).fontSize)
    math.style.width = "max-content"
    left.style.width = ""
    const [whole, first] = [math, left].map((part) => part.getBoundingClientRect().width / size)
    math.style.width = ""
    left.style.width = `${first}em`
    if (whole) math.style.setProperty("--em", (whole + 1.5).toFixed(1))
  }
  const fill = (step) => {
    // The last line has no next one: there the update is shown that led to it.
    const last = length - 1, update = Math.max(0, Math.min(step, last - 1))
    root.classList.toggle("at-end", step >= last)
    for (const slot of slots) {
      const { name, part } = slot.dataset
      const index = { before: update, after: update + 1 }[part] ?? Math.min(step, last)
      if (data.texts[name] !== undefined) {
        slot.textContent = data.texts[name]
        continue
      }
      const value = columns[name]?.length === 1 ? columns[name][0] : columns[name]?.[index]
      const text = name === "step" ? String(index) : written(slot.dataset, value)
      if (slot.textContent !== text) slot.textContent = text
    }
  }
  const moved = (event) => fill(event.detail)
  document.addEventListener("downhill:step", moved)
  const draw = () => {
    fit()
    fill(document.downhillStep ?? 0)
  }
  draw()
  // Until its font is there the update is set in another: the browser would leave it blank.
  document.fonts.load("1em KaTeX_Main").then((faces) => {
    if (faces.length) document.documentElement.classList.add("math-font")
    draw()
  })
  root.release = () => document.removeEventListener("downhill:step", moved)
  return () => root.release()
}
