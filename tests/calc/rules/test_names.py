"""Rules by name, in order, and the depth of the tree, on functions derived by hand."""

import pytest

from calc.expression import parse_expression
from calc.rules import derive

C, ID, P, M, S = "constant", "identity", "power", "constant multiple", "sum"
PR, Q, CH, E, L = "product", "quotient", "chain", "exponential", "logarithm"
TR, IT, H, IH, A = (
    "trigonometric",
    "inverse trigonometric",
    "hyperbolic",
    "inverse hyperbolic",
    "absolute value",
)

# Row 7 of the notes comes first: constants, lines, quadratics, powers, sine, cosine, e^x, ln.
KNOWN = [
    ("5", "0", 1, [C]),
    ("pi^2", "0", 1, [C]),
    ("x", "1", 1, [ID]),
    ("3x + 2", "3", 3, [S, M, ID, C]),
    ("x^2", "2*x", 1, [P]),
    ("2x^2 - 3x + 5", "4*x - 3", 4, [S, S, M, P, M, ID, C]),
    ("x^3", "3*x^2", 1, [P]),
    ("x^10", "10*x^9", 1, [P]),
    ("x^-1", "-x^-2", 1, [P]),
    ("1/x", "-(1/x^2)", 2, [Q, C, ID]),
    ("sqrt(x)", "1/2*x^-(1/2)", 1, [P]),
    ("cbrt(x)", "1/3*x^-(2/3)", 1, [P]),
    ("sin(x)", "cos(x)", 1, [TR]),
    ("cos(x)", "-sin(x)", 1, [TR]),
    ("tan(x)", "1/cos(x)^2", 1, [TR]),
    ("sec(x)", "sin(x)/cos(x)^2", 1, [TR]),
    ("csc(x)", "-cos(x)/sin(x)^2", 1, [TR]),
    ("cot(x)", "-1/sin(x)^2", 1, [TR]),
    ("e^x", "e^x", 1, [E]),
    ("exp(x)", "e^x", 1, [E]),
    ("2^x", "2^x*ln(2)", 1, [E]),
    ("ln(x)", "1/x", 1, [L]),
    ("log2(x)", "1/(x*ln(2))", 1, [L]),
    ("log10(x)", "1/(x*ln(10))", 1, [L]),
    ("asin(x)", "1/sqrt(1 - x^2)", 1, [IT]),
    ("acos(x)", "-1/sqrt(1 - x^2)", 1, [IT]),
    ("atan(x)", "1/(1 + x^2)", 1, [IT]),
    ("sinh(x)", "cosh(x)", 1, [H]),
    ("cosh(x)", "sinh(x)", 1, [H]),
    ("tanh(x)", "1/cosh(x)^2", 1, [H]),
    ("asinh(x)", "1/sqrt(1 + x^2)", 1, [IH]),
    ("acosh(x)", "1/sqrt(x^2 - 1)", 1, [IH]),
    ("atanh(x)", "1/(1 - x^2)", 1, [IH]),
    ("|x|", "x/abs(x)", 1, [A]),
    ("floor(x)", "0", 1, ["step"]),
    ("ceil(x)", "0", 1, ["step"]),
    ("-x", "-1", 2, [M, ID]),
    ("3(2x)", "6", 3, [M, M, ID]),
    ("x/4", "1/4", 2, [M, ID]),
    ("0.5x^2", "x", 2, [M, P]),
    ("0.1x^3", "0.3*x^2", 2, [M, P]),
    ("-x^2", "-2*x", 2, [M, P]),
    ("x sin(x)", "sin(x) + x*cos(x)", 2, [PR, ID, TR]),
    ("x^2 e^x", "2*x*e^x + x^2*e^x", 2, [PR, P, E]),
    ("x cos(x)", "cos(x) - x*sin(x)", 2, [PR, ID, TR]),
    ("x/(x+1)", "(x + 1 - x)/(x + 1)^2", 3, [Q, ID, S, ID, C]),
    ("sin(x)/x", "(cos(x)*x - sin(x))/x^2", 2, [Q, TR, ID]),
    ("2/(x^2+1)", "-4*x/(x^2 + 1)^2", 3, [Q, C, S, P, C]),
    ("sin(2x)", "2*cos(2*x)", 3, [CH, TR, M, ID]),
    ("sin(x^2)", "2*x*cos(x^2)", 2, [CH, TR, P]),
    ("(2x+1)^3", "6*(2*x + 1)^2", 4, [CH, P, S, M, ID, C]),
    ("3(2x+1)^2", "12*(2*x + 1)", 5, [M, CH, P, S, M, ID, C]),
    ("e^(3x)", "3*e^(3*x)", 3, [CH, E, M, ID]),
    ("ln(x^2+1)", "2*x*(1/(x^2 + 1))", 3, [CH, L, S, P, C]),
    ("tan(x)/2", "1/(2*cos(x)^2)", 2, [M, TR]),
    ("3(2/x)", "-(6/x^2)", 3, [M, Q, C, ID]),
    ("sin(cos(x))", "-(sin(x)*cos(cos(x)))", 2, [CH, TR, TR]),
    ("sin(cos(x^2))", "-2*x*sin(x^2)*cos(cos(x^2))", 3, [CH, TR, CH, TR, P]),
    ("x^x", "x^x*(ln(x) + x/x)", 2, ["f^g", ID, ID]),
    ("max(x, 1)", "1/2*(1 + sign(x - 1))", 2, ["maximum", ID, C]),
    ("min(x, 1)", "1/2*(1 + sign(1 - x))", 2, ["maximum", ID, C]),
]


@pytest.mark.parametrize(("text", "after", "depth", "names"), KNOWN)
def test_rules_in_order(text, after, depth, names):
    step = derive(parse_expression(text))
    assert [part.rule for part in step.walk()] == names
    assert step.depth == depth
    assert step.after.text == after
