"""The lab's cells of numerical differentiation, with the reader's own function, point and spacing."""

from calc.cells import Cell, Choice, Values
from pages.numerical.columns import REACH
from pages.numerical.controls import Setting, Table

CELLS = (
    Cell("values", "This method does not look at the formula of f: values are all it needs.",
         "import numpy as np\n\ndef f({t}):\n    return {function:np}"),
    Cell("exact", "To compare with: the exact derivative, by SymPy.",
         'import sympy\n\n{t} = sympy.Symbol("{t}", real=True)\n'
         'dfdx = sympy.lambdify({t}, sympy.diff({function:sympy}, {t}), "numpy")',
         fails=(("PrintMethodNotImplementedError", "SymPy has no formula for this derivative, and leaves it as it is: "
         "`Derivative`, for which NumPy has no word."),)),
    Cell("gradient", "`np.gradient` takes a table: the values, and where they were taken.",
         "x_array = np.linspace({low}, {high}, {points})\n"
         "y_array = np.broadcast_to(f(x_array), x_array.shape)\n"
         "dfdx_numerical = np.gradient(y_array, x_array, edge_order={edge})\n"
         "dfdx_exact = np.broadcast_to(dfdx(x_array), x_array.shape)",
         needs=("values", "exact"),
         draws=(("x_array", "x"), ("dfdx_exact", "f′(x) exact"), ("dfdx_numerical", "f′(x) approximate"))),
    Cell("corner", "Of |x|, beside the corner, it is wrong: ±0.5 where ±1 is right, if 0 lies between two points.",
         "corner = np.linspace(-5, 5, {points})\n"
         "abs_numerical = np.gradient(abs(corner), corner)\n"
         "abs_exact = np.where(corner == 0, np.nan, np.sign(corner))\n"
         "abs_numerical[np.argsort(abs(corner))[:4]]",
         needs=("values",),
         draws=(("corner", "x"), ("abs_exact", "exact"), ("abs_numerical", "approximate"))),
    Cell("steps", "A difference quotient, with smaller and smaller steps: at last all digits have cancelled.",
         "x0 = np.float64({at})\nfor h in [0.1, 1e-4, 1e-8, 1e-12, 1e-16]:\n    print(h, (f(x0 + h) - f(x0)) / h)",
         needs=("values",)),
    Cell("complex_step", "The complex step, with a step of 10⁻²⁰: nothing cancels.",
         "h = 1e-20\nnp.imag(f({at} + 1j * h)) / h", needs=("values",),
         fails=(("TypeError", "NumPy has this function for real numbers alone: the complex step ends here."),)),
    Cell("scipy", "SciPy’s own, in float64: the derivative, its error bar, whether it succeeded, how often it asked.",
         "from scipy.differentiate import derivative\n\nfound = derivative(f, {at})\n"
         'print("derivative", found.df, "error bar", found.error)\n'
         'print("success", found.success, "status", found.status, "evaluations", found.nfev)', needs=("values",),
         fails=(("IndexError", "SciPy puts in several numbers at once and wants as many back; a constant gives one. "
         "With `+ 0 * x` behind it, it works."),)),
)  # fmt: skip


def values(setting: Setting, table: Table) -> Values:
    """What stands in their slots."""
    return {
        "function": setting.expression, "t": Choice(setting.t, ("x", "t")), "at": setting.at,
        "low": setting.at - REACH, "high": setting.at + REACH, "points": table.points, "edge": table.edge_order,
    }  # fmt: skip
