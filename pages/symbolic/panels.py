"""The numbers and the words of `symbolic`."""

import numpy as np
import streamlit as st

from calc.numbers import counted, share
from calc.swell import SHOWN, Size
from pages.shared.cells import show_cells
from pages.shared.layout import unfolded
from pages.shared.player import readout
from pages.shared.quotient import countdown
from pages.symbolic.cells import CELLS, SECTIONS
from pages.symbolic.controls import Setting, choose_numbers

HTML = (
    '<div class="verdict"><span data-name="said"></span></div>'
    '<div class="formula" tabindex="0" role="group" aria-label="The derivative" data-name="formula"></div>'
)


def formula(found: tuple[Size, ...], lost: list[float]) -> None:
    """The derivative itself, of which so much is seen as there is room."""
    texts = {
        "formula": [size.text if size.characters <= SHOWN else f"{size.text} …" for size in found],
        "said": [_said(size, part) for size, part in zip(found, lost, strict=True)],
    }
    readout(HTML, {"step": np.arange(len(found))}, texts, key="formula")


def _said(size: Size, part: float) -> str:
    times = "f alone" if size.times == 1 else f"f applied {size.times} times"
    lost = f" On {share(part)} of the interval it has no value, or one too large to compute." if part else ""
    return f"{times}: the derivative, written out, is {counted(size.characters, 'character')} long.{lost}"


def table(found: dict[str, np.ndarray]) -> None:
    """All sizes, a row a step."""
    names = ("n", "tree", "text", "graph", "ops", "reverse")
    readout(countdown(names, *found.values(), rows=6), {"times": found["times"]}, key="sizes")


def honestly() -> None:
    """What the numbers count, and what of it is the formula's fault."""
    st.markdown(
        "**Written out**, the derivative is a *tree*: the product and chain rules repeat every part that they need, "
        "and each further f repeats them all again. With **shared parts** it is a *graph*: what occurs twice is there "
        "once, and each further f adds the same few parts. **Reverse mode**, as in JAX, begins with the graph. So "
        "symbolic differentiation is not slow; writing out the tree is. On the graph both do the same operations "
        "([Laue 2019](https://arxiv.org/abs/1904.02990)); reverse mode also counts f and products by 1.\n\n"
        "In the table *n* says how often f is applied, *text* counts the characters of the derivative, *tree* and "
        "*graph* its operations, numbers and x’s, and *ops* the operations of the graph alone."
    )


def cells(setting: Setting) -> None:
    """The cells of the lab by its sections, which run once they are open."""
    st.header("The cells of the course’s lab, with your function", anchor=False)
    values, ours = choose_numbers(setting)
    for number, (title, part) in enumerate(SECTIONS.items()):
        names = [cell.name for cell in part]
        unfolded(
            title, f"cells-{number}", show_cells, CELLS, values,
            only=names, key=f"symbolic-{number}", everyone=ours, title=title,
        )  # fmt: skip
