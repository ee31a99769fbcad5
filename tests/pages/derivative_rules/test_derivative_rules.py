"""The page `derivative-rules`: rows 5 to 9 of the notes' figures, each look, hostile texts, the tally, its links."""

from decimal import Decimal, localcontext

import mpmath
import numpy as np
import pytest
import sympy

from calc.answers import mistakes
from calc.answers.problems import problem
from calc.expression import parse_expression
from calc.rules import RULES, derive
from pages.derivative_rules import columns, controls
from pages.derivative_rules.derivation import derivation
from pages.derivative_rules.presets import COMMON, PRESETS
from tests.numbers import read
from tests.pages.app import (
    chart,
    click,
    link,
    open_all,
    opened,
    problems,
    readout,
    readout_data,
    set_to,
    widget,
    words,
)

PAGE = "derivative-rules"
HOSTILE = (
    "2sinn(x)",
    "x +",
    "(" * 200,
    "1e400",
    "<b>x</b>",
    "__import__('os')",
    "**b**",
    "y",
    "\u202e√²",
)
HEAVY = (
    "max(x, " * 24 + "x" + ")" * 24,
    "sin(" * 39 + "x" + ")" * 39,
    "x^x^x^x^x",
    "9" * 190,
    "x" * 15,
    "|" * 10 + "x" + "|" * 10,
)


def shown(app) -> str:
    return "\n".join(node.value for kind in ("markdown", "caption", "success") for node in app.get(kind))


def lines(app):
    """The derivation that is shown: names of rules, and formulas."""
    table = app.table[0].value
    return list(table["rule"]), list(table["what it gives"])


def practise(answer: str, function: str, **more: str):
    return opened(PAGE, look="practise", rule="own", own=function, answer=answer, **more)


def test_both_notations_say_the_same_derivative():
    """Row 5."""
    (_, one), (_, other) = lines(opened(PAGE)), lines(opened(PAGE, notation="leibniz"))
    found = r"\textcolor{linktext}{2 x \sin\left(x\right) + x^{2} \cos\left(x\right)}"
    assert one[-2] == rf"$\displaystyle f'(x) = {found}$"
    assert other[-2] == rf"$\displaystyle \frac{{dy}}{{dx}} = \frac{{d}}{{dx}} f(x) = {found}$"
    assert "Two ways to write one derivative" in shown(opened(PAGE))


def test_the_inverse_undoes_the_function_and_has_the_reciprocal_slope():
    """Row 6, from the page, and by SymPy."""
    run = readout(opened(PAGE, look="pictures", picture="inverse"))
    assert [run[name][-1] for name in ("x", "y", "back", "slope")] == pytest.approx([3, 5, 3, 3], rel=1e-14)
    assert run["inverse"][-1] == pytest.approx(1 / 3, rel=1e-14)
    assert run["slope"] * run["inverse"] == pytest.approx(1, rel=1e-12)
    x, y = sympy.symbols("x y", positive=True)
    (back,) = sympy.solve((x**2 + 1) / 2 - y, x)
    assert back.subs(y, 5) == 3
    assert sympy.diff(back, y).subs(y, 5) == sympy.Rational(1, 3)
    logarithm = readout(opened(PAGE, look="pictures", picture="inverse"), 1)
    assert logarithm["back"] == pytest.approx(logarithm["x"], abs=1e-14)
    assert logarithm["inverse"] == pytest.approx(1 / logarithm["y"], rel=1e-14)


@pytest.mark.parametrize("slug", COMMON)
def test_moving_along_a_common_function_draws_its_derivative(slug):
    """Row 7: each point of f′ is the slope of f there, by mpmath."""
    app = opened(PAGE, look="functions", function=slug)
    assert problems(app) == []
    run = readout(app)
    expression = parse_expression(COMMON[slug].text.replace("^n", "^4"))
    f = sympy.lambdify(sympy.Symbol("x", real=True), expression.to_sympy(), "mpmath")
    for x, y, slope in list(zip(run["x"], run["y"], run["slope"], strict=True))[3:-3:13]:
        if np.isfinite(y) and np.isfinite(slope):
            assert y == pytest.approx(float(mpmath.re(f(mpmath.mpf(x)))), rel=1e-12, abs=1e-12)
            assert slope == pytest.approx(float(mpmath.re(mpmath.diff(f, mpmath.mpf(x)))), rel=1e-6, abs=1e-6)
    assert np.isfinite(run["slope"]).sum() > 90
    if slug == "modulus":
        assert np.isnan(run["slope"][run["x"] == 0]).all()
    if slug == "exp":
        assert run["slope"] == pytest.approx(run["y"])
    if slug == "tan":
        # Too steep to be drawn, and told all the same.
        assert run["slope"][-1] == pytest.approx(1 / np.cos(4.5) ** 2)
    if slug == "reciprocal":
        assert readout_data(app)["texts"]["y"][60] == "no value"


