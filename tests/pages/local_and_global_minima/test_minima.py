"""The page `local-and-global-minima`: presets, typed functions, its controls."""

import re
import time
from dataclasses import replace

import numpy as np
import pytest

from calc import minima
from calc.basins import Cancelled, basins_1d, trajectories
from calc.curve import curve
from calc.expression import ExpressionError, parse_expression
from calc.expression.jets import jet
from calc.workers import Unanswered
from pages.local_and_global_minima.common import METHODS
from pages.local_and_global_minima.one import columns as minima_data
from pages.local_and_global_minima.one import panels, runs
from pages.local_and_global_minima.presets import ONE, TWO
from pages.local_and_global_minima.two import charts as plane_charts
from pages.local_and_global_minima.two import controls as minima_two_controls
from pages.local_and_global_minima.two import maps as plane_maps
from tests.calc.expression.samples import GOOD, GOOD_BELOW_ZERO, HOSTILE
from tests.numbers import read
from tests.pages.app import choose, ending, problems, value, widget, words
from tests.pages.local_and_global_minima.moves import alts, page, picture, type_in, variables


def captions(app) -> str:
    return "\n".join(node.value for node in app.caption)


def fault(text) -> ExpressionError | None:
    try:
        parse_expression(text)
    except ExpressionError as wrong:
        return wrong
    return None


def candidates(app):
    """The table of candidates."""
    return app.table[0].value


# Presets.


@pytest.mark.parametrize("slug", ONE)
def test_every_preset_of_one_variable_runs(slug):
    method = list(METHODS)[list(ONE).index(slug) % len(METHODS)]
    app = page(f=slug, method=method, balls="true", rates="true")
    assert problems(app) == []
    assert len(app.warning) <= 1
    assert (value(app, "from"), value(app, "to")) == ONE[slug].window
    assert any(ONE[slug].why in text.value for text in app.markdown)


@pytest.mark.parametrize("slug", TWO)
def test_every_preset_of_two_variables_runs(slug):
    method = list(METHODS)[list(TWO).index(slug) % len(METHODS)]
    app = page(variables="2", f=slug, method=method, ground="basins", arrows="true")
    assert problems(app) == []
    assert "of 62,500 starts" in picture(app)


def test_another_preset_brings_its_interval_start_and_rate():
    app = page(f="wells", x0="3", rate="0.2")
    assert (value(app, "x0"), value(app, "rate")) == (3, 0.2)
    choose(app, widget(app, "f"), ONE["comb"].title)
    assert (value(app, "from"), value(app, "to")) == ONE["comb"].window
    assert value(app, "x0") == ONE["comb"].start[0]
    assert value(app, "rate") == pytest.approx(ONE["comb"].rate, rel=0.05)
    assert words(app) == ""


def test_one_and_two_variables_keep_out_of_each_others_way():
    app = page(f="own", own="x^2 - 1", x0="1.5")
    variables(app, "f(x, y)")
    assert problems(app) == []
    assert words(app) == ""
    assert picture(app).startswith("The plane")
    type_in(app, "x^2 + y^2")
    variables(app, "f(x)")
    assert problems(app) == []
    assert words(app) == ""
    assert value(app, "own") == "x^2 - 1"
    choose(app, widget(app, "f"), ONE["wells"].title)
    variables(app, "f(x, y)")
    assert problems(app) == []
    assert words(app) == ""
    assert value(app, "f") == "himmelblau"


# Row 11 of the figures: zeros of the slope are the candidates, and it is not always so.


def test_where_the_slope_is_zero_are_the_candidates_and_one_minimum_is_global():
    app = page(f="double-well")
    found = minima.find(parse_expression(ONE["double-well"].text), *ONE["double-well"].window)
    slope = parse_expression(ONE["double-well"].text).derivative
    inner = found.points[1:-1]
    assert [point.kind for point in inner] == ["local minimum", "local maximum", "local minimum"]
    assert np.abs([slope(point.x) for point in inner]).max() < 1e-8
    assert found.global_minimum == inner[:1]
    assert found.proved
    table = candidates(app)
    assert list(table["what"]) == [
        "end maximum", "local minimum, **global minimum**", "local maximum", "local minimum",
        "end maximum, **global maximum**",
    ]  # fmt: skip
    assert [float(x.replace("−", "-")) for x in table["x"]] == pytest.approx([p.x for p in found.points])
    assert "Proved" in captions(app)


