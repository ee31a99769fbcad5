"""Functions to begin with, named after the rule that they show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """A function as one would type it."""

    title: str
    text: str


PRESETS = {
    "product": Preset("Product rule", "x^2 sin(x)"),
    "power": Preset("Power rule", "x^5"),
    "sum": Preset("Sum rule", "x^3 - 2x + 7"),
    "quotient": Preset("Quotient rule", "sin(x)/x"),
    "chain": Preset("Chain rule", "sin(x^2)"),
    "exponential": Preset("Exponentials", "e^x + 2^x"),
    "logarithm": Preset("Logarithm", "ln(x^2 + 1)"),
    "deep": Preset("Chain in a chain", "e^(-(sin(x))^2)"),
    "all": Preset("All at once", "(x^2 + 1) e^(-x) / ln(x)"),
}


@dataclass(frozen=True)
class Common:
    """A function whose derivative one should know, on the stretch of x where it is seen best.

    Attributes:
        most: values and slopes beyond it are not drawn: those beside a pole.
    """

    title: str
    text: str
    window: tuple[float, float] = (-3.0, 3.0)
    words: str = ""
    most: float = 1e3


COMMON = {
    "square": Common("x²", "x^2", words="Left of 0 it falls, right of 0 it rises: its slope makes a line."),
    "constant": Common("A constant", "2", words="A constant never changes: its slope is 0 everywhere."),
    "line": Common("A line", "2x - 1", words="A line has one slope, the same everywhere."),
    "cube": Common("x³", "x^3", (-2.0, 2.0), "It rises on both sides of 0, where its slope is 0 for an instant."),
    "power": Common("xⁿ", "x^n", (-2.0, 2.0), "The exponent comes down as a factor, and goes down by one."),
    "reciprocal": Common("1/x", "1/x", words="It falls on both sides of 0, where it has no value.", most=8.0),
    "root": Common("√x", "sqrt(x)", (-0.5, 4.0), "Close to 0 it gets ever steeper: at 0 the tangent is vertical."),
    "modulus": Common("|x|", "|x|", words="Left of 0 the slope is −1, right of it 1; at the corner there is none."),
    "exp": Common("eˣ", "e^x", (-3.0, 2.0), "Its slope is its value, everywhere: eˣ is its own derivative."),
    "ln": Common("ln x", "ln(x)", (-0.5, 5.0), "It undoes eˣ, so its slope at x is the reciprocal, 1/x."),
    "sin": Common("sin x", "sin(x)", (-6.5, 6.5), "Where the sine is at its top or bottom, the cosine is 0."),
    "cos": Common("cos x", "cos(x)", (-6.5, 6.5), "The derivative is minus the sine: right of 0 the cosine falls."),
    "tan": Common("tan x", "tan(x)", (-4.5, 4.5), "It rises wherever it has a value: 1/cos²x is never below 1.", 8.0),
}  # fmt: skip
