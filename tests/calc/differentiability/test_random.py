"""Nothing that `find` and `at` say of random functions, and of treacherous ones, is seen to be false by the judge."""

from __future__ import annotations

from itertools import islice

import pytest

from calc.differentiability import find
from calc.expression import parse_expression
from tests.calc.differentiability.judge import judge
from tests.calc.minima.random_functions import random_functions
from tests.calc.minima.shapes import GROUPS, Shape

SEED, COUNT, CHUNKS = 20_264, 500, 5
ONE_IN = 6
"""Of the treacherous functions: all of them would take longer than the random ones."""


def false_statements(functions: list[Shape]) -> str:
    """What is false of them, a line each; "" if nothing is."""
    lines = []
    for text, low, high in functions:
        expression = parse_expression(text)
        found = find(expression, low, high)
        lines += [f"{text} on [{low!r}, {high!r}]: {each}" for each in judge(expression, found)]
    return "\n".join(lines)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_false_is_said_of_random_functions(chunk: int) -> None:
    assert false_statements(list(islice(random_functions(SEED, COUNT), chunk, None, CHUNKS))) == ""


def test_nothing_false_is_said_of_treacherous_functions() -> None:
    functions = [shape for group in GROUPS.values() for shape in group]
    assert false_statements(functions[::ONE_IN]) == ""


def test_nearly_all_random_functions_are_settled() -> None:
    functions = list(random_functions(SEED, COUNT))[::5]
    proved = [find(parse_expression(text), low, high).proved for text, low, high in functions]
    assert sum(proved) > 0.9 * len(proved)
