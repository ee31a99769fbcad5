"""Tables of numbers: the bundled house prices, uploads, edited tables, share links and downloads.

Everything a visitor can get wrong raises DatasetError, whose text is a sentence for that visitor.
"""

from calc.datasets.choosing import best_features, best_label, best_pair
from calc.datasets.classes import coded, labels_of, not_two, texts, two_classes, words_of
from calc.datasets.downloads import to_csv
from calc.datasets.errors import DatasetError
from calc.datasets.house_prices import BUNDLED, Bundled, bundled
from calc.datasets.links import (
    Cell,
    Column,
    Rows,
    Typed,
    format_column,
    format_rows,
    parse_column,
    parse_rows,
    parse_typed,
    rows_of,
)
from calc.datasets.pairs import LeftOut, left_out, missing, numbers_of, numeric_columns, xy
from calc.datasets.reading import Upload, read_table, read_upload
from calc.datasets.sentences import count_words, sentiment
from calc.datasets.typed import as_frame, as_text, numbers_in, refused, typed_rows
from calc.datasets.vocabulary import is_unit, prefix, unit_of_name, with_unit

__all__ = [
    "BUNDLED",
    "Bundled",
    "Cell",
    "Column",
    "DatasetError",
    "LeftOut",
    "Rows",
    "Typed",
    "Upload",
    "as_frame",
    "as_text",
    "best_features",
    "best_label",
    "best_pair",
    "bundled",
    "coded",
    "count_words",
    "format_column",
    "format_rows",
    "is_unit",
    "labels_of",
    "left_out",
    "missing",
    "not_two",
    "numbers_in",
    "numbers_of",
    "numeric_columns",
    "parse_column",
    "parse_rows",
    "parse_typed",
    "prefix",
    "read_table",
    "read_upload",
    "refused",
    "rows_of",
    "sentiment",
    "texts",
    "to_csv",
    "two_classes",
    "typed_rows",
    "unit_of_name",
    "with_unit",
    "words_of",
    "xy",
]
