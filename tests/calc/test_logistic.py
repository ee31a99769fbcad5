"""Logistic regression against scikit-learn, SciPy and mpmath; separable data told exactly."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from scipy.special import expit
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

from calc.datasets import sentiment
from calc.descent import METHODS
from calc.logistic import Classifier, LogisticError, boundaries, fit, maximum_likelihood, point_loss, sigmoid
from calc.separation import hull, orientation, separate


def overlapping():
    generator = np.random.default_rng(3)
    x = generator.normal(size=(200, 2)) * [2.0, 0.5] + [1.0, -3.0]
    y = (generator.random(200) < expit(1.5 * x[:, 0] - 2.0 * x[:, 1] - 7.5)).astype(float)
    return x, y


def words():
    table = sentiment()
    return table[["good", "bad"]].to_numpy(), table["positive"].to_numpy()


def ill_conditioned():
    """Two features that agree to four digits, far from zero: the design's condition is above 1e9."""
    generator = np.random.default_rng(5)
    first = 1e5 + 10 * generator.normal(size=150)
    x = np.column_stack([first, first + 0.01 * generator.normal(size=150)])
    y = (generator.random(150) < expit(0.1 * (first - 1e5) + 120 * (x[:, 1] - x[:, 0]))).astype(float)
    return x, y


def three_features():
    data = load_breast_cancer()
    return data.data[:, [1, 4, 9]], data.target.astype(float)


