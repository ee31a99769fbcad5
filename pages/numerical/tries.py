"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Is a smaller Δx always better? Find the best one.", {"f": "wave"},
        "No: about 10⁻⁸ is best for the forward quotient, 10⁻⁵ for the central one. Below that rounding takes over."),
    Try("And with half the digits?", {"format": "float32"},
        "The valley moves up and to the right: with 7 digits the best step of the forward quotient is about 10⁻³, and "
        "its error about as large."),
)  # fmt: skip
