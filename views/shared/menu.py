"""Every view of the app, once: the router, the home page and the tests read this table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """One page: where it stands in the menu, its file, its URL and the sentence that invites to it."""

    section: str
    title: str
    url_path: str
    file: str
    icon: str
    sentence: str


HOME = View("", "Downhill", "", "views/home/home.py", ":material/home:", "")

VIEWS = (
    View(
        "Optimisation",
        "Linear regression",
        "linear-regression",
        "views/optimisation/linear_regression.py",
        ":material/trending_up:",
        "A line learns the price of a house by gradient descent: play the run, "
        "and find the learning rate at which it flies apart.",
    ),
    View(
        "Optimisation",
        "Local and global minima",
        "local-and-global-minima",
        "views/optimisation/local_and_global_minima.py",
        ":material/landscape:",
        "Drop a ball on any function you can type: which minimum it finds depends on where it starts.",
    ),
)
