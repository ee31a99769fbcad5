"""A small table as a piece of a link: rows joined by "~", x and y by "_", numbers as float repr has them.

"1_150000~2_245000" has two rows. A missing number is left empty: "3_". No character needs escaping in a URL.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from calc.datasets.errors import DatasetError, listed, shown

MAX_POINTS = 60
"""Most rows in a link; 60 rows of two typical numbers take about 600 characters."""
MAX_LINK = 3_100
"""Longest text, in characters: 60 rows of two numbers of 25."""

_NUMBER = r"-?[0-9]{1,25}(?:\.[0-9]{1,25})?(?:e-?[0-9]{1,3})?"
_POINT = re.compile(rf"({_NUMBER})?_({_NUMBER})?")


def format_points(x: Iterable[float], y: Iterable[float]) -> str | None:
    """The points (x, y) as text for a link, every bit of the float64 values kept.

    Args:
        x, y: numbers, (n,); nan is a missing one.

    Returns:
        The text; None for no points or more than MAX_POINTS, for different lengths or an infinite value.

    >>> format_points([1, 2], [150_000, 245_000])
    '1_150000~2_245000'
    """
    xs, ys = (np.asarray(values, dtype=np.float64).ravel() for values in (_listed(x), _listed(y)))
    if not 0 < len(xs) <= MAX_POINTS or len(xs) != len(ys) or np.isinf(xs).any() or np.isinf(ys).any():
        return None
    return "~".join(f"{_written(a)}_{_written(b)}" for a, b in zip(xs.tolist(), ys.tolist(), strict=True))


def parse_points(text: str, columns: tuple[str, str] = ("x", "y")) -> pd.DataFrame:
    """The table (n, 2) of float64 that format_points wrote, under the given column names.

    Raises:
        DatasetError: for text of another form, too long, or with a number beyond the float64 range.

    >>> parse_points("1_150000~3_").to_numpy().tolist()
    [[1.0, 150000.0], [3.0, nan]]
    """
    advice = "Ask for the link again, or choose one of the tables of this page."
    if not text or len(text) > MAX_LINK:
        raise DatasetError(f"The link's table is empty or too long. {advice}")
    rows = text.split("~")
    if len(rows) > MAX_POINTS:
        raise DatasetError(f"The link's table has more than {MAX_POINTS} rows. {advice}")
    pairs = []
    for number, row in enumerate(rows, start=1):
        found = _POINT.fullmatch(row)
        pair = [float(value) if value else math.nan for value in found.groups()] if found else [math.inf]
        if any(map(math.isinf, pair)):
            raise DatasetError(
                f"The link's table cannot be read: {listed([number])} is {shown(row)}, which should be two "
                f"numbers such as 3_375000. {advice}"
            )
        pairs.append(pair)
    return pd.DataFrame(np.array(pairs, dtype=np.float64), columns=list(columns))


def _listed(values: Iterable[float]) -> list[float]:
    return list(values)


def _written(value: float) -> str:
    """The shortest text that float() reads back to the same value; "+" would be a space in a URL."""
    if math.isnan(value):
        return ""
    return repr(value).removesuffix(".0").replace("e+", "e")
