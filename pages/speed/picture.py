"""The lesson's live picture for the home page: the times of five ways, as the function is composed."""

from calc.race import RACES, recorded
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS
from pages.speed import charts, columns


def draw() -> None:
    """The polynomial composed more and more often, one size for ten frames."""
    race, heats = RACES["polynomial"], recorded().heats
    sizes = tuple(race.sizes[min(step * len(race.sizes) // PICTURE_STEPS, len(race.sizes) - 1)]
                  for step in range(PICTURE_STEPS + 1))  # fmt: skip
    results = {size: heats["polynomial", "float64", size] for size in race.sizes}
    laps = columns.dots(results, sizes)
    show(
        charts.dots(tuple(race.contestants), picture=True),
        {"laps": laps, "here": columns.dots({}, sizes), "view": columns.ends(laps)}, key="picture-speed", size="card",
        alt="Points on an axis of time: compiled automatic differentiation stays far to the left of the other ways.",
    )  # fmt: skip
