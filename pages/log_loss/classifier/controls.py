"""The controls of the classifier: its data, and how it descends."""

from dataclasses import dataclass
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.datasets import count_words
from calc.descent.status import round_down
from calc.logistic import Loss
from pages.log_loss.classifier import columns, table
from pages.log_loss.classifier.table import Table
from pages.shared import rates
from pages.shared.fields import Choice, Flag, Text, Whole, drawer

LOSS = Choice("loss", "which loss is made small", "Make small", {"log": "Log loss", "square": "Square loss"})
WRONG = Flag(
    "wrong",
    "whether the start is confidently wrong",
    "Start confidently wrong",
    help="Start with weights that take label 1 for label 0, and the other way round, and are sure of it.",
)
STEPS = Whole("steps", "steps of the descent", "Steps", 1, 500, default=120)
SAY = Text(
    "say", "a sentence of one's own, which is classified", "Your own sentence", 200, "The food was not good.",
    help="Praise is label 1, a complaint 0. All that counts is how often it has the words good and bad.",
)  # fmt: skip
FIELDS = (*table.FIELDS, SAY, LOSS, rates.RATE, rates.EXACT, STEPS, WRONG)


@dataclass(frozen=True)
class Setting:
    """What decides the run: the data, what is descended on, and how.

    Attributes:
        said: the counts of good and bad in the visitor's own sentence, where the data are sentences.
        answer: the place for what is said of it.
    """

    table: Table
    loss: Loss
    rate: float
    steps: int
    wrong: bool
    said: tuple[int, ...] | None
    answer: DeltaGenerator


def choose(place: DeltaGenerator) -> Setting:
    """Draw the controls, the rate into its place, and give back what they say."""
    data, stand_in = table.choose()
    said = count_words(text) if data.sentences and (text := SAY.draw()).strip() else None
    answer = st.container()
    loss = cast(Loss, LOSS.draw(segmented=True))
    start = columns.fitted(data, loss, None, 0, False)
    safe = start.safe_below
    units = " The weights are those of the standardised features." if start.standardise else ""
    wrong = WRONG.draw()
    box = drawer("Steps, exact rate")
    if isinstance(box, DeltaGenerator):
        box.caption(
            f"Below η = {round_down(safe)} no step can raise the {LOSS.options[loss].lower()} on these data.{units}"
        )
    steps, exact = STEPS.draw(box), rates.EXACT.draw(box, placeholder="none")
    with place:
        rate = rates.choose_rate(10 * safe, safe / 2, exact, follows=not stand_in)
    return Setting(data, loss, rate, steps, wrong, said, answer)
