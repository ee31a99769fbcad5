"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Move one point far away: what does the mean do, and what the median?", {"outlier": "100", "add": "true"},
        "The mean moves from 4 to 23.2, the median only from 3.5 to 4: a square pulls with twice its distance, a "
        "distance always with 1."),
    Try("Find the rate that is there in one step.", {"steps": "10"},
        "One over 2n: for four points 1/8 = 0.125. The sum of n squares bends by 2n everywhere."),
)  # fmt: skip
