"""Mistakes rule by rule: what a student makes of one rule, the derivatives of its parts being given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from calc.expression.limits import WRITTEN
from calc.expression.parser import parse
from calc.expression.tree import Call, Constant, Node, Number, Variable, rational
from calc.rules import Step
from calc.rules.build import ONE, ZERO, minus, negative, over, plus, power, put, times

Kind: TypeAlias = Literal[
    "chain", "power", "sign", "product", "quotient", "constant", "exponential", "integral", "copied"
]
TWO = Number("2")
INTEGRALS = {
    "sin": "-cos(u)", "cos": "sin(u)", "ln": "u ln(u) - u", "sinh": "cosh(u)", "cosh": "sinh(u)", "tan": "-ln|cos(u)|",
}  # fmt: skip
Wrong: TypeAlias = tuple[Kind, str, Node]


def wrong(step: Step, *right: Node) -> Iterator[Wrong]:
    """The mistakes at a step, its parts being right."""
    rules: dict[str, Callable[..., Iterator[Wrong]]] = {
        "product": _product, "quotient": _quotient, "chain": _chain, "power": _power, "constant": _constant,
        "constant multiple": _multiple, "exponential": _exponential, "trigonometric": _sign, "sum": _sum,
        "inverse trigonometric": _sign, "hyperbolic": _sign, "identity": _identity,
    }  # fmt: skip
    made = list(rules[step.rule](step, *step.operands, *right)) if step.rule in rules else []
    found = None if step.parts or step.rule == "constant" else integral_of(step)
    if found is not None:
        made.append(("integral", "This part was integrated: differentiate it instead.", found))
    # Of e^x, and of a constant term, some mistakes do no harm.
    known = step.by(*right)
    yield from (one for one in made if one[2] != known)


def integral_of(step: Step) -> Node | None:
    """The integral of a function, where it is as simple as its derivative."""
    if step.rule in ("sum", "constant multiple"):
        parts = [integral_of(part) for part in step.parts]
        return None if None in parts else step.by(*(part for part in parts if part is not None))
    x = Variable(step.variable)
    match step.rule, step.before.root:
        case "constant", c:
            return times(c, x)
        case "identity", _:
            return over(power(x, TWO), TWO)
        case "power", _:
            base, n = step.operands
            return None if rational(n) == -1 else over(power(base, plus(n, ONE)), plus(n, ONE))
        case "exponential", whole:
            base, _ = step.operands
            return step.after.root if base == Constant("e") else over(whole, Call("ln", (base,)))
        case _, Call(name, (u,)) if name in INTEGRALS:
            return put(parse(INTEGRALS[name], ("u",), WRITTEN)[0], "u", u)
    return None


def _product(step: Step, f: Node, g: Node, df: Node, dg: Node) -> Iterator[Wrong]:
    yield (
        "product",
        "The derivative of a product is not the product of the derivatives: f′g + fg′.",
        times(df, dg),
    )
    yield "product", "Only f′g is there: the second term, fg′, is missing.", times(df, g)
    yield "product", "Only fg′ is there: the first term, f′g, is missing.", times(f, dg)
    yield (
        "product",
        "Each factor was multiplied with its own derivative: f′g + fg′ it is.",
        plus(times(f, df), times(g, dg)),
    )
    yield (
        "product",
        "The terms of a product's derivative are added: f′g + fg′.",
        minus(times(df, g), times(f, dg)),
    )


def _quotient(step: Step, f: Node, g: Node, df: Node, dg: Node) -> Iterator[Wrong]:
    first, second, square = times(df, g), times(f, dg), power(g, TWO)
    yield "quotient", "The derivative of a quotient is not f′/g′: (f′g − fg′)/g².", over(df, dg)
    yield "quotient", "Only f′ was taken, over g: (f′g − fg′)/g².", over(df, g)
    yield "quotient", "Between the terms stands a minus: (f′g − fg′)/g².", over(plus(first, second), square)
    yield "quotient", "The denominator has to be squared: (f′g − fg′)/g².", over(minus(first, second), g)
    yield (
        "quotient",
        "The numerator is the wrong way round: f′g comes first.",
        over(minus(second, first), square),
    )


def _chain(step: Step, g: Node, u: Variable, df: Node, dg: Node) -> Iterator[Wrong]:
    x = Variable(step.variable)
    yield "chain", "The inner derivative is missing: f′(g) is multiplied with g′.", put(df, u.name, g)
    yield (
        "chain",
        "The outer derivative belongs at the inner function: f′(g), not f′(x).",
        times(dg, put(df, u.name, x)),
    )
    yield (
        "chain",
        "The outer derivative was taken at the inner derivative: f′(g)·g′ it is.",
        put(df, u.name, dg),
    )
    yield "chain", "The outer function was not differentiated: f′(g)·g′.", times(dg, step.before.root)


def _power(step: Step, x: Node, n: Node) -> Iterator[Wrong]:
    lower = minus(n, ONE)
    yield "power", "The exponent comes down as a factor: n xⁿ⁻¹.", power(x, lower)
    yield "power", "The exponent becomes less by one: n xⁿ⁻¹.", times(n, power(x, n))
    yield (
        "power",
        "The factor is the old exponent, not the new one: n xⁿ⁻¹.",
        times(lower, power(x, lower)),
    )
    yield (
        "power",
        "The exponent becomes less by one, not more: n xⁿ⁻¹.",
        times(n, power(x, plus(n, ONE))),
    )
    value = rational(n)
    if value is not None and value < 0:
        yield "sign", "A negative exponent comes down with its minus.", times(negative(n), power(x, lower))


def _constant(step: Step) -> Iterator[Wrong]:
    yield "constant", "The derivative of a constant is 0: it does not stay.", step.before.root


def _identity(step: Step) -> Iterator[Wrong]:
    x = step.before.root
    yield "constant", "The derivative of x is 1: x does not stay.", x
    yield "constant", "The derivative of x is 1, so that its factor stays.", ZERO


def _multiple(step: Step, c: Node, f: Node, df: Node) -> Iterator[Wrong]:
    value = rational(c)
    if value == -1:
        yield "sign", "The minus was lost: (−f)′ = −f′.", df
        return
    yield "constant", "The constant factor was lost: (c f)′ = c f′.", df
    if value is not None and value < 0:
        yield "sign", "The minus of the factor was lost.", times(negative(c), df)


def _sum(step: Step, f: Node, g: Node, df: Node, dg: Node) -> Iterator[Wrong]:
    yield "sign", "The sign between two terms was turned.", plus(df, negative(step.by(ZERO, dg)))


def _exponential(step: Step, a: Node, x: Node) -> Iterator[Wrong]:
    yield (
        "exponential",
        "That is the rule for powers: of aˣ the derivative is aˣ ln a.",
        times(x, power(a, minus(x, ONE))),
    )
    if a != Constant("e"):
        yield "exponential", "The factor ln a is missing: (aˣ)′ = aˣ ln a.", step.before.root


def _sign(step: Step, known: Node) -> Iterator[Wrong]:
    yield "sign", "The sign is the wrong one.", negative(known)
