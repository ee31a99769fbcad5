"""What a link to `derivative-rules` may say: which look is open, and the controls of each."""

from pages.derivative_rules.presets import COMMON, PRESETS
from pages.shared.fields import Choice, Flag, Number, Text, Whole
from pages.shared.formula import LONGEST
from pages.shared.functions import OWN, SHOWN, TYPED, titles

LOOK = Choice(
    "look", "which look is open", "Look",
    {"steps": "Step by step", "practise": "Practise", "pictures": "Pictures", "functions": "Common functions"},
)  # fmt: skip
NOTATION = Choice(
    "notation", "how derivatives are written", "Notation", {"lagrange": "Lagrange: f′", "leibniz": "Leibniz: dy/dx"}
)  # fmt: skip
F = Choice("f", "step by step: a preset, or `own`", "Function", titles(PRESETS))
RULES = {
    "power": "Powers", "sum": "Sums", "product": "Products", "quotient": "Quotients", "chain": "Chain rule",
    "exponential": "Exponentials", "trigonometric": "Trigonometric", "logarithm": "Logarithms", "mixed": "Mixed",
    TYPED: "My own function",
}  # fmt: skip
RULE = Choice("rule", "practise: of which rule, or `own`", "Rule", RULES)
DIFFICULTY = Whole("difficulty", "practise: how hard", "Difficulty", 1, 3, default=1)
SEED = Whole("problem", "practise: number of the problem", "Problem number", 0, 999, default=0,
             help="With the same number a whole class gets the same problem.")  # fmt: skip
ANSWER = Text("answer", "practise: the answer as it was typed", "f′ =", LONGEST)
WORKED = Flag("worked", "practise: the worked solution is open", "Worked solution")
PICTURE = Choice(
    "picture", "which picture is shown", "Picture",
    {"rules": "Sum, product, chain", "inverse": "Inverse functions", "e": "The number e"},
)  # fmt: skip
AT = Number("at", "pictures of the rules: the point x", "The point x", 0.2, 0.9, 0.8)
FUNCTION = Choice(
    "function", "which common function", "Function", {slug: each.title for slug, each in COMMON.items()}
)
EXPONENT = Whole("n", "exponent of xⁿ", "Exponent n", -3, 6, default=4)
FIELDS = (
    LOOK, NOTATION, F, OWN, SHOWN, RULE, DIFFICULTY, SEED, ANSWER, WORKED, PICTURE, AT, FUNCTION, EXPONENT,
)  # fmt: skip
