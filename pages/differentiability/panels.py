"""The numbers and the words of `differentiability`."""

from math import isnan

import streamlit as st

from calc.differences import Quotients
from calc.libraries import QUESTIONS, answers, asked
from pages.shared.cells import waiting
from pages.shared.player import readout
from pages.shared.quotient import SAID, countdown, fraction, substituted
from pages.shared.tables import show_table
from pages.shared.verdict import Verdict


def numbers(t: str, verdict: Verdict, found: Quotients, text: str) -> None:
    """Both quotients with their numbers, the countdown, and the verdict; of a point without a value f beside it."""
    h, texts = found.h, dict[str, list[str]]()
    if isnan(verdict.value):
        html = countdown(
            ["h", f"f({t} − h)", f"f({t} + h)"], h[:-1], found.below[:-1], found.above[:-1], rows=5
        )
    else:
        texts = substituted(found.below, found.here, h, found.backward, "left-")
        texts |= substituted(found.here, found.above, h, found.forward, "right-")
        html = fraction(t, "f", "left", "right")
        html += countdown(["h", "from the left", "from the right"], h, found.backward, found.forward, rows=2)
    readout(html + SAID, {"h": h}, {**texts, "said": text}, key="quotients")


def who_says_what() -> None:
    """What libraries answer at such points, and where JAX is wrong though there is a derivative."""
    st.markdown(
        "None of them says *there is no derivative*. Each follows its rule for one number, and no rule looks at the "
        "limits from both sides. A search for such points has to look at the formula: that is what this page does."
    )
    run = asked()
    if not run.done:
        waiting(run, lambda: st.caption("SymPy, NumPy, SciPy and JAX are being asked on this machine …"))
    elif found := answers(run):
        rows, last = [], ""
        for answer in found:
            call, question = answer.call, QUESTIONS[answer.call.question]
            of = f"**{question.text}**: {question.why}" if call.question != last else ""
            code, last = f"`{'; '.join(call.code.splitlines())}`", call.question
            rows.append({"of": of, "asked": call.library, "call": code, "answer": f"`{answer.text}`",
                         "so": answer.judged, "why": call.why})  # fmt: skip
        show_table(rows)
        st.caption(f"These calls ran on this machine, just as they stand here: {run.libraries}.")
    else:
        st.caption("They could not be asked on this machine.")
