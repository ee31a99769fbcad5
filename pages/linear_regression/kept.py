"""Runs kept for comparison: up to four others by method, rate and data, raw or standardised, from the same start.

They live in the link as `kept=method:rate,...`, with `:raw` after those on raw data, so that a comparison can be
shared.
"""

from dataclasses import replace

import streamlit as st

from calc.descent import METHODS
from calc.regression import DescentSettings
from pages.linear_regression.columns import SLOTS
from pages.shared.fields import Carried, shortest
from pages.shared.rates import LEAST, MOST, RATE

Run = tuple[str, float, bool]
"""Method, rate, and whether on standardised data."""
Runs = tuple[Run, ...]
RAW = "raw"


def read(text: str) -> Runs:
    """The runs of a link such as adam:0.1,momentum:0.02:raw; ValueError if its text is not such."""
    parts = [part.split(":") for part in text.split(",", len(SLOTS))]
    if len(parts) > len(SLOTS) or any(
        part[0] not in METHODS or len(part) < 2 or part[2:] not in ([], [RAW]) for part in parts
    ):
        raise ValueError(text)
    return tuple((method, RATE.read(rate), not raw) for method, rate, *raw in parts)


def write(runs: Runs) -> str:
    """The runs as a piece of a link."""
    return ",".join(
        f"{method}:{shortest(rate)}" + ("" if standardised else f":{RAW}")
        for method, rate, standardised in runs
    )


KEPT: Carried[Runs] = Carried(
    "kept",
    "runs to compare, by method and rate, on raw data or standardised",
    reads=read,
    writes=write,
    taken=f"up to {len(SLOTS)}: `adam:0.1,momentum:0.02,gradient-descent:0.01:raw`",
    examples=(
        (("adam", 0.1, True), ("momentum", 0.02, False)),
        (("gradient-descent", LEAST, True), ("nesterov", MOST, False), ("stochastic", 0.3, True), ("adam", 10.0, True)),
    ),
)  # fmt: skip


def settings(how: DescentSettings) -> tuple[tuple[str, DescentSettings], ...]:
    """The kept runs by letter, with everything else as in the run on the page."""
    return tuple(
        (letter, replace(how, method=method, rate=rate, standardise=standardised))
        for letter, (method, rate, standardised) in zip(SLOTS, KEPT.get(()), strict=False)
    )


def this(how: DescentSettings) -> Run:
    """The run on the page as it would be kept."""
    assert how.rate is not None
    return how.method, how.rate, how.standardise


def beside(method: str, rate: float, standardised: bool) -> None:
    """One click adds the run on the other data, raw or standardised, at a rate that suits it."""
    runs = KEPT.get(())
    other = method, rate, standardised
    st.button(
        "Show both",
        key="both",
        disabled=len(runs) == len(SLOTS) or other in runs,
        on_click=KEPT.put,
        args=((*runs, other),),
        help=f"Adds the same run on {'standardised' if standardised else 'raw'} data, from the same start and in a "
        "colour of its own.",
    )


def buttons(how: DescentSettings) -> None:
    """Keep this run, or drop one."""
    runs = KEPT.get(())
    with st.container(horizontal=True):
        st.button(
            "Keep this run to compare",
            icon=":material/bookmark_add:",
            key="keep",
            disabled=len(runs) == len(SLOTS) or this(how) in runs,
            on_click=KEPT.put,
            args=((*runs, this(how)),),
            help="Then change the rate or the method: both runs stay on the same axes. Up to four.",
        )
        for place, slot in enumerate(SLOTS[: len(runs)]):
            st.button(
                f"Remove {slot}",
                icon=":material/close:",
                key=f"drop-{slot}",
                on_click=KEPT.put,
                args=(runs[:place] + runs[place + 1 :],),
            )
