"""`judge`: whether a typed answer is the derivative, and which mistake it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Literal

from flint import arb, fmpq

from calc.answers.mistakes import Mistake, mistakes
from calc.answers.points import components, points
from calc.answers.reading import Reading
from calc.expression import Expression, ExpressionError, parse_expression
from calc.rules import derive
from calc.rules.build import negative

SAME = arb(10) ** -12
"""Of its size, how wide a difference may be that holds 0, to be none: 128 bits have room for much cancellation."""
SHARP = arb(10) ** -3
"""Of its size, how wide the values of an answer with rounded decimals may be, to say anything."""
NOTHING = arb(10) ** -20
"""Values that cancel to less are 0: sin^2 x + cos^2 x - 1, read in balls, is a ball around it."""
LEAST = 4
"""Points at which two functions have to agree, where an answer has values at so few of them."""
AGAIN = (1, 6)
"""So many times the usual points are taken, the second number where the first ones settle nothing."""
LEFT_SIDE = re.compile(
    r"""(?:[^=]*['′’´`]\s*(?:\(\s*[a-zA-Z]\s*\)\s*)? | d[^=]*/\s*d\s*[a-zA-Z][^=]* | D[^=]*)?=""", re.X
)
"""What one writes before a derivative: f'(x) =, y' =, (x^2)' =, dy/dx =, d/dx f(x) =, Df =, or = alone."""
LONGEST = 400
"""Characters of a text of which a left side is looked for."""
Points = list[list[tuple[fmpq, arb | None]]]


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


def read_answer(text: str, variables: tuple[str, ...]) -> Expression:
    """What a student typed as a derivative, also after a left side. Raises ExpressionError.

    >>> read_answer("f'(x) = 2x", ("x",)).text, read_answer("dy/dx = 2x", ("x",)).text
    ('2*x', '2*x')
    """
    answer = text.strip()
    if len(answer) <= LONGEST and (left := LEFT_SIDE.match(answer)):
        answer = answer[left.end() :]
    if answer[-1:] in ("c", "C") and answer[:-1].rstrip().endswith("+") and answer[-1] not in variables:
        raise ExpressionError("+ C belongs to an integral: a derivative has none", len(answer) - 1, answer)
    return parse_expression(answer, variables)


def judge(expression: Expression, text: str, variable: str | None = None) -> Verdict:
    """Whether a text says the derivative of a function, in any form.

    The derivative f' and the answer are compared by their values, as balls of 128 bits, at a dozen points or more of
    the domain of f', spread over each of its components found. Balls that are apart prove that they differ; balls that
    meet say that they are the same where they are known to 1e-12 of their size, since two formulas of one function
    differ by rounding alone. Those that cancellation or overflow leaves unknown are passed over. A decimal of four
    digits or more in the answer stands for all numbers that are rounded to it or cut off to it, such as ln 2.

    Right is an answer that has the value of f' wherever both have one, on each component of the domain of f'. It need
    not have values everywhere: sqrt(x)^2 is right for the derivative of x^2/2, but nothing can be said of it for that
    of x|x|/2, of which it leaves out a whole component.

    Args:
        expression: the function; other variables are held at fixed positive numbers.
        text: what a student typed.
        variable: by which it is differentiated; of one variable it need not be named.

    Raises:
        ExpressionError: the text is no formula.

    >>> from calc.expression import parse_expression
    >>> judge(parse_expression("sin(x)^2"), "sin(2x)").kind
    'right'
    >>> [mistake.kind for mistake in judge(parse_expression("sin(2x)"), "cos(2x)").mistakes]
    ['chain', 'constant']
    """
    step = derive(expression, variable)
    read = partial(Reading, variable=step.variable, variables=expression.variables)
    answer = read_answer(text, expression.variables)
    given, right = read(answer.root, rounded=True), read(step.after.root)
    runs = components([read(expression.root), right])
    for times in AGAIN:
        said = [[(x, given.at(x)) for x in run] for run in points(runs, times)]
        equal = _compared(said, right, given.rounded)
        if equal is not None:
            break
    if equal is not False:
        return Verdict("right" if equal else "unknown", (), answer)
    found = dict.fromkeys(
        each for each, wrong in mistakes(step) if _compared(said, read(wrong), given.rounded)
    )
    if not found and _compared(said, read(negative(step.after.root)), given.rounded):
        found = {Mistake("sign", "All is right but the sign.", step): None}
    return Verdict("wrong", tuple(found), answer)


def _compared(said: Points, other: Reading, rounded: bool) -> bool | None:
    """Whether a function has the values that were said, on each component; None where too few are known."""
    agreed, neither = [0] * len(said), [0] * len(said)
    for component, run in enumerate(said):
        for x, u in run:
            v = other.at(x)
            neither[component] += u is None and v is None
            if u is None or v is None:
                continue
            if not u.overlaps(v):
                return False
            size, difference = abs(u) + abs(v), abs(u - v)
            known = difference <= (SHARP if rounded else SAME) * size or difference <= NOTHING
            agreed[component] += bool(known)
    # Where neither has a value they are alike too: (2x)^(1/2) left of 0.
    alike = all(map(max, agreed, neither))
    return True if agreed and alike and sum(agreed) >= LEAST else None
