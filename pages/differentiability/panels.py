"""The numbers and the words of `differentiability`."""

from math import isnan

import streamlit as st

from calc.differences import Quotients
from calc.libraries import answers, asked
from pages.shared.cells import waiting
from pages.shared.quotient import countdown, show_quotients
from pages.shared.tables import show_table
from pages.shared.verdict import Verdict


def numbers(t: str, verdict: Verdict, found: Quotients, text: str) -> None:
    """Both quotients with their numbers, the countdown, and the verdict; of a point without a value f beside it."""
    h, below, here, above = found.h, found.below, found.here, found.above
    if isnan(verdict.value):
        table = countdown(["h", f"f({t} − h)", f"f({t} + h)"], h[:-1], below[:-1], above[:-1], rows=5)
        show_quotients(t, "f", {}, table, text, h)
        return
    left, right = found.backward, found.forward
    table = countdown(["h", "from the left", "from the right"], h, left, right, rows=2)
    sides = {"left": (below, here, h, left), "right": (here, above, h, right)}
    show_quotients(t, "f", sides, table, text, h)


def who_says_what() -> None:
    """What libraries answer at such points, and where JAX is wrong though there is a derivative."""
    st.markdown(
        "None of them says *there is no derivative*. Each follows a rule that gives one number, and none looks at "
        "the limits from both sides. To find these points one has to look at the formula, as this page does."
    )
    run = asked()
    if not run.done:
        waiting(run, lambda: st.caption("SymPy, NumPy, SciPy and JAX are being asked on this machine …"))
    elif found := answers(run):
        of = [answer.question for answer in found]
        show_table([
            {"of": f"**{question.text}**: {question.why}" * (question is not before), "asked": answer.call.library,
             "call": f"`{'; '.join(answer.call.code.splitlines())}`", "answer": f"`{answer.text}`",
             "so": answer.judged, "why": answer.call.why}
            for answer, question, before in zip(found, of, (None, *of[:-1]), strict=True)
        ])  # fmt: skip
        st.caption(f"These calls ran on this machine, just as they stand here: {run.libraries}.")
    else:
        st.caption("They could not be asked on this machine.")
