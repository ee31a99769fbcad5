"""What the pages say of a run, a rate and a maximum, where they once said something else."""

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from calc.likelihood import ascend, coin, course_product, from_text, maximise
from pages.log_versus_product.panels import closed_form
from tests.pages.app import alts, ending, open_all, opened, problems, readout, readout_data


def said(app) -> str:
    pieces = [node.value for kind in ("markdown", "caption") for node in app.get(kind)]
    return "\n".join([*pieces, *(node.proto.body for node in app.get("html"))])


@pytest.mark.parametrize(
    ("link", "zone"),
    [
        ({"standardise": "false", "exact": "0.012"}, "good"),
        ({"standardise": "false", "exact": "0.022989"}, "good"),
        ({"standardise": "false", "exact": "0.0231"}, "oscillating"),
        ({"method": "momentum", "exact": "0.2"}, "oscillating"),
        ({"method": "momentum"}, "good"),
        ({"method": "nesterov"}, "good"),
        ({"exact": "0.5"}, "good"),
        ({"exact": "0.04"}, "slow"),
        ({"exact": "1.01"}, "diverging"),
    ],
    ids=str,
)
def test_the_strip_says_what_the_rate_does(link, zone):
    assert re.search(f"is {zone}; above .* descent diverges", said(opened("linear-regression", **link)))


def test_mini_batches_have_no_zones_but_a_sentence():
    app = opened("linear-regression", method="stochastic", exact="0.9")
    assert "All rows together diverge above 1;" in said(app)


def test_steps_to_within_counts_until_it_stays_within():
    app = opened("linear-regression", method="momentum", exact="0.2", start="3", steps="150")
    assert open_all(app).table[0].value["steps to within 1% of the least loss"].iloc[0] == "91"


def test_a_constant_y_gets_words():
    table = open_all(opened("linear-regression", data="table", points="1_5~2_5~3_5")).table[0].value
    assert set(table["share explained (R²)"]) == {"none: all y are equal"}
    assert "not a number" not in table.to_string()


def test_a_perfect_line_is_not_so_many_times_its_rounding_error():
    link = {"data": "table", "points": "1_0.0502~2_0.1004~3_0.1506~4_0.2008"}
    template = readout_data(opened("linear-regression", **link))["template"]
    assert "above the least possible loss" in template
    assert "times the least" not in template


def test_every_readout_has_three_digits_at_least():
    for path in (
        "linear-regression",
        "square-loss",
        "log-loss",
        "local-and-global-minima",
        "log-versus-product",
    ):
        template = readout_data(opened(path))["template"]
        assert min(map(int, re.findall(r'data-digits="(\d+)"', template)), default=3) >= 3


def test_an_ascent_is_told_as_one():
    for text, start in (("p^6 (1-p)^2", 0.02), ("1/p", 0.5), ("p^2", 0.5), ("p^3 (1-p)", 0.1)):
        for rate in (None, 0.01, 10.0, 1e300):
            both = ascend(from_text(text), start, steps=60, rate=rate)
            for run in (both.product, both.log):
                assert not re.search(r"fall|minimum|on the way down|downhill", run.status.text), (
                    run.status.text
                )
    # Its curvature at the top is 128/3: at 0.045 it overshoots, and comes nearer.
    both = ascend(from_text("p^6 (1-p)^2"), 0.7, steps=20, rate=0.045)
    assert "it jumps over the maximum and comes back" in both.log.status.text
    hill = ascend(from_text("p^6 (1-p)^2"), 0.02, steps=60, rate=10.0).product.status.text
    assert "Still climbing after 60 steps, as steeply as ever: the top, at p = 0.75, is still ahead" in hill
    assert "a pole of f" in ascend(from_text("1/p"), 0.5, steps=60).product.status.text
    assert "a zero of f" in ascend(from_text("p^6 (1-p)^2"), 0.02, steps=60, rate=10.0).log.status.text


def test_the_green_box_says_nothing_of_a_way_down():
    for path in ("linear-regression", "square-loss", "log-versus-product"):
        for number in range(2 if path == "log-versus-product" else 1):
            assert "way down" not in ending(opened(path), number)


def test_a_huge_rate_on_the_log_loss_is_said_to_throw_about():
    text = ending(opened("log-loss", show="classifier", exact="1e300"))
    assert "grows" not in text
    assert "further each time" not in text
    assert text.startswith(("Thrown about", "Oscillating", "Still moving", "Diverged: at step"))


