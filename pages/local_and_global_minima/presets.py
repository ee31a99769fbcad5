"""Functions worth a look, each with the reason why it is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """A function as one would type it, the interval or window, a start and a rate that show its point."""

    title: str
    text: str
    window: tuple[float, ...]
    start: tuple[float, ...]
    rate: float
    why: str


ONE = {
    "double-well": Preset(
        "Double well", "x^4/4 - x^2 + 0.3x", (-2.5, 2.5), (2.2,), 0.1,
        "Two minima, one of them global. Which one is found depends on the start.",
    ),
    "x-sin-x": Preset(
        "x sin x", "x sin x", (-12.0, 12.0), (1.8,), 0.05,
        "Ever deeper minima: on a larger interval the global minimum is another one. Two are equally deep.",
    ),
    "wells": Preset(
        "Wide and narrow", "-e^(-(x+2)^2/4) - 1.5e^(-4(x-2)^2)", (-6.0, 4.0), (-4.0,), 0.15,
        "The deepest minimum has the smallest basin: most starts never find it.",
    ),
    "comb": Preset(
        "A comb of minima", "x^2/20 - cos(3x)", (-10.0, 10.0), (7.0,), 0.05,
        "Many local minima around one global one. Momentum or a larger rate can jump the teeth.",
    ),
    "corner": Preset(
        "|x|: a corner", "|x|", (-2.0, 2.0), (1.5,), 0.15,
        "The minimum is where the slope does not exist: it is no zero of the derivative. The ball never rests.",
    ),
    "cubic": Preset(
        "x³: no extremum", "x^3", (-2.0, 2.0), (1.6,), 0.05,
        "The slope is zero at 0, and yet there is neither minimum nor maximum: a zero slope is only a candidate.",
    ),
    "flat": Preset(
        "A flat valley", "max(0, |x| - 1)^2", (-3.0, 3.0), (2.6,), 0.1,
        "A whole stretch of minima: where the ball stops depends on where it came from.",
    ),
    "quartic": Preset(
        "x⁴: a flat bottom", "x^4", (-1.5, 1.5), (1.3,), 0.05,
        "The second derivative is zero too: near the bottom the steps become tiny.",
    ),
    "end": Preset(
        "The least at an end", "x^3 - 3x", (-2.5, 2.5), (1.8,), 0.03,
        "A local minimum inside, but the least value lies at the end of the interval, where the slope is not zero.",
    ),
    "cusp": Preset(
        "A cusp", "x^(2/3)", (-2.0, 2.0), (1.5,), 0.1,
        "The slope grows without bound towards the minimum: each step overshoots.",
    ),
    "pole": Preset(
        "No minimum at all", "1/x", (-3.0, 3.0), (1.0,), 0.3,
        "The values fall without bound: there is no global minimum, and the slope is zero nowhere.",
    ),
    "sin-of-square": Preset(
        "Ever narrower", "sin(x^2)", (-5.0, 5.0), (0.7,), 0.05,
        "All minima are equally deep, and the outer ones are so steep that a rate which is good inside diverges there.",
    ),
}  # fmt: skip

TWO = {
    "himmelblau": Preset(
        "Himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-6.0, 6.0, -6.0, 6.0), (0.0, 0.0), 0.01,
        "Four minima with f = 0: four valleys, equally deep.",
    ),
    "camel": Preset(
        "Six-hump camel", "(4 - 2.1x^2 + x^4/3) x^2 + x y + (4y^2 - 4) y^2", (-2.2, 2.2, -1.4, 1.4), (1.8, 1.1), 0.02,
        "Six minima, two of them global: they are equally deep.",
    ),
    "tilted-well": Preset(
        "Tilted double well", "x^4/4 - x^2 + 0.3x + y^2", (-2.5, 2.5, -2.0, 2.0), (2.2, 1.5), 0.05,
        "The double well of one variable with a second one: the border between the basins is a line.",
    ),
    "rastrigin": Preset(
        "Rastrigin", "20 + x^2 - 10cos(2 pi x) + y^2 - 10cos(2 pi y)", (-4.5, 4.5, -4.5, 4.5), (3.3, 2.4), 0.002,
        "A grid of traps: nearly every start ends in the nearest one.",
    ),
    "ackley": Preset(
        "Ackley",
        "20 - 20e^(-0.2 sqrt((x^2 + y^2)/2)) - e^((cos(2 pi x) + cos(2 pi y))/2) + e", (-5.0, 5.0, -5.0, 5.0),
        (3.2, 2.1), 0.02,
        "A funnel with small traps, and a corner at the bottom.",
    ),
    "rosenbrock": Preset(
        "Rosenbrock", "(1 - x)^2 + 100(y - x^2)^2", (-2.0, 2.0, -1.0, 3.0), (-1.2, 1.0), 0.001,
        "One minimum in a long curved valley: found at once, reached slowly.",
    ),
    "beale": Preset(
        "Beale", "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2", (-4.5, 4.5, -4.5, 4.5),
        (1.0, 1.2), 0.005,
        "Flat plateaus and steep walls: from much of the plane a ball diverges or gets nowhere.",
    ),
    "saddle": Preset(
        "A saddle", "x^2 - y^2", (-2.0, 2.0, -2.0, 2.0), (1.5, 0.001), 0.1,
        "The slope is zero at the origin, which is no minimum: every ball but those on one line falls off.",
    ),
}  # fmt: skip
