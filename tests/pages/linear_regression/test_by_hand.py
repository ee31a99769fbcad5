"""The start and the houses, moved by hand; and what the pictures say."""

import json

import numpy as np
import pytest

from calc.regression import fit, least_squares
from pages.linear_regression import charts, columns
from tests.pages.app import alt_of, click, ending, link, opened, problems, value
from tests.pages.linear_regression.seen import COURSE, cell, datasets_of, every_step, numbers, picture
from tests.pages.local_and_global_minima.moves import alts, click_chart

CONTOUR = "Rings of equal loss "


@pytest.mark.parametrize("standardise", ["true", "false"])
def test_the_start_goes_where_it_is_dropped_in_the_contour(standardise):
    app = opened(standardise=standardise)
    x, y = COURSE
    u, v = (0.5, -0.25) if standardise == "true" else (30_000.0, 100_000.0)
    click_chart(app, "move-contour", row=0, x=u, y=v)
    assert problems(app) == []
    run, (mean_x, s_x, mean_y, s_y) = every_step(app), (x.mean(), x.std(), y.mean(), y.std())
    if standardise == "true":
        u, v = u * s_y / s_x, mean_y + s_y * v - u * s_y / s_x * mean_x
    seen = s_y / 300
    assert run["slope"][0] == pytest.approx(u, abs=seen / s_x)
    assert run["intercept"][0] == pytest.approx(v, abs=seen + seen / s_x * mean_x)
    # Few digits, the same in the boxes and in the link.
    assert link(app)["slope"] == f"{value(app, 'slope'):g}"
    assert len(link(app)["intercept"]) <= 7
    assert datasets_of(app)[CONTOUR, "view"]["start_u"][0] == pytest.approx(
        datasets_of(opened(**link(app)))[CONTOUR, "view"]["start_u"][0]
    )


def test_a_start_inside_the_picture_leaves_the_picture_as_it_is():
    before = datasets_of(opened())[CONTOUR, "view"]
    after = datasets_of(opened(slope="60000", intercept="300000"))[CONTOUR, "view"]
    assert before["start_u"][0] != after["start_u"][0]
    for end in ("u0", "u1", "v0", "v1"):
        assert before[end][0] == after[end][0]


def test_a_house_that_is_moved_makes_the_table_the_visitors_own():
    app = opened(at="9")
    click_chart(app, "move-houses", row=7, x=8.0012345, y=300_000.123)
    assert problems(app) == []
    x, y = COURSE.copy()
    place = int(np.flatnonzero(x == 8)[0])
    assert place == 7
    y[place] = 300_000
    assert link(app)["data"] == "table"
    assert "~8_300000~" in link(app)["points"]
    assert cell(numbers(app).loc["Best line (least squares)"]["slope"]) == pytest.approx(
        least_squares(x, y).slope, rel=1e-5
    )
    assert value(app, "at") == 9
    there = opened(**link(app))
    assert picture(there) == picture(app)
    # Once more, in the table that is now the visitor's own.
    click_chart(app, "move-houses", row=0, x=1.0, y=500_000.0)
    assert link(app)["points"].startswith("1_500000~2_")


def test_of_an_own_table_with_a_hole_the_right_row_is_moved():
    app = opened(data="table", points="1_10~2_~3_30~4_40")
    click_chart(app, "move-houses", row=1, x=3.0, y=20.0)
    assert link(app)["points"] == "1_10~2_~3_20~4_40"


def test_the_houses_of_a_link_become_an_own_table_under_their_names():
    app = opened(data="csv", points="1_10~2_20~3_60", x="Zimmer", y="Preis")
    click_chart(app, "move-houses", row=2, x=3.0, y=30.0)
    assert problems(app) == []
    assert link(app) == {"data": "table", "points": "1_10~2_20~3_30", "x": "Zimmer", "y": "Preis"}


def test_of_a_long_table_nothing_can_be_moved_and_what_is_spread_is_said():
    app = opened(data="windsor")
    (view,) = (
        data for (chart, name), data in datasets_of(app).items() if "house" in chart and name == "view"
    )
    assert not view["moves"][0]
    spec = next(
        chart.proto.spec for chart in app.get("vega_lite_chart") if "546 houses" in alt_of(app, chart)
    )
    assert "dots spread sideways; a grey line ends at a mean" in spec
    click_chart(app, "move-houses", row=2, x=3.0, y=30.0)
    assert link(app) == {"data": "windsor"}


