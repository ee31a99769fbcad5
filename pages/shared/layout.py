"""The frame around every page: page set-up, navigation, title."""

import gc
from copy import copy
from functools import cache

import streamlit as st

from pages.shared.menu import HOME, VIEWS, View


@cache
def freeze_imports() -> None:
    """Take the imported libraries out of garbage collection: collecting them again finds nothing.

    And collect less often: with a class present each full collection holds everyone up.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def as_page(view: View) -> st.Page:
    """The view as Streamlit's page object; a fresh one for each rerun, as Streamlit wants it."""
    return copy(_page(view))


@cache
def _page(view: View) -> st.Page:
    """The same, whose file was looked up on the disk."""
    return st.Page(
        view.file, title=view.title, url_path=view.url_path or None, icon=view.icon, default=view is HOME
    )


_mended_roles = st.components.v2.component(
    "downhill_mended_roles",
    js="""
const FORMULA = "[data-testid=stMarkdownContainer]:has(.katex)"
const WIDE = `.katex-display, [data-testid=stTable] > div, ${FORMULA}`

// Two roles that screen readers announce wrongly in Streamlit 1.67. On a phone its menu is a list whose
// items stand inside groups: items without a list. And a place to drop a file is "presentation", although
// it can be focused.
export default function () {
  const mend = () => {
    for (const list of document.querySelectorAll("ul[data-testid=stSidebarNavItems]:not([role])")) {
      list.setAttribute("role", "group")
      for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none")
    }
    for (const drop of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
      drop.setAttribute("role", "group")
    // Measuring makes the browser lay out the page: not in each frame of a run.
    timer ??= setTimeout(reach, 400)
  }
  // A formula or a table too wide for its place scrolls: the keyboard has to reach it.
  const reach = () => {
    timer = undefined
    for (const part of document.querySelectorAll(WIDE)) {
      const wide = part.scrollWidth > part.clientWidth
      if (wide) part.tabIndex = 0
      else if (part.tabIndex === 0) part.removeAttribute("tabindex")
      if (part.matches(FORMULA)) part.style.overflowX = wide ? "auto" : ""
    }
  }
  let timer
  mend()
  const watch = new MutationObserver(mend)
  watch.observe(document.body, { childList: true, subtree: true })
  addEventListener("resize", mend)
  return () => {
    watch.disconnect()
    clearTimeout(timer)
    removeEventListener("resize", mend)
  }
}
""",
)


def navigation() -> st.Page:
    """Draw the menu at the top and give back the page that the visitor asked for."""
    menu: dict[str, list[st.Page]] = {"": [as_page(HOME)]}
    for view in VIEWS:
        menu.setdefault(view.section, []).append(as_page(view))
    return st.navigation(menu, position="top")


def finish() -> None:
    """What every page ends with: nothing to see, and so below everything that is."""
    # Without a key: each keyed component is looked at again by every widget of the page.
    _mended_roles(height=0)
    freeze_imports()


def title(text: str, lead: str) -> None:
    """The page's heading, and the one sentence that says what it teaches."""
    st.title(text, anchor=False)
    st.markdown(lead)
