"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Where will the ball go?", {"f": "double-well", "x0": "0.2"},
        "To the right, into the valley at 1.33, which is not the lowest: the hilltop between the valleys is at "
        "0.15."),
    Try("This ball finds the lowest valley, with momentum. Find starts that miss it.",
        {"f": "wells", "method": "momentum", "x0": "1.5", "steps": "300"},
        "All left of the hilltop at 0.96 end in the wide valley at −2, and some far on the right roll over the hill "
        "to it. The deepest minimum is narrow: only 26% of the starts lead there."),
    Try("Make the ball rest where there is no minimum.", {"f": "cubic"},
        "It rests when it starts at 0, where x³ is flat and yet goes on falling to the left. A zero slope only names a "
        "candidate."),
)  # fmt: skip
