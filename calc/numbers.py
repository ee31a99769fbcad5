"""How a number is written, everywhere: in tables, sentences, alt texts.

`pages/shared/player/readout.js` writes by the same rules, in the browser.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite, isnan

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LARGE, SMALL = 1e9, 1e-4
"""From these on a power of ten is read more easily than zeros are counted."""


def written(value: float, digits: int = 4, prefix: str = "") -> str:
    """A number of so many significant digits at most: 1,234.5, −0.25, 2.3·10⁻⁶, ∞, not a number.

    Args:
        digits: 1 or more.
        prefix: the sign of a unit before it, as $.

    >>> written(-1234.56), written(0.0000023), written(300000, prefix="$")
    ('−1,235', '2.3·10⁻⁶', '$300,000')
    """
    if isnan(value):
        return "not a number"
    sign = "−" if value < 0 else ""
    if not isfinite(value):
        return f"{sign}∞"
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(abs(float(value)))
    if rounded == 0:
        return f"{prefix}0"
    if Decimal(str(SMALL)) <= rounded < LARGE:
        return f"{sign}{prefix}{_plain(rounded)}"
    power = rounded.adjusted()
    mantissa = _plain(rounded.scaleb(-power))
    return f"{sign}{prefix}{mantissa}·10{str(power).translate(RAISED)}"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(part: float) -> str:
    """A part of a whole in per cent; what is not all of it is never called 100%, nor what is something 0%.

    >>> share(0.5), share(0.9999), share(0.0004)
    ('50%', 'over 99%', 'under 1%')
    """
    if 0 < part < 0.005:
        return "under 1%"
    if 0.995 <= part < 1:
        return "over 99%"
    return f"{part:.0%}"
