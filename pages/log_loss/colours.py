"""What has which colour of the theme's palette, the same in both views."""

import altair as alt

COLOURS = alt.Scale(domain=["-", "ball", "curve", "log", "square", "best"])
"""The coin's curves, the losses, and the marks on them."""
CLASSES = alt.Scale(domain=["1", "0", "boundary", "log", "square", "said"])
"""The labels, the two losses' boundaries as the losses themselves, and a sentence of the visitor's."""
