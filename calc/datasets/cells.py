"""One cell as a number: $1,234.50  1.234,50 €  1'250'000.-  12,34,567  45 Lac  $250k  54 m²  ≈ (5)  −5  5%  349 € VB.

A cell is the number between what leads it (a currency, a sign, "ca.") and what follows it (thousands or millions, a
unit, "VB"); both have to be known words. So 4+, "from 200,000" and 1133 - 1384 are no numbers: they say several.

Cells are judged by their shape, in which every digit is a 0: a column has few shapes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import nan

from calc.datasets.vocabulary import (
    ABOUT,
    CURRENCIES,
    MISSING_WORDS,
    RATES,
    REMARKS,
    SCALES,
    SCALES_OF_MONEY,
    UNITS,
)

MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "?", ".", "..", "...", "…"}
    | {"-", "--", "---", "–", "—", "−", "#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!"}
)
"""Cells, in lower case, that mean 'no value'; a spreadsheet's error cells are among them."""
MAX_NUMERAL = 100
"""A longer cell is a number only in a column that float() reads whole."""
DECIMAL_MARKS = ".,"

_NUMERAL = r"""
    (?P<before>[^0]*?)
    (?P<value>
        (?: 0{{1,3}} (?P<group>[{group}\ ']) 000 (?: (?P=group) 000 )*
          | 0{{1,2}} (?: {group} 00 )+ {group} 000
          | 0+
          | (?<![^\W\d_]) (?={mark}0) )
        (?P<part> {mark} (?!\ ?-) 0* )?
        (?: (?P<power>e) [+-]?0+ )? )
    (?P<after>[^0]*)
"""
# A point that follows a letter ends a word: Rs.500 is not half a rupee.
_PATTERNS = {
    mark: re.compile(
        _NUMERAL.format(mark=re.escape(mark), group=re.escape(group)), re.VERBOSE | re.IGNORECASE
    )
    for mark, group in (".,", ",.")
}
_NO_CENTS = re.compile(r"[.,] ?-{1,2}")
"""What stands in the place of cents: 250.- and 250,--"""
_INFINITY = re.compile(r"([+-]?)inf(?:inity)?", re.IGNORECASE)
_OTHER_DIGITS = {
    chr(ord(zero) + digit): str(digit) for zero in "٠۰०০０" for digit in range(10)
}  # Arabic, Persian, Hindi, Bengali, full width
_CLEAN = str.maketrans(
    {
        **_OTHER_DIGITS,
        **dict.fromkeys("−‒–—﹣－", "-"),
        **dict.fromkeys(
            "\u00a0\u202f\u2007\u2009\u2008\u2002\u2003\u2004\u2005\u2006\u200a\u205f\u3000\t\n\r", " "
        ),
        **dict.fromkeys("’ʼ`´′", "'"),
        **dict(zip("，．＋％＄￡（）", ",.+%$£()", strict=True)),
        "㎡": "m²",
        # Marks of direction and of width zero, which spreadsheets and web pages leave around numbers.
        **dict.fromkeys(
            map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)), ""
        ),
    }
)
_SHAPE = str.maketrans("123456789", "000000000")
_SQUARE = re.compile(r"(?<=[mtdMTD])\^?2(?![0-9A-Za-z])")
_JOINT = "\x1f"
"""Joins the cells of a column for one fast pass over all; `records` lets no such sign through."""


@dataclass(frozen=True)
class Recipe:
    """How a cell of one shape becomes a number: the part to read, its sign, what to drop, its unit and power of ten."""

    start: int
    end: int
    sign: str = ""
    group: str = ""
    unit: str = ""
    scale: int = 0


NO_VALUE, UNTOLD = Recipe(0, 0), Recipe(0, 0, "?")
"""Of a missing cell, and of one that says in words that there is no value."""


