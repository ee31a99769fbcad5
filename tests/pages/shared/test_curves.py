"""Curves: each layer of a chart draws what it says, on one pair of axes."""

from pages.shared import curves


def marks(spec) -> list[tuple[str, str]]:
    return [(layer["mark"]["type"], layer["data"].get("name", "here")) for layer in spec["layer"][:4]]


def ends(layer) -> dict[str, str]:
    """What a line's ends are calculated from."""
    return {step["as"]: step["calculate"] for step in layer["transform"] if "as" in step}


def values(layer, **names) -> dict[str, float]:
    """The ends of a line where its expressions have these values, which Python reads as Vega does."""
    now, view = (type("", (), names[name]) for name in ("now", "view"))
    return {name: eval(text, {"now": now, "view": view}) for name, text in ends(layer).items()}  # noqa: S307


ON = curves.axes("x", "f(x)")
NOW = {"x": 2.0, "f": 4.0, "slope": 4.0, "x2": 3.0, "f2": 9.0}
VIEW = {"x0": -9.0, "x1": 9.0}


def test_a_tangent_has_the_slope_to_both_sides_or_to_one():
    for sides, (low, high) in {(-1, 1): (0, 4), (-1, 0): (0, 2), (0, 1): (2, 4)}.items():
        line = curves.tangent(ON, "now.x", "now.f", "now.slope", sides).to_dict()
        assert values(line, now=NOW, view=VIEW) == {
            "x": low,
            "y": 4 * low - 4,
            "x2": high,
            "y2": 4 * high - 4,
        }


def test_a_secant_goes_through_both_points_from_end_to_end():
    line = curves.secant(ON, "now.x", "now.f", "now.x2", "now.f2").to_dict()
    assert values(line, now=NOW, view=VIEW) == {"x": -9, "y": 4 - 5 * 11, "x2": 9, "y2": 4 + 5 * 7}


def test_a_line_without_a_slope_is_left_out():
    for line in (
        curves.tangent(ON, "now.x", "now.f", "now.slope"),
        curves.secant(ON, "now.x", "now.f", "now.x", "now.f"),
    ):
        (kept,) = [step["filter"] for step in line.to_dict()["transform"] if "filter" in step]
        assert "isFinite(datum.y)" in kept
        assert "isFinite(datum.y2)" in kept


def test_all_layers_share_the_axes_and_the_row_of_the_step():
    chart = curves.chart(
        curves.upright(ON, "best"), curves.curve(ON), curves.secant(ON, "now.x", "now.f", "now.x2", "now.f2"),
        curves.ball(ON, "now.x", "now.f"),
    )  # fmt: skip
    assert marks(chart) == [("rule", "best"), ("line", "curve"), ("rule", "here"), ("circle", "here")]
    assert {"frame", "now", "view"} <= {each["name"] for each in chart["params"]}
    # Each says its scale once, and all layers have it.
    scaled = [of for layer in chart["layer"][:4] for of in "xy" if "scale" in layer["encoding"].get(of, {})]
    assert scaled == ["x", "y"]
