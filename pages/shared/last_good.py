"""What is shown while something typed has a fault: what the last text or table without one gave.

It is in the link too, beside what was typed, so that a link restores both.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

from pages.shared.fields import Field
from pages.shared.visit import current_visit, visit_memory

Typed = TypeVar("Typed")
Made = TypeVar("Made")


def last_good(
    typed: Typed,
    make: Callable[[Typed], Made],
    shown: Field[Typed | None],
    first: Typed,
    *,
    error: type[ValueError],
    tell: Callable[[ValueError], None],
    belongs_to: Hashable = None,
) -> Made:
    """What `make` makes of what was typed; while it cannot, of the last that it could.

    Args:
        shown: the last good one while there is a fault, else None.
        first: stands where there was none before.
        error: what `make` raises.
        tell: says what is wrong.
        belongs_to: as in `Field.settle`.
    """
    before, memory, name = (
        shown.get(None, belongs_to=belongs_to),
        visit_memory(),
        f"{shown.name} {belongs_to}",
    )
    try:
        made = make(typed)
    except error as wrong:
        tell(wrong)
        return _before(before or memory.get(name), make, shown, first, error)
    memory[name] = typed
    shown.keep(None)
    return made


def _before(
    last: Typed | None,
    make: Callable[[Typed], Made],
    shown: Field[Typed | None],
    first: Typed,
    error: type[ValueError],
) -> Made:
    """What the last good one gives; the first where a link gives one that is none."""
    if last is not None:
        try:
            made = make(last)
            shown.keep(last)
            return made
        except error:
            current_visit().refuse(shown.name)
    shown.keep(None)
    return make(first)
