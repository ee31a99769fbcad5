"""The difference quotient of the step shown with its numbers, and a table that counts them down."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from math import isfinite, isnan
from typing import TypeAlias

import numpy as np

from calc.numbers import MOST_DIGITS, Result, holding, written
from calc.numerical import Cancelled, cancelled
from pages.shared.player import readout

DIGITS, H_DIGITS = 6, 4
"""Of the quotient, and of h."""
NONE, HUGE = "no value", "too large"
SAID = '<div class="verdict"><span data-name="said"></span></div>'
"""A sentence below the numbers: the slot `said`."""


def fraction(letter: str, name: str, *sides: str) -> str:
    """Δf/Δx in symbols and with the numbers of the step, as MathML: a row for each side.

    Args:
        letter: the variable; `name`: of the function.
        sides: "around", "right" or "left": where the second point lies.
    """
    rows = "".join(_side(letter, name, side, "" if len(sides) == 1 else f"{side}-") for side in sides)
    return f'<math display="block"><mtable{" class=pair" if len(sides) > 1 else ""}>{rows}</mtable></math>'


def _side(letter: str, name: str, side: str, slots: str) -> str:
    t, f = f"<mi>{letter}</mi>", f"<mi>{name}</mi>"
    plus, minus, here = (
        f"{f}<mo>(</mo>{of}<mo>)</mo>" for of in (f"{t}<mo>+</mo><mi>h</mi>", f"{t}<mo>−</mo><mi>h</mi>", t)
    )
    first, last, run = {
        "around": (minus, plus, "<mn>2</mn><mi>h</mi>"),
        "right": (here, plus, "<mi>h</mi>"),
        "left": (minus, here, "<mi>h</mi>"),
    }[side]
    difference = _over(f"<mi>Δ</mi>{f}", f"<mi>Δ</mi>{t}")
    symbols = difference if not slots else f"<mtext>from the {side}</mtext>"
    numbers = _over(f"{_slot(f'{slots}last')}<mo>−</mo>{_slot(f'{slots}first')}", _slot(f"{slots}run"))
    between = "" if slots else "<mo>=</mo>"
    cells = symbols, f"{between}{_over(f'{last}<mo>−</mo>{first}', run)}", f"<mo>=</mo>{numbers}"
    return (
        f'<mtr class="tall">{"".join(f"<mtd>{cell}</mtd>" for cell in cells)}'
        f'<mtd><mo data-name="{slots}relation"></mo>{_slot(f"{slots}quotient", new=True)}</mtd></mtr>'
    )


def _slot(name: str, new: bool = False) -> str:
    return f'<mn data-name="{name}"{" class=new" if new else ""}></mn>'


def _over(above: str, below: str) -> str:
    return f"<mstyle displaystyle='true'><mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac></mstyle>"


def substituted(
    first: np.ndarray, last: np.ndarray, run: np.ndarray, quotient: np.ndarray, slots: str = ""
) -> dict[str, list[str]]:
    """The numbers of the fraction by step, with digits that make it hold; 0/0 where the run is 0.

    Args:
        slots: of one of several sides, "left-" or "right-".
    """
    rows = [_row(*map(float, row)) for row in zip(first, last, run, quotient, strict=True)]
    names = [f"{slots}{name}" for name in ("first", "last", "run", "relation", "quotient")]
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def show_quotients(
    t: str,
    name: str,
    sides: Mapping[str, tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]],
    table: str,
    said: str | Sequence[str],
    h: np.ndarray,
) -> None:
    """Draw the fraction of each side with the numbers of the step, a table below it, and what is said of the step.

    Args:
        sides: as `fraction` has them, each with what `substituted` takes.
        table: HTML, as of `countdown`.
    """
    texts: dict[str, str | Sequence[str]] = {"said": said}
    for side, numbers in sides.items():
        texts |= substituted(*numbers, "" if len(sides) == 1 else f"{side}-")
    html = fraction(t, name, *sides) if sides else ""
    readout(html + table + SAID, {"h": h}, texts, key="quotient")


def _row(first: float, last: float, run: float, quotient: float) -> tuple[str, str, str, str, str]:
    if not isfinite(quotient):
        answer = _cell(quotient, "0/0" if run == 0 and isfinite(first) else NONE)
        return _bracketed(_cell(first)), _cell(last), written(run), "=", answer
    parts = (last, DIGITS), (first, DIGITS), (run, H_DIGITS)
    more, relation = holding(parts, Result(_divided, quotient, DIGITS))
    shown = [written(value, min(asked + more, MOST_DIGITS)) for value, asked in parts]
    return _bracketed(shown[1]), shown[0], shown[2], relation, written(quotient, DIGITS)


def _divided(last: Decimal, first: Decimal, run: Decimal) -> Decimal:
    return (last - first) / run


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def countdown(names: Sequence[str], *columns: np.ndarray, rows: int = 3) -> str:
    """A table that shows its rows one by one as the player goes: HTML for a readout.

    Args:
        columns: the first is h; what is no number at h = 0 is 0/0.
        rows: how many are seen at once.
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    lines = "".join(
        f'<tr data-from="{step}">{"".join(f"<td>{cell}</td>" for cell in _cells(*row))}</tr>'
        for step, row in enumerate(zip(*(column.tolist() for column in columns), strict=True))
    )
    return (
        f'<table class="countdown" style="--rows: {rows}"><thead><tr>{head}</tr></thead>'
        f'<tbody tabindex="0">{lines}</tbody></table>'
    )


