"""Operations of typed formulas, against counts by hand."""

import pytest

from calc.expression import parse_expression
from calc.operations import OperationCount, count_operations, of_product, of_sum


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", OperationCount()),
        ("-x", OperationCount()),
        ("1/3", OperationCount()),
        ("x/3 - 2x", OperationCount(additions=1, multiplications=2)),
        ("x^2 + x^1", OperationCount(additions=1, powers=1)),
        ("x^x", OperationCount(powers=1)),
        ("x^(x + 1)", OperationCount(additions=1, powers=1)),
        ("ln(x^3)", OperationCount(powers=1, calls=1)),
        ("max(x, 1, 2x)", OperationCount(multiplications=1, calls=2)),
        ("sin x * sin x", OperationCount(multiplications=1, calls=2)),
    ],
)
def test_counts_by_hand(text, expected):
    expression = parse_expression(text)
    assert count_operations(expression) == count_operations(expression.root) == expected


def test_sums_and_products_of_parts():
    parts = [OperationCount(calls=1), OperationCount(powers=1), OperationCount()]
    assert of_sum(parts) == OperationCount(additions=2, powers=1, calls=1)
    assert of_product(parts) == OperationCount(multiplications=2, powers=1, calls=1)
    assert of_sum([]) == of_product([]) == OperationCount()