@pytest.mark.parametrize(
    ("function", "link", "start"),
    [
        ("floor(x)", {"x0": "1.5"}, "At rest: the slope is 0"),
        (
            "x^2",
            {"x0": "0"},
            "At rest: the slope is 0 where it starts, so it stays there. It is at the global",
        ),
        (
            "x^2",
            {"x0": "1", "exact": "1"},
            "Oscillating after 60 steps: it jumps over the minimum and comes back, and",
        ),
        ("x^2", {"x0": "1", "exact": "1e-300"}, "Not moved in 60 steps"),
        (
            "abs(x)",
            {"x0": "0.5", "exact": "0.1"},
            "Oscillating after 60 steps: it jumps over the minimum and comes",
        ),
        (
            "x^2",
            {"x0": "3", "method": "momentum", "exact": "1.805", "steps": "3"},
            "Still moving after 3 steps: the",
        ),
    ],
    ids=str,
)
def test_a_ball_is_told_as_it_is(function, link, start):
    text = ending(opened("local-and-global-minima", f="own", own=function, **link))
    assert text.startswith(start)
    assert "progress is slow" not in text


def test_a_ball_outside_the_plane_is_told():
    outside = opened("local-and-global-minima", variables="2", starts="40_-2")
    assert "The ball starts at (40, −2), outside the plane that is shown." in said(outside)
    assert "outside the plane" not in said(opened("local-and-global-minima", variables="2"))


def test_the_greatest_value_at_an_end_with_slope_zero_exists():
    best = maximise(from_text("(1-p)(1+p)")).best
    assert (best.p, best.end) == (0.0, True)
    assert maximise(from_text("1+p^2")).best.p == 1.0
    assert maximise(from_text("1-p^2"), -1.0, 0.0).best.p == 0.0
    app = opened("log-versus-product", f="typed", own="(1-p)(1+p)")
    assert "greatest at p = 0" in said(app)


def test_the_closed_form_belongs_to_the_product_drawn():
    coin = said(opened("log-versus-product", f="coin", heads="6", tosses="530"))
    assert "$k/n$ = 6/530 = 0.0113208" in coin
    for link in (
        {"f": "notes"},
        {"f": "typed", "own": "p^6 (1-p)^2 (3-p)^9"},
        {"f": "coin", "heads": "900", "tosses": "530"},
    ):
        assert "k/n" not in said(opened("log-versus-product", **link))


def test_another_product_is_never_given_k_of_n():
    """6/530 are the first and all exponents of the notes' product, whose maximiser is 0.10139."""
    notes, tossed = course_product(), coin(6, 530)
    best = maximise(tossed).best
    assert closed_form(best, tossed, "coin") == ["Exactly, $k/n$ = 6/530 = 0.0113208."]
    for product in (notes, from_text("p^6 (2-p)^2")):
        found = replace(maximise(product).peaks[0], exact=Fraction(1, 3), end=False)
        assert "k/n" not in closed_form(found, product, "coin")[0]


def test_powers_of_ten_have_their_mantissa():
    assert "drawn is about 1." in said(opened("log-versus-product", f="coin", heads="5", tosses="5"))
    for link in ({}, {"f": "notes"}, {"look": "tiny"}, {"look": "digits"}):
        app = open_all(opened("log-versus-product", **link))
        shown = (
            said(app)
            + ending(app, 0)
            + ending(app, 1)
            + "".join(table.value.to_string() for table in app.table)
        )
        assert "10⁻⁰" not in shown
        assert not re.search(r"(?<!·)10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", shown)


def test_float16_goes_below_a_ten_millionth():
    least = np.float16(6e-8)
    assert 0 < float(least) < 1e-7
    assert np.float16(2.9e-8) == 0 < np.float16(3.1e-8)
    assert "3·10⁻⁸ becomes 0" in said(opened("log-versus-product", look="digits"))


HYPHEN = re.compile(r"(?:= |\(|, |to |at )-\d")


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("linear-regression", {"data": "table", "points": "-3_-5~-2_-7~-1_4"}),
        ("square-loss", {"points": "-3~-7.5~2", "start": "-40"}),
        ("log-loss", {"show": "classifier"}),
        (
            "log-versus-product",
            {"f": "typed", "own": "(p+3)^2 (1-p)", "from": "-4", "to": "2", "start": "-2"},
        ),
        ("local-and-global-minima", {"variables": "2", "starts": "-40_-2"}),
    ],
    ids=str,
)
def test_a_minus_sign_in_a_sentence_is_one(path, link):
    app = open_all(opened(path, **link))
    assert problems(app) == []
    texts = [re.sub(r"\$[^$]*\$", "", said(app)), *alts(app)]
    texts += [ending(app, 0)] if path != "log-loss" else []
    assert [text for text in texts if HYPHEN.search(text)] == []


def test_a_diverged_run_has_no_number_of_hundreds_of_digits():
    app = open_all(opened("linear-regression", exact="1.3", steps="500"))
    (frame,) = (each for each in app.dataframe if "slope" in each.value.columns)
    assert float(np.abs(frame.value["slope"]).max()) > 1e100
    assert '"%.7g"' in frame.proto.columns.replace("'", '"')
    shown = "".join(table.value.to_string() for table in app.table) + said(app)
    assert not re.search(r"\d{16}|(,\d{3}){5}", shown)
    assert len(readout(app)["slope"]) == 501