def exact(x, y, digits=60, steps=60):
    """Newton's method in mpmath from the centred features: the independent judge."""
    with mpmath.workdps(digits):
        means = [mpmath.fsum(map(mpmath.mpf, column)) / len(y) for column in x.T]
        rows = [[mpmath.mpf(v) - m for v, m in zip(row, means, strict=True)] + [mpmath.mpf(1)] for row in x]
        size = x.shape[1] + 1
        w = mpmath.zeros(size, 1)
        for _ in range(steps):
            gradient, hessian = mpmath.zeros(size, 1), mpmath.zeros(size)
            for row, label in zip(rows, y, strict=True):
                p = 1 / (1 + mpmath.exp(-mpmath.fdot(row, list(w))))
                for i in range(size):
                    gradient[i] += (p - label) * row[i]
                    for j in range(size):
                        hessian[i, j] += p * (1 - p) * row[i] * row[j]
            move = mpmath.lu_solve(hessian, gradient)
            w -= move
            if mpmath.norm(move) < mpmath.mpf(10) ** (-digits // 2) * mpmath.norm(w):
                break
        weights = list(w)[:-1]
        return [float(v) for v in weights], float(w[size - 1] - mpmath.fdot(weights, means))


# Against independent references


@pytest.mark.parametrize("data", [overlapping, words, three_features])
def test_the_fit_agrees_with_scikit_learn(data):
    x, y = data()
    reference = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    expected = [*reference.coef_[0], reference.intercept_[0]]
    best = maximum_likelihood(x, y)
    np.testing.assert_allclose([*best.classifier.weights, best.classifier.intercept], expected, rtol=1e-6)
    run = fit(x, y, steps=6000, method="nesterov")
    assert run.status.kind == "converged"
    np.testing.assert_allclose([*run.weights[-1], run.intercept[-1]], expected, rtol=1e-6)
    assert run.loss[-1] == pytest.approx(best.loss, rel=1e-12)


def test_ill_conditioned_data_against_mpmath_and_scipy():
    x, y = ill_conditioned()
    design = np.column_stack([x, np.ones(len(y))])
    assert np.linalg.cond(design) > 1e9
    best = maximum_likelihood(x, y).classifier
    weights, intercept = exact(x, y)
    np.testing.assert_allclose([*best.weights, best.intercept], [*weights, intercept], rtol=1e-6)
    # SciPy sees the same probabilities, on coordinates that it can handle.
    tilted = np.column_stack([(x[:, 0] - 1e5) / 10, (x[:, 1] - x[:, 0]) / 0.01, np.ones(len(y))])
    found = minimize(
        lambda w: np.logaddexp(0, -(2 * y - 1) * (tilted @ w)).mean(),
        np.zeros(3),
        jac=lambda w: (expit(tilted @ w) - y) @ tilted / len(y),
        tol=1e-13,
        method="BFGS",
    )
    np.testing.assert_allclose(best.probability(x), expit(tilted @ found.x), atol=1e-6)


def test_long_descent_on_ill_conditioned_data_reaches_the_exact_answer():
    generator = np.random.default_rng(8)
    first = generator.normal(size=80)
    x = np.column_stack([first, first + 0.05 * generator.normal(size=80)])
    y = (generator.random(80) < expit(first)).astype(float)
    run = fit(x, y, method="nesterov", steps=20_000, rate=None)
    best = maximum_likelihood(x, y).classifier
    np.testing.assert_allclose(run.weights[-1], best.weights, rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("loss", ["log", "square"])
@pytest.mark.parametrize("standardise", [True, False])
def test_every_method_descends(method, loss, standardise):
    run = fit(*words(), steps=200, method=method, loss=loss, standardise=standardise)
    assert run.loss[-1] < run.loss[0]
    assert run.weights.shape == (201, 2)
    assert run.intercept.shape == run.loss.shape == (201,)


def test_raw_and_standardised_runs_report_in_the_units_of_the_data():
    x, y = overlapping()
    start = Classifier((0.3, -0.2), 0.1)
    for standardise in (True, False):
        run = fit(x, y, start=start, steps=0, standardise=standardise)
        np.testing.assert_allclose(run.weights[0], start.weights)
        assert run.intercept[0] == pytest.approx(0.1)
        assert run.loss[0] == pytest.approx(np.logaddexp(0, -(2 * y - 1) * start.score(x)).mean())
        np.testing.assert_allclose(run.probability(x)[0], start.probability(x))


@pytest.mark.parametrize("loss", ["log", "square"])
def test_gradients_against_finite_differences(loss):
    x, y = overlapping()
    run = fit(x, y, start=(0.4, 0.3, -0.2), steps=0, loss=loss, standardise=False)

    def value(w):
        return fit(x, y, start=w, steps=0, loss=loss, standardise=False).loss[0]

    for i in range(3):
        h = np.eye(3)[i] * 1e-5
        w = np.array([0.4, 0.3, -0.2])
        assert run.run.gradient[0, i] == pytest.approx((value(w + h) - value(w - h)) / 2e-5, rel=1e-6)


@pytest.mark.parametrize("data", [overlapping, words, three_features])
@pytest.mark.parametrize("loss", ["log", "square"])
def test_at_a_safe_rate_the_loss_never_rises(data, loss):
    x, y = data()
    rate = fit(x, y, steps=0, loss=loss).safe_below
    run = fit(x, y, rate=0.999 * rate, steps=300, loss=loss, start=[-3.0] * (x.shape[1] + 1))
    assert (np.diff(run.loss) <= 1e-15).all()


def test_a_rate_that_is_too_large_is_told():
    run = fit(*words(), rate=60.0, steps=100)
    assert run.status.kind in ("oscillating", "diverged")
    assert "cannot rise" in run.status.text


def test_the_share_on_their_side_is_counted_row_by_row():
    generator = np.random.default_rng(1)
    x, y = generator.normal(3, 1, size=(40, 2)), generator.integers(0, 2, 40)
    run = fit(x, y, steps=30)
    for w, b, share in zip(run.weights, run.intercept, run.accuracy(), strict=True):
        right = sum(
            (w[0] * row[0] + w[1] * row[1] + b > 0) == bool(label) for row, label in zip(x, y, strict=True)
        )
        assert share == pytest.approx(right / 40)


def test_jax_takes_the_same_steps():
    for method in ("gradient-descent", "stochastic"):
        runs = [fit(*words(), steps=20, method=method, backend=name) for name in ("numpy", "jax")]
        np.testing.assert_allclose(runs[0].weights, runs[1].weights, rtol=1e-12)


# One point


def test_a_confident_wrong_answer_has_no_gradient_under_the_square_loss():
    point = point_loss([-40.0, -5.0, 0.0, 40.0], 1)
    np.testing.assert_allclose(point.log_gradient, -expit([40.0, 5.0, 0.0, -40.0]), rtol=1e-14)
    assert point.log_gradient[0] == pytest.approx(-1)
    assert -1e-16 < point.square_gradient[0] < 0
    assert point.log[0] == pytest.approx(40)
    assert point.square[0] == pytest.approx(1)


@pytest.mark.parametrize("label", [0, 1])
def test_point_losses_against_mpmath(label):
    z = np.array([-800.0, -30.0, -1.0, 0.0, 0.5, 30.0, 700.0])
    point = point_loss(z, label)
    with mpmath.workdps(400):
        for i, score in enumerate(z):
            p = 1 / (1 + mpmath.exp(-mpmath.mpf(score)))
            other = p if label == 0 else 1 - p
            assert point.log[i] == pytest.approx(float(-mpmath.log(1 - other)), rel=1e-14)
            assert point.probability[i] == pytest.approx(float(p), rel=1e-14, abs=1e-320)
            assert point.square[i] == pytest.approx(float(other**2), rel=1e-13, abs=1e-320)
            assert point.log_gradient[i] == pytest.approx(float(p - label), rel=1e-13, abs=1e-320)
            square = 2 * (p - label) * p * (1 - p)
            assert point.square_gradient[i] == pytest.approx(float(square), rel=1e-13, abs=1e-320)


def test_sigmoid_keeps_its_digits_in_both_tails():
    np.testing.assert_allclose(sigmoid([-700.0, -1.0, 3.0]), expit([-700.0, -1.0, 3.0]), rtol=1e-14)
    assert sigmoid([-np.inf, np.inf]).tolist() == [0, 1]


def test_label_of_a_point():
    with pytest.raises(LogisticError):
        point_loss(0.0, 2)


# Separable data


def by_linear_programming(x, y):
    """The greatest sum of margins s (w x + b), each at least 0, |w| and |b| at most 1: 0 where none is."""
    rows = (2 * y - 1)[:, None] * np.column_stack([x, np.ones(len(y))])
    found = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(y)), bounds=[(-1, 1)] * rows.shape[1])
    return -found.fun > 1e-9


