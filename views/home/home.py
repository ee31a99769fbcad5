"""Home: what Downhill is, and a way into each view."""

import streamlit as st

from views.shared.layout import as_page, title
from views.shared.menu import VIEWS

title("Downhill", "How machine learning uses calculus to find the best answer.")
for view in VIEWS:
    st.page_link(as_page(view), label=f"**{view.title}**. {view.sentence}")