def test_compound_interest_comes_to_e_and_float64_gives_out():
    """Row 8, by exact decimals."""
    run = columns.towards_e()
    for value, known in zip(run["float64"], ("2", "2.594", "2.705", "2.717"), strict=False):
        assert f"{value:.4g}" == known
    with localcontext(prec=80):
        for n, value in zip(run["n"], run["exact"], strict=True):
            exact = (Decimal(int(n)) * (1 + 1 / Decimal(int(n))).ln()).exp()
            assert abs(Decimal(value) - exact) < Decimal("1e-14")
    assert (run["float64"][16:] == 1).all()
    assert abs(run["float64"][:16] - 1).min() > 0.9
    app = opened(PAGE, look="pictures", picture="e")
    assert "from n = 10¹⁶ on just 1" in shown(app)
    assert "2.71828182" in shown(app)
    assert all(number in readout_data(app)["template"] for number in ("2.59374", "2.70481", "2.71692"))


def test_the_corner_of_the_product_vanishes():
    """Row 9: Δ(fg) = Δf g + f Δg + Δf Δg, whose last term shrinks like dx²; sum and chain."""
    app = opened(PAGE, look="pictures", at="0.5")
    run = readout(app, 1)
    x, dx = mpmath.mpf("0.5"), run["dx"]
    for step in range(0, columns.NUDGES + 1, 5):
        h = mpmath.mpf(float(run["x2"][step])) - x
        whole = (x + h) ** 2 * mpmath.sin(x + h) - x**2 * mpmath.sin(x)
        assert run["dfg"][step] + run["fdg"][step] + run["corner"][step] == pytest.approx(
            float(whole), rel=1e-11
        )
        assert run["share"][step] == pytest.approx(
            float(100 * ((x + h) ** 2 - x**2) * (mpmath.sin(x + h) - mpmath.sin(x)) / whole)
        )
    assert (np.diff(run["share"]) < 0).all()
    assert run["corner"][-1] / dx[-1] ** 2 == pytest.approx(float(2 * x * mpmath.cos(x)), rel=0.02)
    assert run["product_"][0] == pytest.approx(float(mpmath.diff(lambda t: t**2 * mpmath.sin(t), x)))
    assert run["sum_"][0] == pytest.approx(float(2 * x + mpmath.cos(x)))
    assert run["rf"] * run["ru"] == pytest.approx(run["ry"], rel=1e-12)
    assert run["sf_"][0] * run["su_"][0] == pytest.approx(float(mpmath.diff(lambda t: mpmath.sin(t**2), x)))
    assert r"\frac{df}{dt} = \frac{df}{dg} \cdot \frac{dg}{dh} \cdot \frac{dh}{dt}" in shown(app)
    assert [RULES[rule][0] for rule in ("sum", "product", "chain")] == [
        r"(f \pm g)' = f' \pm g'", r"(f g)' = f' g + f g'", r"(f(g))' = f'(g)\, g'",
    ]  # fmt: skip


@pytest.mark.parametrize("notation", controls.NOTATION.options)
@pytest.mark.parametrize("slug", PRESETS)
def test_every_preset_has_a_line_for_each_step_and_sympys_form(slug, notation):
    app = opened(PAGE, f=slug, notation=notation)
    assert problems(app) == []
    assert words(app) == ""
    names, formulas = lines(app)
    step = derive(parse_expression(PRESETS[slug].text))
    assert [name.split("**")[1] for name in names if name.startswith("**")] == [
        part.rule for part in step.walk()
    ] + ["derivative"]
    assert names[-1] == "simplified, by SymPy"
    assert formulas[-1].startswith(r"$\displaystyle")
    assert not any("hole" in formula for formula in formulas)


