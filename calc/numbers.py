"""How a number is written, everywhere: in tables, sentences, alt texts; and an equation, so that it holds.

`pages/shared/player/readout.js` writes by the same rules, in the browser.
"""

from collections.abc import Callable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from math import floor, isfinite, log10
from typing import NamedTuple

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LARGE, SMALL = Decimal("1e9"), Decimal("1e-4")
"""From these on a power of ten is read more easily than zeros are counted."""


def written(value: float | Decimal, digits: int = 4, prefix: str = "") -> str:
    """A number of so many significant digits at most: 1,234.5, −0.25, 2.3·10⁻⁶, 10⁻⁶, ∞, not a number.

    Args:
        value: a Decimal where it may lie beyond a float.
        digits: 1 or more.
        prefix: the sign of a unit before it, as $.

    >>> written(-1234.56), written(0.0000023), written(1e-16), written(300000, prefix="$")
    ('−1,235', '2.3·10⁻⁶', '10⁻¹⁶', '$300,000')
    """
    number = value if isinstance(value, Decimal) else Decimal(float(value))
    if number.is_nan():
        return "not a number"
    sign = "−" if number < 0 else ""
    if number.is_infinite():
        return f"{sign}∞"
    context = _to(digits)
    rounded = context.create_decimal(number.copy_abs())
    if rounded == 0:
        return f"{prefix}0"
    if SMALL <= rounded < LARGE:
        return f"{sign}{prefix}{_plain(rounded)}"
    power = rounded.adjusted()
    times = "" if (mantissa := _plain(context.scaleb(rounded, -power))) == "1" else f"{mantissa}·"
    return f"{sign}{prefix}{times}10{str(power).translate(RAISED)}"


@cache
def _to(digits: int) -> Context:
    return Context(prec=digits, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_exp(logarithm: float, digits: int = 3) -> str:
    """e to the logarithm, also beyond every float.

    >>> written_exp(-1000.0), written_exp(0.0)
    ('5.08·10⁻⁴³⁵', '1')
    """
    number = Decimal(float(logarithm))
    return written(_to(30).exp(number) if number.is_finite() else Decimal(float(logarithm) > 0), digits)


def rounded(value: float, unit: float) -> float:
    """The number with the fewest digits that is nearer than `unit`; as it is where that is 0.

    >>> rounded(123456.7, 500), rounded(-0.123456, 0.002)
    (123500.0, -0.123)
    """
    # -0.0 is written as 0.
    return round(value, -floor(log10(unit))) + 0.0 if unit > 0 else value


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


def shares(parts: Sequence[float]) -> list[str]:
    """The parts of one whole in per cent, which add up to 100: what is left goes to the largest remainders.

    >>> shares([1 / 3, 1 / 3, 1 / 3]), shares([0.9996, 0.0004])
    (['34%', '33%', '33%'], ['over 99%', 'under 1%'])
    """
    exact = [100 * part for part in parts]
    whole = [int(each) for each in exact]
    left = round(sum(exact)) - sum(whole)
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[:left]:
        whole[place] += 1
    return [
        "under 1%" if number == 0 < part else "over 99%" if number == 100 and part < 1 else f"{number}%"
        for number, part in zip(whole, parts, strict=True)
    ]


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "minimum", "minima"), counted(2447, "minimum", "minima"), counted(3, "step")
    ('1 minimum', '2,447 minima', '3 steps')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


MOST_DIGITS = 17
"""With so many a float is told from every other one."""


class Holding(NamedTuple):
    """An equation that holds with the digits shown: how many more than asked for its parts have, and = or ≈."""

    more: int
    relation: str


class Result(NamedTuple):
    """The right side of an equation: how it follows from the parts, what it truly is, and its digits."""

    compute: Callable[..., Decimal]
    value: float
    digits: int


def holding(parts: Sequence[tuple[float, int]], *results: Result) -> Holding:
    """How many digits the parts of equations need, so that what they show gives the results that are shown.

    They get one more each until it does. Where no number of digits helps, as after a difference that leaves nothing
    but rounding, it is ≈ with the digits that were asked for.

    Args:
        parts: each with the digits that it should have.
        results: one or several, which are all to follow.

    >>> holding([(2 / 3, 6), (1 / 3, 6)], Result(lambda a, b: a + b, 1.0, 6))
    Holding(more=0, relation='=')
    >>> holding([(2 / 3, 2), (0.333, 1)], Result(lambda a, b: a + b, 2 / 3 + 0.333, 2))
    Holding(more=1, relation='=')
    """
    if all(map(isfinite, (*(value for value, _ in parts), *(result.value for result in results)))):
        goals = [_to(digits).create_decimal(Decimal(value)) for _, value, digits in results]
        with localcontext(prec=2000, Emin=MIN_EMIN, Emax=MAX_EMAX):
            for more in range(MOST_DIGITS + 1 - min(asked for _, asked in parts)):
                shown = [
                    _to(min(asked + more, MOST_DIGITS)).create_decimal(Decimal(value))
                    for value, asked in parts
                ]
                found = [_to(result.digits).create_decimal(result.compute(*shown)) for result in results]
                if found == goals:
                    return Holding(more, "=")
    return Holding(0, "≈")


def round_below(most: float) -> float:
    """The largest of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … up to a number above 0.

    >>> round_below(4.0), round_below(0.5), round_below(999.0)
    (2.0, 0.5, 500.0)
    """
    decade = 10.0 ** floor(log10(most))
    return max(each * decade for each in (1, 2, 5) if each * decade <= most * (1 + 1e-9))


class Update(NamedTuple):
    """An update as it is shown: before − rate × direction = after, four numbers and = or ≈."""

    before: str
    rate: str
    direction: str
    relation: str
    after: str


RATE_DIGITS = 4


def update(before: float, rate: float, direction: float, after: float, digits: int, sign: int = -1) -> Update:
    """An update that holds with the digits shown, `digits` of the result.

    Args:
        sign: -1 downhill, 1 uphill.

    >>> update(1.4081409, 0.1, 0.275873, 1.3805536, 6)
    Update(before='1.40814', rate='0.1', direction='0.27587', relation='=', after='1.38055')
    """
    parts = (before, digits), (rate, RATE_DIGITS), (direction, digits - 1)
    more, relation = holding(parts, Result(lambda a, r, d: a + sign * r * d, after, digits))
    a, r, d = (written(value, min(asked + more, MOST_DIGITS)) for value, asked in parts)
    return Update(a, r, d, relation, written(after, digits))
