"""calc.datasets: what people upload, type and share, and the sentences they get when it is wrong."""

import csv
import io
import math
import re
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calc.datasets import (
    BUNDLED,
    DatasetError,
    LeftOut,
    bundled,
    format_rows,
    left_out,
    missing,
    numeric_columns,
    parse_rows,
    read_table,
    to_csv,
    xy,
)
from calc.datasets.decoding import MAX_BYTES
from calc.datasets.numerals import first_text, is_numeral, read_columns
from calc.datasets.records import MAX_CELL, MAX_COLUMNS, MAX_ROWS

NAN = math.nan


def read(text: str, encoding: str = "utf-8") -> pd.DataFrame:
    return read_table(text.encode(encoding))


def same(column: pd.Series, expected: list[object]) -> bool:
    """Whether the cells are equal, nan to nan."""
    cells = column.tolist()
    return len(cells) == len(expected) and all(
        a == b or (a != a and b != b) for a, b in zip(cells, expected, strict=True)
    )


class TestBundled:
    @pytest.mark.parametrize(
        ("slug", "rows", "currency"),
        [("course", 10, "$"), ("sacramento", 932, "$"), ("saratoga", 1728, "$"), ("windsor", 546, "C$")],
    )
    def test_each_table_has_its_rows(self, slug, rows, currency):
        table = bundled(slug)
        assert list(table.columns) == ["bedrooms", "price"]
        assert len(table) == rows
        assert all(table.dtypes == np.float64)
        assert BUNDLED[slug].currency == currency
        assert BUNDLED[slug].slug == slug
        assert len(xy(table, "bedrooms", "price")[0]) == rows
        assert left_out(table, "bedrooms", "price") == LeftOut((), "")

    def test_order(self):
        assert list(BUNDLED) == ["course", "sacramento", "saratoga", "windsor"]

    def test_the_course_houses_give_950000_for_nine_bedrooms(self):
        slope, intercept = np.polyfit(*xy(bundled("course"), "bedrooms", "price"), 1)
        assert slope * 9 + intercept == pytest.approx(950_000, rel=1e-12)

    def test_one_visitor_cannot_change_the_table_of_another(self):
        table = bundled("course")
        table.loc[0, "price"] = -1.0
        assert bundled("course").loc[0, "price"] == 150_000

    def test_unknown(self):
        with pytest.raises(DatasetError, match="course, sacramento, saratoga, windsor"):
            bundled("../etc/passwd")


PLAIN = {"bedrooms": [1.0, 2.0, 3.0], "price": [150000.0, 245000.5, NAN]}


