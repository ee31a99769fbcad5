"""How long `find` takes on each function of the tests: `python -m tests.benchmarks.minima`."""

from __future__ import annotations

import statistics
import time

from calc.expression import parse_expression
from calc.minima import find
from tests.calc.minima.functions import known

HARD = ["sin(1/x)", "tan(50x)", "1/sin(30x)", "floor(20x)", "x^2 sin(1/x)", "x/|x|", "sin(1000x)"]
REPEATS = 5


def main() -> None:
    cases = [(case.text, case.low, case.high) for case in known()]
    cases += [(text, -10.0, 10.0) for text in HARD]
    times = []
    print(f"{'function':26} {'interval':>22} {'points':>6}  {'proved':6} {'ms':>7}")
    for text, low, high in cases:
        expression = parse_expression(text)
        taken = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            found = find(expression, low, high)
            taken.append(1e3 * (time.perf_counter() - start))
        times.append(statistics.median(taken))
        where = f"[{low:.8g}, {high:.8g}]"
        proved = "yes" if found.proved else "no"
        print(f"{text:26} {where:>22} {len(found.points):6}  {proved:6} {times[-1]:7.1f}")
    print(f"median {statistics.median(times):.1f} ms, largest {max(times):.1f} ms (median of {REPEATS} each)")


if __name__ == "__main__":
    main()
