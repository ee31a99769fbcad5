"""The page `automatic`: rows 23 and 24 of the notes' figures, the steps of both modes, any function."""

import re

import numpy as np
import pytest

from calc.cells import outputs
from calc.expression import parse_expression
from pages.automatic.cells import CELLS, COMMON, GRAD, LIST, values
from pages.automatic.columns import walk, walked
from pages.automatic.controls import Setting
from pages.automatic.presets import PRESETS
from pages.shared.graph.columns import laid_out
from tests.cells import check_cells
from tests.numbers import read
from tests.pages.app import alts, link, open_all, problems, readout_data, set_to, words
from tests.pages.app import opened as closed

LESSON = "automatic"
SQUARE = values(Setting(parse_expression("x^2"), 3.0, False, True))
ANY = ("1/x", "ln(t)", "floor(x)", "5", "x", "1e300 x", "x sin(1/x)", "|t|^0.5", "e^(e^x)", "cbrt(x)", "0^x", "x^x",
       "max(x, 1, x^2, sin x)", "-x", "(x+1)^2(x+1)^2", "x^2/x^2", "1e-300 x", "sqrt(x) + ln(x) + 1/x")  # fmt: skip
LARGE = "+".join(f"sin({k}x)" for k in range(1, 16))
HOSTILE = ("", "2sinn(x)", "x +", "(" * 200, "1e400", "<b>x</b>", "__import__('os')", "t + x")
NOTHING = ("Nothing is known yet.", "—", "—")


def lines(app) -> list[tuple[str, str, str]]:
    """The equations by step."""
    texts = readout_data(app)["texts"]
    return list(zip(texts["value"], texts["local"], texts["chain"], strict=True))


def said(app) -> list[str]:
    return readout_data(app)["texts"]["said"]


@pytest.fixture(scope="module")
def found():
    """The cells' outputs for x² at 3."""
    return outputs(CELLS, SQUARE)


def test_arrays_of_jax_and_what_they_refuse(found):
    """Row 23."""
    assert "<class 'numpy.ndarray'>" in found["arrays"].printed
    assert "ArrayImpl" in found["arrays"].printed
    (cell,) = (cell for cell in CELLS if cell.name == "arrays")
    assert cell.notes == "jaxlib.xla_extension.DeviceArray"
    assert found["operators"].printed.split("\n")[:2] == ["[2. 4. 6.]", "3.0"]
    assert found["assignment"].error.kind == "TypeError"
    assert "immutable" in found["assignment"].error.message
    assert found["at_set"].printed.split("\n")[:2] == ["[1. 2. 4.]", "[1. 2. 3.]"]
    one, other = found["log"].printed.strip().split("\n")
    assert np.fromstring(one[1:-1], sep=" ") == pytest.approx(np.log([1, 2, 3]), rel=1e-6)
    assert np.fromstring(other[1:-1], sep=" ") == pytest.approx(np.log([1, 2, 3]), rel=1e-6)


def test_grad_takes_one_number_with_a_point(found):
    """Row 24, but for the list."""
    assert found["grad"].printed.split("\n")[:2] == ["Function value: 9.0", "Derivative value: 6.0"]
    assert found["integer"].error.kind == "TypeError"
    assert "int32" in found["integer"].error.message
    assert found["array"].error.kind == "TypeError"
    assert "scalar-output" in found["array"].error.message
    assert found["vmap"].printed.strip() == found["jit"].printed.strip() == "[2. 4. 6.]"
    assert "integer_pow[y=2]" in found["traced"].printed
    assert "mul" in found["traced_grad"].printed


@pytest.mark.parametrize("slug", LIST)
def test_the_common_derivatives(found, slug):
    """Row 24: each of the list, against jets of our own."""
    title, code, *_ = LIST[slug]
    text = re.sub(r"jnp\.", "", code).replace("**", "^").replace("log(", "ln(")
    arrays = found[f"common_{slug}"].arrays
    x, g, slopes = (np.asarray(arrays[name], dtype=float) for name in ("x_line", "g_line", "slopes"))
    jet = parse_expression(text).jet(x)
    np.testing.assert_allclose(g, jet.value, rtol=1e-5, atol=1e-4, err_msg=title)
    smooth = np.isfinite(jet.first)
    np.testing.assert_allclose(slopes[smooth], jet.first[smooth], rtol=1e-5, atol=1e-4)
    assert smooth.sum() > 90


