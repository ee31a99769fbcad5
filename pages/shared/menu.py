"""Every lesson of the app, once: the router, the home page and the tests read this table."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

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
        "A line learns the price of a house by gradient descent: play the run, "
        "and find the learning rate at which it flies apart.",
    ),
    Lesson(
        "Optimisation",
        "Local and global minima",
        "local-and-global-minima",
        ":material/landscape:",
        "Drop a ball on any function you can type: which minimum it finds depends on where it starts.",
    ),
    Lesson(
        "Optimisation",
        "Log versus product",
        "log-versus-product",
        ":material/functions:",
        "Both are greatest at the same place, but of many factors only the logarithm can be climbed: "
        "why machine learning takes it.",
    ),
    Lesson(
        "Derivatives",
        "Instantaneous rate of change",
        "instantaneous-rate",
        ":material/speed:",
        "How fast, at one instant? A secant becomes a tangent, for any function you can type, under a magnifier.",
    ),
    Lesson(
        "Derivatives",
        "Derivative rules",
        "derivative-rules",
        ":material/account_tree:",
        "Every rule, step by step on any function you can type: then differentiate yourself, and be told which rule "
        "you forgot.",
    ),
    Lesson(
        "Derivatives",
        "Where derivatives do not exist",
        "differentiability",
        ":material/broken_image:",
        "Corners, cusps, jumps, wild oscillations: find every point without a slope, and see what SymPy, NumPy and "
        "JAX say there.",
    ),
    Lesson(
        "Losses",
        "The square loss",
        "square-loss",
        ":material/balance:",
        "Every point pulls with twice its distance: the sum of the squares is least at the mean, "
        "that of the distances at the median.",
    ),
    Lesson(
        "Losses",
        "The log loss",
        "log-loss",
        ":material/toggle_on:",
        "A coin, and a classifier that reads short sentences: why a confident wrong answer should cost a lot.",
    ),
    Lesson(
        "Differentiation in Python",
        "Symbolic differentiation",
        "symbolic",
        ":material/function:",
        "SymPy keeps √18 exact and differentiates your formula: put it into itself and see how the derivative swells, "
        "and why it need not.",
    ),
    Lesson(
        "Differentiation in Python",
        "Numerical differentiation",
        "numerical",
        ":material/ssid_chart:",
        "How wrong is Δf/Δx, from Δx = 1 down to 10⁻¹⁶? A smaller step is better, until the digits run out.",
    ),
)