class TestWhatPeopleUpload:
    @pytest.mark.parametrize(
        "text",
        [
            "bedrooms,price\n1,150000\n2,245000.5\n3,\n",
            "bedrooms;price\n1;150000\n2;245000,5\n3;\n",
            "bedrooms\tprice\n1\t150000\n2\t245000.5\n3\tNA",
            "bedrooms|price\n1|150000\n2|245000.5\n3|n/a",
            "bedrooms,price\r\n1,150000\r\n2,245000.5\r\n3,-\r\n",
            "bedrooms,price\r1,150000\r2,245000.5\r3,null\r",
            "bedrooms,price\r\r\n1,150000\r\r\n2,245000.5\r\r\n3,?\r\r\n",
            "sep=;\nbedrooms;price\n1;150000\n2;245000,5\n3;nan",
            '"sep=\t"\r\nbedrooms\tprice\r\n1\t150000\r\n2\t245000,5\r\n3\t""',
            "sep=^\nbedrooms^price\n1^150000\n2^245000.5\n3^None",
            '"bedrooms","price"\n"1","150,000"\n"2","245,000.5"\n"3",""',
            "\n\n  \nbedrooms,price\n1,150000\n2,245000.5\n3,\n\n\n , \n,,\n",
            "bedrooms,price,,\n1,150000,,\n2,245000.5,,\n3,,,\n",
            "bedrooms,price\n1,150000,\n2,245000.5,,\n3,,\n",
            " bedrooms , price \n 1 , 150000 \n 2 , 245000.5 \n 3 , \n",
            'bedrooms, price\n1, "150,000"\n2, "245,000.5"\n3, "N/A"\n',
            "bedrooms;price\n1;$150,000\n2;$ 245,000.50\n3;#N/A",
            "bedrooms;price\n1;150.000,00 €\n2;245.000,50 €\n3;–",
            "bedrooms;price\n1;150 000\n2;245 000,5\n3;",
            "bedrooms;price\n1;150\u00a0000\n2;245\u00a0000,5\n3;",
            "bedrooms;price\n1;150\u202f000\n2;245\u202f000,5\n3;",
            "bedrooms,price\n1,150'000\n2,245'000.5\n3,",
            "bedrooms,price\n1,150’000\n2,245’000.5\n3,",
            'bedrooms,price\n1,"1,50,000"\n2,"2,45,000.5"\n3,',
            "bedrooms,price\n1,1.5e5\n2,2.450005E+5\n3,nan",
            "bedrooms,price\n１,１５００００\n٢,٢٤٥٠٠٠.٥\n3,?",
            "bedrooms,price\n1,\u200e150000\u200f\n2,\u202a245000.5\u202c\n3,\u00a0",
            "\ufeffbedrooms,price\n1,150000\n2,245000.5\n3,\x1a",
        ],
    )
    def test_all_of_these_are_the_same_table(self, text):
        table = read(text)
        assert list(table.columns) == list(PLAIN)
        assert all(table.dtypes == np.float64)
        for name, cells in PLAIN.items():
            assert same(table[name], cells), table

    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"],
    )
    def test_encodings(self, encoding):
        table = read("größe;café\n1,5;£3\n2,5;£4\n", encoding)
        assert list(table.columns) == ["größe", "café"]
        assert table["größe"].tolist() == [1.5, 2.5]
        assert table["café"].tolist() == [3.0, 4.0]

    def test_windows_1252_has_the_euro_sign(self):
        assert read("a;b\n1;5 €\n2;6 €", "cp1252")["b"].tolist() == [5.0, 6.0]

    @pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
    def test_utf16_with_either_mark(self, mark):
        encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
        assert read_table(mark + "a,b\n1,2".encode(encoding)).shape == (1, 2)

    def test_a_text_column_among_numbers_stays_text(self):
        table = read("town,price\nYork,1\nNA,2\n 7 Oaks ,3\n")
        assert same(table["town"], ["York", NAN, "7 Oaks"])
        assert table["town"].dtype == object
        assert numeric_columns(table) == ["price"]

    def test_quoted_newlines_and_doubled_quotes(self):
        table = read('note,price\n"two\nlines",1\n"he said ""hi"", twice",2\n')
        assert table["note"].tolist() == ["two\nlines", 'he said "hi", twice']

    def test_a_quotation_mark_inside_a_cell(self):
        assert read('pipe,price\n5" wide,1\n6" wide,2\n')["pipe"].tolist() == ['5" wide', '6" wide']

    def test_semicolons_inside_quoted_text_are_no_separators(self):
        table = read('1,"Smith; John"\n2,"Doe; Jane"\n')
        assert table.shape == (2, 2)

    def test_a_blank_line_in_between_is_a_row_of_missing_cells(self):
        table = read("a,b\n1,2\n\n3,4\n")
        assert same(table["a"], [1.0, NAN, 3.0])

    def test_one_column(self):
        assert read("price\n150000\n245000\n").to_dict("list") == {"price": [150000.0, 245000.0]}

    def test_decimal_comma_in_two_columns_is_not_three_columns(self):
        assert read("a;b\n1,5;2,5\n3,5;4,5").to_dict("list") == {"a": [1.5, 3.5], "b": [2.5, 4.5]}

    def test_an_all_missing_column_is_kept(self):
        table = read("a,b,c\n1,,2\n3,,4")
        assert same(table["b"], [NAN, NAN])
        assert numeric_columns(table) == ["a", "c"]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "names", "rows"),
        [
            ("1,150000\n2,245000", ["column 1", "column 2"], 2),
            ("1,150000", ["column 1", "column 2"], 1),
            ("Paris,3\nLyon,4", ["column 1", "column 2"], 2),
            ("NA,3\n1,4", ["column 1", "column 2"], 2),
            ("-,-\n1,4", ["column 1", "column 2"], 2),
            ("town,2019\nParis,3\n", ["column 1", "column 2"], 2),
            ("id,2019\n1,3\n", ["id", "2019"], 1),
            ("price,price,price\n1,2,3", ["price", "price (2)", "price (3)"], 1),
            ("price,price (2),price\n1,2,3", ["price", "price (2)", "price (3)"], 1),
            (",price,\n1,2,3", ["column 1", "price", "column 3"], 1),
            ("column 2,\n1,2", ["column 2", "column 2 (2)"], 1),
            ('"price\nin $",b\n1,2', ["price in $", "b"], 1),
            ("a,b\nx,y", ["a", "b"], 1),
        ],
    )
    def test_names(self, text, names, rows):
        table = read(text)
        assert list(table.columns) == names
        assert len(table) == rows


