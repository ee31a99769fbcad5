"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("There is an absolute value: is there a corner?", {"f": "smooth"},
        "No: x|x| is x² on the right and −x² on the left, and both have the slope 0 at 0."),
    Try("Fill the hole. Is the function differentiable then?", {"f": "hole", "fill": "true"},
        "Yes: with the value 2 at 1 it is the line x + 1. Once the hole is filled, nothing is left of it."),
    Try("It wiggles for ever. Does it have a slope at 0?", {"f": "tamed", "fill": "true"},
        "Yes, 0: x² keeps the slope of every secant between −h and h. *x sin(1/x)* has none: choose it and see."),
)  # fmt: skip