@pytest.mark.parametrize("text", HEAVY, ids=lambda text: text[:8])
@pytest.mark.parametrize("look", ["steps", "practise"])
def test_a_heavy_function_is_told_or_left_out(text, look):
    app = opened(PAGE, look=look, f="own", rule="own", own=text, answer="x", worked="true")
    assert problems(app) == []
    assert all(len(formula) < 4000 for formula in (lines(app)[1] if app.table else ()))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:12])
def test_an_answer_that_is_no_formula_gets_its_sentence(text):
    app = practise(text, "sin(2x)")
    assert problems(app) == []
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("**No formula yet:** ")
    assert len(app.error) == 0
    assert len(app.code) == 1
    assert widget(app, "answer").value == text
    assert len(text) < 4 or text not in shown(app)
    assert link(app)["answer"] == text


@pytest.mark.parametrize(
    ("function", "answer"),
    [
        ("sin(x)^2", "sin(2x)"),
        ("ln(3x)", "1/x"),
        ("x^2 sin(x)", "x(2sin x + x cos x)"),
        ("|x|", "x/|x|"),
        ("2^x", "0.693147*2^x"),
    ],
)
def test_a_right_answer_in_another_form_is_right(function, answer):
    app = practise(answer, function)
    assert app.success[0].value.startswith("**Right.** Understood: $")
    assert len(app.error) == 0