class TestNumerals:
    @pytest.mark.parametrize(
        ("cells", "values"),
        [
            (["1,234"], [1234.0]),
            (["1.234"], [1.234]),
            (["1,234", "5,6"], [1.234, 5.6]),
            (["1,234", "1,234,567"], [1234.0, 1234567.0]),
            (["1.234", "1.234.567"], [1234.0, 1234567.0]),
            (["1.234,5", "1.234"], [1234.5, 1234.0]),
            (["1,234.5", "1,234"], [1234.5, 1234.0]),
            (["0,123", "1,234"], [0.123, 1.234]),
            (["1234,567", "1,234"], [1234.567, 1.234]),
            ([",5", "-,25"], [0.5, -0.25]),
            (["5.", ".5"], [5.0, 0.5]),
            (["−5", "- 5", "(5)", "($1,234.50)", "-$5", "$-5"], [-5.0, -5.0, -5.0, -1234.5, -5.0, -5.0]),
            (["(5)", "(1.234,5)", "(7)"], [-5.0, -1234.5, -7.0]),
            (["+5", "$ +6"], [5.0, 6.0]),
            (["C$5", "C$ 6"], [5.0, 6.0]),
            (["US$1", "2 US$", "US$ 3"], [1.0, 2.0, 3.0]),
            (["1 kr", "2 kr.", "kr 3"], [1.0, 2.0, 3.0]),
            (["£1", "2£"], [1.0, 2.0]),
            (["¥1,000,000"], [1e6]),
            (["5 EUR", "6,5 eur"], [5.0, 6.5]),
            (["5%", "6.5 %", "7"], [5.0, 6.5, 7.0]),
            (["1e3", "1E-3", "2"], [1000.0, 0.001, 2.0]),
            (["1,5e3"], [1500.0]),
            (["1 234 567,89"], [1234567.89]),
            (["12,34,567", "1,00,000.5"], [1234567.0, 100000.5]),
            (["1e999", "-inf"], [math.inf, -math.inf]),
            (["N/A", "", "null", "5,5"], [NAN, NAN, NAN, 5.5]),
            (["0" * 150 + "7"], [7.0]),
        ],
    )
    def test_one_column_alone(self, cells, values):
        (column,) = read_columns([cells])
        np.testing.assert_array_equal(column, values)

    @pytest.mark.parametrize(
        ("cells", "offender"),
        [
            (["abc"], 0),
            (["1", "2", "250k"], 0),
            (["1", "2", "25 zorks"], 2),
            (["1,5", "2,5", "three", "4,5"], 2),
            (["1,5", "1,234,567"], 1),
            (["1.5", "1.234.567"], 1),
            (["1,23,4"], 0),
            (["1234,567.5"], 0),
            (["1 234,567.5"], 0),
            (["1 2"], 0),
            (["1_000"], 0),
            (["(5"], 0),
            (["--5"], 0),
            (["(-5)"], 0),
            (["$5$"], 0),
            (["$"], 0),
            (["e5"], 0),
            (["1/2"], 0),
            (["2020-01-02"], 0),
            (["TRUE"], 0),
            (["1\x1f2", "3,5"], 0),
        ],
    )
    def test_text(self, cells, offender):
        assert read_columns([cells]) == [None]
        assert first_text(cells) == offender

    @pytest.mark.parametrize("cells", [["$5", "€5"], ["C$5", "$5"], ["5%", "$5"]])
    def test_signs_are_not_mixed(self, cells):
        assert read_columns([cells]) == [None]
        assert first_text(cells) is None

    def test_other_columns_decide_an_ambiguous_one(self):
        table = read("rooms;price;tax\n2,5;150.000;1,125\n3,5;245.000;1,250\n")
        assert table["price"].tolist() == [150000.0, 245000.0]
        assert table["tax"].tolist() == [1.125, 1.25]

    def test_disagreeing_columns_decide_nothing(self):
        table = read("a;b;c\n2,5;0.5;1,125\n")
        assert table.to_numpy().tolist() == [[2.5, 0.5, 1125.0]]

    @given(st.lists(st.text("0123456789.,-+()$€%eE '\u00a0−_infNA", max_size=12), max_size=6))
    def test_any_cells_are_read_or_the_offender_named(self, cells):
        cells = [cell.strip() for cell in cells]
        (values,) = read_columns([cells])
        position = first_text(cells)
        if values is not None:
            assert len(values) == len(cells)
        elif position is not None:
            assert read_columns([cells[: position + 1]]) == [None]

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_every_float_is_read_back_exactly(self, value):
        assert read_columns([[repr(value)]])[0] == [value]
        assert read_columns([["NA", f"{value!r} $"]])[0][1] == value

    def test_a_missing_cell_is_no_numeral(self):
        assert [is_numeral(cell) for cell in ("", "NA", "1,5", "$1.5", "x")] == [False] * 2 + [True] * 2 + [
            False
        ]