def clean(cells: list[str] | tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The cells with plain signs and spaces, and their shapes, which have the same lengths."""
    joined = _JOINT.join(cells)
    if joined.count(_JOINT) >= len(cells):
        joined = _JOINT.join(cell.replace(_JOINT, "?") for cell in cells)
    cleaned = [cell.strip() for cell in _SQUARE.sub("²", joined.translate(_CLEAN)).split(_JOINT)]
    return cleaned, _JOINT.join(cleaned).translate(_SHAPE).split(_JOINT)


def value(cell: str, recipe: Recipe | None, mark: str) -> float | None:
    """The number in a cleaned cell by the recipe of its shape: nan where it is missing, None where it is no number."""
    if recipe is None:
        return None
    if recipe is NO_VALUE or recipe is UNTOLD:
        return nan
    digits = cell[recipe.start : recipe.end]
    if recipe.group:
        # Nobody groups a number that begins with 0: 0,123 has a decimal comma.
        if digits[0] == "0":
            return None
        digits = digits.replace(recipe.group, "")
    if mark == ",":
        digits = digits.replace(",", ".")
    number = float(f"{recipe.sign}{digits}e{recipe.scale}" if recipe.scale else recipe.sign + digits)
    # 1e-400 is no zero.
    return None if number == 0 and vanishes(digits) else number


def vanishes(digits: str) -> bool:
    """Whether digits that float() reads as 0 say something else."""
    return digits.lower().partition("e")[0].strip("0.+-") != ""


def recipe_of(shape: str, mark: str) -> Recipe | None:
    """None if a cell of that shape is no number. A percentage keeps the number written, 5 for 5%."""
    lowered = shape.lower()
    if lowered in MISSING:
        return NO_VALUE
    if lowered in MISSING_WORDS:
        return UNTOLD
    if len(shape) > MAX_NUMERAL:
        return None
    infinite = _INFINITY.fullmatch(shape)
    if infinite:
        return Recipe(infinite.end(1), len(shape), infinite[1])
    found = _PATTERNS[mark].fullmatch(shape)
    if not found:
        return None
    leads, follows = found["before"].strip(), found["after"].strip()
    opened = leads.startswith("(")
    if opened != follows.endswith(")"):
        return None
    before = _leading(leads[opened:])
    if before is None:
        return None
    sign, currency = before[0] + "-" * opened, before[1]
    after = _following(follows.removesuffix(")"), whole=found["part"] is None, alone=bool(currency))
    if after is None:
        return None
    unit, scale, word = after
    power = _power(scale, currency or unit)
    if len(sign) > 1 or power is None or (power and found["power"]):
        return None
    other = DECIMAL_MARKS.replace(mark, "")
    group = found["group"] or (other if other in found["value"] else "")
    return Recipe(*found.span("value"), sign, group, (currency or unit) + word, power)


def _leading(text: str) -> tuple[str, str] | None:
    """The sign and the currency before a number; None if there is anything else."""
    about = next((word for word in ABOUT if text.lower().startswith(word)), "")
    text = text[len(about) :].strip()
    word = text.strip("+- ")
    sign = text.replace(word, "", 1).replace(" ", "")
    currency = _currency(word)
    return None if word and not currency else (sign, currency)


def _following(text: str, whole: bool, alone: bool) -> tuple[str, str, str] | None:
    """The unit, the word for a power of ten and the rate after a number; None if there is anything else.

    Args:
        whole: whether the number has no decimals.
        alone: whether it has a currency before it, and so no unit.
    """
    text = text.strip()
    no_cents = _NO_CENTS.match(text)
    if no_cents:
        # In 350.000,- the point cannot be a decimal one.
        if not whole:
            return None
        text = text[no_cents.end() :].strip()
    text, _ = _without(text, REMARKS)
    text, rate = _without(text, RATES)
    for end in (0, *range(len(text), 0, -1)):
        scale, unit = text[:end].strip(), text[end:].strip()
        if end and scale.lower() not in SCALES and scale.lower() not in SCALES_OF_MONEY:
            continue
        name = _currency(unit) or (
            UNITS.get(unit.lower(), "") if not end or text[end - 1 : end + 1].count(" ") else ""
        )
        if not unit or (name and not alone):
            return name, scale, f" {rate}" if rate else ""
    return None


def _without(text: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """The text without one of the endings, and that ending."""
    lowered = text.lower()
    for ending in endings:
        rest = text[: len(text) - len(ending)]
        if lowered.endswith(ending) and not (rest[-1:].isalpha() and ending[0].isalpha()):
            return rest.rstrip(" ,"), ending
    return text, ""


def _currency(word: str) -> str:
    return CURRENCIES.get(word) or CURRENCIES.get(word.lower(), "")


def _power(scale: str, unit: str) -> int | None:
    """The power of ten that a word says beside that unit; None where it may say several."""
    lowered = scale.lower()
    if not scale or lowered in SCALES:
        return SCALES.get(lowered, 0)
    money = unit in CURRENCIES.values()
    # A bare m is metres or millions; L is a lakh of rupees; M is an Indonesian milyar, 10⁹.
    if lowered == "l":
        return SCALES_OF_MONEY["l"] if unit == "₹" else None
    if unit == "Rp" or not (money or scale == "M"):
        return None
    return SCALES_OF_MONEY[lowered]


def is_numeral(cell: str, marks: str = DECIMAL_MARKS) -> bool:
    """Whether the stripped cell is a number with one of the decimal marks; a missing one is not."""
    (cleaned,), (shape,) = clean([cell])
    values = [value(cleaned, recipe_of(shape, mark), mark) for mark in marks]
    return any(number is not None and number == number for number in values)


_SEVERAL = (
    (re.compile(r"0{1,4}([-/.])0{1,2}\1 ?0{1,4}\.?(?:[ T].*)?"), "is a date"),
    (
        re.compile(r".*0\W*[^0]{0,4}(?:-|~|～|to|bis|à|a|до|至|and|und) ?[^0]{0,6}0.*"),
        "is a range, not one number",
    ),
    (
        re.compile(
            r".*0 ?(?:\+|or more|onwards|and up|и выше|up)"
            r"|[^0]*(?:[<>≤≥]|from|ab|up to|bis|min\.?|max\.?|over|under|od|von|desde|à partir(?: de)?|dès|vanaf"
            r"|starting|excess of|oiro|oieo|от|до) ?[^0]{0,4}0.*",
            re.IGNORECASE,
        ),
        "is a least or a most, not one number",
    ),
    (re.compile(r".*0 ?(?:mm?|b|l|t)", re.IGNORECASE), "may say metres, m², millions or another unit"),
)


def why_not(cell: str) -> str:
    """What a cell that is no number is instead, as the end of a sentence: 'is a range, not one number'."""
    (_,), (shape,) = clean([cell])
    if any(recipe_of(shape, mark) for mark in DECIMAL_MARKS) and "e-" in shape.lower():
        return "is nearer to 0 than can be computed with"
    if len(shape) <= MAX_NUMERAL:
        for pattern, words in _SEVERAL:
            if pattern.fullmatch(shape):
                return words
    return "is not a number"
