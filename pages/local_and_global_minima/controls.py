"""The controls of the whole lesson: those of one variable, of two, and those that both share."""

from pages.local_and_global_minima.common import METHOD, STEPS, VARIABLES, F
from pages.local_and_global_minima.one import controls as one
from pages.local_and_global_minima.two import controls as two
from pages.shared.functions import OWN, SHOWN
from pages.shared.rates import EXACT, RATE
from pages.shared.visit import Fields

FIELDS: Fields = (VARIABLES, F, OWN, SHOWN, RATE, EXACT, STEPS, METHOD, *one.FIELDS, *two.FIELDS)
