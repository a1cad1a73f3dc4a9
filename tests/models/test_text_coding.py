"""Tables in the codings that people's programs still write: read as they are meant, or refused."""

from __future__ import annotations

import pytest

from mlanim.errors import UsageError
from mlanim.models.text_coding import decoded

CHINESE = "城市,人口\n北京,21\n上海,24\n广州,18\n深圳,17\n成都,20\n"
TAIWANESE = "城市,人口\n臺北,2\n高雄,2\n臺中,2\n新竹,1\n"
JAPANESE = "都市,ジャンル\n東京,ジャズ\n大阪,ロック\n札幌,さくら\n"
KOREAN = "도시,인구\n서울,9\n부산,3\n대구,2\n인천,3\n광주,1\n대전,1\n"
RUSSIAN = "Город,Население\nМосква,13\nКазань,1\n"
GERMAN = "Straße,Höhe\nAm Bühl,3\nÄußerer Ring,4\n"


@pytest.mark.parametrize(
    ("text", "coding", "called"),
    [
        (CHINESE, "gb18030", "GB18030"),
        (CHINESE, "gbk", "GB18030"),
        (TAIWANESE, "big5", "Big5"),
        (JAPANESE, "shift_jis", "Shift-JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (GERMAN, "cp1252", "Windows-1252"),
        ("tree,place\nelm,müde\n", "cp1252", "Windows-1252"),
        ("tree,name\nelm,Ærø\n", "latin-1", "Windows-1252"),
        ("day,°C\n1,20\n", "cp1252", "Windows-1252"),
        ("day,price\n1,€\n", "cp1252", "Windows-1252"),
        ("a,b\n" + "1,2\n" * 40_000 + "Zoë,3\n", "cp1252", "Windows-1252"),
    ],
)
def test_a_text_in_an_older_coding_is_read_as_meant_and_told(
    text: str, coding: str, called: str
) -> None:
    found, told = decoded(text.encode(coding), "t.csv")
    first = next(word for word in text.replace("\n", ",").split(",") if not word.isascii())
    assert found == text
    assert called in told and first.split()[-1] in told  # a word, to see whether it is right


def test_no_word_of_a_file_is_a_guess_between_two_readings() -> None:
    with pytest.raises(UsageError, match=r'EUC-KR \("도시"\) or GB18030 \("档矫"\)'):
        decoded("도시,n\nseoul,9\n".encode("euc_kr"), "t.csv")


def test_a_broken_byte_in_utf8_is_told_with_its_line_and_garbles_nothing() -> None:
    broken = RUSSIAN.encode() + b"\xff,1\n"
    with pytest.raises(UsageError, match=r"t.csv, line 4: byte 0xff is not UTF-8"):
        decoded(broken, "t.csv")
