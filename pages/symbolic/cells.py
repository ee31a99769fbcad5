"""The cells of `symbolic`, by the sections of the lab, with the reader's own function and numbers."""

from calc.cells import Cell

CURVES = (("x_larger", "x"), ("y", "f(x)"), ("slope", "f′(x)"))
SECTIONS = {
    "Functions in Python": (
        Cell("numpy", "NumPy provides arrays.", "import numpy as np"),
        Cell("f", "`return` gives the value.", "def f(x):\n    return {function:np}\n\nprint(f({point}))", ("numpy",)),
        Cell("dfdx", "Its derivative, found by the rules, is a second function.",
            "def dfdx(x):\n    return {derivative:np}\n\nprint(dfdx({point}))", ("numpy",)),
        Cell("arrays", "Both take a whole array, and go through it number by number.",
            'x_array = np.array({array})\n\nprint("x:", x_array)\nprint("f(x):", f(x_array))\n'
            'print("f\'(x):", dfdx(x_array))', ("f", "dfdx")),
        Cell("larger", "A hundred numbers make two curves.",
            "x_larger = np.linspace({low}, {high}, 100)\ny = f(x_larger) + 0 * x_larger\n"
            "slope = dfdx(x_larger) + 0 * x_larger", ("f", "dfdx"), draws=CURVES),
    ),
    "Exact, not rounded: SymPy": (
        Cell("decimal", "Python’s own root of 18 is a decimal number, rounded.", "import math\nmath.sqrt(18)"),
        Cell("exact", "SymPy’s root is exact: √18 = √(9 · 2) = 3√2. The decimal number does not show that.",
            "# All names of SymPy, without its own in front of them.\nfrom sympy import *\n\nsqrt(18)"),
        Cell("digits", "It can be rounded too, to as many digits as you like.", "N(sqrt(18), 8)", ("exact",)),
    ),
    "Expressions: built, changed, evaluated": (
        Cell("symbols", "Letters have to be symbols before they can stand in an expression.",
            "x, y = symbols('x y')\nexpr = 2 * x**2 - x * y\nexpr", ("exact",)),
        Cell("built", "Expressions are added and multiplied as by hand.",
            "expr_manip = x * (expr + x * y + x**3)\nexpr_manip", ("symbols",)),
        Cell("expanded", "Multiplied out …", "expand(expr_manip)", ("built",)),
        Cell("factored", "… or written as a product.", "factor(expr_manip)", ("built",)),
        Cell("substituted", "Numbers put in for the symbols.", "expr.evalf(subs={x: -1, y: 2})", ("symbols",)),
        Cell("f_symb", "Your function as an expression …", "f_symb = {function:bare}\nf_symb", ("symbols",)),
        Cell("value", "… and its value at your point.", "f_symb.evalf(subs={x: {point}})", ("f_symb",)),
        Cell("called", "Does it take an array?", "f_symb(x_array)", ("f_symb", "arrays"), "TypeError",
            "An expression is data, as a text is. It is not a function, so you cannot call it with brackets.",
            "`lambdify` turns it into a function: see the next cell."),
        Cell("lambdified", "SymPy writes a function for NumPy.",
            "f_symb_numpy = lambdify(x, f_symb, 'numpy')\nprint('f(x):', f_symb_numpy(x_array))", ("f_symb", "arrays")),
    ),
    "Derivatives by SymPy": (
        Cell("power", "One command.", "diff(x**3, x)", ("symbols",)),
        Cell("rules", "SymPy knows the rules for sums, products and chains.",
            "diff(exp(-2 * x) + 3 * sin(3 * x), x)", ("symbols",)),
        Cell("dfdx_symb", "Your function.", "dfdx_symb = diff(f_symb, x)\ndfdx_symb", ("f_symb",)),
        Cell("dfdx_numpy", "Made into a function, it takes the array.",
            "dfdx_symb_numpy = lambdify(x, dfdx_symb, 'numpy')\nprint(\"f'(x):\", dfdx_symb_numpy(x_array))",
            ("dfdx_symb", "arrays")),
        Cell("curves", "And a hundred numbers.",
            "x_larger = np.linspace({low}, {high}, 100)\ny = lambdify(x, f_symb, 'numpy')(x_larger) + 0 * x_larger\n"
            "slope = dfdx_symb_numpy(x_larger) + 0 * x_larger", ("dfdx_numpy",), draws=CURVES),
    ),
    "Where it fails": (
        Cell("absolute", "|x| has the slope −1 on the left and 1 on the right. SymPy’s answer is longer: its x may be "
            "complex.", "dfdx_abs = diff(abs(x), x)\ndfdx_abs", ("symbols",)),
        Cell("unevaluated", "At −2 it should be −1.", "dfdx_abs.evalf(subs={x: -2})", ("absolute",)),
        Cell("abs_numpy", "Does NumPy know more?",
            "dfdx_abs_numpy = lambdify(x, dfdx_abs, 'numpy')\ndfdx_abs_numpy(np.array([1, -2, 0]))",
            ("absolute", "numpy"), "PrintMethodNotImplementedError",
            "The expression holds derivatives that were not worked out, and NumPy has nothing for them. Today’s SymPy "
            "says so as soon as it makes the function, before the lab’s `try`. The lab’s SymPy made the function, "
            "which then failed when it was called.",
            "Tell SymPy that x is real: see the next cell.", "name 'Derivative' is not defined"),
        Cell("real", "This symbol is known to be real.",
            "x_real = symbols('x', real=True)\ndfdx_real = diff(abs(x_real), x_real)\ndfdx_real", ("exact",)),
        Cell("real_numpy", "sign(x) is −1, 0 or 1. So at 0 the answer is 0, although |x| has no slope there.",
            "lambdify(x_real, dfdx_real, 'numpy')(np.array([1, -2, 0]))", ("real", "numpy")),
        Cell("swell", "Your function put into itself: SymPy counts the operations of its derivative, written out "
            "and with shared parts (`cse`: common subexpression elimination). It tidies as it goes, so its "
            "counts are smaller than those in the table above.",
            "g = x\nfor n in (1, 2, 3):\n    g = f_symb.subs(x, g)\n    slope = diff(g, x)\n"
            "    parts, rest = cse(slope)\n    shared = sum(count_ops(part[1]) for part in parts) + count_ops(rest)\n"
            "    print(n, 'written out:', count_ops(slope), 'shared:', shared)", ("f_symb",)),
    ),
}  # fmt: skip
CELLS = tuple(cell for part in SECTIONS.values() for cell in part)
