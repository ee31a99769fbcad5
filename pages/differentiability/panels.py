"""The numbers and the words of `differentiability`."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from calc.cells import Run
from calc.differences import Quotients
from calc.libraries import QUESTIONS, Answer, answers, asked
from pages.differentiability.setting import Setting
from pages.differentiability.words import Verdict
from pages.shared.cells import me
from pages.shared.player import readout
from pages.shared.quotient import countdown, fraction, substituted
from pages.shared.tables import show_table

ASK_AGAIN = 2.0
"""Seconds between two looks whether the libraries have answered; they take 5 to 20, once a process."""


def numbers(setting: Setting, verdict: Verdict, found: Quotients, text: str) -> None:
    """Both quotients with their numbers, the countdown, and the verdict; of a point without a value f beside it."""
    t, h = setting.t, found.h
    said = '<div class="verdict"><span data-name="said"></span></div>'
    texts: dict[str, str | Sequence[str]] = {"said": text}
    if np.isnan(verdict.value):
        table = countdown(
            ["h", f"f({t} − h)", f"f({t} + h)"], h[:-1], found.below[:-1], found.above[:-1], rows=5
        )
        readout(table + said, {"h": h}, texts, key="quotients")
        return
    left = substituted(found.below, found.here, h, found.backward, "left-")
    right = substituted(found.here, found.above, h, found.forward, "right-")
    html = (
        fraction(t, "f", "left", "right")
        + countdown(["h", "from the left", "from the right"], h, found.backward, found.forward, rows=2)
        + said
    )
    readout(html, {"h": h}, {**texts, **left, **right}, key="quotients")


def who_says_what() -> None:
    """What libraries answer at such points, and where JAX is wrong though there is a derivative."""
    st.header("Who says what there", anchor=False)
    st.markdown(
        "None of them says *there is no derivative*. Each follows its rule for one number, and no rule looks at the "
        "limits from both sides. A search for such points has to look at the formula: that is what this page does."
    )
    run = asked()
    if not run.done:
        run.look(me())
        _waiting(run)
    elif found := answers(run):
        show_table(_rows(found))
        st.caption(f"These calls ran on this machine, just as they stand here: {run.libraries}.")
    else:
        st.caption("They could not be asked on this machine.")


@st.fragment(run_every=ASK_AGAIN)
def _waiting(run: Run) -> None:
    if run.done:
        st.rerun()
    run.look(me())
    st.caption("SymPy, NumPy, SciPy and JAX are being asked on this machine …")


def _rows(found: Sequence[Answer]) -> list[dict[str, str]]:
    rows, last = [], ""
    for answer in found:
        call, question = answer.call, QUESTIONS[answer.call.question]
        rows.append({
            "of": f"**{question.text}**: {question.why}" if call.question != last else "",
            "asked": call.library,
            "call": f"`{'; '.join(call.code.splitlines())}`",
            "answer": f"`{answer.text}`",
            "so": "right" if answer.right and question.truth is not None else "no number" if answer.right else "wrong",
            "why": call.why,
        })  # fmt: skip
        last = call.question
    return rows
