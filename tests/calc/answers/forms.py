"""Right answers in other forms, made by SymPy and printed in our grammar, and wrong ones that differ slightly."""

from __future__ import annotations

from random import Random
from typing import Any

import sympy

from tests.calc.rules.random_functions import X

HAND_MADE = [
    ("sin(x)^2", "sin(2x)"), ("sin(x)^2", "2 sin x cos x"), ("cos(x)^2", "-sin(2x)"), ("tan(x)", "1 + tan(x)^2"),
    ("tan(x)", "sec(x)^2"), ("tan(x)", "1/cos^2 x"), ("ln(x^2)", "2/x"), ("ln(5x)", "1/x"), ("ln|x|", "1/x"),
    ("ln(x)", "1/x"), ("|x|", "|x|/x"), ("|x|", "x/|x|"), ("|x|", "sign(x)"), ("|x^2-1|", "2x sign(x^2-1)"),
    ("2^x", "0.693147*2^x"), ("2^x", "0.6931*2^x"), ("2^x", "e^(x ln 2) ln 2"), ("2^x", "ln(2) exp(x ln(2))"),
    ("1/x", "-x^-2"), ("1/x", "-1/x^2"), ("1/x", "-(1/x)^2"), ("sqrt(x)", "1/(2sqrt(x))"), ("sqrt(x)", "x^(-1/2)/2"),
    ("sqrt(x)", "sqrt(x)/(2x)"), ("sqrt(x)", "0.5x^-0.5"), ("x^3/3", "sqrt(x^4)"), ("x^2/2", "sqrt(x)^2"),
    ("cbrt(x)", "1/(3cbrt(x)^2)"), ("cbrt(x)", "1/3 x^(-2/3)"), ("x^x", "x^x (1 + ln x)"),
    ("x^x", "e^(x ln x)(ln x + 1)"),
    ("e^(x^3)", "3x^2 e^(x^3)"), ("e^(e^x)", "e^(x + e^x)"), ("e^(e^(e^x))", "e^x e^(e^x) e^(e^(e^x))"),
    ("sin(e^x)", "e^x cos(e^x)"), ("floor(x)", "0"), ("sign(x)", "0"), ("x floor(x)", "floor(x)"), ("5", "0"),
    ("sin(x)^2 + cos(x)^2", "0"), ("(x-1)^20", "20(x-1)^19"), ("asin(100x)", "100/sqrt(1 - 10000x^2)"),
    ("max(x, x^2)", "max(1, 0)(1 + sign(x - x^2))/2 + x(1 - sign(x - x^2))"), ("ln(x+1)", "1/(1+x)"),
    ("ln((x+1)/(x-1))", "1/(x+1) - 1/(x-1)"), ("x ln x - x", "ln x"), ("(x+1)(x-1)", "2x"), ("x/(x+1)", "1/(x+1)^2"),
    ("x/(x+1)", "1/(x^2+2x+1)"), ("log10(x)", "0.4342945/x"), ("log10(x)", "1/(x ln 10)"), ("3.5x^2", "7x"),
    ("atan(x)", "1/(1+x^2)"), ("tan(10x)", "10(1 + tan(10x)^2)"), ("sinh(x)", "(e^x + e^-x)/2"), ("x/3", "0.33333"),
    ("pi x", "3.14159"), ("sqrt(2) x", "1.4142"), ("sqrt(1-x^2)", "-x/sqrt(1-x^2)"), ("e^(-x^2)", "-2x/e^(x^2)"),
    ("1/ln(x)", "-1/(x ln(x)^2)"), ("x^(1/2)x^(1/2)", "1"), ("x", "sqrt(x)^2/x"),
]  # fmt: skip

SLIPS = ("factor", "sign", "more", "constant", "term")


def function(random: Random) -> Any:
    """A class-room function of one of the rules."""
    a, b, n = (random.randint(2, 6) for _ in range(3))
    u = random.choice((X, a * X, X**2 + b, a * X + b, X**n))
    inner = random.choice((sympy.sin, sympy.cos, sympy.exp, sympy.log, sympy.sqrt, lambda v: v**n))(u)
    other = random.choice((X**n, sympy.sin(X), sympy.exp(X), X**2 + a, sympy.log(X), sympy.cos(b * X)))
    return random.choice(
        (inner, inner + a * other, inner * other, inner / other, a * inner**2, sympy.Integer(b) ** u)
    )


def forms(value: Any) -> list[Any]:
    """Other forms of one function."""
    makers = (
        sympy.expand, sympy.factor, sympy.together, sympy.trigsimp, sympy.expand_trig, sympy.powsimp,
        lambda v: v.rewrite(sympy.tan), lambda v: v.rewrite(sympy.sin), lambda v: sympy.expand_log(v, force=False),
        sympy.cancel, lambda v: sympy.expand(v, trig=True), sympy.apart,
        lambda v: sympy.collect(v, X), lambda v: v.evalf(8),
    )  # fmt: skip
    found = []
    for make in makers:
        try:
            found.append(make(value))
        except (NotImplementedError, sympy.PolynomialError):
            continue
    return list(dict.fromkeys(found))


def printed(value: Any) -> str:
    return str(value).replace("**", "^").replace("log", "ln")


def slip(random: Random, value: Any, kind: str) -> Any:
    """A function that differs slightly from another one."""
    terms = sympy.Add.make_args(sympy.expand(value))
    chosen = random.choice(terms)
    match kind:
        case "factor":
            return value + chosen / 100
        case "sign":
            return value - 2 * chosen
        case "more":
            return value + 1
        case "constant":
            return value * random.choice((2, sympy.Rational(1, 2), 3))
    return value - chosen if len(terms) > 1 else value + X
