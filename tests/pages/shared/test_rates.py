"""The rates on the slider: even steps over four decades, and the two next to the cliff."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.rates import rate_options


@given(st.floats(1e-12, 1e12))
@example(1.9)
@example(1.0)
def test_the_rates_surround_the_cliff_in_even_steps(limit):
    rates = rate_options(limit)
    assert list(rates) == sorted(set(rates))
    assert limit / 1000 <= rates[0] < 1.2 * limit / 1000
    assert 10 * limit / 1.2 < rates[-1] <= 10 * limit
    assert all(low < high < 1.2 * low for low, high in pairwise(rates))
    for rounding in (ROUND_FLOOR, ROUND_CEILING):
        # Four digits of the limit itself, or of what a float makes of it.
        near = {
            float(
                Context(prec=4, rounding=rounding).create_decimal(
                    Decimal(limit) * (1 + Decimal(f"{sign}1e-14"))
                )
            )
            for sign in "+-"
        }
        assert near & set(rates)


@given(st.floats(1e-12, 1e12))
def test_but_for_the_two_beside_the_cliff_each_has_two_digits(limit):
    """24 to a decade, nearly rounded powers of the 24th root of 10; whole tenths and halves of them are there."""
    long = [rate for rate in rate_options(limit) if float(f"{rate:.2g}") != rate]
    assert len(long) <= 2
    decade = {f"{rate:.1e}"[:3] for rate in rate_options(1.0) if 0.1 <= rate < 1}
    assert len(decade) == 24
    assert {f"{tenths / 10:.1f}" for tenths in range(10, 100, 10)} - decade == set()
    assert {"1.5", "2.5", "4.5", "7.5"} <= decade
