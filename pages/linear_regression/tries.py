"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Find the rate that is there in one step.", {"steps": "5"},
        "0.5. On standardised data the valley is round and bends by 2 everywhere, and one over 2 leads to the "
        "bottom at once."),
    Try("Make it diverge. What does the line do?", {"steps": "20", "rate": "0.99"},
        "Above 1 each step goes further past the bottom than the last one, and the line flies apart. At 1 it swings "
        "for ever; just below it still arrives, slowly."),
    Try("Take the data as they are. Which rate is too large now?", {"standardise": "false"},
        "From 0.0231 on it diverges, more than forty times sooner: the valley is 187 times as steep across as "
        "along, and the steepest direction decides."),
)  # fmt: skip
