"""`differentiability`: what is said of each kind of point, and of the interval, is the case."""

from math import inf, isfinite, nan

import mpmath
import pytest

from calc.cells import Cell, Run
from calc.curve import joined
from calc.differentiability import Differentiability, Point, at, find
from calc.expression import parse_expression
from calc.libraries import CALLS, answers, asked
from calc.minima import Doubt
from calc.workers import Unanswered
from pages.differentiability import columns, panels
from pages.differentiability.controls import Setting, nearest
from pages.differentiability.presets import PRESETS
from pages.shared import function_columns
from pages.shared.function_columns import looked_at
from pages.shared.verdict import fillable, judge, over_the_interval
from tests.pages.app import choose, link, open_all, opened, problems, readout_data

PAGE = "differentiability"


def said(app) -> str:
    return readout_data(app)["texts"]["said"]


def interval(app) -> str:
    return next(node.value for node in app.markdown if node.value.startswith("**On ["))


def verdict(app) -> tuple[bool, bool]:
    """Whether the function is said to be continuous, and differentiable, at the point."""
    continuous, differentiable = said(app).split("Continuous? ")[1].split(" Differentiable? ")
    return continuous.startswith("Yes"), differentiable.startswith("Yes")


def takagi(x):
    return sum(abs(2**k * x - mpmath.floor(2**k * x + mpmath.mpf(1) / 2)) / 2**k for k in range(5))


JUDGES = {
    "corner": abs,
    "corners": lambda x: max(x**2 - 1, 1 - x**2),
    "cusp": lambda x: abs(x) ** (mpmath.mpf(2) / 3),
    "vertical": lambda x: mpmath.sign(x) * abs(x) ** (mpmath.mpf(1) / 3),
    "floor": mpmath.floor,
    "smooth": lambda x: x * abs(x),
    "dust": takagi,
}
"""The presets with a value at their point, written by another hand."""


