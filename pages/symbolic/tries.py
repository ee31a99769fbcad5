"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("How long does the derivative get, six times in itself?", {"f": "polynomial"},
        "Written out, it is 19 bytes long for f alone and 6,027 for six times: each time it more than doubles. As a "
        "graph, in which nothing is computed twice, it grows by about 12 parts each time."),
    Try("Does SymPy find a slope at the corner?", {"f": "corner"},
        "Only once it knows that x is real: then it gives sign(x), which is right for every x but 0. At 0 there is "
        "no slope, and sign(0) = 0 does not say so. See *Where it fails*."),
)  # fmt: skip
