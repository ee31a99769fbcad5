"""What one writes before a derivative is no mistake."""

import pytest

from calc.answers import judge, read_answer
from calc.expression import ExpressionError, parse_expression

LEFT = ["", "=", "y =", "y' =", "y′=", "f' =", "f'(x) =", "f(x) =", "f ’ ( x ) =", "dy/dx =", "d y / d x=", "df/dx =",
        "d/dx f(x) =", "d/dx (x^2 sin x) ="]  # fmt: skip


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
