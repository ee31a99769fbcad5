"""Every lesson of the app, once: the router, the home page and the tests read this table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pages.shared.tries import Try

PAGES = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Lesson:
    """One page: its place in the menu, its title and URL, and the sentence that invites to it."""

    section: str
    title: str
    url_path: str
    icon: str
    sentence: str

    @property
    def folder(self) -> str:
        """The lesson's folder below `pages`: its URL with underscores."""
        return self.url_path.replace("-", "_") or "home"

    def picture(self) -> None:
        """Draw its small live picture, which the home page's player moves."""
        import_module(f"pages.{self.folder}.picture").draw()

    @cached_property
    def tries(self) -> Sequence[Try]:
        """Its things to try; none where it has no room of that name."""
        name = f"pages.{self.folder}.tries"
        found: Sequence[Try] = import_module(name).TRIES if find_spec(name) else ()
        return found

    @property
    def file(self) -> Path:
        """The script that draws it."""
        return PAGES / self.folder / "page.py"


HOME = Lesson("", "Downhill", "", ":material/home:", "")

LESSONS = (
    Lesson(
        "Optimisation",
        "Linear regression",
        "linear-regression",
        ":material/trending_up:",
        "A line learns house prices by gradient descent. At which learning rate does it fly apart?",
    ),
    Lesson(
        "Optimisation",
        "Local and global minima",
        "local-and-global-minima",
        ":material/landscape:",
        "Drop a ball on any function you can type: where it starts decides which minimum it finds.",
    ),
    Lesson(
        "Optimisation",
        "Log versus product",
        "log-versus-product",
        ":material/functions:",
        "Both peak at the same place. With many factors only the logarithm can be climbed.",
    ),
    Lesson(
        "Derivatives",
        "Instantaneous rate of change",
        "instantaneous-rate",
        ":material/speed:",
        "How fast, at one instant? A secant becomes a tangent, for any function, under a magnifier.",
    ),
    Lesson(
        "Derivatives",
        "Derivative rules",
        "derivative-rules",
        ":material/account_tree:",
        "Every rule, step by step. Then do it yourself: the page names the rule you forgot.",
    ),
    Lesson(
        "Derivatives",
        "Where derivatives do not exist",
        "differentiability",
        ":material/broken_image:",
        "Corners, cusps, jumps: find the points without a slope. What do Python’s libraries say there?",
    ),
    Lesson(
        "Losses",
        "The square loss",
        "square-loss",
        ":material/balance:",
        "Every point pulls with twice its distance: the sum of squares is least at the mean.",
    ),
    Lesson(
        "Losses",
        "The log loss",
        "log-loss",
        ":material/toggle_on:",
        "A coin, and a classifier of sentences: why a confident wrong answer should cost a lot.",
    ),
    Lesson(
        "Differentiation in Python",
        "Symbolic differentiation",
        "symbolic",
        ":material/function:",
        "SymPy is exact. Put a formula into itself and its derivative swells, though it need not.",
    ),
    Lesson(
        "Differentiation in Python",
        "Numerical differentiation",
        "numerical",
        ":material/ssid_chart:",
        "How wrong is Δf/Δx? A smaller step is better, until the digits run out.",
    ),
    Lesson(
        "Differentiation in Python",
        "Automatic differentiation",
        "automatic",
        ":material/schema:",
        "Your function as a graph: the chain rule with numbers, forward or in reverse, then by JAX.",
    ),
    Lesson(
        "Differentiation in Python",
        "A race of three ways",
        "speed",
        ":material/timer:",
        "Symbolic, numerical or automatic: which is fast, and at what? Guess, then run the race.",
    ),
)

PATH = (
    "linear-regression", "instantaneous-rate", "derivative-rules", "differentiability", "local-and-global-minima",
    "square-loss", "log-loss", "log-versus-product", "symbolic", "numerical", "automatic", "speed",
)  # fmt: skip
"""The lessons in the order of the course's notes, which begin with what all of it is for."""


def course() -> list[Lesson]:
    """All lessons along the path; those that are not on it come last."""
    places = {path: place for place, path in enumerate(PATH)}
    return sorted(LESSONS, key=lambda lesson: places.get(lesson.url_path, len(PATH)))
