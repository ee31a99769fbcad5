"""Functions with known points at which they have no derivative: places, kinds and slopes, worked out by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import sympy

PI = math.pi


@dataclass(frozen=True)
class Place:
    """A point: slopes are nan where there is none, "vertical" is short for a vertical tangent."""

    x: sympy.Expr
    kind: str
    left: float
    right: float


@dataclass(frozen=True)
class Known:
    """A function on an interval; `points`: "place kind left right" each, parted by semicolons."""

    text: str
    low: float
    high: float
    points: str = ""
    gaps: int = 0

    @cached_property
    def places(self) -> list[Place]:
        found = []
        for point in filter(None, (each.strip() for each in self.points.split(";"))):
            x, kind, left, right = point.split()
            slopes = [float(sympy.N(sympy.sympify(slope), 30)) for slope in (left, right)]
            found.append(Place(sympy.sympify(x), {"vertical": "vertical tangent"}.get(kind, kind), *slopes))
        return found


NO_VALUE = "nan nan"


def each(points: str, *places: str) -> str:
    """The same at several places."""
    return "; ".join(f"{place} {points}" for place in places)


KNOWN = [
    # Corners, and what looks like them.
    Known("|x|", -1, 2, "0 corner -1 1"),
    Known("|x^2 - 2|", -3, 3, each("corner -2*sqrt(2) 2*sqrt(2)", "-sqrt(2)", "sqrt(2)")),
    Known("|x - 1| + |x + 1|", -3, 3, "-1 corner -2 0; 1 corner 0 2"),
    Known("|x - 1| + x/3", -1, 3, "1 corner -2/3 4/3"),
    Known("|x - 1/3| - |x - 0.1|", -1, 3, "1/10 corner 0 -2; 1/3 corner -2 0"),
    Known("x|x|", -1, 1),
    Known("|x|^1.01", -1, 1),
    Known("|x|^3", -1, 1),
    Known("|x^3|", -2, 1),
    Known("|x^2 + 1|", -2, 2),
    Known("|x|^x", -1, 1, "0 vertical -oo -oo"),
    Known("|x| - |x|", -1, 1),
    Known("|x|/x^0", -1, 1, "0 corner -1 1"),
    Known("sqrt(x^2)", -1, 1, "0 corner -1 1"),
    Known("sqrt(x^4)", -1, 1),
    Known("sqrt(x^2 + 1e-6)", -1, 1),
    Known("sqrt(1 - cos(x))", -7, 7, each("corner -1/sqrt(2) 1/sqrt(2)", "-2*pi", "0", "2*pi")),
    Known("asin(sin(x))", -5, 5,
          each("corner 1 -1", "-3*pi/2") + "; -pi/2 corner -1 1; pi/2 corner 1 -1; 3*pi/2 corner -1 1"),
    Known("acos(cos(x))", -4, 4, "-pi corner 1 -1; 0 corner -1 1; pi corner 1 -1"),
    Known("acos(1 - x^2/2)", -1, 1, "0 corner -1 1"),
    Known("max(sin(x), cos(x))", -4, 4,
          each("corner -1/sqrt(2) 1/sqrt(2)", "-3*pi/4", "pi/4", "5*pi/4")),
    Known("min(x, x^2)", -1, 2, "0 corner 1 0; 1 corner 2 1"),
    Known("max(x, x^2, 1/2)", -1, 2, "-1/sqrt(2) corner -sqrt(2) 0; 1/2 corner 0 1; 1 corner 1 2"),
    Known("max(x, x)", -1, 2),
    Known("max(x^2, 2x - 1)", -1, 2),
    Known("max(0, x)", -2, 2, "0 corner 0 1"),
    Known("max(0, x)^2", -2, 2),
    Known("max(0, x)^1.5 + |x - 1|", -2, 2, "1 corner 1/2 5/2"),
    Known("|sin(x)|", -4, 4, each("corner -1 1", "-pi", "0", "pi")),
    Known("|sin(x)|^3", -4, 4),
    Known("|ln(x)|", 0.5, 2, "1 corner -1 1"),
    Known("||x| - 1|", -2, 2, "-1 corner -1 1; 0 corner 1 -1; 1 corner -1 1"),
    Known("e^|x|", -1, 1, "0 corner -1 1"),
    Known("e^(-|x - 2|)", 1, 4, "2 corner 1 -1"),
    Known("x floor(x)", -1.5, 1.5, "-1 jump -oo -1; 0 corner -1 0; 1 jump oo 1"),
    Known("|x|^(1 + x)", -0.9, 1, "0 corner -1 1"),
    Known("sin|x|", -1, 1, "0 corner -1 1"),
    Known("cos|x|", -1, 1),
    Known("|x - 1e-9|", -1, 1, "1/1000000000 corner -1 1"),
    Known("|x| + |x + 1e-6|", -1, 1, "-1/1000000 corner -2 0; 0 corner 0 2"),
    Known("|x| - |x - 1e-6|", -1, 1, "0 corner 0 2; 1/1000000 corner 2 0"),
    Known("x sign(x)", -1, 1, "0 corner -1 1"),
    Known("x^2 sign(x)", -1, 1),
    # Cusps and vertical tangents.
    Known("|x|^0.5", -1, 1, "0 cusp -oo oo"),
    Known("-|x|^(1/e)", -1, 1, "0 cusp oo -oo"),
    Known("|x|^pi", -1, 1),
    Known("x^(2/3)", -1, 1, "0 cusp -oo oo"),
    Known("x^(4/3)", -1, 1),
    Known("cbrt(x)", -1, 1, "0 vertical oo oo"),
    Known("-cbrt(x) + 5x", -1, 1, "0 vertical -oo -oo"),
    Known("x^(3/5)", -1, 1, "0 vertical oo oo"),
    Known("cbrt(x^2 - 1)", -2, 2, "-1 vertical -oo -oo; 1 vertical oo oo"),
    Known("cbrt(x^2 - 2)", -2, 2, "-sqrt(2) vertical -oo -oo; sqrt(2) vertical oo oo"),
    Known("cbrt(x)^2 + |x|", -1, 1, "0 cusp -oo oo"),
    Known("cbrt(x)^3", -1, 1),
    Known("cbrt(sin(x))", -4, 4, "-pi vertical -oo -oo; 0 vertical oo oo; pi vertical -oo -oo"),
    Known("sqrt(|x - 1|)", 0, 3, "1 cusp -oo oo"),
    Known("sqrt(max(0, x))", -1, 1, "0 corner 0 oo"),
    Known("max(x, sqrt(|x|))", -1, 0.5, "0 cusp -oo oo"),
    Known("sqrt(x)", 0, 1, "0 vertical nan oo"),
    Known("sqrt(x)", -1, 1, "0 vertical nan oo", gaps=1),
    Known("x sqrt(x)", 0, 1),
    Known("sqrt(2 - x^2)", -2, 2, "-sqrt(2) vertical nan oo; sqrt(2) vertical -oo nan", gaps=2),
    Known("sqrt(x^2 - 1)", -2, 2, "-1 vertical -oo nan; 1 vertical nan oo", gaps=1),
    Known("asin(x)", -1, 1, "-1 vertical nan oo; 1 vertical oo nan"),
    Known("acosh(x)", 0, 2, "1 vertical nan oo", gaps=1),
    Known("x^x", 0, 1, "0 vertical nan -oo"),
    Known("x^pi", 0, 1),
    Known("x^(1/pi)", 0, 1, "0 vertical nan oo"),
    # Jumps.
    Known("floor(x)", -1.5, 2, each("jump oo 0", "-1", "0", "1") + "; 2 jump oo nan"),
    Known("floor(x)", 0, 0.5),
    Known("ceil(x)", -0.5, 1.5, each("jump 0 oo", "0", "1")),
    Known("floor(x) + x", -0.5, 1.5, each("jump oo 1", "0", "1")),
    Known("floor(x) + ceil(-x)", -0.5, 1.5),
    Known("x - floor(x)", -0.5, 1.5, each("jump -oo 1", "0", "1")),
    Known("floor(x^2)", 0, 1.5, "1 jump oo 0; sqrt(2) jump oo 0"),
    Known("sign(x)", -1, 1, "0 jump oo oo"),
    Known("sign(x)^2", -1, 1, "0 jump -oo oo"),
    Known("0^|x|", -1, 1, "0 jump oo -oo"),
    Known("x*0^|x|", -1, 1),
    Known("x/|x|", -1, 1, f"0 jump {NO_VALUE}"),
    Known("atan(1/x)", -1, 1, f"0 jump {NO_VALUE}"),
    Known("1/(1 + e^(1/x))", -1, 1, f"0 jump {NO_VALUE}"),
    Known("floor(sin(x))", -1, 4, "0 jump oo 0; pi/2 jump oo -oo; pi jump 0 -oo"),
    Known("floor(cos(x))", -1, 1, "0 jump oo -oo"),
    Known("1/floor(x)", -1.5, 2.5, "-1 jump -oo 0; 2 jump -oo 0", gaps=1),
    Known("sign(x - 1) |x - 1|", -1, 2),
    Known("sqrt(-x^2)", -1, 1, "0 jump nan nan", gaps=2),
    # Holes.
    Known("sin(x)/x", -1, 1, f"0 hole {NO_VALUE}"),
    Known("(x^2 - 1)/(x - 1)", -2, 2, f"1 hole {NO_VALUE}"),
    Known("(x^2 - 2)/(x^2 - 2)", -2, 2, each(f"hole {NO_VALUE}", "-sqrt(2)", "sqrt(2)")),
    Known("(e^x - 1)/x", -1, 1, f"0 hole {NO_VALUE}"),
    Known("x^2/|x|", -1, 1, f"0 hole {NO_VALUE}"),
    Known("e^(-1/x^2)", -1, 1, f"0 hole {NO_VALUE}"),
    Known("x ln(x)", 0, 1, f"0 hole {NO_VALUE}"),
    Known("x ln|x|", -1, 1, f"0 hole {NO_VALUE}"),
    Known("1/ln|x|", -0.5, 0.5, f"0 hole {NO_VALUE}"),
    Known("x/x", 0, 1, f"0 hole {NO_VALUE}"),
    # Poles.
    Known("1/x", -1, 1, f"0 pole {NO_VALUE}"),
    Known("1/x^2", -1, 1, f"0 pole {NO_VALUE}"),
    Known("tan(x)", -3, 3, each(f"pole {NO_VALUE}", "-pi/2", "pi/2")),
    Known("|tan(x)|", -2, 2, f"-pi/2 pole {NO_VALUE}; 0 corner -1 1; pi/2 pole {NO_VALUE}"),
    Known("1/(x^2 - 2)", -3, 3, each(f"pole {NO_VALUE}", "-sqrt(2)", "sqrt(2)")),
    Known("ln|x|", -1, 1, f"0 pole {NO_VALUE}"),
    Known("ln(x)", -1, 1, f"0 pole {NO_VALUE}", gaps=1),
    Known("e^(1/x)", -1, 1, f"0 pole {NO_VALUE}"),
    Known("1/sqrt(|x|)", -1, 1, f"0 pole {NO_VALUE}"),
    Known("1/(x + 0^|x|)", -1, 0.5, "0 pole oo oo"),
    Known("1/(|x| + 0^|x|)", -0.5, 0.5, "0 pole -oo oo"),
    # Oscillations.
    Known("sin(1/x)", -1, 1, f"0 oscillation {NO_VALUE}"),
    Known("x sin(1/x)", -1, 1, f"0 oscillation {NO_VALUE}"),
    Known("x^2 sin(1/x)", -1, 1, f"0 oscillation {NO_VALUE}"),
    Known("x^3 sin(1/x) + |x|", -1, 1, f"0 oscillation {NO_VALUE}"),
    Known("sin(ln|x|)", -1, 1, f"0 oscillation {NO_VALUE}"),
    Known("2 - 3cos(1/x^2)^2", -1, 1, f"0 oscillation {NO_VALUE}"),
    Known("sin(1/(x + 0^|x|))", -0.9, 0.5, f"0 oscillation {NO_VALUE}"),
    Known("x^2 sin(1/(x + 0^|x|))", -0.9, 0.5),
    Known("|x| + x^2 sin(1/(x + 0^|x|))", -0.9, 0.5, "0 corner -1 1"),
    Known("x^2 sin(1/(x + 0^|x|)) + 0^|x|", -0.9, 0.5, "0 jump oo -oo"),
    Known("0 sin(1/x)", -1, 1, f"0 hole {NO_VALUE}"),
    # Nothing at all.
    Known("0x + 3", -1, 1),
    Known("x - x", -1, 1),
    Known("(x - 1)^20 - 3x^7 + x/7", -3, 3),
    Known("x^20 - 1000x^19 + 1", -2, 2),
    Known("(1 + x^2)^(1/3)", -2, 2),
    Known("e^(e^x)", -2, 2),
    Known("ln(x)", 0.5, 1),
    Known("tanh(20x)", -2, 2),
    Known("sin(1000x)", -9, 9),
]  # fmt: skip
