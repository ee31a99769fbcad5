"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Which rule comes first?", {"look": "steps", "f": "deep"},
        "The chain rule: the last thing done is “e to the power of …”. Read a formula from the outside in: the rule "
        "for what is done last comes first."),
    Try("Forget the inner derivative, and see whether the page notices.", {"look": "practise", "rule": "chain"},
        "It does: it names the chain rule, and colours the part whose factor is missing."),
    Try("Where does the corner of the rectangle go?", {"look": "pictures"},
        "It vanishes: as the product of two small changes it shrinks like dx², and goes to 0 even when divided by dx."),
)  # fmt: skip
