"""The calls run as cells do, and so under the libraries' own defaults; then each answer is read."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from calc.cells import Cell, Run
from calc.libraries.calls import CALLS, IMPORTS, QUESTIONS, Call, Question

READING = """if hasattr(_, "df"):
    text, value = f"df = {_.df}, error = {_.error}, success = {_.success}", _.df
elif isinstance(_, tuple):
    text, value = f"{_[0]}, at 0: {_[1]}", _[1]
else:
    text, value = str(_), _
print(text)"""
"""`_` is the last answer, as in every notebook."""


@dataclass(frozen=True)
class Answer:
    """What one call answered.

    Attributes:
        text: as Python writes it.
        value: the number at the point; nan where it is none.
    """

    call: Call
    text: str
    value: float

    @property
    def question(self) -> Question:
        """What was asked."""
        return QUESTIONS[self.call.question]

    @property
    def right(self) -> bool:
        """Whether it is the derivative, or no finite number where there is none."""
        truth = self.question.truth
        return not isfinite(self.value) if truth is None else self.value == truth

    @property
    def judged(self) -> str:
        """The same in a word: not to say a number is all that can be right where there is no derivative."""
        if not self.right:
            return "wrong"
        return "no number" if self.question.truth is None else "right"


def _cells() -> list[Cell]:
    cells = [Cell("imports", "", IMPORTS)]
    for number, call in enumerate(CALLS):
        cells += [
            Cell(f"call{number}", call.why, call.code, needs=("imports",)),
            Cell(f"answer{number}", "", READING, needs=(f"call{number}",), draws=(("value", "value"),)),
        ]
    return cells


_asked = Run(_cells())


def asked() -> Run:
    """The one run of all calls; it goes on while somebody looks at it.

    >>> asked() is asked()
    True
    """
    return _asked


def answers(run: Run) -> tuple[Answer, ...]:
    """What the calls answered, in their order, once the run is done; none where it failed."""
    found = [run.outputs.get(f"answer{number}") for number in range(len(CALLS))]
    return tuple(
        Answer(call, output.printed.rstrip("\n"), float(output.arrays["value"][0]))
        for call, output in zip(CALLS, found, strict=True)
        if output is not None and "value" in output.arrays
    )
