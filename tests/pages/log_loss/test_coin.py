"""The coin of `log-loss`: row 13 of the notes' figures."""

import numpy as np
import pytest

from pages.log_loss.coin import columns, view
from tests.pages.app import choose, click, ending, link, open_all, opened, problems, readout, words
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
    assert said in shown(open_all(app))
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


@pytest.mark.parametrize(
    ("heads", "tails", "start"), [(7, 3, 0.2), (1, 3, 0.9), (50, 50, 0.3), (20, 10, 0.5)]
)
def test_descent_on_the_log_loss_finds_k_of_n(heads, tails, start):
    app = opened("log-loss", heads=str(heads), tails=str(tails), moves="descent", start=str(start))
    assert problems(app) == []
    run, n = readout(app), heads + tails
    p, rate = run["p"], run["rate"][0]
    assert p[0] == start
    # By hand: the derivative of -(k ln p + (n - k) ln(1 - p)) / n.
    slope = -(heads / p - tails / (1 - p)) / n
    assert run["p-direction"] == pytest.approx(slope, rel=1e-6, abs=1e-9)
    assert p[1:] == pytest.approx(p[:-1] - rate * slope[:-1], abs=1e-9)
    assert p[-1] == pytest.approx(heads / n, abs=1e-4)
    assert run["away"][-1] == pytest.approx(abs(p[-1] - heads / n))


def test_the_coin_takes_an_exact_rate_of_its_own():
    app = opened("log-loss", moves="descent", exact="0.1234")
    assert problems(app) == []
    assert readout(app)["rate"][0] == 0.1234
    choose(app, app.button_group(key="show"), "A classifier")
    assert "exact" not in link(app)
    assert readout(app)["rate"][0] != 0.1234


@pytest.mark.parametrize("rate", ["2", "50"])
def test_a_step_that_is_too_long_leaves_the_probabilities_and_the_page_says_so(rate):
    app = opened("log-loss", moves="descent", rate=rate)
    assert problems(app) == []
    assert ending(app) == "With step 1 p leaves 0 to 1 and is no probability any more. Take a smaller rate."
    assert readout(app)["p"][1] == pytest.approx(0.2 + float(rate) * 3.125)
    run, of_charts = columns.descended(7, 10, float(rate), 0.2)[0]
    assert set(run["p"][1:]) == {1.0}
    assert all(np.isfinite(chart["run"]["y"]).all() for chart in of_charts.values())


@pytest.mark.parametrize(("heads", "tails", "end"), [("10", "0", "1"), ("0", "10", "0")])
def test_a_coin_of_one_side_has_its_least_loss_at_an_end(heads, tails, end):
    app = opened("log-loss", heads=heads, tails=tails, moves="descent", rate="0.1")
    assert problems(app) == []
    assert f"least at the end, p = {end}, where its slope is not 0" in ending(app)


def test_the_coin_is_tossed_ten_times_more():
    app = click(opened("log-loss"), "toss")
    assert problems(app) == []
    said = {"heads": 7, "tails": 3} | {name: int(count) for name, count in link(app).items()}
    assert said["heads"] + said["tails"] == 20
    assert 7 <= said["heads"] <= 17
    assert app.slider(key="heads").value == said["heads"]
    full = opened("log-loss", heads="95")
    assert full.button(key="toss").disabled


def test_the_coin_here_and_the_one_of_the_product_are_linked():
    there = opened("log-versus-product", heads="70", tosses="100").get("page_link")
    here = open_all(opened("log-loss", heads="70", tails="30")).get("page_link")
    assert [(one.proto.page, one.proto.query_string) for one in there] == [("log-loss", "heads=70&tails=30")]
    assert [(one.proto.page, one.proto.query_string) for one in here] == [
        ("log-versus-product", "heads=70&tosses=100")
    ]
    assert len(opened("log-versus-product", heads="700", tosses="1000").get("page_link")) == 0
    tiny = opened("log-versus-product", heads="700", tosses="1000", look="tiny").get("page_link")
    assert [one.proto.query_string for one in tiny] == ["show=classifier"]
