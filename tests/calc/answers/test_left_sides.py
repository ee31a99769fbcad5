"""What one writes before a derivative is no mistake."""

import pytest

from calc.answers import judge, read_answer
from calc.expression import ExpressionError, parse_expression

LEFT = ["", "=", "y =", "y' =", "y′=", "f' =", "f'(x) =", "f(x) =", "f ’ ( x ) =", "dy/dx =", "d y / d x=", "df/dx =",
        "d/dx f(x) =", "d/dx (x^2 sin x) =", "f´(x) =", "y` =", "(x^2 sin x)' =", "d(x^2 sin x)/dx =",
        "Df(x) =", " D f ="]  # fmt: skip


@pytest.mark.parametrize("left", LEFT)
def test_a_left_side_is_left_out(left: str) -> None:
    f = parse_expression("x^2 sin x")
    assert judge(f, f"{left} 2xsinx + x^2 cosx").kind == "right"
    assert judge(f, f"{left} 2xcosx").mistakes[0].kind == "product"


@pytest.mark.parametrize("text", ["2x = 2x", "y' = 2x = 2x", "x =", "f'(x)", "'", "dy/dx", "= =", "y' ="])
def test_what_is_no_left_side_gets_a_sentence(text: str) -> None:
    with pytest.raises(ExpressionError) as found:
        read_answer(text, ("x",))
    assert len(found.value.message) > 10


@pytest.mark.parametrize("text", ["2x + C", "y' = 2x+c", "x^3/3 + C "])
def test_a_constant_of_integration_gets_its_sentence(text: str) -> None:
    with pytest.raises(ExpressionError, match="belongs to an integral"):
        read_answer(text, ("x",))
    assert read_answer("2x + c", ("x", "c")).text == "2*x + c"
