"""Random functions of all that the parser reads, with the constants that people type, each with an interval."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from calc.expression import Expression, ExpressionError, parse_expression
from calc.expression.names import UNARY_FUNCTIONS

TYPED_MORE_OFTEN = ("sin", "cos", "exp", "ln", "abs", "sqrt", "tan")
EXPONENTS = (
    "2",
    "3",
    "4",
    "5",
    "0",
    "-1",
    "-2",
    "0.5",
    "1.5",
    "(1/3)",
    "(2/3)",
    "(5/3)",
    "(-1/3)",
    "(1/4)",
    "0.1",
)
ENDS = (-10, -5, -4, -3, -2, -1.5, -1, -0.5, 0, 0.1, 0.5, 1, 2, 2.5, 3, 5, 6.283, 10)
DEEPEST = 6
SAMPLES = 64


def constant(chance: random.Random) -> str:
    """A number as a student types it."""
    kind = chance.random()
    if kind < 0.5:
        return str(chance.randint(0, 10) if kind > 0.05 else chance.choice((12, 20, 50, 100)))
    if kind < 0.85:
        return f"{chance.uniform(0, 5):.{chance.choice((1, 1, 2))}f}"
    return chance.choice(("pi", "e", "pi", "e", "tau"))


def tree(chance: random.Random, depth: int) -> str:
    """The text of a function whose parts are nested so deep, at most."""
    if depth <= 1 or chance.random() < 0.1:
        return "x" if chance.random() < 0.65 else constant(chance)
    kind = chance.random()
    if kind < 0.45:
        shorter = chance.randint(1, depth - 1)
        parts = [tree(chance, depth - 1), tree(chance, shorter)]
        chance.shuffle(parts)
        return f"({parts[0]} {chance.choice('++--**/')} {parts[1]})"
    inner = tree(chance, depth - 1)
    if kind < 0.62:
        return f"({inner})^{chance.choice(EXPONENTS)}"
    if kind < 0.68:
        base = chance.choice(("e", "2", "10", "0.5", "x", "e"))
        return f"{base}^({inner})" if chance.random() < 0.8 else f"({inner})^({tree(chance, depth - 1)})"
    if kind < 0.74:
        return f"{chance.choice(('min', 'max'))}({inner}, {tree(chance, depth - 1)})"
    if kind < 0.78:
        return f"-({inner})"
    return f"{chance.choice(UNARY_FUNCTIONS + TYPED_MORE_OFTEN)}({inner})"


def interval(chance: random.Random) -> tuple[float, float]:
    """Ends as people set them, or anywhere."""
    if chance.random() < 0.7:
        low, high = sorted(chance.sample(ENDS, 2))
        return float(low), float(high)
    low = round(chance.uniform(-10, 10), chance.choice((0, 1, 3, 9)))
    return low, low + round(chance.uniform(0.1, 12), chance.choice((1, 2, 9)))


def random_functions(seed: int, count: int) -> Iterator[tuple[str, float, float]]:
    """(text, low, high), the same for the same seed; at most a tenth is defined nowhere on its interval."""
    chance = random.Random(seed)
    given = nowhere = 0
    while given < count:
        found = _tried(chance)
        if found is None:
            continue
        text, low, high, defined = found
        if not defined and nowhere * 10 >= given:
            continue
        nowhere += not defined
        given += 1
        yield text, low, high


def _tried(chance: random.Random) -> tuple[str, float, float, bool] | None:
    """A function and whether some sample of it has a value; None if it is too large, or does not hold x."""
    text = tree(chance, chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, DEEPEST)))
    low, high = interval(chance)
    try:
        expression: Expression = parse_expression(text)
    except ExpressionError:
        return None
    if "x" not in text.replace("exp", "").replace("max", "") and chance.random() < 0.9:
        return None
    values = expression(np.linspace(low, high, SAMPLES))
    return text, low, high, bool(np.isfinite(values).any())
