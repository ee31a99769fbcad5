"""Numbers as the app writes them, read again."""

import re
from decimal import Decimal

BACK = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def read(text: str) -> Decimal:
    """The number that a text says, whatever unit stands before it: $1,234, −C$5, 2.3·10⁻⁶, 10⁻⁶."""
    text = re.sub(r"(?<![·\d.,])10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", "1·10", text)
    mantissa, _, power = re.sub(r"[^-0-9.·e]", "", text.translate(BACK)).partition("·10")
    return Decimal(mantissa) * Decimal(10) ** int(power or 0)
