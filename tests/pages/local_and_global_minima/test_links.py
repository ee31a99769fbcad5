"""The links of `local-and-global-minima`: what they may say, and that they restore what their sender saw."""

import random

import pytest

from calc.expression import ExpressionError, parse_expression
from pages.local_and_global_minima.common import METHODS
from pages.local_and_global_minima.presets import ONE, TWO
from pages.shared.menu import LESSONS
from tests.pages.app import choose, lesson_at, link, name_of, opened, problems, snapshot, value, widget, words
from tests.pages.local_and_global_minima.moves import PATH, click_chart, page, picture, type_in, variables

HOSTILE = ("", "zzz", "nan", "inf", "-1e309", "9" * 5000, "<img src=x onerror=alert(1)>",
           "**bold** [a](b)", "1' OR '1'='1", "{}", "\x00")  # fmt: skip
DEFAULTS = {
    "1": {"f": "double-well", "from": -2.5, "to": 2.5, "x0": 2.2, "rate": 0.1, "steps": 60, "exact": None,
          "method": "gradient-descent", "balls": False, "rates": False, "symbolic": False},
    "2": {"f": "himmelblau", "x-from": -6, "x-to": 6, "y-from": -6, "y-to": 6, "rate": 0.01, "steps": 200,
          "exact": None, "method": "gradient-descent", "arrows": False},
}  # fmt: skip


