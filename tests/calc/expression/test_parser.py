"""What is read, what it means, and what a person is told when it cannot be read."""

import copy
import pickle

import numpy as np
import pytest

from calc.expression import Expression, ExpressionError, parse_expression
from tests.calc.expression.samples import GOOD, GOOD_BELOW_ZERO

POINTS = (0.3, 1.25, 2.75)


def test_there_are_enough_good_ones() -> None:
    assert len({text for text, _ in GOOD}) >= 80


@pytest.mark.parametrize(("text", "meaning"), GOOD, ids=[text for text, _ in GOOD])
def test_good_text_means_what_is_meant(text: str, meaning) -> None:
    expression = parse_expression(text)
    values = expression(np.array(POINTS))
    np.testing.assert_allclose(values, [meaning(x) for x in POINTS], rtol=1e-13)


@pytest.mark.parametrize(("text", "meaning"), GOOD_BELOW_ZERO, ids=[text for text, _ in GOOD_BELOW_ZERO])
def test_negative_numbers_have_real_roots(text: str, meaning) -> None:
    points = [-0.3, -1.25, -2.75]
    values = parse_expression(text)(np.array(points))
    np.testing.assert_allclose(values, [meaning(x) for x in points], rtol=1e-13)


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_canonical_text_gives_the_same_tree(text: str) -> None:
    expression = parse_expression(text)
    assert parse_expression(expression.text) == expression


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("3x^2 - sin x", "3*x^2 - sin(x)"),
        ("1/2x", "1/2*x"),
        ("x^y^2", "x^y^2"),
        ("(x^y)^2", "(x^y)^2"),
        ("-x^2", "-x^2"),
        ("(-x)^2", "(-x)^2"),
        ("x-(y-1)", "x - (y - 1)"),
        ("1.50x + 1e3", "1.5*x + 1000"),
        ("xy", "x*y"),
        ("f(x, y) = x²+y²", "x^2 + y^2"),
        ("z = |x||y|", "abs(x)*abs(y)"),
        ("1e-20", "1e-20"),
        ("007.50", "7.5"),
        ("0.0", "0"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert parse_expression(text, ("x", "y")).text == canonical


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("sinn(x)", 0, "I don't know `sinn` (did you mean sin?)"),
        ("2 + squrt(x)", 4, "did you mean sqrt?"),
        ("sine x", 0, "did you mean sin"),
        ("(x+1", 0, "the bracket opened here is never closed"),
        ("2(x+(x-1)", 1, "the bracket opened here is never closed"),
        ("sin(x", 3, "the bracket opened here is never closed"),
        ("2|x", 1, "the bracket opened here is never closed"),
        ("(", 0, "the bracket opened here is never closed"),
        ("x!", 1, "factorials are left out: they grow too fast to draw"),
        ("0,5x", 1, "write"),
        ("0,5x", 1, "0.5, not 0,5"),
        ("sin(0,5)", 5, "0.5, not 0,5"),
        ("(0,5)", 2, "0.5, not 0,5"),
        ("(x, 1)", 0, "min and max"),
        ("x, 1", 1, "min and max"),
        ("х + 1", 0, "U+0445 (cyrillic small letter ha); it only looks like `x`"),
        ("2ｘ", 1, "only looks like `x`"),
        ("ν", 0, "only looks like `v`"),
        ("", None, "type a formula"),
        ("   ", None, "type a formula"),
        ("y =", None, "type a formula"),
        ("2t", 1, "this page's variable is `x`"),
        ("x + ", 2, "something is missing after this `+`"),
        ("x */ 2", 3, "something is missing between `*` and `/`"),
        ("* x", 0, "something is missing before it"),
        ("x)", 1, "never opened"),
        ("(x]", 2, "does not close the `(`"),
        ("()", 1, "nothing between these brackets"),
        ("sin", 0, "sin needs something to work on"),
        ("sin + 2", 0, "sin needs something to work on"),
        ("x 2", 2, "put a sign before `2`"),
        ("x2", 1, "put a sign before `2`"),
        ("sin x 2", 6, "put a sign before `2`"),
        ("max x", 0, "write max with brackets"),
        ("max(x)", 0, "two arguments or more"),
        ("sin(x, 1)", 0, "sin takes one argument, not 2"),
        ("log(x, 2)", 0, "one argument"),
        ("sin^-1 x", 4, "asin(x)"),
        ("1/0", 1, "divides by zero"),
        ("x + sqrt(-4)", 4, "no real value"),
        ("x = 3", 2, "an equation"),
        ("f(t) = t", 2, "this page's formula is in `x`"),
        ("x == 1", 3, "more than one ="),
        ("x^101", 1, "exponents up to 100"),
        ("(x^50)^50", 6, "total exponent"),
        ("x^x^x^x^x", 1, "3 powers inside"),
        ("1e31", 0, "constants up to 1e+30"),
        ("x + 2^99*2^99", 8, "constants up to 1e+30"),
        ("1e-31x", 0, "too small"),
        ("x + 1e-999", 4, "too small"),
        ("1234567890123456", 0, "15 digits"),
        ("sin sin sin sin sin sin x", 0, "5 functions inside"),
        ("x" + "+x" * 100, 200, "201 characters"),
        ("x" + "+x" * 45, None, "91 parts"),
        ("(" * 26 + "x" + ")" * 26, 25, "25 levels"),
        ("\\frac", 0, "LaTeX"),
        ("x < 1", 2, "inequalities"),
        ("x_1", 1, "underscore"),
        ("i + 1", 0, "complex"),
        ("x\u200b", 1, "U+200B (zero width space)"),
        ("1.2.3", 3, "one decimal point"),
        ("²", 0, "nothing before it"),
        ("x¹²³", 1, "exponents up to 100"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(text: str, position: int | None, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    error = caught.value
    if words != "write":
        assert words in error.message
    assert error.position == position
    assert error.text == text
    assert str(error) == error.message


def test_the_pointer_is_a_line_of_text_and_a_caret() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression("2 +\tsinn(x)")
    assert caught.value.pointer() == "2 + sinn(x)\n    ^"


def test_the_pointer_shows_no_character_that_moves_others() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression("x\u202e\x00\ud800ש漢\u0301+")
    assert caught.value.pointer() == "x□□□□□□+\n ^"


def test_two_variables_are_named_in_the_error() -> None:
    with pytest.raises(ExpressionError, match="variables are `u` and `v`"):
        parse_expression("u + t", ("u", "v"))


def test_notes_say_what_was_assumed() -> None:
    assert "natural" in parse_expression("log x").notes[0]
    assert "1/(2x)" in parse_expression("1/2x").notes[0]
    assert "e^(2x)" in parse_expression("e^2x").notes[0]
    assert "x^(2x)" in parse_expression("x^2x").notes[0]
    assert "x^(1/2)" in parse_expression("x^1/2").notes[0]
    assert "x^(-1/2)" in parse_expression("3x^-1/2").notes[0]
    assert parse_expression("x^4/4 - 1/2 + x^2 x + x^(1/2)").notes == ()
    assert "floor" in parse_expression("round x").notes[0]
    assert parse_expression("ln(x) + log10(x) + x^2*y", ("x", "y")).notes == ()


def test_names_of_variables() -> None:
    assert parse_expression("w1*w2 + b", ("w1", "w2", "b")).variables == ("w1", "w2", "b")
    assert parse_expression("T^2", ("T",)).text == "T^2"
    for names in ((), ("e",), ("sin",), ("x", "x"), ("__import__",), ("x y",), ("",), ("х",), ("i",)):
        with pytest.raises(ValueError, match="name"):
            parse_expression("1", names)


def test_an_expression_is_a_value() -> None:
    one, other = parse_expression("log x"), parse_expression("ln(x)")
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    with pytest.raises(AttributeError):
        one.root = other.root
    assert isinstance(one, Expression)
    with pytest.raises(ExpressionError) as caught:
        parse_expression("x!")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.message, again.position, again.text) == (caught.value.message, 1, "x!")


def test_names_of_other_schools_are_read_or_answered() -> None:
    assert parse_expression("ctg x").to_sympy() == parse_expression("cot x").to_sympy()
    assert parse_expression("arctg x").to_sympy() == parse_expression("atan x").to_sympy()
    with pytest.raises(ExpressionError, match=r"write log10\(x\)"):
        parse_expression("lg x")
