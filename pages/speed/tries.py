"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Which way is the fastest? Guess.", {"order": "guess"},
        "Called again and again, compiled automatic differentiation. Called once, it spends its time on compiling."),
    Try("How many weights can you afford numerically?", {"race": "weights"},
        "Each weight costs one more evaluation of the loss: a thousand weights cost a thousand and one. In reverse "
        "mode one pass is enough for all."),
)  # fmt: skip
