"""Every update on every page, at ten steps, computed again from the digits it shows."""

import re

import numpy as np
import pytest

from calc.numbers import update, written
from tests.equations import wrong
from tests.numbers import read
from tests.pages.app import open_all, opened, readout, readout_data

METHODS = ("gradient-descent", "momentum", "nesterov", "adam", "stochastic")
LINEAR = [
    ("linear-regression", {"method": method, "standardise": standardise, **more})
    for method in METHODS
    for standardise in ("true", "false")
    for more in ({}, {"exact": "0.0123456789", "steps": "1000"}, {"exact": "3", "steps": "300"})
]
OTHERS = [
    ("square-loss", {}),
    ("square-loss", {"exact": "0.1234567", "points": "1.23456789~3.3333333~-7.1", "start": "1000000"}),
    ("square-loss", {"exact": "0.25"}),
    *(
        ("log-loss", {"show": "classifier", "exact": rate, "loss": loss})
        for rate in ("0.7", "1e300")
        for loss in ("log", "square")
    ),
    *(("local-and-global-minima", {"method": method}) for method in METHODS[:4]),
    *(("local-and-global-minima", {"variables": "2", "method": method}) for method in METHODS[:4]),
    ("local-and-global-minima", {"f": "own", "own": "x^2", "exact": "0.5", "x0": "0.1"}),
    ("log-versus-product", {}),
    ("log-versus-product", {"f": "coin", "start": "0.3", "times": "2.5"}),
    ("log-versus-product", {"f": "coin", "heads": "7", "tosses": "10", "start": "0.2", "times": "0.1"}),
]  # fmt: skip
ROW = re.compile(
    r'data-name="(\w+)" data-part="before" data-equation="\w+" data-role="before" data-digits="(\d+)" '
    r'data-sign="(-?1)"'
)


def shown_updates(app, number: int):
    """Each update of a readout at ten steps: as it is written, and with how many digits."""
    columns, template = readout(app, number), readout_data(app, number)["template"]
    rows = ROW.findall(template)
    assert rows
    for name, digits, sign in rows:
        last = len(columns[name]) - 1
        for step in np.unique(np.linspace(0, last - 1, 10).astype(int)) if last else ():
            parts = (
                columns[name][step],
                columns["rate"][0],
                columns[f"{name}-direction"][step],
                columns[name][step + 1],
            )
            yield update(*map(float, parts), int(digits), int(sign)), "+" if sign == "1" else "−", int(digits)


@pytest.mark.parametrize(("path", "link"), LINEAR + OTHERS, ids=str)
def test_every_update_holds_with_the_digits_shown(path, link):
    app = opened(path, **link)
    for number in range(2 if path == "log-versus-product" else 1):
        found = [
            wrong(shown.before, sign, shown.rate, shown.direction, shown.relation, shown.after, digits)
            for shown, sign, digits in shown_updates(app, number)
        ]
        assert [each for each in found if each] == []


@pytest.mark.parametrize("method", METHODS[:4])
def test_what_the_rate_is_multiplied_with_has_its_sign(method):
    """The velocity by its own recurrence: where the loss rises to the right it points there, and w goes left."""
    app = opened(
        "local-and-global-minima", f="own", own="x^2", x0="1", exact="0.01", method=method, steps="30"
    )
    columns = readout(app)
    x, velocity, mean, square, expected = 1.0, 0.0, 0.0, 0.0, []
    for k in range(1, 31):
        slope = 2 * x
        velocity = 0.9 * velocity + slope
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        expected.append(
            {
                "gradient-descent": slope,
                "momentum": velocity,
                "nesterov": slope + 0.9 * velocity,
                "adam": mean / (1 - 0.9**k) / ((square / (1 - 0.999**k)) ** 0.5 + 1e-8),
            }[method]
        )
        x -= 0.01 * expected[-1]
    assert expected[0] > 0
    assert columns["x-direction"][:30] == pytest.approx(expected, rel=1e-9)
    assert columns["x"][-1] == pytest.approx(x, rel=1e-9)


NUMBER = r"-?(?:[\d.]+(?: \\cdot 10\^\{-?\d+\})?|10\^\{-?\d+\})"
EQUALS = re.compile(rf"\\frac\{{({NUMBER})\}}\{{(\d+)\}} = ({NUMBER})")


def number(latex: str) -> float:
    """What LaTeX writes as 4.44 \\cdot 10^{-9}, or 10^{-9}."""
    return float(re.sub(r"10\^\{(-?\d+)\}", r"1e\1", latex).replace(r" \cdot 1e", "e"))


@pytest.mark.parametrize(
    "points", ["1~3~4~8", "1.23456789~3.3333333~-7.1", "100000.123~200000.456~7", "1e-9~2e-9~4.44e-9"]
)
def test_the_derivation_of_the_mean_holds_with_the_digits_shown(points):
    said = "\n".join(node.value for node in opened("square-loss", points=points).markdown)
    total, count, mean = EQUALS.search(said).groups()
    total, mean = number(total), number(mean)
    assert float(f"{total / int(count):.6g}") == pytest.approx(mean, rel=1e-12)
    assert mean == pytest.approx(np.mean([float(point) for point in points.split("~")]), rel=1e-5)
    terms = re.search(r"L'\(x\) = (2 \(x.*?) \|", said)[1].replace("$", "")
    numbers = re.findall(rf"\(x ([-+]) ({NUMBER})\)", terms)
    shown = sum((1 if sign == "-" else -1) * number(text) for sign, text in numbers)
    assert shown == pytest.approx(total, rel=1e-14)


@pytest.mark.parametrize(
    "link", [{}, {"standardise": "false"}, {"data": "sacramento", "standardise": "false"}], ids=str
)
def test_the_rates_follow_from_the_curvature_that_is_shown(link):
    said = next(
        node.value
        for node in open_all(opened("linear-regression", **link)).markdown
        if "Which rates converge" in node.value
    )
    least, most = (
        read(re.search(rf"\\lambda_{{\\{end}}}\$ = (\S+?),? ", said)[1].rstrip(",")) for end in ("min", "max")
    )
    limit, best = (read(text) for text in re.findall(r"\)?\$ = (\S+?)[;.] ", said)[-2:])
    assert read(written(2 / most, 5)) == limit
    assert read(written(2 / (least + most), 5)) == best
