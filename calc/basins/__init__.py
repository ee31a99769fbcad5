"""Balls on a typed function: where each rolls, and which starts find which minimum."""

from calc.basins.bands import beyond
from calc.basins.codes import DIVERGED, OUTSIDE, UNDECIDED
from calc.basins.landscape import GRID, Landscape, Window, landscape
from calc.basins.line import Basins1D, RateMap, basins_1d, rate_map
from calc.basins.picture import palette_image, png_bytes
from calc.basins.plane import BasinMap, Cancelled, basin_map
from calc.basins.saddles import Saddles, saddles
from calc.basins.trajectories import Trajectories, trajectories

__all__ = [
    "DIVERGED",
    "GRID",
    "OUTSIDE",
    "UNDECIDED",
    "BasinMap",
    "Basins1D",
    "Cancelled",
    "Landscape",
    "RateMap",
    "Saddles",
    "Trajectories",
    "Window",
    "basin_map",
    "basins_1d",
    "beyond",
    "landscape",
    "palette_image",
    "png_bytes",
    "rate_map",
    "saddles",
    "trajectories",
]
