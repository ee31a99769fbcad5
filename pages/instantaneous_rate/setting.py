"""What decides the pictures of `instantaneous-rate`."""

from dataclasses import dataclass

from calc.expression import Expression
from pages.instantaneous_rate.presets import Preset


@dataclass(frozen=True)
class Setting:
    """What decides the pictures.

    Attributes:
        at: the point.
        h: the first distance of the second point, which lies `side` of it.
        guess: the slope that was guessed; None if nobody guesses.
        hidden: the answer is not to be seen yet.
    """

    expression: Expression
    preset: Preset
    low: float
    high: float
    at: float
    h: float
    side: str
    guess: float | None
    hidden: bool

    @property
    def t(self) -> str:
        """The variable."""
        return self.expression.variables[0]
