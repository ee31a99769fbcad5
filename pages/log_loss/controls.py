"""What a link to `log-loss` may say: which of the two it shows, and the controls of each."""

from pages.log_loss.classifier import controls as classifier
from pages.log_loss.coin import controls as coin
from pages.shared.fields import Choice

SHOW = Choice("show", "which of the two is shown", "Show", {"coin": "A coin", "classifier": "A classifier"})
FIELDS = (SHOW, *coin.FIELDS, *classifier.FIELDS)
