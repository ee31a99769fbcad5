"""The frame around every page: page set-up, navigation, title."""

import gc
from functools import cache

import streamlit as st

from views.shared.menu import HOME, VIEWS, View


@cache
def freeze_imports() -> None:
    """Take the imported libraries out of garbage collection: collecting them again finds nothing."""
    gc.collect()
    gc.freeze()


def as_page(view: View) -> st.Page:
    """The view as Streamlit's page object; a fresh one for each rerun, as Streamlit wants it."""
    return st.Page(
        view.file, title=view.title, url_path=view.url_path or None, icon=view.icon, default=view is HOME
    )


def navigation() -> st.Page:
    """Draw the menu at the top and give back the page that the visitor asked for."""
    menu: dict[str, list[st.Page]] = {"": [as_page(HOME)]}
    for view in VIEWS:
        menu.setdefault(view.section, []).append(as_page(view))
    return st.navigation(menu, position="top")


def title(text: str, lead: str) -> None:
    """The page's heading, and the one sentence that says what it teaches."""
    st.title(text, anchor=False)
    st.markdown(lead)
