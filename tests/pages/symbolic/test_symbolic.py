"""The page `symbolic`: rows 15 to 21 of the notes' figures, its cells with any function, and how derivatives swell."""

import time

import numpy as np
import pytest

from calc.cells import outputs
from calc.expression import parse_expression
from calc.rules import derive
from calc.swell import swell
from pages.shared.arrays import ArrayError, numbers
from pages.symbolic.cells import CELLS, SECTIONS
from pages.symbolic.presets import PRESETS
from tests.cells import check_cells
from tests.pages.app import link, opened, problems, readout, readout_data

PAGE = "symbolic"
HOSTILE = ("", "1, two", "1;__import__('os')", "1e400", "nan", "1, " * 20, "<b>1</b>", "1e7", "0x10", "1_0")


def values(text: str, point=3, array=(1, 2, 3), low=-1.3, high=1.3):
    function = parse_expression(text)
    return {
        "function": function, "derivative": derive(function).after, "point": point, "array": array, "low": low,
        "high": high,
    }  # fmt: skip


@pytest.fixture(scope="module")
def square():
    """What the cells give for the lab's own function, and elsewhere as a notebook too."""
    return check_cells(CELLS, values("x^2"))


def unfolded(**link: str):
    """The page with its first section of cells open."""
    app = opened(PAGE, **link)
    app.session_state["cells-0"] = True
    return app.run()


def finished(app, key="symbolic-0"):
    until = time.monotonic() + 90
    while not app.session_state[f"{key}-run"].done:
        assert time.monotonic() < until
        time.sleep(0.05)
        app.run()
    return app.run()


def test_functions_in_python(square):
    """Row 15."""
    assert square["f"].printed == "9\n"
    assert square["dfdx"].printed == "6\n"
    assert square["arrays"].printed == "x: [1 2 3]\nf(x): [1 4 9]\nf'(x): [2 4 6]\n"
    x, y, slope = (square["larger"].arrays[name] for name in ("x_larger", "y", "slope"))
    np.testing.assert_array_equal(x, np.linspace(-1.3, 1.3, 100))
    np.testing.assert_allclose(y, x * x)
    np.testing.assert_allclose(slope, 2 * x)


def test_exact_against_decimal(square):
    """Row 16."""
    assert square["decimal"].text == "4.242640687119285"
    assert (square["exact"].text, square["exact"].latex) == ("3*sqrt(2)", r"3 \sqrt{2}")
    assert square["digits"].text == "4.2426407"


def test_expressions(square):
    """Row 17."""
    assert square["symbols"].text == "2*x**2 - x*y"
    assert square["built"].text == "x*(x**3 + 2*x**2)"
    assert square["expanded"].text == "x**4 + 2*x**3"
    assert square["factored"].text == "x**3*(x + 2)"
    assert float(square["substituted"].text) == 4.0
    assert float(square["value"].text) == 9.0


def test_an_expression_is_no_function(square):
    """Row 18."""
    assert square["called"].error.message == "'Pow' object is not callable"
    assert square["lambdified"].printed == "f(x): [1 4 9]\n"


def test_derivatives(square):
    """Row 19."""
    assert square["power"].text == "3*x**2"
    assert square["rules"].text == "9*cos(3*x) - 2*exp(-2*x)"
    assert square["dfdx_symb"].text == "2*x"
    assert square["dfdx_numpy"].printed == "f'(x): [2 4 6]\n"
    np.testing.assert_allclose(square["curves"].arrays["slope"], 2 * square["curves"].arrays["x_larger"])


def test_the_absolute_value(square):
    """Row 20: today's SymPy raises where the function is made."""
    assert square["absolute"].text == "(re(x)*Derivative(re(x), x) + im(x)*Derivative(im(x), x))*sign(x)/x"
    assert square["unevaluated"].text == "-Subs(Derivative(re(x), x), x, -2)"
    error = square["abs_numpy"].error
    assert error.kind == "PrintMethodNotImplementedError"
    assert "_print_Derivative" in error.message
    assert error.lines == ("dfdx_abs_numpy = lambdify(x, dfdx_abs, 'numpy')",)
    assert square["real"].text == "sign(x)"
    assert square["real_numpy"].text == "array([ 1, -1,  0])"
    app = opened(PAGE, f="square")
    app.session_state["cells-4"] = True
    finished(app.run(), "symbolic-4")
    shown = "\n".join(node.value for node in app.markdown)
    assert "```text\nname 'Derivative' is not defined\n```\nAbove: NumPy" in shown
    assert "`try`" in shown


