"""Links at random: settings of a lesson as some visitor might have left them, own tables and typed functions too."""

import random
from typing import Any

from pages.shared.fields import Carried, Choice, Column, Field, Flag, Number, Scale, Section, Text, Whole
from pages.shared.menu import Lesson
from pages.shared.rates import Rate
from tests.pages.app import fields_of

FORMULAS = ("x^4 - 2x^2", "sin(3x) + x/2", "|x - 1|", "x^2 + 3y^2", "sin x cos y", "p^2 (1-p)", "p^6 (2-p)^3 / (3-p)",
            "e^-x^2", "1/x", "2 sinn(x)")  # fmt: skip


def random_link(lesson: Lesson, rng: random.Random, share: float = 0.4) -> dict[str, str]:
    """Each field of the lesson, with the chance `share`, at a value that it may have."""
    link = {}
    for field in fields_of(lesson):
        if rng.random() < share:
            text = field.write(random_value(field, rng))
            if text is not None:
                link[field.name] = text
    return link


def random_value(field: Field, rng: random.Random) -> Any:
    """Some value of the field: more often one that a class would choose than one at the ends."""
    match field:
        case Rate():
            return float(f"{10 ** rng.uniform(-4, 1):.{rng.choice((1, 2, 9))}g}")
        case Whole():
            return rng.choice(
                (field.low, field.high, rng.randint(field.low, min(field.high, field.low + 200)))
            )
        case Number():
            low, high = max(field.low, -5.0), min(field.high, 5.0)
            return rng.choice((round(rng.uniform(low, high), 2), rng.uniform(low, high)))
        case Choice() | Scale() | Section():
            return rng.choice(list(field.options))
        case Flag():
            return rng.random() < 0.5
        case Column():
            return rng.choice(("bedrooms", "x1", "my column"))
        case Text():
            return rng.choice(FORMULAS)
        case Carried():
            return rng.choice(field.examples)
        case _:
            raise NotImplementedError(f"These tests do not know a {type(field).__name__}: teach them.")
