"""From the bytes of an uploaded file to its text, or to a sentence that says what the file is instead."""

from __future__ import annotations

import codecs
import re

from calc.datasets.encodings import guess
from calc.datasets.errors import DatasetError

MAX_BYTES = 2_000_000
"""Largest file read, in bytes: 50,000 rows of two prices need about 1 MB."""

_EXPORT = (
    "Open your table in a spreadsheet program, choose File, then Save as (or Download), then CSV "
    "(comma-separated values), and upload the new file."
)
_SIGNATURES = (
    (b"PK\x03\x04", "a spreadsheet (such as .xlsx or .ods) or a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (.xls or .doc)"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"{\\rtf", "a word-processor document (RTF)"),
)
# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_MARKUP = re.compile(r"\s*<(?:!doctype|!--|\?xml|html|head|body|table|svg|div)\b", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*[\"'}]|\[\s*[\[{\]\"])")


def decode(raw: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16, UTF-32, or in one of the encodings that `encodings.guess` knows.

    The result has neither byte-order mark nor control characters (other than tab, line and page ends).
    Raises DatasetError for an empty file, one of more than MAX_BYTES, and one that is not a text table.
    """
    if len(raw) > MAX_BYTES:
        raise DatasetError(
            f"The file is larger than {MAX_BYTES / 1e6:g} MB, which is the most that can be read. "
            "Keep only the columns you need, or fewer rows, and upload it again."
        )
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            raise DatasetError(f"This file looks like {name}, not like a CSV file. {_EXPORT}")
    text = _text(raw)
    # Old DOS programs end a text file with Ctrl-Z.
    text = text.removesuffix("\x1a")
    if not text.strip():
        raise DatasetError("The file is empty. Upload a CSV file with column names and rows of numbers.")
    if _CONTROL.search(text):
        raise _binary()
    if _MARKUP.match(text):
        raise DatasetError(f"This file looks like a web page or other markup, not like a CSV file. {_EXPORT}")
    if _JSON.match(text):
        raise DatasetError(f"This file looks like JSON, not like a CSV file. {_EXPORT}")
    return text


def _binary() -> DatasetError:
    return DatasetError(f"This file is not text: it looks like a program, a picture or other data. {_EXPORT}")


def _text(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding)
    unmarked = _utf16_without_mark(raw)
    if unmarked:
        return _decoded(raw, unmarked)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(raw, guess(raw))


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise _binary() from None


def _utf16_without_mark(raw: bytes) -> str | None:
    """The byte order, if a third or more of one half of the bytes is zero and next to none of the other.

    Digits and separators have a zero high byte in UTF-16, so any table of numbers passes this.
    """
    pairs = len(raw) // 2
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if odd * 3 >= pairs > 0 and even * 20 < pairs:
        return "utf-16-le"
    if even * 3 >= pairs > 0 and odd * 20 < pairs:
        return "utf-16-be"
    return None
