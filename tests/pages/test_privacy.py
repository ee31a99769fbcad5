"""What a visitor uploads or types into a table is in that visitor's session alone, and goes with it."""

import gc
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pages.shared.table_source import FILES
from tests.pages.app import opened, problems

NUMBER = 8765.4321
NAME = "zvqx"
"""A number and a column's name that stand nowhere else."""

FILE = f"{NAME},price,label\n" + "".join(
    f"{NUMBER if row == 3 else row},{100 * row + row % 3},{row % 2}\n" for row in range(1, 90)
)
SMALL = f"1_{NUMBER}~2_300~3_450~4_{NUMBER / 2}"


def of_file(path: str, **parameters: str):
    app = opened(path, data="csv", **parameters)
    app = app.file_uploader[0].set_value((f"{NAME}.csv", FILE.encode(), "text/csv")).run()
    assert NAME in str([box.options for box in app.selectbox])
    return app


WAYS = {
    "regression, file": lambda: of_file("linear-regression"),
    "regression, table": lambda: opened("linear-regression", data="table", points=SMALL),
    "classifier, file": lambda: of_file("log-loss", show="classifier"),
    "classifier, table": lambda: opened(
        "log-loss", show="classifier", data="table", rows=f"1_{NUMBER}_0~2_3_1~3_1_0~4_2_1~1_2_0"
    ),
    "square loss": lambda: opened("square-loss", points=f"1~{NUMBER}~3"),
    "product, table": lambda: opened("log-versus-product", f="table", rows=f"(p+{NUMBER})^(2)~(1-p)^(3)"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_visitor_is_left_when_the_session_has_ended(way):
    opened("").run()
    app = WAYS[way]()
    assert problems(app) == []
    assert list(remembered(gc.get_objects())), "the search finds what is there"
    del app
    gc.collect()
    assert list(remembered(gc.get_objects())) == []


def remembered(objects: Any) -> Iterator[str]:
    """Where the number or the name stands in the objects, and in what they hold."""
    for each in objects:
        if id(each) in OURS:
            continue
        try:
            if isinstance(each, dict):
                parts = [*each.keys(), *each.values()]
            elif isinstance(each, list | tuple | set | frozenset):
                parts = list(each)
            elif hasattr(each, "__dict__") and not isinstance(each, type):
                parts = list(vars(each).values())
            else:
                parts = []
            if any(holds(part) for part in (each, *parts)):
                yield f"{type(each)}: {str(each)[:200]}"
        except Exception:  # An object that is half gone, or cannot be looked at.
            continue


def holds(part: Any) -> bool:
    match part:
        case float():
            return math.isclose(part, NUMBER, rel_tol=1e-12)
        case str():
            return NAME in part and len(part) < 200 and part != NAME
        case bytes():
            return NAME.encode() in part
        case np.ndarray():
            return part.dtype.kind == "f" and bool((part == NUMBER).any())
        case pd.DataFrame():
            return NAME in part.columns or bool((part == NUMBER).any(axis=None))
    return False


OURS = {id(globals()), id(WAYS)}


def test_a_session_keeps_few_files():
    app = opened("linear-regression", data="csv")
    for number in range(FILES + 3):
        text = FILE.replace("price", f"price{number}")
        app = app.file_uploader[0].set_value((f"{number}.csv", text.encode(), "text/csv")).run()
        assert problems(app) == []
    assert len(app.session_state["files"]) == FILES
