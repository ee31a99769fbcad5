"""What the child can be asked: SymPy at work on an expression. Imported in the child process only."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import sympy

from calc.expression import Expression
from calc.symbolic.grammar import to_text

LONGEST_LATEX = 600
"""Characters; a longer formula does not fit a page, and simplifying may shorten it."""
LONGEST_POINT = 160
"""Characters; a longer closed form says less than its digits."""
DIGITS = 17
"""As many as tell any two float64 apart."""
SIDE_STEP = sympy.Rational(1, 10**20)
"""Far below the spacing of floats, within the 40 digits that are computed with."""
SIDE_TOLERANCE = 1e-6
"""A slope times the step stays far below it, the jump at a corner far above."""
NOT_SMOOTH = "holds away from corners and jumps, where the derivative does not exist"


class NoResult(Exception):
    """SymPy has no answer; the message is a sentence for a person."""


def perform(
    operation: str, expression: Expression, variable: str, low: float | None, high: float | None
) -> dict[str, Any]:
    """The reply to one question, ready for JSON."""
    formula = expression.to_sympy()
    symbol = sympy.Symbol(variable, real=True)
    if operation == "derivative":
        return _formula(_derivative(formula, symbol))
    if operation == "second-derivative":
        return _formula(_derivative(_derivative(formula, symbol), symbol))
    if operation == "simplify":
        return _formula(sympy.simplify(formula))
    if operation == "limits":
        return _limits(formula, symbol, low, high)
    if len(expression.variables) > 1:
        raise NoResult("points in closed form are sought in one variable only")
    if low is None or high is None:
        raise NoResult("points are sought between two finite numbers")
    if operation == "stationary-points":
        formula = _derivative(formula, symbol)
    return _roots(formula, symbol, low, high)


def _derivative(formula: Any, symbol: Any) -> Any:
    found = sympy.diff(formula, symbol)
    found = found.replace(sympy.DiracDelta, lambda *_: sympy.S.Zero)
    if found.has(sympy.Derivative, sympy.Subs, sympy.DiracDelta):
        raise NoResult("SymPy has no derivative of this function in closed form")
    return found


def _formula(found: Any) -> dict[str, Any]:
    latex = sympy.latex(found)
    if len(latex) > LONGEST_LATEX:
        simpler = sympy.simplify(found)
        found, latex = simpler, sympy.latex(simpler)
    if found.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I):
        raise NoResult("SymPy finds no real formula for this")
    not_smooth = found.has(sympy.sign, sympy.floor, sympy.ceiling, sympy.Heaviside)
    return _reply(latex=latex, text=to_text(found), notes=[NOT_SMOOTH] if not_smooth else [])


def _reply(**found: Any) -> dict[str, Any]:
    return {
        "latex": "",
        "text": None,
        "points": [],
        "complete": False,
        "everywhere": False,
        "notes": [],
    } | found


def _exact(value: float) -> Any:
    fraction = Fraction(value)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _roots(formula: Any, symbol: Any, low: float, high: float) -> dict[str, Any]:
    """The zeros of the formula in [low, high]."""
    formula = sympy.together(formula) if formula.is_rational_function(symbol) else formula
    if formula.is_zero:
        return _reply(complete=True, everywhere=True)
    if not formula.has(symbol):
        return _reply(complete=True)
    numerator = sympy.fraction(formula)[0]
    if numerator.is_polynomial(symbol) and formula.is_rational_function(symbol):
        roots, complete = _polynomial_roots(formula, symbol), True
    else:
        roots, complete = _other_roots(formula, symbol, low, high)
    points = [_point(root) for root in roots if _inside(root, low, high)]
    points.sort(key=lambda point: point["number"])
    return _reply(points=[_without_number(point) for point in points], complete=complete)


def _polynomial_roots(formula: Any, symbol: Any) -> list[Any]:
    """All real zeros of a rational function, with radicals where SymPy knows them."""
    numerator, denominator = sympy.fraction(sympy.cancel(formula))
    if not numerator.has(symbol):
        return []
    real = dict.fromkeys(sympy.Poly(numerator, symbol).real_roots())
    radicals = [root for root in sympy.roots(numerator, symbol) if len(sympy.latex(root)) <= LONGEST_POINT]
    values = [(complex(sympy.N(root, DIGITS)), root) for root in radicals]
    found = []
    for root in real:
        exact = root
        if root.has(sympy.CRootOf):
            value = float(sympy.N(root, DIGITS))
            near = [r for v, r in values if abs(v - value) <= 1e-12 * (1 + abs(value)) and not r.has(sympy.I)]
            exact = near[0] if len(near) == 1 else root
        if denominator.subs(symbol, exact) != 0:
            found.append(exact)
    return found


def _other_roots(formula: Any, symbol: Any, low: float, high: float) -> tuple[list[Any], bool]:
    """The zeros that SymPy finds of any other formula, and whether it guarantees that these are all."""
    domain = sympy.Interval(_exact(low), _exact(high))
    try:
        found = sympy.solveset(formula, symbol, domain)
    except (NotImplementedError, ValueError, TypeError):
        found = None
    if found is sympy.S.EmptySet:
        return [], True
    if isinstance(found, sympy.FiniteSet):
        roots = [root for root in found if _confirmed(formula, symbol, root)]
        return roots, len(roots) == len(found) or formula.has(sympy.sign, sympy.Heaviside)
    roots = list(_listed(found)) if found is not None else []
    with suppress(NotImplementedError, ValueError, TypeError):
        roots += sympy.solve(formula, symbol)
    real = [root for root in roots if not root.has(symbol) and _confirmed(formula, symbol, root)]
    return list({str(sympy.N(root, 15)): root for root in real}.values()), False


def _listed(found: Any) -> Iterable[Any]:
    """The single points named in a union of sets."""
    for part in found.args if isinstance(found, sympy.Union) else (found,):
        if isinstance(part, sympy.FiniteSet):
            yield from part


def _confirmed(formula: Any, symbol: Any, root: Any) -> bool:
    """Whether the number put into the formula gives 0, as far as 30 digits tell."""
    number = sympy.N(root, 40)
    if abs(sympy.im(number)) > 1e-25:
        return False
    tests = [(sympy.re(number), 1e-20)]
    if formula.has(sympy.sign, sympy.Heaviside):
        # SymPy has sign(0) = 0, which would make every corner a zero: look just beside it.
        tests += [(tests[0][0] + step, SIDE_TOLERANCE) for step in (SIDE_STEP, -SIDE_STEP)]
    for at, tolerance in tests:
        value = sympy.N(formula.subs(symbol, at), 30)
        if not (value.is_number and value.is_finite and abs(value) < tolerance):
            return False
    return True


def _inside(root: Any, low: float, high: float) -> bool:
    number = sympy.re(sympy.N(root, 30))
    return bool(_exact(low) <= number <= _exact(high)) or float(number) in (low, high)


def _point(root: Any) -> dict[str, Any]:
    number = sympy.re(sympy.N(root, DIGITS))
    latex = "" if root.has(sympy.CRootOf) else sympy.latex(root)
    if root.has(sympy.I) or len(latex) > LONGEST_POINT:
        latex = ""
    return {"latex": latex, "value": float(str(number)), "digits": str(number), "number": number}


def _without_number(point: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in point.items() if key != "number"}


def _limits(formula: Any, symbol: Any, low: float | None, high: float | None) -> dict[str, Any]:
    """The limits at the two ends, from inside; None stands for the infinite end."""
    points = []
    for end, infinite, side in ((low, -sympy.oo, "+"), (high, sympy.oo, "-")):
        at = infinite if end is None else _exact(end)
        found = (
            sympy.limit(formula, symbol, at, side) if end is not None else sympy.limit(formula, symbol, at)
        )
        if isinstance(found, sympy.AccumBounds) or found.has(sympy.zoo, sympy.nan, sympy.I, sympy.Limit):
            raise NoResult("there is no limit at an end of this interval")
        number = float(found)
        digits = str(number) if math.isinf(number) else str(sympy.N(found, DIGITS))
        points.append({"latex": sympy.latex(found), "value": number, "digits": digits})
    return _reply(points=points, complete=True)
