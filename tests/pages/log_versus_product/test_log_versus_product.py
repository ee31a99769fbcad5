"""The page `log-versus-product`: its products, its figures, its sentences for what cannot be computed."""

import mpmath
import numpy as np
import pytest

from calc.likelihood import ascend, coin, true_values
from pages.log_versus_product import columns
from pages.log_versus_product.columns import NOTES_PRODUCT
from tests.pages.app import (
    LESSONS,
    alts,
    choose,
    ending,
    link,
    open_all,
    opened,
    problems,
    readout,
    readout_data,
    words,
)

VIEW = next(view for view in LESSONS if view.url_path == "log-versus-product")


def page(**parameters):
    return opened(VIEW, **{"f": "notes"} | parameters)


def said(app) -> str:
    """All Markdown of the page."""
    return "\n".join(
        node.value for kind in ("markdown", "info", "success", "error") for node in app.get(kind)
    )


def table(app, first: str):
    """The table whose first column is called `first`, by its rows' names."""
    return next(found.value for found in app.table if found.value.columns[0] == first).set_index(first)


# FIGURES.md, row 14: the notes' own product.


def test_five_terms_of_five_factors_and_five_quotients():
    app = page(look="terms", terms="5")
    found = table(app, "term")
    long, short = (found[name].tolist() for name in found.columns)
    assert len(long) == len(short) == 5
    for power in (r"6 p^{5}", r"2 \left(1 - p\right)", r"9 \left(3 - p\right)^{8}",
                  r"13 \left(p - 4\right)^{12}", r"500 \left(10 - p\right)^{499}"):  # fmt: skip
        assert sum(power in term for term in long) == 1
    assert [term.count(":primary[") for term in long] == [1, 2, 2, 1, 1]
    log = said(app).replace("$ $", " ")
    assert r"\frac{6}{p} -\frac{2}{1 - p} -\frac{9}{3 - p} + \frac{13}{p - 4} -\frac{500}{10 - p}" in log
    assert table(app, "operations").loc["**all**"].tolist() == ["**73**", "**13**"]


def test_the_terms_are_revealed_one_by_one():
    app = page(look="terms")
    assert len(table(app, "term")) == 1
    app.slider(key="terms").set_value(2).run()
    assert len(table(app, "term")) == 2


def test_float64_overflows_and_the_logarithm_does_not():
    found = table(page(look="digits"), "quantity")
    assert found.loc["f", "float64"] == "−∞ (overflow)"
    assert found.loc["f′", "float64"] == "not a number"
    assert found.loc["(log|f|)′", "float64"] == found.loc["(log|f|)′", "truth"] == "−51.95"
    assert found.loc["f", "truth"] == "−1.282·10⁴⁹⁷"


def test_automatic_differentiation_gives_nan_at_the_notes_four_points():
    found = table(open_all(page(look="digits")), "p")
    assert found.index.tolist() == ["0.2", "0.5", "2", "5"]
    assert set(found["f"]) == {"−∞"}
    assert set(found["f′ by JAX"]) == {"not a number"}
    assert found["(log|f|)′ by JAX"].tolist() == found["(log|f|)′ in truth"].tolist()
    assert found.loc["0.5", "(log|f|)′ by JAX"] == "−51.95"


def test_both_are_greatest_at_the_same_place_and_one_ball_arrives():
    product, logarithm = alts(page())[:2]
    assert "greatest at p = 0.10139" in product
    assert "starts at 0.5 and ends at no number" in product
    assert "starts at 0.5 and ends at 0.10139" in logarithm
    assert "The sign trap" in said(page())


# Row 13: the product of lots of tiny things is tiny.


def test_the_product_of_lots_of_tiny_things_is_tiny():
    found = table(page(look="tiny"), "type")
    assert found.iloc[:, 0].tolist() == ["17", "92", "713", "never"]
    assert found.loc["float64", "sum of logs"] == "−1,997.1038"
    assert found.loc["float32", "sum of logs"] == "−1,997.1067"


def test_halves_reach_zero_where_the_types_end():
    found = table(page(look="tiny", least="0.5", most="0.5"), "type")
    assert found.iloc[:, 0].tolist() == ["25", "150", "1,075", "never"]


