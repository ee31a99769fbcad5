"""The rows of an own table, as the link carries them and as they are typed."""

import numpy as np
import pandas as pd

from calc import datasets

Rows = tuple[tuple[float | None, float | None, float | None], ...]
"""Two features and a label of each point; None where a cell is empty."""

NAMES = ("x1", "x2", "label")
SMALL: Rows = (
    (1.0, 1.0, 0.0), (2.0, 1.5, 0.0), (2.5, 3.0, 1.0), (3.0, 1.0, 0.0),
    (3.5, 4.0, 1.0), (1.5, 3.0, 1.0), (3.0, 3.0, 0.0), (4.0, 2.0, 1.0),
)  # fmt: skip


def read(text: str) -> Rows:
    """The rows of a link such as 1_2_0~3__1; ValueError if its text is not such."""
    parts = [row.rpartition("_") for row in text.split("~")]
    features = datasets.parse_points("~".join(pair for pair, _, _ in parts))
    labels = datasets.parse_points("~".join(f"{label}_" for _, _, label in parts))["x"]
    return of_columns(features["x"], features["y"], labels)


def write(rows: Rows | None) -> str | None:
    """The rows as a piece of a link; None if they are too many."""
    x, y, label = np.array(rows, dtype=float).T if rows else np.empty((3, 0))
    pairs, labels = datasets.format_points(x, y), datasets.format_points(label, label * np.nan)
    if pairs is None or labels is None:
        return None
    return "~".join(
        f"{pair}_{label[:-1]}" for pair, label in zip(pairs.split("~"), labels.split("~"), strict=True)
    )


def of_columns(*columns: np.ndarray | pd.Series) -> Rows:
    """Three columns (n,), nan where a cell is empty, as rows."""
    cells = [[None if np.isnan(value) else float(value) for value in column] for column in columns]
    return tuple(zip(*cells, strict=True))


def as_table(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(NAMES), dtype=float)
