"""What the Taylor polynomial of a piece says of it, by signs of derivatives at many places of it."""

import numpy as np
import pytest
from flint import fmpq

from calc.expression import parse_expression
from calc.minima.pieces import Behaviour
from calc.minima.search import Search


@pytest.mark.parametrize(
    ("text", "said"),
    [("x/2 + x^2/9", "RISES"), ("-x/2 + x^2/9", "FALLS"), ("-5x - sin x", "FALLS"), ("x^2/9", "CONVEX"),
     ("-x^2/9", "CONCAVE"), ("cos(x/2)", "CONCAVE"), ("x^3", None)],
)  # fmt: skip
def test_the_polynomial_tells_how_a_function_goes_on(text, said):
    expression = parse_expression(text)
    found = Search(expression.root, "x", fmpq(-1), fmpq(1))._by_taylor_form(fmpq(-1), fmpq(1))
    assert found is (None if said is None else Behaviour[said])
    jet = expression.jet(np.linspace(-1, 1, 201))
    signs = {"RISES": jet.first, "FALLS": -jet.first, "CONVEX": jet.second, "CONCAVE": -jet.second}
    assert said is None or (signs[said] > 0).all()