WRONG_FILES = [
    (b"", "empty"),
    (b" \n\r\n\t", "empty"),
    (b"\xef\xbb\xbf", "empty"),
    (b"\xff\xfe", "empty"),
    (b",,\n,,\n", "empty"),
    (b"sep=;\n", "empty"),
    (b"bedrooms,price\n", "no rows"),
    (b"hello", "no rows"),
    (b"bedrooms,price\n\n,,\n", "no rows"),
    (b"PK\x03\x04" + bytes(50), "spreadsheet"),
    (b"\xd0\xcf\x11\xe0" + bytes(50), r"\.xls"),
    (b"%PDF-1.7\n", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"GIF89a", "GIF"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"{\\rtf1 a,b}", "RTF"),
    (b"\n<!DOCTYPE html><html>", "web page"),
    (b'<table class="x">', "web page"),
    (b'<?xml version="1.0"?>', "web page"),
    (b'{"a": 1}', "JSON"),
    (b"[[1, 2], [3, 4]]", "JSON"),
    (bytes(range(256)), "not text"),
    (b"a,b\n1,\x00\n", "not text"),
    (b"\xff\xfea", "not text"),
    (b"a,b\n\x81,1\n", "not text"),
    (b"\x7fELF\x02\x01\x01", "not text"),
    (b"1" * (MAX_BYTES + 1), "2 MB"),
    (b"a,b\n1,2\n3,4,5\n", "Line 3 .* has 3 cells where the first line has 2"),
    (b"a,b\n1,2\n3\n4,5\n", "Line 3 .* has 1 cell where .* 2"),
    (b"a,b\r\n\"x\ny\",2\r\n3\r\n", "Line 4"),
    (b"sep=,\na,b\n1,2\n3\n4,5\n", "Line 4"),
    (b"My houses\na,b\n1,2\n3,4\n", "Line 1 .* most lines have 2.* title"),
    (b"a,b\n1,2,9\n3,4,9\n", "Line 1 .* has 2 cells, but most lines have 3"),
    (b"bedrooms,price\n1,150,000\n2,245000\n3,1\n", "Line 2 .* quotation marks"),
    (b"x,y\n1,0,5\n2,1,5\n", "Line 1 .* has 2 cells, but .* numbers such as 1,5 in quotation marks"),
    (b'a,b\n1,"2\n3,4\n', "Line 2 .* quotation mark"),
    (b'a,b\n1,"2"x\n3,4\n', "Line 2 .* quotation mark"),
    (b"a,b\n1," + b"x" * (MAX_CELL + 1), "Line 2 .* more than 1,000 characters"),
    (b"a,b\n1," + b"x" * 200_000, "Line 2 .* more than 1,000 characters"),
    (b"x" * 101 + b",b\n1,2", "name of column 1 is longer than 100"),
    (b",".join([b"1"] * (MAX_COLUMNS + 1)), "Line 1 .* 201 cells; at most 200"),
    (b"a\n" + b"1\n" * (MAX_ROWS + 1), "more than 50,000 rows"),
    (b"a\n1" + b"\n" * (MAX_ROWS + 1) + b"1", "more than 50,000 rows"),
]  # fmt: skip