@pytest.mark.parametrize(
    ("slug", "x", "what", "left", "right"),
    [
        ("corner", 0, "corner", -1, 1),
        ("end", -2.5, "end minimum", None, 15.75),
        ("cusp", 0, "cusp", -np.inf, np.inf),
    ],
)
def test_it_is_not_always_so(slug, x, what, left, right):
    """At these global minima the slope is not 0: it has another value, two values, or none."""
    preset = ONE[slug]
    f = parse_expression(preset.text)
    (point,) = minima.find(f, *preset.window).global_minimum
    assert point.x == x
    slopes = {-1: left, 1: right}
    for side in (-1, 1):
        if slopes[side] is None:
            assert x + side < preset.window[0]
            continue
        assert jet(f.root, {"x": np.array(float(x))}, side).first == slopes[side]
        # And by differences, which grow without bound where the tangent is vertical.
        steps = side * np.array([1e-4, 1e-7])
        differences = (f(x + steps) - f(x)) / steps
        if np.isinf(slopes[side]):
            assert (side * differences > [10, 100]).all()
        else:
            np.testing.assert_allclose(differences, slopes[side], rtol=1e-3)
    slope = f.derivative(x)
    assert slope == right if left is None else np.isnan(slope) or np.isinf(slope)
    lines = candidates(page(f=slug))
    (line,) = (line for line in lines["what"] if "global minimum" in line)
    assert what in line


def test_a_zero_slope_is_only_a_candidate_and_there_may_be_no_minimum_at_all():
    assert "inflection" in "".join(candidates(page(f="cubic"))["what"])
    app = page(f="pole")
    assert "global minimum: none" in picture(app)
    assert "There is no global minimum" in captions(app)


# Typed functions.


@pytest.mark.parametrize("part", range(4))
def test_every_good_text_is_drawn(part):
    app = page(f="own")
    for text in [text for text, *_ in (*GOOD, *GOOD_BELOW_ZERO)][part::4]:
        type_in(app, text)
        assert problems(app) == [], text
        assert "can be read" not in words(app), text
        assert picture(app).startswith("A curve"), text


def test_every_hostile_text_gets_a_sentence_and_the_last_function_stays():
    app = page(f="own")
    for text in HOSTILE:
        # The box takes no more, and a browser sends no half characters.
        shown = text[:200].encode("utf-8", "replace").decode()
        type_in(app, shown)
        assert problems(app) == [], text
        wrong = fault(shown)
        if wrong is not None:
            assert [f"{wrong.message}. Until you correct it" in box.value for box in app.error].count(
                True
            ) == 1, text
            assert value(app, "own") == shown
            assert picture(app).startswith("A curve")


def test_nothing_typed_is_lost():
    app = type_in(page(f="own"), "x^2 + 1")
    before = picture(app)
    type_in(app, "x^2 + sinn(x)")
    assert "did you mean sin?" in words(app)
    assert [block.value for block in app.code] == ["x^2 + sinn(x)\n      ^"]
    assert picture(app) == before
    choose(app, widget(app, "f"), ONE["comb"].title)
    choose(app, widget(app, "f"), "My own function")
    assert value(app, "own") == "x^2 + sinn(x)"


