"""Home: what Downhill is, in one screen, and a way into each view."""

import streamlit as st

from pages.home import pictures
from pages.shared.layout import as_page, title
from pages.shared.menu import VIEWS
from pages.shared.player import player

title(
    "Downhill",
    "Machine learning finds the best answer by calculus: guess, measure the slope, step downhill, repeat. "
    "Play it here, then open a view and change everything.",
)
player(pictures.STEPS)

columns = st.columns(min(3, len(VIEWS)))
for number, view in enumerate(VIEWS):
    with columns[number % len(columns)], st.container(border=True):
        st.page_link(as_page(view), label=f"**{view.title}**", width="stretch")
        pictures.draw(view.url_path)
        st.markdown(view.sentence)
