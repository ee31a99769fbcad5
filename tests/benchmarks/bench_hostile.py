"""What hostile functions cost: `python -m tests.benchmarks hostile`; at most 1 s and 200 MB each.

Each is examined in a process of its own, as a worker examines it: what `find` and the curve take of the
processor, and how much memory they add to the highest it had before.
"""

from __future__ import annotations

import subprocess
import sys

from calc.child_process import ROOT

HOSTILE = [
    ("sin(1e30x)", -1, 1), ("e^(e^(e^x))", -5, 5), ("(1+x)^100", -3, 3), ("x^100 - 3x^50 + 1", -3, 3),
    ("(x^100 - 3x^50 + 1)/(x^100 + x^7 + 2)", -3, 3), ("+".join(f"sin({k}x)" for k in range(1, 17)), -9, 9),
    ("tan(tan(tan x))", -3, 3), ("x^x^x", 0, 3), ("floor(1e6x)", -3, 3), ("1/sin(1/x)", -1, 1),
    ("x^2 sin(1/x)", -1, 1), ("tan(1e5x)", -3, 3), ("floor(x) sin(1000x)", -50, 50),
    ("cos(tan(x^2)) sin(1/x)", -3, 3), ("sin(x^2)^sin(x)", -9, 9),
]  # fmt: skip
CODE = """
import resource, sys, time
from calc.curve import curve
from calc.expression import parse_expression
from calc.minima import find
text, low, high = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
expression = parse_expression(text)
find(parse_expression("x^2"), -1, 1)
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
found = find(expression, low, high)
searched = time.process_time() - began
curve(expression, found, found.points[:150])
taken = time.process_time() - began
more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
proved = "yes" if found.proved else "no"
print(f"{len(found.points):6}  {proved:6} {searched:7.2f} {taken:7.2f} {more:7.1f}")
"""


def main() -> None:
    print(f"{'function':42} {'points':>6}  {'proved':6} {'find s':>7} {'all s':>7} {'MB more':>7}")
    for text, low, high in HOSTILE:
        row = subprocess.run(
            [sys.executable, "-c", CODE, text, str(low), str(high)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.rstrip()  # fmt: skip
        print(f"{text[:42]:42} {row}", flush=True)


if __name__ == "__main__":
    main()
