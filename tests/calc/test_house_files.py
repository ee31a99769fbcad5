"""Files in the manner of public tables of house prices: each is read right, or what is wrong is named with its cell."""
# ruff: noqa: E501

from math import nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc.datasets import (
    DatasetError,
    as_text,
    best_label,
    best_pair,
    format_rows,
    parse_rows,
    parse_typed,
    read_table,
    read_upload,
    refused,
)
from calc.datasets.cells import is_numeral
from calc.datasets.numerals import readings
from calc.datasets.typed import read_cell

WIDE = ",".join(["Id", *(f"Feature{i}" for i in range(79)), "GrLivArea", "SalePrice"])
"""As many columns as Ames has."""

# The text, its encoding, the best x and y, their values, units, and what is said.
FILES = {
    "ames": (
        "\n".join([WIDE, *(f"{i},{','.join(['TA', 'NA'] * 39)},5,{900 + 10 * i},{100_000 + 900 * i}" for i in range(1, 6))]),
        "utf-8", ("GrLivArea", [910, 920, 930, 940, 950]), ("SalePrice", [100900, 101800, 102700, 103600, 104500]),
        ("", ""), "",
    ),
    "boston": (
        " 0.00632  18.00   6.575  65.20  24.00\n 0.02731   0.00   6.421  78.90  21.60\n 0.02729   0.00   7.185  61.10  34.70\n",
        "ascii", ("column 1", [0.00632, 0.02731, 0.02729]), ("column 2", [18, 0, 0]), ("", ""), "",
    ),
    "boston with names": (
        "CRIM RM MEDV\n0.00632 6.575 24.0\n0.02731 6.421 21.6\n0.02729 7.185 34.7\n",
        "ascii", ("RM", [6.575, 6.421, 7.185]), ("MEDV", [24, 21.6, 34.7]), ("", ""), "",
    ),
    "german portal": (
        "Zimmer;Wohnfläche;Kaufpreis\n3,5;84 m²;349.000 € VB\n2;54,5 m²;250.000,- €\n4;120 qm;1.200.000 €\n3;ca. 90 m²;auf Anfrage\n",
        "cp1252", ("Zimmer", [3.5, 2, 4, 3]), ("Kaufpreis", [349000, 250000, 1200000, nan]), ("", "€"), "",
    ),
    "thousands alone in a semicolon file": (
        "rooms;price\n3;1.200\n4;2.350\n", "utf-8", ("rooms", [3, 4]), ("price", [1200, 2350]), ("", ""), "ask 1.200",
    ),
    "excel in Germany": (
        "sep=;\r\n;Preis;m²\r\n1;250.000;80,5\r\n2;310.500;95\r\n", "utf-8-sig",
        ("m²", [80.5, 95]), ("Preis", [250000, 310500]), ("m²", ""), "",
    ),
    "switzerland": (
        "Objekt,Zimmer,Preis\nA,4.5,CHF 1'250'000.-\nB,3.5,CHF 980’000.–\nC,2.5,CHF 745'500.--\n",
        "utf-8", ("Zimmer", [4.5, 3.5, 2.5]), ("Preis", [1250000, 980000, 745500]), ("", "CHF"),
        'Objekt: row 1 has "A"',
    ),
    "bengaluru": (
        "location,total_sqft,bath,price\nWhitefield,1056,2,39.07\nHebbal,1133 - 1384,2,59.5\nYelahanka,34.46Sq. Meter,1,18.5\n"
        "Sarjapur,4125Perch,4,120\nKR Puram,2600,5,120\nBTM,1440,2,62\nHSR,1521,3,95\nUttarahalli,1200,2,51\n",
        "utf-8", ("total_sqft", [1056, nan, nan, nan, 2600, 1440, 1521, 1200]),
        ("price", [39.07, 59.5, 18.5, 120, 120, 62, 95, 51]), ("ft²", ""),
        'row 2 says "1133 - 1384", which is a range, not one number; row 3 says "34.46Sq. Meter", which is in m²',
    ),
    "india, in words": (
        "BHK,Area,Price\n2 BHK,1100 sq ft,45 Lac\n3 BHK,\"1,650 sq ft\",1.2 Cr\n4 BHK,\"2,400 sqft\",₹2.5 Crore\n",
        "utf-8", ("BHK", [2, 3, 4]), ("Price", [4500000, 12000000, 25000000]), ("bedrooms", "₹"), "",
    ),
    "india, grouped": (
        'Area,Price\n1100,"Rs. 45,00,000"\n1650,"Rs. 1,25,00,000"\n', "utf-8",
        ("Area", [1100, 1650]), ("Price", [4500000, 12500000]), ("", "₹"), "",
    ),
    "indonesia": (
        "Luas;Harga\n120 m2;Rp 500.000.000\n90 m2;Rp 1.250.000.000\n70 m2;Rp 350 jt\n", "utf-8",
        ("Luas", [120, 90, 70]), ("Harga", [5e8, 1.25e9, 3.5e8]), ("m²", "Rp"), "",
    ),
    "melbourne": (
        'Suburb,Rooms,Price,Date\nAbbotsford,2,"AU$1,480,000",3/12/2016\nAltona,3,"AU$ 850,500",4/02/2016\nArmadale,4+,POA,4/02/2016\n',
        "utf-8", ("Rooms", [2, 3, nan]), ("Price", [1480000, 850500, nan]), ("", "A$"),
        'row 3 says "4+", which is a least or a most, not one number',
    ),
    "thousands of dollars": (
        "beds,price\n3,$250k\n2,$199.5K\n4,$1.2M\n3,\"$310,000\"\n", "utf-8",
        ("beds", [3, 2, 4, 3]), ("price", [250000, 199500, 1200000, 310000]), ("", "$"), "",
    ),
    "a small number among thousands": (
        "beds,price\n3,$250k\n2,$310\n4,$420k\n", "utf-8", ("beds", [3, 2, 4]), ("price", [250000, nan, 420000]), ("", "$"),
        'row 2 says "$310", which is below 1,000',
    ),
    "france": (
        "pièces;surface;prix\n3;62,5 m²;250 000 €\n2;41 m²;189\u202f500 €\n5;120 m²;1\u00a0150\u00a0000 €\n", "utf-8",
        ("pièces", [3, 2, 5]), ("prix", [250000, 189500, 1150000]), ("", "€"), "",
    ),
    "poland": (
        "Powierzchnia;Cena w złotych;Miejscowość\n60,5;450 000 zł;Łódź\n48;320 500 zł;Kraków\n70;1,2 mln zł;Gdańsk\n", "cp1250",
        ("Powierzchnia", [60.5, 48, 70]), ("Cena w złotych", [450000, 320500, 1200000]), ("", "zł"),
        'Miejscowość: row 1 has "Łódź"',
    ),
    "russia": (
        "Комнаты;Площадь;Цена\n2;54,3 кв.м;5 млн руб.\n1;38 кв. м;3,6 млн руб.\n3;72 кв.м;7 250 000 руб.\n", "cp1251",
        ("Комнаты", [2, 1, 3]), ("Цена", [5e6, 3.6e6, 7.25e6]), ("", "₽"), "",
    ),
    "china": (
        "小区,面积,总价\n阳光花园,89平米,120万\n翡翠湾,70.5平米,98.5万\n湖畔家园,120平米,1.2亿\n", "gbk",
        ("面积", [89, 70.5, 120]), ("总价", [1200000, 985000, 120000000]), ("m²", ""), "小区: row 1 has",
    ),
    "japan": (
        "駅,専有面積,価格\n渋谷,54㎡,4980万円\n新宿,70.2㎡,6200万円\n横浜,65㎡,3480万円\n", "cp932",
        ("専有面積", [54, 70.2, 65]), ("価格", [49800000, 62000000, 34800000]), ("m²", "¥"), "",
    ),
    "scraped in Britain": (
        'Bedrooms,Price\n3,"£350,000"\n2,"Offers over £250,000"\n4,"Guide price £500,000"\n3,"£425,000 ono"\n', "utf-8",
        ("Bedrooms", [3, 2, 4, 3]), ("Price", [350000, nan, 500000, 425000]), ("", "£"),
        'row 2 says "Offers over £250,000", which is a least or a most',
    ),
    "a total at the end": (
        "street;area;price\nElm;80;200000\nOak;95;250000\nAsh;70;180000\nTotal;245;630000\n", "utf-8",
        ("area", [80, 95, 70, nan]), ("price", [200000, 250000, 180000, nan]), ("", ""), "Row 4 of the file is a total",
    ),
    "a second line of units": (
        "rooms,area,price\n,(m²),(€)\n3,80,200000\n2,54,150000\n", "utf-8",
        ("rooms", [3, 2]), ("price (€)", [200000, 150000]), ("", "€"), "",
    ),
    "numbers of parcels": (
        "parcel;id;sqft;value\n20180412345;1;1200;210000\n20180412399;2;1500;265000\n20180412777;3;900;150500\n", "utf-8",
        ("sqft", [1200, 1500, 900]), ("value", [210000, 265000, 150500]), ("ft²", ""), "",
    ),
    "tabs, quoted lines, an empty column": (
        'area\t\t"price\nin EUR"\n80\t\t"200,000"\n95.5\t\t"250,000"\n', "utf-16",
        ("area", [80, 95.5]), ("price in EUR", [200000, 250000]), ("", "€"), "",
    ),
    "one area in square feet": (
        "area;price\n54 m²;€250.000\n60 m²;€280.000\n600 sq ft;€1.300.000\n", "utf-8",
        ("area", [54, 60, nan]), ("price", [250000, 280000, 1300000]), ("m²", "€"),
        'row 3 says "600 sq ft", which is in ft², where most cells are in m²',
    ),
    "rents by the month": (
        'size,rent\n54,"£1,200 pcm"\n70,"£1,450 pcm"\n80,"£350 pw"\n', "utf-8",
        ("size", [54, 70, 80]), ("rent", [1200, 1450, nan]), ("", "£ pcm"), 'row 3 says "£350 pw", which is in £ pw',
    ),
    "millions": (
        "bedrooms|price\n3|€1.2m\n4|€2,500,000\n2|€ 0.85 Mio.\n5|€1.1bn\n", "utf-8",
        ("bedrooms", [3, 4, 2, 5]), ("price", [1.2e6, 2.5e6, 850000, 1.1e9]), ("", "€"), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_public_file_is_read_right_or_its_cell_is_named(name):
    text, encoding, (x, xs), (y, ys), units, says = FILES[name]
    file = read_upload(text.encode(encoding))
    assert file.best_pair == (x, y)
    numbers = file.numbers()
    np.testing.assert_array_equal(numbers[x], np.array(xs, dtype=float))
    np.testing.assert_array_equal(numbers[y], np.array(ys, dtype=float))
    assert (file.unit(x), file.unit(y)) == units
    asked = [f"ask {reading.example}" for reading in file.open((x, y)).values()]
    said = "\n".join(
        asked + file.refused((x, y)) + [f"{column}: {why}" for column, why in file.left_out().items()]
    )
    assert says in said
    assert bool(asked) == says.startswith("ask")
    # What is read is read, what is not has its row named.
    gaps = np.isnan(numbers[x]) | np.isnan(numbers[y])
    for row in np.flatnonzero(gaps):
        untold = {file.cells[column][row].lower() for column in (x, y)} & {"poa", "auf anfrage"}
        assert untold or f"row {row + 1} says" in said or f"Row {row + 1} of the file is a total" in said


@pytest.mark.parametrize(
    ("text", "mark", "now", "other", "asked"),
    [
        ("rooms;price\n3;1.200\n4;2.350\n", "", [1200, 2350], [1.2, 2.35], True),
        ("rooms,price\n3,1.200\n4,2.350\n", "", [1.2, 2.35], [1200, 2350], True),
        ("rooms,price\n3,€1.200\n4,€2.350\n", "", [1200, 2350], [1.2, 2.35], True),
        ("rooms\tprice\n3\t1,200\n4\t2,350\n", "", [1200, 2350], [1.2, 2.35], True),
        ("rooms;price\n3;1.125 €\n4;2.350 €\n", "", [1125, 2350], [1.125, 2.35], True),
        ("rooms;price\n3;1.125 CHF\n4;900 CHF\n", "", [1125, 900], [1.125, 900], True),
        ("rooms;price\n3;$1,125\n4;$2,350\n", "", [1125, 2350], [1.125, 2.35], True),
        ("rooms;price\n3;1.125 €/m²\n4;2.350 €/m²\n", "", [1125, 2350], [1.125, 2.35], True),
        ("rooms;price\n3;1.125,-\n4;2.350,-\n", "", [1125, 2350], None, False),
        ("rooms;price\n3;1.125 €\n4;2.350,50 €\n", "", [1125, 2350.5], None, False),
        ("rooms;price\n3;1 125 €\n4;2 350 €\n", "", [1125, 2350], None, False),
        ('rooms,price\n3,"$1,125"\n4,"$2,350"\n', "", [1125, 2350], None, False),
        ("lat,price\n48.123456,250.000\n48.2,310.000\n", "", [250, 310], [250000, 310000], True),
        ('rooms,price\n3,"1,200"\n4,"2,350"\n', "", [1200, 2350], None, False),
        ("rooms;price\n3,5;1.200\n4;2.350\n", "", [1200, 2350], None, False),
        ("rooms;price\n3;1.200\n4;2.350.000\n", "", [1200, 2350000], None, False),
        ("rooms;price\n3;1.200\n4;2.35\n", "", [1.2, 2.35], None, False),
    ],
)  # fmt: skip
def test_what_stays_ambiguous_is_asked_about_and_the_answer_is_taken(text, mark, now, other, asked):
    file = read_upload(text.encode())
    assert ("price" in file.open(["price"])) == asked
    assert file.numbers()["price"].tolist() == now == read_table(text.encode())["price"].tolist()
    marks = {file.columns["price"].mark, *".,"} - {file.columns["price"].mark}
    assert file.numbers(*marks)["price"].tolist() == (other or now)
    assert file.numbers(file.columns["price"].mark)["price"].tolist() == now


CELLS = {
    "45 Lac": 4.5e6, "1.2 Cr": 1.2e7, "$250k": 250e3, "€1.2m": 1.2e6, "1.2M": 1.2e6, "3 bn": 3e9, "54 m2": 54, "54m²": 54,
    "≈ 250": 250, "~250": 250, "ca. 250": 250, "(5)": -5, "5 %": 5, "250 TEUR": 250e3, "Rs.500": 500, "R$ 5": 5, "5 ha": 5,
    "1'250": 1250, "1\u2009250": 1250, "1\u202f250": 1250, "1\u00a0250": 1250, "1,25,000": 125000, "250 VB": 250,
    "\u202e5": 5, "\u2067250 €\u2069": 250,
    "350.000,-": 350000, "349.-": 349, "1'250'000.-": 1250000,
}  # fmt: skip
REFUSED = [
    "1133 - 1384", "4+", "> 5", "from 250", "ab 250 €", "1.2m", "54 m", "3 B", "Rp 1,5 M", "250 zorks", "2020-01-02", "1/2",
    "3½", "10²", "1,234,56", "1..5", "5-", "H0", "e5", "54 m3", "1億2000万円", "1.5e5 k", "1e-400", "$5/€", "k 5", "5 5",
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell(cell):
    (reading,) = readings([[cell, cell]])
    assert reading.values.tolist() == [CELLS[cell]] * 2


@pytest.mark.parametrize("cell", REFUSED)
def test_no_number_is_made_of_a_cell_that_says_none(cell):
    assert not is_numeral(cell)
    file = read_upload(f'x;y\n1;"{cell}"\n2;7\n3;8\n4;9'.encode())
    assert np.isnan(file.numbers()["y"][0])
    assert f'row 1 says "{cell}", which' in file.refused(["y"])[0]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["1.125,50", "2,350.20"], 'row 1 has "1.125,50" and row 2 has "2,350.20", whose decimal marks differ'),
        (["5", "$5", "€5"], 'row 2 has "$5" and row 3 has "€5", whose units differ'),
        (["1.125,50", "2.350,20", "1,200.50"], "row 3 says \"1,200.50\", which has a decimal point, where most cells have a decimal comma"),
        (["54 m²", "60 m²", "54 m"], 'row 3 says "54 m", which may say metres, m², millions or another unit'),
        (["NA", ""], "y: it has no values"),
        (["1e-400", "5", "6"], 'row 1 says "1e-400", which is nearer to 0 than can be computed with'),
    ],
)  # fmt: skip
def test_cells_that_contradict_each_other_are_named(cells, said):
    file = read_upload("\n".join(["x;y", *(f"{row};{cell}" for row, cell in enumerate(cells))]).encode())
    named = file.refused([name for name in ("y",) if name in file.columns])
    assert said in "\n".join([*named, *(f"{name}: {why}" for name, why in file.left_out().items())])


