"""Runs kept for comparison: up to four others by method and rate, on the same data from the same start.

They live in the link as `kept=method:rate,...`, so that a comparison can be shared.
"""

from dataclasses import replace

import streamlit as st

from calc.descent import METHODS
from calc.regression import DescentSettings
from pages.linear_regression.columns import SLOTS
from pages.shared.fields import Carried, shortest
from pages.shared.rates import LEAST, MOST, RATE

Runs = tuple[tuple[str, float], ...]
"""Method and rate of each."""


def read(text: str) -> Runs:
    """The runs of a link such as adam:0.1,momentum:0.02; ValueError if its text is not such."""
    pairs = [part.partition(":") for part in text.split(",", len(SLOTS))]
    if len(pairs) > len(SLOTS) or any(method not in METHODS for method, _, _ in pairs):
        raise ValueError(text)
    return tuple((method, RATE.read(rate)) for method, _, rate in pairs)


def write(runs: Runs) -> str:
    """The runs as a piece of a link."""
    return ",".join(f"{method}:{shortest(rate)}" for method, rate in runs)


KEPT: Carried[Runs] = Carried(
    "kept",
    "runs to compare, by method and rate",
    reads=read,
    writes=write,
    taken=f"up to {len(SLOTS)}: `adam:0.1,momentum:0.02`",
    examples=(
        (("adam", 0.1), ("momentum", 0.02)),
        (("gradient-descent", LEAST), ("nesterov", MOST), ("stochastic", 0.3), ("adam", 10.0)),
    ),
)


def settings(how: DescentSettings) -> tuple[tuple[str, DescentSettings], ...]:
    """The kept runs by letter, with everything but method and rate as in the run on the page."""
    return tuple(
        (letter, replace(how, method=method, rate=rate))
        for letter, (method, rate) in zip(SLOTS, KEPT.get(()), strict=False)
    )


def buttons(how: DescentSettings) -> None:
    """Keep this run, or drop one."""
    pairs = KEPT.get(())
    with st.container(horizontal=True):
        st.button(
            "Keep this run to compare",
            icon=":material/bookmark_add:",
            key="keep",
            disabled=len(pairs) == len(SLOTS) or (how.method, how.rate) in pairs,
            on_click=KEPT.put,
            args=((*pairs, (how.method, how.rate)),),
            help="Then change the rate or the method: both runs stay on the same axes. Up to four.",
        )
        for place, slot in enumerate(SLOTS[: len(pairs)]):
            st.button(
                f"Remove {slot}",
                icon=":material/close:",
                key=f"drop-{slot}",
                on_click=KEPT.put,
                args=(pairs[:place] + pairs[place + 1 :],),
            )
