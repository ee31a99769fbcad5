"""Local and global minima of any function a class can type, and which start finds which."""

import streamlit as st

from pages.local_and_global_minima.one import view as minima_one
from pages.local_and_global_minima.two import view as minima_two
from pages.shared import links
from pages.shared.layout import title

VARIABLES = {"1": "f(x)", "2": "f(x, y)"}
VIEWS = {"1": minima_one, "2": minima_two}

title(
    "Local and global minima",
    "Where the slope is zero there may be a minimum. Descent finds the one at the bottom of the valley it "
    "starts in, which need not be the lowest of all.",
)
asked = VIEWS.get(st.session_state.get("variables", st.query_params.get("variables", "1")), minima_one)
# Before the widgets, which put the link in order without a word.
links.check({"variables": links.choice(VARIABLES), **asked.PARAMETERS}, "minima")
left, right = st.columns([1, 3], gap="medium")
controls = left.container(gap="xsmall")
with controls:
    variables = links.segmented("Variables", VARIABLES, key="variables", labelled=False)
if st.session_state.get("f", "own") not in VIEWS[variables].TITLES:
    st.session_state["f"] = next(iter(VIEWS[variables].TITLES))
VIEWS[variables].draw(controls, right)