class TestWrongFiles:
    @pytest.mark.parametrize(("raw", "sentence"), WRONG_FILES, ids=[s for _, s in WRONG_FILES])
    def test_a_sentence_says_what_is_wrong(self, raw, sentence):
        with pytest.raises(DatasetError, match=sentence) as caught:
            read_table(raw)
        text = str(caught.value)
        assert text.endswith(".")
        assert text.isprintable()
        assert len(text) < 400

    def test_the_limits_themselves_are_allowed(self):
        assert len(read_table(b"a\n" + b"1\n" * MAX_ROWS)) == MAX_ROWS
        assert read(",".join(["1"] * MAX_COLUMNS) + "," * 9).shape == (1, MAX_COLUMNS)
        assert read("a,b\n1," + "x" * MAX_CELL).shape == (1, 2)

    def test_the_field_limit_of_the_csv_module_is_left_alone(self):
        before = csv.field_size_limit()
        read("a,b\n1,2")
        assert csv.field_size_limit() == before


class TestXY:
    table = pd.DataFrame(
        {
            "bedrooms": [1.0, 2.0, NAN, 4.0],
            "price": [10.0, NAN, 30.0, 40.0],
            "town": ["a", "b", "c", None],
            "same": [3.0, 3.0, 3.0, 3.0],
            "big": [1.0, 2.0, 3.0, -1e101],
            "endless": [1.0, math.inf, 2.0, 3.0],
            "none": [NAN] * 4,
            "one": [NAN, NAN, NAN, 1.0],
            "money": ["$1", "€2", "3", "4"],
        }
    )

    def test_rows_without_both_are_left_out(self):
        x, y = xy(self.table, "bedrooms", "price")
        assert x.tolist() == [1.0, 4.0]
        assert y.tolist() == [10.0, 40.0]
        assert x.dtype == y.dtype == np.float64

    @pytest.mark.parametrize(
        ("x", "y", "sentence"),
        [
            ("nothing", "price", 'no column called "nothing".*bedrooms, price'),
            ("price", "nothing", 'no column called "nothing"'),
            ("price", "price", "chosen for both axes"),
            ("town", "price", 'column "town" holds text.* row 1 has "a"'),
            ("price", "town", 'column "town" holds text'),
            ("same", "price", "Every row has same = 3:"),
            ("big", "price", "too large to square in row 4: −10¹⁰¹"),
            ("bedrooms", "endless", "too large to square in row 2: ∞"),
            ("bedrooms", "none", "No row has both bedrooms and none"),
            ("bedrooms", "one", "Only one row has both"),
            ("money", "price", r"mixes different signs, such as \$ and €"),
        ],
    )
    def test_wrong_choices(self, x, y, sentence):
        with pytest.raises(DatasetError, match=sentence):
            xy(self.table, x, y)

    def test_one_row_and_no_rows(self):
        with pytest.raises(DatasetError, match="Only one row"):
            xy(pd.DataFrame({"a": [1], "b": [2]}), "a", "b")
        with pytest.raises(DatasetError, match="No row"):
            xy(pd.DataFrame({"a": [], "b": []}), "a", "b")

    def test_a_spread_whose_square_is_zero(self):
        with pytest.raises(DatasetError, match="Every row has a = 0"):
            xy(pd.DataFrame({"a": [0.0, 1e-200], "b": [1.0, 2.0]}), "a", "b")

    def test_two_columns_of_one_name(self):
        table = pd.DataFrame([[1.0, 2.0, 3.0]], columns=["a", "a", "b"])
        with pytest.raises(DatasetError, match="more than one column"):
            xy(table, "a", "b")
        assert numeric_columns(table) == ["b"]

    @pytest.mark.parametrize(
        ("cells", "values"),
        [
            ([1, None, "250,000", ""], [1.0, NAN, 250000.0, NAN]),
            (["1,5", "2", None, 3.25], [1.5, 2.0, NAN, 3.25]),
            ([pd.NA, pd.NaT, NAN, " $ 5 "], [NAN, NAN, NAN, 5.0]),
            ([Decimal("1.5"), np.int64(2), np.float32(0.5), 3], [1.5, 2.0, 0.5, 3.0]),
            ([10**400, Decimal("sNaN"), 1, 2], [math.inf, NAN, 1.0, 2.0]),
        ],
    )
    def test_cells_of_an_edited_table(self, cells, values):
        table = pd.DataFrame({"x": pd.Series(cells, dtype=object), "y": range(4)})
        gaps = [row for row, value in enumerate(values, start=1) if math.isnan(value)]
        assert missing(table, ["x"]) == {"x": tuple(gaps)}
        assert numeric_columns(table) == ["x", "y"]
        if math.inf not in values:
            complete = [(v, float(i)) for i, v in enumerate(values) if not math.isnan(v)]
            if len(complete) > 1:
                assert list(zip(*xy(table, "x", "y"), strict=True)) == complete

    @pytest.mark.parametrize("cell", ["abc", True, date(2020, 1, 2), 1j, [1], pd.Timestamp(0)])
    def test_other_cells_are_text(self, cell):
        table = pd.DataFrame({"x": pd.Series([1, 2, cell], dtype=object), "y": [1, 2, 3]})
        with pytest.raises(DatasetError, match=r'"x" holds text.* row 3'):
            xy(table, "x", "y")
        assert numeric_columns(table) == ["y"]

    @pytest.mark.parametrize("dtype", ["Int64", "Float64", "int8", "float32", "string"])
    def test_other_column_types(self, dtype):
        table = pd.DataFrame({"x": pd.Series([1, 2], dtype=dtype), "y": [3, 4]})
        assert xy(table, "x", "y")[0].tolist() == [1.0, 2.0]

    def test_a_corrected_cell_makes_a_text_column_numbers(self):
        table = read("bedrooms,price\n1,100\n2,oops\n3,300")
        with pytest.raises(DatasetError, match='row 2 has "oops"'):
            xy(table, "bedrooms", "price")
        table.loc[1, "price"] = "200"
        assert xy(table, "bedrooms", "price")[1].tolist() == [100.0, 200.0, 300.0]

    def test_the_arrays_are_not_views_of_the_table(self):
        table = bundled("course")
        xy(table, "bedrooms", "price")[0][:] = 0
        assert table["bedrooms"].sum() == bundled("course")["bedrooms"].sum() > 0

    def test_hostile_cells_and_names_are_shortened_in_errors(self):
        table = pd.DataFrame({"y": [1, 2], "x" * 500: ["<b>\n\u202e" + "z" * 5000, "1"]})
        with pytest.raises(DatasetError) as caught:
            xy(table, "x" * 500, "y")
        assert len(str(caught.value)) < 250
        assert str(caught.value).isprintable()


