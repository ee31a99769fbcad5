"""The whole vocabulary: what is not in these tables has no meaning in a typed function."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

# The functions of one argument, then those of two and more.
UNARY_FUNCTIONS = (
    *("sqrt", "cbrt", "exp", "ln", "log2", "log10", "abs", "sign", "floor", "ceil"),
    *("sin", "cos", "tan", "sec", "csc", "cot", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
)
SEVERAL_ARGUMENTS = ("min", "max")
FUNCTIONS = frozenset((*UNARY_FUNCTIONS, *SEVERAL_ARGUMENTS))
CONSTANTS = frozenset(("pi", "e", "tau"))
POWERS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}


class Domain(NamedTuple):
    """Where a function has values: between two numbers, which belong to it unless `open`."""

    low: int | None = None
    high: int | None = None
    open: bool = False


# Of the functions that are smooth inside it; tan and the like have no value where a divisor is 0.
DOMAINS = {
    **dict.fromkeys(("ln", "log2", "log10"), Domain(0, None, True)),
    **dict.fromkeys(("asin", "acos"), Domain(-1, 1)),
    "acosh": Domain(1),
    "atanh": Domain(-1, 1, True),
}
EVERYWHERE = Domain()

ALIASES = {
    "log": "ln",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "sgn": "sign",
    "ceiling": "ceil",
    "tg": "tan",
    "ctg": "cot",
    "cotg": "cot",
    "arctg": "atan",
    "cosec": "csc",
}

# Signs outside ASCII, each with the one sign it stands for.
SIGNS = {
    "−": "-",
    "–": "-",
    "·": "*",
    "⋅": "*",
    "∙": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "π": "pi",
    "τ": "tau",
}
ROOTS = {"√": 2, "∛": 3, "∜": 4}
SUPERSCRIPTS = {sign: str(digit) for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "-"}
SPACES = " \t\r\n\u00a0\u2009\u202f"
BRACKETS = {"(": ")", "[": "]", "{": "}"}

# Letters of other alphabets that look like a Latin one, named in the error and not read.
LOOK_ALIKES = dict(zip("хХуУеЕаАоОрРсСіІјЈѕЅкКтТмМнНвВ", "xXyYeEaAoOpPcCiIjJsSkKtTmMhHbB", strict=True))
LOOK_ALIKES |= dict(zip("αΑΒβγεΕΖηΗιΙκΚΜνΝοΟρΡΤυΥχΧѵաոѕ", "aABbyeEZnHiIkKMvNoOpPTuYxXvwns", strict=True))

UNKNOWN_WORDS = {
    "i": "complex numbers are left out: a graph shows real values only",
    "j": "complex numbers are left out: a graph shows real values only",
    "inf": "infinity is not a number that a function can be built from",
    "infinity": "infinity is not a number that a function can be built from",
    "oo": "infinity is not a number that a function can be built from",
    "nan": "`nan` is not a number that a function can be built from",
    "factorial": "factorials are left out: they grow too fast to draw",
    "gamma": "the gamma function is left out: it grows too fast to draw",
    "mod": "remainders are left out: write x - 3floor(x/3) for the remainder of x by 3",
    "sigmoid": "I don't know `sigmoid`: write 1/(1 + e^-x)",
    "relu": "I don't know `relu`: write max(0, x)",
    "lg": "I don't know `lg`: write log10(x) for the logarithm to base 10, log2(x) for that to base 2",
    "deg": "angles are in radians: write x pi/180 for x degrees",
    "lambda": "type the function alone, for example x^2 - 1",
    "def": "type the function alone, for example x^2 - 1",
    "import": "this box reads one formula, not a program: type for example x^2 - 1",
    "diff": "type the function itself, not its derivative: the page works that out",
    "int": "integrals are left out: type the function itself",
    "sum": "sums over an index are left out: write the terms out with +",
    "lim": "limits are left out: type the function itself",
}

UNKNOWN_SIGNS = {
    "!": "factorials are left out: they grow too fast to draw",
    "%": "percent and remainder are left out: write x/100, or x - 3floor(x/3) for a remainder",
    "'": "quotes and primes are left out: type the function itself, for example x^2",
    '"': "quotes are left out: type the function itself, for example x^2",
    "\\": "LaTeX is not read here: type sqrt(x) or pi plainly, without the backslash",
    "<": "inequalities are left out: type one formula, for example x^2",
    ">": "inequalities are left out: type one formula, for example x^2",
    "≤": "inequalities are left out: type one formula, for example x^2",
    "≥": "inequalities are left out: type one formula, for example x^2",
    "_": "the underscore has no meaning here: write log2(x) for a logarithm with base 2",
    "∞": "infinity is not a number that a function can be built from",
    "½": "write the fraction out: 1/2",
    "¼": "write the fraction out: 1/4",
    "¾": "write the fraction out: 3/4",
    "°": "angles are in radians: write x pi/180 for x degrees",
    ";": "only one formula at a time: remove the semicolon",
}
