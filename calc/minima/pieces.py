"""What is known of f on a part of the interval."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flint import fmpq

from calc.expansions import Number, Side
from calc.expression.intervals import Interval


class Behaviour(Enum):
    """What f does on a piece; the first three are the sign of its derivative."""

    RISES = 1
    FALLS = -1
    FLAT = 0
    CONVEX = "convex"
    CONCAVE = "concave"
    SMOOTH = "smooth"
    NOWHERE = "nowhere"
    PLACE = "place"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Place:
    """A point at which something may happen, with what is known on either side up to the ends of its piece.

    Attributes:
        x: where it lies.
        left, right: None where f has no value on that side, or it lies outside the interval.
        value: f(x); None if f has no value there.
        smooth: f is known to have a derivative there; `continuous`: to be continuous.
    """

    x: Number
    left: Side | None
    right: Side | None
    value: Number | None
    smooth: bool = False
    continuous: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """[low, high], and what f does there; `values` bounds those of an unresolved one, None without bounds.

    `smooth`: an unresolved piece on which f is known to have a derivative everywhere.
    """

    low: fmpq
    high: fmpq
    what: Behaviour
    place: Place | None = None
    values: Interval | None = None
    smooth: bool = False
