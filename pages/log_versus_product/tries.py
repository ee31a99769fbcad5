"""Things to try on the lesson."""

from pages.shared.tries import Try

TRIES = (
    Try("Toss ten times, then a thousand times. What becomes of the bump?", {"f": "coin", "heads": "7", "tosses": "10"},
        "It gets narrower, its top lower: 0.0022 after 10 tosses, 5.1·10⁻²⁶⁶ after 1,000. The logarithm keeps its "
        "shape."),
    Try("Toss 10,000 times. What is left of the product?", {"f": "coin", "heads": "7000", "tosses": "10000"},
        "0 everywhere: its greatest value is 1.1·10⁻²⁶⁵³, and no float is that small. Its slope is 0 too, and the "
        "ball stays where it is. The logarithm has lost nothing."),
    Try("How many probabilities can be multiplied?", {"look": "tiny"},
        "Some hundreds: the product of numbers between 0 and 1 shrinks at about one power of ten for every two or "
        "three of them, and below 2.5·10⁻³²⁴ it becomes 0. The sum of the logarithms goes on.",
        below=True),
)  # fmt: skip
