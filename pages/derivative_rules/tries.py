"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Which rule comes first?", {"look": "steps", "f": "deep"},
        "The one for what is done last: read the formula from the outside in."),
    Try("Forget the inner derivative, and see whether the page notices.", {"look": "practise", "rule": "chain"},
        "It says so, names the chain rule, and colours the part where the factor is missing."),
    Try("Where does the corner of the rectangle go?", {"look": "pictures"},
        "It is the product of two small changes, so it shrinks fastest: of the nudge divided by dx nothing of it is "
        "left."),
)  # fmt: skip
