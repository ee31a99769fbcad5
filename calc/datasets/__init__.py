"""Tables of numbers: the bundled house prices, uploads, edited tables, share links and downloads.

Everything a visitor can get wrong raises DatasetError, whose text is a sentence for that visitor.
"""

from calc.datasets.downloads import to_csv
from calc.datasets.errors import DatasetError
from calc.datasets.house_prices import BUNDLED, Bundled, bundled
from calc.datasets.links import Rows, format_rows, parse_rows, rows_of
from calc.datasets.pairs import LeftOut, left_out, missing, numbers_of, numeric_columns, xy
from calc.datasets.reading import read_table
from calc.datasets.sentences import sentiment

__all__ = [
    "BUNDLED",
    "Bundled",
    "DatasetError",
    "LeftOut",
    "Rows",
    "bundled",
    "format_rows",
    "left_out",
    "missing",
    "numbers_of",
    "numeric_columns",
    "parse_rows",
    "read_table",
    "rows_of",
    "sentiment",
    "to_csv",
    "xy",
]
