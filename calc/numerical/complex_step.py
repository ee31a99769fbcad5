r"""The complex step: a derivative without a difference.

.. math::
    f(x + ih) = f(x) + ih f'(x) - \frac{h^2}{2} f''(x) - \dots, \quad
    \frac{\operatorname{Im} f(x + ih)}{h} = f'(x) + O(h^2)

Nothing is subtracted, so no digits cancel and h may be as small as one likes.

It needs an f that has a complex reading of its own. |x|, sign, floor, ceil, min, max and odd roots of negative
numbers have none: NumPy's abs would give the slope 0, its cbrt and floor refuse. Here each piece of such a function
is continued by itself (|x| as x or as -x, by the real part), and where two pieces meet there is no value.

Source: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review
40(1), 1998; J. Martins, P. Sturdza and J. Alonso, "The complex-step derivative approximation", ACM TOMS 29(3),
2003, for the pieces.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.expression import Expression
from calc.expression.names import POWERS
from calc.expression.tree import Call, Power, fold, rational, walk
from calc.numerical.precision import Floats, Precision, Rounded, rounded_function

Complexes = NDArray[np.complexfloating[Any, Any]]
PIECEWISE = ("abs", "sign", "floor", "ceil", "min", "max")


def _none_at(kink: Any, value: Any) -> Any:
    # Of nan + 0i the imaginary part would be a slope of 0.
    nothing = np.array(complex(np.nan, np.nan) if value.dtype.kind == "c" else np.nan, value.dtype)
    return np.where(kink, nothing, value)


class ComplexSteps(Rounded):
    """The algebra of complex arrays, each function continued from the real line along the piece on which it is."""

    def rational_power(self, base: Any, exponent: Fraction) -> Any:
        p, q = exponent.numerator, exponent.denominator
        if exponent == 0:
            return np.ones_like(base)
        if q == 1:
            return np.square(base) if p == 2 else np.power(base, p)
        if q == 2 and p == 1:
            return np.sqrt(base)
        # The real root of a negative number: the principal one is another.
        negative = np.real(base) < 0
        size = self.power(np.where(negative, -base, base), p / q)
        return np.where(negative & (p % 2 == 1), -size, size)

    def power(self, base: Any, exponent: Any) -> Any:
        return np.power(base, self.precision.complex(exponent) if isinstance(exponent, float) else exponent)

    def call(self, name: str, *arguments: Any) -> Any:
        u = np.asarray(arguments[0])
        real = np.real(u)
        match name:
            case "abs":
                return _none_at(real == 0, np.where(real < 0, -u, u))
            case "sign":
                return _none_at(real == 0, np.sign(real) + 0 * u)
            case "floor" | "ceil":
                whole = np.floor(real) if name == "floor" else np.ceil(real)
                return _none_at(whole == real, whole + 0 * u)
            case "min" | "max":
                for other in map(np.asarray, arguments[1:]):
                    apart = np.real(u) - np.real(other)
                    first = apart < 0 if name == "min" else apart > 0
                    u = _none_at((apart == 0) & (u != other), np.where(first, u, other))
                return u
            case "sqrt" | "cbrt":
                return self.rational_power(u, POWERS[name])
        return super().call(name, u)


def complex_step(expression: Expression, x: float, h: ArrayLike, precision: Precision) -> Floats:
    """Im f(x + ih)/h for each step h, (n,); nan where f has no value at x, and where two of its pieces meet.

    Args:
        expression: a function of one variable.
        x: the point, a number of the format.
        h: steps, (n,).

    >>> from calc.expression import parse_expression
    >>> from calc.numerical.precision import PRECISIONS
    >>> complex_step(parse_expression("x^3"), 2.0, [1e-200], PRECISIONS["float64"])
    array([12.])
    """
    steps = np.asarray(h, dtype=precision.real)
    z = (precision.real(x) + 1j * steps).astype(precision.complex)
    with np.errstate(all="ignore"):
        found = fold(expression.root, ComplexSteps(precision, {expression.variables[0]: z}))
        slope: Floats = np.imag(np.broadcast_to(np.asarray(found), z.shape)) / steps
    here = rounded_function(expression, precision)(np.array([x]))[0]
    return slope if np.isfinite(here) else np.full_like(slope, np.nan)


def pieces(expression: Expression) -> tuple[str, ...]:
    """The functions in it that have no complex reading of their own, odd roots as "cbrt"; each once.

    >>> from calc.expression import parse_expression
    >>> pieces(parse_expression("|x| + x^(1/3) + sin(x)"))
    ('abs', 'cbrt')
    """
    found = []
    for node in walk(expression.root):
        match node:
            case Call(name) if name in (*PIECEWISE, "cbrt"):
                found.append(name)
            case Power(_, exponent):
                power = rational(exponent)
                if power is not None and power.denominator > 1 and power.denominator % 2:
                    found.append("cbrt")
    return tuple(dict.fromkeys(found))
