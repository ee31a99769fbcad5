"""The controls of the classifier: its data, and how it descends."""

from dataclasses import dataclass
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.descent.status import round_down
from calc.logistic import Loss
from pages.log_loss.classifier import columns, table
from pages.log_loss.classifier.table import Table
from pages.shared import rates
from pages.shared.fields import Choice, Flag, Whole, drawer

LOSS = Choice("loss", "which loss is made small", "Make small", {"log": "Log loss", "square": "Square loss"})
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


def choose(place: DeltaGenerator) -> Setting:
    """Draw the controls, the rate into its place, and give back what they say."""
    data, stand_in = table.choose()
    loss = cast(Loss, LOSS.draw(segmented=True))
    start = columns.fitted(data, loss, None, 0, False)
    safe = start.safe_below
    units = " The weights are those of the standardised features." if start.standardise else ""
    st.caption(
        f"Below η = {round_down(safe)} no step can raise the {LOSS.options[loss].lower()} on these data.{units}"
    )
    wrong = WRONG.draw()
    box = drawer("Steps, exact rate")
    steps, exact = STEPS.draw(box), rates.EXACT.draw(box, placeholder="none")
    with place:
        rate = rates.choose_rate(10 * safe, safe / 2, exact, follows=not stand_in)
    return Setting(data, loss, rate, steps, wrong)
