"""Home: what Downhill is, and the whole course at a glance, each lesson a live picture and a link."""

from time import sleep

import streamlit as st

from pages.shared.layout import as_page, heading
from pages.shared.menu import course
from pages.shared.player import PICTURE_STEPS, player
from pages.shared.turns import aside

ROW = 4
"""Cards beside each other on a laptop."""
PAUSE = 0.2
"""Seconds in which a browser draws a row: sent at once, all cards would show when the last is drawn."""

with st.container(key="head"):
    heading(
        "Downhill",
        "Machine learning finds the best answer by calculus: guess, measure the slope, step downhill, repeat. "
        "Play it here, then open a lesson and change everything.",
    )
    player(PICTURE_STEPS)

cards = st.container(key="cards")
for number, lesson in enumerate(course(), 1):
    if number > 1 and number % ROW == 1:
        with aside():
            sleep(PAUSE)
    with cards.container(border=True):
        st.page_link(as_page(lesson), label=f"**{number}. {lesson.title}**", width="stretch")
        lesson.picture()
        st.markdown(lesson.sentence)