class TestLeftOut:
    def sentence(self, x, y):
        return left_out(pd.DataFrame({"bedrooms": x, "price": y}), "bedrooms", "price")

    @pytest.mark.parametrize(
        ("x", "y", "rows", "sentence"),
        [
            ([1, 2], [1, 2], (), ""),
            ([1, 2], [None, 2], (1,), "Row 1 has no price: it is left out of the fit."),
            ([1, 2, 3], [None, 2, None], (1, 3), "Rows 1 and 3 have no price: they are left out of the fit."),
            ([None, 2], [1, None], (1, 2), "Row 1 has no bedrooms and row 2 has no price: they are left out"),
            ([None, 2], [None, 2], (1,), "Row 1 has neither bedrooms nor price: it is left out of the fit."),
            ([1] * 9, [None] * 9, tuple(range(1, 10)), "Rows 1, 2, 3, 4, 5, 6, 7 and 2 more have no price"),
        ],
    )
    def test_sentences(self, x, y, rows, sentence):
        found = self.sentence(x, y)
        assert found.rows == rows
        assert found.sentence.startswith(sentence)
        assert bool(found.sentence) == bool(rows)

    def test_missing_in_a_text_column(self):
        table = read("town,price\nYork,1\nNA,2\nBath,\n")
        assert missing(table, ["town", "price"]) == {"town": (2,), "price": (3,)}
        with pytest.raises(DatasetError, match="no column"):
            missing(table, ["nothing"])


