"""The colours of maps of starts, as pictures: those of the minima, and of the balls that reach none."""

from base64 import b64encode
from typing import TypedDict

import numpy as np

from calc.basins import png_bytes
from pages.shared import theme

UNDECIDED_SHARE = 0.4
"""How much of the colour of the balls that diverge is in that of the undecided ones."""


class Fates(TypedDict):
    diverged: theme.Colour
    undecided: theme.Colour
    left: theme.Colour


def fates() -> Fates:
    """What becomes of a ball that reaches no minimum; blank where the function is not defined."""
    nowhere, blank = theme.categorical()[2], theme.background()
    red, green, blue = (round(b + UNDECIDED_SHARE * (n - b)) for n, b in zip(nowhere, blank, strict=True))
    return {"diverged": nowhere, "undecided": (red, green, blue), "left": blank}


def data_uri(image: np.ndarray, palette: np.ndarray) -> str:
    """A picture by numbers, (h, w), and its colours, (p, 3), as a chart's image mark takes it."""
    return "data:image/png;base64," + b64encode(png_bytes(image, np.asarray(palette, np.uint8))).decode()
