"""What stands in place of a minimum's number where a ball reached none."""

DIVERGED = -1
"""It overflowed, or was far away at the end."""
UNDECIDED = -2
"""It was not at a minimum when the steps were over."""
OUTSIDE = -3
"""It came to, or started, where the function is not defined."""

DIVERGENCE_RADIUS = 100.0
"""Far away: this many diagonals of the window from its middle."""
