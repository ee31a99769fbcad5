"""A basin map as a picture: coloured by minimum, shaded by steps."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.basins.codes import DIVERGED, OUTSIDE, UNDECIDED
from calc.basins.plane import BasinMap

Colour: TypeAlias = tuple[int, int, int]

SHADES = 8
"""With 31 minima at most and three codes, 8 shades each keep to the 256 colours of a palette."""


def palette_image(
    found: BasinMap,
    colours: Sequence[Colour],
    *,
    diverged: Colour,
    undecided: Colour,
    left: Colour,
    shade: Colour,
    deepest: float = 0.7,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The picture by numbers.

    Args:
        found: the map.
        colours: of the minima, the lowest first; where there are more minima, all others have the last one.
        diverged, undecided, left: of the balls that reached none.
        shade: what the colour turns to the more steps a ball took, such as black.
        deepest: how much of it the slowest balls get, 0 to 1.

    Returns:
        The number of each pixel's colour, uint8, (h, w), the top row first; and the colours, uint8, (p, 3).
        Each minimum's colour has 8 shades, the quickest eighth of all balls in
        the first, and so on.

    Raises:
        ValueError: for no colours, or more than 31.
    """
    if not 1 <= len(colours) <= 31:
        raise ValueError("A picture has 1 to 31 colours of minima.")
    part = deepest * np.arange(SHADES) / (SHADES - 1)
    base = np.array(colours, dtype=float)[:, None, :]
    mixed = base + part[:, None] * (np.array(shade, dtype=float) - base)
    palette = np.vstack([mixed.reshape(-1, 3), diverged, undecided, left]).round().astype(np.uint8)

    first = len(colours) * SHADES
    owners = max(len(found.minima), 1)
    # One table from a minimum's number or a code to its first colour: codes, negative, count from the end.
    table = np.empty(owners + 3, dtype=np.uint8)
    table[:owners] = np.minimum(np.arange(owners), len(colours) - 1) * SHADES
    table[[DIVERGED, UNDECIDED, OUTSIDE]] = first, first + 1, first + 2
    image = table[found.reached] + np.where(found.reached >= 0, _shades(found), np.uint8(0))
    return image[::-1], palette


def png_bytes(image: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    """A PNG file of a picture by numbers, (h, w), and its colours, (p, 3), p up to 256.

    Source: W3C, Portable Network Graphics Specification (Second Edition), 2003.
    """
    height, width = image.shape
    # Each row begins with its filter, 0: none.
    rows = np.zeros((height, width + 1), dtype=np.uint8)
    rows[:, 1:] = image

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    data = zlib.compress(rows.tobytes(), 1)
    parts = (b"IHDR", header), (b"PLTE", palette.tobytes()), (b"IDAT", data), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def _shades(found: BasinMap) -> NDArray[np.uint8]:
    """0 to 7, (h, w), by rank: each shade gets about as many of the balls that reached a minimum."""
    counts = np.bincount(found.steps[found.reached >= 0], minlength=int(found.steps.max()) + 1)
    quicker = np.cumsum(counts) - counts
    table = (quicker * SHADES // max(int(counts.sum()), 1)).clip(0, SHADES - 1).astype(np.uint8)
    shades: NDArray[np.uint8] = table[found.steps]
    return shades