SMALL = st.integers(-3, 3)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(SMALL, SMALL, st.booleans()), min_size=2, max_size=9))
def test_separation_of_two_features_against_linear_programming(rows):
    x, y = np.array([row[:2] for row in rows], float), np.array([row[2] for row in rows], float)
    if y.min() == y.max() or np.linalg.matrix_rank(np.column_stack([x, np.ones(len(y))])) < 3:
        return
    found = separate(x, y)
    assert found.separable == by_linear_programming(x, y)
    if found.separable:
        margins = (2 * y - 1) * (x @ np.array(found.weights) + found.intercept)
        assert (margins > 0).all() if found.kind == "complete" else (margins >= -1e-12).all()


@given(st.lists(st.tuples(SMALL, st.booleans()), min_size=2, max_size=9))
def test_separation_of_one_feature_against_the_definition(rows):
    x, y = np.array([[row[0]] for row in rows], float), np.array([row[1] for row in rows], float)
    if y.min() == y.max() or np.ptp(x) == 0:
        return
    assert separate(x, y).separable == by_linear_programming(x, y)


def test_separation_is_exact():
    """A point beside a line by one unit in the last place; the float determinant has no sign."""
    a, b = (0.1, 0.1), (0.3, 0.3)
    between = (0.2, math.nextafter(0.2, 1))
    x = np.array([a, b, between])
    y = np.array([0.0, 0.0, 1.0])
    assert separate(x, y).kind == "complete"
    assert hull([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]) == [(0.0, 0.0), (2.0, 2.0)]
    assert Fraction(0.3) != 3 * Fraction(0.1)