def test_a_million_probabilities():
    app = page(look="tiny", n="1,000,000")
    assert problems(app) == []
    assert "After 1,000,000 factors" in alts(app)[2]
    assert table(app, "type").loc["float64", "last product"] == "0"


def test_limits_the_wrong_way_round_get_a_sentence():
    app = page(look="tiny", least="0.8", most="0.2")
    assert problems(app) == []
    assert "least and a greatest" in words(app)


# The coin.


def test_the_coin_has_a_closed_form():
    app = page(f="coin", heads="7", tosses="10")
    assert "7/10 = 0.7" in said(app)
    assert "ends at 0.7." in alts(app)[1]


def test_a_coin_that_only_fell_on_heads_is_climbed_until_it_leaves_the_probabilities():
    app = page(f="coin", heads="10", tosses="10", start="0.5", times="2.5", steps="100")
    p = readout(app, 1)["p"]
    step = next(step for step, value in enumerate(p) if not 0 < value < 1)
    assert step > 0
    assert f"At step {step} the run left 0 to 1" in ending(app, 1)


def test_too_few_steps_are_told_to_take_more():
    assert ending(page(f="coin", start="0.02", steps="10"), 1).endswith("Take more steps: 20.")


@pytest.mark.parametrize("times", ["1", "0.01"])
def test_a_ball_that_starts_at_the_top_stays_and_no_rounding_is_shown(times):
    """Its slope was 10⁻¹⁵, each step "shorter than the last digit", and the advice to climb the logarithm instead."""
    app = page(f="coin", start="0.7", times=times)
    for number in range(2):
        assert ending(app, number) == "It starts at the top, where the slope is 0, and stays there."
        assert set(readout(app, number)["p-direction"]) == {0.0}
        assert set(readout(app, number)["p"]) == {0.7}


def test_no_rounding_is_shown_as_a_slope_at_the_top():
    slope = readout(page(f="coin"), 1)["p-direction"]
    assert slope[0] == pytest.approx(8)
    assert set(slope[-10:]) == {0.0}


def test_one_rate_is_said_to_fit_all_only_where_it_does():
    few, many, steep = (
        said(page(f="coin", look="rate", **more))
        for more in ({}, {"heads": "700", "tosses": "1000"}, {"start": "0.02", "heads": "1", "tosses": "2"})
    )
    assert "one rate does for the product too" in few
    assert "throws it far beyond the top" in many
    assert "one rate is right for the whole way on the logarithm" in many
    assert "for the whole way on the logarithm" not in steep


def test_a_coin_of_a_thousand_tosses_is_stuck_on_the_product():
    app = page(f="coin", heads="700", tosses="1000", start="0.2", steps="60")
    assert ending(app).startswith("Not moved")
    assert "ends at 0.7." in alts(app)[1]


@pytest.mark.parametrize(
    "link", [{"f": "coin", "start": "0.65"}, {"start": "0.11", "along": "1"}, {}], ids=str
)
def test_each_row_of_numbers_is_an_update_uphill(link):
    app = page(**link)
    for number in range(2):
        columns, template = readout(app, number), readout_data(app, number)["template"]
        p, slope, rate = columns["p"], columns["p-direction"], columns["rate"]
        assert "<mo>+</mo><mi>η</mi>" in template
        assert p[1:] == pytest.approx(p[:-1] + rate * slope[: len(p) - 1], nan_ok=True)
        assert np.isfinite(p[:-1]).all()
        assert columns["away"] == pytest.approx(
            np.abs(p - (0.7 if "f" in link else 0.1013902919)), nan_ok=True, abs=1e-9
        )


def test_that_the_product_fails_is_no_fault_of_the_page():
    app = page()
    product, log = (readout_data(app, number)["template"] for number in range(2))
    assert 'data-kind="moving"' in product
    assert 'data-kind="converged"' in log
    assert ending(app).startswith("Diverged at the start: f is about −1.28·10⁴⁹⁷ there")


@pytest.mark.parametrize("heads", ["0", "10"])
def test_a_coin_with_one_side_runs_out_of_0_to_1_and_the_page_says_so(heads):
    app = page(f="coin", heads=heads, tosses="10")
    assert problems(app) == []
    assert "where p is no probability" in ending(app, 1)


