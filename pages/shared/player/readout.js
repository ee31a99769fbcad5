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
  return `${sign}${prefix}${Number(mantissa) === 1 ? "" : `${Number(mantissa)}·`}10${raised}`
}

const MOST_DIGITS = 17, RATE_DIGITS = 4

// A number of so many digits as a whole one times a power of ten.
const exactly = (value, digits) => {
  const [mantissa, power] = value.toExponential(Math.min(digits, MOST_DIGITS) - 1).split("e")
  const [whole, part = ""] = mantissa.split(".")
  return [BigInt(whole + part), Number(power) - part.length]
}

// The same number written with the fewest digits: that of two equal ones is the same.
const reduced = ([number, power]) => {
  if (number === 0n) return "0"
  while (number % 10n === 0n) [number, power] = [number / 10n, power + 1]
  return `${number}e${power}`
}

const rounded = ([number, power], digits) => {
  const size = number < 0n ? -number : number, more = String(size).length - digits
  if (more <= 0) return reduced([number, power])
  const unit = 10n ** BigInt(more), up = (2n * size + unit) / (2n * unit)
  return reduced([number < 0n ? -up : up, power + more])
}

// An update with as many digits as make it hold, as `update` of `calc/numbers.py` has it.
export const equation = (before, rate, direction, after, digits, sign = -1) => {
  const parts = [[before, digits], [rate, RATE_DIGITS], [direction, digits - 1]]
  const write = (more, relation) => {
    const [a, r, d] = parts.map(([value, asked]) => format(value, Math.min(asked + more, MOST_DIGITS)))
    return { before: a, rate: r, direction: d, relation, after: format(after, digits) }
  }
  if (![before, rate, direction, after].every(Number.isFinite)) return write(0, "≈")
  const goal = reduced(exactly(after, digits)), fewest = Math.min(...parts.map(([, asked]) => asked))
  for (let more = 0; more <= MOST_DIGITS - fewest; more++) {
    const [a, r, d] = parts.map(([value, asked]) => exactly(value, asked + more))
    const product = [r[0] * d[0] * BigInt(sign), r[1] + d[1]], least = Math.min(a[1], product[1])
    const scaled = ([number, power]) => number * 10n ** BigInt(power - least)
    if (rounded([scaled(a) + scaled(product), least], digits) === goal) return write(more, "=")
  }
  return write(0, "≈")
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
  const length = Math.max(0, ...[...Object.values(columns), ...Object.values(data.texts).filter(Array.isArray)].map((by) => by.length))
  const slots = [...root.querySelectorAll("[data-name]")]
  const bracketed = ({ brackets }, text) => (brackets !== undefined && text.startsWith("−") ? `(${text})` : text)
  const written = (slot, value) => slot.none !== undefined && !Number.isFinite(value)
    ? slot.none
    : bracketed(slot, format(value, Number(slot.digits ?? "6"), slot.prefix))
  // The update of one coordinate from a step to the next, which is written as a whole.
  const updated = ({ equation: name, digits, sign }, step) => {
    const [column, directions] = [columns[name], columns[`${name}-direction`]]
    return equation(column[step], columns.rate[0], directions[step], column[step + 1], Number(digits), Number(sign))
  }
  // The update is as large as the widest step allows: none is cut, and none changes the size.
  const fit = () => {
    const math = root.querySelector("math")
    if (!math) return
    for (const slot of math.querySelectorAll("[data-name]")) {
      const { equation: name, role } = slot.dataset, column = columns[slot.dataset.name]
      const stride = Math.ceil(length / 40)
      const texts = name
        ? [...Array(Math.max(0, length - 1)).keys()].filter((step) => step % stride === 0)
          .map((step) => bracketed(slot.dataset, updated(slot.dataset, step)[role]))
        : data.texts[slot.dataset.name] ? [data.texts[slot.dataset.name]].flat()
        : column ? some(column).map((value) => written(slot.dataset, value)) : [String(length)]
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
    const equations = {}
    // Rows of a table appear one by one, the last one marked.
    for (const row of root.querySelectorAll("[data-from]")) {
      const now = Number(row.dataset.from) === Math.min(step, last)
      row.classList.toggle("later", Number(row.dataset.from) > step)
      row.classList.toggle("now", now)
      if (now) row.parentElement.scrollTop = row.offsetTop + row.offsetHeight - row.parentElement.clientHeight
    }
    for (const slot of slots) {
      const { name, part, equation: of, role } = slot.dataset
      const index = { before: update, after: update + 1 }[part] ?? Math.min(step, last)
      const words = data.texts[name]
      if (words !== undefined) {
        slot.textContent = Array.isArray(words) ? words[Math.min(step, words.length - 1)] : words
        continue
      }
      const value = columns[name]?.length === 1 ? columns[name][0] : columns[name]?.[index]
      if (of) equations[of] ??= length > 1 ? updated(slot.dataset, update) : {}
      const text = of
        ? bracketed(slot.dataset, equations[of][role] ?? "…")
        : name === "step" ? String(index) : written(slot.dataset, value)
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
