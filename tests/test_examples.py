"""Every example of every docstring is found, and holds."""

import doctest
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [path for room in ("calc", "pages") for path in sorted((ROOT / room).rglob("*.py"))]
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in FILES
    if ">>>" in path.read_text("utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_hold(name):
    failed, tried = doctest.testmod(
        import_module(name),
        extraglobs={"np": np, "Fraction": Fraction},
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )
    assert tried > 0
    assert failed == 0