@pytest.mark.parametrize(
    ("text", "at"), [("x^2", 3.0), ("2x^3 - 3x^2 + 5", 2.0), ("e^(-2t) + 3sin(3t)", 0.1)]
)
def test_every_cell_runs_with_the_readers_function(text, at):
    letter = "t" if "t" in text else "x"
    with_f = values(Setting(parse_expression(text, (letter,)), at, False, True))
    result = check_cells((*CELLS[:2], *GRAD), with_f, executed=text == "x^2")
    exact = parse_expression(text, (letter,)).derivative(at)
    printed = [float(line) for line in result["precision"].printed.split()]
    assert printed == pytest.approx([exact, exact], rel=1e-5)
    assert abs(printed[1] - exact) <= 1e-14 * abs(exact)


def test_the_other_cells_run_alone_and_as_a_notebook():
    check_cells(tuple(cell for cell in CELLS if cell not in (*GRAD, *COMMON)), SQUARE)
    check_cells((CELLS[0], *COMMON), SQUARE)


def test_the_notes_polynomial_forward():
    app = closed(LESSON)
    rows = lines(app)
    assert rows[0] == NOTHING
    assert rows[2] == ("v₁ = x³ = 2³ = 8", "v₁ by x: 3·x² = 3·2² = 12", "v₁′ = (3·x²)·x′ = 12·1 = 12")
    assert rows[-1][2] == "f′ = 1·v₅′ = 1·12 = 12"
    assert said(app)[-1] == "f(2) = 9 and f′(2) = 12: 7 nodes, one walk."
    assert len(rows) == 8


def test_and_in_reverse():
    app = closed(LESSON, mode="reverse")
    rows = lines(app)
    assert len(rows) == 15
    assert all(row[1:] == ("—", "—") for row in rows[:8])
    assert rows[8][2] == "∂f/∂f = 1"
    assert rows[-1][2] == "∂f/∂x = ∂f/∂v₁·(3·x²) + ∂f/∂v₃·(2·x) = 2·12 + (−3)·4 = 12"
    assert "one walk there and one back" in said(app)[-1]


def test_a_node_used_twice_gets_both_ways():
    app = closed(LESSON, f="product", mode="reverse")
    assert lines(app)[-1][2] == "∂f/∂x = ∂f/∂f·x + ∂f/∂f·x = 1·3 + 1·3 = 6"


@pytest.mark.parametrize("slug", PRESETS)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_every_preset_shows_its_point(slug, mode):
    app = closed(LESSON, f=slug, mode=mode)
    assert problems(app) == []
    assert words(app) == ""
    preset = PRESETS[slug]
    exact = parse_expression(preset.text).derivative(preset.at)
    number = re.search(r"f′\([^)]*\) = ([^:]*):", said(app)[-1])[1]
    assert float(read(number)) == pytest.approx(exact, rel=1e-5)
    assert any(said(app)[-1] in each for each in alts(app))


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("text", ["x^2", "sin(x)^2 cos(x) + x^3/(1 + x^2)", LARGE, "5", "x"])
def test_nothing_is_shown_before_its_step(text, backward):
    way = walk(parse_expression(text), 0.7, backward)
    data = walked(parse_expression(text), way)
    layout = laid_out(parse_expression(text))[1]
    count = len(way.shown)
    at, back = np.array(data["nodes"]["at"]), np.array(data["nodes"]["back"])
    assert sorted(at) == [*range(1, count + 1)]
    assert sorted(back) == ([*range(count + 1, 2 * count + 1)] if backward else [*range(1, count + 1)])
    place = {i: k for k, i in enumerate(way.shown)}
    for i, node in enumerate(way.graph.nodes):
        for j in node.parents:
            if i in place and j in place:
                # What comes in is known before: forward from the parents, in reverse from those that use it.
                assert at[place[j]] < at[place[i]]
                assert back[place[j]] > back[place[i]] if backward else back[place[j]] < back[place[i]]
    assert len(data["run"]["x"]) == way.steps + 1
    known = np.array(data["edges"]["at"])
    assert (known < np.array(data["edges"]["now"])).all()
    for step in range(1, way.steps + 1):
        k = way.at(step)
        assert step in (at[k], back[k])
        assert (data["run"]["x"][step], data["run"]["y"][step]) == layout.at[k]


