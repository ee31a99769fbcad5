"""The tree as LaTeX, so that what was understood is shown back. Nothing the visitor typed is copied."""

from __future__ import annotations

from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable, rational

SUM, PRODUCT, POWER, ATOM, ENCLOSING = 10, 20, 30, 40, 50

CONSTANTS = {"pi": r"\pi", "tau": r"\tau", "e": "e"}
GREEK = {
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eta",
    "theta",
    "lambda",
    "mu",
    "rho",
    "sigma",
    "phi",
    "omega",
}
COMMANDS = {name: rf"\{name}" for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh")}
COMMANDS |= {"ln": r"\ln", "exp": r"\exp", "min": r"\min", "max": r"\max", "sign": r"\operatorname{sign}"}
COMMANDS |= {"log2": r"\log_{2}", "log10": r"\log_{10}"}
COMMANDS |= {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan"}
COMMANDS |= {name: rf"\operatorname{{ar{name[1:]}}}" for name in ("asinh", "acosh", "atanh")}
ENCLOSED = {"sqrt": (r"\sqrt{", "}"), "cbrt": (r"\sqrt[3]{", "}"), "abs": (r"\left|", r"\right|")}
ENCLOSED |= {"floor": (r"\left\lfloor ", r"\right\rfloor"), "ceil": (r"\left\lceil ", r"\right\rceil")}


def latex(node: Node) -> str:
    """LaTeX of the tree, without dollar signs."""
    match node:
        case Number(text):
            return _number(text)
        case Constant(name):
            return CONSTANTS[name]
        case Variable(name):
            return variable(name)
        case Negate(of):
            return f"-{_wrapped(of, PRODUCT)}"
        case Binary("/", left, right):
            return rf"\frac{{{latex(left)}}}{{{latex(right)}}}"
        case Binary("*", left, right):
            return _product(left, right)
        case Binary(operator, left, right):
            return f"{_wrapped(left, SUM)} {operator} {_wrapped(right, PRODUCT)}"
        case Power(base, exponent):
            return _power(base, exponent)
        case Call(name, arguments):
            return _call(name, arguments)


def _strength(node: Node) -> int:
    """A fraction counts as a product; what is enclosed on both sides as an atom."""
    match node:
        case Binary("/"):
            return PRODUCT
        case Binary("*") if not _signed(node):
            return PRODUCT
        case Negate() | Binary():
            return SUM
        case Power():
            return POWER
        case Call("exp"):
            return POWER
        case Number(text) if "e" in text:
            return PRODUCT
        case Call(name) if name in COMMANDS:
            return ATOM
        case _:
            return ENCLOSING


def _wrapped(node: Node, strength: int) -> str:
    return latex(node) if _strength(node) >= strength else _bracketed(latex(node))


def _bracketed(inner: str) -> str:
    return rf"\left({inner}\right)"


def _signed(node: Node) -> bool:
    """Whether its LaTeX begins with a minus."""
    return isinstance(node, Negate) or (
        isinstance(node, Binary) and node.operator == "*" and _signed(node.left)
    )


def _number(text: str) -> str:
    digits, _, exponent = text.partition("e")
    return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits


def variable(name: str) -> str:
    """x as it is, theta as the Greek letter, w1 with an index."""
    letters = name.rstrip("0123456789")
    index = name[len(letters) :]
    shown = rf"\{letters}" if letters in GREEK else letters if len(letters) == 1 else rf"\mathrm{{{letters}}}"
    return f"{shown}_{{{index}}}" if index else shown


def _product(left: Node, right: Node) -> str:
    """A dot stands only where two factors side by side would read as one number or as a call."""
    first = latex(left) if _signed(left) else _wrapped(left, PRODUCT)
    second = _wrapped(right, PRODUCT)
    numeric = second[0].isdigit() or (second.startswith(r"\frac") and _ends_in_digit(left))
    both_fractions = second.startswith(r"\frac") and first.startswith(r"\frac")
    return rf"{first} \cdot {second}" if numeric or both_fractions else f"{first} {second}"


def _ends_in_digit(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Binary) and _ends_in_digit(node.right))


def _power(base: Node, exponent: Node) -> str:
    match base, exponent:
        case _, Binary("/", Number("1"), Number(degree)) if (
            rational(exponent) or 0
        ) != 0 and degree.isdecimal():
            root = "" if degree == "2" else f"[{degree}]"
            return rf"\sqrt{root}{{{latex(base)}}}"
        case Call(name, arguments), Number(power) if name in COMMANDS and name not in ("exp", "min", "max"):
            if not name.startswith("log"):
                return f"{COMMANDS[name]}^{{{power}}}{_arguments(arguments)}"
    return f"{_wrapped(base, ENCLOSING)}^{{{latex(exponent)}}}"


def _arguments(arguments: tuple[Node, ...]) -> str:
    return _bracketed(", ".join(latex(argument) for argument in arguments))


def _call(name: str, arguments: tuple[Node, ...]) -> str:
    if name == "exp":
        return f"e^{{{latex(arguments[0])}}}"
    if name in ENCLOSED:
        before, after = ENCLOSED[name]
        return f"{before}{latex(arguments[0])}{after}"
    return f"{COMMANDS[name]}{_arguments(arguments)}"
