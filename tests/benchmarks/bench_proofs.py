"""How much `find` proves, and what of it is false: `python -m tests.benchmarks proofs [count] [seed]`."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from calc.expression import parse_expression
from calc.minima import find
from tests.calc.minima.judge import judge
from tests.calc.minima.random_functions import random_functions
from tests.calc.minima.shapes import SHAPES

COUNT, SEED = 20_000, 1
PROGRESS = 500
SHOWN = 6
"""False statements that are shown of one function."""


@dataclass
class Tally:
    """What became of some functions; times in seconds of CPU."""

    times: list[float] = field(default_factory=list)
    judged: float = 0.0
    proved: int = 0
    false: list[str] = field(default_factory=list)
    false_proved: int = 0
    unproved: list[str] = field(default_factory=list)

    def add(self, text: str, low: float, high: float) -> None:
        """Find, judge and note one function."""
        expression = parse_expression(text)
        begun = time.process_time()
        found = find(expression, low, high)
        between = time.process_time()
        accusations = judge(expression, found)
        self.judged += time.process_time() - between
        self.times.append(between - begun)
        self.proved += found.proved
        where = f"{text}  on [{low!r}, {high!r}]"
        if not found.proved:
            self.unproved.append(where)
        if accusations:
            self.false_proved += found.proved
            word = "proved" if found.proved else "not proved"
            self.false.append(
                f"{where} ({word})\n" + "".join(f"    {each}\n" for each in accusations[:SHOWN])
            )

    def print(self, title: str) -> None:
        """The sums."""
        count = len(self.times)
        print(f"\n{title}: {count:,} functions, {self.proved / count:.2%} proved")
        print(f"  with something false: {len(self.false)}, of them proved {self.false_proved}")
        print(
            f"  find: median {1e3 * statistics.median(self.times):.1f} ms, mean "
            f"{1e3 * statistics.mean(self.times):.1f} ms, largest {1e3 * max(self.times):.0f} ms; "
            f"the judge: mean {1e3 * self.judged / count:.1f} ms (CPU)"
        )


def tally(functions: Iterable[tuple[str, float, float]]) -> Tally:
    """All of them, with a line from time to time."""
    result = Tally()
    for number, (text, low, high) in enumerate(functions, 1):
        before = len(result.false)
        result.add(text, low, high)
        for entry in result.false[before:]:
            print(f"FALSE {entry}", end="", flush=True)
        if number % PROGRESS == 0:
            print(f"... {number:,} done, {result.proved:,} proved, {len(result.false)} false", flush=True)
    return result


def main() -> None:
    # The command's own arguments: those after the name that are numbers.
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    count, seed = [*numbers, *(COUNT, SEED)[len(numbers) :]][:2]
    shapes = tally(SHAPES)
    shapes.print("Shapes")
    for where in shapes.unproved:
        print(f"  not proved: {where}")
    if count:
        tally(random_functions(seed, count)).print(f"Random functions, seed {seed}")


if __name__ == "__main__":
    main()