ODD = ["sin(1/x)", "tan(50x)", "7", "floor(20x)", "sqrt(-1-x^2)", "x^100", "1e30x", "ln x", "|sin(1000x)|",
       "sqrt(x-2.4999999)", "x^x", "1/sin(500x)"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_a_pathological_function_is_drawn(text):
    app = page(f="own", own=text, balls="true", rates="true")
    assert problems(app) == []
    assert "could not be used" not in words(app)
    found = minima.find(parse_expression(text), *ONE["double-well"].window)
    listed = len(candidates(app)) if app.table else 0
    assert listed <= 41
    assert (f"Of {len(found.points):,} candidates" in captions(app)) == (len(found.points) > 40)


def test_of_many_candidates_few_are_drawn_and_the_global_ones_among_them():
    found = minima.find(parse_expression("x sin(300x)"), -2.5, 2.5)
    assert len(found.points) > 400
    drawn = minima_data.points(found)
    assert len(drawn["x"]) <= minima_data.MOST
    assert found.global_minimum[0].x in drawn["x"]
    assert "global minimum" in drawn["name"]


def test_a_flat_valley_is_reached_wherever_one_comes_to_its_bottom():
    for parameters in ({"f": "flat"}, {"f": "own", "own": "7"}):
        assert "100% of all starts reach the global minimum" in picture(page(**parameters))


def test_a_sentence_tells_when_sympy_ran_out_of_time():
    app = page(f="own", own="sin(x)^2cos(x^3)e^(sin x)/(x^4+x+1)", symbolic="true")
    assert problems(app) == []
    assert "stopped after 2 s" in captions(app)
    assert "Proved" in captions(app)


def test_where_sympy_has_no_closed_form_the_page_says_so():
    app = page(f="own", own="x^4 - 3x^2 + x", symbolic="true")
    assert problems(app) == []
    assert "no closed form short enough to show" in captions(app)
    assert "no closed form" not in captions(page(f="own", own="x^4 - 3x^2", symbolic="true"))
    assert "no closed form" not in captions(page(f="own", own="x^4 - 3x^2 + x"))


def test_exact_places_are_shown_where_there_are_some():
    table = candidates(page(f="end", symbolic="true"))
    assert any(x.startswith("$1$ = 1") for x in table["x"])


@pytest.mark.parametrize(
    ("text", "places"),
    [("log x + y^2", "0 minima: none"), ("1/(x y)", "0 minima: none"), ("7", "1 minimum: (0, 0)"),
     ("x^2", "1 minimum: (0, 0)"), ("sqrt(-1-x^2)", "0 minima: none"), ("floor(9x)+y", "0 minima: none"),
     ("x y", "0 minima: none"), ("sqrt(x - 1) + |y|", "1 minimum: (1, 0)")],
)  # fmt: skip
def test_an_odd_function_of_two_variables_is_drawn_with_its_minima(text, places):
    for ground in ("contours", "basins"):
        app = page(variables="2", f="own", own=text, ground=ground, arrows="true")
        assert problems(app) == []
        assert picture(app).startswith(f"The plane from above with {places}.")


def test_how_the_minima_of_the_plane_were_found_is_said():
    assert "Minima (✕) and saddles (◇): searched from 40,000 places, not proved." in captions(
        page(variables="2")
    )


def test_a_valley_is_said_to_be_one():
    assert "a valley through (0, 0): f = 0" in "".join(
        text.value for text in page(variables="2", f="own", own="(x - y)^2").markdown
    )


def test_the_legend_of_the_map_adds_up_to_all_starts():
    for name in TWO:
        app = page(variables="2", f=name, ground="basins")
        (legend,) = (alt for alt in alts(app) if alt.startswith("Share of starts"))
        parts = re.findall(r"(under )?(\d+)%", legend)
        # Each is rounded by half a per cent at most, or was less than one.
        assert abs(sum(float(part) for _, part in parts) - 100) <= len(parts) / 2 + 0.01, legend
    app = page(variables="2", ground="basins", f="rastrigin")
    assert any("77 other minima: 95%" in alt for alt in alts(app))


def test_the_legend_of_the_map_names_the_other_ends():
    app = page(variables="2", ground="basins", f="own", own="(ln x)^2 + y^2")
    assert any("leave the domain: 50%" in alt for alt in alts(app))
    assert "31,250 leave the domain" in picture(app)
    app = page(variables="2", ground="basins", f="saddle", steps="1000", exact="0.9")
    assert "No minimum was found; of 62,500 starts 62,500 diverge." in picture(app)


# Two wells, of which one is deeper: what is said of all starts, against a loop of the test's own.


def rolled(slopes, starts, rate, steps=300):
    """Where gradient descent from each start, (n, d), has come to."""
    with np.errstate(all="ignore"):
        for _ in range(steps):
            starts = starts - rate * slopes(starts)
    return starts


def left_of_zero(ends) -> float:
    return float((ends[:, 0] < 0).mean())


def middles(low: float, high: float, count: int) -> np.ndarray:
    return low + (high - low) * (np.arange(count) + 0.5) / count


def test_the_share_of_starts_is_of_those_that_reach_the_deeper_well():
    app = page(
        f="own", own="x^4 - 2x^2 + x/2", x0="1", exact="0.05", steps="300", **{"from": "-2", "to": "2"}
    )
    ends = rolled(lambda x: 4 * x**3 - 4 * x + 0.5, middles(-2, 2, 300)[:, None], 0.05)
    assert f"{left_of_zero(ends):.0%} of all starts reach the global minimum" in picture(app)


def test_the_best_rate_of_the_map_brings_that_many_starts_to_the_deeper_well():
    app = page(
        f="own", own="x^4 - 2x^2 + x/2", rates="true", exact="0.05", steps="300", **{"from": "-2", "to": "2"}
    )
    (said,) = (alt for alt in alts(app) if alt.startswith("A map of starts by learning rates."))
    rate, most = re.search(
        r"At the rate (\S+) the most starts, (\d+)%, reach a global minimum", said
    ).groups()
    shares = [
        left_of_zero(rolled(lambda x: 4 * x**3 - 4 * x + 0.5, middles(-2, 2, 200)[:, None], each))
        for each in (float(read(rate)) * factor for factor in (0.997, 1, 1.003))
    ]
    # The rate is said with three digits.
    assert min(shares) - 0.02 <= int(most) / 100 <= max(shares) + 0.02


def test_the_share_of_the_plane_is_of_those_that_reach_the_deeper_well():
    app = page(
        variables="2", f="own", own="x^4 - 2x^2 + x/2 + y^2", ground="basins", exact="0.05", steps="300",
        **{"x-from": "-2", "x-to": "2", "y-from": "-2", "y-to": "2"},
    )  # fmt: skip
    grid = np.stack(np.meshgrid(middles(-2, 2, 250), middles(-2, 2, 250)), -1).reshape(-1, 2)
    ends = rolled(lambda w: np.c_[4 * w[:, 0] ** 3 - 4 * w[:, 0] + 0.5, 2 * w[:, 1]], grid, 0.05)
    assert f"{left_of_zero(ends):.0%} of 62,500 starts reach a global minimum." in picture(app)


# What is not settled is not claimed.


def test_a_function_that_takes_too_long_is_told_and_the_page_goes_on(monkeypatch):
    # A function of its own: what another session still holds is not asked for again.
    asked = []

    def ended(function, *_):
        asked.append(function)
        raise Unanswered

    monkeypatch.setattr(runs, "run_bounded", ended)
    app = page(f="own", own="x^2 + 1.7321", rates="true", symbolic="true")
    assert problems(app) == []
    assert "takes too long to examine between −2.5 and 2.5" in captions(app)
    assert "Proved" not in captions(app)
    assert "None is settled." in "".join(text.value for text in app.markdown)
    assert picture(app).startswith("A curve with at least 0 minima")
    assert "global minimum: not settled" in picture(app)
    assert value(app, "own") == "x^2 + 1.7321"
    # Not again at each rerun, but again later.
    assert asked.count(minima.find) == 1
    app = choose(app, widget(app, "method"), "Momentum") or app
    assert asked.count(minima.find) == 1
    monkeypatch.setattr(runs, "monotonic", lambda: time.monotonic() + 2 * runs.PAUSE)
    monkeypatch.undo()
    app = type_in(app, "x^2 + 2")
    assert "Proved" in captions(app)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("sin(1e30x)", -1, 1), ("floor(1e6x)", -2, 3), ("tan(1e5x)", -3, 3)]
)
def test_what_is_not_settled_is_neither_listed_nor_said(text, low, high):
    app = page(f="own", own=text, rates="true", **{"from": str(low), "to": str(high)})
    assert problems(app) == []
    assert "global minimum: not settled" in picture(app)
    assert "Not proved:" in captions(app)
    assert "no value on this interval lies below" not in captions(app)
    assert "There is none." not in "".join(text.value for text in app.markdown)