GROUPS = ("", ",", ".", " ", "'", "’", "\u00a0", "\u202f", "\u2009", "indian")
BEFORE = ("", "$", "€ ", "£", "CHF ", "Rs. ", "AU$", "Rp ", "R$ ", "≈ ", "ca. ")
AFTER = ("", " €", " zł", " m²", " sq ft", "%", ".-", " VB", " kr.", " руб.", "円", " ha")
SCALES = {"": 0, "k": 3, " Lac": 5, " Mio.": 6, " Crore": 7, " bn": 9, "万": 4, " тыс.": 3}


@st.composite
def written(draw):
    """A number, and how somebody may write it: with another currency before and after, it is no number."""
    whole, decimals = (
        draw(st.integers(0, 999) | st.integers(0, 10**9)),
        draw(st.sampled_from(["", "5", "25", "125", "0625"])),
    )
    group = draw(st.sampled_from(GROUPS))
    mark = draw(
        st.sampled_from([mark for mark in ".," if mark != group and (group != "indian" or mark == ".")])
    )
    digits = f"{whole:,}"
    if group == "indian":
        head, _, last = str(whole)[:-3], None, str(whole)[-3:]
        pairs = [head[max(i - 2, 0) : i] for i in range(len(head), 0, -2)][::-1]
        digits = ",".join([*pairs, last])
    else:
        digits = digits.replace(",", group)
    scale = draw(st.sampled_from(sorted(SCALES)))
    sign = draw(st.sampled_from(["", "-", "−"]))
    before, after = draw(st.sampled_from(BEFORE)), draw(st.sampled_from(AFTER))
    text = sign + before + digits + (mark + decimals if decimals else "") + scale + after
    # Where .- stands for no cents there are no decimals.
    assume(not decimals or after != ".-")
    value = float(f"{'-' if sign else ''}{whole}.{decimals or 0}e{SCALES[scale]}")
    return text, value, mark


