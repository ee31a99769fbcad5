"""Functions with and without derivatives, each with the reason why it is there."""

from pages.shared.functions import Preset

PRESETS = {
    "corner": Preset("A corner", "|x|", (-2.0, 2.0), 0.0,
        "From the left the slope is −1, from the right 1: two slopes, so no derivative. Their mean, 0, fits neither."),
    "corners": Preset("Two corners", "max(x^2 - 1, 1 - x^2)", (-2.0, 2.0), 1.0,
        "The larger of two smooth functions. It has a corner wherever the two cross at an angle."),
    "cusp": Preset("A cusp", "x^(2/3)", (-2.0, 2.0), 0.0,
        "Close to 0 the curve gets ever steeper, downwards on the left and upwards on the right: a sharp point."),
    "vertical": Preset("A vertical tangent", "cbrt(x)", (-2.0, 2.0), 0.0,
        "The curve has a tangent, and looks straight under the magnifier. But a vertical line has no slope."),
    "floor": Preset("Jumps", "floor(x)", (-2.5, 2.5), 1.0,
        "From the right the slope is 0. From the left the secant has to climb the step, ever more steeply."),
    "sign": Preset("A jump without a value", "|x|/x", (-2.0, 2.0), 0.0,
        "−1 on the left, 1 on the right, and nothing at 0. Whatever value you put there, the jump remains."),
    "hole": Preset("A hole", "(x^2 - 1)/(x - 1)", (-1.0, 3.0), 1.0,
        "The line x + 1 without one point. Fill the hole, and all is well."),
    "pole": Preset("A pole", "1/x", (-2.0, 2.0), 0.0,
        "No value at 0, and none that you could put there: close to 0 the function grows without bound."),
    "wild": Preset("x sin(1/x)", "x sin(1/x)", (-0.4, 0.4), 0.0,
        "With the value 0 put in it is continuous. But its secants swing between −1 and 1 for ever: no slope."),
    "tamed": Preset("x² sin(1/x)", "x^2 sin(1/x)", (-0.4, 0.4), 0.0,
        "With the value 0 put in it has the slope 0 at 0, since x² flattens every secant. Yet at the points nearby the "
        "slopes swing between −1 and 1 for ever."),
    "smooth": Preset("No corner: x|x|", "x|x|", (-2.0, 2.0), 0.0,
        "Two parabolas that meet with the same slope, 0: an absolute value makes no corner by itself."),
    "almost": Preset("Almost a corner", "|x|^1.01", (-2.0, 2.0), 0.0,
        "It looks like |x|, and no zoom that fits on a screen shows a difference. But its slopes do go to 0, very "
        "slowly: at h = 10⁻¹⁰⁰ they are ±0.1."),
    "dust": Preset("Corners everywhere: Takagi’s curve",
        "|x-round(x)| + |2x-round(2x)|/2 + |4x-round(4x)|/4 + |8x-round(8x)|/8 + |16x-round(16x)|/16",
        (0.0, 1.0), 0.5,
        "Five terms of a sum. It is continuous everywhere, and each further term about doubles its corners. The "
        "whole sum, without end, is continuous too, and has a derivative nowhere (Takagi 1903)."),
}  # fmt: skip
