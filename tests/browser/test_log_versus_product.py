"""A journey through `log-versus-product` as a visitor makes it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import choose, frames, play, quiet

PATH = "/log-versus-product"


def slot(page, name: str, side: str, which: int):
    """A slot of the update on the product (0) or on its logarithm (1)."""
    return page.locator(f'.downhill-readout >> nth={which} >> [data-name="{name}"][data-part="{side}"]').first


def test_one_ball_is_stuck_the_other_arrives_and_the_reason_is_found(server, visitor):
    page = visitor().open(server + PATH)
    expect(play(page)).to_have_attribute("aria-label", "Pause")
    quiet(page, 0)
    expect(slot(page, "p", "after", 0)).to_have_text("NaN (not a number)")
    expect(slot(page, "p", "before", 1)).to_have_text("0.5")
    quiet(page, 60)
    expect(slot(page, "p", "after", 1)).to_have_text("0.10139")
    assert frames(page) == ["60", "60"]

    choose(page, "Product", "Coin tosses")
    expect(page.get_by_test_id("stMain")).to_contain_text("700/1000 = 0.7")
    expect(slot(page, "p", "after", 1)).to_have_text("0.7")
    expect(page).to_have_url(re.compile("f=coin"))

    page.get_by_test_id("stMain").get_by_text("What floating point makes of them").click()
    settled(page)
    expect(page.get_by_test_id("stTable").first).to_contain_text("underflow")
    expect(page).to_have_url(re.compile("look=digits"))
    page.reload()
    settled(page)
    expect(page.get_by_test_id("stMain")).to_contain_text("700/1000 = 0.7")
    expect(page.get_by_test_id("stTable").first).to_contain_text("underflow")
