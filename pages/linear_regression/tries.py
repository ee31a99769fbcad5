"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Find the rate that reaches the minimum in one step.", {"steps": "5"},
        "0.5, half of the rate above which it diverges. On standardised data the valley is as steep on all sides, and "
        "what is right for one direction is right for all."),
    Try("Make it diverge. What does the line do?", {"steps": "20", "rate": "0.99"},
        "Above 1 each step goes further past the bottom than the last one, and the line flies apart. At 1 it swings "
        "for ever; just below it still arrives, slowly."),
    Try("Take the data as they are. Which rate is too large now?", {"standardise": "false"},
        "Above 0.02311 it diverges: more than forty times lower. The valley is a canyon now: it bends 187 times as "
        "sharply across as along, and the sharpest bend decides. *Show both* puts the two beside each other."),
)  # fmt: skip