def test_of_few_houses_each_residual_ends_at_its_dot():
    """Ten dots above two x: none is moved aside."""
    app = opened(data="table", points="~".join(f"{1 + i % 2}_{10 * i + 1}" for i in range(10)))
    data = {name: columns for (chart, name), columns in datasets_of(app).items() if "house" in chart}
    for axis in "xy":
        assert data["houses"][axis].tolist() == data["gaps"][axis].tolist()
    assert "spread" not in json.dumps(charts.houses("x", "y"))


@pytest.mark.parametrize("seed", range(5))
def test_the_line_that_follows_a_house_is_the_least_squares_line(seed):
    """The expressions that the browser evaluates, here by Python: they read the same."""
    random = np.random.default_rng(seed)
    x, y = random.normal(50, 10, 12), random.normal(-3, 4, 12)
    sums = fit(x, y, steps=1).sums
    place = int(random.integers(12))
    moved_x, moved_y = x.copy(), y.copy()
    moved_x[place], moved_y[place] = to = random.normal(40, 20, 2)

    class Row(dict):
        __getattr__ = dict.__getitem__

    view = Row(n=sums.n, mean_x=sums.mean_x, mean_y=sums.mean_y, sxx=sums.sxx, sxy=sums.sxy)
    known = {"view": view, "dx": to[0] - x[place], "dy": to[1] - y[place],
             "ox": x[place] - sums.mean_x, "oy": y[place] - sums.mean_y}  # fmt: skip
    tilt = eval(charts.BEST["tilt"], {}, known)  # noqa: S307
    line = charts.BEST["best"].strip("{}").split(", ")
    slope, intercept = (eval(part.split(": ")[1], {}, {**known, "tilt": tilt}) for part in line)  # noqa: S307
    assert (slope, intercept) == pytest.approx(tuple(np.polyfit(moved_x, moved_y, 1)), rel=1e-8)


@pytest.mark.parametrize(
    ("parameters", "way", "during"),
    [
        ({}, "the path arrives there by step 62", "converged"),
        ({"steps": "20", "rate": "1.2"}, "it diverges from step 1 on", "diverged"),
        ({"steps": "5", "rate": "0.02"}, "after 5 steps the path is still on its way there", "moving"),
        ({"steps": "20", "rate": "0.99"}, "after 20 steps the path still swings to and fro", "oscillating"),
    ],
)
def test_the_contour_says_what_its_path_does(parameters, way, during):
    app = opened(**parameters)
    (alt,) = (alt for alt in alts(app) if alt.startswith(CONTOUR))
    assert way in alt
    assert ending(app)
    rows = numbers(app)["how it ended"]
    assert rows["This run"].endswith(
        {"converged": "arrived", "diverged": "diverges", "moving": "on its way", "oscillating": "to and fro"}[
            during
        ]
    )


def test_letters_of_kept_runs_do_not_overprint():
    app = opened(kept="adam:0.1,momentum:0.02,nesterov:0.02,gradient-descent:0.1")
    names = next(data for (_, name), data in datasets_of(app).items() if name == "names")
    assert names["run"].tolist() == list("ABCD")
    assert np.diff(names["step"]).min() >= 15


def test_a_run_on_other_data_is_shown_in_the_coordinates_of_the_page():
    """The raw run's start is the standardised one's; each of its points has the loss that it had."""
    app = click(opened(), "both")
    data = {name: columns for (chart, name), columns in datasets_of(app).items() if chart == CONTOUR}
    kept, view = data["kept"], {name: column[0] for name, column in data["view"].items()}
    assert (kept["u"][0], kept["v"][0]) == pytest.approx((view["start_u"], view["start_v"]))
    raw = fit(*COURSE, rate=0.012, steps=100, seed=0)
    du, dv = kept["u"] - view["best_u"], kept["v"] - view["best_v"]
    loss = view["least"] + view["s_y"] ** 2 * ((view["s"] * du) ** 2 + (dv + view["m"] * du) ** 2)
    assert loss.to_numpy() == pytest.approx(raw.loss[kept["step"].astype(int)], rel=1e-4)


@pytest.mark.parametrize("standardise", [True, False])
def test_a_ring_has_the_loss_that_is_written_beside_it(standardise):
    run = fit(*COURSE, steps=3, standardise=standardise)
    drawn = columns.landscape(run, {})
    view = {name: column[0] for name, column in drawn["view"].items()}
    du, dv = drawn["levels"]["u"] - view["best_u"], drawn["levels"]["v"] - view["best_v"]
    loss = view["least"] + view["s_y"] ** 2 * ((view["s"] * du) ** 2 + (dv + view["m"] * du) ** 2)
    assert [text.removeprefix("loss ") for text in drawn["levels"]["loss"]] == [
        columns.written(each, 2) for each in loss.tolist()
    ]
