"""A SymPy expression written in our own grammar, so that the parent reads it with our own parser."""

from __future__ import annotations

from typing import Any

import sympy

from calc.expression import WRITTEN, ExpressionError, parse_expression

SAME_NAME = (
    *("sign", "floor", "sin", "cos", "tan", "sec", "csc", "cot", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
)
OTHER_NAMES = {"Abs": "abs", "ceiling": "ceil", "log": "ln", "Max": "max", "Min": "min"}
CONSTANTS = {sympy.pi: "pi", sympy.E: "e"}


class _NotInGrammar(Exception):
    """The grammar cannot express some part."""


def to_text(formula: Any) -> str | None:
    """The formula in our grammar's canonical form; None where it cannot express it, or the text would be too long."""
    variables = tuple(sorted(symbol.name for symbol in formula.free_symbols))
    try:
        return parse_expression(_to_grammar(formula), variables or ("x",), WRITTEN).text
    except (_NotInGrammar, ExpressionError):
        return None


def _to_grammar(formula: Any) -> str:
    if formula in CONSTANTS:
        return CONSTANTS[formula]
    if formula.is_Symbol:
        return str(formula.name)
    if formula.is_Integer:
        return str(formula) if formula >= 0 else f"(-{-formula})"
    if formula.is_Rational:
        return f"({formula.p}/{formula.q})" if formula.p >= 0 else f"(-{-formula.p}/{formula.q})"
    if formula.is_Add:
        return f"({_sum(formula)})"
    if formula.is_Mul and _is_negative(formula):
        return f"(-{_to_grammar(-formula)})"
    if formula.is_Mul:
        return _product(formula)
    if isinstance(formula, sympy.exp):
        return f"e^({_to_grammar(formula.args[0])})"
    if formula.is_Pow:
        return f"({_to_grammar(formula.base)})^({_to_grammar(formula.exp)})"
    name = OTHER_NAMES.get(formula.func.__name__, formula.func.__name__)
    if formula.is_Function or name in ("max", "min"):
        if name not in (*SAME_NAME, *OTHER_NAMES.values()):
            raise _NotInGrammar
        return f"{name}({', '.join(_to_grammar(part) for part in formula.args)})"
    raise _NotInGrammar


def _sum(formula: Any) -> str:
    """The terms in SymPy's order of display, with their signs."""
    first, *rest = formula.as_ordered_terms()
    text = _to_grammar(first)
    for term in rest:
        text += f" - {_to_grammar(-term)}" if _is_negative(term) else f" + {_to_grammar(term)}"
    return text


def _is_negative(term: Any) -> bool:
    """Whether it is written with a minus."""
    return bool(term.as_coeff_Mul()[0].is_negative)


def _product(formula: Any) -> str:
    numerator, denominator = sympy.fraction(formula)
    above = "*".join(_to_grammar(part) for part in sympy.Mul.make_args(numerator))
    return f"({above})" if denominator == 1 else f"({above})/({_to_grammar(denominator)})"
