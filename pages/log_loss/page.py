"""The log loss: a coin's likelihood and its logarithm, and a classifier that learns by it."""

import streamlit as st

from pages.log_loss.classifier import view as log_classifier
from pages.log_loss.coin import view as log_coin
from pages.shared import links
from pages.shared.layout import title

SHOWN = {"coin": "A coin", "classifier": "A classifier"}
VIEWS = {"coin": log_coin, "classifier": log_classifier}

title(
    "The log loss",
    "The best model makes the data most probable. Probabilities multiply, so take the logarithm: a sum, with a "
    "derivative that one can set to zero, or descend.",
)
notes = st.container()
left, right = st.columns([1, 3], gap="medium")
with left:
    shown = links.segmented("Show", SHOWN, key="show")
with notes:
    links.check({"show": links.choice(SHOWN), **VIEWS[shown].PARAMETERS}, f"log-loss-{shown}")
VIEWS[shown].draw(left, right)
