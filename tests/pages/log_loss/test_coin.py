"""The coin of `log-loss`: row 13 of the notes' figures."""

import numpy as np
import pytest

from pages.log_loss.coin import columns, view
from tests.pages.app import opened, problems, words
from tests.pages.log_loss.seen import alt, shown


@pytest.mark.parametrize(("heads", "tails"), [(7, 3), (1, 1), (0, 4), (5, 0), (100, 100), (0, 1), (1, 100)])
def test_the_coin_is_likeliest_at_k_of_n(heads, tails):
    """Row 13: the log loss, its derivative set to zero, the maximiser k/n; k = 0 and k = n said."""
    app = opened("log-loss", heads=str(heads), tails=str(tails))
    assert problems(app) == []
    assert words(app) == ""
    best = heads / (heads + tails)
    for curve, kind in (("likelihood L", "greatest"), ("log-likelihood", "greatest"), ("log loss", "least")):
        assert f"{kind} at p = {best:.6g}." in alt(app, f"The {curve}")
    said = view.derivation(heads, heads + tails)
    assert said in shown(app)
    assert (r"\frac{k}{n}" in said) == bool(heads and tails)
    assert ("never zero" in said) == (not (heads and tails))


@pytest.mark.parametrize(("heads", "tosses"), [(7, 10), (0, 3), (3, 3), (100, 200)])
def test_the_coins_curves_have_their_slopes(heads, tosses):
    run = columns.curves(heads, tosses)[0]
    p = np.asarray(run["p"])[1:100]
    loss = -(heads * np.log(p) + (tosses - heads) * np.log1p(-p)) / tosses
    slope = -(heads / p - (tosses - heads) / (1 - p)) / tosses
    assert np.asarray(run["loss"])[1:100] == pytest.approx(loss, rel=1e-8)
    assert np.asarray(run["loss_slope"])[1:100] == pytest.approx(slope, rel=1e-8, abs=1e-12)
    likelihood = p**heads * (1 - p) ** (tosses - heads)
    assert np.asarray(run["likelihood"])[1:100] == pytest.approx(likelihood, rel=1e-8)
    assert np.nanargmin(np.asarray(run["loss"])[:101]) / 100 == pytest.approx(heads / tosses)


@pytest.mark.parametrize(
    ("heads", "tosses", "ends"),
    [(1, 1, (1, 1)), (0, 1, (-1, -1)), (2, 2, (0, 2)), (1, 2, (1, -1)), (7, 10, (0, 0))],
)
def test_the_likelihood_has_its_slope_at_the_ends_too(heads, tosses, ends):
    run = columns.curves(heads, tosses)[0]
    assert tuple(np.asarray(run["likelihood_slope"])[[0, 100]]) == ends
    slope = np.asarray(run["logarithm_slope"])
    assert slope[0] == (np.inf if heads else -tosses)
    assert slope[100] == (-np.inf if heads < tosses else tosses)


def test_a_coin_that_was_never_tossed_gets_a_sentence():
    app = opened("log-loss", heads="0", tails="0")
    assert problems(app) == []
    assert "never tossed" in app.error[0].value


def test_five_heads_of_five_have_slopes_at_their_end():
    run = columns.curves(5, 5)[0]
    slopes = [run[name][100] for name in ("likelihood_slope", "logarithm_slope", "loss_slope")]
    assert slopes == [5, 5, -1]
    assert [run[name][0] for name in ("likelihood_slope", "logarithm_slope", "loss_slope")] == [
        0,
        np.inf,
        -np.inf,
    ]


@pytest.mark.parametrize(("heads", "tosses"), [(7, 10), (5, 5), (0, 3), (1, 3)])
def test_the_player_rests_at_the_best_and_no_ball_is_ever_lost(heads, tosses):
    """It rested at p = 1, where the loss is infinite, with no ball in any chart."""
    run, of_charts = columns.curves(heads, tosses)
    assert run["p"][-1] == heads / tosses
    assert np.isfinite(run["loss"][-1])
    for chart in of_charts.values():
        (low,), (high,) = chart["view"]["y0"], chart["view"]["y1"]
        y = np.asarray(chart["run"]["y"])
        assert ((low <= y) & (y <= high)).all()
        assert np.isfinite(chart["run"]["slope"]).all()
