"""`problem`: functions to differentiate, by rule and difficulty, the same for all who have the same seed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Literal, TypeAlias, get_args

from calc.answers.mistakes import Mistake, mistakes
from calc.answers.points import components, points
from calc.answers.reading import Reading
from calc.expression import Expression, parse_expression
from calc.rules import Step, derive

Rule: TypeAlias = Literal[
    "power", "sum", "product", "quotient", "chain", "exponential", "trigonometric", "logarithm", "mixed"
]
RULES: tuple[Rule, ...] = get_args(Rule)
EVERY = 4
"""Of the points of a component this one is looked at: two of them would suffice for two formulas."""
APART = 1e-9

LINES = ("{a}x + {b}", "{a}x - {b}", "{b} - {a}x")
SQUARES = ("x^2 + {b}", "x^2 - {b}", "x^2 + {a}x", "x^3 + {b}")
FACTORS = ("x^2", "x^3", "sin(x)", "cos(x)", "e^x", "ln(x)")
WAVES = ("sin", "cos")
POWERS: dict[int, tuple[str, ...]] = {
    1: ("{a}x^{n}", "{b}x^{n}", "-{a}x^{n}"),
    2: ("{a}x^(-{k})", "{a}x^({k}/{q})", "-{a}x^(-{k})"),
    3: ("{a}x^(-{k}/{q})", "{a}x^({k}/{q}) + {b}x^{n}", "{a}x^(-{k}) - {b}x^{n}"),
}
TEMPLATES: dict[Rule, dict[int, tuple[str, ...]]] = {
    "power": POWERS,
    "sum": {
        1: ("{a}x^{n} + {b}x", "{a}x^{n} - {b}", "{b} - {a}x^{n}"),
        2: ("{a}x^{n} - {b}x^2 + {c}", "x^{n} + {a}x^2 - {b}x", "{b} - {a}x^{n} - {c}x^2"),
        3: (
            "{a}x^{n} - {b}{wave}(x) + {c}x",
            "{a}{wave}(x) + {b}x^{n}",
            "{a}x^(-{k}) + {b}x^{n} - {c}{wave}(x)",
        ),
    },
    "product": {
        1: ("x^{n} * {factor}", "{a}x^{n} * {wave}(x)"),
        2: ("({line}) * {factor}", "({square}) * {wave}(x)", "e^x * {wave}(x)"),
        3: ("({square}) * {wave}({a}x)", "x^{n} * {wave}(x) * ln(x)", "({square}) * e^({a}x)"),
    },
    "quotient": {
        1: ("{a}x/({line})", "x^{n}/({line})", "({line})/x^{n}"),
        2: ("({line})/({square})", "{factor}/({line})", "{wave}(x)/x^{n}"),
        3: ("({square})/({line})^2", "{wave}({a}x)/({line})", "e^({a}x)/({square})"),
    },
    "chain": {
        1: ("({line})^{n}", "{wave}({a}x)", "e^({a}x)"),
        2: ("({square})^{n}", "{wave}({square})", "sqrt({line})", "{wave}(x)^{n}"),
        3: ("{wave}({line})^{n}", "({square})^({k}/{q})", "e^({wave}({a}x))", "{a}sqrt({square})"),
    },
    "exponential": {
        1: ("{a}^x", "{b}*{a}^x", "{a}^x + x^{n}"),
        2: ("{a}^({b}x)", "{c}e^({a}x)", "x^{n} * {a}^x"),
        3: ("{a}^({square})", "x^{n} * e^({a}x)", "{a}^x/({line})"),
    },
    "trigonometric": {
        1: ("{a}{wave}(x)", "{a}sin(x) + {b}cos(x)", "{a}{wave}(x) - {b}x"),
        2: ("{a}{wave}({b}x)", "x^{n} * {wave}(x)", "{wave}(x)^{n}"),
        3: ("{a}{wave}({b}x)^{n}", "x^{n} * {wave}({a}x)", "{wave}({square})/x"),
    },
    "logarithm": {
        1: ("{a}ln(x)", "{a}ln(x) + x^{n}", "{a}x^{n} - {b}ln(x)"),
        2: ("{a}ln({line})", "x^{n} * ln(x)", "ln({square})"),
        3: ("x^{n} * ln({line})", "ln(x)/x^{n}", "{a}ln(x)^{n}"),
    },
    "mixed": {
        1: ("{a}x^{n} + {b}{wave}(x)", "x^{n} * {factor}", "{wave}({a}x)", "{a}x/({line})"),
        2: ("x^{n} * {wave}({a}x)", "({line})/({square})", "({square})^{n}", "ln({square})"),
        3: ("x^{n} * e^({a}x)", "{wave}({a}x)/x^{n}", "({square})^{n} * {wave}(x)", "x * ln({square})"),
    },
}


def problem(rule: Rule, difficulty: int, seed: int) -> Expression:
    """A function of x to differentiate, with numbers as on a blackboard.

    It is admitted only if each mistake leads to another answer, and none to the right one. Mistakes of which one is
    made inside the other's part of the function may lead to the same answer, as in sin(2x): who leaves out the inner
    derivative, and who takes 1 for that of 2x, have made one slip that has two names. Both are named.

    Args:
        rule: that is practised, one of `RULES`.
        difficulty: 1 to 3.
        seed: the same for a whole class.

    >>> problem("chain", 1, 4) == problem("chain", 1, 4)
    True
    """
    random = Random(f"{rule} {difficulty} {seed}")
    return next(drawn for drawn in _drawn(random, TEMPLATES[rule][difficulty]) if admitted(drawn))


def _drawn(random: Random, templates: Sequence[str]) -> Iterator[Expression]:
    while True:
        text = random.choice(templates)
        if "{line}" in text or "{square}" in text:
            text = text.replace("{line}", random.choice(LINES)).replace("{square}", random.choice(SQUARES))
        a, b, c = random.sample(range(2, 10), 3)
        filled = text.format(
            a=a, b=b, c=c, n=random.randint(2, 5), k=random.choice((1, 3, 5)), q=random.choice((2, 4)),
            wave=random.choice(WAVES), factor=random.choice(FACTORS),
        )  # fmt: skip
        yield parse_expression(filled)


def admitted(expression: Expression) -> bool:
    """Whether all its mistakes can be told from each other and from the right answer."""
    step = derive(expression)
    runs = components([Reading(expression.root, "x"), Reading(step.after.root, "x")])
    at = [x for run in points(runs) for x in run[len(run) // EVERY :: EVERY]]

    def seen(read: Reading) -> list[float | None]:
        return [None if (value := read.at(x)) is None else float(value) for x in at]

    right = seen(Reading(step.after.root, "x"))
    made = [(mistake, seen(Reading(wrong, "x"))) for mistake, wrong in mistakes(step)]
    if not any(value is not None for value in right) or any(_equal(right, found) for _, found in made):
        return False
    return not any(
        _equal(found, other) and not _one_slip(first, second)
        for (first, found), (second, other) in combinations(made, 2)
    )


def _one_slip(a: Mistake, b: Mistake) -> bool:
    """Whether one is made inside the other's part."""
    return _inside(a.at, b.at) or _inside(b.at, a.at)


def _inside(part: Step, whole: Step) -> bool:
    return any(step is part for step in whole.walk())


def _equal(a: list[float | None], b: list[float | None]) -> bool:
    """Whether two functions have the same values, where both have one."""
    both = [(u, v) for u, v in zip(a, b, strict=True) if u is not None and v is not None]
    return bool(both) and all(math.isclose(u, v, rel_tol=APART) for u, v in both)