@settings(max_examples=1500)
@given(written(), st.sampled_from([",", ";", "\t", ""]))
def test_a_number_in_any_style_is_read_as_that_number_or_refused_or_asked_about(case, separator):
    text, value, mark = case
    # Commas that separate cells are none for decimals.
    assume(separator != "," or mark == ".")
    (reading,) = readings([[text]], separator)
    if reading is None or reading.refused:
        return
    read = [reading.values[0]] + ([] if reading.other is None else [reading.other[0]])
    assert value in read
    # It is asked about only where the other reading is another number.
    assert len(set(read)) == len(read)
    # Without thousands in groups, and with no three decimals, nothing is asked.
    plain = not any(sign in text for sign in "., ")
    assert not plain or reading.other is None


@given(st.text("0123456789.,'  -+()$€£%kMm²LacCr/e", max_size=14))
def test_whatever_is_read_has_the_digits_of_the_cell(cell):
    cell = cell.strip()
    (reading,) = readings([[cell]])
    if reading is None or np.isnan(reading.values[0]) or reading.values[0] == 0:
        return
    digits = "".join(c for c in cell.lower().partition("e")[0] if c.isdigit()).strip("0")
    number = np.format_float_positional(abs(reading.values[0])).replace(".", "").strip("0")
    assert number == digits or np.isinf(reading.values[0])


