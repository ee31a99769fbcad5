"""The log loss: a coin's likelihood and its logarithm, and a classifier that learns by it."""

from pages.log_loss import controls
from pages.log_loss.classifier import view as classifier
from pages.log_loss.coin import view as coin
from pages.shared.layout import lesson

places = lesson(
    "The log loss",
    "The best model makes the data most probable. Probabilities multiply, so take the logarithm: a sum, with a "
    "derivative that one can set to zero, or descend.",
    controls.FIELDS,
)
with places.controls:
    shown = controls.SHOW.draw(segmented=True)
if shown == "coin":
    coin.draw(places)
else:
    classifier.draw(places.controls, places.picture)
