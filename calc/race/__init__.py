"""A race of the ways to differentiate: to build the derivative, to call it first, and to call it again.

A heat is a list of cells (`calc.cells`): what is timed is the code that a reader sees.
"""

from calc.race.heats import RACES, Precision, Race, heat
from calc.race.result import Lap, Result, agreement, read_result
from calc.race.running import start

__all__ = ["RACES", "Lap", "Precision", "Race", "Result", "agreement", "heat", "read_result", "start"]