def test_where_the_rules_end_it_is_told_at_which_node():
    corner = closed(LESSON, f="corner", at="0")
    assert said(corner)[-1] == "At x = 0 the node v₁ = |x| has no local derivative, so f′ is not found."
    none = closed(LESSON, f="own", own="ln(x) + 1", at="-1", low="-2", high="2")
    assert said(none)[-1] == "At x = −1 the node v₁ = ln(x) has no value, so f′ is not found."
    large = closed(LESSON, f="own", own="1/(1 + e^(e^x))", at="20", low="0", high="30")
    assert "e^" not in said(large)[-1]
    assert "is beyond 1.8·10³⁰⁸, too large to compute" in said(large)[-1]


@pytest.mark.parametrize("text", ANY)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_any_function(text, mode):
    for at in ("0", "1", "-2"):
        app = closed(LESSON, f="own", own=text, at=at, low="-3", high="3", mode=mode)
        assert problems(app) == []
        everything = str(lines(app)) + str(said(app)) + str(readout_data(app))
        assert "nan" not in everything
        assert "not a number" not in everything


def test_a_large_graph_says_that_the_picture_follows():
    app = closed(LESSON, f="own", own=LARGE)
    assert problems(app) == []
    assert any("the picture follows the step" in caption.value for caption in app.caption)
    assert not any("follows" in caption.value for caption in closed(LESSON).caption)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_a_text_that_is_no_function_gets_a_sentence(text):
    app = closed(LESSON, f="own", own=text)
    assert problems(app) == []
    assert any("Until you correct it" in box.value for box in app.error)


def test_the_point_by_slider_or_box_is_one_point():
    app = closed(LESSON)
    app = set_to(app, app.number_input(key="at"), 1.2345)
    assert app.slider(key="at").value == 1.2345
    assert link(app)["at"] == "1.2345"
    assert "f(1.2345)" in said(app)[-1]
    app = set_to(app, app.slider(key="at"), -1.0)
    assert app.number_input(key="at").value == -1.0
    assert "f(−1) = 0" in said(app)[-1]


def test_below_there_are_dual_numbers_counts_the_source_and_cells():
    app = open_all(closed(LESSON))
    assert problems(app) == []
    codes = [code.value for code in app.code]
    dual = next(code for code in codes if "ε" in code)
    assert dual.splitlines()[1] == "v₁ = x³ = (2 + 1ε)³ = 8 + 12ε" or "v₁ = (2 + 1ε)³ = 8 + 12ε" in dual
    assert dual.splitlines()[-1].endswith("9 + 12ε")
    source = "\n".join(codes)
    assert "def forward(self" in source
    assert "def reverse(self" in source
    assert source.count("def f(x):\n    return 2 * x**3 - 3 * x**2 + 5") >= 1


def test_reverse_mode_does_not_grow_with_the_weights():
    from pages.automatic.panels import _counts

    rows = _counts()
    ratio = [float(row["reverse / value"]) for row in rows]
    assert max(ratio) < 5
    forward = [int(row["forward: all derivatives"].replace(",", "")) for row in rows]
    reverse = [int(row["reverse: all derivatives"].replace(",", "")) for row in rows]
    assert forward[0] == reverse[0]
    assert forward[-1] > 20 * reverse[-1]


def test_an_interval_that_is_none_gets_a_sentence():
    assert "The slider has to begin below its end" in words(closed(LESSON, low="3", high="-3"))
