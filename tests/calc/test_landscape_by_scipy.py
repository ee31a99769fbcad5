"""The minima of functions of two variables, against SciPy from a dense grid of starts.

There is no proof in two dimensions: a landscape calls nothing proved. The saddles are tested in test_saddles.py.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from scipy.optimize import minimize

from calc.basins.landscape import Landscape, landscape
from calc.expression import parse_expression

STARTS = 8
"""Along each side."""
FUNCTIONS = [
    ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-5, 5, -5, 5)),
    ("(x^2 - 1)^2 + (y^2 - 1)^2 + 0.3x y", (-2, 2, -2, 2)),
    ("(1 - x)^2 + 100(y - x^2)^2", (-2, 2, -1, 3)),
    ("sin(x) + cos(y) + 0.05(x^2 + y^2)", (-8, 8, -8, 8)),
    ("x^2 - y^2 + y^4/4", (-3, 3, -3, 3)),
    ("-e^(-(x - 1)^2 - y^2) - 2e^(-(x + 1)^2 - (y - 1)^2)", (-3, 3, -3, 3)),
    ("x^2 + y^2 + 3sin(2x)sin(2y)", (-3, 3, -3, 3)),
    ("(4 - 2.1x^2 + x^4/3)x^2 + x y + (4y^2 - 4)y^2", (-2, 2, -1.5, 1.5)),
]


def minima_by_scipy(text: str, window: tuple[float, float, float, float]) -> list[np.ndarray]:
    """The places inside the window to which BFGS comes, with a curvature that is surely positive."""
    expression = parse_expression(text, ("x", "y"))
    xs, ys = (np.linspace(*window[i : i + 2], STARTS + 2)[1:-1] for i in (0, 2))
    found: list[np.ndarray] = []
    for start in np.array(np.meshgrid(xs, ys)).reshape(2, -1).T:
        at = minimize(lambda p: expression(*p), start, jac=lambda p: expression.derivative(*p), tol=1e-9).x
        jet = expression.jet(*at)
        if np.linalg.norm(jet.first) > 1e-6 or np.linalg.eigvalsh(jet.second)[0] < 1e-3:
            continue
        inside = window[0] <= at[0] <= window[1] and window[2] <= at[1] <= window[3]
        if inside and not any(np.linalg.norm(at - other) < 1e-4 for other in found):
            found.append(at)
    return found


@pytest.mark.parametrize(("text", "window"), FUNCTIONS)
def test_every_minimum_that_scipy_comes_to_is_found(
    text: str, window: tuple[float, float, float, float]
) -> None:
    seen = landscape(parse_expression(text, ("x", "y")), window)
    wanted = minima_by_scipy(text, window)
    assert wanted
    for place in wanted:
        assert np.linalg.norm(seen.points - place, axis=1).min() < 1e-6
    # And no other: each is one that SciPy comes to.
    for place in seen.minima:
        assert min(np.linalg.norm(place - other) for other in wanted) < 1e-4


def test_nothing_is_called_proved_in_two_dimensions() -> None:
    assert not any("prove" in each.name for each in fields(Landscape))
