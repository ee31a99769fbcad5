"""How a number is written, everywhere: in tables, sentences, alt texts.

`pages/shared/player/readout.js` writes by the same rules, in the browser.
"""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LARGE, SMALL = 1e9, 1e-4
"""From these on a power of ten is read more easily than zeros are counted."""


def written(value: float | Decimal, digits: int = 4, prefix: str = "") -> str:
    """A number of so many significant digits at most: 1,234.5, −0.25, 2.3·10⁻⁶, ∞, not a number.

    Args:
        value: a Decimal where it may lie beyond a float.
        digits: 1 or more.
        prefix: the sign of a unit before it, as $.

    >>> written(-1234.56), written(0.0000023), written(300000, prefix="$")
    ('−1,235', '2.3·10⁻⁶', '$300,000')
    """
    number = value if isinstance(value, Decimal) else Decimal(float(value))
    if number.is_nan():
        return "not a number"
    sign = "−" if number < 0 else ""
    if number.is_infinite():
        return f"{sign}∞"
    context = Context(prec=digits, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX)
    rounded = context.create_decimal(number.copy_abs())
    if rounded == 0:
        return f"{prefix}0"
    if Decimal(str(SMALL)) <= rounded < LARGE:
        return f"{sign}{prefix}{_plain(rounded)}"
    power = rounded.adjusted()
    mantissa = _plain(context.scaleb(rounded, -power))
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


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "minimum", "minima"), counted(2447, "minimum", "minima"), counted(3, "step")
    ('1 minimum', '2,447 minima', '3 steps')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
