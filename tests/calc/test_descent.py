"""Five methods against Optax, on both backends; one loop; a status that tells how it ended."""

from __future__ import annotations

import itertools
import math
import re
from functools import partial

import numpy as np
import optax
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.parsing.sympy_parser import implicit_multiplication, standard_transformations

from calc.backend import NUMPY, choose
from calc.descent import METHODS, descend
from calc.descent.status import classify, falls_without_flattening, round_down
from calc.descent.stochastic import batches
from tests.numbers import read

HESSIAN = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 0.4]])
CENTRE = np.array([1.0, -2.0, 30.0])
START = np.array([5.0, 5.0, -5.0])
FULL_BATCH = ["gradient-descent", "momentum", "nesterov", "adam"]
WITH_A_LIMIT = ["gradient-descent", "momentum", "nesterov"]


def bowl_gradient(hessian, centre, w, k):
    return hessian @ (w - centre)


def bowl_loss(w):
    return ((w - CENTRE) @ HESSIAN * (w - CENTRE)).sum(axis=1) / 2


bowl = partial(bowl_gradient, HESSIAN, CENTRE)


def descend_line(derivative, value, w0, *, method="gradient-descent", rate, steps, **more):
    """A descent on a function of one variable."""
    return descend(
        lambda w, k: derivative(w),
        [w0],
        method=method,
        rate=rate,
        steps=steps,
        loss=lambda w: value(w[:, 0]),
        **more,
    )


def square(w0, **more):
    return descend_line(lambda w: 2 * w, lambda w: w**2, w0, **more)


# The methods


def optax_path(optimizer, steps):
    """The iterates of the independent reference."""
    choose("jax").xp.ones(1)  # 64-bit
    w, state = START, optimizer.init(START)
    path = [START]
    for k in range(steps):
        change, state = optimizer.update(np.asarray(bowl(w, k)), state)
        w = w + np.asarray(change)
        path.append(w)
    return np.array(path)


REFERENCES = {
    "gradient-descent": optax.sgd,
    "stochastic": optax.sgd,
    "momentum": partial(optax.sgd, momentum=0.9),
    "nesterov": partial(optax.sgd, momentum=0.9, nesterov=True),
    "adam": optax.adam,
}