def test_expression_swell(square):
    """Row 21: on the page, and as SymPy counts it."""
    app = opened(PAGE)
    columns = readout_data(app, 1)["template"]
    found = swell(parse_expression(PRESETS["polynomial"].text))
    assert [size.tree for size in found] == [13, 65, 217, 617, 1609, 3977]
    assert [size.reverse for size in found] == [17, 34, 51, 68, 85, 102]
    for size in found:
        assert f"<td>{size.tree:,}</td><td>{size.characters:,}</td><td>{size.graph:,}</td>" in columns
    texts = readout_data(app)["texts"]
    assert texts["formula"][0] == "2*(3*x^2) - 3*(2*x)"
    assert texts["formula"][5].endswith(" …")
    assert texts["said"][5].startswith(
        "f applied 6 times: the derivative, written out, is 6,027 characters long."
    )
    counted = outputs(CELLS, values("2x^3 - 3x^2 + 5"))["swell"].printed.splitlines()
    written, shared = zip(*((int(line.split()[3]), int(line.split()[5])) for line in counted), strict=True)
    assert written[2] > 3 * written[1] > 9 * written[0]
    assert shared[2] - shared[1] < 1.5 * (shared[1] - shared[0])


@pytest.mark.parametrize("slug", PRESETS)
def test_every_cell_runs_with_every_preset(slug):
    preset = PRESETS[slug]
    found = outputs(CELLS, values(preset.text, low=preset.window[0], high=preset.window[1]))
    # Of |x| for a complex symbol SymPy makes no function.
    fails = {"dfdx_numpy"} if slug == "corner" else set()
    for cell in CELLS:
        error = found[cell.name].error
        assert (error.kind if error else "") == cell.raises or cell.name in fails, (cell.name, error)
        assert found[cell.name].waits_for in ("", *fails)


@pytest.mark.parametrize(
    "text", ["5", "x", "1/x", "ln(x)", "floor(x)", "x^x", "cbrt(x) + max(x, 1)", "1/3 - x", "e^(e^x)"]
)
def test_other_functions_go_through_the_cells_and_the_page(text):
    found = outputs(CELLS, values(text, point=2.5, array=(0.5, 2)))
    assert not found["arrays"].error
    x = np.array([0.5, 2.0])
    said = found["arrays"].printed.split("\n")[1].removeprefix("f(x): ").strip("[]").split()
    np.testing.assert_allclose(
        [float(each) for each in said], parse_expression(text)(x)[: len(said)], rtol=1e-7
    )
    assert problems(unfolded(f="own", own=text)) == []


def test_the_readers_numbers_go_into_the_cells():
    app = finished(unfolded(f="square", point="2.5", array="4, 0.5"))
    code = [node.value for node in app.code]
    assert "def f(x):\n    return x**2\n\nprint(f(2.5))" in code
    assert code[code.index("def f(x):\n    return x**2\n\nprint(f(2.5))") + 1] == "6.25"
    assert "x_array = np.array([4, 0.5])" in "\n".join(code)
    assert link(app) == {"f": "square", "point": "2.5", "array": "4, 0.5"}
    app.text_input(key="array").set_value("4, no")
    finished(app.run())
    assert [box.value for box in app.error] == ["This array cannot be used."]
    assert "x_array = np.array([4, 0.5])" in "\n".join(node.value for node in app.code)


def test_numbers_beyond_64_bits_are_decimals():
    app = finished(unfolded(f="own", own="x^50"))
    shown = "\n".join(node.value for node in app.code)
    assert "x_array = np.array([1.0, 2.0, 3.0])" in shown
    assert "7.17897988e+23" in shown
    assert "\n7.178979876918526e+23" in "\n" + shown


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_array_is_refused(text):
    with pytest.raises(ArrayError):
        numbers(text)
    app = unfolded(array=text)
    assert problems(app) == []
    assert "x_array = np.array([1, 2, 3])" in "\n".join(node.value for node in app.code)


def test_only_what_is_ours_is_kept_for_everyone():
    from pages.shared.cells import _everyones

    before = _everyones.cache_info().currsize
    unfolded(f="own", own="x^2 + 12345.678")
    unfolded(point="12345.678")
    unfolded(array="12345.678")
    assert _everyones.cache_info().currsize == before


def test_the_sections_are_the_labs():
    assert next(iter(SECTIONS)) == "Functions in Python"
    assert len({cell.name for cell in CELLS}) == len(CELLS)
    assert "step" in readout(opened(PAGE))
