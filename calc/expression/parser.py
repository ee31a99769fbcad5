"""A Pratt parser: each sign binds with a strength, and the stronger takes the operand between two.

Source of the method: V. Pratt, "Top down operator precedence", POPL 1973.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from calc.expression.errors import ExpressionError
from calc.expression.limits import Limits, check
from calc.expression.names import BRACKETS, ROOTS, SEVERAL_ARGUMENTS
from calc.expression.tokens import Token, Tokenizer
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable

SUM, PRODUCT, MINUS, POWER = 10, 20, 25, 30
STRENGTH = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}
STARTS_A_FACTOR = frozenset(("variable", "constant", "function", "open", "root", "number"))


def parse(text: str, variables: tuple[str, ...], limits: Limits) -> tuple[Node, tuple[str, ...]]:
    """The tree of the text, and the notes on what was assumed. Raises ExpressionError."""
    if len(text) > limits.characters:
        message = f"this formula has {len(text)} characters; at most {limits.characters} are read"
        raise ExpressionError(message, limits.characters, text)
    tokenizer = Tokenizer(text, variables, limits)
    tokens = _without_left_side(tokenizer.tokens(), tokenizer)
    resolved = [piece for token in tokens for piece in _resolved(token, tokenizer)]
    if resolved[0].kind == "end":
        name = variables[0]
        raise ExpressionError(f"type a formula, for example {name}^2 - 3{name}", None, text)
    parser = Parser(resolved, text, limits)
    root = parser.whole()
    try:
        check(root, parser.where, limits)
    except ExpressionError as error:
        raise ExpressionError(error.message, error.position, text) from None
    return root, tuple(dict.fromkeys(parser.notes))


def _resolved(token: Token, tokenizer: Tokenizer) -> list[Token]:
    return tokenizer.resolve(token) if token.kind == "word" else [token]


def _without_left_side(tokens: list[Token], tokenizer: Tokenizer) -> list[Token]:
    """The tokens after a leading `y =` or `f(x) =`, the left side having been checked."""
    equals = next((i for i, token in enumerate(tokens) if token.kind == "equals"), None)
    if equals is None:
        return tokens
    left, right = tokens[:equals], tokens[equals + 1 :]
    second = next((token for token in right if token.kind == "equals"), None)
    if second is not None:
        raise tokenizer.error("there is more than one = sign: type one formula", second.start)
    name, inner = left[0] if left else tokens[equals], left[2:-1]
    if name.kind != "word" or len(name.text) > 1 or name.text in tokenizer.variables:
        message = "an equation is not read: type the right-hand side alone, or f(x) = ... at the start"
        raise tokenizer.error(message, tokens[equals].start)
    if len(left) == 1:
        return right
    if left[1].kind != "open" or left[-1].kind != "close" or not inner:
        raise tokenizer.error("only f(x) = ... or y = ... may stand before the formula", left[1].start)
    for place, token in enumerate(inner):
        fits = token.kind == "comma" if place % 2 else token.text in tokenizer.variables
        if not fits:
            names = ", ".join(f"`{name}`" for name in tokenizer.variables)
            raise tokenizer.error(f"this page's formula is in {names}", token.start)
    return right


class Parser:
    """Reads a list of tokens once, left to right. `where` keeps the offset of each node for later errors."""

    def __init__(self, tokens: list[Token], text: str, limits: Limits) -> None:
        self.tokens = tokens
        self.text = text
        self.limits = limits
        self.at = 0
        self.depth = 0
        self.open: list[Token] = []
        self.where: dict[int, int] = {}
        self.notes: list[str] = []

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def error(self, message: str, token: Token) -> ExpressionError:
        return ExpressionError(message, token.start, self.text)

    def made(self, node: Node, token: Token) -> Node:
        """Remembers where the node came from."""
        self.where[id(node)] = token.start
        return node

    @contextmanager
    def level(self, token: Token) -> Iterator[None]:
        """One level of nesting: brackets, signs, functions and exponents inside one another."""
        self.depth += 1
        if self.depth > self.limits.levels:
            raise self.error(f"at most {self.limits.levels} levels inside one another are read", token)
        yield
        self.depth -= 1

    def whole(self) -> Node:
        root = self.expression(0)
        if self.token.kind == "close":
            raise self.error(f"this `{self.token.text}` closes a bracket that was never opened", self.token)
        if self.token.kind != "end":
            raise self.misplaced(self.token)
        return root

    def expression(self, strength: int) -> Node:
        """An operand, and every operator after it that binds more strongly than `strength`."""
        left = self.operand()
        while self.strength_here() > strength:
            left = self.operator(left)
        return left

    def strength_here(self) -> int:
        """How strongly the coming token binds what stands to its left; 0 if it ends the expression."""
        token = self.token
        if token.kind == "sign":
            return STRENGTH[token.text]
        if token.kind == "raised":
            return POWER
        return PRODUCT if self.starts_factor() else 0

    def starts_factor(self) -> bool:
        """Whether a factor without a sign before it comes: 2x, x(x-1), |x||x-1|."""
        if self.token.kind == "bar":
            return not (self.open and self.open[-1].kind == "bar")
        return self.token.kind in STARTS_A_FACTOR

    def operator(self, left: Node) -> Node:
        token = self.token
        if token.kind == "raised":
            return self.raised(left, self.take())
        if token.kind != "sign":
            return self.juxtaposed(left)
        if token.text == "/":
            self.note_power()
        self.take()
        if token.text == "^":
            with self.level(token):
                return self.made(Power(left, self.expression(POWER - 1)), token)
        right = self.expression(STRENGTH[token.text])
        match token.text:
            case "+" | "-" | "*" | "/" as operator:
                return self.made(Binary(operator, left, right), token)
        raise self.misplaced(token)

    def raised(self, base: Node, token: Token) -> Node:
        digits: Node = self.made(Number(token.text.lstrip("-")), token)
        exponent = self.made(Negate(digits), token) if token.text.startswith("-") else digits
        return self.made(Power(base, exponent), token)

    def juxtaposed(self, left: Node) -> Node:
        """left times what follows without a sign; a number never follows so."""
        token, before = self.token, self.tokens[self.at - 1]
        if token.kind == "number":
            message = f"put a sign before `{token.text[:20]}`: * to multiply, ^ for a power"
            raise self.error(message, token)
        if before.kind == "number" and isinstance(left, Binary) and left.operator == "/":
            self.notes.append("1/2x is read as (1/2)x: write 1/(2x) to have both below the line")
        constant_power = isinstance(left, Power) and isinstance(left.base, Number | Constant)
        if constant_power and before.kind == "number" and before.stop == token.start:
            self.notes.append("e^2x is read as (e^2)x: write e^(2x) to have both in the exponent")
        # Of two variables x^2y is no such case.
        if isinstance(left, Power) and left.base == Variable(token.text) and before.stop == token.start:
            x = token.text
            self.notes.append(
                f"{x}^2{x} is read as ({x}^2){x}: write {x}^(2{x}) to have both in the exponent"
            )
        return self.made(Binary("*", left, self.expression(PRODUCT)), token)

    def note_power(self) -> None:
        """Say how x^1/2 is read: nobody writes the power 1 for its own sake, as one does that of x^2/2."""
        *power, one, _, after = self.tokens[max(0, self.at - 3) : self.at + 2]
        sign = "-" if [each.text for each in power] == ["^", "-"] else ""
        if one.text == "1" and after.kind == "number" and (sign or (power[-1:] and power[-1].text == "^")):
            x = next((each.text for each in self.tokens if each.kind == "variable"), "x")
            self.notes.append(f"{x}^{sign}1/2 is read as ({x}^{sign}1)/2: write {x}^({sign}1/2) for the root")

    def operand(self) -> Node:
        """A number, name, bracket, function call or signed operand."""
        token = self.take()
        match token.kind:
            case "number":
                return self.made(Number(token.text), token)
            case "variable":
                return self.made(Variable(token.text), token)
            case "constant":
                return self.made(Constant(token.text), token)
            case "open" | "bar":
                return self.bracket(token)
            case "function":
                return self.function(token)
            case "root":
                return self.root(token)
            case "sign" if token.text in "+-":
                with self.level(token):
                    inner = self.expression(MINUS)
                return inner if token.text == "+" else self.made(Negate(inner), token)
        raise self.misplaced(token)

    def bracket(self, opening: Token) -> Node:
        """What stands between brackets, or the absolute value between bars."""
        inner = self.inside(opening)
        if len(inner) > 1:
            raise self.error("a comma only separates the arguments of min and max: 0.5, not 0,5", opening)
        return self.made(Call("abs", inner), opening) if opening.kind == "bar" else inner[0]

    def inside(self, opening: Token) -> tuple[Node, ...]:
        """The expressions between an opening bracket, already taken, and its closing one."""
        self.open.append(opening)
        with self.level(opening):
            found = [self.expression(0)]
            while self.token.kind == "comma" and opening.kind == "open":
                if self.is_decimal_comma():
                    raise self.error("a decimal number is written with a point: 0.5, not 0,5", self.token)
                self.take()
                found.append(self.expression(0))
        closing = self.token
        if closing.kind == "end":
            raise self.error("the bracket opened here is never closed", self.open[-1])
        expected = "|" if opening.kind == "bar" else BRACKETS[opening.text]
        if closing.text != expected:
            if closing.kind != "close":
                raise self.misplaced(closing)
            message = f"this `{closing.text}` does not close the `{opening.text}` opened before it"
            raise self.error(message, closing)
        self.take()
        self.open.pop()
        return tuple(found)

    def is_decimal_comma(self) -> bool:
        """Whether the comma here stands between digits and not between the arguments of min or max."""
        comma, before, after = self.token, self.tokens[self.at - 1], self.tokens[self.at + 1]
        tight = before.stop == comma.start and comma.stop == after.start
        opening = self.tokens.index(self.open[-1]) if self.open else 0
        name = self.tokens[opening - 1]
        several = bool(self.open) and opening > 0 and name.text in SEVERAL_ARGUMENTS
        return tight and before.kind == after.kind == "number" and not several

    def function(self, token: Token) -> Node:
        """A call: sin(x), sin x, sin 2x, sin^2 x, max(x, 1)."""
        exponent = self.function_exponent(token)
        if self.token.kind == "open":
            arguments = self.inside(self.take())
        elif token.text in SEVERAL_ARGUMENTS:
            raise self.error(f"write {token.text} with brackets: {token.text}(x, 1)", token)
        else:
            arguments = (self.bare_argument(token),)
        several = token.text in SEVERAL_ARGUMENTS
        if several != (len(arguments) > 1):
            wanted = "two arguments or more" if several else "one argument"
            raise self.error(f"{token.text} takes {wanted}, not {len(arguments)}", token)
        call = self.made(self.call(token, arguments), token)
        return call if exponent is None else self.made(Power(call, exponent), token)

    def call(self, token: Token, arguments: tuple[Node, ...]) -> Node:
        if self.text[token.start : token.stop].lower() == "log":
            self.notes.append("log is the natural logarithm: write log10 or log2 for the others")
        if token.text != "round":
            return Call(token.text, arguments)
        self.notes.append("round(x) is read as floor(x + 1/2)")
        half = Binary("/", self.made(Number("1"), token), self.made(Number("2"), token))
        return Call("floor", (self.made(Binary("+", arguments[0], self.made(half, token)), token),))

    def function_exponent(self, function: Token) -> Node | None:
        """The exponent of sin^2 x, which belongs to the whole call."""
        token = self.token
        if token.kind != "raised" and token.text != "^":
            return None
        self.take()
        power = token if token.kind == "raised" else self.take()
        if power.kind not in ("number", "raised") or power.text.startswith("-"):
            name = function.text
            message = f"only a number may stand here, as in {name}^2(x); write 1/{name}(x) or a{name}(x)"
            message = message if name in ("sin", "cos", "tan") else message.split(";")[0]
            raise self.error(message, power)
        return self.made(Number(power.text), power)

    def bare_argument(self, function: Token) -> Node:
        """The argument of a function without brackets: the factors up to a sign, function or bracket."""
        if self.token.kind == "bar" and self.starts_factor():
            return self.bracket(self.take())
        if not self.starts_factor():
            message = f"{function.text} needs something to work on: write {function.text}(x)"
            raise self.error(message, function)
        argument = self.expression(MINUS)
        while self.starts_factor() and self.token.kind not in ("function", "root"):
            token = self.token
            if token.kind == "number":
                return self.juxtaposed(argument)
            if token.kind in ("open", "bar") and not isinstance(argument, Number):
                self.notes.append(
                    "sin x(x - 1) is read as sin(x) times (x - 1): write sin(x(x - 1)) for the other"
                )
                break
            argument = self.made(Binary("*", argument, self.expression(MINUS)), token)
        return argument

    def root(self, token: Token) -> Node:
        """A root sign: it reaches over one factor, so that √2x is √2 times x."""
        degree = ROOTS[token.text]
        with self.level(token):
            if self.token.kind == "open":
                inner = self.bracket(self.take())
            else:
                inner = self.expression(MINUS)
                if self.starts_factor():
                    self.notes.append("√2x is read as √2 times x: write √(2x) for the other")
        if degree < 4:
            return self.made(Call("sqrt" if degree == 2 else "cbrt", (inner,)), token)
        quarter = self.made(Binary("/", self.made(Number("1"), token), self.made(Number("4"), token)), token)
        return self.made(Power(inner, quarter), token)

    def misplaced(self, token: Token) -> ExpressionError:
        """The error for a token that cannot stand where it stands."""
        if token.kind == "comma":
            return self.error(self._comma_message(), token)
        before = self.tokens[self.tokens.index(token) - 1] if token is not self.tokens[0] else None
        if token.kind == "end":
            if before is not None and before.kind in ("open", "bar"):
                return self.error("the bracket opened here is never closed", before)
            if before is not None and before.kind == "sign":
                return self.error(f"something is missing after this `{before.text}`", before)
            return self.error("the formula stops too early", token)
        if token.kind == "close" and before is not None and before.kind == "open":
            return self.error("there is nothing between these brackets", token)
        if token.kind == "raised":
            return self.error("this exponent has nothing before it to raise", token)
        if before is not None and before.kind == "sign":
            return self.error(f"something is missing between `{before.text}` and `{token.text}`", token)
        return self.error(f"`{token.text}` cannot stand here: something is missing before it", token)

    def _comma_message(self) -> str:
        place = self.tokens.index(self.token) if self.token.kind == "comma" else self.at - 1
        around = [self.tokens[i].kind for i in (place - 1, place + 1) if 0 <= i < len(self.tokens)]
        if around == ["number", "number"]:
            return "a decimal number is written with a point: 0.5, not 0,5"
        return "a comma only separates the arguments of min and max"
