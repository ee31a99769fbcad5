"""Functions that classes type, and functions that are treacherous, each with an interval, in named groups."""

from __future__ import annotations

import math
from typing import TypeAlias

Shape: TypeAlias = tuple[str, float, float]
PI = math.pi


def on(low: float, high: float, texts: str) -> list[Shape]:
    """Some functions, parted by semicolons, on one interval."""
    return [(text, low, high) for text in texts.split("; ")]


GROUPS: dict[str, list[Shape]] = {
    "has a value only where each part has one": [
        *on(-1, 1, "atan(1/x); x atan(1/x); 1/(1/x); tanh(1/x); e^x/(1 + 1/x^2); 1/(1 + 1/x^2); 1/(x + 1/x)"),
        *on(0, 1, "e^(-1/x); atan(1/x); x atan(1/x); tanh(1/x); e^(-1/x^2); 1/ln(x); 1/(1 - 1/x)"),
        *on(-1, 0, "e^(1/x); atan(1/x); 1/(1/x)"),
        *on(
            -2,
            3,
            "1/floor(x); 1/ceil(x); x/floor(x); 1/sign(x); sign(1/x); 0 x/x; 0/(x - 1); floor(x)/floor(x)",
        ),
        *on(-1, 2, "max(1/x, 1); min(1/x, 0); max(1, ln(x)); max(-5, ln(x)); 0 ln(x); x^0 ln(x); 0^x"),
        *on(-2, 2, "x^0; (x - x)^0; 0^(x^2); (1/x)^0; x^0/x^0; (x^2)^0 + x; 0^|x|; x^(x - x); |x|^x"),
        *on(0, 2, "x^x; x^(1/x); x^(x^2); x^(-x); (x^x)^x; 0^x; x^(1 - 1)"),
        *on(0.5, 2, "1/ln(x); ln(x)/ln(x); ln(ln(x)); atan(1/ln(x))"),
        *on(-3, 3, "1/(1 - 1/(1 - 1/x)); sqrt(-x^2); ln(-|x|); acosh(1 - x^2); asin(1 + x^2); 1/0^x"),
    ],
    "lost zeros and poles": [
        *on(
            -5,
            5,
            "1/(0.1 + cos(x) - 0.3x); 1/(cos(x) - 0.3x); 1/(0.2 + sin(x) + 0.4x); 1/(e^x - 3x); "
            "1/(e^x - 2.7x)",
        ),
        *on(
            -1,
            2,
            "cbrt(e^x - x - 1.05); cbrt(e^x - x - 1); cbrt(e^x - x - 0.95); 1/(e^x - x - 1.05); "
            "ln|e^x - x - 1.05|",
        ),
        *on(
            -2,
            2,
            "cbrt(x^3 - x + 0.1); 1/(x^3 - x + 0.1); 1/(x^3 - x + 0.384); 1/(x^3 - x + 0.385); "
            "|x^5 - x + 0.3|",
        ),
    ],
    "edges that no float is": [
        *((f"sqrt({k} - x^2)", -4.0, 4.0) for k in (1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15)),
        *((f"ln({k} - x^2)", -3.0, 3.0) for k in (2, 3, 5, 7)),
        *on(
            -2,
            2,
            "asin(x/sqrt(2)); acos(x/sqrt(3)); acosh(x^2 - 0.7); atanh(x/sqrt(2)); sqrt(x^3 - 0.7); "
            "(2 - x^2)^1.5",
        ),
        *on(
            -7,
            7,
            "sqrt(sin(x)); cbrt(sin(x)); sqrt(cos(x)); ln(sin(x)); cbrt(cos(x)); sqrt(x sin(x)); "
            "|sin(x)|^0.5",
        ),
        *on(
            -3,
            3,
            "(x^2 - 2)^(1/3); (x^3 - 2)^(1/3); (x^2 - 3)^(2/3); cbrt(x^3 - 3x + 1); (e^x - 2)^(1/3); "
            "(x^2 - 2)^0.25",
        ),
        *on(0, 3, "sqrt(x - pi/4); sqrt(x - 0.1); ln(x - 1/3); acosh(x); acosh(3x); sqrt(e - x)"),
    ],
    "essential singularities": [
        *on(
            -1,
            1,
            "e^(1/x); e^(-1/x^2); sin(1/x); x sin(1/x); x^2 sin(1/x); 1/(1 + e^(1/x)); x e^(1/x); e^(1/x)/x",
        ),
        *on(
            -1,
            1,
            "cos(1/x); x^3 cos(1/x); sinh(1/x); e^(1/x) - e^(-1/x); x/(1 + e^(1/x)); "
            "(1 - e^(1/x))/(1 + e^(1/x))",
        ),
        *on(
            -2,
            2,
            "e^(-1/(1 - x^2)); e^(1/(x^2 - 1)); 1/(1 - e^(x/(1 - x))); e^(-1/x^2)/x; e^(-1/|x|); "
            "2^(1/(x - 1))",
        ),
        *on(0.01, 1, "sin(1/x); x sin(1/x); sin(ln(x))"),
    ],
    "ties and tiny jumps": [
        *on(
            -2,
            2,
            "1000 + 1e-10x^2; e^x + 1e-12 floor(x); (x^2 - 1)^2 + 1e-13x; (x^2 - 1)^2 + 1e-6x; "
            "x^4 - 2x^2; x^4 - 2x^2 + 1e-9x^3",
        ),
        *on(
            -2,
            2,
            "1e6 + (x^2 - 1)^2; sin(x)^2 + 1e-12 sign(x); x^2 + 1e-9 floor(3x); (x^2 - 2)^2; "
            "(x^2 - 1)^2(x^2 - 2)^2; |x^2 - 1|",
        ),
        *on(
            -20,
            20,
            "cos(x); sin(x); cos(x) + 1e-9x; cos(2x) + cos(x); cos(x)^2; |sin(x)|; sin(x)^4 + cos(x)^4",
        ),
        *on(
            -10, 10, "x sin(x); sin(x)/(1 + x^2); x - floor(x); sin(pi x); cos(pi x)^2; |x - floor(x + 0.5)|"
        ),
        *on(-2 * PI, 2 * PI, "cos(x); sin(x) + cos(x); sin(2x) - 2sin(x); max(sin(x), cos(x))"),
    ],
    "kinds": [
        *on(
            -1,
            1,
            "|x|^1.01; |x|^0.99; |x|^1.5; |x|^0.5; |x^3|; x|x|; sqrt(x^2); (x^2)^(1/3); |x| + 1e-9x; |x| + x",
        ),
        *on(
            -1,
            1,
            "|e^x - 1 - x|; |e^x - 1|; |x - sin(x)|; x^2 sign(x); x sign(x); sqrt(x^4); "
            "sqrt(x^4 + x^2); |x|^x^2",
        ),
        *on(
            -1,
            1,
            "x^(1/3); x^(2/3); x^(4/3); x^(3/5); x^(5/3); |x|^(1/3); -x^(2/3); cbrt(x)^2; cbrt(x^3); sqrt|x|",
        ),
        *on(
            -7,
            7,
            "asin(sin(x)); acos(cos(x)); sqrt(1 - cos(x)); atan(tan(x)); |sin(x)|; sin|x|; cos|x|; "
            "asin(cos(x)); sqrt(1 - sin(x)^2)",
        ),
        *on(
            -2,
            2,
            "max(x, -x); min(x, x^3); max(x^2, x^4); max(sin(x), x); |x^2 - 1|; ||x| - 1|; "
            "||x^2 - 1| - 0.5|; cbrt(x^2 - 1); |x|/(1 + |x|)",
        ),
    ],
    "cancellation near holes": [
        *on(
            -0.5,
            1,
            "(1 + x)^(1/x); sin(x)/x; (1 - cos(x))/x^2; (e^x - 1)/x; ln(1 + x)/x; "
            "(sqrt(1 + x) - 1)/x; (x - sin(x))/x^3",
        ),
        *on(
            -1,
            3,
            "(x^2 - 1)/(x - 1); (2^x - 2)/(x - 1); (x^3 - 1)/(x - 1); ln(x)/(x - 1); "
            "sin(pi x)/(x - 1); (x^2 - 4)/(x - 2); (x^5 - 1)/(x^2 - 1)",
        ),
        *on(
            -2,
            2,
            "(x^2 - 2)/(x - sqrt(2)); (x^2 - 0.01)/(x - 0.1); (cos(x) - 1)/x; tan(x)/x; x/(e^x - 1); "
            "x/|x|; sin(x)/|x|; (x^2 + x)/|x|; 1/x - 1/sin(x)",
        ),
        *on(0, 4, "sin(x)/(x - pi); (1 + cos(x))/(x - pi)^2; x/tan(x); (e^x - e)/(x - 1)"),
    ],
    "multiples of pi": [
        *on(
            -10,
            10,
            "x + sin(x); tan(x) - x; sin(x)^3; x - sin(x); 1/sin(x); floor(sin(x)); sqrt(sin(x)); "
            "1/(1 + cos(x)); tan(x); cot(x)",
        ),
        *on(
            -10,
            10,
            "sec(x); 1/(2 + sin(x)); sign(sin(x)); ceil(cos(x)); sin(x)^5; cos(x)^3; x + cos(x); "
            "2x + sin(2x); ln|sin(x)|; tan(x/2)",
        ),
        *on(0, 2 * PI, "sin(x); cos(x); tan(x); 1/sin(x); x - sin(x); sin(x)/x"),
    ],
    "logarithms and powers": [
        *on(
            0,
            3,
            "x ln(x); x^x; x^2 ln(x); ln(x)/x; x - ln(x); sqrt(x) ln(x); ln(x)^2; 1/(x ln(x)); "
            "x^0.001; ln(1/x)",
        ),
        *on(-1, 1, "x^2 ln|x|; x ln|x|; ln|x|; x ln(x^2); 1/ln|x|; |x|^|x|; x^(x^2); ln(1/x); x^pi; x^e"),
    ],
    "flat stretches": [
        *on(
            -5,
            5,
            "max(cos(x), 1); max(cos(x), 0); min(sin(x), 0.5); max(x, 0); |x - 1| + |x + 1|; "
            "floor(x); ceil(x); sign(x); floor(x^2)",
        ),
        *on(
            -5,
            5,
            "min(max(x, -1), 1); max(0, x)^2; max(0, x^2 - 1); floor(x) + ceil(-x); "
            "|x| + |x - 2| - 3; round(x); x - |x|; (x - |x|)^2",
        ),
        *on(
            -3,
            3,
            "5; x - x; 0x + pi; sin(x)^2 + cos(x)^2; e^ln(x); tanh(x^8); tanh(20x); floor(e^(-x^2)); "
            "sign(x)^2; 1/(1 + e^(-99x))",
        ),
        *on(-2, 2, "20*0.15 floor(x); floor(0.1x); floor(10x)/10; min(1, 1/x^2); max(1/x, 2)"),
    ],
    "many": [
        *on(-10, 10, "tan(50x); 1/sin(30x); floor(20x); sin(20x); x sin(20x); |sin(10x)|"),
        *on(-3, 3, "sin(1000x); floor(7x)/7; cos(x^3); sin(e^x); sin(50x)/x"),
    ],
    "hostile": [
        *on(
            -1,
            1,
            "sin(1e30x); e^(e^(e^x)); x^100 - x^99; (x^10 - 1)^10; 1e20x^2 - x; 1e-30x^2; "
            "tanh(1e6x); 1/(x^2 + 1e-12)",
        ),
        *on(
            -1,
            1,
            "sin(x)+sin(2x)+sin(3x)+sin(4x)+sin(5x)+sin(6x)+sin(7x)+sin(8x)"
            "+sin(9x)+sin(10x)+sin(11x)+sin(12x)+sin(13x)+sin(14x)+sin(15x)+sin(16x); "
            "1/(x^2 + 1e-30); atan(1e9x); 1e-30/x; e^(-1e6x^2); x + 1e-30/x",
        ),
        *on(-3, 3, "e^(e^(e^x)); e^(-e^(e^x)); 10^(10^x); x^99; cosh(sinh(x)); (1 + x)^100/(2 + x^2)^50"),
        *on(1e6, 1e6 + 1, "(x - 1000000.5)^2; sin(x); x^2"),
        *on(0, 1e-9, "x^2 - 1e-9x; sin(x); x ln(x)"),
    ],
    "multiple and near-double roots": [
        *on(
            -1,
            3,
            "(x - 1)^5; (x - 0.1)^4; (x - 1)^3; (x - 0.1)^3; (x - 1/3)^2; x^2(x - 1)^2; "
            "x^3(x - 1)^3; (x^2 - 2)^3; (x^2 - 2)^4",
        ),
        *on(
            -3,
            3,
            "x^3 - 3x + 2; x^3 - 3x + 1.999999; x^5 - 5x; x^4 - 3x^3 + 2x; x^6 - 6x^4 + 12x^2 - 8; "
            "x^5 + x^3; x^7 - 7x + 2",
        ),
        *on(
            -3,
            3,
            "(x - 1)(x - 1.001)(x - 2); (x - 0.1)(x - 0.2)(x - 0.3)(x - 0.4); (x^3 - 2)^3; "
            "(x^2 - x - 1)^2; x^3 - 1e-8x; x^3 + 1e-8x",
        ),
        *on(
            -2,
            2,
            "(e^x - 2)^3; (e^x - 2)^4; (sin(x) - 0.5)^3; (x - cos(x))^3; (x - cos(x))^2; "
            "x - 0.999999sin(x); x - 1.000001sin(x)",
        ),
    ],
    "typed in class": [
        *on(
            -3,
            3,
            "x^2; 2x + 1; x^3 - 3x; e^(-x^2); x e^(-x); 1/(1 + x^2); x/(1 + x^2); x^2 e^x; "
            "(x^2 - 1)^2 + 0.3x; 1/(1 + e^(-x))",
        ),
        *on(
            -3,
            3,
            "ln(1 + x^2); ln(1 + e^x); x tanh(x); x/(1 + e^(-1.7x)); 1/x; 1/x^2; x + 1/x; x^2 + 1/x; "
            "1/(x^2 - 1); x^2/(x - 1)",
        ),
        *on(
            -3,
            3,
            "sqrt(x); sqrt(1 + x^2); 0.1x^4 - x^2 + 0.5x; sin(x) + sin(3x)/3; sin(x^2); "
            "x^2 + 3sin(5x); e^x sin(x); cosh(x); asinh(x); e^sin(x)",
        ),
    ],
    "a part has no value at one number": [
        *on(
            -2,
            2,
            "x + 0/(x - 1/3); max(x, 1/(x - 0.3)); min(1/|x|, 5); floor(1/x); ceil(1/(x^2 - 2)); sign(ln(|x|)); "
            "abs(ln(|x|)); (1/x)/(1/x); 1/(1/x - 1/x^2); sqrt(1/x) sqrt(x); atan(1/(x^2 - 2)); "
            "x/(x/(x - 1)); 2^(-1/x^2)",
        ),
        *on(
            -4,
            4,
            "atan(tan(x)); 1/tan(x); tan(x) cot(x); 1/sec(x); sin(x)/tan(x); sec(x) cos(x); tanh(tan(x))",
        ),
        *on(0, 2, "0^(x - 1); (x - 1)^0; (x - 1)^(x - x); x^floor(x); floor(x)^x; (x - x)^x; 0^sin(x)"),
        *on(0, 1, "x^(1/ln(x)); (1/x)^x; x^(x^x); (-x)^(1/3) + x; x^sqrt(x); sin(x)^x; x^tan(x); ln(x)^0"),
    ],
    "between specks": [
        *on(
            -10,
            10,
            "1/((x - 0.123456789)^2 + 1e-14); e^(-1e8(x - 1.2345)^2); x + 1e-3 tanh(1e5(x - 0.7654321))",
        ),
        *on(
            -3, 3, "|x - 0.12345| + |x - 0.12346|; 1/(x - 0.5) - 1/(x - 0.50001); cbrt((x - 1)(x - 1.00001))"
        ),
        *on(-3, 3, "sqrt((x - 1)(x - 1.00001)); ln((x - 0.3)(x - 0.30001)); max(x, 0.0001 - x, 1e-5)"),
        *on(
            0,
            10,
            "1/(sin(x) - 0.99999); 1/(sin(x) - 1); "
            "1/(sin(x) - 1.00001); ln(1.00001 - sin(x)); sqrt(0.99999 - sin(x))",
        ),
        *on(
            0,
            1,
            "(x - 0.5)^2/((x - 0.5)^2 + 1e-8); x/(x - 1e-5); "
            "floor(1000x)/1000 - x; min(|x - 0.001|, |x - 0.999|)",
        ),
    ],
    "edges at numbers that no float is": [
        *on(
            -3,
            3,
            "sqrt(x^3 - 2); ln(e - x); ln(pi - x); sqrt(e^x - 2); asin(e^x - 1); acos(x^2 - 1.5); atanh(x^3/5)",
        ),
        *on(
            -3,
            3,
            "sqrt(cos(x) - 1/3); acosh(e^x); (x^3 - x - 1)^0.5; "
            "(x^2 - x - 1)^(3/4); ln(x^3 - 3x + 1); 1/sqrt(x^2 - 2)",
        ),
        *on(
            -1,
            1,
            "sqrt(x - 0.1) + sqrt(0.7 - x); sqrt(x^2 - 0.01); ln(1/3 - x^2); asin(3x); sqrt(sin(x) - x + 0.1)",
        ),
        *on(
            0.1,
            0.7,
            "sqrt(x - 0.1); ln(x - 0.1); sqrt(0.7 - x); 1/(x - 0.1); acosh(10x); (x - 0.1)^x; floor(10x)",
        ),
        *on(
            -PI,
            PI,
            "sqrt(sin(x)); cot(x); 1/(1 + cos(x)); tan(x/2); |sin(x)|; floor(x/pi); x sin(x); acos(cos(x))",
        ),
    ],
    "touching": [
        *on(
            -8,
            8,
            "1/(1 - sin(x)); ln(1 + cos(x)); (1 - cos(x))^(1/3); "
            "|cos(x) - 1|^1.5; floor(cos(x)^2); sign(1 - sin(x))",
        ),
        *on(
            -8,
            8,
            "asin(cos(2x)); acos(sin(x)^2); sqrt(2 + 2cos(x)); "
            "max(sin(x), 1); cbrt(1 + sin(x)); 1/(1 - sin(x)^2)",
        ),
        *on(
            -3,
            3,
            "1/(x^2 - 2)^2; |x^3 - 3x + 2|; sqrt((x^2 - 3)^2); "
            "ln((x^2 - 2)^2); cbrt((e^x - 2)^2); floor(2 - (x^2 - 2)^2)",
        ),
    ],
    "ties and near ties": [
        *on(
            -2,
            2,
            "(x^2 - 1)^2 + 1e-12x; (x^2 - 1)^2 + 1e-15x^2; "
            "|x^2 - 1| + 1e-12x; x^2(x - 1)^2(x + 1)^2; max(|x|, 1) + 1e-12x",
        ),
        *on(
            -7,
            7,
            "sin(x) + 1e-12cos(2x); cos(x) + 1e-12floor(x); "
            "|cos(x)| + 1e-12|x|; cos(x)(1 + 1e-12x); sin(x)^2 + sin(2x)^2",
        ),
        *on(
            -1,
            1,
            "x^3 - x + 0.25; x^2 - x^4; 1/(1 + x^2) + 1e-12x; e^(-x^2) + 1e-13sign(x); x + floor(x) - 1e-12x",
        ),
        *on(0, 4 * PI, "cos(x); cos(x/2); sin(x) + cos(2x); sin(x)^2; |sin(x)| - 1/2"),
        *on(0, 3, "x - floor(x); (x - 1)(x - 2); x(3 - x); floor(x) - x; |x - 1.5|; sin(pi x); cos(2pi x)"),
    ],
    "corners and what looks like them": [
        *on(
            -2,
            2,
            "|x|^1.0001; |x| - sin(x); |sin(x)| - |x|; |x^3 - x|; "
            "x + |x^3|; |x - 1|^3 - |x|; sqrt(x^2 + 1e-20); |x|x^2",
        ),
        *on(
            -2,
            2,
            "max(x^2, x); max(x^3, -x^3); min(x^2, x^4); "
            "max(e^x, 1 + x); max(cos(x), 1 - x^2/2); min(sin(x), tan(x))",
        ),
        *on(
            -2,
            2,
            "min(cbrt(x), 2x); max(sqrt|x|, x); cbrt(x) + |x|; "
            "min(x^(1/3), x^(2/3)); |x|^(2/3) - x; sqrt|x| sign(x)",
        ),
        *on(
            -2,
            2,
            "cbrt(x^2 - x^3); sqrt(x^3 + x^2); cbrt(x^3 - x^2); "
            "(x^2)^0.5 + (x^4)^0.25; |x + |x|| - x; x^(1/3) + x^(-1/3)",
        ),
    ],
    "cancellation beside holes": [
        *on(
            -1,
            1,
            "(sin(x) - x + x^3/6)/x^5; (e^x - 1 - x)/x^2; "
            "(tan(x) - sin(x))/x^3; (ln(1 + x) - x)/x^2; (x^x - 1)/x",
        ),
        *on(
            -1,
            1,
            "(cos(x) - cosh(x))/x^2; 1/x - 1/(e^x - 1); "
            "1/x^2 - 1/sin(x)^2; (1 - cos(x))/|x|; (asin(x) - x)/x^3",
        ),
        *on(
            -2,
            2,
            "(x^3 - 0.001)/(x - 0.1); (x - 1/3)/(3x - 1); "
            "(x^2 - 2)/(x^4 - 4); (e^x - 2)/(x - ln(2)); (2^x - 3)/(x^2 - 2)",
        ),
        *on(
            0,
            7,
            "sin(x)/(x - pi)^2; sin(x)^2/(x - pi); (1 - sin(x))/cos(x); (1 + cos(x))/sin(x); cos(x)/(2x - pi)",
        ),
    ],
    "nested steps": [
        *on(
            -3,
            3,
            "floor(floor(x) + 0.5x); floor(|x| - 0.5); "
            "max(floor(x), x^2 - 2); min(ceil(x), x + 0.5); floor(x) ceil(x)",
        ),
        *on(
            -3,
            3,
            "floor(3sin(x)); ceil(x^2 - 2); floor(e^x); "
            "floor(x^3 - x); x floor(1/x); floor(x^(1/3)); sign(sin(x)) x",
        ),
        *on(
            -2,
            2,
            "|floor(x) - x + 0.5|; floor(x)/x; x^floor(x); "
            "(x - floor(x))^2; sqrt(x - floor(x)); 1/(x - floor(x))",
        ),
        *on(
            -2,
            2,
            "||x| - 1| - 0.5; |||x| - 1| - 0.5|; "
            "max(min(x, 1), min(-x, 1)); min(max(x, x^2), 1); sign(max(x, |x| - 1))",
        ),
    ],
    "sizes": [
        *on(
            -1,
            1,
            "1e15 + x^2; 1e-25x^2; 1e25x^3; 1e-28(x^2 - x); "
            "e^(700x); e^(-800x^2); 1/(1e-8 + x^4); x^20 - 1e-6x",
        ),
        *on(
            1e5,
            1e5 + 10,
            "sin(x); (x - 100005)^2; ln(x); |x - 100003.1|; floor(x/3); 1/(x - 100004); sqrt(x - 100002)",
        ),
        *on(
            -1000,
            1000,
            "x^3 - 3x; x/(1 + x^2); e^(-x^2); sin(x/100); |x|/(1 + |x|); 1/(x - 0.5); ln(x^2 + 1e-9); atan(x)",
        ),
        *on(-1e-6, 1e-6, "x^2; sin(x)/x; 1/x; |x|; x^3 - 1e-13x; e^x; cbrt(x); floor(1e6x)"),
    ],
}

SHAPES: list[Shape] = list(dict.fromkeys(shape for group in GROUPS.values() for shape in group))
