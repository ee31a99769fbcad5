"""What a cell gave: read from what its process says, of which nothing is taken on trust."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Problem:
    """An exception as it is; or that there was no answer, with an empty `kind`.

    Attributes:
        kind: the name of its class.
        message: in its true words.
        lines: those of the cell at which it happened, outermost first.
    """

    kind: str
    message: str
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As Python ends its traceback, with the cell's own lines before."""
        last = f"{self.kind}: {self.message}" if self.message and self.kind else self.kind or self.message
        return "\n".join([*(f"----> {line}" for line in self.lines), last])


@dataclass(frozen=True)
class Output:
    """What a cell gave.

    Attributes:
        printed: what it printed.
        warnings: what it warned of, as "RuntimeWarning: overflow".
        text: its last expression as `repr` writes it; "" for none, and for None.
        type: the type of that, with its module.
        latex: of a SymPy object other than a number of digits.
        arrays: of the names that it draws, those that it has, in one dimension (n,).
        error: the exception that it ended with.
        waits_for: the cell that it needs and that gave nothing, for which reason it did not run.
    """

    printed: str = ""
    warnings: tuple[str, ...] = ()
    text: str = ""
    type: str = ""
    latex: str = ""
    arrays: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    error: Problem | None = None
    waits_for: str = ""

    @property
    def shown(self) -> str:
        """All its text, as a notebook has it below a cell."""
        parts = [self.printed.rstrip("\n"), *self.warnings, self.text]
        return "\n".join(part for part in parts if part)


def read_output(said: dict[str, Any]) -> Output:
    """The output of which a process says this; an exception where it says something else."""
    error = said["error"]
    return Output(
        printed=str(said["printed"]),
        warnings=tuple(map(str, said["warnings"])),
        text=str(said["text"]),
        type=str(said["type"]),
        latex=str(said["latex"]),
        arrays={
            str(name): np.array(numbers, dtype=float).ravel() for name, numbers in said["arrays"].items()
        },
        error=error and Problem(str(error["kind"]), str(error["message"]), tuple(map(str, error["lines"]))),
    )
