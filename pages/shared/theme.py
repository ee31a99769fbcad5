"""The theme's colours as numbers, for pictures that are drawn here rather than by a chart."""

import numpy as np
import streamlit as st

Colour = tuple[int, int, int]


def kind() -> str:
    """The theme that the visitor sees: "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _option(name: str) -> list[str] | str:
    return st.get_option(f"theme.{kind()}.{name}")


def _rgb(text: str) -> Colour:
    return tuple(int(text[place : place + 2], 16) for place in (1, 3, 5))


def categorical() -> list[Colour]:
    """The categorical palette of the theme that the visitor sees."""
    return [_rgb(colour) for colour in _option("chartCategoricalColors")]


def background() -> Colour:
    return _rgb(_option("backgroundColor"))


def sequential(count: int) -> np.ndarray:
    """`count` colours evenly along the sequential palette, uint8 (count, 3)."""
    colours = np.array([_rgb(colour) for colour in _option("chartSequentialColors")], dtype=float)
    place = np.linspace(0, len(colours) - 1, count)
    channels = [np.interp(place, np.arange(len(colours)), channel) for channel in colours.T]
    return np.stack(channels, axis=1).round().astype(np.uint8)
