"""Downhill: the router and nothing else."""

import streamlit as st

from pages.shared import layout

st.set_page_config(page_icon="views/shared/icon.svg", layout="wide")
page = layout.navigation()
page.run()
layout.finish()
