"""The words that people write around numbers in tables of houses: currencies, units, thousands and millions, remarks.

A word that is not here makes its cell text, so that no number is read that the cell does not say.
"""

from __future__ import annotations

import re

_CURRENCIES = {
    "$": "$ USD US$ dollar dollars", "C$": "C$ CA$ CAD CAD$", "A$": "A$ AU$ AUD AUD$", "NZ$": "NZ$ NZD",
    "HK$": "HK$ HKD", "S$": "S$ SG$ SGD", "NT$": "NT$ TWD", "R$": "R$ BRL", "MX$": "MX$ MXN", "AR$": "AR$ ARS",
    "€": "€ EUR euro euros", "£": "£ GBP", "¥": "¥ ￥ JPY 円 CNY RMB 元", "₹": "₹ INR Rs Rs. ₨",
    "₽": "₽ RUB руб руб. р.",
    "₩": "₩ KRW 원", "₺": "₺ TRY TL", "₪": "₪ ILS NIS", "₫": "₫ VND đ", "฿": "฿ THB", "₴": "₴ UAH грн грн.",
    "₦": "₦ NGN", "₱": "₱ PHP", "৳": "৳ BDT Tk", "₸": "₸ KZT", "₡": "₡ CRC", "₲": "₲ PYG", "₵": "₵ GHS",
    "₼": "₼ AZN", "₾": "₾ GEL", "CHF": "CHF Fr Fr. SFr SFr.", "kr": "kr kr.", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK",
    "Kč": "Kč CZK", "zł": "zł PLN", "Ft": "HUF", "lei": "lei RON", "лв": "лв лв. BGN", "Rp": "Rp Rp. IDR",
    "RM": "RM MYR", "R": "R ZAR", "AED": "AED Dhs", "SAR": "SAR", "PKR": "PKR", "LKR": "LKR", "KSh": "KSh KES",
    "CLP": "CLP", "COP": "COP", "EGP": "EGP",
}  # fmt: skip
_UNITS = {
    "%": "% percent", "m²": "m² sqm sqm. sq.m sq.m. qm qm. mq mq. кв.м кв.м. ㎡ 平米 平方米 平方メートル",
    "m²_": "sq_m sq_m. sq._m sq._m. sq_meter sq_meters sq._meter sq._meters square_metres кв_м кв._м кв._м.",
    "ft²": "ft² sqft sqft. sq.ft sq.ft. sf",
    "ft²_": "sq_ft sq_ft. sq._ft sq._ft. sq_feet square_feet square_foot",
    "yd²": "yd² sqyd sq_yd sq._yd sq._yards sq_yards", "ha": "ha hectare hectares", "acres": "acre acres ac",
    "km²": "km²", "km": "km", "m": "metres meters", "ft": "ft feet", "mi": "mi miles", "坪": "坪",
    "bedrooms": "bed beds bd bds br bedroom bedrooms bhk", "bathrooms": "bath baths ba bathroom bathrooms",
    "rooms": "room rooms rm rms zimmer zi zi. zkb pièce pièces pcs locali room(s) szoba комн комн. 室 間",
    "years": "year years yr yrs", "tatami": "畳",
}  # fmt: skip
_SCALES = {
    3: "k thousand tsd tsd. тыс тыс. tys tys. ribu rb 千 천",
    4: "万 萬 만",
    5: "lakh lakhs lac lacs lkh",
    6: "million millions mn mio mio. mln mln. млн млн. juta jt triệu",
    7: "crore crores cr cr. karod",
    8: "亿 億 억",
    9: "billion billions bn mrd mrd. mld млрд млрд. miliar milyar tỷ",
}
_SCALES_OF_MONEY = {3: "t", 5: "L", 6: "m mm", 9: "b"}
"""Without a currency, m is metres."""
_RATES = (
    "/month /mo pcm p.c.m. pm p.m. /week pw p.w. per_month per_week /year p.a. per_year /m² /sqm /sqft /sq_ft"
)
_REMARKS = "vb vhb fp festpreis ono o.n.o. ono. obo neg neg. negotiable fixed"
_ABOUT = "≈ ~ ∼ ca ca. circa approx approx. approximately about around etwa rund environ env. guide_price"


def _names(table: dict[str, str]) -> dict[str, str]:
    """What is written, in lower case and with single spaces, and the one name of what it means."""
    return {
        word.replace("_", " ").lower(): name.rstrip("_")
        for name, words in table.items()
        for word in words.split()
    }