def test_a_file_of_text_alone_is_refused_with_a_cell():
    file = read_upload(b"street,town\nElm,Oslo\nOak,Bergen\n")
    assert file.names == []
    assert 'row 1 has "Elm", which is not a number' in file.example_of_text()


def test_an_answer_of_no_use_changes_nothing():
    file = read_upload(b"a,b\n1,2.5\n3,4.5\n")
    assert file.numbers(",").equals(file.numbers("."))


def test_a_file_wider_than_can_be_read_is_refused():
    with pytest.raises(DatasetError, match="at most 200"):
        read_upload(",".join(["1"] * 201).encode())


NAMES = {
    "gbk": "面积,价格\n1,2\n", "cp932": "専有面積,価格\n1,2\n", "cp1250": "Metraż,Cena w złotych\n1,2\n",
    "cp1251": "Площадь,Цена\n1,2\n", "cp1252": "Größe,Straße\n1,2\n",
}  # fmt: skip


@pytest.mark.parametrize("encoding", NAMES)
def test_names_of_old_programs(encoding):
    assert list(read_table(NAMES[encoding].encode(encoding)).columns) == NAMES[encoding].split("\n")[0].split(
        ","
    )


@pytest.mark.parametrize(
    "text",
    [
        "St John’s,King’s\n1,2\n",
        "prix à débattre,b\n1,2\n",
        "habitações,preço\n1,2\n",
        "città,qualità\n1,2\n",
        "x,b\n£3,5 €\n",
    ],
)
def test_accents_of_western_europe_are_no_other_letters(text):
    assert list(read_table(text.encode("cp1252")).columns) == text.split("\n")[0].split(",")


