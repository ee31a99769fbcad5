"""calc.datasets.encodings: the names of columns in files of old programs, and that no wrong guess changes a number."""

import itertools

import pytest

from calc.datasets import encodings, read_table
from calc.datasets.numerals import readings

NAMES = {
    "gbk": [
        "面积,价格",
        "小区,面积,总价",
        "房间数,总价(万)",
        "城市;户型;单价",
        "面积,房价",
    ],
    "big5": [
        "面積,價格",
        "地區,面積,總價",
        "房間數,總價",
        "縣市;坪數;單價",
        "屋齡,房價",
        "鄉鎮市區,交易標的,土地面積,總價元",
        "臥室,價格",
        "行政區,建物面積平方公尺,單價",
        "房屋,學生,成績",
    ],
    "cp932": [
        "専有面積,価格",
        "駅,専有面積,価格",
        "部屋数,家賃",
        "築年数,面積,家賃",
        "最寄駅;取引価格",
        "都道府県名,市区町村名,取引価格(総額)",
        "マンション,ねだん",
        "広さ,値段",
    ],
    "euc_kr": [
        "면적,가격",
        "지역,면적,매매가",
        "방수,가격",
        "아파트;전용면적;거래금액",
        "시군구,전용면적(㎡),거래금액(만원)",
        "평수,집값",
        "침실,욕실,가격",
        "공부시간,합격",
    ],
    "cp1251": [
        "Площадь,Цена",
        "Комнаты;Площадь;Цена",
        "площадь;цена",
        "ПЛОЩАДЬ;ЦЕНА",
        "Район;Этаж;Цена, руб.",
        "к;ц",
        "Кімнати;Площа;Ціна",
        "Стая;Площ;Цена",
        "Цена",
        "кол-во комнат,стоимость",
        "КОМНАТЫ,ЦЕНА",
        "Имя,Вес,Рост",
        "Собе;Површина;Цена",
    ],
    "koi8_r": [
        "Площадь,Цена",
        "Комнаты;Площадь;Цена",
        "площадь;цена",
        "ПЛОЩАДЬ;ЦЕНА",
        "Район;Этаж;Цена, руб.",
        "Цена",
        "кол-во комнат,стоимость",
        "КОМНАТЫ,ЦЕНА",
        "Имя,Вес,Рост",
        "Цена (млн)",
    ],
    "cp1253": [
        "Εμβαδόν,Τιμή",
        "Δωμάτια;Εμβαδόν;Τιμή",
        "περιοχή;τετραγωνικά;τιμή",
        "ΤΙΜΗ;ΕΜΒΑΔΟΝ",
        "Τιμή (€)",
        "Όροφος,Τιμή",
        "Ενοίκιο;τ.μ.",
        "Υπνοδωμάτια,Αξία",
        "Άνω,Ύψος,Βάρος",
    ],
    "iso8859_7": [
        "Εμβαδόν,Τιμή",
        "Δωμάτια;Εμβαδόν;Τιμή",
        "περιοχή;τετραγωνικά;τιμή",
        "ΤΙΜΗ;ΕΜΒΑΔΟΝ",
        "Όροφος,Τιμή",
        "Άνω,Ύψος,Βάρος",
    ],
    "cp1254": [
        "Oda Sayısı,Fiyat",
        "Büyüklük;Oda sayısı;Fiyatı",
        "Şehir,Fiyat",
        "İlçe;Mahalle;Alan;Fiyat",
        "bina yaşı,fiyat",
        "Isıtma,Kat,Değer",
        "Alan (m²),Fiyatı",
        "Ağırlık,Boy",
        "oda;salon;değer",
        "yaş,gelir",
        "İl,Konut,Tutar",
        "YAŞ;FİYAT",
    ],
    "cp1250": [
        "Metraż,Cena w złotych",
        "Powierzchnia;Cena w złotych;Miejscowość",
        "Plocha,Počet pokojů,Cena v Kč",
        "Terület,Ár",
        "Szobák,Méret,Ár (Ft)",
        "Površina;Število sob;Cena",
        "Suprafaţă;Preţ",
        "Počet izieb;Plocha;Cena",
        "Łódź,Kraków",
        "Cena (zł)",
        "ár,szobák száma",
        "Kvadratura,Šifra",
        "Městská část,Cena",
        "Żoliborz,Śródmieście",
        "Preţ,Camere",
        "Alapterület,Fűtés",
    ],
    "cp1252": [
        "Größe,Straße",
        "Wohnfläche;Kaufpreis",
        "Prix à débattre,b",
        "habitações,preço",
        "città,qualità",
        "Superficie;Año;Precio",
        "Area m²,Price £",
        "Pièces,Loyer",
        "Størrelse,Værelser,Pris",
        "Boarea m²;Månadsavgift",
        "Stærð,Verð",
        "St John’s,King’s",
        "x,b",
        "Preis (€)",
        "São Paulo,R$",
        "área,preço",
        "habitación,baños,metros²",
        "Über,Öl",
        "Fläche in m²",
        "Garçon;Élève",
        "façade;été",
        "Prix en €",
        "Größe m² – Preis",
        "n° pièces",
        "Ñandú,Años",
        "Yüksek,Köln",
        "Düsseldorf,München",
        "Zürich;Genève",
        "Hagalín;Garðabær",
        "ÅR,PRIS",
        "Ångström,Ø",
        "ação;ações;não",
        "50 £,½",
    ],
}
"""Lines of names as people write them, by the encoding of the file."""


