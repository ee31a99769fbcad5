"""What decides the pictures of `differentiability`."""

from dataclasses import dataclass, field
from math import log10

from calc.differentiability import Point
from calc.expression import Expression


@dataclass(frozen=True)
class Setting:
    """What decides the pictures.

    Attributes:
        h: the first distance of the second points.
        at: the point.
        fill: where f has a limit but no value it gets the limit.
        points: all that were found on the interval.
    """

    expression: Expression
    low: float
    high: float
    h: float
    at: float
    fill: bool
    points: tuple[Point, ...] = field(repr=False)

    @property
    def digits(self) -> int:
        """So many tell the points of a narrow interval apart."""
        size = max(abs(self.low), abs(self.high)) / (self.high - self.low)
        return min(15, 6 + max(0, int(log10(size))))

    @property
    def t(self) -> str:
        """The variable."""
        return self.expression.variables[0]