FLOATS = st.floats(allow_infinity=False)
POINTS = st.lists(st.tuples(FLOATS, FLOATS), min_size=1, max_size=60)
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[FLOATS] * n), min_size=1, max_size=60))


class TestLinks:
    @given(ROWS)
    @example([(-0.0, 1e22), (5e-324, -1.7976931348623157e308), (NAN, NAN)])
    def test_round_trip_keeps_every_bit(self, rows):
        text = format_rows(rows)
        assert re.fullmatch(r"[0-9a-z._~-]*", text)
        if text == "":
            return
        back = np.array(parse_rows(text, len(rows[0])), dtype=float)
        expected = np.array(rows)
        np.testing.assert_array_equal(back, expected)
        there = ~np.isnan(expected)
        np.testing.assert_array_equal(np.signbit(back)[there], np.signbit(expected)[there])

    def test_it_is_compact(self):
        assert format_rows([(1, 150000.0), (2, 245000.5), (3, None)]) == "1_150000~2_245000.5~3_"
        assert len(format_rows(np.column_stack(xy(bundled("course"), "bedrooms", "price")).tolist())) < 100

    @pytest.mark.parametrize("rows", [[], [(math.inf, 1)], [(1, -math.inf)], [(1, 1)] * 61])
    def test_no_link_for_these(self, rows):
        assert format_rows(rows) is None

    @pytest.mark.parametrize(
        "text",
        ["", "1", "1_2_3", "1_2~", "~1_2", "a_b", "1_nan", "inf_1", "1_1e999", "1_1e-400", "1_1e+5", " 1_2", "1_2\n",
         "１_2", "0x1_2", "1_2 ", "1_--2", "1__2", "1_2~<script>", "~".join(["1_2"] * 61), "1" * 10_000],
    )  # fmt: skip
    def test_hostile_text(self, text):
        with pytest.raises(DatasetError) as caught:
            parse_rows(text, 2)
        assert str(caught.value).isprintable()

    @given(st.text(max_size=40) | st.text("0123456789_~.e-", max_size=40), st.integers(1, 3))
    def test_any_text_is_read_or_refused(self, text, columns):
        try:
            rows = parse_rows(text, columns)
        except DatasetError:
            return
        assert parse_rows(format_rows(rows), columns) == rows


class TestDownload:
    def rows(self, columns):
        return list(csv.reader(io.StringIO(to_csv(columns).decode("utf-8-sig"), newline="")))

    def test_bytes(self):
        assert to_csv({"a": np.array([1.0, -2.5]), "é": ["x", None]}) == (
            b"\xef\xbb\xbfa,\xc3\xa9\r\n1,x\r\n-2.5,\r\n"
        )

    @pytest.mark.parametrize(
        "cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]
    )
    def test_formulas_get_an_apostrophe(self, cell):
        assert self.rows({cell: [cell]}) == [["'" + cell], ["'" + cell]]

    @pytest.mark.parametrize(
        ("cell", "written"),
        [(-5, "-5"), (-5.5, "-5.5"), (np.float64(-1e-7), "-1e-07"), (NAN, ""), (None, ""), (pd.NA, ""),
         ("-5", "-5"), ("a=b", "a=b"), ("", ""), (1e300, "1e+300"), (0.1 + 0.2, "0.30000000000000004")],
    )  # fmt: skip
    def test_other_cells_do_not(self, cell, written):
        assert self.rows({"a": pd.Series([cell, "x"], dtype=object)})[1] == [written]

    def test_a_lone_surrogate_is_no_error(self):
        assert to_csv({"a": ["\ud800"]}).endswith(b"?\r\n")

    @given(POINTS)
    def test_numbers_are_read_back_exactly(self, points):
        points = [(1.0, 1.0), *points, (2.0, 2.0)]
        table = pd.DataFrame(points, columns=["x", "y"])
        pd.testing.assert_frame_equal(read_table(to_csv(table)), table, check_exact=True)


DIGIT_GROUPS = {".": ["", ",", " ", "'", "\u00a0"], ",": ["", ".", " ", "’", "\u00a0"]}