def test_more_heads_than_tosses_gets_a_sentence():
    app = page(f="coin", heads="11", tosses="10")
    assert problems(app) == []
    assert "cannot show 11 heads" in words(app)


# Own factors.

HOSTILE = {
    "p^0": None,
    "(p)^(-2)": "without bound",
    "p^(10^6) (1-p)^(10^6)": "0.5",
    "p^(1/3) (1-p)^(1/2)": "0.4",
    "p p p^2 (1-p)^2": "0.6666666667",
    "7": "does not depend on p",
    "(p-2)^2": None,
    "": "sentence",
    "0 p": "sentence",
    "x^2": "sentence",
    "p^p": None,
    "p^(10^10)": "sentence",
    "p^6 +": "sentence",
    "1/0": "sentence",
    "sin(400p)": None,
    "(-1)^(1/2) p": "sentence",
    "<script>alert(1)</script>": "sentence",
}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text or "empty")
@pytest.mark.parametrize("look", ["terms", "digits"])
def test_hostile_products_give_a_right_answer_or_a_sentence(text, look):
    app = page(f="typed", look=look)
    app.text_input(key="own").set_value(text).run()
    assert problems(app) == []
    expected = HOSTILE[text]
    if expected == "sentence":
        assert "cannot be used" in words(app)
    elif expected:
        assert expected in said(app)
    assert not text.startswith("<") or text not in said(app)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("(p)^(2)~(1-p)^(1)", "0.6666666667"),
        ("(p)^(1)~(p)^(1)~(1-p)^(1/2)", "0.8"),
        ("(p)^(10^6)~(1-p)^(10^6)", "0.5"),
        ("(p)^(-1)~(p)^(2)", None),
        ("(p)^(0)~(2)^(3)", "does not depend on p"),
    ],
)
def test_a_table_travels_in_the_link(rows, expected):
    app = page(f="table", rows=rows)
    assert problems(app) == []
    assert words(app) == ""
    assert expected is None or expected in said(app)


@pytest.mark.parametrize("rows", ["", "~", "x^2", "p", "<b>x</b>^2", "(p)^(x)", "p^2~" * 2000])
def test_a_table_that_is_none_is_replaced_and_the_page_says_so(rows):
    app = page(f="table", rows=rows)
    assert problems(app) == []
    assert "`rows`" in words(app) or "Row 1" in words(app)


# Links and switching.


@pytest.mark.parametrize(
    "title", ["The notes' five factors: the hard one", "Coin tosses", "My own table", "My own, typed"]
)
@pytest.mark.parametrize("look", ["terms", "digits", "tiny"])
def test_every_preset_opens_with_everything_unfolded(title, look):
    app = page(look=look, along="11", start="9")
    app = choose(app, app.selectbox(key="f"), title)
    assert problems(open_all(app)) == []


def test_a_link_restores_every_control():
    app = page(f="coin", heads="3", tosses="4", start="0.25", steps="100", times="0.5", boost="3")
    assert words(app) == ""
    assert [app.slider(key=key).value for key in ("start", "steps")] == [0.25, 100]
    assert [app.select_slider(key=key).value for key in ("times", "boost")] == [0.5, 3]


def test_a_start_on_a_zero_gets_a_sentence():
    app = page(start="1")
    assert problems(app) == []
    assert "move it" in words(app)


def test_a_start_beyond_the_window_of_the_next_product_comes_back_into_it():
    app = page(along="11", start="9")
    app = choose(app, app.selectbox(key="f"), "Coin tosses")
    assert problems(app) == []
    assert app.slider(key="start").value == 0.5


@pytest.mark.parametrize("boost", ["0", "297", "300"])
def test_no_one_rate_saves_the_product(boost):
    app = page(f="coin", boost=boost)
    assert problems(app) == []
    assert "ends at 0.7." not in alts(app)[0]


