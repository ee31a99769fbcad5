"""Where one deliberate fault can be put into the code, and what then stands there.

The faults are Cosmic Ray's: a number one more or one less, another operator, a condition turned round, a loop that
never runs, an exception that is not caught.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

CALC, PAGES = "tests/calc/", "tests/pages/"
MINIMA = "local_and_global_minima/"
ROOMS: dict[str, tuple[list[str], list[str]]] = {
    "descent": (
        ["calc/descent/*.py"],
        [CALC + "test_descent.py", CALC + "test_verdicts.py", PAGES + "test_said.py", PAGES + "test_advice.py"],
    ),
    "regression": (
        ["calc/regression/*.py"],
        [CALC + "test_regression.py", CALC + "test_verdicts.py", PAGES + "linear_regression/test_linear_regression.py"],
    ),
    "losses": (["calc/losses.py"], [CALC + "test_losses.py", PAGES + "square_loss/test_square_loss.py"]),
    "logistic": (
        ["calc/logistic/*.py", "calc/separation.py"],
        [CALC + "test_logistic.py", PAGES + "log_loss/test_classifier.py"],
    ),
    "likelihood": (
        ["calc/likelihood/*.py"],
        [CALC + "test_likelihood.py", PAGES + "log_versus_product/test_log_versus_product.py"],
    ),
    "minima": (["calc/minima/*.py"], [CALC + "minima"]),
    "numerical": (["calc/numerical/*.py"], [CALC + "numerical"]),
    "autodiff": (["calc/autodiff/*.py"], [CALC + "autodiff"]),
    "words": (
        ["calc/numbers.py", "pages/shared/run.py", "pages/shared/rates.py", "pages/**/panels.py",
         "pages/" + MINIMA + "*/words.py"],
        [CALC + "test_numbers.py", PAGES + "shared/test_rates.py", PAGES + MINIMA + "test_minima.py",
         PAGES + "log_loss/test_coin.py", PAGES + "test_equations.py"],
    ),
}  # fmt: skip
"""Of each room: its files, and the tests that are there for it."""

WORTHLESS = ("Variable", "RemoveDecorator", "Bit", "Shift", "Invert", "_Is_Eq", "_Is_N", "_Is_G", "_Is_L", "IsNot_E",
             "IsNot_N", "IsNot_G", "IsNot_L", "q_Is", "t_Is", "tE_Is", "UAdd")  # fmt: skip
"""Parts of the names of operators left out: they draw by themselves, change no meaning, or fail at once."""
OPERATORS = [name for name in operator_names() if not any(part in name for part in WORTHLESS)]


@dataclass(frozen=True)
class Mutant:
    """One fault: a line of a file, as it is and as it would be."""

    room: str
    path: str
    line: int
    old: str
    new: str
    code: str
    """The whole file, with the fault."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.old}  ->  {self.new}"


def sample(number: int, seed: int) -> Iterator[Mutant]:
    """As many places as asked for, each as likely as any other, and one fault in each."""
    draw = random.Random(seed)
    everywhere = [
        (room, str(path), kinds)
        for room, (patterns, _) in ROOMS.items()
        for pattern in patterns
        for path in sorted(Path().glob(pattern))
        for _, kinds in sorted(places(path.read_text("utf-8")).items())
    ]
    print(f"{len(everywhere):,} places for a fault; {number} are drawn with the seed {seed}.")
    for room, path, kinds in draw.sample(everywhere, min(number, len(everywhere))):
        yield mutant(room, path, *draw.choice(kinds))


def places(code: str) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """Of each line and column where something can be changed: the operators, and which of their places it is."""
    nodes = list(ast_nodes(get_ast(code)))
    found = defaultdict(list)
    for name in OPERATORS:
        operator, number = get_operator(name)(), count()
        for node in nodes:
            for start, _ in operator.mutation_positions(node):
                found[start].append((name, next(number)))
    return found


def mutant(room: str, path: str, operator: str, occurrence: int) -> Mutant:
    """The fault that an operator puts into its place."""
    old = Path(path).read_text("utf-8")
    new = mutate_code(old, get_operator(operator)(), occurrence)
    before, after = old.splitlines(), new.splitlines()
    line = next(i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])
    return Mutant(room, path, line + 1, before[line].strip(), after[line].strip(), new)
