"""Which columns of a table to begin with: what a house has against what it costs, or two features and their label.

By their names first, in the languages of `_WORDS`, then by how strongly they go together. Numbers that name a row or a
place tell nothing by their size: they come last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

_PRICE = (
    "price prices preis kaufpreis prix prezzo precio preço preco pris prijs cena ціна цена ár fiyat harga giá hinta "
    "价格 总价 房价 价钱 單價 價格 總價 房價 単価 価格 取引価格 "
    "가격 매매가 거래금액 τιμή τιμη fiyatı medv"
)
_VALUE = (
    "value val worth cost sale rent miete loyer affitto alquiler aluguel czynsz аренда 家賃 租金 amount "
    "değer değeri αξία ενοίκιο"
)
_SIZE = (
    "area size sqft sqm sqmt surface superficie oppervlakte fläche flaeche metraż metraz "
    "powierzchnia plocha terület площадь alan yta areal pinta-ala living "
    "m² ft² qm mq 面积 面積 専有面積 坪數 면적 전용면적 εμβαδόν εμβαδον alanı luas diện"
)
_ROOMS = (
    "bedrooms bedroom beds bed rooms room rm zimmer pièces pieces chambres habitaciones dormitorios "
    "quartos cuartos camere locali kamers slaapkamers pokoje pokoi rum szobák комнат oda "
    "房间 卧室 房間 臥室 部屋数 間取り δωμάτια bhk"
)
_LABEL = (
    "label labels target class outcome y result response survived default churn churned sold bought "
    "purchased passed admitted positive sick ill diagnosis disease spam fraud approved expensive"
)
_NAMES_A_ROW = (
    "id ids index idx key uid uuid pid code zip zipcode postcode postal plz cap phone parcel order serial nr no row "
    "rownames unnamed sno srno s.no lat latitude lon lng long longitude date datum year yr month day time "
    "timestamp ward district"
)
_PARTS = re.compile(r"[^\W\d_]+|[^\W\d_]²")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONG_NUMBER, LONGEST_NUMBER = 1e8, 1e18
"""Whole numbers of such a size that are all different are more likely numbers of parcels than prices."""
_LONG = 5
"""Letters of a word that may also stand inside another one, as zimmer in badezimmer; rent stands in parent."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRICE, VALUE, SIZE, ROOMS, LABEL, NAMES_A_ROW = map(
    _words, (_PRICE, _VALUE, _SIZE, _ROOMS, _LABEL, _NAMES_A_ROW)
)


def says(name: str, words: frozenset[str]) -> bool:
    """Whether one of the words is in a column's name: price in SalePrice, sale_price and Verkaufspreis."""
    parts = [part.lower() for part in _PARTS.findall(_CAMEL.sub(" ", name))]
    return any(
        part in words or any(word in part for word in words if len(word) >= _LONG or not word.isascii())
        for part in parts
    )


def names_a_row(name: str, values: np.ndarray) -> bool:
    """Whether a column tells rows, places or days apart: by its name, as row numbers, or as long numbers."""
    parts = [part.lower() for part in _PARTS.findall(_CAMEL.sub(" ", name))]
    if says(name, SIZE | ROOMS | PRICE | VALUE):
        return False
    if any(part in NAMES_A_ROW for part in parts) or parts[-1:] == ["number"]:
        return True
    known = values[np.isfinite(values)]
    if len(known) < 3 or len(np.unique(known)) < len(known) or (known != np.round(known)).any():
        return False
    counts_up = known[0] in (0, 1) and bool((np.diff(known) == 1).all())
    return bool(((np.abs(known) >= LONG_NUMBER) & (np.abs(known) < LONGEST_NUMBER)).all()) or (
        counts_up and name.startswith("column ")
    )


def best_pair(table: pd.DataFrame) -> tuple[str, str]:
    """The columns x and y to begin with, of two or more columns of numbers (n,).

    y is the price, else the value, rent or cost, else the second; x is what goes with it most strongly among the sizes
    and the numbers of rooms, else the first. Columns that name a row are only taken where there are no others.

    >>> best_pair(pd.DataFrame({"id": [1.0, 2.0], "price": [9.0, 8.0], "sqft": [3.0, 1.0]}))
    ('sqft', 'price')
    """
    names = [str(name) for name in table.columns]
    useful = [
        name for name in names if _varies(table, name) and not names_a_row(name, table[name].to_numpy())
    ]
    order = useful + [name for name in names if name not in useful] if len(useful) > 1 else names
    prices = [name for words in (PRICE, VALUE) for name in _plain(order, words)]
    sizes = [name for name in order if says(name, SIZE | ROOMS) and name not in prices]
    if prices:
        y = prices[0]
        rest = [name for name in (sizes or useful or order) if name != y] or [
            name for name in order if name != y
        ]
        return max(rest, key=lambda name: _goes_with(table, name, y)) if sizes else rest[0], y
    x = sizes[0] if sizes else order[0]
    return x, next(name for name in order if name != x)


def _plain(names: Sequence[str], words: frozenset[str]) -> list[str]:
    """The names that say one of the words, those of a price for each square foot last."""
    found = [name for name in names if says(name, words)]
    return sorted(found, key=lambda name: says(name, SIZE | ROOMS | frozenset({"per", "tax"})))


def names_a_label(name: str) -> bool:
    """Whether a column's name is one of those of labels."""
    return says(name, LABEL)


def best_label(names: Sequence[str]) -> str:
    """The likeliest label of columns of two classes: by its name, else the last, as most tables have it."""
    return next(filter(names_a_label, names), names[-1])


def best_features(table: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """The columns in the order in which to begin with them: those that name a row last."""
    return sorted(
        names, key=lambda name: names_a_row(name, table[name].to_numpy()) or not _varies(table, name)
    )


def _varies(table: pd.DataFrame, name: str) -> bool:
    return len(table[name].dropna().unique()) > 1


def _goes_with(table: pd.DataFrame, x: str, y: str) -> float:
    """How strongly x goes with y: the absolute value of their rank correlation, 0 where there is none."""
    with np.errstate(all="ignore"):
        correlation = abs(table[x].rank().corr(table[y].rank()))
    return 0.0 if np.isnan(correlation) else round(float(correlation), 9)
