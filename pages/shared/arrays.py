"""An array as one types it: a few numbers with commas between them."""

from functools import partial

from pages.shared.fields import Carried, Text, number
from pages.shared.last_good import last_good, shown_field

MOST, FAR = 12, 1e6
"""So many numbers, of at most this size, stay in one line of output."""
FIRST = "1, 2, 3"


class ArrayError(ValueError):
    """A text lists no numbers."""


def numbers(text: str) -> tuple[int | float, ...]:
    """The numbers that a text lists, whole ones as such; raises ArrayError.

    >>> numbers("1, 2.5 -3")
    (1, 2.5, -3)
    """
    words = text.replace(",", " ").replace(";", " ").split()
    if not 1 <= len(words) <= MOST:
        raise ArrayError(f"An array has 1 to {MOST} numbers, such as {FIRST}.")
    try:
        found = tuple(map(number, words))
    except ValueError:
        raise ArrayError(f"An array has numbers alone, with commas between them, such as {FIRST}.") from None
    if any(abs(each) > FAR for each in found):
        raise ArrayError("Numbers up to a million: a larger one has no room in a line.")
    return tuple(map(typed, found))


def typed(value: float) -> int | float:
    """The number as one would type it: 3 and not 3.0."""
    return int(value) if value == int(value) else value


ARRAY = Text("array", "the numbers of the array", "The array", 200, FIRST, help="For example: 1, 2.5, -3.")
SEEN: Carried[str | None] = shown_field(
    "seen", "the array while the typed one cannot be read", ARRAY, numbers, "2, 3"
)


def choose_array(label: str) -> tuple[int | float, ...]:
    """Draw the box and give back the numbers; while they cannot be read, the last ones that could."""
    read = partial(last_good, make=numbers, shown=SEEN, first=FIRST, error=ArrayError)
    return read(ARRAY.draw(label=label), tell="This array cannot be used.")
