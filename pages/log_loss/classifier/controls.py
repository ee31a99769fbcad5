"""The controls of the classifier: its data, and how it descends."""

from dataclasses import dataclass
from typing import cast

import streamlit as st

from calc.logistic import Loss
from pages.log_loss.classifier import columns, table
from pages.log_loss.classifier.table import Table
from pages.shared import rates
from pages.shared.fields import Choice, Flag, Whole

LOSS = Choice("loss", "what is descended on", "Descend on the", {"log": "Log loss", "square": "Square loss"})
WRONG = Flag(
    "wrong",
    "whether the start is confidently wrong",
    "Start confidently wrong",
    help="Start with weights that call every positive point negative, and are sure of it.",
)
STEPS = Whole("steps", "steps of the descent", "Steps", 1, 500, default=100)
FIELDS = (*table.FIELDS, LOSS, rates.RATE, rates.EXACT, STEPS, WRONG)


@dataclass(frozen=True)
class Setting:
    """What decides the run: the data, what is descended on, and how."""

    table: Table
    loss: Loss
    rate: float
    steps: int
    wrong: bool


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    data, stand_in = table.choose()
    loss = cast(Loss, LOSS.draw(segmented=True))
    safe = columns.fitted(data, loss, None, 0, False).safe_below
    slider = st.container()
    wrong = WRONG.draw()
    with st.popover("Steps, exact rate", width="stretch"):
        steps = STEPS.draw()
        exact = rates.EXACT.draw(placeholder="none")
    with slider:
        rate = rates.choose_rate(10 * safe, safe / 2, exact, diverges=False, follows=not stand_in)
        st.caption(f"Below {safe:.3g} no step can raise the {LOSS.options[loss].lower()} on these data.")
    return Setting(data, loss, rate, steps, wrong)
