"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("How long is the derivative when f is applied six times?", {"f": "polynomial"},
        "Written out, it has 19 characters for f alone and 6,027 for f applied six times: it more than doubles each "
        "time. As a graph, in which nothing is computed twice, it grows by only about 12 parts each time."),
    Try("Does SymPy find a slope at the corner?", {"f": "corner"},
        "Only once it knows that x is real: then it gives sign(x), which is right for every x but 0. At 0 there is "
        "no slope, and sign(0) = 0 does not say so. See *Where it fails* below."),
)  # fmt: skip