def test_there_is_none_is_told_from_not_settled():
    app = page(f="own", own="e^(1/x)", **{"from": "-1", "to": "1"})
    assert "global minimum: none" in picture(app)
    assert "Proved" in captions(app)
    assert "no value on this interval lies below" not in captions(app)


def test_a_hole_is_an_empty_circle_that_the_curve_keeps_out_of():
    expression = parse_expression("e^(-1/x^2)")
    found = minima.find(expression, -1, 1)
    line = curve(expression, found)
    columns = minima_data.curve(line, found, minima_data.window(line, found))
    near = np.abs(columns["x"]) < minima_data.HOLE * 2
    assert near.any()
    assert np.isnan(columns["f"][near]).all()
    points = minima_data.points(found)
    (hole,) = (i for i, kind in enumerate(points["kind"]) if kind == "hole")
    assert (points["x"][hole], points["f"][hole]) == (0, 0)
    assert points["said"][hole] == "hole: x = 0, no value; the limit is 0"
    assert len({len(column) for column in points.values()}) == 1


def test_a_place_has_the_digits_that_are_known():
    point = minima.Point(0.123456789012, 0.0, "local minimum", error=1e-6)
    assert minima_data.place(point, 12) == "0.1235"
    assert minima_data.place(replace(point, error=0.0), 12) == "0.123456789012"
    assert minima_data.place(replace(point, x=0.0), 12) == "0"


