"""Functions to begin with, each with the interval on which it is worth a look."""

from pages.shared.functions import Preset

PRESETS = {
    "polynomial": Preset("The lab’s polynomial", "2x^3 - 3x^2 + 5", (-1.0, 1.5), 3.0,
        "x occurs twice in it. So with each further f there are twice as many, and the formula more than doubles."),
    "square": Preset("The lab’s first: x²", "x^2", (-1.3, 1.3), 3.0, "x occurs only once, so nothing doubles."),
    "waves": Preset("The lab’s harder one", "e^(-2x) + 3sin(3x)", (-0.5, 2.0), 3.0,
        "Its two functions come back in their own derivatives, so much can be shared."),
    "hill": Preset("A hill: 4x(1 − x)", "4x(1 - x)", (0.0, 1.0), 3.0, "Each further f doubles the number of hills."),
    "corner": Preset("A corner: |x|", "|x|", (-2.0, 2.0), 3.0, "SymPy lets x be complex: see *Where it fails* below."),
}  # fmt: skip
