"""The maps of the lesson as pictures, in the theme's colours: those of the minima, and of the balls that reach none."""

from typing import TypedDict
from weakref import WeakKeyDictionary

import numpy as np

from calc.basins import BasinMap, RateMap, Window, palette_image
from calc.expression import Expression
from pages.shared import theme
from pages.shared.maps import picture
from pages.shared.memory import kept

UNDECIDED_SHARE = 0.4
"""How much of the colour of the balls that diverge is in that of the undecided ones."""
MINIMA = slice(3, 8)
"""The theme's colours of minima: the first is the global one's."""


def colour(number: np.ndarray) -> np.ndarray:
    """The place of its colour: the global minimum has one of its own, the others take turns."""
    turn: np.ndarray = np.where(number > 0, 1 + (number - 1) % (MINIMA.stop - MINIMA.start - 1), number)
    return turn


class Fates(TypedDict):
    diverged: theme.Colour
    undecided: theme.Colour
    left: theme.Colour


def fates() -> Fates:
    """What becomes of a ball that reaches no minimum; blank where the function is not defined."""
    nowhere, blank = theme.categorical()[2], theme.background()
    red, green, blue = (round(b + UNDECIDED_SHARE * (n - b)) for n, b in zip(nowhere, blank, strict=True))
    return {"diverged": nowhere, "undecided": (red, green, blue), "left": blank}


@kept
def start_by_rate(grid: RateMap, scheme: str) -> str:
    """Starts by rates, in the colours of the strip; the largest rate at the top."""
    colours = theme.categorical()[MINIMA]
    image = np.where(grid.reached >= 0, colour(grid.reached), len(colours) - 1 - grid.reached)
    return picture(image[::-1], np.array([*colours, *fates().values()]))


_drawn: WeakKeyDictionary[BasinMap, dict[str, str]] = WeakKeyDictionary()
"""The pictures of each map by theme, which go with it: maps are large."""


def basins(found: BasinMap, scheme: str) -> str:
    """The map of basins: a colour a minimum, paler where it takes more steps."""
    pictures = _drawn.setdefault(found, {})
    if scheme not in pictures:
        colours = theme.categorical()
        minima = (*colours[MINIMA][:4], colours[0])
        pictures[scheme] = picture(*palette_image(found, minima, **fates(), shade=theme.background()))
    return pictures[scheme]


@kept
def contours(
    expression: Expression, window: Window, scheme: str, width: int = 240, height: int = 180, levels: int = 14
) -> str:
    """f as filled contours: each colour covers an equal part of the window; blank where f is not defined."""
    x, y = np.linspace(*window[:2], width), np.linspace(*window[2:], height)
    values = expression(*np.meshgrid(x, y[::-1]))
    finite = values[np.isfinite(values)]
    edges = np.quantile(finite, np.linspace(0, 1, levels + 1)[1:-1]) if finite.size else np.zeros(levels - 1)
    image = np.where(np.isnan(values), levels, np.searchsorted(edges, np.nan_to_num(values, nan=np.inf)))
    return picture(image, np.vstack([theme.sequential(levels), theme.background()]))