@pytest.mark.parametrize("variables", DEFAULTS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_wrong_parameters_get_a_sentence_and_the_defaults(variables, text):
    defaults = DEFAULTS[variables]
    others = {"own": text} | ({"starts": text, "ground": text, "size": text} if variables == "2" else {})
    app = page(variables=variables, **dict.fromkeys(defaults, text), **others)
    assert problems(app) == []
    assert {name: value(app, name) for name in defaults} == pytest.approx(defaults)
    (warning,) = (box.value for box in app.warning)
    assert [name for name in (*defaults, *others) if f"`{name}`" not in warning] == []
    assert link(app) == ({} if variables == "1" else {"variables": "2"})


def test_of_one_variable_there_are_fewer_steps():
    app = page(steps="301")
    assert problems(app) == []
    assert ["`steps`" in box.value for box in app.warning] == [True]
    assert list(page(variables="2", steps="301").warning) == []


def test_a_link_with_a_function_opens_it():
    app = page(
        f="own", own="x^4 - 2x^2", x0="0.4", exact="0.01", steps="100", method="adam", **{"from": "-2"}
    )
    assert words(app) == ""
    assert value(app, "own") == "x^4 - 2x^2"
    assert (value(app, "from"), value(app, "x0"), value(app, "exact")) == (-2, 0.4, 0.01)
    assert "global minimum: x = −1, x = 1" in picture(app)


@pytest.mark.parametrize(("variables", "text"), [("1", "2sinn(x)"), ("1", "x + y"), ("2", "x^2 + y^")])
def test_a_link_with_a_mistyped_function_shows_it_and_what_is_wrong(variables, text):
    app = page(variables=variables, f="own", own=text)
    assert problems(app) == []
    assert value(app, "own") == text
    assert list(app.warning) == []
    with pytest.raises(ExpressionError) as wrong:
        parse_expression(text, tuple("xy"[: int(variables)]))
    assert any(wrong.value.message in box.value for box in app.error)
    assert text in app.code[0].value
    assert picture(app)
    type_in(app, "x^2 + 1")
    assert not any("can be read" in box.value for box in app.error)
    assert value(app, "own") == "x^2 + 1"


@pytest.mark.parametrize("text", ["(" * 200, "-" * 200, "sin(" * 50, "x^" * 100, "9" * 200, "2" + "^2" * 99])
@pytest.mark.parametrize("variables", ["1", "2"])
def test_a_function_of_200_characters_is_drawn_or_pointed_at(variables, text):
    app = page(variables=variables, f="own", own=text)
    assert problems(app) == []
    assert value(app, "own") == text
    assert link(app)["own"] == text
    assert picture(app)


def test_a_link_has_exactly_the_rate_that_it_says():
    app = page(rate="0.123456789")
    assert value(app, "rate") == 0.123456789
    assert link(app) == {"rate": "0.123456789"}
    assert words(app) == ""
    choose(app, widget(app, "method"), METHODS["adam"])
    assert value(app, "rate") == 0.123456789
    assert link(app) == {"rate": "0.123456789", "method": "adam"}


def test_numbers_that_read_in_one_way_are_taken_and_rewritten():
    app = page(variables="2", rate="1.0e-2", starts="0.10_-2.0~1e0_3", **{"x-from": "-5.50"})
    assert words(app) == ""
    assert link(app) == {"variables": "2", "starts": "0.1_-2~1_3", "x-from": "-5.5"}


def test_a_preset_of_the_other_number_of_variables_is_named():
    for parameters in (
        {"f": "himmelblau"},
        {"variables": "2", "f": "wells"},
        {"variables": "2", "f": "double-well"},
    ):
        app = page(**parameters)
        assert "`f`" in app.warning[0].value
        assert value(app, "f") == ("himmelblau" if "variables" in parameters else "double-well")


def test_each_function_has_its_own_interval_start_and_rate_and_finds_them_again():
    set_here = {"x0": "3", "exact": "0.2", "rate": "0.3", "from": "-5", "to": "3.5"}
    app = page(f="wells", **set_here)
    choose(app, widget(app, "f"), ONE["comb"].title)
    assert link(app) == {"f": "comb"}
    choose(app, widget(app, "f"), ONE["wells"].title)
    assert link(app) == {"f": "wells", **set_here}
    variables(app, "f(x, y)")
    assert link(app) == {"variables": "2"}
    variables(app, "f(x)")
    choose(app, widget(app, "f"), ONE["wells"].title)
    assert link(app) == {"f": "wells", **set_here}


def test_each_function_of_two_variables_has_its_own_window_and_balls():
    set_here = {"f": "camel", "x-from": "-1", "y-to": "1.25", "starts": "1_1~0.5_-0.5", "exact": "0.03"}
    app = page(variables="2", **set_here)
    choose(app, widget(app, "f"), TWO["ackley"].title)
    assert link(app) == {"variables": "2", "f": "ackley"}
    choose(app, widget(app, "f"), TWO["camel"].title)
    assert link(app) == {"variables": "2", **set_here}


def test_steps_of_one_and_of_two_variables_keep_out_of_each_others_way():
    """The sliders have other ends: one with the same value as the other fell to its lower end."""
    app = page(steps="100")
    variables(app, "f(x, y)")
    assert value(app, "steps") == 200
    widget(app, "steps").set_value(100).run()
    for title in ("f(x)", "f(x, y)"):
        variables(app, title)
        assert value(app, "steps") == 100
    widget(app, "steps").set_value(1000).run()
    variables(app, "f(x)")
    assert value(app, "steps") == 100
    assert words(app) == ""


def test_a_typed_function_of_one_variable_and_one_of_two_outlive_a_switch():
    app = page(f="own", own="x^2 - 1")
    variables(app, "f(x, y)")
    type_in(app, "x^2 + y^2")
    for title, text in (("f(x)", "x^2 - 1"), ("f(x, y)", "x^2 + y^2")) * 2:
        variables(app, title)
        assert value(app, "own") == text
        assert link(app)["own"] == text


def test_no_click_on_the_number_of_variables_is_lost():
    """The link of the browser lags behind: AppTest's never changes."""
    app = page(variables="2")
    for title, other in (("f(x)", {}), ("f(x, y)", {"variables": "2"})) * 3:
        variables(app, title)
        assert link(app) == other


STARTS = (
    "~".join(["1_1"] * 9),
    "nan_1",
    "1e400_1",
    "1e-400_1",
    "1e7_1",
    "1_1~2",
    "1_1_1",
    "1_1~",
    "_",
    "1_٣",
    "1__1",
)


@pytest.mark.parametrize("text", STARTS)
def test_starts_that_are_none_are_named_and_replaced(text):
    app = page(variables="2", starts=text)
    assert problems(app) == []
    assert "`starts`" in app.warning[0].value
    assert "1 path" in picture(app)
    assert link(app) == {"variables": "2"}


def test_the_starts_of_a_link_are_balls():
    assert "3 paths" in picture(page(variables="2", starts="1_1~2_-2~-3_0.5"))


def test_a_click_on_the_plane_drops_a_ball_and_one_clears_them():
    app = page(variables="2", starts="1_1~2_2")
    click_chart(app, "move-plane", row=-1, x=1.23456, y=-3.0)
    assert link(app)["starts"] == "1_1~2_2~1.2_-3"
    assert "3 paths" in picture(app)
    for number in range(7):
        click_chart(app, "move-plane", row=-1, x=float(number), y=0.5)
    assert link(app)["starts"].startswith("1.2_-3~0_0.5~")
    assert "8 paths" in picture(app)
    button(app, "Clear").click().run()
    assert link(app)["starts"] == "6_0.5"
    assert button(app, "Clear").disabled


@pytest.mark.parametrize(
    ("row", "place", "after"),
    [(0, (3.14, -1.26), "1_1~3.1_-1.3"), (1, (-2.0, 0.0), "-2_0~2_2"), (1, (1.01, 0.99), "1_1~2_2")],
    ids=["the last ball is row 0", "another one", "a click on a start leaves it where it is"],
)
def test_a_start_is_moved_on_the_plane(row, place, after):
    app = page(variables="2", starts="1_1~2_2")
    click_chart(app, "move-plane", row=row, x=place[0], y=place[1])
    assert problems(app) == []
    assert link(app)["starts"] == after


def button(app, beginning: str):
    return next(button for button in app.button if button.label.startswith(beginning))


def test_a_ball_is_dropped_by_keyboard_too():
    app = page(variables="2", f="camel")
    x, y = TWO["camel"].start
    assert (value(app, "drop-x"), value(app, "drop-y")) == (x, y)
    widget(app, "drop-x").set_value(-1.5).run()
    assert "1 path" in picture(app)
    # The browser sends what was typed together with the click that took the focus away.
    widget(app, "drop-y").set_value(0.25)
    button(app, "Drop").click().run()
    assert link(app) == {"variables": "2", "f": "camel", "starts": f"{x:g}_{y:g}~-1.5_0.25"}
    assert "2 paths" in picture(app)
    click_chart(app, "move-plane", row=-1, x=0.5, y=0.75)
    assert (value(app, "drop-x"), value(app, "drop-y")) == (0.5, 0.75)


def test_a_click_on_the_curve_is_where_the_first_ball_starts():
    app = click_chart(page(x0="1"), "move-along", row=0, x=-1.23456, y=9.0)
    assert value(app, "x0") == -1.23
    assert link(app) == {"x0": "-1.23"}


@pytest.mark.parametrize(
    ("ends", "says"),
    [({"from": "1000000", "to": "-1000000"}, "The interval"), ({"from": "2", "to": "2"}, "The interval"),
     ({"variables": "2", "y-from": "7"}, "y"), ({"variables": "2", "x-from": "1e-300", "x-to": "1e-299"}, "x")],
)  # fmt: skip
def test_ends_that_are_none_stay_in_their_boxes_and_in_the_link(ends, says):
    app = page(**ends)
    assert problems(app) == []
    (said,) = (box.value for box in app.error if "begin below its end" in box.value)
    assert said.startswith(f"{says} has to begin below its end")
    assert link(app) == ends
    assert {name: value(app, name) for name in ends if name != "variables"} == {
        name: float(end) for name, end in ends.items() if name != "variables"
    }
    assert picture(app) == picture(page(**{"variables": ends.get("variables", "1")}))


def test_the_size_of_the_map_outlives_a_look_at_the_contours():
    app = page(variables="2", ground="basins", size="500", steps="3")
    for ground in ("Contours", "Basins"):
        choose(app, widget(app, "ground"), ground)
        assert link(app)["size"] == "500"
    assert "250,000 starts" in picture(app)


def test_another_pages_interval_and_start_stay_there():
    product = next(view for view in LESSONS if view.url_path == "log-versus-product")
    app = opened(product, f="typed", own="p^2 (3-p)", start="2", steps="100", **{"from": "1", "to": "3"})
    assert problems(app) == []
    # As the browser does when a visitor chooses another page.
    app.query_params.clear()
    app.switch_page(str(lesson_at(PATH).file)).run()
    assert problems(app) == []
    assert words(app) == ""
    assert (value(app, "from"), value(app, "to"), value(app, "steps")) == (-2.5, 2.5, 60)
    assert value(app, "f") == "double-well"


# Any setting: its link opens the same screen.

TYPED = {
    "1": ("x^4 - 2x^2 + 0.2x", "|x| + sin(3x)", "e^-x", "1/x", "7", "ln x", "x^(2/3)", "x sin(5x)"),
    "2": ("(x^2 - 1)^2 + y^2", "x y", "|x| + y^2", "1/(x y)", "ln x + y^2", "7", "sin(x) cos(y)"),
}
MISTYPED = ("2sinn(x)", "x^2 + ", "z", "(" * 200)
PRESETS = {"1": ONE, "2": TWO}
ENDS = {"1": ("from", "to"), "2": ("x-from", "x-to", "y-from", "y-to")}


def some_number(rng: random.Random, most: float = 4.0) -> float:
    return rng.choice(
        (round(rng.uniform(-most, most), 2), rng.uniform(-most, most), rng.uniform(-1, 1) * 1e-7)
    )


def setting(rng: random.Random, many: str) -> dict[str, str]:
    """A link as the copy button might give it."""
    said = {"f": rng.choice([*PRESETS[many], *["own"] * len(PRESETS[many])])}
    if said["f"] == "own":
        said["own"] = rng.choice((*TYPED[many], *TYPED[many], *MISTYPED))
    said |= {end: repr(some_number(rng)) for end in ENDS[many]}
    said |= {"rate": repr(10 ** rng.uniform(-5, 0)), "exact": repr(10 ** rng.uniform(-5, 0))}
    said |= {"steps": str(rng.randint(1, 120)), "method": rng.choice(list(METHODS))}
    if many == "1":
        said["x0"] = repr(some_number(rng))
        said |= {name: rng.choice(("true", "false")) for name in ("balls", "rates")}
    else:
        balls = [(some_number(rng), some_number(rng)) for _ in range(rng.randint(1, 8))]
        said["starts"] = "~".join(f"{x!r}_{y!r}" for x, y in balls)
        said |= {"ground": rng.choice(("contours", "basins")), "arrows": rng.choice(("true", "false"))}
    return {"variables": many} | {
        name: text for name, text in said.items() if name == "f" or rng.random() < 0.6
    }


def move(app, rng: random.Random):
    """One move of a visitor."""
    many = value(app, "variables")[0]
    match rng.choice(("variables", "f", "method", "steps", "end", "exact", "click", "own")):
        case "variables":
            return variables(app, "f(x)" if many == "2" else "f(x, y)")
        case "f":
            return choose(app, widget(app, "f"), rng.choice(widget(app, "f").options))
        case "method":
            return choose(app, widget(app, "method"), rng.choice(list(METHODS.values())))
        case "steps":
            return widget(app, "steps").set_value(rng.randint(1, 120)).run()
        case "end":
            return widget(app, rng.choice(ENDS[many])).set_value(some_number(rng)).run()
        case "exact":
            return widget(app, "exact").set_value(rng.choice((None, 0.01, 0.123456789))).run()
        case "click":
            return click_chart(
                app,
                "move-along" if many == "1" else "move-plane",
                row=-1,
                x=some_number(rng),
                y=some_number(rng),
            )
        case _:
            typed = [widget for widget in app.text_input if name_of(widget) == "own"]
            return type_in(app, rng.choice(TYPED[many])) if typed else app


@pytest.mark.parametrize("seed", range(10))
def test_the_link_of_any_setting_opens_the_same_screen(seed):
    rng = random.Random(seed)
    app = page(**setting(rng, rng.choice("12")))
    assert not app.warning or "This link" not in app.warning[0].value
    for _ in range(rng.randint(0, 3)):
        move(app, rng)
    assert problems(app) == []
    copied = link(app)
    again = page(**copied)
    assert link(again) == copied
    assert snapshot(again) == snapshot(app), copied
