"""All heats as this project's benchmark has run them: `python -m tests.benchmarks race` writes them anew."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from calc.race.result import Lap, Result

FILE = Path(__file__).resolve().parents[2] / "data" / "race.json"
Key = tuple[str, str, int]
"""A race, a precision and a size."""


@dataclass(frozen=True)
class Record:
    """The results of all heats, with the machine and the day.

    Attributes:
        machine: in words.
        date: ISO 8601.
        versions: of the libraries.
        copy: seconds to copy a million numbers of float64, the median of many.
        heats: by race, precision and size.
    """

    machine: str
    date: str
    versions: dict[str, str]
    copy: float
    heats: dict[Key, Result]

    def write(self) -> None:
        """Write the file."""
        heats = [
            dict(zip(("race", "precision", "size"), key, strict=True))
            | {"laps": {name: asdict(lap) for name, lap in laps.items()}}
            for key, laps in self.heats.items()
        ]
        FILE.write_text(json.dumps({**vars(self), "heats": heats}, indent=1) + "\n", "utf-8")


@cache
def recorded() -> Record:
    """The record as it is in the file."""
    said = json.loads(FILE.read_text("utf-8"))
    heats = {
        (heat["race"], heat["precision"], heat["size"]): {
            name: Lap(**{**lap, "warm": tuple(lap["warm"])}) for name, lap in heat["laps"].items()
        }
        for heat in said["heats"]
    }
    return Record(**{**said, "heats": heats})
