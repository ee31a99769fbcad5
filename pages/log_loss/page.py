"""The log loss: a coin's likelihood and its logarithm, and a classifier that learns by it."""

from functools import partial

from pages.log_loss import controls
from pages.log_loss.classifier import view as classifier
from pages.log_loss.coin import view as coin
from pages.shared.layout import lesson, looks

places = lesson(
    "The log loss",
    "The best model makes the data most probable. Probabilities multiply, so take the logarithm: a sum, with a "
    "derivative that one can set to zero, or descend.",
    controls.FIELDS,
)
looks(
    controls.SHOW,
    {"coin": partial(coin.draw, places), "classifier": partial(classifier.draw, places)},
    places.controls,
)