@pytest.mark.parametrize(
    ("columns", "pair"),
    [
        (["id", "price", "bedrooms", "lat", "long", "zipcode"], ("bedrooms", "price")),
        (["SalePrice", "YrSold", "Id", "GrLivArea"], ("GrLivArea", "SalePrice")),
        (["No", "house age", "Y house price of unit area"], ("house age", "Y house price of unit area")),
        (["price_per_sqft", "sqft", "price"], ("sqft", "price")),
        (["current", "parent", "rent"], ("current", "rent")),
        (["Wohnfläche", "Nebenkosten", "Kaufpreis"], ("Wohnfläche", "Kaufpreis")),
        (["площадь", "цена"], ("площадь", "цена")),
        (["height", "weight", "age"], ("height", "weight")),
        (["id", "price"], ("id", "price")),
    ],
)
def test_the_columns_to_begin_with(columns, pair):
    values = np.random.default_rng(0).random((9, len(columns)))
    assert best_pair(pd.DataFrame(values, columns=columns)) == pair


def test_rows_that_are_only_counted_are_not_chosen_first():
    file = read_upload(b",area,price\n1,50,9\n2,70,7\n3,20,8\n")
    assert file.best_pair == ("area", "price")
    file = read_upload(b"grund,alpha,beta\n20180412345,5,9\n20180412399,7,7\n20180412777,2,8\n")
    assert file.best_pair == ("alpha", "beta")
    file = read_upload(b"0,5.5,9\n1,7.5,7\n2,2.5,8\n")
    assert file.best_pair == ("column 2", "column 3")


