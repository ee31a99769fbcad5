"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("How fast is the car at 12.5 s? Guess.", {"predict": "guess"},
        "16.2 m/s. Turn the tangent until it just touches the curve, then choose *compare*. From 10 s to 15 s the "
        "average is 16 m/s."),
    Try("When does the car stand still?", {"at": "8"},
        "At 5 s, and only for an instant: move the point there, and the tangent is horizontal."),
    Try("Does every curve look straight if you zoom in far enough?", {"f": "corner"},
        "Not a corner: it looks the same at every zoom, so there is no tangent."),
)  # fmt: skip
