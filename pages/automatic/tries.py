"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Where does the derivative begin?", {"mode": "reverse"},
        "At the end: the result by itself is 1. From there each step hands its derivative on to what it was "
        "computed from."),
    Try("x is used twice. What is done with both ways?", {"f": "product"},
        "They are added up: each use of x lets the result move, and both moves happen at once."),
)  # fmt: skip
