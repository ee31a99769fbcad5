"""What a visitor uploads or types into a table is in that visitor's session alone, and goes with it."""

import functools
import gc
import math
import types
import weakref
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
import pytest

from calc.basins import BasinMap, basin_map
from calc.expression import parse_expression
from pages.local_and_global_minima import colours
from pages.shared.memory import OWN, Memory
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
    "minima, one variable": lambda: opened(
        "local-and-global-minima",
        f="own",
        own=f"(x-1)^2 + {NUMBER} sin x",
        symbolic="true",
        rates="true",
    ),
    "minima, two variables": lambda: opened(
        "local-and-global-minima",
        variables="2",
        f="own",
        own=f"x^2 + (y - 1)^4/{NUMBER}",
        ground="basins",
    ),
    "minima, an error": lambda: opened("local-and-global-minima", f="own", own=f"{NUMBER} +"),
    "product, typed": lambda: opened("log-versus-product", f="typed", own=f"(p+{NUMBER})^2 (1-p)^3"),
    "product, table": lambda: opened("log-versus-product", f="table", rows=f"(p+{NUMBER})^(2)~(1-p)^(3)"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_visitor_is_left_when_the_session_has_ended(way):
    app = WAYS[way]()
    assert problems(app) == []
    assert list(remembered(*vars(app.session_state["_visit"]).values())), "the search finds what is there"
    del app
    gc.collect()
    assert [memory.name for memory in memories() if len(memory.everyone_s)] == []
    for name, cache in caches().items():
        assert list(remembered(*gc.get_referents(cache))) == [], name


def test_sessions_that_ask_the_same_share_one_result_until_the_last_one_ends():
    parameters = {"f": "own", "own": "x^4 - 3x^2 + x/7"}
    find = next(each for each in memories() if each.name.endswith("runs.find"))
    first = opened("local-and-global-minima", **parameters)
    (found,) = find.everyone_s.values()
    second = opened("local-and-global-minima", **parameters)
    assert list(find.everyone_s.values()) == [found]
    del first, found
    gc.collect()
    assert len(find.everyone_s) == 1
    del second
    gc.collect()
    assert len(find.everyone_s) == 0


def test_a_session_keeps_few_results():
    app = opened("local-and-global-minima")
    for start in range(2 * OWN):
        app.number_input(key="x0").set_value(start / 10).run()
    assert all(len(own) <= OWN for own in app.session_state["_kept"].values())
    assert max(len(own) for own in app.session_state["_kept"].values()) == OWN


def test_results_are_freed_when_together_they_are_too_large():
    memory: Memory[str] = Memory("of a test")
    held = [memory.keep(number, 10 * str(number)) for number in range(5)]
    memory.bound(25, len)
    assert [hasattr(each, "value") for each in held] == [False, False, False, True, True]
    assert [memory.recall(number) is not None for number in range(5)] == [False, False, False, True, True]


def test_a_map_that_is_freed_goes_with_its_pictures():
    wells = parse_expression("(x^2 - 1)^2 + y^2", ("x", "y"))
    found = basin_map(wells, (-2, 2, -1, 1), (8, 8), method="gradient-descent", rate=0.05, steps=50)
    memory: Memory[BasinMap] = Memory("of a test of maps")
    held, gone = memory.keep("wells", found), weakref.ref(found)
    assert colours.basins(found, "light") is colours.basins(found, "light")
    del found
    memory.bound(0, lambda each: each.reached.size)
    gc.collect()
    assert held
    assert gone() is None


def memories() -> list[Memory[Any]]:
    """Every memory that sessions share."""
    return [each for each in gc.get_objects() if type(each) is Memory]


def caches() -> dict[str, Any]:
    """Every cache of this process that outlives sessions, also those inside decorators."""
    found = {}
    for each in gc.get_objects():
        # `isinstance` asks a weak proxy for the class of what it stood for, which may be gone.
        if type(each) in (functools._lru_cache_wrapper, WeakKeyDictionary):
            module = getattr(each, "__module__", "") or ""
            if module.startswith(("pages", "calc", "weakref")):
                found[f"{module} {getattr(each, '__qualname__', '')} {id(each)}"] = each
    return found


def remembered(*roots: Any) -> Iterator[str]:
    """Where the number or the name stands in the objects, and in all that they hold."""
    seen: set[int] = set()
    ahead = list(roots)
    while ahead:
        each = ahead.pop()
        if id(each) in seen or isinstance(each, type | types.ModuleType):
            continue
        seen.add(id(each))
        if holds(each):
            yield f"{type(each)}: {str(each)[:200]}"
        if isinstance(each, np.ndarray | pd.DataFrame | str | bytes | float | int):
            continue
        # Of a function what it closes over: its module's globals are everyone's.
        ahead += (each.__closure__ or ()) if isinstance(each, types.FunctionType) else gc.get_referents(each)


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
