"""What the symbolic helpers answer, and how they fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from calc.expression import WRITTEN, Expression, ExpressionError, parse_expression

Operation: TypeAlias = Literal[
    "derivative", "second-derivative", "simplify", "zeros", "stationary-points", "limits"
]  # fmt: skip
OPERATIONS = ("derivative", "second-derivative", "simplify", "zeros", "stationary-points", "limits")


class SymbolicError(RuntimeError):
    """SymPy has no answer; the message is a sentence for a person. The page goes on with numbers."""


class SymbolicTimeout(SymbolicError):
    """SymPy took too long or too much memory and was stopped, or all helpers were busy for too long."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point found in closed form: `latex` is its exact form ("" if only the number is known).

    `value` is the nearest float, `digits` 17 significant digits; for a limit it may be inf or -inf.
    """

    latex: str
    value: float
    digits: str


@dataclass(frozen=True, slots=True)
class SymbolicResult:
    """The answer to one question.

    Attributes:
        operation: what was asked.
        latex: LaTeX of the formula found; "" for lists of points.
        text: the same in our own grammar, or None where the grammar cannot express it.
        variables: the variables that `text` is written in.
        points: zeros or stationary points in rising order; for limits the two ends, left and right.
        complete: SymPy guarantees that no further point lies in the interval.
        everywhere: every point of the interval is one, as for the zeros of 0.
        notes: sentences on what was assumed.
    """

    operation: str
    latex: str = ""
    text: str | None = None
    variables: tuple[str, ...] = ("x",)
    points: tuple[Point, ...] = ()
    complete: bool = False
    everywhere: bool = False
    notes: tuple[str, ...] = ()

    @property
    def expression(self) -> Expression | None:
        """The formula found as an expression, read by our own parser; None where `text` is None or too long."""
        if self.text is None:
            return None
        try:
            return parse_expression(self.text, self.variables, WRITTEN)
        except ExpressionError:
            return None


def from_json(operation: str, variables: tuple[str, ...], reply: dict[str, Any]) -> SymbolicResult:
    """The answer in a helper's reply. Raises SymbolicError or SymbolicTimeout where it says so."""
    if "error" in reply:
        kind = SymbolicTimeout if reply.get("stopped") else SymbolicError
        raise kind(str(reply["error"]))
    points = tuple(
        Point(str(point["latex"]), float(point["value"]), str(point["digits"])) for point in reply["points"]
    )
    text = reply["text"]
    return SymbolicResult(
        operation=operation,
        latex=str(reply["latex"]),
        text=None if text is None else str(text),
        variables=variables,
        points=points,
        complete=bool(reply["complete"]),
        everywhere=bool(reply["everywhere"]),
        notes=tuple(str(note) for note in reply["notes"]),
    )
