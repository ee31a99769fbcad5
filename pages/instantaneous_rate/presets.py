"""Functions and points worth a look, each with the reason why it is there."""

from typing import NamedTuple

from pages.shared.functions import Preset


class Words(NamedTuple):
    """What the function is called, the unit of its slope, and the titles of three axes: of t, of f, and of f'."""

    name: str
    per: str
    t: str
    f: str
    slope: str


def words(slug: str, t: str) -> Words:
    """Those of a preset; a car's function is no f."""
    if slug == "car":
        return Words("x", " m/s", "t in s", "distance x in m", "velocity in m/s")
    return Words("f", "", t, f"f({t})", f"slope f′({t})")


PRESETS = {
    "car": Preset("A car that stops once", "0.16(t-5)^3 - 0.0064(t-5)^4 + 24", (0.0, 20.0), 12.5,
        "The distance that a car has covered. From 10 s to 15 s it drives 80 m: 16 m/s on average. At 5 s it stands "
        "still for an instant: there the tangent is horizontal."),
    "rising": Preset("A line that rises", "2x + 1", (-3.0, 3.0), 1.0,
        "A line has one slope: every secant and every tangent is the line itself."),
    "falling": Preset("A line that falls", "3 - x/2", (-3.0, 3.0), 1.0,
        "It falls, so its slope is negative: half a unit down for each unit to the right."),
    "top": Preset("A horizontal tangent", "3 + 2x - x^2", (-1.5, 3.5), 1.0,
        "At the top the tangent is horizontal and the slope 0. On a parabola the secant around a point has the "
        "tangent’s slope from the start."),
    "wave": Preset("A wave", "sin(x)", (-4.0, 4.0), 0.5, "Its slope is a wave too: the cosine."),
    "growth": Preset("Growth", "e^x", (-2.0, 2.5), 1.0, "At every point the slope is as large as the value."),
    "corner": Preset("A corner", "|x|", (-2.0, 2.0), 0.0,
        "From the right the slope is 1, from the left −1: there is no tangent, and no magnifier makes it straight."),
}  # fmt: skip