CURRENCIES = _names(_CURRENCIES) | {"Ft": "Ft", "Ft.": "Ft"}
"""By lower-case words; but 45 Ft are forints, and 45 ft feet."""
UNITS = _names(_UNITS)
SCALES = {word: power for power, words in _SCALES.items() for word in words.split()}
SCALES_OF_MONEY = {word.lower(): power for power, words in _SCALES_OF_MONEY.items() for word in words.split()}
MISSING_WORDS = frozenset(
    {
        "poa",
        "p.o.a.",
        "price on application",
        "price on request",
        "on request",
        "on application",
        "tba",
        "tbc",
        "tbd",
    }
    | {
        "call",
        "ask",
        "auf anfrage",
        "preis auf anfrage",
        "k.a.",
        "k. a.",
        "keine angabe",
        "sur demande",
        "nc",
        "n.c.",
    }
    | {
        "prezzo su richiesta",
        "trattativa riservata",
        "a consultar",
        "consultar",
        "s/d",
        "n.d.",
        "nd",
        "unknown",
    }
    | {"not available", "not known", "missing", "面议", "要相談", "по запросу", "договорная", "vb", "sold"}
)
"""Cells, in lower case, that say that a price is not told."""
TOTALS = frozenset(
    {
        "total",
        "totals",
        "grand total",
        "sum",
        "subtotal",
        "average",
        "avg",
        "mean",
        "median",
        "count",
        "summe",
        "gesamt",
    }
    | {
        "gesamtsumme",
        "mittelwert",
        "durchschnitt",
        "moyenne",
        "totale",
        "media",
        "totaal",
        "gemiddelde",
        "razem",
    }
    | {"suma", "celkem", "součet", "итого", "всего", "среднее", "合計", "平均", "合计", "总计", "平均值"}
)
"""What the first cell of a row of totals says, in lower case, with or without a colon."""


RATES, REMARKS, ABOUT = (
    tuple(sorted((word.replace("_", " ") for word in words.split()), key=len, reverse=True))
    for words in (_RATES, _REMARKS, _ABOUT)
)
"""What may follow or lead a number, the longest first: RATES change its unit, the others nothing."""


def is_unit(text: str) -> bool:
    """Whether a text is one of the names that `CURRENCIES` and `UNITS` give, with or without a rate."""
    unit, _, rate = text.partition(" ")
    return (not unit or unit in {*CURRENCIES.values(), *UNITS.values()}) and (not rate or rate in RATES)


def prefix(unit: str) -> str:
    """What stands before amounts of a currency: "$", "CHF "; "" for other units.

    >>> prefix("€"), prefix("CHF pcm"), prefix("m²")
    ('€', 'CHF ', '')
    """
    currency = unit.split(" ")[0]
    if currency not in CURRENCIES.values():
        return ""
    return currency + " " if currency[-1].isalpha() else currency


def unit_of_name(name: str) -> str:
    """The unit that a column's name says: in brackets, after "in", or as its last word; "" for none.

    >>> unit_of_name("price (€)"), unit_of_name("area_m2"), unit_of_name("Preis in EUR"), unit_of_name("sqft_living")
    ('€', 'm²', '€', 'ft²')
    """
    lowered = re.sub(r"(?<=[mtd])\^?2\b", "²", name.lower())
    found = re.search(r"[(\[]\s*(?:in\s+)?([^()\[\]]*?)\s*[)\]]\s*$|\bin\s+(\S+)$", lowered)
    words = [part for part in (found.groups() if found else ()) if part]
    ends = re.split(r"[_\s]+", lowered)
    # Counts have their noun for a name, and single letters mean anything.
    words += [word for word in (ends[-1], ends[0]) if len(ends) > 1 and len(word) > 1]
    words += [lowered] if lowered in ("sqft", "sqm", "m²", "qm") else []
    for word in words:
        unit = CURRENCIES.get(word) or UNITS.get(word, "")
        if unit and unit not in ("bedrooms", "bathrooms", "rooms", "years"):
            return unit
    return ""


def with_unit(name: str, unit: str) -> str:
    """A column's name with its unit, unless it says that itself.

    >>> with_unit("area", "m²"), with_unit("area in m²", "m²"), with_unit("area", "")
    ('area (m²)', 'area in m²', 'area')
    """
    return name if not unit or unit_of_name(name) == unit else f"{name} ({unit})"
