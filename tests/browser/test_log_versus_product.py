"""A journey through `log-versus-product` as a visitor makes it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_linear_regression import choose, frames, play, quiet, row_height

PATH = "/log-versus-product"


def slot(page, name: str, side: str, which: int):
    """A slot of the update on the product (0) or on its logarithm (1)."""
    return page.locator(f'.downhill-readout >> nth={which} >> [data-name="{name}"][data-part="{side}"]').first


def test_one_ball_is_stuck_the_other_arrives_and_the_reason_is_found(server, visitor):
    page = visitor().open(server + PATH + "?f=notes&steps=60")
    expect(play(page)).to_have_attribute("aria-label", "Pause")
    quiet(page, 0)
    expect(slot(page, "p", "after", 0)).to_have_text("not a number")
    expect(slot(page, "p", "before", 1)).to_have_text("0.5")
    quiet(page, 20)
    expect(slot(page, "p", "after", 1)).to_have_text("0.10139")
    assert frames(page) == ["20", "20"]

    choose(page, "Product", "Coin tosses")
    expect(page.get_by_test_id("stMain")).to_contain_text("7/10 = 0.7")
    expect(slot(page, "p", "after", 1)).to_have_text("0.7")
    expect(page).not_to_have_url(re.compile("f=notes"))

    page.get_by_test_id("stMain").get_by_text("3. Floating point").click()
    settled(page)
    expect(page.get_by_test_id("stTable").first).to_contain_text("float16")
    expect(page).to_have_url(re.compile("look=digits"))
    page.reload()
    settled(page)
    expect(page.get_by_test_id("stMain")).to_contain_text("7/10 = 0.7")
    expect(page.get_by_test_id("stTable").first).to_contain_text("float16")


def test_a_table_that_is_no_product_keeps_what_was_typed_and_shows_the_last_good_one(server, visitor):
    page = visitor().open(server + PATH + "?f=table&rows=(p)^(3)~(1-p)^(1)")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("greatest at p = 0.75")

    type_into_first_base(page, "p^2 sin(")
    expect(main).to_contain_text("This product cannot be used.")
    expect(main).to_contain_text("greatest at p = 0.75")
    expect(page).to_have_url(re.compile(r"rows=.*p.*3.*~"))

    choose(page, "Product", "Coin tosses")
    expect(main).to_contain_text("7/10 = 0.7")
    choose(page, "Product", "My own table")
    expect(main).to_contain_text("This product cannot be used.")

    type_into_first_base(page, "p^2")
    expect(main).to_contain_text("greatest at p = 0.8571428571")
    expect(page).to_have_url(re.compile(r"rows=\(?.{0,3}p(%5E|\^)2"))
    page.reload()
    expect(main).to_contain_text("greatest at p = 0.8571428571")


def type_into_first_base(page, text: str) -> None:
    box = page.get_by_test_id("stDataFrame").first.locator("canvas").first.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] * 0.25, box["y"] + row_height(page) * 1.5)
    cell = page.locator(".gdg-input")
    cell.fill(text)
    cell.press("Enter")
    settled(page)


def test_long_products_open_in_the_browser(server, visitor):
    rows = "~".join(f"(1-p^2/{i}+p^3)^(2)" for i in range(1, 100))
    tab = visitor()
    for query in ("f=typed&own=" + "p " * 400, "f=table&rows=" + rows, "f=typed&own=" + "p" * 1000):
        page = tab.open(f"{server}{PATH}?look=terms&{query}")
        expect(page.get_by_test_id("stTable").first).to_be_visible()


def test_a_reason_is_unfolded_by_a_click_and_folded_by_another(server, visitor):
    page = visitor(reduced_motion="reduce").open(server + PATH + "?heads=700&tosses=1000")
    main = page.get_by_test_id("stMain")
    reason = page.get_by_role("radio", name="2. One rate fits all")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    reason.click()
    expect(main).to_contain_text("by a factor of 1.19 on log |f|")
    page.wait_for_url("**look=rate*")
    settled(page)
    page.get_by_role("radio", name="1. Sums are easier than products").focus()
    page.keyboard.press("Enter")
    terms = page.get_by_role("slider", name="Terms shown")
    expect(terms).to_have_value("1")
    settled(page)
    page.get_by_role("radio", name="1. Sums are easier than products").click()
    expect(terms).to_have_count(0)
    expect(page).not_to_have_url(re.compile("look="))
