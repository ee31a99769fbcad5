"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Where will the ball go?", {"f": "double-well", "x0": "0.2"},
        "To the right, into the valley at 1.33, which is not the lowest: the hilltop between the valleys is at "
        "0.15."),
    Try("Find a start that misses the lowest valley, with momentum too.", {"f": "wells", "method": "momentum"},
        "Most starts left of the hilltop at 0.96 end in the wide valley at −2: the deepest minimum is narrow, and "
        "few starts lead there."),
    Try("Make the slope 0 without a minimum.", {"f": "cubic"},
        "x³ is flat at 0, and goes on falling to the left of it. A zero slope only names a candidate."),
)  # fmt: skip
