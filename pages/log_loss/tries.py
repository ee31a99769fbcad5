"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Toss only heads. What does the coin believe?", {"heads": "10", "tails": "0"},
        "That tails never come: L(p) = p¹⁰ is greatest at p = 1. Ten tosses are few to be so sure."),
    Try("Start confidently wrong. Which loss learns?", {"show": "classifier", "wrong": "true"},
        "The log loss: after some ten steps the plane has changed its sides, and 70% are right. The square loss stays "
        "at 30%: far from the middle the sigmoid is flat, and so is its slope. The log loss pulls the harder the more "
        "confident the mistake is."),
    Try("Type a sentence of praise that is taken for a complaint.", {"show": "classifier"},
        "“Not bad at all” will do: the classifier counts one “bad” and no “good”. Its loss is large if it is praise, "
        "and no weights mend it: “A bad film” has the same counts."),
)  # fmt: skip
