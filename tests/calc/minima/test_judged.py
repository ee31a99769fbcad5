"""Nothing that `find` says is false, of random functions and of treacherous ones, as far as the judge sees.

`python -m tests.benchmarks proofs` does the same for as many as one likes.
"""

from __future__ import annotations

from itertools import islice

import pytest

from calc.expression import parse_expression
from calc.minima import find
from tests.calc.minima.judge import judge
from tests.calc.minima.random_functions import random_functions
from tests.calc.minima.shapes import GROUPS, Shape

SEED, COUNT, CHUNKS = 2024, 1500, 10


def false_statements(functions: list[Shape]) -> str:
    """What is false of them, a line each; "" if nothing is."""
    lines = []
    for text, low, high in functions:
        expression = parse_expression(text)
        lines += [
            f"{text} on [{low!r}, {high!r}]: {each}"
            for each in judge(expression, find(expression, low, high))
        ]
    return "\n".join(lines)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_false_is_said_of_random_functions(chunk: int) -> None:
    functions = list(islice(random_functions(SEED, COUNT), chunk, None, CHUNKS))
    assert false_statements(functions) == ""


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_false_is_said_of_treacherous_functions(group: str) -> None:
    assert false_statements(GROUPS[group]) == ""


def test_the_random_functions_are_the_same_each_time_and_mostly_defined() -> None:
    functions = list(random_functions(SEED, 200))
    assert functions == list(random_functions(SEED, 200))
    assert len(set(functions)) > 150
