"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try(
        "How long does the derivative get, six times in itself?", {"f": "polynomial"},
        "About twice as long each time, and more, if it is written out as a tree. As a graph, in which nothing is "
        "computed twice, it grows by the same amount each time.",
    ),
    Try(
        "Does SymPy find a slope at the corner?", {"f": "corner"},
        "It gives a rule, sign(x), that holds for every x but 0, and does not say that 0 is missing.",
    ),
)  # fmt: skip