@pytest.mark.parametrize("slug", JUDGES)
def test_the_verdict_at_a_preset_is_that_of_its_quotients(slug):
    app, f, x = opened(PAGE, f=slug), JUDGES[slug], mpmath.mpf(PRESETS[slug].at)
    with mpmath.workdps(60):
        h = mpmath.mpf(10) ** -30
        left, right = (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h
        continuous = abs(f(x + h) - f(x)) + abs(f(x) - f(x - h)) < 1e-9
        differentiable = abs(left) < 1e6 and abs(left - right) < 1e-9
    assert problems(app) == []
    assert verdict(app) == (continuous, differentiable)
    point = looked_at(setting_of(slug))[0]
    for mine, true in ((point.left, left), (point.right, right)):
        if isfinite(mine):
            assert mine == pytest.approx(float(true), abs=1e-12)
        else:
            assert abs(true) > 1e6
            assert (mine > 0) == (true > 0)


def setting_of(slug: str) -> Setting:
    preset = PRESETS[slug]
    f = parse_expression(preset.text)
    return Setting(f, *preset.window, preset.at, 0.5, False, find(f, *preset.window).points)


@pytest.mark.parametrize(
    ("slug", "fill", "expected"),
    [
        ("sign", False, (False, False)),
        ("hole", False, (False, False)),
        ("hole", True, (True, True)),
        ("pole", False, (False, False)),
        ("wild", False, (False, False)),
        ("wild", True, (True, False)),
        ("tamed", False, (False, False)),
        ("tamed", True, (True, True)),
        ("almost", False, (True, True)),
    ],
)
def test_the_verdict_at_the_other_presets(slug, fill, expected):
    app = opened(PAGE, f=slug, **({"fill": "true"} if fill else {}))
    assert problems(app) == []
    assert verdict(app) == expected
    if fill:
        everywhere = (
            "continuous; differentiable everywhere" if expected[1] else "continuous; not differentiable at"
        )
        assert everywhere in interval(app)


def test_every_preset_has_a_verdict_or_a_quotient_to_judge_it():
    assert set(PRESETS) - set(JUDGES) == {"sign", "hole", "pole", "wild", "tamed", "almost"}


def test_x_squared_sine_squeezes_every_secant_and_x_sine_does_not():
    for slug, bound in (("tamed", 1e-5), ("wild", 1.0)):
        setting = setting_of(slug)
        sweep = columns.swept(setting.expression, 0.0, 0.0, setting.h)
        smallest = [abs(slope) for slope in (*sweep["left"][-40:], *sweep["right"][-40:])]
        assert max(smallest) <= bound * setting.h * 2**4
        assert max(smallest) > 0.3 * bound * setting.h * 2**-4


def test_the_verdict_over_an_interval_names_what_it_counts():
    assert "not continuous at 5 jumps; not differentiable at 5 jumps" in interval(opened(PAGE, f="floor"))
    assert "continuous; not differentiable at 23 corners" in interval(opened(PAGE, f="dust"))
    app = opened(PAGE, f="own", own="|x| + cbrt(x-1)")
    assert "continuous; not differentiable at 1 corner, 1 vertical tangent. Proved" in interval(app)
    assert all("Proved" in interval(opened(PAGE, f=slug)) for slug in PRESETS)


def test_takagis_corners_double_with_each_term():
    """3·2^(n-2) - 1: at the last but one level two slopes of 1 cancel one of -2."""
    terms = PRESETS["dust"].text.split(" + ")
    for n in (3, 4, 5):
        found = find(parse_expression("+".join(terms[:n])), 0, 1)
        assert len(found.points) == 3 * 2 ** (n - 2) - 1
        assert found.continuous
        assert found.proved


def test_gaps_are_no_holes():
    text = over_the_interval(find(parse_expression("sqrt(x)"), -1, 2), False)
    assert "not continuous; not differentiable at 1 vertical tangent; without values on a part of it" in text
    app = opened(PAGE, f="own", own="sqrt(x)", low="-1", high="2", at="0")
    assert "from the right, the only side there is, the slopes go to ∞" in said(app)


def test_what_is_not_settled_is_not_proved():
    doubts = tuple(Doubt(f"What it does at {place} is not settled.", place, place) for place in range(5))
    found = Differentiability(0, 5, (), (), doubts)
    text = over_the_interval(found, False)
    assert "whether it is continuous is not settled; whether it is differentiable is not settled" in text
    assert "Not proved:" in text
    assert "at 3 more places" in text
    assert "Proved," not in text


def test_a_search_that_takes_too_long_is_asked_once_and_settles_nothing(monkeypatch):
    asked = []

    def hang(function, *_):
        asked.append(function)
        raise Unanswered("it took too much time")

    monkeypatch.setattr(function_columns, "run_bounded", hang)
    app = opened(PAGE, f="own", own="|x - 0.1234|")
    assert problems(app) == []
    assert any("Nothing is settled" in node.value for node in app.markdown)
    assert said(app) == "x = 0. What the function does here is not settled."
    assert asked == [joined, at]


def test_a_jump_with_a_value_between_is_no_vertical_tangent():
    point = Point(0, "jump", 0, inf, inf, -1, 1, 0, 0)
    assert "locally straight" not in judge(point, False).text
    assert "locally straight" in judge(Point(0, "vertical tangent", 0, inf, inf, 0, 0), False).text


def test_only_a_missing_value_with_one_limit_can_be_filled():
    assert fillable(Point(0, "hole", nan, nan, nan, 2, 2, 1, 1))
    assert not fillable(Point(0, "jump", nan, nan, nan, -1, 1, 0, 0))
    assert not fillable(Point(0, "pole", nan, nan, nan, inf, inf))
    assert not fillable(Point(0, "oscillation"))
    # A hole in a corner: with its value it is continuous, without a slope.
    corner = judge(Point(0, "hole", nan, nan, nan, 0, 0, -1, 1), True)
    assert (corner.continuous, corner.differentiable) == (True, False)


def the_list(app):
    return next(each for each in app.selectbox if each.label == "Points without a derivative")


def test_a_point_of_the_list_is_the_point():
    app = opened(PAGE, f="floor")
    names = the_list(app).options
    assert names[0] == "x = −2: jump"
    choose(app, the_list(app), names[0])
    assert problems(app) == []
    assert link(app)["at"] == "-2"
    assert said(app).startswith("x = −2.")
    app.number_input(key="at").set_value(0.5).run()
    assert said(app) == "x = 0.5. Continuous? Yes. Differentiable? Yes: the slopes from both sides go to 0."
    assert the_list(app).value is None


def test_a_point_that_no_float_has_is_still_the_corner():
    app = opened(PAGE, f="own", own="|sin(x)|", low="1", high="7")
    assert said(app).startswith(
        "x = 3.14159. Continuous? Yes. Differentiable? No: the slopes from the left go to −1"
    )


def test_a_click_means_the_mark_beside_it():
    setting = setting_of("floor")
    assert nearest(setting, 0.98) == 1.0
    assert nearest(setting, 0.6) == 0.6


def test_of_a_point_without_a_value_the_function_beside_it_is_counted_down():
    app = opened(PAGE, f="pole")
    assert "f(x − h)" in readout_data(app)["template"]
    assert "0/0" not in readout_data(app)["template"]
    assert "from the left" in readout_data(opened(PAGE))["template"]


def test_the_table_of_libraries_is_what_they_answered():
    run = asked()
    for _ in range(180):
        # It goes on while somebody looks.
        run.look("a test")
        run.wait(1)
        if run.done:
            break
    found = answers(run)
    assert len(found) == len(CALLS)
    app = opened(PAGE)
    assert not app.table
    table = open_all(app).table[0].value
    assert list(table["answer"]) == [f"`{answer.text}`" for answer in found]
    assert [cell == "wrong" for cell in table.iloc[:, 4]] == [not answer.right for answer in found]
    assert list(table["call"]) == [f"`{'; '.join(answer.call.code.splitlines())}`" for answer in found]


@pytest.mark.parametrize("lost", [False, True])
def test_while_they_are_asked_the_page_goes_on(monkeypatch, lost):
    run = Run([Cell("answer0", "", "while True: pass")])
    monkeypatch.setattr(run, "look", lambda _: None)
    run.failed = lost
    monkeypatch.setattr(panels, "asked", lambda: run)
    app = open_all(opened(PAGE))
    assert problems(app) == []
    assert not app.table
    words = "could not be asked" if lost else "are being asked"
    assert any(words in node.value for node in app.caption)


def test_different_numbers_are_written_differently():
    app = opened(PAGE, f="own", own="floor(1000000x)", low="1", high="1.000001", at="1")
    assert interval(app).startswith("**On [1, 1.000001]**")
    assert "is 1,000,000 here, and it goes to 999,999 from the left" in said(
        opened(PAGE, f="own", own="floor(1000000x)", low="0.999999", high="1.000001", at="1")
    )


def test_away_from_a_jump_without_a_value_all_is_settled():
    app = opened(PAGE, f="sign", at="1")
    assert verdict(app) == (True, True)


def test_a_filled_hole_is_0_over_0_at_last():
    texts = readout_data(opened(PAGE, f="wild", fill="true"))["texts"]
    for side in ("left", "right"):
        assert [texts[f"{side}-{name}"][-1] for name in ("first", "last", "run", "quotient")] == [
            "0",
            "0",
            "0",
            "0/0",
        ]


def test_points_of_a_narrow_interval_have_names_of_their_own():
    app = opened(PAGE, f="own", own="|sin(10000000x)|", low="1", high="1.000001")
    names = the_list(app).options
    assert len(names) > 2
    assert len({*names}) == len(names)


def test_at_an_end_of_the_interval_both_sides_count_as_the_picture_shows_them():
    app = opened(PAGE, f="own", own="floor(x)x", at="2")
    assert "it goes to 2 from the left and to 4 from the right" in said(app)
    assert "the only side there is" not in said(app)


def test_where_there_is_no_such_point_it_is_said():
    app = opened(PAGE, f="smooth")
    assert problems(app) == []
    assert any(node.value == "No point without a derivative was found." for node in app.markdown)


def test_how_straight_the_curve_looks_is_told_here_too():
    assert "gets ever steeper" in app_words(opened(PAGE, f="vertical"))
    assert "looks the same at every zoom" in app_words(opened(PAGE, f="corner"))
    assert "the curve is a straight line here" in app_words(opened(PAGE, f="hole", fill="true"))


def app_words(app) -> str:
    return "\n".join(node.value for node in app.markdown)
