"""`judge`: whether a typed answer is the derivative, and which mistake it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flint import arb

from calc.answers.mistakes import Mistake, mistakes
from calc.answers.points import points, values
from calc.expression import Expression, parse_expression
from calc.expression.tree import Node, Number, walk
from calc.rules import derive

SAME = arb(10) ** -12
"""Of their size, by which two values of one function may differ: 128 bits have room for much cancellation."""
ROUNDED = arb(10) ** -3
"""The same for an answer in which a decimal of so many digits stands for a number such as ln 2."""
ROUNDED_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of an answer.

    Attributes:
        kind: "unknown" where nothing can be said: no common domain, or values beyond all bounds.
        mistakes: those that lead to this very answer; empty for a right one, or one that looks like none.
        understood: the answer as it was read.
    """

    kind: Literal["right", "wrong", "unknown"]
    mistakes: tuple[Mistake, ...]
    understood: Expression


def judge(expression: Expression, text: str, variable: str | None = None) -> Verdict:
    """Whether a text says the derivative of a function, in any form.

    Both are compared by their values, as balls of 128 bits, at a dozen points or more of their common domain, six on
    each of its components found: values that differ by less than 1e-12 of their size are the same, since two
    formulas of one function differ by rounding alone. Where the answer has a decimal of four digits or more, which
    stands for a number like ln 2, they may differ by 1e-3 of it.

    Args:
        expression: the function.
        text: what a student typed.
        variable: by which it is differentiated; of one variable it need not be named.

    Raises:
        ExpressionError: the text is no formula.

    >>> from calc.expression import parse_expression
    >>> judge(parse_expression("sin(x)^2"), "sin(2x)").kind
    'right'
    >>> [mistake.kind for mistake in judge(parse_expression("sin(2x)"), "cos(2x)").mistakes]
    ['chain']
    """
    step = derive(expression, variable)
    by = variable or expression.variables[0]
    answer = parse_expression(text, expression.variables)
    right, given = step.after.root, answer.root
    at = points((expression.root, right, given), by)
    known, said = values(right, by, at), values(given, by, at)
    if not at or known is None or said is None:
        return Verdict("unknown", (), answer)
    tolerance = ROUNDED if _is_rounded(given) else SAME
    if _same(known, said, tolerance):
        return Verdict("right", (), answer)
    if not _differ(known, said):
        return Verdict("unknown", (), answer)
    found: list[Mistake] = []
    for mistake, wrong in mistakes(step):
        other = values(wrong, by, at)
        if other is not None and _same(other, said, tolerance):
            found.append(mistake)
    return Verdict("wrong", tuple(found), answer)


def _is_rounded(node: Node) -> bool:
    return any(
        isinstance(part, Number)
        and "." in part.text
        and len(part.text.strip("0.").replace(".", "")) >= ROUNDED_DIGITS
        for part in walk(node)
    )


def _same(a: Sequence[arb], b: Sequence[arb], tolerance: arb) -> bool:
    """Whether two functions agree at all points: each difference is small beside the values."""
    return all(
        abs(u - v) <= tolerance * (abs(u) + abs(v)) or (u - v).is_zero() for u, v in zip(a, b, strict=True)
    )


def _differ(a: Sequence[arb], b: Sequence[arb]) -> bool:
    """Whether they certainly differ at some point."""
    return any(not (u - v).contains(0) for u, v in zip(a, b, strict=True))