@pytest.mark.parametrize("unit", [1.0, 2.0**-540])
def test_a_turn_of_a_hair_s_breadth_is_told_exactly(unit):
    """Three points of a line but for their last digits, where a determinant is rounded, or underflows."""
    generator = np.random.default_rng(0)
    for _ in range(1000):
        start, way = generator.normal(size=(2, 2))
        points = [tuple((unit * (start + t * way)).tolist()) for t in generator.normal(size=3)]
        (ax, ay), (bx, by), (cx, cy) = (tuple(map(Fraction, point)) for point in points)
        exact = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        assert orientation(*points) == (exact > 0) - (exact < 0)


def test_separable_data_are_explained_and_the_weights_grow():
    x, y = np.array([[0.0, 1], [1, 0], [3, 3], [4, 2]]), [0, 0, 1, 1]
    shorter, longer = (fit(x, y, steps=steps) for steps in (300, 3000))
    assert np.linalg.norm(longer.weights[-1]) > np.linalg.norm(shorter.weights[-1]) + 0.5
    for run in (shorter, longer):
        assert run.separation.kind == "complete"
        assert run.status.kind == "moving"
        assert "grow without end" in run.status.text
    best = maximum_likelihood(x, y)
    assert best.classifier is None
    assert best.loss == 0


def test_classes_that_touch_have_no_best_weights_either():
    best = maximum_likelihood([1, 2, 2, 3], [0, 0, 1, 1])
    assert best.separation.kind == "quasi-complete"
    assert best.loss == pytest.approx(math.log(2) / 2)
    assert fit([1, 2, 2, 3], [0, 0, 1, 1], steps=20_000).loss[-1] == pytest.approx(best.loss, rel=1e-3)
    flat = maximum_likelihood([[0, 0], [1, 0], [2, 0], [3, 0], [1, 5], [2, -5]], [0, 1, 0, 1, 1, 0])
    assert flat.separation.kind == "quasi-complete"
    assert flat.loss == pytest.approx(maximum_likelihood([0, 1, 2, 3], [0, 1, 0, 1]).loss * 4 / 6)


@pytest.mark.parametrize("seed", range(25))
def test_far_points_hinder_neither_the_answer_nor_that_there_is_none(seed):
    """Cauchy's distribution; at the least loss the mistakes add up to nothing, one by one and by each feature."""
    generator = np.random.default_rng(seed)
    x = generator.standard_t(1, size=(20, 1 + seed % 2))
    y = np.arange(20) < generator.integers(1, 20)
    best = maximum_likelihood(x, y)
    assert (best.classifier is None) == best.separation.separable == by_linear_programming(x, y)
    if best.classifier is not None:
        mistakes = expit(x @ np.array(best.classifier.weights) + best.classifier.intercept) - y
        assert np.abs(mistakes @ np.c_[x, np.ones(20)]).max() < 1e-9 * np.abs(x).sum()


def test_classes_that_touch_along_a_slanted_line():
    """Turned and stretched, the points keep the least loss that those on the line have among themselves."""
    flat = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [1, 5], [2, -5]])
    best = maximum_likelihood(flat @ [[1, 1], [-1, 2]], [0, 1, 0, 1, 1, 0])
    assert best.separation.kind == "quasi-complete"
    assert best.loss == pytest.approx(maximum_likelihood([0, 1, 2, 3], [0, 1, 0, 1]).loss * 4 / 6)


def test_three_features_that_separate():
    generator = np.random.default_rng(0)
    x = generator.normal(size=(30, 3))
    y = (x @ [1, 2, -1] > 0.2).astype(float)
    best = maximum_likelihood(x, y)
    assert best.separation.kind == "complete"
    margins = (2 * y - 1) * (x @ np.array(best.separation.weights) + best.separation.intercept)
    assert (margins > 0).all()
    assert "grow without end" in fit(x, y, steps=50).status.text
    assert (best.loss, best.separation.proved) == (0, True)


