"""Local and global minima of any function a class can type, and which start finds which."""

import streamlit as st

from views.optimisation import minima_one, minima_two
from views.shared import links
from views.shared.layout import title

VARIABLES = {"1": "f(x)", "2": "f(x, y)"}
VIEWS = {"1": minima_one, "2": minima_two}

title(
    "Local and global minima",
    "Where the slope is zero there may be a minimum. Descent finds the one at the bottom of the valley it "
    "starts in, which need not be the lowest of all.",
)
notes = st.container()
left, right = st.columns([1, 3], gap="medium")
with left:
    variables = links.segmented("Variables", VARIABLES, key="variables")
with notes:
    links.check({"variables": links.choice(VARIABLES), **VIEWS[variables].PARAMETERS}, f"minima-{variables}")
VIEWS[variables].draw(left, right)
