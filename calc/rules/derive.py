"""The derivative of a tree by the rules of a blackboard: one rule, one function."""

from __future__ import annotations

from fractions import Fraction

from calc.expression import Expression
from calc.expression.rules import blackboard
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable, children, walk
from calc.rules.build import ONE, ZERO, call, minus, negative, number, over, plus, power, times
from calc.rules.step import Step

FAMILIES = {
    **dict.fromkeys(("ln", "log2", "log10"), "logarithm"),
    **dict.fromkeys(("sin", "cos", "tan", "sec", "csc", "cot"), "trigonometric"),
    **dict.fromkeys(("asin", "acos", "atan"), "inverse trigonometric"),
    **dict.fromkeys(("sinh", "cosh", "tanh"), "hyperbolic"),
    **dict.fromkeys(("asinh", "acosh", "atanh"), "inverse hyperbolic"),
    **dict.fromkeys(("floor", "ceil", "sign"), "step"),
    "abs": "absolute value",
    "exp": "exponential",
    "sqrt": "power",
    "cbrt": "power",
}
INNER = "u"
"""The variable of the outer function in the chain rule."""


def derive(expression: Expression, variable: str | None = None) -> Step:
    """The derivative of a function, rule by rule.

    Args:
        expression: of any variables.
        variable: by which it is differentiated; of one variable it need not be named.

    Returns:
        The step of the outermost rule. `after` is simplified only by collecting constants.

    Raises:
        ValueError: which of several variables is not said, or there is no such variable.

    >>> from calc.expression import parse_expression
    >>> step = derive(parse_expression("x^2 sin(x)"))
    >>> step.rule, step.after.text, [part.rule for part in step.parts]
    ('product', '2*x*sin(x) + x^2*cos(x)', ['power', 'trigonometric'])
    """
    if variable is None and len(expression.variables) != 1:
        raise ValueError("Say by which of several variables the function is to be differentiated.")
    by = expression.variables[0] if variable is None else variable
    if by not in expression.variables:
        raise ValueError(f"The function has no variable {by}.")
    return Rules(by, expression.variables).of(expression.root)


class Rules:
    """The rules for functions of some variables, differentiated by one of them."""

    def __init__(self, variable: str, variables: tuple[str, ...]) -> None:
        self.x, self.variables = Variable(variable), variables

    def of(self, node: Node) -> Step:
        """The outermost rule on a node, and by it all others."""
        if not self._varies(node):
            return self._step("constant", node, ZERO)
        match node:
            case Variable():
                return self._step("identity", node, ONE)
            case Negate(u):
                return self.constant_multiple(node, Negate(ONE), u)
            case Binary("*", c, u) if not self._varies(c):
                return self.constant_multiple(node, c, u)
            case Binary("*", u, c) if not self._varies(c):
                return self.constant_multiple(node, c, u)
            case Binary("/", u, c) if not self._varies(c):
                return self.constant_multiple(node, over(ONE, c), u)
            case Binary("+" | "-", u, v):
                return self.sum(node, u, v)
            case Binary("*", u, v):
                return self.product(node, u, v)
            case Binary("/", u, v):
                return self.quotient(node, u, v)
            case Power(u, n) if not self._varies(n):
                return (
                    self.power(node, u, n) if u == self.x else self.chain(node, u, Power(Variable(INNER), n))
                )
            case Power(a, u) if not self._varies(a):
                return (
                    self.exponential(node, a)
                    if u == self.x
                    else self.chain(node, u, Power(a, Variable(INNER)))
                )
            case Power(u, v):
                return self.power_of_functions(node, u, v)
            case Call("min" | "max", (u, *others)):
                return self.maximum(node, u, others)
            case Call(name, (u,)):
                return (
                    self.function(node, name)
                    if u == self.x
                    else self.chain(node, u, call(name, Variable(INNER)))
                )
        raise NotImplementedError(f"no rule for {node!r}")

    # (c f)' = c f'

    def constant_multiple(self, node: Node, c: Node, u: Node) -> Step:
        du = self.of(u)
        return self._step("constant multiple", node, times(c, du.after.root), du)

    # (f + g)' = f' + g'

    def sum(self, node: Binary, u: Node, v: Node) -> Step:
        du, dv = self.of(u), self.of(v)
        add = plus if node.operator == "+" else minus
        return self._step("sum", node, add(du.after.root, dv.after.root), du, dv)

    # (f g)' = f' g + f g'

    def product(self, node: Node, u: Node, v: Node) -> Step:
        du, dv = self.of(u), self.of(v)
        return self._step("product", node, plus(times(du.after.root, v), times(u, dv.after.root)), du, dv)

    # (f/g)' = (f' g - f g')/g^2

    def quotient(self, node: Node, u: Node, v: Node) -> Step:
        du, dv = self.of(u), self.of(v)
        above = minus(times(du.after.root, v), times(u, dv.after.root))
        return self._step("quotient", node, over(above, power(v, Number("2"))), du, dv)

    # (x^n)' = n x^(n - 1)

    def power(self, node: Node, x: Node, n: Node) -> Step:
        return self._step("power", node, times(n, power(x, plus(n, negative(ONE)))))

    # (a^x)' = a^x ln a

    def exponential(self, node: Node, a: Node) -> Step:
        return self._step("exponential", node, node if a == Constant("e") else times(node, call("ln", a)))

    # (f(g))' = f'(g) g'

    def chain(self, node: Node, inner: Node, outer: Node) -> Step:
        df, dg = Rules(INNER, (INNER, *self._others())).of(outer), self.of(inner)
        return self._step("chain", node, times(dg.after.root, put(df.after.root, INNER, inner)), df, dg)

    # (f^g)' = f^g (g' ln f + g f'/f)

    def power_of_functions(self, node: Node, u: Node, v: Node) -> Step:
        du, dv = self.of(u), self.of(v)
        inner = plus(times(dv.after.root, call("ln", u)), over(times(v, du.after.root), u))
        return self._step("f^g", node, times(node, inner), du, dv)

    # max(f, g)' = (f' + g' + sign(f - g)(f' - g'))/2

    def maximum(self, node: Call, u: Node, others: list[Node]) -> Step:
        v = others[0] if len(others) == 1 else Call(node.name, tuple(others))
        du, dv = self.of(u), self.of(v)
        a, b = du.after.root, dv.after.root
        side = call("sign", minus(u, v) if node.name == "max" else minus(v, u))
        return self._step(
            "maximum", node, times(number(Fraction(1, 2)), plus(plus(a, b), times(side, minus(a, b)))), du, dv
        )

    # The table of functions.

    def function(self, node: Call, name: str) -> Step:
        return self._step(FAMILIES[name], node, put(blackboard(name), "u", self.x))

    def _varies(self, node: Node) -> bool:
        return any(part == self.x for part in walk(node))

    def _others(self) -> tuple[str, ...]:
        return tuple(name for name in self.variables if name != INNER)

    def _step(self, rule: str, before: Node, after: Node, *parts: Step) -> Step:
        return Step(rule, Expression(before, self.variables), Expression(after, self.variables), parts)


def put(node: Node, name: str, instead: Node) -> Node:
    """The tree with another one in the place of a variable."""
    if node == Variable(name):
        return instead
    parts = tuple(put(child, name, instead) for child in children(node))
    match node:
        case Negate():
            return Negate(*parts)
        case Binary(operator):
            return Binary(operator, *parts)
        case Power():
            return Power(*parts)
        case Call(called):
            return Call(called, parts)
    return node
