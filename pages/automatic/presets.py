"""Functions worth a walk along their graph, each with the reason why it is there."""

from pages.shared.functions import Preset

PRESETS = {
    "cubic": Preset(
        "2x³ − 3x² + 5", "2x^3 - 3x^2 + 5", (-2.0, 3.0), 2.0,
        "The polynomial of the notes. x is used twice: the derivative is the sum over both paths.",
    ),
    "square": Preset("x²", "x^2", (-5.0, 5.0), 3.0, "One operation. f(3) = 9, and its derivative is 2·3 = 6."),
    "product": Preset(
        "x·x", "x x", (-5.0, 5.0), 3.0,
        "The same function, as the product of a node with itself: two paths lead from x, and 3 + 3 is 6 too.",
    ),
    "wave": Preset(
        "e⁻²ˣ + 3 sin 3x", "e^(-2x) + 3sin(3x)", (-1.0, 3.0), 0.5,
        "The notes’ harder function. No formula is made for its derivative: only its value at this x.",
    ),
    "sigmoid": Preset(
        "1/(1 + e⁻ˣ)", "1/(1 + e^-x)", (-6.0, 6.0), 0.0,
        "The sigmoid of the log loss: a simple chain. Both modes multiply the same numbers along it.",
    ),
    "corner": Preset(
        "|x| + sin x cos x", "|x| + sin x cos x", (-3.0, 3.0), 1.0,
        "The last of the notes’ list. At x = 0 |x| has a corner: its node has no local derivative, so f has none.",
    ),
}  # fmt: skip