def test_the_likeliest_label():
    assert best_label(["smoker", "ill", "old"]) == "ill"
    assert best_label(["garden", "garage"]) == "garage"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("$900,000", 900_000.0), ("600k", 600_000.0), ("1e400", "1e400"), ("1.125", 1.125), ("1,5", "1,5"), ("45 Lac", 4.5e6),
        ("", None), (None, None), ("NA", None), ("1133 - 1384", "1133 - 1384"), ("4+", "4+"), (" 7 ", 7.0), ("1.200,50", "1.200,50"),
        ("-1e400", "-1e400"), ("1e-400", "1e-400"), ("inf", "inf"), ("1_000", "1_000"), ("=1+1", "=1+1"), ("<b>", "<b>"),
    ],
)  # fmt: skip
def test_a_cell_that_is_typed_is_that_number_or_its_text(cell, said):
    assert read_cell(cell) == said
    rows = ((1.0, said),)
    if said is None:
        return
    assert parse_typed(format_rows(rows), 2) == rows
    if isinstance(said, str):
        assert f'Row 1 of the column "b" says "{said}"' in refused(rows, ["a", "b"])
        with pytest.raises(DatasetError):
            parse_rows(format_rows(rows), 2)


def test_what_to_write_instead_of_a_decimal_comma_is_said():
    assert "Write 1200.5 there." in refused([("1.200,50",)], ["a"])
    assert "Write 1.5 there." in refused([("1,5",)], ["a"])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_is_edited_keeps_every_bit(value):
    (text,) = as_text(pd.DataFrame({"a": [value]}))["a"]
    assert read_cell(text) == value


@given(st.text(max_size=70) | st.text("0123456789,. k", min_size=55, max_size=110))
def test_whatever_is_typed_comes_back_from_the_link(text):
    cell = read_cell(text)
    if cell is not None:
        assert parse_typed(format_rows([(cell,)]), 1) == ((cell,),)
        assert read_cell(cell) == cell


def test_a_long_number_is_not_cut_into_another():
    assert read_cell("1" + "0" * 80) == 1e80
    assert isinstance(read_cell("1" + "0" * 120), str)
    assert read_cell(read_cell("1" + "0" * 120)) == read_cell("1" + "0" * 120)


def test_a_row_of_totals_is_named_once():
    file = read_upload(b"x,y\n1,2\n3,4\n4,5\nmean,3\n")
    assert file.refused(["x", "y"]) == ["Row 4 of the file is a total: left out."]


def test_metres_in_a_line_of_units():
    file = read_upload("x,y\n(m),(€)\n1,2\n3,4\n".encode())
    assert file.numbers().to_dict("list") == {"x (m)": [1, 3], "y (€)": [2, 4]}


def test_only_commas_and_points_change_places_in_what_to_write():
    assert "Write a number such as" in refused([("5;6",)], ["a"])
    assert "nearer to 0" in refused([("1e-400",)], ["a"])


def test_rows_of_means_all_along_are_no_totals():
    file = read_upload(b"kind,x,y\nmean,1,2\nsum,2,3\nmean,3,5\nsum,4,6\n")
    assert file.totals == ()
    assert file.numbers()["y"].tolist() == [2, 3, 5, 6]
