"""The rows of an own table, as the link carries them and as they are typed."""

import numpy as np
import pandas as pd

Rows = tuple[tuple[float | None, float | None, float | None], ...]
"""Two features and a label of each point; None where a cell is empty."""

NAMES = ("x1", "x2", "label")
SMALL: Rows = (
    (1.0, 1.0, 0.0), (2.0, 1.5, 0.0), (2.5, 3.0, 1.0), (3.0, 1.0, 0.0),
    (3.5, 4.0, 1.0), (1.5, 3.0, 1.0), (3.0, 3.0, 0.0), (4.0, 2.0, 1.0),
)  # fmt: skip


def of_columns(*columns: np.ndarray | pd.Series) -> Rows:
    """Three columns (n,), nan where a cell is empty, as rows."""
    cells = [[None if np.isnan(value) else float(value) for value in column] for column in columns]
    return tuple(zip(*cells, strict=True))


def as_table(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(NAMES), dtype=float)
