"""The theme's colours as numbers, for pictures that are drawn here rather than by a chart."""

import numpy as np
import streamlit as st

Colour = tuple[int, int, int]


def kind() -> str:
    """The theme that the visitor sees: "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _colours(option: str) -> list[Colour]:
    """The colours that an option of the theme names, as its list or alone."""
    texts = st.get_option(f"theme.{kind()}.{option}")
    return [_rgb(text) for text in ([texts] if isinstance(texts, str) else texts)]


def _rgb(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def categorical() -> list[Colour]:
    """The categorical palette of the theme that the visitor sees."""
    return _colours("chartCategoricalColors")


def background() -> Colour:
    """The colour behind everything."""
    return _colours("backgroundColor")[0]


def on_any_ground() -> dict[str, str | float]:
    """How marks are drawn that are seen on dark and on light colours, in both themes: dark, with a light edge."""
    dark, light = (str(st.get_option(f"theme.light.{option}")) for option in ("textColor", "backgroundColor"))
    return {"fill": dark, "stroke": light, "strokeWidth": 1.2}


def sequential(count: int) -> np.ndarray:
    """`count` colours evenly along the sequential palette, uint8 (count, 3)."""
    colours = np.array(_colours("chartSequentialColors"), dtype=float)
    place = np.linspace(0, len(colours) - 1, count)
    channels = [np.interp(place, np.arange(len(colours)), channel) for channel in colours.T]
    return np.stack(channels, axis=1).round().astype(np.uint8)
