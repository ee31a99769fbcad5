"""The browser writes numbers as Python does, and updates that hold with the digits shown."""

import json
import random
import struct
from pathlib import Path

import pytest
from playwright.sync_api import expect

from calc.numbers import update, written
from tests.equations import wrong

READOUT = Path(__file__).resolve().parents[2] / "pages" / "shared" / "player" / "readout.js"


def values(count: int) -> list[float]:
    """Numbers of every size, those that a run comes to among them."""
    chance = random.Random(5)
    bits = [struct.unpack("<d", chance.randbytes(8))[0] for _ in range(count)]
    typical = [chance.gauss(0, 10 ** chance.uniform(-6, 12)) for _ in range(count)]
    rounded = [round(value, chance.randint(0, 6)) for value in typical]
    edges = [
        0.0,
        -0.0,
        1e9,
        999_999_999.5,
        1e-4,
        9.9999e-5,
        1e-16,
        -1e300,
        0.5,
        2.5,
        -1.5,
        1e22,
        5e-324,
        float("inf"),
        float("-inf"),
    ]
    return [value for value in (*bits, *typical, *rounded, *edges) if value == value]


def test_readout_writes_as_calc_does(visitor):
    page = visitor().page
    asked = [(value, digits) for value in values(400) for digits in (1, 3, 4, 6)]
    texts = page.evaluate(
        """async ([code, asked]) => {
          const { format } = await import("data:text/javascript," + encodeURIComponent(code))
          return asked.map(([value, digits]) => format(Number(value), digits, "$"))
        }""",
        [
            READOUT.read_text("utf-8"),
            [(repr(value).replace("inf", "Infinity"), digits) for value, digits in asked],
        ],
    )
    wrong = [
        (value, digits, text, written(value, digits, "$"))
        for (value, digits), text in zip(asked, texts, strict=True)
        if text != written(value, digits, "$")
    ]
    assert wrong == []
    assert page.evaluate(
        """async (code) => (await import("data:text/javascript," + encodeURIComponent(code))).format(NaN, 4)""",
        READOUT.read_text("utf-8"),
    ) == written(float("nan"))


def test_updates_are_written_as_calc_does(visitor):
    chance, page = random.Random(6), visitor().page
    asked = []
    for value in values(150):
        rate = chance.choice(
            [0.1, 0.03, 0.0123456789, 10 ** chance.uniform(-300, 300), 10 ** chance.uniform(-3, 1)]
        )
        direction = chance.choice([value * chance.gauss(0, 3), value / rate, chance.gauss(0, 1)])
        sign = chance.choice([-1, 1])
        after = value + sign * rate * direction
        asked.append((value, rate, direction, after, chance.choice([4, 6]), sign))
    texts = page.evaluate(
        """async ([code, asked]) => {
          const { equation } = await import("data:text/javascript," + encodeURIComponent(code))
          return asked.map((each) => Object.values(equation(...each.map(Number))))
        }""",
        [
            READOUT.read_text("utf-8"),
            [[repr(part).replace("inf", "Infinity") for part in each] for each in asked],
        ],
    )
    differ = [
        (each, text, update(*each))
        for each, text in zip(asked, texts, strict=True)
        if tuple(text) != update(*each)
    ]
    assert differ == []
    assert {text[3] for text in texts} == {"=", "≈"}


@pytest.mark.parametrize(
    "path",
    [
        "/linear-regression?method=momentum&exact=0.2&start=3",
        "/linear-regression?method=adam&standardise=false",
        "/linear-regression?exact=3&steps=1000",
        "/square-loss?points=1.234567~3.3333~-7",
        "/local-and-global-minima?method=nesterov",
        "/local-and-global-minima?variables=2&method=momentum",
        "/log-versus-product?f=coin&heads=7&tosses=10&start=0.3",
        "/log-loss?show=classifier",
    ],
)
def test_every_update_that_the_player_shows_holds(path, server, visitor):
    """At ten steps, as Chromium shows them."""
    page = visitor(reduced_motion="reduce").open(server + path)
    scrub = page.locator(".downhill-player input[type=range]")
    last = int(scrub.get_attribute("max"))
    for step in sorted({last * part // 9 for part in range(10)}):
        scrub.fill(str(step))
        expect(page.locator(".downhill-player output")).to_contain_text(f"step {step} of")
        rows = page.evaluate(
            """() => JSON.stringify([...document.querySelectorAll(".downhill-readout")].flatMap((readout) => {
              const rows = {}
              for (const slot of readout.querySelectorAll("[data-equation]")) {
                const { equation, role, digits, sign } = slot.dataset
                ;(rows[equation] ??= { digits: Number(digits), sign: Number(sign) })[role] = slot.textContent
              }
              return Object.values(rows)
            }))"""
        )
        rows = json.loads(rows)
        assert rows
        for row in rows:
            sign = "+" if row.pop("sign") > 0 else "−"
            assert wrong(sign=sign, **row) is None
