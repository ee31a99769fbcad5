"""What a page advises is there to be taken, and helps."""

import re

import numpy as np
import pytest

from tests.numbers import read
from tests.pages.app import ending, fields_of, lesson_at, opened, problems, readout, readout_data

LINEAR = [
    {"method": method, "exact": rate, "steps": steps, "standardise": standardise}
    for method, rates in {
        "gradient-descent": ("0.001", "0.02", "0.9", "1.2"),
        "momentum": ("0.001", "0.03", "1.805", "2.5"),
        "nesterov": ("0.001", "0.5", "1"),
        "adam": ("0.0001", "0.5", "50"),
        "stochastic": ("0.001", "0.3", "1.5"),
    }.items()
    for rate in rates
    for steps in ("3", "100", "1000")
    for standardise in ("true", "false")
]
SQUARE = [
    {"exact": rate, "steps": steps}
    for rate in ("0.001", "0.2", "0.249", "0.26", "3")
    for steps in ("3", "200")
]
CLASSIFIER = [
    {"show": "classifier", "exact": rate, "steps": "50", "loss": loss, "data": data}
    for rate in ("0.001", "5", "100", "1e300")
    for loss in ("log", "square")
    for data in ("sentences", "plain")
]
ONE = [
    {"f": "own", "own": function, "exact": rate, "method": method, "x0": "0.3"}
    for function in ("x^2", "abs(x)", "x^4-x^2", "floor(x)", "ln(x)^2", "-x^2", "x")
    for rate in ("1e-300", "0.001", "0.9", "1.1")
    for method in ("gradient-descent", "momentum", "adam")
]
TWO = [
    {"variables": "2", "f": name, "exact": rate}
    for name in ("himmelblau", "saddle", "rosenbrock")
    for rate in ("1e-5", "0.01", "1")
]
PRODUCT = [
    {"f": "coin", "heads": heads, "tosses": "10", "start": start, "times": times}
    for heads in ("7", "10")
    for start in ("0.02", "0.5")
    for times in ("0.01", "1", "2.5", "100")
] + [{"f": "typed", "own": "1/p", "start": "0.5"}, {"times": "100"}]
RUNS = {
    "linear-regression": LINEAR,
    "square-loss": SQUARE,
    "log-loss": CLASSIFIER,
    "local-and-global-minima": ONE + TWO,
    "log-versus-product": PRODUCT,
}
ADVICE = re.compile(
    r"Try a (?P<bound>smaller|larger) rate: (?P<rate>\S+)\.$|Take more steps: (?P<steps>\S+)\.$|"
    r"mini-batches, of (?P<batch>\S+) rows\.$|Set the rate to (?P<times>\S+) times the safe one\.$"
)
CONTROL = {"rate": "exact"}
WORDS = re.compile(r"\b(Try|Take|Set|Start|Stop|Move|Choose)\b")


def links() -> list[tuple[str, dict[str, str]]]:
    chosen = []
    for path, found in RUNS.items():
        # A fair sample: each link opens a page twice.
        for link in found[
            :: 5 if path == "linear-regression" else 4 if path == "local-and-global-minima" else 2
        ]:
            chosen.append((path, link))
    return chosen


def last_loss(app, number: int) -> float:
    columns = readout(app, number)
    name = next(name for name in ("loss", "square", "value", "size") if name in columns)
    return float(columns[name][-1]) * (-1 if name == "size" else 1)


@pytest.mark.parametrize(("path", "link"), links(), ids=str)
def test_advice_can_be_taken_and_helps(path, link):
    app = opened(path, **link)
    assert problems(app) == []
    for number in range(2 if path == "log-versus-product" else 1):
        said = ending(app, number)
        found = ADVICE.search(said)
        if found is None:
            assert not WORDS.search(said) or "Climb" in said or "at the start" in said, said
            continue
        ((name, value),) = (
            (name, text) for name, text in found.groupdict().items() if text and name != "bound"
        )
        control = CONTROL.get(name, name)
        taken = {**link, control: f"{read(value):f}" if name != "rate" else str(float(read(value)))}
        there = opened(path, **taken)
        assert [box.value for box in there.warning] == [], said
        field = next(field for field in fields_of(lesson_at(path)) if field.name == control)
        assert field.read(taken[control]) == float(read(value))
        kind = re.search(r'data-kind="(\w+)"', readout_data(there, number)["template"])[1]
        before, after = last_loss(app, number), last_loss(there, number)
        converged = kind == "converged" or "Converged" in ending(there, number)
        assert converged or (np.isfinite(after) and not after >= before), (said, ending(there, number))


@pytest.mark.parametrize(
    ("link", "says", "never"),
    [
        ({"method": "momentum", "exact": "1.805", "steps": "3"}, "Oscillating", "iverged"),
        ({"exact": "0.012", "standardise": "false"}, "Still moving", "scillating"),
    ],
    ids=str,
)
def test_a_run_below_the_limit_is_not_said_to_diverge(link, says, never):
    said = ending(opened("linear-regression", **link))
    assert said.startswith(says)
    assert never not in said
