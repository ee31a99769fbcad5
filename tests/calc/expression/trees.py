"""Random trees for Hypothesis, and a slow, precise reading of trees that shares no line with the others."""

from __future__ import annotations

from fractions import Fraction

import mpmath
from hypothesis import strategies as st

from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable, rational

SMOOTH = (
    *("sqrt", "cbrt", "exp", "ln", "log2", "log10", "sin", "cos", "tan", "sec", "csc", "cot", "asin", "acos"),
    *("atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
)
ANGULAR = ("abs", "sign", "floor", "ceil")
NUMBERS = ("0", "1", "2", "3", "7", "10", "0.5", "0.1", "1.25", "0.001")
EXPONENTS = ("2", "3", "4", "5", "0.5", "1.5", "0")


def trees(names: tuple[str, ...] = ("x",), *, corners: bool = True) -> st.SearchStrategy[Node]:
    """Trees of up to about 12 nodes."""
    leaves = st.one_of(
        st.sampled_from(names).map(Variable),
        st.sampled_from(names).map(Variable),
        st.sampled_from(NUMBERS).map(Number),
        st.sampled_from(("pi", "e", "tau")).map(Constant),
    )
    functions = SMOOTH + ANGULAR if corners else SMOOTH

    def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        fractions = st.sampled_from(((1, 3), (2, 3), (3, 5), (1, 2), (5, 3), (1, 4))).map(
            lambda pair: Binary("/", Number(str(pair[0])), Number(str(pair[1])))
        )
        exponents = st.one_of(st.sampled_from(EXPONENTS).map(Number), fractions)
        exponents = st.one_of(exponents, exponents.map(Negate), inner)
        options = [
            st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
            st.builds(Power, inner, exponents),
            st.builds(lambda name, of: Call(name, (of,)), st.sampled_from(functions), inner),
            inner.map(Negate),
        ]
        if corners:
            pairs = st.tuples(inner, inner)
            options.append(st.builds(Call, st.sampled_from(("min", "max")), pairs))
        return st.one_of(options)

    return st.recursive(leaves, larger, max_leaves=7)


class Undefined(Exception):
    """There is no real value."""


class TooLarge(Exception):
    """There is one that is beyond the patience of the test."""


def precisely(node: Node, values: dict[str, mpmath.mpf]) -> mpmath.mpf:
    """The real value of the tree, to the working precision of mpmath. Raises Undefined."""
    try:
        value = _value(node, values)
    except (ZeroDivisionError, ValueError, OverflowError):
        raise Undefined from None
    if not isinstance(value, mpmath.mpf):
        value = mpmath.mpf(value) if mpmath.im(value) == 0 else None
    if value is None or not mpmath.isfinite(value):
        raise Undefined
    if abs(value) > mpmath.mpf(10) ** 3000:
        raise TooLarge
    return value


def _value(node: Node, values: dict[str, mpmath.mpf]) -> mpmath.mpf:
    match node:
        case Number(text):
            return mpmath.mpf(Fraction(text).numerator) / Fraction(text).denominator
        case Constant(name):
            return {"pi": mpmath.pi, "e": mpmath.e, "tau": 2 * mpmath.pi}[name] * 1
        case Variable(name):
            return values[name]
        case Negate(of):
            return -precisely(of, values)
        case Binary(operator, left, right):
            a, b = precisely(left, values), precisely(right, values)
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[operator](b)
        case Power(base, exponent):
            return _power(precisely(base, values), precisely(exponent, values), rational(exponent))
        case Call(name, arguments):
            return _call(name, [precisely(argument, values) for argument in arguments])
    raise AssertionError(node)


def _power(base: mpmath.mpf, exponent: mpmath.mpf, exact: Fraction | None) -> mpmath.mpf:
    if exact is not None and exact.denominator == 1:
        return base ** int(exact)
    if base >= 0:
        return base**exponent
    if exact is None or exact.denominator % 2 == 0:
        raise Undefined
    return (-1) ** exact.numerator * mpmath.power(-base, mpmath.mpf(exact.numerator) / exact.denominator)


def _call(name: str, arguments: list[mpmath.mpf]) -> mpmath.mpf:
    u = arguments[0]
    if name in ("min", "max"):
        return min(arguments) if name == "min" else max(arguments)
    if name == "cbrt":
        return mpmath.sign(u) * mpmath.cbrt(abs(u))
    if name in ("log2", "log10"):
        return mpmath.log(u, int(name[3:]))
    if name == "abs":
        return abs(u)
    return getattr(mpmath, name)(u)