# Controls.


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (-1e6, 1e6), (0, 1e-300), (1, 1 + 1e-15), (5, 6)])
def test_any_two_ends_give_a_picture_or_a_sentence(low, high):
    app = page(**{"from": repr(low), "to": repr(high)}, rates="true")
    assert problems(app) == []
    refused = "The interval has to begin below its end" in words(app)
    assert refused == (high - low < 1e-9)
    two = page(variables="2", **{"x-from": repr(low), "x-to": repr(high)}, ground="basins", arrows="true")
    assert problems(two) == []
    assert ("x has to begin below its end" in words(two)) == refused


def test_a_ball_outside_the_interval_or_the_domain_says_so():
    app = page(x0="99")
    assert any("x = 99, outside the interval" in text.value for text in app.markdown)
    assert not any("outside the interval" in text.value for text in page().markdown)
    assert "not defined at the start" in ending(page(f="own", own="ln x", x0="-1")).lower()


@pytest.mark.parametrize("rate", ["1e-300", "1e300"])
def test_any_rate_gives_a_picture(rate):
    for parameters in ({"rates": "true", "balls": "true"}, {"variables": "2", "ground": "basins"}):
        assert problems(page(exact=rate, **parameters)) == []


def test_a_ball_that_falls_for_ever_is_not_told_to_take_more_steps():
    said = ending(page(f="own", own="1e30x"))
    assert "no minimum in this direction" in said
    assert "ake more steps" not in said


def test_a_path_keeps_the_steps_that_one_can_tell_apart():
    well = parse_expression("x^2 + y^2", ("x", "y"))
    window = (-2.0, 2.0, -2.0, 2.0)

    def path(start, rate, steps=500):
        balls = trajectories(well, [start], method="gradient-descent", rate=rate, steps=steps)
        return plane_charts.paths(balls, window)["path"]

    rests = path((0.0, 0.0), 0.1)
    assert list(rests["step"]) == [0]
    rolls = path((1.0, -1.0), 0.1)
    assert (rolls["x"][0], rolls["y"][0]) == (1.0, -1.0)
    # It halves its way every three steps, and is soon nearer to its end than one sees.
    assert list(rolls["step"][:10]) == list(range(10))
    assert 15 < len(rolls["step"]) < 30
    assert np.hypot(rolls["x"][-1], rolls["y"][-1]) < 0.02
    flies = path((1.0, 0.0), 10.0)
    assert np.isfinite(flies["x"]).all()
    assert np.abs(flies["x"]).max() > 1e90


# The map of basins, and others who use the same server.


def test_4096_starts_want_a_gpu(monkeypatch):
    monkeypatch.setattr(minima_two_controls, "choose_backend", lambda work: minima_two_controls.NUMPY)
    app = page(variables="2", ground="basins", size="4096", steps="3")
    assert "needs a GPU" in words(app)
    assert "1,000,000 starts" in picture(app)


def test_a_map_that_takes_too_long_is_given_up_with_a_sentence(monkeypatch):
    def slow(*_, **__):
        raise Cancelled

    monkeypatch.setattr(plane_maps, "basin_map", slow)
    app = page(variables="2", ground="basins", steps="7")
    assert "fewer starts" in words(app)
    assert problems(app) == []
    assert "Contours" in picture(app)


def test_a_minute_of_others_work_does_not_hold_a_small_map():
    with plane_maps.QUEUES["large"]:
        assert "of 62,500 starts" in picture(page(variables="2", ground="basins", steps="11"))


def test_the_ends_of_flat_stretches_do_not_cover_their_names():
    found = minima.find(parse_expression("1/floor(x)"), -2, 3)
    points = minima_data.points(found)
    named = {kind for kind, shown in zip(points["name"], points["shown"], strict=True) if shown}
    assert "global minimum" in named
    assert not named & {"jump", "edge of the domain"}


@pytest.mark.parametrize(
    ("text", "low", "said"),
    [
        ("floor(x)", -2, "75% rest where the function is flat."),
        ("sign(x)", -2, "50% rest where the function is flat."),
        ("-max(0, x)", -2, "50% rest where the function is flat; 50% are still on their way."),
        ("5", -2, "**100% of all starts** reach the global minimum."),
        # The slope of exp(-x²) is 0 nowhere else, though a float says so far out.
        ("exp(-x^2)", -40, "over 99% are still on their way."),
    ],
)
def test_a_ball_on_a_flat_stretch_is_at_rest_and_not_on_its_way(text, low, said):
    expression = parse_expression(text)
    found = minima.find(expression, low, -low)
    rests, owner = minima_data.places_of_rest(found)
    every = basins_1d(expression, low, -low, rests, method="gradient-descent", rate=0.1, steps=100, count=400)
    every = replace(every, reached=minima_data.numbered(every.reached, owner))
    assert panels.shares(found, every).endswith(said)
