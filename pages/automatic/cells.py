"""The notes' cells on JAX, with the reader's function and point: rows 23 and 24 of the notes' figures."""

from calc.cells import Cell, Choice, Values
from pages.automatic.controls import Setting

ARRAYS = (
    Cell("libraries", "The libraries. `grad` differentiates, `vmap` goes over an array, `jit` compiles.",
         "import jax\nimport jax.numpy as jnp\nimport numpy as np\nfrom jax import grad, jit, vmap"),
    Cell("arrays", "An array of NumPy and one of JAX, and their types.",
         "x_array = np.array({whole_points})\nx_array_jnp = jnp.array({points})\n"
         'print("Type of NumPy array:", type(x_array))\nprint("Type of JAX NumPy array:", type(x_array_jnp))',
         needs=("libraries",),
         notes="jaxlib.xla_extension.DeviceArray"),
    Cell("operators", "Operators and indices work as in NumPy.",
         "print(x_array_jnp * 2)\nprint(x_array_jnp[2])", needs=("arrays",)),
    Cell("assignment", "But nothing can be put into a JAX array.",
         "x_array_jnp[2] = 4.0", needs=("arrays",), raises="TypeError",
         means="A JAX array never changes: only then can JAX trust a program that it has recorded once to do the same "
               "again.",
         instead="The next cell makes a new array."),
    Cell("at_set", "`.at[2].set(4.0)` gives a new array; the old one stays as it was.",
         "y_array_jnp = x_array_jnp.at[2].set(4.0)\nprint(y_array_jnp)\nprint(x_array_jnp)", needs=("arrays",)),
    Cell("log", "`jnp.log` takes both kinds of array.",
         "print(jnp.log(x_array))\nprint(jnp.log(x_array_jnp))", needs=("arrays",)),
)  # fmt: skip
GRAD = (
    Cell("f", "The function above, in JAX.", "def f({letter}):\n    return {function:jnp}", needs=("libraries",)),
    Cell("grad", "`grad(f)` is another function: the derivative, by reverse mode.",
         'print("Function value:", f({point}))\nprint("Derivative value:", grad(f)({point}))', needs=("f",)),
    Cell("integer", "It refuses a whole number.", "grad(f)({whole})", needs=("f",), raises="TypeError",
         means="A derivative is the limit of ever smaller steps, and whole numbers have no small steps.",
         instead="Write the point with a decimal point."),
    Cell("array", "And it refuses an array.", "grad(f)(x_array_jnp)", needs=("f", "arrays"), raises="TypeError",
         means="`grad` needs one number as the result. If the result were an array, each of its elements would have a "
               "derivative by each element of x.",
         instead="`vmap` in the next cell: the derivative at each element by itself."),
    Cell("vmap", "The derivative at every element.",
         "dfdx_jax_vmap = vmap(grad(f))(x_array_jnp)\nprint(dfdx_jax_vmap)", needs=("f", "arrays")),
    Cell("jit", "`jit` compiles the same: the first call takes longer, all others are fast.",
         "dfdx_compiled = jit(vmap(grad(f)))\nprint(dfdx_compiled(x_array_jnp))", needs=("f", "arrays")),
    Cell("traced", "What JAX has recorded of f: its graph, as a program. One line is one node.",
         "traced = jax.make_jaxpr(f)({point})\nprint(traced.pretty_print(use_color=False))", needs=("f",)),
    Cell("traced_grad", "And of its derivative: the values, then the way back.",
         "traced = jax.make_jaxpr(grad(f))({point})\nprint(traced.pretty_print(use_color=False))", needs=("f",)),
    Cell("precision", "Unless told otherwise, JAX computes with 32 bits: about 7 digits.",
         "print(grad(f)({point}))\nwith jax.enable_x64(True):\n    print(grad(f)({point}))", needs=("f",)),
)  # fmt: skip
LIST = {
    "cube": ("x³", "x ** 3", "-5, 5", ""),
    "polynomial": ("2x³ − 3x² + 5", "2 * x**3 - 3 * x**2 + 5", "-5, 5", ""),
    "reciprocal": ("1/x", "1 / x", "0.2, 5", " Seen on the right of its pole."),
    "exp": ("eˣ", "jnp.exp(x)", "-5, 5", " It is its own derivative: one line covers the other."),
    "ln": ("ln x", "jnp.log(x)", "0.2, 5", ""),
    "sin": ("sin x", "jnp.sin(x)", "-5, 5", ""),
    "cos": ("cos x", "jnp.cos(x)", "-5, 5", ""),
    "abs": ("|x|", "jnp.abs(x)", "-5, 5", " At 0 itself, where there is none, `grad` says 1."),
    "mixed": ("|x| + sin x cos x", "jnp.abs(x) + jnp.sin(x) * jnp.cos(x)", "-5, 5", ""),
}
"""The notes' common derivatives: as one writes them, in JAX, where they are drawn, and what there is to say."""
COMMON = tuple(
    Cell(f"common_{slug}", f"g(x) = {title}.{why}",
           f"def g(x):\n    return {code}\n\nx_line = jnp.linspace({ends}, 100)\n"
           "g_line, slopes = g(x_line), vmap(grad(g))(x_line)",
           needs=("libraries",), draws=(("x_line", "x"), ("g_line", "g"), ("slopes", "g′ by vmap(grad(g))")))
    for slug, (title, code, ends, why) in LIST.items()
)  # fmt: skip
CELLS = (*ARRAYS, *GRAD, *COMMON)
SECTIONS = {
    "jax-arrays": ("JAX: arrays that never change", ARRAYS),
    "jax-grad": ("JAX: grad, vmap and jit on the function above", GRAD),
    "jax-common": ("JAX: the notes’ list of common derivatives", COMMON),
}
"""The cells that each section of the page shows."""


def values(setting: Setting) -> Values:
    """What stands in the cells' slots."""
    letter = setting.expression.variables[0]
    return {
        "function": setting.expression, "letter": Choice(letter, (letter,)), "point": setting.at,
        "whole": round(setting.at), "points": (1.0, 2.0, 3.0), "whole_points": (1, 2, 3),
    }  # fmt: skip
