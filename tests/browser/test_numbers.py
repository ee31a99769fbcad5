"""The browser writes numbers as Python does."""

import random
import struct
from pathlib import Path

from calc.numbers import written

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
