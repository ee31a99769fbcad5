"""Which encoding the bytes of an old program's file are in, where they are no UTF-8.

Chinese, Japanese and Cyrillic words have no plain ASCII letters in them, those with accents do. An encoding of the
first kind is right if the words are made of the letters that people use: the frequent characters of the Chinese or
Japanese standard, or Cyrillic words in small letters. Of the Latin ones it is that under which all accented letters are
in the alphabet of one language. Detectors for any text need more of it than a line of names: for those of a small table
in GBK, charset-normalizer 3.5 answers Korean.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SAMPLE = 20_000
"""Bytes enough; they may cut a character in two, which is left off."""
_GLUED = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]+|[^\x00-\x7f]+(?=[A-Za-z])")
_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐЎ][а-яёіїєґў]+|[а-яёіїєґў]{2,}|[А-ЯЁІЇЄҐЎ]{2,}|\b[вкосуияВКОСУИЯ]\b")
_KANA = re.compile(r"[\u3041-\u30fa\u30fc]")
_MARKS = re.compile("[\u3000-\u3015\uff01-\uff5e°²³×㎡№«»–—]")

_CENTRAL = (
    "áčďéěíňóřšťúůýžöüä",
    "ąćęłńóśźż",
    "áéíóöőúüű",
    "áäčďéíĺľňóôŕšťúýž",
    "čćđšž",
    "ăâîşţ",
)
"""The accented letters of Czech, Polish, Hungarian, Slovak, Croatian and Slovene, Romanian."""
_WESTERN = (
    "äöüßéè",
    "àâæçèéêëîïôùûüœÿ",
    "áéíñóúü",
    "áàâãçéêíóôõúü",
    "åäöéü",
    "åæøéèô",
    "áðéíóúýþæö",
    "éëïèöüó",
    "é",
)
"""Those of German, French, Spanish, Portuguese, Swedish, Danish and Norwegian, Icelandic, Dutch, Italian."""
_SYMBOLS = "€£¥²³°§–—’‘“”„«»…·×½¼ºª§®©™µ\u00a0"


_ODD = re.compile(r"[¿¼½¾¡¢¤¥¦¨©ª«¬®¯±´µ¶·¸¹º»×÷]")
"""Signs that files of houses do not have, but that Chinese bytes look like."""


def guess(raw: bytes) -> str:
    """The codec's name: gb18030, cp932, cp1251, cp1250 or, where nothing speaks for another, cp1252."""
    sample = raw[:_SAMPLE]
    western = _strangers(sample, "cp1252", _WESTERN)
    if western == 0 and not _ODD.search(sample.decode("cp1252")):
        return "cp1252"
    scores = {name: score(sample, name) for name, score in _OF_OTHER_SCRIPTS.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.6:
        return best
    return (
        "cp1250"
        if _strangers(sample, "cp1250", _CENTRAL) < _strangers(sample, "cp1252", _WESTERN)
        else "cp1252"
    )


def _letters(sample: bytes, codec: str) -> str | None:
    """The text without plain ASCII and signs, what stands in Latin words hidden; None for bytes of no letter."""
    for end in range(len(sample), max(len(sample) - 4, 0), -1):
        try:
            text = sample[:end].decode(codec)
        except UnicodeDecodeError:
            if len(sample) < _SAMPLE:
                return None
            continue
        text = _GLUED.sub(lambda glued: "\ufffd" * len(glued[0]), _MARKS.sub(" ", text))
        return "".join(sign if sign > "\x7f" else " " for sign in text)
    return None


def _chinese(sample: bytes, codec: str) -> float:
    """The share of letters among the 3,755 most frequent characters: the first level of GB 2312."""
    return _share(sample, codec, lambda sign: 0xB0 <= _bytes(sign, "gb2312")[0] <= 0xD7)


def _japanese(sample: bytes, codec: str) -> float:
    """The share of kana and of the first level of JIS X 0208; half-width kana are what other bytes look like."""
    return _share(
        sample,
        codec,
        lambda sign: bool(_KANA.match(sign)) or 0x889F <= int.from_bytes(_bytes(sign, codec)) <= 0x9872,
    )


def _cyrillic(sample: bytes, codec: str) -> float:
    """The share of letters in words of small letters, with a capital at most for the first, or of capitals."""
    text = _letters(sample, codec)
    if text is None:
        return 0.0
    signs = text.replace(" ", "")
    return sum(map(len, _CYRILLIC.findall(text))) / len(signs) if signs else 0.0


_OF_OTHER_SCRIPTS = {"gb18030": _chinese, "cp932": _japanese, "cp1251": _cyrillic}


def _share(sample: bytes, codec: str, usual: Callable[[str], bool]) -> float:
    text = _letters(sample, codec)
    signs = (text or "").replace(" ", "")
    return sum(map(usual, signs)) / len(signs) if signs else 0.0


def _bytes(sign: str, codec: str) -> bytes:
    return sign.encode(codec, errors="ignore") or b"\x00"


def _strangers(sample: bytes, codec: str, alphabets: tuple[str, ...]) -> int:
    """How many accented letters and signs inside words the best alphabet lacks."""
    try:
        text = sample.decode(codec).lower()
    except UnicodeDecodeError:
        return len(sample)
    # A sign stands beside words, or after the m of m².
    alone = re.sub(rf"(?<![^\W\d_])[{_SYMBOLS}]+|[{_SYMBOLS}]+(?![^\W\d_])", " ", text)
    # Italian accents stand at the end of a word, where è is no Czech č.
    alone = re.sub(r"(?<=[a-z])[àèìòù](?![^\W\d_])", "", alone) if codec == "cp1252" else alone
    signs = [sign for sign in alone if sign > "\x7f"]
    return min(sum(sign not in alphabet for sign in signs) for alphabet in alphabets)
