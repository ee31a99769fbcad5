"""What a visitor uploads or types into a table is in that visitor's session alone, and goes with it."""

import functools
import gc
import math
import types
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
    caches_before = sizes()
    app = WAYS[way]()
    assert problems(app) == []
    # A page that is opened for the first time fills caches with what is everyone's, so it is opened twice.
    assert list(remembered(*vars(app.session_state["_visit"]).values())), "the search finds what is there"
    again = WAYS[way]()
    assert problems(again) == []
    del app, again
    gc.collect()
    for name, cache in caches().items():
        if cache.cache_info().currsize > caches_before.get(name, 0):
            assert list(remembered(*gc.get_referents(cache))) == [], name


def caches() -> dict[str, Any]:
    """Every `lru_cache` of the pages, also those inside decorators."""
    found = {}
    for each in gc.get_objects():
        # `isinstance` asks a weak proxy for the class of what it stood for, which may be gone.
        if type(each) is functools._lru_cache_wrapper:
            module = getattr(each, "__module__", "") or ""
            if module.startswith("pages"):
                found[f"{module}.{each.__qualname__}"] = each
    return found


def sizes() -> dict[str, int]:
    return {name: cache.cache_info().currsize for name, cache in caches().items()}


def remembered(*roots: Any) -> Iterator[str]:
    """Where the number or the name stands in the objects, and in all that they hold."""
    seen: set[int] = set()
    ahead = list(roots)
    while ahead:
        each = ahead.pop()
        if id(each) in seen or isinstance(each, type | types.ModuleType | types.FunctionType):
            continue
        seen.add(id(each))
        if holds(each):
            yield f"{type(each)}: {str(each)[:200]}"
        if isinstance(each, np.ndarray | pd.DataFrame | str | bytes | float | int):
            continue
        ahead += gc.get_referents(each)


def holds(part: Any) -> bool:
    match part:
        case float():
            return math.isclose(part, NUMBER, rel_tol=1e-12)
        case str():
            return NAME in part or str(NUMBER) in part
        case bytes():
            return NAME.encode() in part
        case np.ndarray():
            return part.dtype.kind == "f" and bool((part == NUMBER).any())
        case pd.DataFrame():
            return NAME in part.columns or bool((part == NUMBER).any(axis=None))
    return False


def test_a_session_keeps_few_files():
    app = opened("linear-regression", data="csv")
    for number in range(FILES + 3):
        text = FILE.replace("price", f"price{number}")
        app = app.file_uploader[0].set_value((f"{number}.csv", text.encode(), "text/csv")).run()
        assert problems(app) == []
    assert len(app.session_state["_files"]) == FILES