@pytest.mark.parametrize("backend", ["numpy", "jax"])
@pytest.mark.parametrize("name", METHODS)
def test_every_iterate_agrees_with_optax(name, backend):
    run = descend(bowl, START, method=name, rate=0.1, steps=60, loss=bowl_loss, backend=choose(backend))
    np.testing.assert_allclose(run.w, optax_path(REFERENCES[name](0.1), 60), rtol=1e-9, atol=1e-11)
    assert isinstance(run.w, np.ndarray)
    assert run.w.shape == (61, 3)
    assert run.gradient.shape == (61, 3)
    assert run.step_gradient.shape == run.change.shape == (60, 3)
    np.testing.assert_allclose(run.gradient, (run.w - CENTRE) @ HESSIAN, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(run.loss, bowl_loss(run.w))


PYTHON = (
    (r"\\nabla L(_\{B_k\})?\(w_k\)|\bg_k", " g "), (r"\\(begin|end)\{aligned\}|\\left|\\right|\\,|&", " "),
    (r"_\{k\+1\}", "1"), (r"\b([wvm])_k", r"\g<1>0"), (r"\\(beta|eta|varepsilon)_?", r"\1"), (r"\^", "**"),
    (r"\\frac\{", "("), (r"\\sqrt\{", "sqrt("), (r"\}\s*\{", ")/("), (r"\{", "("), (r"\}", ")"),
)  # fmt: skip
"""A formula's LaTeX as SymPy reads it: w0 is before the step and w1 after it."""


def by_the_formula(formula, known):
    """What the formula's lines give, one after the other."""
    for line in formula.split(r"\\"):
        text = re.split(r",\s*\\quad", line)[0]
        for latex, python in PYTHON:
            text = re.sub(latex, python, text)
        name, right = " ".join(text.split()).split("=")
        names = {symbol: sympy.Symbol(symbol) for symbol in known}
        read = sympy.parse_expr(right, names, (*standard_transformations, implicit_multiplication))
        known[name.strip()] = float(read.subs(known))
    return known


@pytest.mark.parametrize("name", METHODS)
def test_the_formula_that_is_shown_is_what_is_done(name):
    method, rate, chance = METHODS[name], 0.3, np.random.default_rng(0)
    state, memory = method.init(np.zeros(1)), {}
    for k, (w, gradient) in enumerate(chance.normal(size=(5, 2))):
        known = {"w0": w, "g": gradient, "k": k, "eta": rate, "v0": 0.0, "m0": 0.0, **memory}
        known |= {"beta": 0.9, "beta1": 0.9, "beta2": 0.999, "varepsilon": 1e-8}
        change, state = method.update(np.array([gradient]), state, rate, k)
        found = by_the_formula(method.formula, known)
        assert found["w1"] == pytest.approx(w + change[0], rel=1e-12)
        memory = {f"{letter}0": found[f"{letter}1"] for letter in "vm" if f"{letter}1" in found}


@pytest.mark.parametrize("name", METHODS)
def test_an_update_changes_none_of_its_arguments(name):
    method = METHODS[name]
    gradient = np.array([1.0, -2.0])
    state = method.init(gradient)
    before = [array.copy() for array in (gradient, *state)]
    method.update(gradient, state, 0.5, 3)
    for array, copy in zip((gradient, *state), before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_tells_what_a_page_shows_of_it(name):
    method = METHODS[name]
    assert method.name == name
    assert "def update(" in method.source
    assert r"\eta" in method.formula
    assert method.title
    assert method.reference
    for symbol, meaning in method.symbols:
        assert meaning
        for part in symbol.replace("= \\nabla L(w_k)", "").split(","):
            assert part.strip() in method.formula.replace("k+1", "k")


@given(st.sampled_from(WITH_A_LIMIT), st.floats(0.01, 100))
@settings(max_examples=30, deadline=None)
def test_the_limit_divides_shrinking_from_growing(name, eigenvalue):
    limit = METHODS[name].limit(eigenvalue)

    def last(rate):
        return abs(
            descend_line(
                lambda w: eigenvalue * w,
                lambda w: eigenvalue * w**2 / 2,
                1.0,
                method=name,
                rate=rate,
                steps=3000,
            ).w[-1, 0]
        )

    assert last(0.99 * limit) < 1e-2
    assert last(1.01 * limit) > 1e2


def test_adam_has_no_limit():
    assert METHODS["adam"].limit(2.0) is None


# Mini-batches


@given(st.integers(1, 60), st.data(), st.integers(0, 50), st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_no_row_comes_twice_in_an_epoch(rows, data, steps, seed):
    batch = data.draw(st.integers(1, rows))
    drawn = batches(rows, batch, steps, seed)
    assert drawn.shape == (steps, batch)
    assert ((drawn >= 0) & (drawn < rows)).all()
    per_epoch = rows // batch
    for first in range(0, steps, per_epoch):
        epoch = drawn[first : first + per_epoch].ravel()
        assert len(set(epoch.tolist())) == epoch.size
    np.testing.assert_array_equal(drawn, batches(rows, batch, steps, seed))


def test_epochs_are_shuffled_anew_and_seeds_differ():
    drawn = batches(rows=100, batch=50, steps=4, seed=0)
    assert not np.array_equal(drawn[:2], drawn[2:])
    assert not np.array_equal(drawn, batches(rows=100, batch=50, steps=4, seed=1))


@pytest.mark.parametrize("batch", [0, -1, 11])
def test_a_batch_that_does_not_fit_is_an_error_for_a_person(batch):
    with pytest.raises(ValueError, match="1 to 10 of these 10 rows"):
        batches(rows=10, batch=batch, steps=1, seed=0)


# The status


def test_converged_names_the_step_from_which_on_the_gradient_is_small():
    run = square(1.0, rate=0.25, steps=50)
    assert run.status.kind == "converged"
    assert run.status.step == 20  # the gradient halves: 2^-20 is the first below a millionth
    assert "step 20" in run.status.text


def test_a_start_at_the_minimum_has_converged():
    for steps in (0, 1, 10):
        status = square(0.0, rate=0.25, steps=steps).status
        assert (status.kind, status.step) == ("converged", 0)


def test_no_step_is_one_point_that_has_not_moved():
    for backend in (NUMPY, choose("jax")):
        run = square(1.0, rate=0.25, steps=0, backend=backend)
        assert run.w.shape == (1, 1)
        assert run.change.shape == (0, 1)
        assert (run.status.kind, run.status.step) == ("moving", 0)


def test_moving_says_what_is_left():
    status = square(1.0, rate=0.001, steps=100, curvatures=(2.0,)).status
    assert status.kind == "moving"
    assert "82% as steep" in status.text


def line(slope, rate, steps=60, method="gradient-descent"):
    """A run from 2 on slope * w."""
    return descend(
        lambda w, k: np.full_like(w, slope),
        [2.0],
        method=method,
        rate=rate,
        steps=steps,
        loss=lambda w: slope * w[:, 0],
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("slope", [1.0, -1.0, 1e30, -1e-3, 500.0, 800.0])
def test_a_straight_line_has_no_minimum_to_take_more_steps_to(slope, method):
    run = line(slope, 0.05, method=method)
    away = abs(run.w[-1, 0] - 2)
    assert run.status.kind == ("diverged" if away > 2000 else "moving")
    assert run.status.text.startswith("Ran away" if away > 2000 else "Still falling")
    assert ("the function seems to fall for ever." in run.status.text) == (away > 2000)
    assert "no minimum in this direction" in run.status.text
    assert "100% as steep" not in run.status.text


def test_a_rate_too_small_to_see_is_no_endless_fall():
    assert line(1.0, 1e-300).status.text.startswith("Not moved in 60 steps")


def test_a_slope_that_gets_smaller_is_no_endless_fall():
    for slope, loss in ((lambda w: np.exp(w), np.exp), (lambda w: -1 / w, lambda w: -np.log(w))):
        status = descend_line(slope, loss, 1.0, rate=0.05, steps=60).status
        assert (status.kind, status.text[:12]) == ("moving", "Still moving")
    for slope in (1.0, 100.0, 1e-3):
        bowl = descend_line(
            lambda w, by=slope: by * (1 + 1e-4 * w),
            lambda w, by=slope: by * (w + 5e-5 * w**2),
            1.0,
            rate=0.05 / slope,
            steps=60,
        )
        assert bowl.status.text.startswith("Still moving")


@pytest.mark.parametrize(("rises", "endless"), [((), True), ((1, 20), True), ((35,), False), ((40,), False)])
def test_a_fall_is_endless_if_the_loss_fell_in_each_of_the_last_steps(rises, endless):
    loss = np.cumsum([1.0 if k in rises else -1.0 for k in range(41)])
    assert falls_without_flattening(np.linspace(1, 2, 41)[:, None], loss) == endless


@pytest.mark.parametrize(("power", "kind"), [(2, "moving"), (3, "diverged"), (4, "diverged")])
def test_a_fall_that_gets_steeper_is_told_from_overshooting(power, kind):
    falling = descend_line(
        lambda w: -power * w ** (power - 1), lambda w: -(w**power), 2.2, rate=0.05, steps=60
    ).status
    assert falling.kind == kind
    assert falling.text.startswith("Still falling" if power == 2 else "Fell without end")
    rising = descend_line(lambda w: 4 * w**3, lambda w: w**4, 2.2, rate=1.0, steps=60).status
    assert (rising.kind, rising.text[:9]) == ("diverged", "Diverged:")
    # No other rate would bring it to rest.
    assert (falling.final, rising.final) == (True, False)


def test_overshooting_is_oscillating():
    status = square(1.0, rate=0.999, steps=100).status
    assert status.kind == "oscillating"
    assert "a little nearer each time" in status.text
    assert "a little nearer each time" in square(1.0, rate=0.99999, steps=100).status.text
    assert "gets no nearer" in square(1.0, rate=1.0, steps=100).status.text


def test_a_rate_just_over_the_limit_is_told_as_that_however_short_the_run():
    status = square(1.0, rate=1.001, steps=10, curvatures=(2.0,)).status
    assert status.kind == "oscillating"
    assert "The rate is above the limit, 1." in status.text


def test_a_corner_makes_descent_oscillate():
    run = descend_line(np.sign, np.abs, 0.05, rate=0.1, steps=40)
    assert run.status.kind == "oscillating"


def test_growth_beyond_ten_times_the_start_is_divergence():
    run = square(1.0, rate=1.1, steps=20, curvatures=(2.0,))
    assert np.isfinite(run.loss).all()
    assert (run.status.kind, run.status.step) == ("diverged", 1)
    assert "The rate is above the limit, 1." in run.status.text


# The rules at their edges, on runs that are made up.


def kind_of(gradient, loss=None, **more):
    """The kind of a run of one parameter with these gradients; its loss falls evenly if none is given."""
    gradient = np.array(gradient, dtype=float)[:, None]
    loss = np.linspace(2, 1, len(gradient)) if loss is None else loss
    return classify(np.arange(len(gradient))[:, None] * 1.0, gradient, loss, rate=1.0, **more).kind


@pytest.mark.parametrize(("noisy", "times"), [(False, 10), (True, 1e6)])
def test_a_loss_has_diverged_when_it_lies_that_many_times_its_start_above_it(noisy, times):
    for end, kind in ((0.99, "moving"), (1.01, "diverged")):
        loss = np.geomspace(1, 1 + end * times, 41)
        assert kind_of(np.ones(41), loss, noisy=noisy) == kind


@pytest.mark.parametrize(
    ("steps", "turns", "kind"),
    [(40, [35], "moving"), (40, [29, 35], "moving"), (40, [33, 37], "oscillating"), (8, [7], "oscillating"),
     (12, [11], "moving"), (4, [4], "oscillating"), (4, [3], "moving")],
)  # fmt: skip
def test_a_run_oscillates_whose_gradient_turned_twice_lately_or_every_second_time(steps, turns, kind):
    gradient = [(-1.0) ** sum(turn <= k for turn in turns) for k in range(steps + 1)]
    assert kind_of(gradient) == kind


@pytest.mark.parametrize(("ahead", "kind"), [(2e-5, "moving"), (0.5e-5, "converged")])
def test_a_ball_without_slope_has_converged_if_its_next_step_is_short_too(ahead, kind):
    """A hundred-thousandth of its longest, which is 1."""
    assert kind_of([1.0] * 40 + [1e-9], ahead=np.array([ahead])) == kind


@pytest.mark.parametrize(("back", "kind"), [(2, "moving"), (3, "oscillating")])
def test_mini_batches_wander_whose_mean_is_under_half_of_a_gradient(back, kind):
    """Of the last ten gradients so many point back."""
    assert kind_of([1.0] * (41 - back) + [-1.0] * back, noisy=True) == kind


def test_divergence_counts_from_the_last_time_the_loss_was_low():
    loss = np.array([1.0, 3.0, 0.5, 2.0, 8.0, 32.0, 128.0, 512.0])
    w = np.arange(8.0)[:, None]
    assert classify(w, w + 1, loss, rate=1.0).step == 3


def test_a_loss_that_came_back_from_a_high_has_not_diverged():
    loss = np.array([1.0, 1e3, 1e6, 1e5, 1e4, 1e3, 500.0, 100.0])
    gradient = np.sqrt(loss)[:, None]
    assert classify(gradient, gradient, loss, rate=1.0).kind == "moving"


def test_what_only_looks_small_after_an_excursion_has_not_converged():
    loss = np.array([1.0, 1e20, 1e18, 1e16, 1e4, 1.0, 0.5, 0.4])
    gradient = np.sqrt(loss)[:, None]
    assert classify(gradient, gradient, loss, rate=1.0).kind == "moving"


def test_a_run_from_the_top_of_a_hill_converges_in_the_valley():
    run = descend_line(lambda w: w**3 - w, lambda w: w**4 / 4 - w**2 / 2, 1e-9, rate=0.3, steps=200)
    assert run.status.kind == "converged"
    assert run.w[-1, 0] == pytest.approx(1)


def test_losses_below_zero_are_judged_by_how_far_they_rise():
    falling = descend_line(lambda w: np.ones_like(w), lambda w: w, 0.0, rate=0.1, steps=100)
    assert falling.status.kind == "moving"
    offset = descend_line(lambda w: 2 * w, lambda w: w**2 - 1000, 1.0, rate=0.4, steps=100)
    assert offset.status.kind == "converged"
    leaving = descend_line(lambda w: 2 * w, lambda w: w**2 - 1000, 1.0, rate=1.1, steps=200)
    assert leaving.status.kind == "diverged"


@pytest.mark.parametrize("backend", ["numpy", "jax"])
def test_overflow_is_kept_and_its_step_told(backend):
    run = square(1.0, rate=1e10, steps=100, curvatures=(2.0,), backend=choose(backend))
    assert run.status.kind == "diverged"
    step = run.status.step
    assert np.isfinite(run.loss[:step]).all()
    assert not np.isfinite(run.loss[step])
    assert not np.isfinite(run.w[-1]).any()
    assert f"step {step}" in run.status.text
    assert "The rate is above the limit, 1." in run.status.text


def test_a_start_too_far_for_its_loss_says_so():
    status = square(1e308, rate=0.1, steps=10).status
    assert (status.kind, status.step) == ("diverged", 0)
    assert "closer" in status.text


def test_a_far_start_with_a_finite_loss_converges():
    status = square(1e150, rate=0.25, steps=50).status
    assert (status.kind, status.step) == ("converged", 20)


@pytest.mark.parametrize("method", METHODS)
def test_a_run_that_overflows_without_a_known_limit_has_diverged(method):
    assert square(1.0, rate=1e300, steps=50, method=method).status.kind == "diverged"


def noisy_run(rate, pull=1.0):
    """Stochastic descent on (w - a)² / 2 for a of mean zero, a row a step."""
    noise = np.random.default_rng(0).normal(size=400)
    return descend(
        lambda w, k: pull * (w - noise[k]),
        [50.0],
        method="stochastic",
        rate=rate,
        steps=400,
        loss=lambda w: pull * w[:, 0] ** 2 / 2,
        full_gradient=lambda w: pull * w,
    )


def test_mini_batches_that_do_not_come_to_rest_wander():
    status = noisy_run(0.1).status
    assert status.kind == "oscillating"
    assert "Wandering around the minimum" in status.text


def test_mini_batches_on_their_way_are_moving():
    assert noisy_run(0.001).status.kind == "moving"


def test_the_full_gradient_is_kept_beside_the_one_followed():
    run = noisy_run(0.1)
    np.testing.assert_array_equal(run.gradient, run.w)
    np.testing.assert_allclose(run.change, -0.1 * run.step_gradient, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("rate", [0, -1, math.nan, math.inf])
def test_a_rate_that_is_not_above_zero_is_an_error_for_a_person(rate):
    with pytest.raises(ValueError, match="must be a number above 0"):
        square(1.0, rate=rate, steps=1)


def test_other_wrong_arguments_are_errors_for_a_person():
    with pytest.raises(ValueError, match="0 or more"):
        square(1.0, rate=1, steps=-1)
    with pytest.raises(ValueError, match="choose gradient-descent, momentum"):
        square(1.0, rate=1, steps=1, method="newton")


@given(
    st.sampled_from(list(METHODS)),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(min_value=1e-320, allow_nan=False, allow_infinity=False),
    st.integers(0, 40),
)
@settings(max_examples=150, deadline=None)
def test_any_run_ends_with_a_status(method, a, b, rate, steps):
    run = descend(
        lambda w, k: w * w * w - w,
        [a, b],
        method=method,
        rate=rate,
        steps=steps,
        loss=lambda w: (w**4 / 4 - w**2 / 2).sum(axis=1),
    )
    assert run.status.kind in ("converged", "moving", "oscillating", "diverged")
    assert 0 <= run.status.step <= steps
    assert (run.status.kind == "diverged") or np.isfinite(run.w).all()
    assert run.status.text.endswith(".")


@given(st.floats(1e-300, 1e300))
def test_a_rate_in_a_sentence_is_never_above_the_true_one(value):
    assert value * 0.99 <= float(read(round_down(value))) <= value


def test_a_limit_of_few_digits_is_said_as_it_is():
    """The float 1.9 lies a little below it: it was said as 1.89."""
    assert [round_down(value) for value in (1.9, 0.1, 2.3e-7, 0.023119)] == [
        "1.9",
        "0.1",
        "2.3·10⁻⁷",
        "0.0231",
    ]


def test_a_new_problem_of_the_same_kind_needs_no_new_compile(monkeypatch):
    jax = choose("jax")
    calls = itertools.count()

    def counted(scale, w, k):
        next(calls)
        return scale * w

    for scale in (1.0, 2.0, 3.0):
        descend(
            partial(counted, scale), [1.0], method="adam", rate=0.1, steps=7, loss=bowl_loss_1d, backend=jax
        )
    # One or two traces of the loop, and one call for each run's last gradient.
    assert next(calls) <= 5


def bowl_loss_1d(w):
    return w[:, 0] ** 2
