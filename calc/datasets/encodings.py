"""Which encoding the bytes of an old program's file are in, where they are no UTF-8.

It is the one under which the words are the likeliest: a letter has the probability that its language gives it, by its
place in the order of frequency (of n letters the r-th has a share in proportion to ln((n + 1) / r), Gusein-Zade 1988).
Chinese, Japanese and Korean have too many letters for an order, but their standards say which are in daily use.

Detectors for any text need more of it than a line of names: of the 129 in tests/calc/test_encodings.py
charset-normalizer 3.5 reads 56, none of the Chinese or Turkish ones and 7 of 33 in windows-1252; this reads all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from math import log

from calc.datasets.choosing import PRICE, ROOMS, SIZE, VALUE

_SAMPLE = 20_000
"""Bytes enough; they may cut a character in two, which is left off."""
_WORD = re.compile("[A-Za-z\u0080-\U0010ffff]+")
_UNIT = re.compile(
    r"(?<=[mM])[²³]|(?<=\d)[ \u00a0]?[€£°\u00a0]|(?<![^\W\d_])[€£№㎡](?![^\W\d_])|(?<=[a-z])’(?=[a-z])"
)
_MARK = re.compile(r"(?<![^\W\d_])[–—’“”„«»°§…½]|[–—’“”„«»°§…½](?![^\W\d_])")
"""Signs that files of houses have, where they have them: beside words and numbers."""
_OF_UNIT, _OF_MARK = 2.0, 6.0
"""What they cost, a letter 3 or so; every other sign is as strange as a letter that there is not."""
_STRANGE = 12.0
"""What a letter costs that a language lacks: -ln of a probability well below that of the rarest it has."""
_WORDS = PRICE | VALUE | SIZE | ROOMS
_KNOWN = 6.0
"""What one of these words costs: far less than its letters, which other bytes may have too."""

Cost = Callable[[str], float]

_ALPHABETS = {
    "cp1252": """
        etaoinshrdlcumwfgypbvkjxqzé enisratdhulcgmobwfkzvüpäßjöyqxé esaitnrulodcmpévqfbghjàxyèêzwçùkâîœôûëïñæÿ
        eaosrnidlctumpbgvyqóhfíáézjúñxkwü aeosrindmutclpvghqbfzjxçãáéíõóêúâôàkywü eaionlrtscdupmvghfbqzòàùìèékjwxy
        eanrtsildomkgvfhuåäpbcöyjxwzéqà erntiaodslgkmvfuhpbåyøæcjwzxqéü anriestuðldmkgíævfhoáyóbjþöpéúýx
        enatirodslghvkmubpwjzcfxyqëéï
    """,
    # None: bytes that are words in no language stay what they are, and control characters are refused.
    "latin-1": "-",
    "cp1250": """
        iaeoznrwstcykdpmujlłbęgąhóżśćfńźvqx oeantvsilkrdpímuázjyěcbéhřýžčšůfgúňxťóďwq
        aoeinrsvtklcmpdužáyhjbíéčzšľťúýgxôňfďóäĺŕwq eatlnskomzrigáéydbvhjőfupöócűíúüxwq
        aioenrjstvlkudmpgzbčhcšžćđfqwxy eiartnulocsdpmăfvîgbşâţzhxjkyw
    """,
    "cp1254": "aeinrlıkdmyutsboüşzgğhvcçpöfjâîûwxq",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё оаинвіертсклмудпзяьбгйчхцїжюшєщфґ аиоенрсјтукдвмплзгбчшћцжњхљфђџ",
    "koi8_u": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё оаинвіертсклмудпзяьбгйчхцїжюшєщфґ",
    "cp1253": "αοιτεσνηυρπκμλίςάόέδωγήχθφβύώξζψϊϋΐΰ",
    "iso8859_7": "αοιτεσνηυρπκμλίςάόέδωγήχθφβύώξζψϊϋΐΰ",
}
"""Of each codec its languages, each its letters in the order of their frequency: English, German, French, Spanish,
Portuguese, Italian, Swedish, Danish, Icelandic, Dutch; none; Polish, Czech, Slovak, Hungarian, Croatian and Slovene,
Romanian; Turkish; Russian, Ukrainian, Serbian; Russian, Ukrainian; Greek."""


def _by_rank(alphabet: str) -> Cost:
    shares = [log((len(alphabet) + 1) / rank) for rank in range(1, len(alphabet) + 1)]
    costs = {letter: log(sum(shares) / share) for letter, share in zip(alphabet, shares, strict=True)}
    return lambda letter: costs.get(letter, _STRANGE)


def _by_class(*classes: tuple[float, int, Callable[[str], bool]]) -> Cost:
    """Of classes of letters: which share of a text is of the class, how many letters it has, and which."""

    def cost(letter: str) -> float:
        return next((log(size / share) for share, size, among in classes if among(letter)), _STRANGE)

    return cost


def _between(codec: str, first: int, last: int) -> Callable[[str], bool]:
    """Whether a letter has a code of that standard from the first to the last."""

    def among(letter: str) -> bool:
        code = letter.encode(codec, errors="ignore")
        return len(code) == 2 and first <= int.from_bytes(code) <= last

    return among


def _of_tables(letters: str) -> tuple[float, int, Callable[[str], bool]]:
    """The class of letters that stand in the names of columns."""
    return 0.5, len(letters), lambda letter: letter in letters


_COSTS: dict[str, tuple[Cost, ...]] = {
    codec: tuple(map(_by_rank, alphabets.split())) for codec, alphabets in _ALPHABETS.items()
} | {
    "gbk": (
        _by_class(
            _of_tables("面积价格房屋总单元年月日层楼户型小区名称学地建成时间数量度收入身高体重龄绩分平均米万城市编号售租"),
            (0.48, 3755, _between("gb2312", 0xB0A1, 0xD7F9)),
            (0.02, 3008, _between("gb2312", 0xD8A1, 0xF7FE)),
        ),
    ),
    "cp932": (
        _by_class(
            _of_tables("面積価格築年数最寄駅徒歩階身長体重齢点時間名前円家賃専有取引売上収入住所市区町村部屋の"),
            (0.2, 169, lambda letter: "ぁ" <= letter <= "ー"),
            (0.28, 2965, _between("cp932", 0x889F, 0x9872)),
            (0.02, 3390, _between("cp932", 0x989F, 0xEAA4)),
        ),
    ),
    "cp949": (
        _by_class(
            _of_tables("가격면적매지역층수방년도건축단명시군구거래금액전용세대평점이름나키몸무게성합온기소득월일원학생부"),
            (0.5, 2350, _between("euc_kr", 0xB0A1, 0xC8FE)),
        ),
    ),
    "cp950": (
        _by_class(
            _of_tables("面積價格房屋總單元年月日層樓坪數縣市行政區交易車位地址身高體重齡績分時間度量收入名稱學"),
            (0.48, 5401, _between("big5", 0xA440, 0xC67E)),
            (0.02, 7652, _between("big5", 0xC940, 0xF9D5)),
        ),
    ),
}  # fmt: skip
"""In daily use are the characters of the first level of GB 2312, JIS X 0208 and Big5, the syllables of KS X 1001."""


def guess(raw: bytes) -> str:
    """The codec's name; of the encodings that say the same the first, cp1252.

    A wrong one changes no number: in none of them does a longer character take in a digit, a comma, a point or a minus,
    and signs around numbers are the same, but for ≈ in KOI8, which is a dash in all others.

    >>> guess("Größe;Preis".encode("cp1252")), guess("Площадь;Цена".encode("koi8_r")), guess("면적".encode("euc_kr"))
    ('cp1252', 'koi8_u', 'cp949')
    """
    codecs = [codec for codec in _COSTS if codec != "koi8_u" or b"\x97" not in raw]
    return min(codecs, key=lambda codec: _cost(raw[:_SAMPLE], codec))


def _cost(sample: bytes, codec: str) -> float:
    """-ln of the probability of all words and signs but ASCII, in the likeliest of the codec's languages.

    One that comes again says nothing new.
    """
    text = _decoded(sample, codec)
    if text is None:
        return _STRANGE * len(sample)
    # Python's small İ has a dot of its own.
    text = text.replace("İ", "I")
    units, marks = ({*sign.findall(text)} for sign in (_UNIT, _MARK))
    text = _MARK.sub(" ", _UNIT.sub(" ", text))
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    unknown = [word for word in words if word.lower() not in _WORDS]
    letters = Counter("".join(unknown).lower())
    mixed = sum(word not in (word.lower(), word.upper(), word.capitalize()) for word in unknown)
    in_letters = min(sum(count * cost(letter) for letter, count in letters.items()) for cost in _COSTS[codec])
    in_words = (len(words) - len(unknown)) * _KNOWN + in_letters + mixed * _STRANGE
    return in_words + len(units) * _OF_UNIT + len(marks) * _OF_MARK


def _decoded(sample: bytes, codec: str) -> str | None:
    for end in range(len(sample), max(len(sample) - 2, 0), -1):
        try:
            return sample[:end].decode(codec)
        except UnicodeDecodeError:
            if len(sample) < _SAMPLE:
                return None
    return None
