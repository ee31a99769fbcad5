"""Balls on a typed function: where each comes to rest, and which starts find which minimum."""

from calc.basins.plane import DIVERGED, LEFT, UNDECIDED, BasinMap, Cancelled, basin_map

__all__ = ["DIVERGED", "LEFT", "UNDECIDED", "BasinMap", "Cancelled", "basin_map"]
