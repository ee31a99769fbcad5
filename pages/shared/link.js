// The link is the state: puts the link of the screen, as the server has it, into the address bar. The address is
// replaced, never pushed: each visit of a page stays one entry of the browser's history, with its last state.
// The player keeps its step here, as `window.downhill.step`: null while it plays, or rests at the end. Until this visit
// has its player the address keeps the step that it was opened with.

const STREAMLIT_S = ["embed", "embed_options"]
// Safari takes no more than 100 changes of the address in 30 seconds.
const PAUSE = 300

// Two quick presses of Back: while Streamlit draws the first page the address is the second one's already, and it
// would push the first one's anew. After Back or Forward nothing is pushed until the visitor chooses a page.
const trustBack = (state) => {
  const push = history.pushState.bind(history)
  history.pushState = (...entry) => state.went || push(...entry)
  for (const act of ["pointerdown", "keydown", "click"]) addEventListener(act, () => (state.went = false), true)
  addEventListener("popstate", () => {
    state.went = true
    // From one visit of a page straight to an earlier one of the same page: the server would take them for one.
    if (here(state) && history.state?.visit !== state.entry) location.reload()
  }, true)
}

const here = (state) => location.pathname.endsWith(`/${state.page}`)

export default function ({ data }) {
  const state = (window.downhill ??= {})
  if (state.entry === undefined) trustBack(state)
  if (state.page === data.page && state.visit !== data.visit && history.state?.visit === state.entry) {
    // Nobody went anywhere, and yet a visit begins: the server was started anew, or has forgotten the session.
    // Streamlit told it an old address; this one is right.
    location.reload()
    return
  }
  state.page = data.page
  state.alts = data.alts
  document.mend?.()
  if (state.visit !== data.visit) {
    state.visit = data.visit
    // That of the visit before.
    if (!state.bar?.isConnected) state.bar = undefined
    state.entry = history.state?.visit ?? crypto.getRandomValues(new Uint32Array(1))[0]
  }
  const address = () => {
    const url = new URL(location.href), link = new URLSearchParams(data.query)
    for (const name of STREAMLIT_S) if (url.searchParams.has(name)) link.set(name, url.searchParams.get(name))
    const step = state.bar ? state.step : url.searchParams.get("step")
    if (step != null) link.set("step", step)
    // These need no escape in a query, and a table of points reads better without.
    url.search = link.toString().replace(/%7E/g, "~").replace(/%3A/g, ":").replace(/%2C/g, ",")
    return url
  }
  const put = () => {
    clearTimeout(state.waiting)
    state.waiting = undefined
    // The next page is on its way, or an earlier visit of this one: this is the last one's link.
    if (!here(state) || (history.state?.visit ?? state.entry) !== state.entry) return
    const url = address()
    if (url.href === location.href && history.state?.visit === state.entry) return
    history.replaceState({ ...history.state, visit: state.entry }, "", url)
    state.last = performance.now()
  }
  state.put = (atOnce = false) => {
    const rest = (state.last ?? -PAUSE) + PAUSE - performance.now()
    if (atOnce || rest <= 0) put()
    else state.waiting ??= setTimeout(() => state.put(true), rest)
  }
  state.put()
}
