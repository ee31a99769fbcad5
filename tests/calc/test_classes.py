"""calc.datasets.classes: two words as the labels 0 and 1."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.datasets import (
    DatasetError,
    coded,
    format_rows,
    labels_of,
    parse_typed,
    read_upload,
    texts,
    two_classes,
    words_of,
)


@pytest.mark.parametrize(
    "classes",
    [
        ("no", "yes"), ("false", "true"), ("fail", "pass"), ("unsold", "sold"), ("nein", "ja"), ("нет", "да"),
        ("ham", "spam"), ("non-smoker", "smoker"), ("not ill", "ill"), ("N", "Y"), ("negative", "positive"),
        ("dead", "survived"),
    ],
)  # fmt: skip
def test_which_word_is_class_1_does_not_depend_on_the_rows(classes):
    zero, one = classes
    for cells in ([one, zero, one], [zero, one], [zero, f" {one} ", "", None, pd.NA, math.nan, "NA"]):
        assert two_classes(cells) == classes
    assert coded([zero, one.upper(), "", None], classes)[:2] == [0, 1]
    assert all(map(math.isnan, coded(["", None], classes)))


@pytest.mark.parametrize(
    "cells",
    [["yes"], ["yes", "no", "maybe"], ["1", "yes"], ["0", "1"], [], ["", "NA"], ["a" * 61, "b"], list("abcdefghijk")],
)  # fmt: skip
def test_what_is_not_two_words_has_no_classes(cells):
    assert two_classes(cells) is None


@given(st.lists(st.sampled_from(["sold", "Sold", " sold", "unsold", "", "<b>", "\u202e_~", "5"]), max_size=8))
def test_every_row_of_two_words_is_one_of_them_and_the_link_says_so(cells):
    classes = two_classes(cells)
    if classes is None:
        assert len({word.casefold() for word in words_of(cells)}) != 2
        return
    numbers = coded(cells, classes)
    for cell, number, text in zip(cells, numbers, texts(cells), strict=True):
        assert math.isnan(number) == (text is None) == (not cell.strip())
        assert text is None or classes[int(number)].casefold() == text.casefold()
    rows = [(1.0, text) for text in texts(cells)]
    there = [label for _, label in parse_typed(format_rows(rows), 2)]
    assert two_classes(there) == classes
    assert [each for each in coded(there, classes) if each == each] == [
        each for each in numbers if each == each
    ]


FEW = "x;{}\n" + "".join(f"{i};{{}}\n" for i in range(9))


@pytest.mark.parametrize(
    ("name", "cells", "said"),
    [
        (
            "result",
            ["yes", "no", "maybe"] * 3,
            'The column "result" has 3 different labels: "yes", "no", "maybe"',
        ),
        ("town", ["A", "B", "C"] * 3, 'The column "town" has 3 different labels'),
        ("town", [f"t{i}" for i in range(9)], "No column of this table has two classes"),
        ("label", ["0", "1", "2"] * 3, 'The column "label" has 3 different labels: "0", "1", "2"'),
        ("label", ["1", "2", "2"] * 3, 'The column "label" has the labels "1", "2": write them as 0 and 1'),
        ("label", ["yes"] * 9, 'The column "label" has one label only, "yes"'),
        ("price", [str(2 * i) for i in range(9)], "No column of this table has two classes"),
    ],
)
def test_a_column_that_has_not_two_labels_is_refused_with_a_sentence(name, cells, said):
    with pytest.raises(DatasetError) as caught:
        labels_of(read_upload(FEW.format(name, *cells).encode()))
    assert said in str(caught.value)


def test_the_columns_of_labels_and_why_the_others_are_none():
    file = read_upload(b"x;sold;town;garage\n1;yes;A;0\n2;no;B;1\n3;yes;C;0\n4;no;A;1\n")
    labels = labels_of(file)
    assert labels.names == ["sold", "garage"]
    assert labels.classes == {"sold": ("no", "yes")}
    assert labels.why == {"sold": "", "town": "it has 3 different labels, not two"}