def test_the_slider_of_the_coin_keeps_seven_heads_in_ten():
    app = page(f="coin")
    heights = []
    for count in (100, 1_000, 10_000):
        slider = next(each for each in app.select_slider if each.label.startswith("Tosses"))
        slider.set_value(count).run()
        shown = link(app)
        assert (int(shown["heads"]), int(shown["tosses"])) == (7 * count // 10, count)
        heights += [node.value for node in app.markdown if "is about" in node.value]
    assert "10⁻²⁶⁵³" in heights[-1]
    assert len(heights) == 3


# Three reasons, and one ball on both curves.


def test_no_reason_is_unfolded_until_it_is_asked_for():
    app = page()
    assert len(app.table) == 0
    reasons = app.segmented_control(key="look")
    assert [title[:2] for title in reasons.options] == ["1.", "2.", "3.", "3."]
    app = choose(app, reasons, "2. One rate fits all")
    assert link(app)["look"] == "rate"
    assert any("there in one step" in alt for alt in alts(app))


@pytest.mark.parametrize(("heads", "tosses"), [(7, 10), (700, 1000), (7000, 10_000)])
def test_one_rate_fits_all_of_the_way_on_the_logarithm(heads, tosses):
    """Of a coin the rate on log f is p(1-p)/n, by hand; that on f is this divided by f, exactly by mpmath."""
    found = columns.rates(coin(heads, tosses), 0.5)
    p = found.p
    assert p[0] == 0.5
    assert found.on_log == pytest.approx(np.log10(p * (1 - p) / tosses), abs=1e-6)
    with mpmath.workdps(40):
        log10 = [
            float(mpmath.log10(mpmath.mpf(x) ** heads * (1 - mpmath.mpf(x)) ** (tosses - heads))) for x in p
        ]
    assert found.on_f == pytest.approx(found.on_log - log10, rel=1e-9)
    assert found.spread(found.on_log) < 0.1
    assert found.spread(found.on_f) > tosses / 50
    app = page(f="coin", heads=str(heads), tosses=str(tosses), look="rate")
    assert problems(app) == []
    assert "1.2 on log" in alts(app)[-1].replace("1.19", "1.2")


@pytest.mark.parametrize(
    "link", [{"start": "0.7"}, {"start": "0"}, {"heads": "10"}, {"f": "typed", "own": "7"}], ids=str
)
def test_where_there_is_no_way_to_a_top_there_is_a_sentence(link):
    app = page(**{"f": "coin", "look": "rate"} | link)
    assert problems(app) == []
    assert "no way to a top" in said(app)


@pytest.mark.parametrize(
    ("product", "start"),
    [(coin(7, 10), 0.2), (coin(700, 1000), 0.4), (coin(7000, 10_000), 0.5), (NOTES_PRODUCT, 0.5)],
)
def test_the_same_balls_slope_on_both_curves(product, start):
    """By 60 digits: |f|′ beyond every float, (log|f|)′, and what float64 makes of the first."""
    both, drawn = ascend(product, start, steps=12), columns.picture(product, 0.0, 1.0)
    run = columns.balls(product, both, drawn, start).to_pydict()
    for step in range(4):
        p = run["b"][step]
        assert p == pytest.approx(both.log.w[step, 0])
        with mpmath.workdps(60):
            true = true_values(product, p)
            slope = abs(true.derivative)
            exponent = int(mpmath.floor(mpmath.log10(slope)))
            digits = float(slope / mpmath.mpf(10) ** exponent)
        assert run["slope"][step] == pytest.approx(float(true.log_derivative), rel=1e-6)
        assert abs(run["digits"][step]) * 10 ** (run["exponent"][step] - exponent) == pytest.approx(
            digits, rel=1e-5
        )
        assert run["share_slope"][step] == pytest.approx(run["slope"][step] * run["b_share"][step], abs=1e-12)
        if exponent < -330:
            assert run["lost"][step] == 0
        elif exponent > 309:
            assert run["lost"][step] == 1
        else:
            assert np.isnan(run["lost"][step])


def test_an_empty_box_asks_for_p():
    app = page(f="typed")
    app.text_input(key="own").set_value("").run()
    assert "p^2 - 3p" in words(app)
    assert "x^2" not in words(app)


def test_at_the_top_the_slope_is_0():
    product = coin(700, 1000)
    run = columns.balls(
        product, ascend(product, 0.5, steps=30), columns.picture(product, 0.0, 1.0), 0.5
    ).to_pydict()
    assert (run["slope"][-1], run["digits"][-1], run["share_slope"][-1]) == (0, 0, 0)
    assert np.isnan(run["lost"][-1])
