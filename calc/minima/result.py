"""What `find` answers: the points of interest of a function on an interval, and what was proved of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "local minimum", "local maximum", "inflection", "corner minimum", "corner maximum", "corner",
    "vertical tangent", "jump", "pole", "hole", "edge", "end minimum", "end maximum", "end", "flat",
]  # fmt: skip
Extremum: TypeAlias = Literal["minimum", "maximum", "both"]


@dataclass(frozen=True, slots=True)
class Point:
    """A point where something happens, or a stretch on which nothing does.

    Attributes:
        x: where; the middle of the stretch for a flat one.
        value: f(x); nan where f is undefined there (poles, holes, open edges).
        kind: see `Kind`. "inflection" is one with slope 0; "edge" is an edge of the domain inside the
            interval; a "hole" is a single point without a value between two sides that meet.
        extremum: whether f has a local minimum or maximum there, judged on the interval alone; "both" for a
            constant function.
        name: the kind in words for a page, as "cusp (local minimum)".
        latex: the exact x in LaTeX where SymPy gave it.
        left, right: the limits of f from the two sides; nan outside the domain, inf or -inf at a pole.
        error: the true point lies within this distance of x.
        stretch: for kind "flat": the ends of the interval on which f' = 0.
    """

    x: float
    value: float
    kind: Kind
    extremum: Extremum | None = None
    name: str = ""
    latex: str | None = None
    left: float = float("nan")
    right: float = float("nan")
    error: float = 0.0
    stretch: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that could not be proved: a plain sentence, and the interval that it is about.

    `local`: it is about what f does there, or where exactly; not about the global extremes.
    """

    text: str
    low: float
    high: float
    local: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Minima:
    """All points of interest of a function on [low, high].

    Attributes:
        points: sorted by x.
        global_minimum, global_maximum: the points with the least and the greatest value: several if tied,
            none if there is none. A flat stretch stands for its ends too.
        why_no_minimum, why_no_maximum: a sentence if there is none, else "".
        gaps: intervals inside [low, high] on which f is defined nowhere.
        unproved: what could not be proved; each prints as a plain sentence.
        notes: other sentences for the page, as that SymPy gave up and the numbers stand alone.
    """

    low: float
    high: float
    points: tuple[Point, ...]
    global_minimum: tuple[Point, ...]
    global_maximum: tuple[Point, ...]
    why_no_minimum: str = ""
    why_no_maximum: str = ""
    gaps: tuple[tuple[float, float], ...] = ()
    unproved: tuple[Doubt, ...] = field(default=())
    notes: tuple[str, ...] = ()

    @property
    def proved(self) -> bool:
        """Nothing was left out, every position is right to 1e-10, and so is what is said of the globals."""
        return not self.unproved

    @property
    def why_none(self) -> str:
        """Why there is no global minimum, or maximum, or neither."""
        return " ".join(filter(None, (self.why_no_minimum, self.why_no_maximum)))

    def of_kind(self, *kinds: Kind) -> tuple[Point, ...]:
        """The points of some kinds."""
        return tuple(point for point in self.points if point.kind in kinds)
