"""Every preset with every method, against SymPy's gradient and the textbook's formulas, step by step."""

from functools import cache

import numpy as np
import pytest
import sympy

from calc.basins import trajectories
from calc.expression import parse_expression
from pages.local_and_global_minima.common import METHODS
from pages.local_and_global_minima.presets import ONE, TWO

PRESETS = ONE | TWO
STEPS = 60
MORE_STARTS = 4
FAR = 1e8
UNBOUNDED = ("cubic", "end", "pole", "saddle")


@cache
def by_sympy(slug):
    """The function and its gradient, (d, n) from (d, n), made by SymPy from our tree."""
    function = expression(slug)
    symbols = sympy.symbols(function.variables, real=True)
    whole = function.to_sympy()
    parts = [sympy.lambdify(symbols, part, "numpy") for part in (whole, *(whole.diff(s) for s in symbols))]

    def value(w):
        return parts[0](*w)

    def gradient(w):
        return np.stack([np.broadcast_to(part(*w), w[0].shape) for part in parts[1:]])

    return value, gradient


def expression(slug):
    return parse_expression(PRESETS[slug].text, ("x",) if slug in ONE else ("x", "y"))


def starts(slug):
    """The preset's own start, and some anywhere in its window: (n, d)."""
    preset = PRESETS[slug]
    lows, highs = np.array(preset.window).reshape(-1, 2).T
    others = np.random.default_rng(3).uniform(lows, highs, (MORE_STARTS, len(lows)))
    return np.vstack([np.atleast_2d(preset.start), others])


def textbook_changes(slopes, method, rate):
    """The steps (k, ...) that a method makes of the slopes (k, ...) which it met."""
    v, m, changes = np.zeros_like(slopes[0]), np.zeros_like(slopes[0]), []
    for k, g in enumerate(slopes, start=1):
        if method == "gradient-descent":
            step = g
        elif method == "momentum":
            v = 0.9 * v + g
            step = v
        elif method == "nesterov":
            v = 0.9 * v + g
            step = g + 0.9 * v
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            step = m / (1 - 0.9**k) / (np.sqrt(v / (1 - 0.999**k)) + 1e-8)
        changes.append(-rate * step)
    return np.array(changes)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("slug", PRESETS)
def test_each_step_is_the_textbooks(slug, method):
    """From where a ball really was: two whole runs on a cusp part after a few rounding errors."""
    rate = PRESETS[slug].rate
    rolls = trajectories(expression(slug), starts(slug), method=method, rate=rate, steps=STEPS)
    value, gradient = by_sympy(slug)
    for i in range(len(rolls.status)):
        # What has run away or has left is compared up to there.
        near = (np.abs(rolls.value[i]) < FAR) & (np.abs(rolls.gradient[i]) < FAR).all(axis=1)
        count = len(near) if near.all() else int(np.argmin(near))
        way = rolls.w[i, :count]
        with np.errstate(all="ignore"):
            values, slopes = np.broadcast_to(value(way.T), count), gradient(way.T).T
        # At the bottom of a cusp or corner there is no slope, and the ball feels the mean of both sides.
        slopes = np.where(np.isfinite(slopes), slopes, 0.0)
        changes = textbook_changes(slopes, method, rate)[:-1]
        np.testing.assert_allclose(rolls.gradient[i, :count], slopes, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(rolls.value[i, :count], values, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(np.diff(way, axis=0), changes, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("slug", PRESETS)
def test_the_status_says_what_the_last_numbers_show(slug, method):
    rolls = trajectories(expression(slug), starts(slug), method=method, rate=PRESETS[slug].rate, steps=STEPS)
    for status, way, values, slopes in zip(rolls.status, rolls.w, rolls.value, rolls.gradient, strict=True):
        if status.kind == "diverged":
            finite = np.isfinite(way).all() and np.isfinite(values).all() and np.isfinite(slopes).all()
            if finite:
                rise, drop = values[-1] - values.min(), max(values[0] - values.min(), abs(values[0]))
                assert rise > 10 * drop or np.abs(way[-1] - way[0]).max() > 700
            # Of what is bounded below nobody may say that it falls for ever.
            assert slug in UNBOUNDED or "no minimum in this direction" not in status.text
            continue
        lengths = np.linalg.norm(slopes, axis=1)
        turns = ((slopes[1:] * slopes[:-1]).sum(axis=1) < 0)[-(STEPS // 4) :].sum()
        assert np.isfinite(way).all()
        assert np.isfinite(values).all()
        if status.kind == "converged":
            still = max(1e-10, 1e-6 * lengths[values <= values[0]].max())
            assert (lengths[status.step :] <= still).all()
            assert status.step == 0 or lengths[status.step - 1] > still
        elif status.kind == "oscillating":
            assert turns >= 2
        else:
            assert lengths[-1] > 1e-10 or "it does not stay" in status.text
            assert turns < 2
            ever = lengths[-1] >= 0.999999 * lengths.max() and (np.diff(values[-STEPS // 4 :]) < 0).all()
            back = values[-1] > values[0] and "it comes back" in status.text
            assert status.text.startswith("Still falling" if ever and not back else "Still moving")


@pytest.mark.parametrize("method", METHODS)
def test_the_start_of_each_preset_stays_where_the_function_is_defined(method):
    for slug, preset in PRESETS.items():
        rolls = trajectories(
            expression(slug), np.atleast_2d(preset.start), method=method, rate=preset.rate, steps=STEPS
        )
        assert not rolls.left.any(), slug
