"""The controls of the coin: what its tosses showed."""

import streamlit as st

from pages.shared.fields import Whole

HEADS = Whole("heads", "how often the coin showed heads", "Heads k", 0, 100, default=7)
TAILS = Whole("tails", "how often the coin showed tails", "Tails n − k", 0, 100, default=3)
FIELDS = (HEADS, TAILS)


def choose() -> tuple[int, int]:
    """Draw the controls; give back how many heads there are, and how many tosses."""
    heads, tails = HEADS.draw(), TAILS.draw()
    if heads + tails == 0:
        # In the place of the caption, so that nothing moves.
        st.error("A coin that was never tossed tells nothing. Shown: one toss, one head.")
        return 1, 1
    st.caption(
        "The player walks p from 0 to 1 and rests at the best: watch the three tangents become level at the same p."
    )
    return heads, heads + tails
