"""The rules of differentiation: step by step on any function, practised, in pictures, and for the common functions."""

from functools import partial

from pages.derivative_rules import controls
from pages.derivative_rules.looks import functions, pictures, practise, steps
from pages.shared.layout import lesson, looks

places = lesson(
    "Derivative rules",
    "A few rules differentiate every formula, from the outside in. See them at work, then do it yourself: the page "
    "says which rule you forgot.",
    controls.FIELDS,
)
views = {
    "steps": steps.draw,
    "practise": practise.draw,
    "pictures": pictures.draw,
    "functions": functions.draw,
}
looks(controls.LOOK, {name: partial(draw, places) for name, draw in views.items()}, places.controls)
