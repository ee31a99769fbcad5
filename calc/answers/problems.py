"""Problems to differentiate (a stand-in: the judged ones come with calc.answers' own branch)."""

from __future__ import annotations

from random import Random

from calc.expression import Expression, parse_expression

FORMS = {
    "power": ("x^{n}", "{a}x^{n}", "{a}x^(-{n})"),
    "sum": ("x^{n} + {a}x", "{a}x^{n} - {b}x + {c}", "{a}x^{n} + {b}sin(x) - {c}/x"),
    "product": ("x^{n} sin(x)", "x^{n} e^x", "({a}x + {b}) ln(x)"),
    "quotient": ("sin(x)/x^{n}", "e^x/({a}x + {b})", "({a}x + {b})/(x^{n} + {c})"),
    "chain": ("sin({a}x)", "({a}x + {b})^{n}", "e^(x^{n} + {a}x)"),
    "exponential": ("{a}^x", "{a} e^({b}x)", "x^{n} * {a}^x"),
    "trigonometric": ("{a}cos(x)", "tan({a}x)", "sin(x)^{n} cos({a}x)"),
    "logarithm": ("{a}ln(x)", "ln({a}x + {b})", "ln(x^{n} + {a})/x"),
    "mixed": ("x^{n} + {a}sin(x)", "x e^({a}x)", "sin(x^{n}) ln({a}x)"),
}


def problem(rule: str, difficulty: int, seed: int) -> Expression:
    """The problem of a rule, of difficulty 1 to 3, with a number."""
    chance = Random(f"{rule} {difficulty} {seed}")
    a, b, c = chance.sample(range(2, 10), 3)
    return parse_expression(FORMS[rule][difficulty - 1].format(n=chance.randint(2, 7), a=a, b=b, c=c))
