"""A lesson is its folder, one line of the menu, and README written anew: nothing else has to be touched."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

CONTROLS = '''"""The controls of `constant-slope`."""

from pages.shared.fields import Number

SLOPE = Number("slope", "slope of the line", "Slope", -5.0, 5.0, default=1.0)
FIELDS = (SLOPE,)
'''
CHART = '''"""The chart of `constant-slope`."""

import altair as alt

from pages.shared.charts import Spec, built_once, spec


@built_once
def line() -> Spec:
    """A line. Datasets: `line` (x, y)."""
    return spec(alt.layer(alt.Chart(alt.NamedData("line")).mark_line().encode(x="x:Q", y="y:Q")))
'''
PAGE = '''"""A line has the same slope everywhere."""

from calc.numbers import written
from pages.constant_slope import controls
from pages.constant_slope.charts import line
from pages.shared.charts import show
from pages.shared.layout import lesson
from pages.shared.player import player

places = lesson("A constant slope", "A line has the same slope everywhere.", controls.FIELDS)
with places.controls:
    slope = controls.SLOPE.draw(slider=True)
with places.head:
    player(10)
with places.picture:
    alt = f"A line of slope {written(slope)}."
    show(line(), {"line": {"x": [0, 1], "y": [0, slope]}}, key="line", alt=alt, size="main")
'''
PICTURE = '''"""The lesson's live picture for the home page."""

from pages.constant_slope.charts import line
from pages.shared.charts import show


def draw() -> None:
    """A line of slope 1."""
    show(line(), {"line": {"x": [0, 1], "y": [0, 1]}}, key="picture-constant-slope", alt="A line of slope 1.")
'''
FILES = {"controls": CONTROLS, "charts": CHART, "page": PAGE, "picture": PICTURE}
LINE = '    Lesson("Losses", "A constant slope", "constant-slope", ":material/straight:", "A line is a line."),\n'

DISCOVERED = ["tests/test_architecture.py", "tests/test_readme.py", "tests/pages/test_every_page.py",
              "tests/pages/test_links.py"]  # fmt: skip


def test_the_suite_finds_a_new_lesson_by_itself(tmp_path):
    copy = tmp_path / "downhill"
    left_out = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=left_out)
    (copy / "pages" / "constant_slope").mkdir()
    for name, text in FILES.items():
        (copy / "pages" / "constant_slope" / f"{name}.py").write_text(text)
    menu = copy / "pages" / "shared" / "menu.py"
    before, lessons, after = menu.read_text("utf-8").partition("LESSONS = (\n")
    menu.write_text(before + lessons + LINE + after, "utf-8")
    assert run(copy, "-m", "tests.readme").returncode == 0
    done = run(copy, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", "constant or not [", *DISCOVERED)
    assert done.returncode == 0, done.stdout
    for found in DISCOVERED:
        ran = [line for line in done.stdout.splitlines() if line.startswith(f"{found}::")]
        assert ran
        assert any("constant" in line for line in ran) or found == "tests/test_readme.py", ran


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True)