def _cells(h: float, *values: float) -> list[str]:
    return [written(h, H_DIGITS), *(_cell(value, NONE if h else "0/0") for value in values)]


def _cell(value: float, none: str = NONE) -> str:
    return written(value, DIGITS) if isfinite(value) else none if isnan(value) else HUGE


def subtraction(above: str, below: str, quotient: str, slope: str) -> str:
    """A subtraction with its digits, those that cancel struck out; below it the quotient, its right digits marked."""
    rows = (
        (above, '<s data-name="above-gone"></s><span data-name="above"></span>', ""),
        (f"− {below}", '<s data-name="below-gone"></s><span data-name="below"></span>', ""),
        ("=", '<s data-name="left-gone"></s><span data-name="left"></span>', ' class="sum"'),
        (quotient, '<span class="new" data-name="right"></span><span data-name="wrong"></span>', ""),
        (slope, '<span data-name="slope"></span>', ""),
    )
    lines = (f"<tr{more}><th>{escape(name)}</th><td>{slots}</td></tr>" for name, slots, more in rows)
    return f'<table class="digits"><tbody>{"".join(lines)}</tbody></table>'


def subtracted(
    above: np.ndarray, below: np.ndarray, quotient: np.ndarray, slope: float, digits: int
) -> tuple[dict[str, list[str]], list[Cancelled | None]]:
    """The texts of a subtraction by step: f there and there, what is made of their difference, what it should be.

    Also the differences themselves, None where there is none.
    """
    pairs = list(zip(above.tolist(), below.tolist(), strict=True))
    taken = [cancelled(a, b, digits) for a, b in pairs]
    rows = [
        _texts(each or _uncancelled(*pair), q, slope, digits)
        for each, pair, q in zip(taken, pairs, quotient.tolist(), strict=True)
    ]
    return {name: [row[name] for row in rows] for name in rows[0]}, taken


def _texts(taken: Cancelled, quotient: float, slope: float, digits: int) -> dict[str, str]:
    judged = cancelled(quotient, slope, digits) or _uncancelled(quotient, slope)
    pairs = {"above": taken.above, "below": taken.below, "left": taken.difference}
    texts = {f"{name}-gone": gone for name, (gone, _) in pairs.items()}
    texts |= {name: f"{rest}{taken.power}" for name, (_, rest) in pairs.items()}
    right, wrong = judged.above
    return texts | {
        "right": right,
        "wrong": f"{wrong}{judged.power}",
        "slope": f"{''.join(judged.below)}{judged.power}",
    }


Cell: TypeAlias = str | tuple[str, int]
"""A text, or a column's number with so many digits."""


def answers(heads: Sequence[str], rows: Mapping[str, Sequence[Cell]]) -> str:
    """A table of what several methods say at the step shown.

    >>> answers(["method", "error"], {"Central": [("central", 2)]}).count('data-name="central" data-digits="2"')
    1
    """
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    lines = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_answer, cells))}</tr>'
        for name, cells in rows.items()
    )
    return f'<table class="answers"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def _answer(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    name, digits = cell
    return f'<td data-name="{name}" data-digits="{digits}" data-none="–"></td>'


def _uncancelled(above: float, below: float) -> Cancelled:
    """Two numbers of which one is none."""
    return Cancelled(("", _cell(above)), ("", _cell(below)), ("", NONE), "", 0)
