"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Toss only heads. What does the coin believe?", {"heads": "10", "tails": "0"},
        "That tails never come: L(p) = p¹⁰ is greatest at p = 1. Ten tosses are few to be so sure."),
    Try("Start confidently wrong. Which loss learns?", {"show": "classifier", "wrong": "true", "loss": "square"},
        "The square loss hardly: far from the middle the sigmoid is flat, and so is its slope. The log loss pulls "
        "the harder the more confident the mistake is."),
)  # fmt: skip
