"""The controls of the coin: what its tosses showed, and how the player moves p."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import rates
from pages.shared.fields import Choice, Number, Whole, drawer

HEADS = Whole("heads", "how often the coin showed heads", "Heads k", 0, 100, default=7)
TAILS = Whole("tails", "how often the coin showed tails", "Tails n − k", 0, 100, default=3)
MOVES = Choice(
    "moves", "how the player moves p: along all of it, or by descent on the log loss", "The player",
    {"walk": "walks along p", "descent": "descends"},
)  # fmt: skip
START = Number("start", "where the coin's descent starts", "Start of the descent, p", 0.01, 0.99, 0.2)
FIELDS = (HEADS, TAILS, MOVES, START)
BENT = 0.7
"""How likely the coin is to show heads that is tossed here."""
AT_ONCE = 10


@dataclass(frozen=True)
class Setting:
    """What the tosses showed; the rate and the start of a descent, None where the player walks along p."""

    heads: int
    tosses: int
    descent: tuple[float, float] | None


def _toss() -> None:
    heads = int(np.random.default_rng().binomial(AT_ONCE, BENT))
    HEADS.put(HEADS.said() + heads)
    TAILS.put(TAILS.said() + AT_ONCE - heads)


def choose(place: DeltaGenerator) -> Setting:
    """Draw the controls, the rate into its place, and give back what they say."""
    heads, tails = HEADS.draw(), TAILS.draw()
    if heads + tails == 0:
        # In the place of the button, so that nothing moves.
        st.error("A coin that was never tossed tells nothing. Shown: one toss, one head.")
        heads = 1
    full = max(heads, tails) > HEADS.high - AT_ONCE
    st.button(
        f"Toss a bent coin {AT_ONCE} more times", on_click=_toss, disabled=full, key="toss", width="stretch",
        help="How likely is it to show heads? With each ten tosses you know better: the hill gets narrower.",
    )  # fmt: skip
    descent = None
    if MOVES.draw(segmented=True) == "descent":
        start = START.draw(slider=True, step=0.01)
        # Its own: what is exact for the classifier is much too large here.
        exact = rates.EXACT.draw(drawer("Exact rate"), placeholder="none", belongs_to="coin")
        # At the least log loss its curvature is 1 / (p (1 - p)); of one side alone it would be infinite.
        likely = (heads + 1) / (heads + tails + 2)
        safe = likely * (1 - likely)
        with place:
            descent = rates.choose_rate(2 * safe, safe / 4, exact, belongs_to="coin"), start
    return Setting(heads, heads + tails, descent)
