"""Equations as the app shows them, computed again from the digits shown."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from tests.numbers import read


def wrong(
    before: str, sign: str, rate: str, direction: str, relation: str, after: str, digits: int
) -> str | None:
    """What is wrong with before ± rate × direction = after, whose result has at most so many digits; None if nothing.

    ≈ may stand only where the numbers are none, or where the difference is nothing but rounding.
    """
    shown = f"{before} {sign} {rate} × {direction} {relation} {after}"
    if any(text.strip("()−").startswith(("∞", "not")) for text in (before, rate, direction, after)):
        return None if relation == "≈" else f"no numbers: {shown}"
    with localcontext(prec=2000):
        a, r, d, result = map(read, (before, rate, direction, after))
        exact = a + r * d if sign == "+" else a - r * d
        rounded = Context(prec=digits, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999).create_decimal(exact)
        if relation == "=":
            return None if rounded == result else f"{rounded}: {shown}"
        nothing_but_rounding = abs(result) < Decimal("1e-8") * max(abs(a), abs(r * d))
        return None if relation == "≈" and nothing_but_rounding else f"not equal: {shown}"
