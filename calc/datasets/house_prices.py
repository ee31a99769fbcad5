"""The house-price tables that come with the app (data/SOURCES.md gives their sources)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from calc.datasets.errors import DatasetError, shown
from calc.datasets.reading import read_table

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True)
class Bundled:
    """One table: its name in links, its title, its file in data/, its currency sign, its source."""

    slug: str
    title: str
    file: str
    currency: str
    source: str


_TABLES = (
    Bundled(
        "course",
        "The course's ten houses",
        "course.csv",
        "$",
        "Made for this project: the least-squares line is exactly price = 50,000 + 100,000 × bedrooms.",
    ),
    Bundled(
        "sacramento",
        "Sacramento, California, 2008",
        "sacramento_2008.csv",
        "$",
        "Homes sold in the Sacramento area over five days in May 2008: the Sacramento Bee's public list, "
        "as R's modeldata::Sacramento has it.",
    ),
    Bundled(
        "saratoga",
        "Saratoga County, New York, 2006",
        "saratoga_2006.csv",
        "$",
        "Houses in Saratoga County, New York, 2006: public records, "
        "as R's mosaicData::SaratogaHouses has it.",
    ),
    Bundled(
        "windsor",
        "Windsor, Ontario, 1987",
        "windsor_1987.csv",
        "C$",
        "Houses sold in Windsor, Ontario, 1987: Anglin & Gencay (1996), J. Applied Econometrics 11, 633-648, "
        "as R's AER::HousePrices has it.",
    ),
)
BUNDLED: dict[str, Bundled] = {table.slug: table for table in _TABLES}


@lru_cache(maxsize=len(_TABLES))
def _read(slug: str) -> pd.DataFrame:
    return read_table((DATA_FOLDER / BUNDLED[slug].file).read_bytes())


def bundled(slug: str) -> pd.DataFrame:
    """The bundled table of that slug: float64 columns "bedrooms" (count) and "price" (its currency).

    The file is read once per process; each call gives a copy, as all visitors share the process.
    Raises DatasetError for an unknown slug.
    """
    if slug not in BUNDLED:
        raise DatasetError(f"There is no table called {shown(slug)}. Choose one of: {', '.join(BUNDLED)}.")
    return _read(slug).copy()