def table(names: str) -> str:
    separator = ";" if ";" in names else ","
    width = names.count(separator) + 1
    rows = [separator.join(str(37 * row + place + 1) for place in range(width)) for row in range(4)]
    return "\n".join([names, *rows, ""])


@pytest.mark.parametrize(
    ("encoding", "names"), [(key, each) for key, names in NAMES.items() for each in names]
)
def test_names_are_read_in_the_encoding_of_the_file(encoding, names):
    text = table(names)
    try:
        raw = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.fail("The line has a letter that its encoding lacks.")
    separator = ";" if ";" in names else ","
    assert list(read_table(raw).columns) == names.split(separator)


def test_no_wrong_guess_changes_a_number():
    """A cell with any byte beside its digits is the same number under every codec that reads one."""
    digits = (b"5", b"12", b"1.5", b"1,5", b"250.000")
    for byte, number in itertools.product(range(0x80, 0x100), digits):
        sign = bytes([byte])
        for cell in (
            sign + number,
            number + sign,
            number + sign + b"000",
            number + b" " + sign + b"5",
            sign + b"a" + number,
        ):
            for separator in ",;":
                read = {codec: value_of(cell, codec, separator) for codec in encodings._COSTS}
                if byte == 0x97:
                    read.pop("koi8_u")
                assert len(set(read.values()) - {None}) <= 1, (cell, read)


def value_of(cell: bytes, codec: str, separator: str) -> float | None:
    try:
        text = cell.decode(codec)
    except UnicodeDecodeError:
        return None
    (reading,) = readings([[text.strip()]], separator)
    return (
        None
        if reading is None or reading.refused or reading.values[0] != reading.values[0]
        else reading.values[0]
    )


def test_the_dash_that_would_lose_its_sign_in_koi8_is_never_read_so():
    names = "площадь;цена\n".encode("koi8_r")
    assert encodings.guess(names) == "koi8_u"
    assert encodings.guess(names + b"\x975;3\n") != "koi8_u"


def test_signs_that_come_often_do_not_outweigh_the_names():
    """In KOI8 a dash and a square are letters of no word, each counted once."""
    body = "54 m²;–\n" * 500
    assert list(read_table(f"Fläche;Höhe\n{body}".encode("cp1252")).columns) == ["Fläche", "Höhe"]
