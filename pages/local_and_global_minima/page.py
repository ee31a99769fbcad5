"""Local and global minima of any function a class can type, and which start finds which."""

import streamlit as st

from pages.local_and_global_minima.common import VARIABLES
from pages.local_and_global_minima.controls import FIELDS
from pages.local_and_global_minima.one import view as one
from pages.local_and_global_minima.two import view as two
from pages.shared.layout import lesson

VIEWS = {"1": one.draw, "2": two.draw}

places = lesson(
    "Local and global minima",
    "Where the slope is zero there may be a minimum. Descent finds the bottom of a valley, mostly of the one it "
    "starts in: it need not be the lowest of all.",
    FIELDS,
)
with places.controls:
    # What was typed and what is said of it comes last: it is of any length.
    settings, function = st.container(gap="xsmall"), st.container(gap="xsmall")
variables = VARIABLES.draw(function, segmented=True, label_visibility="collapsed")
VIEWS[variables](places, settings, function)
