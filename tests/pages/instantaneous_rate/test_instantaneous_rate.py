"""The page `instantaneous-rate`: rows 2, 3 and 4 of the notes' figures, its fractions, its guesses, any function."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from math import isfinite

import mpmath
import numpy as np
import pytest

from calc.differences import quotients
from calc.expression import parse_expression
from pages.instantaneous_rate.presets import PRESETS
from pages.shared import valley
from pages.shared.function_columns import STEPS
from tests.numbers import read
from tests.pages.app import alts, link, open_all, problems, readout_data, set_to, widget, words
from tests.pages.app import opened as closed

RATE = "instantaneous-rate"
HOSTILE = (
    "",
    "2sinn(x)",
    "x +",
    "(" * 200,
    "z",
    "1e400",
    "<b>x</b>",
    "__import__('os')",
    "t + x",
    "x^x^x^x^x",
)
ANY = ("1/x", "ln(t)", "floor(x)", "sqrt(x)", "1/0", "5", "1e300 x", "x sin(1/x)", "tan(50x)", "|t|^0.5", "e^(e^x)",
       "cbrt(x)", "0^x", "x^x", "sin(1000t)", "1e-300 x", "x + 1e9")  # fmt: skip


def opened(lesson, **parameters):
    """The page with all that can be unfolded."""
    return open_all(closed(lesson, **parameters))


def said(app) -> list[str]:
    """The verdict by step."""
    return readout_data(app)["texts"]["said"]


def shown(app) -> str:
    return "\n".join(node.value for node in app.markdown)


def test_the_average_velocity_is_16_and_that_at_an_instant_another_one():
    """Row 2, and that the car's curve is no quadratic and stops once."""
    app = opened(RATE)
    assert said(app)[0] == "Between t = 10 and 15 the average rate is 16 m/s."
    assert said(app)[-1].endswith("the derivative: 16.2 m/s.")
    car = parse_expression(PRESETS["car"].text, ("t",))
    t = mpmath.mpf("12.5")
    exact = mpmath.diff(lambda t: mpmath.mpf("0.16") * (t - 5) ** 3 - mpmath.mpf("0.0064") * (t - 5) ** 4, t)
    assert abs(exact - mpmath.mpf("16.2")) < mpmath.mpf(10) ** -10
    t = np.linspace(0, 20, 20_001)
    slope = car.jet(t).first
    assert (slope[t != 5] > 0).all()
    assert abs(slope[t == 5]).max() < 1e-12


def test_of_rising_lines_the_steeper_has_the_greater_slope():
    """Row 3, with what the notes leave out."""
    app = opened(RATE)
    assert "2 is more than 1/2" in shown(app)
    assert "the steeper one has the smaller slope" in shown(app).replace("\n", " ")
    stop = opened(RATE, at="5")
    assert said(stop)[-1].endswith("the derivative: 0 m/s.")
    assert "velocity is 0, but only for that instant" in shown(app).replace("\n", " ")


def test_how_far_the_approximation_is_from_the_derivative():
    """Row 4: the forward error falls like h, the central one like h², until rounding is all there is."""
    app = opened(RATE, f="wave")
    assert "Forward differences are nearest at a step of " in shown(app)
    found = valley.found(parse_expression("sin(x)"), 0.5)
    with mpmath.workdps(50):
        at, slope = mpmath.mpf(0.5), mpmath.cos(0.5)
        for k in (6, 12, 18):
            h = mpmath.mpf(found.h[k])
            forward = (mpmath.sin(at + h) - mpmath.sin(at)) / h
            central = (mpmath.sin(at + h) - mpmath.sin(at - h)) / (2 * h)
            assert found.errors["forward"][k] == pytest.approx(float(abs(forward - slope)), rel=1e-6)
            assert found.errors["central"][k] == pytest.approx(float(abs(central - slope)), rel=1e-3)


@pytest.mark.parametrize("side", ["around", "right", "left"])
@pytest.mark.parametrize("parameters", [{}, {"f": "wave", "at": "-1.3"}, {"f": "growth", "h": "0.123456789"},
                                        {"f": "own", "own": "1/t - 1e6", "at": "0.7"}], ids=str)  # fmt: skip
def test_every_fraction_holds_with_the_digits_shown(side, parameters):
    texts = readout_data(opened(RATE, side=side, **parameters))["texts"]
    rows = list(zip(*(texts[name] for name in ("last", "first", "run", "relation", "quotient")), strict=True))
    assert len(rows) == STEPS + 1
    for last, first, run, relation, quotient in rows[:-1]:
        with localcontext(prec=200):
            exact = (read(last) - read(first.strip("()"))) / read(run)
        rounded = Context(prec=6, rounding=ROUND_HALF_UP).create_decimal(exact)
        if relation == "=":
            assert rounded == read(quotient), (last, first, run, quotient)
        else:
            # Nothing but rounding: of the difference too few digits are left.
            assert abs(read(last) - read(first.strip("()"))) < Decimal("1e-8") * abs(read(last))
    assert rows[-1][2:] == ("0", "=", "0/0")