@pytest.mark.parametrize(
    ("function", "answer", "said"),
    [
        ("sin(x^2)", "cos(x^2)", "inner derivative is missing"),
        ("x^2 sin(x)", "2x cos(x)", "not the product of the derivatives"),
        ("x^5", "5x^5", "exponent becomes less by one"),
        ("cos(x)", "sin(x)", "sign"),
        ("sin(x)/x", "cos(x)", "quotient"),
        ("2^x", "x*2^(x-1)", "rule for powers"),
        ("x^3", "x^4/4", "integrated"),
        ("ln(x)", "ln(x)", "function itself"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_the_part_where_it_was_made(function, answer, said):
    app = practise(answer, function)
    assert said in app.error[0].value
    assert app.error[0].value.startswith("**Not yet.** Understood: $")
    assert r"$\displaystyle \textcolor{linktext}{\left(" in app.error[0].value
    worked = practise(answer, function, worked="true")
    assert any("← here" in name for name in lines(worked)[0])


@pytest.mark.parametrize("rule", [rule for rule in controls.RULES if rule != "own"])
@pytest.mark.parametrize("difficulty", [1, 2, 3])
def test_each_mistakes_words_are_true_of_its_problem(rule, difficulty):
    """The answer of each mistake differs from the derivative by SymPy's own numbers, and gets that mistake's words."""
    expression = problem(rule, difficulty, 3)
    x = sympy.Symbol("x", real=True)
    truth = sympy.lambdify(x, sympy.diff(expression.to_sympy(), x), "mpmath")
    step = derive(expression)
    for mistake, wrong in list(mistakes(step))[:6]:
        answer = type(expression)(wrong, expression.variables)
        given = sympy.lambdify(x, answer.to_sympy(), "mpmath")
        apart = [abs(complex(truth(at) - given(at))) for at in (0.71, 1.37, 2.19)]
        if max(apart) < 1e-9:
            continue
        app = opened(
            PAGE, look="practise", rule=rule, difficulty=str(difficulty), problem="3", answer=answer.text
        )
        assert problems(app) == []
        if len(answer.text) < controls.ANSWER.longest:
            assert mistake.text in app.error[0].value, answer.text


def answered(app, answer):
    return set_to(app, widget(app, "answer"), answer)


def right(number: int) -> str:
    return derive(problem("power", 1, number)).after.text


def test_three_tries_open_the_worked_solution_which_can_be_closed_again():
    app = answered(opened(PAGE, look="practise", rule="own", own="sin(2x)"), "x")
    for answer in ("2x", "2x"):
        app = answered(app, answer)
        assert len(app.table) == 0
    app = answered(app, "3x")
    assert len(app.table) == 1
    assert link(app)["worked"] == "true"
    app = click(app, "show")
    assert len(app.table) == 0
    assert len(answered(app, "4x").table) == 0
    assert "Right so far" not in shown(answered(app, "2cos(2x)"))


def test_the_tally_counts_what_was_found_here_without_the_solution():
    app = answered(opened(PAGE, look="practise", rule="power"), right(0))
    assert "**Right so far:** Powers 1" in shown(app)
    app = click(app, "next")
    assert widget(app, "answer").value == ""
    assert widget(app, "problem").value == 1
    app = answered(app, right(1))
    assert "**Right so far:** Powers 2" in shown(app)
    app = set_to(app, widget(app, "problem"), 0)
    assert "**Right so far:** Powers 2" in shown(app)
    assert widget(app, "answer").value != ""


def test_an_answer_that_came_with_the_link_is_not_ones_own():
    app = opened(PAGE, look="practise", rule="power", answer=right(0))
    assert len(app.success) == 1
    assert "Right so far" not in shown(app)
    assert "Powers 1" in shown(answered(click(app, "next"), right(1)))


def test_what_is_thought_of_an_answer_differs_in_colour_word_and_icon():
    app = opened(PAGE, look="practise", rule="own", own="2^x")
    said = []
    for answer in ("", "2^x ln 2", "x", "2^x ln(-1-x^2)", "2^"):
        app = answered(app, answer)
        (box,) = [box for kind in ("info", "success", "error", "warning") for box in app.get(kind)]
        said.append((box.type, box.icon, box.value.split("**")[1] if "**" in box.value else ""))
    assert [word for _, _, word in said] == ["", "Right.", "Not yet.", "Cannot tell.", "No formula yet:"]
    assert len({icon for _, icon, _ in said}) == 5
    assert [kind for kind, _, _ in said] == ["info", "success", "error", "warning", "warning"]
    assert "four digits" in answered(app, "0.69*2^x").error[0].value


def test_a_click_opens_the_worked_solution_and_the_link_has_it():
    app = click(opened(PAGE, look="practise", rule="chain", problem="7"), "show")
    assert len(app.table) == 1
    again = opened(PAGE, **link(app))
    assert lines(again) == lines(app)
    assert len(click(again, "next").table) == 0


def test_an_answer_is_never_put_into_markdown():
    app = practise("<img src=x onerror=alert(1)>", "x^2")
    assert "<img" not in shown(app) + app.warning[0].value


def test_rules_say_where_they_do_not_hold_and_empty_charts_say_why():
    assert lines(opened(PAGE, f="own", own="floor(x)"))[0][1] == "**step** between its jumps"
    assert lines(opened(PAGE, f="own", own="|x|"))[0][1] == "**absolute value** away from its corner"
    for text, empty in (("sqrt(-1 - x^2)", 1), ("1e30x + 1e29", 1), ("ln(x - 3.9)", 0), ("x", 0)):
        app = opened(PAGE, f="own", own=text)
        assert problems(app) == []
        assert len(app.warning) == empty, text


def test_lines_of_a_constant_and_of_t():
    assert [line.rule for line in derivation(parse_expression("7"), "lagrange")] == [
        "function",
        "**constant**",
        "**derivative**",
    ]
    timed = derivation(parse_expression("t^2", ("t",)), "leibniz")
    assert r"\frac{dy}{dt}" in timed[-1].latex
    assert read("1") == 1


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("x^2 sin(x)", {"x²": "v₁: power", "v₁·v₂": "f: product", "sin(x)": "v₂: trigonometric"}),
        ("ln(x^3 + 1)", {"x³": "v₁: power", "v₁ + 1": "v₂: sum", "ln(v₂)": "f: chain"}),
        ("(x + 1)/x", {"x + 1": "v₁: sum", "v₁/x": "f: quotient"}),
    ],
)
def test_each_operation_has_its_rule_and_the_last_one_the_first(text, rules):
    app = open_all(opened(PAGE, f="own", own=text))
    assert problems(app) == []
    nodes = chart(app, "The graph of")["nodes"]
    said = dict(zip(nodes["text"], nodes["value"], strict=True))
    assert {name: said[name] for name in rules} == rules
    assert nodes["at"][-1] == 1
    # Nothing but x and constants is without a rule.
    assert all(at > 0 for at, name in zip(nodes["at"], nodes["text"], strict=True) if name != "x")
    assert len(chart(app, "The graph of")["run"]["x"]) == len(lines(app)[0])
