"""A race of the ways to differentiate: to build the derivative, to call it first, and to call it again.

A heat is a list of cells (`calc.cells`): what is timed is the code that a reader sees.
"""

from calc.race.heats import RACES, Precision, Race, heat
from calc.race.recorded import Record, recorded
from calc.race.result import Lap, Result, difference, read_result
from calc.race.running import ahead, start

__all__ = [
    "RACES", "Lap", "Precision", "Race", "Record", "Result", "ahead", "difference", "heat", "read_result", "recorded",
    "start",
]  # fmt: skip
