"""Home: what Downhill is, in one screen, and a way into each lesson."""

import streamlit as st

from pages.shared.layout import as_page, heading
from pages.shared.menu import LESSONS
from pages.shared.player import PICTURE_STEPS, player

heading(
    "Downhill",
    "Machine learning finds the best answer by calculus: guess, measure the slope, step downhill, repeat. "
    "Play it here, then open a lesson and change everything.",
)
player(PICTURE_STEPS)

cards = st.container(key="cards")
for lesson in LESSONS:
    with cards.container(border=True):
        st.page_link(as_page(lesson), label=f"**{lesson.title}**", width="stretch")
        lesson.picture()
        st.markdown(lesson.sentence)
