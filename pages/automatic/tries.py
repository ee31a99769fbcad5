"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Where does the derivative begin?", {"mode": "reverse"},
        "At the end: the derivative of the result by itself is 1. From there each step hands its derivative back to "
        "what it was computed from."),
    Try("x is used twice, so two paths lead from it. What happens to their derivatives?", {"f": "product"},
        "They are added up: each use of x moves the result, and both moves happen at once."),
)  # fmt: skip
