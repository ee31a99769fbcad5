"""Functions with known answers: positions from closed forms or mpmath.findroot, never from `find`."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import mpmath

pi, e = math.pi, math.e
SHORT = {
    "min": "local minimum",
    "max": "local maximum",
    "flex": "inflection",
    "vmin": "corner minimum",
    "vmax": "corner maximum",
    "emin": "end minimum",
    "emax": "end maximum",
    "vertical": "vertical tangent",
}


@dataclass(frozen=True)
class Known:
    """A function on an interval: its points as (x, kind); global minima and maxima as (value, positions)."""

    text: str
    low: float
    high: float
    points: list[tuple[float, str]]
    least: tuple[float, list[float]] | None
    greatest: tuple[float, list[float]] | None
    proved: bool = True
    gaps: int = 0
    stretches: list[tuple[float, float]] = field(default_factory=list)
    position: float = 1e-10

    @property
    def kinds(self) -> list[str]:
        return [SHORT.get(kind, kind) for _, kind in self.points]


def root(function, *starts):
    """Zeros by mpmath, to 30 digits."""
    with mpmath.workdps(30):
        return [float(mpmath.findroot(function, start)) for start in starts]


def x_sin_x():
    turning = root(lambda x: mpmath.sin(x) + x * mpmath.cos(x), 2, 4.9, 7.98, 11.09, 14.2, 17.3)
    kinds = ["max", "min"] * 3
    right = list(zip(turning, kinds, strict=True))
    left = [(-x, kind) for x, kind in reversed(right)]
    points = [(-20.0, "emax"), *left, (0.0, "min"), *right, (20.0, "emax")]
    lowest = turning[5]
    end = 20 * math.sin(20)
    return Known(
        "x sin x", -20, 20, points, (lowest * math.sin(lowest), [-lowest, lowest]), (end, [-20.0, 20.0])
    )


def tilted_well():
    a, b, c = root(lambda x: 4 * x**3 - 4 * x + mpmath.mpf(3) / 10, -1.03, 0.08, 0.96)
    f = (a * a - 1) ** 2 + 0.3 * a
    points = [(-2.0, "emax"), (a, "min"), (b, "max"), (c, "min"), (2.0, "emax")]
    return Known("(x^2-1)^2 + 0.3x", -2, 2, points, (f, [a]), (9.6, [2.0]))


def comb():
    """30 minima and 30 maxima: -sin(30x)/30 falls first."""
    k = [(2 * n + 1) * pi / 60 for n in range(60)]
    points = [(x, "min" if n % 2 == 0 else "max") for n, x in enumerate(k)]
    ends = [(0.0, "emax"), *points, (2 * pi, "emin")]
    # At 2 pi the float lies just beyond, where the function is still falling.
    return Known("-sin(30x)", 0, 2 * pi, ends, (-1.0, k[::2]), (1.0, k[1::2]))


def cosine():
    points = [(k * pi, "max" if k % 2 == 0 else "min") for k in range(-3, 4)]
    ends = [(-10.0, "emax"), *points, (10.0, "emax")]
    return Known("cos x", -10, 10, ends, (-1.0, [-3 * pi, -pi, pi, 3 * pi]), (1.0, [-2 * pi, 0.0, 2 * pi]))


def close(gap: str):
    d = float(gap)
    points = [(-1.0, "emin"), (0.0, "max"), (d, "min"), (1.0, "emax")]
    text = f"x^3/3 - {d / 2!r}x^2"
    return Known(text, -1, 1, points, (-1 / 3 - d / 2, [-1.0]), (1 / 3 - d / 2, [1.0]))


def ends(low, high, a="emax", b="emax", *between):
    return [(float(low), a), *between, (float(high), b)]


def repeated_zeros() -> list[Known]:
    """Polynomials written out, whose derivatives have zeros that come several times."""
    s2 = math.sqrt(2)
    return [
        Known("x^4-4x^3+6x^2-4x+1", -1, 3, ends(-1, 3, "emax", "emax", (1, "min")), (0, [1]), (16, [-1, 3])),
        Known("x^4-2x^2+1", -2, 2, ends(-2, 2, "emax", "emax", (-1, "min"), (0, "max"), (1, "min")),
              (0, [-1, 1]), (9, [-2, 2])),
        Known("x^3-3x^2+3x-1", -2, 3, ends(-2, 3, "emin", "emax", (1, "flex")), (-27, [-2]), (8, [3])),
        Known("x^5-5x^4+10x^3-10x^2+5x-1", -2, 3, ends(-2, 3, "emin", "emax", (1, "flex")), (-243, [-2]),
              (32, [3])),
        Known("x^6-6x^4+12x^2-8", -2, 2, ends(-2, 2, "emax", "emax", (-s2, "flex"), (0, "min"), (s2, "flex")),
              (-8, [0]), (8, [-2, 2])),
        Known("x^8-8x^6+24x^4-32x^2+16", -2, 2,
              ends(-2, 2, "emax", "emax", (-s2, "min"), (0, "max"), (s2, "min")), (0, [-s2, s2]), (16, [-2, 0, 2])),
        Known("(x^2-2x+1)^2", -1, 3, ends(-1, 3, "emax", "emax", (1, "min")), (0, [1]), (16, [-1, 3])),
        Known("x^4-0.4x^3+0.06x^2-0.004x+0.0001", -1, 1, ends(-1, 1, "emax", "emax", (0.1, "min")), (0, [0.1]),
              (1.4641, [-1])),
        Known("x^50-x^49", -1, 1, ends(-1, 1, "emax", "emax", (0, "flex"), (0.98, "min")),
              (-0.98**49 / 50, [0.98]), (2, [-1])),
        Known("(x-1)^100", 0, 3, ends(0, 3, "emax", "emax", (1, "min")), (0, [1]), (2.0**100, [3])),
        Known("(x-0.3)^2", 0.3, 1, ends(0.3, 1, "emin", "emax"), (0, [0.3]), (0.49, [1])),
        Known("(x+1)^2-(x^2+2x+1)", -1, 2, ends(-1, 2, "end", "end", (0.5, "flat")), (0, [0.5]), (0, [0.5]),
              stretches=[(-1, 2)]),
    ]  # fmt: skip


def ratios() -> list[Known]:
    """Quotients in which 0/0 cancels, or does not; |x| and its like among them."""
    s2 = math.sqrt(2)
    return [
        Known("x/|x|", -2, 3, ends(-2, 3, "end", "end", (-1, "flat"), (0, "jump"), (1.5, "flat")), (-1, [-1]),
              (1, [1.5]), stretches=[(-2, 0), (0, 3)]),
        Known("|x|/x^2", -1, 2, ends(-1, 2, "emin", "emin", (0, "pole")), (0.5, [2]), None),
        Known("x/x", -1, 3, ends(-1, 3, "end", "end", (-0.5, "flat"), (0, "hole"), (1.5, "flat")), (1, [-0.5, 1.5]),
              (1, [-0.5, 1.5]), stretches=[(-1, 0), (0, 3)]),
        Known("(x^2-1)/(x-1)", -2, 2, ends(-2, 2, "emin", "emax", (1, "hole")), (-1, [-2]), (3, [2])),
        Known("(x^2-1)/(x-1)", 0, 1, [(0, "emin"), (1, "edge")], (1, [0]), None),
        Known("(x^3-2x)/(x^2-2)", -2, 2, ends(-2, 2, "emin", "emax", (-s2, "hole"), (s2, "hole")), (-2, [-2]),
              (2, [2])),
        Known("(x+0.25)/x", -3, 1, ends(-3, 1, "emax", "emin", (0, "pole")), None, None),
        Known("x^4/x^2", -1, 1, ends(-1, 1, "emax", "emax", (0, "hole")), None, (1, [-1, 1])),
        Known("1/(1/x)", -1, 1, ends(-1, 1, "emin", "emax", (0, "hole")), (-1, [-1]), (1, [1])),
        Known("1/sign(x)", -1, 1, ends(-1, 1, "end", "end", (-0.5, "flat"), (0, "jump"), (0.5, "flat")),
              (-1, [-0.5]), (1, [0.5]), stretches=[(-1, 0), (0, 1)]),
        Known("x/(x^2+1)", -3, 2, ends(-3, 2, "emax", "emin", (-1, "min"), (1, "max")), (-0.5, [-1]), (0.5, [1])),
        Known("max(0,1/x)", -1, 1, ends(-1, 1, "end", "emin", (-0.5, "flat"), (0, "pole")), (0, [-0.5]), None,
              stretches=[(-1, 0)]),
    ]  # fmt: skip


def holes() -> list[Known]:
    """Transcendental functions with a single point left out by 0/0."""
    (t,) = root(lambda x: mpmath.tan(x) - 2 * x, 1.17)
    sine = math.sin(t) ** 2 / t
    return [
        Known("sin(x)/x", 0, 3, [(0, "edge"), (3, "emin")], (math.sin(3) / 3, [3]), None),
        Known("sin(x)/x", -1e-3, 1e-3, ends(-1e-3, 1e-3, "emin", "emin", (0, "hole")),
              (math.sin(1e-3) / 1e-3, [-1e-3, 1e-3]), None),
        Known("(1-cos x)/x^2", -3, 3, ends(-3, 3, "emin", "emin", (0, "hole")), ((1 - math.cos(3)) / 9, [-3, 3]),
              None),
        Known("(e^x-1)/x", -2, 2, ends(-2, 2, "emin", "emax", (0, "hole")), ((1 - e**-2) / 2, [-2]),
              ((e**2 - 1) / 2, [2])),
        Known("(2^x-1)/x", -2, 2, ends(-2, 2, "emin", "emax", (0, "hole")), (0.375, [-2]), (1.5, [2])),
        Known("ln(1+x)/x", -0.5, 2, ends(-0.5, 2, "emax", "emin", (0, "hole")), (math.log(3) / 2, [2]),
              (2 * math.log(2), [-0.5])),
        Known("tan(x)/x", -1, 1, ends(-1, 1, "emax", "emax", (0, "hole")), None, (math.tan(1), [-1, 1])),
        Known("x/sin x", -4, 2, ends(-4, 2, "emax", "emax", (-pi, "pole"), (0, "hole")), None, None),
        Known("(x-sin x)/x^3", -3, 3, ends(-3, 3, "emin", "emin", (0, "hole")), ((3 - math.sin(3)) / 27, [-3, 3]),
              None),
        Known("ln(x)/(x-1)", 0.5, 3, ends(0.5, 3, "emax", "emin", (1, "hole")), (math.log(3) / 2, [3]),
              (2 * math.log(2), [0.5])),
        Known("(sqrt(1+x)-1)/x", -0.75, 3, ends(-0.75, 3, "emax", "emin", (0, "hole")), (1 / 3, [3]),
              (2 / 3, [-0.75])),
        Known("sin(x-0.1)/(x-0.1)", 0.1, 1.1, [(0.1, "edge"), (1.1, "emin")], (math.sin(1), [1.1]), None),
        Known("sin(x)^2/x", -2, 2, ends(-2, 2, "emax", "emin", (-t, "min"), (0, "hole"), (t, "max")), (-sine, [-t]),
              (sine, [t])),
        Known("(x^2-1)/(x-1)+e^x", 0, 3, ends(0, 3, "emin", "emax", (1, "hole")), (2, [0]), (4 + e**3, [3])),
        Known("x/x + pi x", -1, 1, ends(-1, 1, "emin", "emax", (0, "hole")), (1 - pi, [-1]), (1 + pi, [1])),
        Known("sin(x)/|x|", -1, 1, ends(-1, 1, "emax", "emin", (0, "jump")), None, None),
        Known("sin(x)/x^2", -2, 2, ends(-2, 2, "emax", "emin", (0, "pole")), None, None),
    ]  # fmt: skip


def touches() -> list[Known]:
    """Transcendental functions whose derivative touches 0 at a fraction, or comes very near to it."""
    (a,) = root(lambda x: mpmath.cos(x) - 1 / mpmath.mpf("1.0001"), 0.0141)
    return [
        Known("x - sin x", -2, 3, ends(-2, 3, "emin", "emax", (0, "flex")), (math.sin(2) - 2, [-2]),
              (3 - math.sin(3), [3])),
        Known("x - 0.9999 sin x", -2, 3, ends(-2, 3, "emin", "emax"), (0.9999 * math.sin(2) - 2, [-2]),
              (3 - 0.9999 * math.sin(3), [3])),
        Known("x - 1.0001 sin x", -1, 1, ends(-1, 1, "emin", "emax", (-a, "max"), (a, "min")),
              (1.0001 * math.sin(1) - 1, [-1]), (1 - 1.0001 * math.sin(1), [1])),
        Known("(1-cos x)^2", -2, 2, ends(-2, 2, "emax", "emax", (0, "min")), (0, [0]),
              ((1 - math.cos(2)) ** 2, [-2, 2])),
        Known("e^x - 1 - x - x^2/2", -2, 2, ends(-2, 2, "emin", "emax", (0, "flex")), (e**-2 - 1, [-2]),
              (e**2 - 5, [2])),
        Known("cos x - 1 + x^2/2", -2, 2, ends(-2, 2, "emax", "emax", (0, "min")), (0, [0]),
              (math.cos(2) + 1, [-2, 2])),
        Known("ln(x)^3", 0.25, 3, ends(0.25, 3, "emin", "emax", (1, "flex")), (math.log(0.25) ** 3, [0.25]),
              (math.log(3) ** 3, [3])),
        Known("x^3 e^x", -4, 1, ends(-4, 1, "emax", "emax", (-3, "min"), (0, "flex")), (-27 * e**-3, [-3]),
              (e, [1])),
    ]  # fmt: skip


def known() -> list[Known]:
    """The table."""
    s2 = math.sqrt(2)
    t3 = root(lambda x: mpmath.tan(x) - x, 4.49, 7.73)
    return [
        Known("(x^2-1)^2", -2, 2, ends(-2, 2, "emax", "emax", (-1, "min"), (0, "max"), (1, "min")),
              (0, [-1, 1]), (9, [-2, 2])),
        tilted_well(),
        x_sin_x(),
        comb(),
        cosine(),
        close("0.001"),
        close("0.000001"),
        Known("(x-3)^2", 0, 5, ends(0, 5, "emax", "emax", (3, "min")), (0, [3]), (9, [0])),
        Known("x^3", -1, 1, ends(-1, 1, "emin", "emax", (0, "flex")), (-1, [-1]), (1, [1])),
        Known("(x-0.1)^3", -1, 1, ends(-1, 1, "emin", "emax", (0.1, "flex")), (-1.331, [-1]), (0.729, [1])),
        Known("x^3-3x", -2, 2, ends(-2, 2, "emin", "emax", (-1, "max"), (1, "min")), (-2, [-2, 1]),
              (2, [-1, 2])),
        Known("x^4", -1, 1, ends(-1, 1, "emax", "emax", (0, "min")), (0, [0]), (1, [-1, 1])),
        Known("(x-1/3)^4", -1, 1, ends(-1, 1, "emax", "emax", (1 / 3, "min")), (0, [1 / 3]), (256 / 81, [-1])),
        *repeated_zeros(),
        *ratios(),
        Known("|x|", -1, 2, ends(-1, 2, "emax", "emax", (0, "vmin")), (0, [0]), (2, [2])),
        Known("-|x-0.3|", -1, 1, ends(-1, 1, "emin", "emin", (0.3, "vmax")), (-1.3, [-1]), (0, [0.3])),
        Known("||x|-1|", -2, 2, ends(-2, 2, "emax", "emax", (-1, "vmin"), (0, "vmax"), (1, "vmin")),
              (0, [-1, 1]), (1, [-2, 0, 2])),
        Known("|x^2-2|", -3, 3, ends(-3, 3, "emax", "emax", (-s2, "vmin"), (0, "max"), (s2, "vmin")),
              (0, [-s2, s2]), (7, [-3, 3])),
        Known("|x|+x/2", -1, 1, ends(-1, 1, "emax", "emax", (0, "vmin")), (0, [0]), (1.5, [1])),
        Known("|x|+3x", -1, 1, ends(-1, 1, "emin", "emax", (0, "corner")), (-2, [-1]), (4, [1])),
        Known("x|x|", -1, 1, ends(-1, 1, "emin", "emax", (0, "flex")), (-1, [-1]), (1, [1])),
        Known("max(0,|x|-1)", -2, 2, ends(-2, 2, "emax", "emax", (-1, "corner"), (0, "flat"), (1, "corner")),
              (0, [0]), (1, [-2, 2]), stretches=[(-1, 1)]),
        Known("max(0,x)", -2, 2, ends(-2, 2, "end", "emax", (-1, "flat"), (0, "corner")), (0, [-1]), (2, [2]),
              stretches=[(-2, 0)]),
        Known("max(0,x)^2", -2, 2, ends(-2, 2, "end", "emax", (-1, "flat")), (0, [-1]), (4, [2]),
              stretches=[(-2, 0)]),
        Known("min(x^2, (x-2)^2+0.5)", -1, 3,
              ends(-1, 3, "emax", "emax", (0, "min"), (1.125, "vmax"), (2, "min")), (0, [0]), (1.5, [3])),
        Known("max(x, -x, 1)", -2, 2, ends(-2, 2, "emax", "emax", (-1, "corner"), (0, "flat"), (1, "corner")),
              (1, [0]), (2, [-2, 2]), stretches=[(-1, 1)]),
        Known("3", -2, 2, ends(-2, 2, "end", "end", (0, "flat")), (3, [0]), (3, [0]), stretches=[(-2, 2)]),
        Known("2x+1", -2, 2, ends(-2, 2, "emin", "emax"), (-3, [-2]), (5, [2])),
        Known("e^-x", -1, 3, ends(-1, 3, "emax", "emin"), (math.exp(-3), [3]), (e, [-1])),
        Known("e^(-x^2)", -2, 2, ends(-2, 2, "emin", "emin", (0, "max")), (math.exp(-4), [-2, 2]), (1, [0])),
        Known("x e^-x", 0, 5, ends(0, 5, "emin", "emin", (1, "max")), (0, [0]), (1 / e, [1])),
        Known("ln x", -1, 1, [(0, "pole"), (1, "emax")], None, (0, [1]), gaps=1),
        Known("x - ln x", 0, 3, [(0, "pole"), (1, "min"), (3, "emax")], (1, [1]), None),
        Known("sqrt x", -1, 4, [(0, "edge"), (4, "emax")], (0, [0]), (2, [4]), gaps=1),
        Known("sqrt x", 0, 4, ends(0, 4, "emin", "emax"), (0, [0]), (2, [4])),
        Known("sqrt(1-x^2)", -2, 2, [(-1, "edge"), (0, "max"), (1, "edge")], (0, [-1, 1]), (1, [0]), gaps=2),
        Known("acos x", -2, 2, [(-1, "edge"), (1, "edge")], (0, [1]), (pi, [-1]), gaps=2),
        Known("1/x", -1, 1, ends(-1, 1, "emax", "emin", (0, "pole")), None, None),
        Known("1/x^2", -1, 1, ends(-1, 1, "emin", "emin", (0, "pole")), (1, [-1, 1]), None),
        Known("x+1/x", 0.1, 4, ends(0.1, 4, "emax", "emax", (1, "min")), (2, [1]), (10.1, [0.1])),
        Known("1/(x^2-2)", -2, 2, ends(-2, 2, "emin", "emin", (-s2, "pole"), (0, "max"), (s2, "pole")), None, None),
        Known("tan x", -3, 3, ends(-3, 3, "emin", "emax", (-pi / 2, "pole"), (pi / 2, "pole")), None, None),
        Known("ln(x^2)", -1, 1, ends(-1, 1, "emax", "emax", (0, "pole")), None, (0, [-1, 1])),
        Known("floor x", -0.5, 1.5, ends(-0.5, 1.5, "end", "end", (-0.25, "flat"), (0, "jump"), (0.5, "flat"),
              (1, "jump"), (1.25, "flat")), (-1, [-0.25]), (1, [1.25]),
              stretches=[(-0.5, 0), (0, 1), (1, 1.5)]),
        Known("sign x", -1, 1, ends(-1, 1, "end", "end", (-0.5, "flat"), (0, "jump"), (0.5, "flat")),
              (-1, [-0.5]), (1, [0.5]), stretches=[(-1, 0), (0, 1)]),
        Known("x - floor x", 0, 3, ends(0, 3, "emin", "emin", (1, "jump"), (2, "jump")), (0, [0, 1, 2, 3]), None),
        Known("x^(1/3)", -1, 1, ends(-1, 1, "emin", "emax", (0, "vertical")), (-1, [-1]), (1, [1])),
        Known("x^(2/3)", -1, 1, ends(-1, 1, "emax", "emax", (0, "vertical")), (0, [0]), (1, [-1, 1])),
        Known("1-(x-0.2)^(2/3)", -1, 1, ends(-1, 1, "emin", "emin", (0.2, "vertical")),
              (1 - 1.2 ** (2 / 3), [-1]), (1, [0.2])),
        Known("x^x", 0.1, 2, ends(0.1, 2, "emax", "emax", (1 / e, "min")), (e ** (-1 / e), [1 / e]), (4, [2])),
        Known("x ln x", 0.01, 1, ends(0.01, 1, "emax", "emax", (1 / e, "min")), (-1 / e, [1 / e]), (0, [1])),
        Known("1e12x^2", -1, 2, ends(-1, 2, "emax", "emax", (0, "min")), (0, [0]), (4e12, [2])),
        Known("1e-12x^2", -1, 2, ends(-1, 2, "emax", "emax", (0, "min")), (0, [0]), (4e-12, [2])),
        Known("(x-1000000.5)^2", 1e6, 1e6 + 1, ends(1e6, 1e6 + 1, "emax", "emax", (1000000.5, "min")),
              (0, [1000000.5]), (0.25, [1e6, 1e6 + 1])),
        Known("(x-0.00000001)^2", 0, 4e-8, ends(0, 4e-8, "emax", "emax", (1e-8, "min")), (0, [1e-8]),
              (9e-16, [4e-8]), position=1e-10),
        # The ends are decimals, a hair off the multiples of pi: there the values are 1e-32 short of -1 and 1.
        Known("sin x", -pi / 2, 2.5 * pi, ends(-pi / 2, 2.5 * pi, "emin", "emax", (pi / 2, "max"),
              (1.5 * pi, "min")), (-1, [1.5 * pi]), (1, [pi / 2])),
        *holes(),
        *touches(),
        Known("tan(50x)", -10, 10, ends(-10, 10, "emin", "emax",
              *(((k + 0.5) * pi / 50, "pole") for k in range(-159, 159))), None, None),
        Known("1/sin(30x)", -10, 10, ends(-10, 10, "emin", "emax",
              *((k * pi / 60, "pole" if k % 2 == 0 else "max" if k % 4 == 3 else "min") for k in range(-190, 191))),
              None, None),
        Known("sin(x)/x", -9, 9, ends(-9, 9, "emin", "emin", (-t3[1], "max"), (-t3[0], "min"), (0, "hole"),
              (t3[0], "min"), (t3[1], "max")), (math.cos(t3[0]), [-t3[0], t3[0]]), None),
        Known("x^100", -1, 1, ends(-1, 1, "emax", "emax", (0, "min")), (0, [0]), (1, [-1, 1])),
        Known("ln(-1-x^2)", -1, 1, [], None, None, gaps=1),
        Known("1/(1+e^(-40x))", -1, 1, ends(-1, 1, "emin", "emax"), (1 / (1 + math.exp(40)), [-1]),
              (1 / (1 + math.exp(-40)), [1])),
    ]  # fmt: skip