def test_three_features_whose_classes_touch():
    """On a line no place divides them, and what lies off it is on its side: no proof is claimed of that."""
    x = [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0], [1, 5, 1], [2, -5, 0]]
    best = maximum_likelihood(x, [0, 1, 0, 1, 1, 0])
    assert (best.separation.kind, best.separation.proved) == ("quasi-complete", False)
    assert best.loss == pytest.approx(maximum_likelihood([0, 1, 2, 3], [0, 1, 0, 1]).loss * 4 / 6, rel=1e-6)


def test_the_bundled_sentences_are_not_separable():
    table = sentiment()
    assert len(table) == 74
    for row in table.itertuples():
        said = "".join(c if c.isalpha() else " " for c in row.sentence.lower()).split()
        assert (said.count("good"), said.count("bad")) == (row.good, row.bad)
    assert maximum_likelihood(*words()).separation.kind == "none"
    assert not by_linear_programming(*words())
    assert fit(*words(), steps=300).status.kind == "converged"


# Drawing


@given(st.tuples(*[st.floats(-3, 3)] * 3))
def test_boundaries_lie_on_the_line_and_in_the_box(w):
    (ends,) = boundaries([w[:2]], [w[2]], ((-1, 2), (0, 4)))
    if np.isnan(ends).any():
        corners = [w[0] * a + w[1] * b + w[2] for a in (-1, 2) for b in (0, 4)]
        assert min(corners) >= -1e-9 or max(corners) <= 1e-9
        return
    assert (ends >= np.array([-1, 0]) - 1e-9).all()
    assert (ends <= np.array([2, 4]) + 1e-9).all()
    size = max(map(abs, w[:2]))
    assert np.abs(ends @ np.array(w[:2]) + w[2]).max() <= 1e-9 * size


# Data that cannot be used


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([1, 2, 3], [0, 1, 2], "Row 3 has the label 2; every label must be 0 or 1"),
        ([1, 2, 3], [0, 1, math.nan], "Row 3 has no label"),
        ([1, 2, 3], [1, 1, 1], "Every label is 1.* Add rows with the label 0"),
        ([1, 2, 3], [0, 0, 0], "Every label is 0.* Add rows with the label 1"),
        ([1, 1, 1], [0, 1, 1], "is 1 in every row"),
        ([[1, 5], [2, 5]], [0, 1], "Feature 2 is 5"),
        ([1, math.nan, 3], [0, 1, 1], "Row 2 has a missing"),
        ([1, math.inf, 3], [0, 1, 1], "Row 2 has a missing"),
        ([1], [0], "needs 2"),
        ([], [], "needs 2"),
        ([1, 2], [0], "2 rows of features but 1 label"),
        ([1e200, 2], [0, 1], "larger unit"),
        (["a", "b"], [0, 1], "must be a number"),
        (np.zeros((2, 0)), [0, 1], "1 to 50 columns"),
        (np.zeros((2, 2, 2)), [0, 1], "1 to 50 columns"),
    ],
)
@pytest.mark.parametrize("do", [fit, maximum_likelihood])
def test_what_cannot_be_classified_is_told_in_a_sentence(do, x, y, said):
    with pytest.raises(LogisticError, match=said):
        do(x, y)


def test_dependent_features_have_no_single_answer():
    x = np.array([[1.0, 2], [2, 4], [3, 6], [4, 8]])
    with pytest.raises(LogisticError, match="combination of the others"):
        maximum_likelihood(x, [0, 1, 0, 1])
    assert fit(x, [0, 1, 0, 1], steps=100).loss[-1] < math.log(2)


@pytest.mark.parametrize("more", [{"start": (1.0,)}, {"start": (1.0, math.nan, 0.0)}, {"loss": "hinge"}])
def test_options_that_make_no_sense(more):
    with pytest.raises(LogisticError):
        fit(*words(), **more)
