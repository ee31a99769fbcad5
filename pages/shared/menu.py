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
    View(
        "Optimisation",
        "Log versus product",
        "log-versus-product",
        "views/optimisation/log_versus_product.py",
        ":material/functions:",
        "Both are greatest at the same place, but only one can be climbed: "
        "why machine learning takes logarithms.",
    ),
    View(
        "Losses",
        "The square loss",
        "square-loss",
        "views/losses/square_loss.py",
        ":material/balance:",
        "Every point pulls with twice its distance: the sum of the squares is least at the mean, "
        "that of the distances at the median.",
    ),
    View(
        "Losses",
        "The log loss",
        "log-loss",
        "views/losses/log_loss.py",
        ":material/toggle_on:",
        "A coin, and a classifier that reads short sentences: why a confident wrong answer should cost a lot.",
    ),
)
