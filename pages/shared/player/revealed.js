// Shows the rows of a table one by one as the player goes, the newest marked and in sight.

export default function ({ parentElement }) {
  parentElement.release?.()
  const style = (parentElement.rows ??= parentElement.appendChild(document.createElement("style")))
  const fill = (step) => {
    // By a style, since the rows are React's: what is drawn anew stays hidden.
    style.textContent = `
      .st-key-revealed tbody tr:nth-child(n + ${step + 2}) { visibility: hidden }
      .st-key-revealed tbody tr:nth-child(${step + 1}) { box-shadow: inset 4px 0 var(--changed) }`
    const row = document.querySelector(`.st-key-revealed tbody tr:nth-child(${step + 1})`)
    const box = row?.closest("[data-testid=stTable] > div")
    if (box) box.scrollTop = row.offsetTop + row.offsetHeight - box.clientHeight
  }
  const moved = (event) => fill(event.detail)
  document.addEventListener("downhill:step", moved)
  fill(document.downhillStep ?? 0)
  parentElement.release = () => document.removeEventListener("downhill:step", moved)
  return () => parentElement.release()
}
