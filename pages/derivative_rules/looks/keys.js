// Puts a sign into the box of the answer, where its caret is. The box keeps the focus, and a phone its keyboard: whoever
// leaves the box sends what is in it, which would be judged as a try.

export default function ({ parentElement }) {
  const keys = parentElement.querySelector(".downhill-keys")
  keys.onpointerdown = (event) => event.preventDefault()
  keys.onclick = ({ target }) => {
    const box = document.querySelector("[class*=st-key-answer] input"), sign = target.closest("button")?.textContent
    if (!box || !sign || (box.maxLength > 0 && box.value.length + sign.length > box.maxLength)) return
    box.focus()
    box.setRangeText(sign, box.selectionStart, box.selectionEnd, "end")
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
