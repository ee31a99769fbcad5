"""The three closer looks of `log-versus-product`, of which one is open."""

from pages.log_versus_product.controls import Setting
from pages.log_versus_product.looks import digits as product_digits
from pages.log_versus_product.looks import terms as product_terms
from pages.log_versus_product.looks import tiny as product_tiny
from pages.shared import links

LOOKS = {
    "terms": "Two derivatives, term by term",
    "digits": "What floating point makes of them",
    "tiny": "Lots of tiny things",
}
DRAWN = {"terms": product_terms.draw, "digits": product_digits.draw, "tiny": product_tiny.draw}
PARAMETERS = {"look": links.choice(LOOKS)} | product_terms.PARAMETERS | product_tiny.PARAMETERS


def draw(setting: Setting) -> None:
    """The look that is chosen, and only that."""
    DRAWN[links.segmented("Look closer", LOOKS, key="look")](setting)
