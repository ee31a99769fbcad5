"""Wrong answers in admitted problems: the mistake that was made is named. Hostile texts get a sentence."""

import contextlib
from random import Random

import pytest

from calc.answers import judge, mistakes
from calc.answers.problems import RULES, admitted, problem
from calc.expression import ExpressionError, parse_expression
from calc.expression.text import canonical
from calc.rules import derive
from tests.calc.expression.samples import HOSTILE

KINDS = {"chain", "power", "sign", "product", "quotient", "constant", "exponential", "integral", "copied"}
BY_HAND = [
    ("sin(x^2)", "cos(x^2)", "chain", "inner derivative is missing"),
    ("sin(x^2)", "2x cos(x)", "chain", "at the inner function"),
    ("sin(x^2)", "cos(2x)", "chain", "at the inner derivative"),
    ("ln(x^2+1)", "2x ln(x^2+1)", "chain", "was not differentiated"),
    ("x^5", "x^4", "power", "comes down as a factor"),
    ("x^5", "5x^5", "power", "becomes less by one:"),
    ("x^5", "4x^4", "power", "old exponent"),
    ("x^5", "5x^6", "power", "not more"),
    ("x^5", "x^6/6", "integral", "integrated"),
    ("x^-3", "3x^-4", "sign", "negative exponent"),
    ("x^2 sin(x)", "2x cos(x)", "product", "not the product of the derivatives"),
    ("x^2 sin(x)", "2x sin(x)", "product", "second term"),
    ("x^2 sin(x)", "x^2 cos(x)", "product", "first term"),
    ("x^2 sin(x)", "2x^3 + sin(x) cos(x)", "product", "its own derivative"),
    ("x^2 sin(x)", "2x sin(x) - x^2 cos(x)", "product", "added"),
    ("sin(x)/x^2", "cos(x)/(2x)", "quotient", "not f′/g′"),
    ("sin(x)/x^2", "cos(x)/x^2", "quotient", "Only f′ was taken"),
    ("sin(x)/x^2", "(cos(x) x^2 + 2x sin(x))/x^4", "quotient", "stands a minus"),
    ("sin(x)/x^2", "(cos(x) x^2 - 2x sin(x))/x^2", "quotient", "squared"),
    ("sin(x)/x^2", "(2x sin(x) - cos(x) x^2)/x^4", "quotient", "wrong way round"),
    ("cos(x) + x^3", "sin(x) + 3x^2", "sign", "sign is the wrong one"),
    ("x^3 - x^2", "3x^2 + 2x", "sign", "between two terms"),
    ("-x^3", "3x^2", "sign", "minus was lost"),
    ("5x^3", "3x^2", "constant", "factor was lost"),
    ("x^3 + 5", "3x^2 + 5", "constant", "does not stay"),
    ("x^3 + x", "3x^2 + x", "constant", "x does not stay"),
    ("2^x", "x*2^(x-1)", "exponential", "rule for powers"),
    ("3^x", "3^x", "exponential", "ln a is missing"),
    ("x^2 + 1", "x^2 + 1", "copied", "not differentiated"),
    ("x^2 + cos(x)", "x^3/3 + sin(x)", "integral", "integral"),
    ("x^3 + x^4", "x^2 + x^3", "power", "comes down as a factor"),
    ("sin(3x) + cos(2x)", "cos(3x) - sin(2x)", "chain", "inner derivative is missing"),
    ("5x^3", "-15x^2", "sign", "All is right but the sign"),
    ("(x^2 - 9)^(3/2)", "3/2 sqrt(2x)", "chain", "at the inner derivative"),
]


@pytest.mark.parametrize(("before", "after", "kind", "words"), BY_HAND)
def test_a_mistake_is_named(before, after, kind, words):
    verdict = judge(parse_expression(before), after)
    assert verdict.kind == "wrong"
    said = [(mistake.kind, mistake.text) for mistake in verdict.mistakes]
    assert any(name == kind and words in text for name, text in said), said


def test_two_kinds_that_give_the_same_answer_are_both_named():
    verdict = judge(parse_expression("sin(2x)"), "cos(2x)")
    assert [mistake.kind for mistake in verdict.mistakes] == ["chain", "constant"]
    assert [mistake.at.before.text for mistake in verdict.mistakes] == ["sin(2*x)", "2*x"]


def test_who_integrates_the_whole_is_told_so_once():
    assert [mistake.at.before.text for mistake in judge(parse_expression("5x^3"), "5x^4/4").mistakes] == [
        "5*x^3"
    ]


def test_mistakes_in_admitted_problems_are_named():
    """400 wrong answers: the kind in at least 95%, none accepted."""
    random = Random("wrong")
    named = judged = 0
    kinds = set()
    while judged < 400:
        function = problem(random.choice(RULES), random.randint(1, 3), random.randint(0, 10**6))
        made = list(mistakes(derive(function)))
        for mistake, wrong in random.sample(made, min(4, len(made))):
            text = canonical(wrong)
            try:
                parse_expression(text)
            except ExpressionError:
                continue
            verdict = judge(function, text)
            assert verdict.kind != "right", (function.text, text)
            judged += 1
            kinds.add(mistake.kind)
            named += mistake.kind in [found.kind for found in verdict.mistakes]
    assert named >= 0.95 * judged
    assert kinds == KINDS


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("difficulty", [1, 2, 3])
def test_problems(rule, difficulty):
    made = [problem(rule, difficulty, seed) for seed in range(20)]
    assert made == [problem(rule, difficulty, seed) for seed in range(20)]
    assert len({function.text for function in made}) >= 5
    for function in made:
        assert len(function.text) <= 40
        rules = {step.rule for step in derive(function).walk()}
        assert rule in rules | {"mixed"} or rule == "sum"


@pytest.mark.parametrize("text", ["(x^3 + 8)^2", "e^x", "x^2 * x^2", "4x^2 + 5"])
def test_functions_whose_mistakes_cannot_be_told_apart_are_not_admitted(text):
    assert admitted(parse_expression(text)) == (text == "4x^2 + 5")


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) <= 400][::3][:60])
def test_hostile_texts_get_a_verdict_or_a_sentence(text):
    function = parse_expression("x^2 sin(3x)/(x+1)")
    with contextlib.suppress(ExpressionError):
        assert judge(function, text).kind in ("right", "wrong", "unknown")
