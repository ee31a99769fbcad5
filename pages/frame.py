"""The router and nothing else: the script that Streamlit runs for every page."""

from pathlib import Path

import streamlit as st

from pages.shared import layout
from pages.shared.turns import turn

with turn():
    st.set_page_config(page_icon=str(Path(__file__).parent / "shared" / "icon.svg"), layout="wide")
    page = layout.navigation()
    page.run()
    layout.finish()
