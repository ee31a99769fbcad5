"""Two numbers below each other, and which of their digits cancel when one is subtracted from the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from math import isfinite

from calc.numbers import RAISED

PLAIN = range(-4, 6)
"""Leading places of numbers that are written without a power of ten."""
EXACT = Context(prec=2000)


@dataclass(frozen=True)
class Cancelled:
    """A minuend, a subtrahend and their difference with equally many decimals, each in two parts.

    Attributes:
        above, below, difference: (the digits that leave nothing, the digits that are left).
        power: the power of ten that all three are multiplied by, as text; "" for 1.
        lost: how many digits cancel.
    """

    above: tuple[str, str]
    below: tuple[str, str]
    difference: tuple[str, str]
    power: str
    lost: int


def cancelled(above: float, below: float, digits: int) -> Cancelled | None:
    """How above - below is subtracted, with so many digits of the larger one, 6 or more; None for no numbers.

    >>> found = cancelled(1.2345678, 1.2345123, 8)
    >>> found.above, found.below, found.difference, found.lost
    (('1.2345', '678'), ('1.2345', '123'), ('0.0000', '555'), 5)
    """
    if not (isfinite(above) and isfinite(below)):
        return None
    a, b = Decimal(above), Decimal(below)
    largest = max(abs(a), abs(b))
    lead = largest.adjusted() if largest else 0
    power = 0 if lead in PLAIN else lead
    decimals = digits - 1 - (lead - power)
    unit = Decimal(1).scaleb(-decimals)
    a, b = (EXACT.quantize(each.scaleb(-power, EXACT), unit) for each in (a, b))
    difference = EXACT.subtract(a, b)
    # The place of the first digit that is left; none is if the difference is 0.
    first = difference.adjusted() if difference else -decimals - 1
    lost = max(0, min(lead - power - first, digits))
    texts = [f"{each:.{max(decimals, 0)}f}".replace("-", "−") for each in (a, b, difference)]
    top, bottom, left = (_parted(text, first if lost else None) for text in texts)
    return Cancelled(top, bottom, left, f"·10{str(power).translate(RAISED)}" if power else "", lost)


def _parted(text: str, first: int | None) -> tuple[str, str]:
    """A number before and from the place `first`: 0 is that of the ones, -1 the first decimal."""
    if first is None:
        return "", text
    whole = len(text.partition(".")[0])
    at = whole - first - (first >= 0)
    return text[:at], text[at:]
