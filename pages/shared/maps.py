"""Maps: pictures that are coloured here, a pixel a number, as the ground of a chart."""

from base64 import b64encode

import altair as alt
import numpy as np

from calc.basins import png_bytes


def picture(image: np.ndarray, palette: np.ndarray) -> str:
    """A picture as `ground` takes it.

    Args:
        image: the number of each pixel's colour, (h, w), the top row first.
        palette: the colours, (p, 3), at most 256.
    """
    png = png_bytes(image.astype(np.uint8), np.asarray(palette, np.uint8))
    return "data:image/png;base64," + b64encode(png).decode()


def ground() -> alt.Chart:
    """A picture that fills the chart. Dataset: `ground` (url)."""
    filled: alt.Chart = alt.Chart(alt.NamedData("ground")).mark_image(
        aspect=False, x=0, y=0, align="left", baseline="top",
        width=alt.ExprRef("width"), height=alt.ExprRef("height"),
    ).encode(url="url:N")  # fmt: skip
    return filled
