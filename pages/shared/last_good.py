"""What is shown while something typed has a fault: what the last text or table without one gave.

It is in the link too, beside what was typed, so that a link restores both.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import streamlit as st

from pages.shared.fields import Carried, Field
from pages.shared.visit import current_visit, visit_memory

UNTIL = "Until you correct it, you see the last one that could be used."

Typed = TypeVar("Typed")
Made = TypeVar("Made")


def shown_field(
    name: str, meaning: str, field: Field[Any], make: Callable[[Typed], object], example: Typed
) -> Carried[Typed | None]:
    """The field of what is shown while what `field` says has a fault: a link's has to be one that `make` takes."""

    def read(text: str) -> Typed:
        typed = cast(Typed, field.read(text))
        make(typed)
        return typed

    return Carried(name, meaning, read, field.write, f"as `{field.name}`", (example,))


def last_good(
    typed: Typed,
    make: Callable[[Typed], Made],
    shown: Field[Typed | None],
    first: Typed,
    *,
    error: type[ValueError],
    tell: Callable[[ValueError], None] | str,
    belongs_to: Hashable = None,
) -> Made:
    """What `make` makes of what was typed; while it cannot, of the last that it could.

    Args:
        shown: the last good one while there is a fault, else None.
        first: stands where there was none before.
        error: what `make` raises.
        tell: says what is wrong, or the title under which `refuse` says it.
        belongs_to: as in `Field.settle`.
    """
    before, memory = shown.get(None, belongs_to=belongs_to), visit_memory()
    name = f"{shown.name} {belongs_to}"
    try:
        made = make(typed)
    except error as wrong:
        refuse(tell, wrong) if isinstance(tell, str) else tell(wrong)
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


def refuse(title: str, wrong: ValueError, until: str = UNTIL, icon: str = ":material/edit:") -> None:
    """Say that something typed cannot be used, what is wrong with it, and what is seen until then."""
    st.error(title, icon=icon)
    # What was typed is never put into Markdown.
    st.text(str(wrong))
    st.caption(until)
