"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Add one point far away: what does the mean do, and what the median?", {"outlier": "100", "add": "true"},
        "The mean moves from 4 to 23.2, the median only from 3.5 to 4: a square pulls with twice its distance, a "
        "distance always with 1."),
    Try("Find the rate with which the ball is at the mean in one step.", {"steps": "10"},
        "1/(2n): for four points 1/8 = 0.125, as the exact rate. At a distance d from the mean the slope is 2n times "
        "d, so 1/(2n) times the slope is d itself."),
)  # fmt: skip
