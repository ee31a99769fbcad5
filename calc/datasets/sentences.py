"""The short sentences of the log-loss page: how often each says good and bad, and what it means."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from calc.datasets.house_prices import DATA_FOLDER
from calc.datasets.reading import read_table

SOURCE = "Written for this project: 74 short sentences, 36 of praise and 38 of complaint."


@lru_cache(maxsize=1)
def _read() -> pd.DataFrame:
    return read_table((DATA_FOLDER / "sentiment.csv").read_bytes())


def sentiment() -> pd.DataFrame:
    """The table: "sentence" (text), "good" and "bad" (how often the word is in it), "positive" (1 or 0).

    The file is read once per process; each call gives a copy, as all visitors share the process.
    No straight line in (good, bad) separates the labels: "not good" and "not bad" see to that.
    """
    return _read().copy()


def count_words(text: str, words: tuple[str, ...] = ("good", "bad")) -> tuple[int, ...]:
    """How often each word is in a text, whole and in capitals or not: what the table counts of its sentences.

    >>> count_words("Not good: bad, BAD, badly")
    (1, 2)
    """
    found = re.findall(r"\w+", text.casefold())
    return tuple(found.count(word) for word in words)
