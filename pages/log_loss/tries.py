"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Ten tosses, ten heads. Which p is the best now?", {"heads": "10", "tails": "0"},
        "p = 1: that tails never come. L(p) = p¹⁰ is greatest there. Ten tosses are few to be so sure."),
    Try("Start confidently wrong. Which loss learns?", {"show": "classifier", "wrong": "true"},
        "The log loss: after some ten steps the plane has changed its sides, and 70% are right. The square loss stays "
        "at 30%: far from the middle the sigmoid is flat, and so is its slope. The log loss pulls the harder the more "
        "confident the mistake is."),
    Try("Type a sentence of praise that is taken for a complaint.", {"show": "classifier"},
        "“Not bad at all” will do: the classifier counts one “bad” and no “good”. Its loss is large if it is praise, "
        "and no weights mend it: “A bad film” has the same counts."),
)  # fmt: skip