@st.composite
def written_tables(draw):
    """A table and the bytes that somebody's program made of it."""
    separator = draw(st.sampled_from(",;\t|"))
    mark = draw(st.sampled_from(".,"))
    group = draw(st.sampled_from(DIGIT_GROUPS[mark]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    codecs = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
    encoding = draw(st.sampled_from(codecs if group == "’" else [*codecs, "latin-1"]))
    unit = draw(st.sampled_from(["{}", "${}", "{} £", "{} kr", "{}%"]))
    cents = st.none() | st.integers(-(10**11), 10**11)
    # Single letters, such as é alone, are in the alphabet of any language.
    parts = st.sampled_from([*"ab '\"\n,;\t|=-", "café", "año", "grün"])
    texts = st.none() | st.lists(parts, max_size=8).map(lambda t: f"t {''.join(t)}".strip())
    rows = draw(st.lists(st.tuples(texts, cents, cents), min_size=1, max_size=8))

    def number(value, form):
        if value is None:
            return draw(st.sampled_from(["", "NA", "N/A", "-", "null", "nan", "?"]))
        whole, fraction = divmod(abs(value), 100)
        text = f"{whole:,}".replace(",", group) + f"{mark}{fraction:02}"
        return ("-" if value < 0 else "") + form.format(text)

    def quoted(cell):
        if draw(st.booleans()) or any(c in cell for c in separator + '"\n'):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    lines = [["name", "x", "y"]]
    lines += [[text or "", number(a, "{}"), number(b, unit)] for text, a, b in rows]
    while lines[-1] == ["", "", ""]:
        lines.pop()
    rows = rows[: len(lines) - 1]
    body = newline.join(separator.join(map(quoted, line)) for line in lines)
    return rows, (body + draw(st.sampled_from(["", newline, newline * 3]))).encode(encoding)


class TestDialects:
    @settings(max_examples=400)
    @given(written_tables())
    def test_what_was_written_is_read(self, case):
        rows, raw = case
        if not rows:
            return
        table = read_table(raw)
        assert list(table.columns) == ["name", "x", "y"]
        assert len(table) == len(rows)
        for position, name in enumerate(("x", "y"), start=1):
            cells = [NAN if row[position] is None else row[position] / 100 for row in rows]
            assert same(table[name], cells), (raw, table)
        if any(row[0] for row in rows):
            assert same(table["name"], [NAN if row[0] is None else row[0] for row in rows])
        gaps = tuple(i for i, row in enumerate(rows, start=1) if row[1] is None or row[2] is None)
        assert left_out(table, "x", "y").rows == gaps


CSV_LIKE = st.text("01239.,;\t|\"'\n\r -$€()ab=<NA\u00a0é", max_size=80)


class TestAnyBytes:
    def check(self, error):
        assert str(error).isprintable()

    def use(self, raw):
        """All that a page does with an upload; nothing but DatasetError may come out."""
        try:
            table = read_table(raw)
        except DatasetError as error:
            self.check(error)
            return
        assert len(table) > 0
        names = list(table.columns)
        assert len(set(names)) == len(names)
        assert all(names)
        for name in numeric_columns(table):
            assert table[name].dtype == np.float64
        assert set(missing(table, names)) == set(names)
        to_csv(table)
        for other in names[1:]:
            try:
                x, y = xy(table, names[0], other)
            except DatasetError as error:
                self.check(error)
                continue
            assert len(x) == len(y) == len(table) - len(left_out(table, names[0], other).rows)
            assert np.isfinite(x).all()
            assert np.isfinite(y).all()

    @settings(max_examples=300)
    @given(st.binary(max_size=200))
    def test_random_bytes(self, raw):
        self.use(raw)

    @settings(max_examples=600)
    @given(CSV_LIKE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]))
    def test_random_text(self, text, encoding):
        self.use(text.encode(encoding))

    @given(st.lists(st.lists(st.sampled_from(["1", "2,5", "x", "", "NA", "1,234"]), min_size=3, max_size=3)))
    def test_no_row_is_lost(self, rows):
        while rows and not any(rows[-1]):
            rows.pop()
        if rows:
            body = "\n".join(";".join(row) for row in [["a", "b", "c"], *rows])
            assert read(body).shape == (len(rows), 3)