@pytest.mark.parametrize("slug", PRESETS)
def test_every_preset_shows_its_point(slug):
    app = opened(RATE, f=slug)
    assert problems(app) == []
    assert words(app) == ""
    preset = PRESETS[slug]
    f = parse_expression(preset.text, ("t",) if slug == "car" else ("x",))
    exact = mpmath.diff(lambda x: mpmath.mpf(float(f(np.array([float(x)]))[0])), preset.at, h=1e-4)
    end = said(app)[-1]
    if slug == "corner":
        assert "the slopes from the left go to −1, from the right to 1" in end
    else:
        number = end.rpartition("derivative: ")[2].removesuffix(".").removesuffix(" m/s")
        assert float(read(number)) == pytest.approx(float(exact), abs=1e-4)


def test_a_guess_is_compared_only_once_it_is_made():
    app = opened(RATE, f="wave", predict="guess", guess="0.5")
    assert "0.87758" not in shown(app)
    assert not any("derivative: " in each for each in alts(app))
    assert widget(app, "guess").value == 0.5
    app = set_to(app, widget(app, "predict"), "compare")
    assert "I was off by **0.378**" in shown(app)
    assert link(app)["guess"] == "0.5"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_a_text_that_is_no_function_gets_a_sentence_and_the_wave_stays(text):
    app = opened(RATE, f="own", own=text)
    assert problems(app) == []
    assert any("Until you correct it" in box.value for box in app.error)
    assert widget(app, "own").value == text


@pytest.mark.parametrize("text", ANY)
@pytest.mark.parametrize("at", ["0", "1", "-2"])
def test_any_function_at_any_point(text, at):
    app = opened(RATE, f="own", own=text, at=at, low="-3", high="3")
    assert problems(app) == []
    assert "nan" not in " ".join(said(app)) + shown(app)


@pytest.mark.parametrize("text", ["0^x", "x^x^x", "x^x", "ln(x)", "1/ln(x)", "e^(e^(e^x))", "(e^x-1)/x"])
@pytest.mark.parametrize("h", ["1e-6", "1e6"])
def test_a_distance_beyond_the_domain_is_no_fault(text, h):
    app = opened(RATE, f="own", own=text, at="2", h=h)
    assert problems(app) == []
    everything = " ".join(said(app)) + shown(app)
    assert "not a number" not in everything
    assert "derivative: ∞" not in everything


def test_where_the_secant_ends_outside_the_domain_it_is_said():
    app = opened(RATE, f="own", own="ln(x)", at="1", h="2")
    assert said(app)[0] == "At x = −1 the function has no value, so there is no secant."
    assert readout_data(app)["texts"]["quotient"][0] == "no value"


def test_at_an_end_of_the_domain_central_differences_have_no_values():
    app = opened(RATE, f="own", own="x^(3/2)", at="0")
    assert problems(app) == []
    assert "central ones are without values" in shown(app)


@pytest.mark.parametrize(
    ("text", "at", "h", "words"),
    [
        ("1/x^2", "0.5", "1", "like h²"),
        ("tan(100000x)", "0", "1", "does not look straight yet"),
        ("1e15x", "0", "1", "a straight line here: its own tangent"),
        ("|x|/x", "1", "1.5", "Zoom in further and the two are one"),
        ("floor(x)x", "0.5", "1.5", "Zoom in further and the two are one"),
        ("(x^2)^(3/4)", "0", "1", "like h to the power 1.5"),
        ("cbrt(x)", "0", "1", "ever steeper"),
        ("floor(x)", "0", "1", "No straight line fits"),
    ],
)
def test_the_words_on_the_magnifier_are_the_case(text, at, h, words):
    assert words in shown(opened(RATE, f="own", own=text, at=at, h=h))


def test_what_is_not_settled_has_no_slope():
    app = opened(RATE, f="own", own="sin(1e30x)", at="0.5")
    assert said(app)[-1].endswith("What the slopes do here is not settled.")


def test_at_the_top_of_the_preset_the_secant_is_horizontal_at_once():
    assert set(readout_data(opened(RATE, f="top"))["texts"]["quotient"][:-1]) == {"0"}


def test_an_interval_that_is_none_gets_a_sentence():
    app = opened(RATE, low="3", high="-3")
    assert "The interval has to begin below its end" in words(app)


@pytest.mark.parametrize("seed", range(5))
def test_quotients_are_those_of_exact_arithmetic(seed):
    chance = np.random.default_rng(seed)
    x, h = float(chance.uniform(-2, 2)), float(chance.uniform(0.01, 1))
    found = quotients(parse_expression("x^3 - 2x"), x, [h])
    x, h = mpmath.mpf(x), mpmath.mpf(h)
    assert found.forward[0] == pytest.approx(float(3 * x**2 - 2 + 3 * x * h + h**2), rel=1e-11)
    assert found.backward[0] == pytest.approx(float(3 * x**2 - 2 - 3 * x * h + h**2), rel=1e-11)
    assert found.central[0] == pytest.approx(float(3 * x**2 - 2 + h**2), rel=1e-11)
    assert isfinite(found.central[0])


@pytest.mark.parametrize("slug", PRESETS)
def test_while_one_guesses_nothing_tells_the_slope(slug):
    app = opened(RATE, f=slug, predict="guess")
    assert problems(app) == []
    assert not app.caption
    assert "derivative:" not in shown(app)


def test_differences_that_are_exact_draw_no_empty_chart():
    app = opened(RATE, f="own", own="5")
    assert "Forward differences are exact; central ones are exact." in shown(app)
    assert not any("two valleys" in each for each in alts(app))
