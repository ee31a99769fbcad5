"""The run on the page as a program of its own, in plain NumPy: the code to take home."""

from calc.regression import Fit
from pages.linear_regression.table import Points

STEPS = {
    "gradient-descent": ("", "w = w - rate * gradient(w, x, y)"),
    "momentum": ("v = np.zeros(2)\n", "v = 0.9 * v + gradient(w, x, y)\n    w = w - rate * v"),
    "nesterov": (
        "v = np.zeros(2)\n",
        "g = gradient(w, x, y)\n    v = 0.9 * v + g\n    w = w - rate * (g + 0.9 * v)",
    ),
    "adam": (
        "m, s = np.zeros(2), np.zeros(2)\n",
        "g = gradient(w, x, y)\n"
        "    m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2\n"
        "    m_hat, s_hat = m / (1 - 0.9 ** (k + 1)), s / (1 - 0.999 ** (k + 1))\n"
        "    w = w - rate * m_hat / (np.sqrt(s_hat) + 1e-8)",
    ),
    "stochastic": (
        "rng, deals = np.random.default_rng({seed}), len(x) // {batch}\n",
        "if k % deals == 0:\n"
        "        deck = rng.choice(len(x), size=(min(deals, steps - k), {batch}), replace=False)\n"
        "    rows = deck[k % deals]\n"
        "    w = w - rate * gradient(w, x[rows], y[rows])",
    ),
}

PROGRAM = '''"""A line fitted by gradient descent, as on Downhill's page. Needs NumPy only."""

import numpy as np

{data}

# Coordinates of the descent: standardised data have mean 0 and standard deviation 1.
mean_x, s_x, mean_y, s_y = {scales}
x, y = (x_data - mean_x) / s_x, (y_data - mean_y) / s_y


def gradient(w, x, y):
    """The partial derivatives of the mean of (y - (w[0] * x + w[1])) ** 2."""
    residual = y - (w[0] * x + w[1])
    return -2 * np.array([np.mean(residual * x), np.mean(residual)])


rate, steps = {rate!r}, {steps}
w = np.array({start})
{before}for k in range(steps):
    {step}

slope = w[0] * s_y / s_x
intercept = mean_y + s_y * w[1] - slope * mean_x
print(f"slope {{slope:.10g}}, intercept {{intercept:.10g}}")
'''


def program(fit: Fit, points: Points, seed: int, most_rows: int = 60) -> str:
    """Python source that repeats the run; a long table is read from a file of two columns."""
    if len(points.x) <= most_rows:
        data = f"x_data = np.array({points.x.tolist()})\ny_data = np.array({points.y.tolist()})"
    else:
        data = (
            "# Your table as two columns, x and y, below a row of names.\n"
            'x_data, y_data = np.loadtxt("houses.csv", delimiter=",", skiprows=1, unpack=True)'
        )
    before, step = STEPS[fit.method]
    return PROGRAM.format(
        data=data,
        scales=(fit.mean_x, fit.s_x, fit.mean_y, fit.s_y),
        rate=fit.rate,
        steps=len(fit.loss) - 1,
        start=fit.w[0].tolist(),
        before=before.format(batch=fit.batch, seed=seed),
        step=step.format(batch=fit.batch),
    )
