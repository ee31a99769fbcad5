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
    times = "f alone" if size.times == 1 else f"f, {size.times} times in itself"
    lost = f" On {share(part)} of the interval there is no number, or none below 1.8 · 10³⁰⁸." if part else ""
    return f"{times}: the derivative, written out, is {counted(size.characters, 'byte')} long.{lost}"


def table(found: dict[str, np.ndarray]) -> None:
    """All sizes, a row a step."""
    names = ("n", "tree", "bytes", "graph", "ops", "reverse")
    readout(countdown(names, *found.values(), rows=6), {"times": found["times"]}, key="sizes")


def honestly() -> None:
    """What the numbers count, and what of it is the formula's fault."""
    st.markdown(
        "**Written out** the derivative is a *tree*: the rules for products and chains repeat every part that they "
        "need, and each f in f repeats them all again. With **shared parts** it is a *graph*: what occurs twice is "
        "there once, and each f adds the same few parts. **Reverse mode**, the automatic differentiation of JAX, "
        "begins with the graph. So it is not that symbolic differentiation is slow; writing the tree out is. On the "
        "graph both do the same operations ([Laue 2019](https://arxiv.org/abs/1904.02990)); reverse mode is counted "
        "with the value of f and with products by 1, which a formula leaves out. *n* is how often f stands in itself; "
        "*tree* and *graph* count operations, x and numbers, *ops* the operations of the graph."
    )


def cells(setting: Setting) -> None:
    """The cells of the lab by its sections, which run once they are open."""
    st.header("The lab’s cells, with your function", anchor=False)
    values, ours = choose_numbers(setting)
    for number, (title, part) in enumerate(SECTIONS.items()):
        names = [cell.name for cell in part]
        unfolded(
            title, f"cells-{number}", show_cells, CELLS, values,
            only=names, key=f"symbolic-{number}", everyone=ours, title=title,
        )  # fmt: skip
