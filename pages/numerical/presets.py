"""Functions and points worth a look, each with the reason why it is there."""

from typing import NamedTuple


class Preset(NamedTuple):
    """A function as one would type it, a point, and why it is here."""

    title: str
    text: str
    at: float
    why: str


PRESETS = {
    "wave": Preset("A wave", "sin(x)", 0.5, "The usual picture: three valleys, and one line without one."),
    "far": Preset("The same wave, far from 0", "sin(x)", 100000.5,
        "Floats near 100,000 lie 131,072 times further apart than at 0.5: x + Δx is rounded that much more coarsely."),
    "lab": Preset("The lab’s harder function", "e^(-2x) + 3sin(3x)", 0.0, "It bends more: the right side is higher."),
    "square": Preset("A parabola", "x^2", 3.0,
        "The secant around a point has the tangent’s slope at once. Only rounding is left: the largest step is best."),
    "quick": Preset("A quick wave", "sin(20x)", 0.5, "It turns within 0.1, so only a small step sees a single slope."),
    "cancel": Preset("Digits lost in f itself", "(1 - cos(x))/x^2", 0.001,
        "1 − cos(x) loses its digits before it is differentiated. Theory takes f to be right to the last."),
    "corner": Preset("A corner nearby", "|x|", 0.3, "With Δx above 0.3 the secant around the point sees both arms."),
    "none": Preset("At a corner", "|x|", 0.0, "No derivative. Central quotients say 0, forward ones 1, at every step."),
}  # fmt: skip
