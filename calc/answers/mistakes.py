"""Mistakes that students make: at one node of the rule tree a wrong rule, above it the right ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from calc.answers.wrong import Kind, integral_of, wrong
from calc.expression.tree import Node
from calc.rules import Step


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake.

    Attributes:
        kind: see `Kind`.
        text: what was done, in words for a student.
        at: the step at which it was made; the first of them, if it was made again and again.
    """

    kind: Kind
    text: str
    at: Step


def mistakes(step: Step) -> Iterator[tuple[Mistake, Node]]:
    """Each mistake with the answer to which it leads: at one node, or the same one at all nodes of its rule."""
    yield Mistake("copied", "This is the function itself: it was not differentiated.", step), step.before.root
    whole = integral_of(step) if step.parts else None
    if whole is not None:
        yield Mistake("integral", "This is the integral: differentiate instead.", step), whole
    for mistake, found in (*_at_one(step), *_again_and_again(step)):
        # Who has integrated the whole has integrated its part.
        if mistake.kind != "integral" or found != whole:
            yield mistake, found


def _at_one(step: Step) -> Iterator[tuple[Mistake, Node]]:
    right = [part.after.root for part in step.parts]
    for kind, text, found in wrong(step, *right):
        yield Mistake(kind, text, step), found
    for place, part in enumerate(step.parts):
        for mistake, found in _at_one(part):
            yield mistake, step.by(*right[:place], found, *right[place + 1 :])


def _again_and_again(step: Step) -> Iterator[tuple[Mistake, Node]]:
    """The same mistake wherever it can be made, as by one who has learnt a rule wrongly."""
    made = [Mistake(kind, text, part) for part in step.walk() for kind, text, _ in _of(part)]
    times = Counter(mistake.text for mistake in made)
    seen = set()
    for mistake in made:
        if times[mistake.text] > 1 and mistake.text not in seen:
            seen.add(mistake.text)
            yield mistake, _everywhere(step, mistake.text)


def _of(step: Step) -> Iterator[tuple[Kind, str, Node]]:
    return wrong(step, *(part.after.root for part in step.parts))


def _everywhere(step: Step, text: str) -> Node:
    parts = [_everywhere(part, text) for part in step.parts]
    return next((found for _, said, found in wrong(step, *parts) if said == text), None) or step.by(*parts)
