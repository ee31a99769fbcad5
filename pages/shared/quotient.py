"""The difference quotient of the step shown with its numbers, and a table that counts them down."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

import numpy as np

from calc.numbers import MOST_DIGITS, Result, holding, written

DIGITS = 6
"""Of the quotient."""


def fraction(letter: str, name: str, side: str) -> str:
    """Δf/Δx in symbols and with the numbers of the step, as MathML.

    Args:
        letter: the variable; `name`: of the function.
        side: "around", "right" or "left": where the second point lies.
    """
    t, f = f"<mi>{letter}</mi>", f"<mi>{name}</mi>"
    plus, minus, here = (
        f"{f}<mo>(</mo>{of}<mo>)</mo>" for of in (f"{t}<mo>+</mo><mi>h</mi>", f"{t}<mo>−</mo><mi>h</mi>", t)
    )
    first, last, run = {
        "around": (minus, plus, "<mn>2</mn><mi>h</mi>"),
        "right": (here, plus, "<mi>h</mi>"),
        "left": (minus, here, "<mi>h</mi>"),
    }[side]
    symbols = _over(f"<mi>Δ</mi>{f}", f"<mi>Δ</mi>{t}")
    numbers = _over(f"{_slot('last')}<mo>−</mo>{_slot('first')}", _slot("run"))
    cells = symbols, f"<mo>=</mo>{_over(f'{last}<mo>−</mo>{first}', run)}", f"<mo>=</mo>{numbers}"
    return (
        f'<math display="block"><mtable><mtr class="tall">{"".join(f"<mtd>{cell}</mtd>" for cell in cells)}'
        f'<mtd><mo data-name="relation"></mo>{_slot("quotient", new=True)}</mtd></mtr></mtable></math>'
    )


def _slot(name: str, new: bool = False) -> str:
    return f'<mn data-name="{name}"{" class=new" if new else ""}></mn>'


def _over(above: str, below: str) -> str:
    return f"<mstyle displaystyle='true'><mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac></mstyle>"


def substituted(
    first: np.ndarray, last: np.ndarray, run: np.ndarray, quotient: np.ndarray
) -> dict[str, list[str]]:
    """The numbers of the fraction by step, with digits that make it hold; 0/0 where the run is 0."""
    rows = [_row(*map(float, row)) for row in zip(first, last, run, quotient, strict=True)]
    names = ("first", "last", "run", "relation", "quotient")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _row(first: float, last: float, run: float, quotient: float) -> tuple[str, str, str, str, str]:
    if run == 0:
        return _bracketed(written(first, DIGITS)), written(last, DIGITS), "0", "=", "0/0"
    parts = (last, DIGITS), (first, DIGITS), (run, 4)
    more, relation = holding(parts, Result(_divided, quotient, DIGITS))
    shown = [written(value, min(asked + more, MOST_DIGITS)) for value, asked in parts]
    return _bracketed(shown[1]), shown[0], shown[2], relation, written(quotient, DIGITS)


def _divided(last: Decimal, first: Decimal, run: Decimal) -> Decimal:
    return (last - first) / run


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def countdown(names: Sequence[str], *columns: np.ndarray, digits: int = DIGITS) -> str:
    """A table that shows its rows one by one as the player goes: HTML for a readout."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(
        f'<tr data-from="{step}">{"".join(f"<td>{_cell(float(value), digits)}</td>" for value in row)}</tr>'
        for step, row in enumerate(zip(*columns, strict=True))
    )
    return (
        f'<table class="countdown"><thead><tr>{head}</tr></thead><tbody tabindex="0">{rows}</tbody></table>'
    )


def _cell(value: float, digits: int) -> str:
    return "0/0" if np.isnan(value) else written(value, digits)
