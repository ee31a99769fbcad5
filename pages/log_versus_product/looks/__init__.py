"""The three closer looks of `log-versus-product`, of which one is open."""

from pages.log_versus_product.controls import LOOK, Setting
from pages.log_versus_product.looks import digits, terms, tiny

DRAWN = {"terms": terms.draw, "digits": digits.draw, "tiny": tiny.draw}


def draw(setting: Setting) -> None:
    """The look that is chosen, and only that."""
    DRAWN[LOOK.draw(segmented=True)](setting)
