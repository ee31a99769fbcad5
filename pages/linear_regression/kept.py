"""Runs kept for comparison: up to four others by method and rate, on the same data from the same start.

They live in the link as `kept=method:rate,...`, so that a comparison can be shared.
"""

from dataclasses import replace

import streamlit as st

from calc.descent import METHODS
from calc.regression import Descent, Fit, fit_sums
from pages.linear_regression.columns import SLOTS
from pages.linear_regression.table import Points


def read(text: str) -> list[tuple[str, float]]:
    """The (method, rate) pairs of a link; what is not one is left out."""
    pairs = []
    for part in text.split(",")[: len(SLOTS)]:
        method, _, number = part.partition(":")
        try:
            rate = float(number)
        except ValueError:
            continue
        if method in METHODS and 1e-300 <= rate <= 1e300:
            pairs.append((method, rate))
    return pairs


def is_valid(text: str) -> bool:
    """Whether every part of a link's `kept` is a run."""
    return len(read(text)) == len(text.split(","))


def write(pairs: list[tuple[str, float]]) -> None:
    if pairs:
        st.query_params["kept"] = ",".join(f"{method}:{rate!r}" for method, rate in pairs)
    else:
        st.query_params.pop("kept", None)


def runs(how: Descent, points: Points) -> dict[str, Fit]:
    """The kept runs by letter, with everything but method and rate as in the run on the page."""
    pairs = read(st.query_params.get("kept", ""))
    return {
        letter: fit_sums(points.sums, replace(how, method=method, rate=rate), rows=(points.x, points.y))
        for letter, (method, rate) in zip(SLOTS, pairs, strict=False)
    }


def buttons(how: Descent, count: int) -> None:
    """Keep this run, drop one, drop all."""
    pairs = read(st.query_params.get("kept", ""))
    with st.container(horizontal=True):
        st.button(
            "Keep this run to compare",
            icon=":material/bookmark_add:",
            key="keep",
            disabled=count == len(SLOTS) or (how.method, how.rate) in pairs,
            on_click=lambda: write([*pairs, (how.method, how.rate)]),
            help="Then change the rate or the method: both runs stay on the same axes. Up to four.",
        )
        for slot, pair in zip(SLOTS, pairs, strict=False):
            st.button(
                f"Drop {slot}",
                icon=":material/close:",
                key=f"drop-{slot}",
                on_click=lambda gone=pair: write([other for other in pairs if other != gone]),
            )
