"""Tables as people have them: each is read as it is meant, or refused in a line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from mlanim.errors import UsageError
from mlanim.primitives import Area
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.table_file import read_frame
from mlanim.subjects.tables.models.told import heading_of
from mlanim.subjects.tables.models.trace import follow
from mlanim.subjects.tables.primitives.data_table import DataTable

AREA = Area(-7, -3.5, 14, 7)


def read(folder: Path, text: str | bytes, name: str = "t.csv") -> tuple[pd.DataFrame, str]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_frame(path)


def drawn(frame: pd.DataFrame) -> DataTable:
    return DataTable(frame, area=AREA)


def test_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "name;hours;plays\na;1,5;10\nb;2,25;1.200\n")
    assert frame.hours.tolist() == [1.5, 2.25] and frame.plays.tolist() == [10, 1200]
    assert [str(kind) for kind in frame.dtypes] == ["str", "float64", "int64"]


def test_a_byte_order_mark(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "\ufeffname,plays\nÉmile,3\n".encode())
    assert list(frame.columns) == ["name", "plays"] and frame.name[0] == "Émile"


def test_line_ends_within_quotation_marks(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, 'name,note\na,"two\nlines, one cell"\nb,plain\n')
    assert frame.note.tolist() == ["two lines, one cell", "plain"]
    assert len(drawn(frame).cells) == 2 + 2 * 3


def test_dates(tmp_path: Path) -> None:
    frame, told = read(tmp_path, "day,sold,seen\n2024-05-01,1.5.2024,05/06/2024\n" * 1
                       + "2024-06-30,30.6.2024,06/07/2024\n")  # fmt: skip
    assert frame.day.tolist() == [pd.Timestamp(2024, 5, 1), pd.Timestamp(2024, 6, 30)]
    assert frame.sold.tolist() == frame.day.tolist()
    assert frame.seen.tolist() == ["05/06/2024", "06/07/2024"] and "two ways" in told
    assert "2024-05-01" in {cell.text for cell in drawn(frame).cells}


def test_names_that_occur_twice(tmp_path: Path) -> None:
    frame, told = read(tmp_path, "a,b,a,a\nx,1,2,3\ny,4,5,6\n")
    assert list(frame.columns) == ["a", "b", "a.1", "a.2"] and "a.1" in told


def test_a_column_without_values(tmp_path: Path) -> None:
    frame, told = read(tmp_path, "a,b,c\n1,,x\n2,NA,y\n")
    assert frame.b.isna().all() and "b is empty" in told
    assert [cell.text for cell in drawn(frame).cells].count("NaN") == 2


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    lines = "".join(f"g{i % 7},{i},{i / 4}\n" for i in range(100_000))
    frame, _ = read(tmp_path, "genre,plays,hours\n" + lines)
    assert len(frame) == 100_000
    one, two = follow(frame, read_chain("query('plays > 99990').groupby('genre').plays.sum()"))
    assert len(one.after) == 9 and two.after.sum() == sum(range(99_991, 100_000))
    table = drawn(frame)
    assert table.count[0].text == "100,000 rows × 3 columns"
    assert len(table.cells) < 100 and table.dots


def test_tabs_and_codes_with_zeros(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "code\tplays\n007\t1\n012\t2\n", "t.tsv")
    assert frame.code.tolist() == ["007", "012"] and frame.plays.tolist() == [1, 2]


def test_windows_letters_and_a_line_that_names_the_separator(tmp_path: Path) -> None:
    text = "sep=;\r\nStraße;wahr\r\nGröße;true\r\nb;false\r\n"
    frame, told = read(tmp_path, text.encode("cp1252"))
    assert list(frame.columns) == ["Straße", "wahr"] and "Windows-1252" in told
    assert frame.wahr.tolist() == [True, False]


def test_a_column_of_two_kinds_stays_text(tmp_path: Path) -> None:
    frame, told = read(tmp_path, "a,n\nx,1\ny,2\nz,many\n")
    assert frame.n.tolist() == ["1", "2", "many"] and "texts" in told


def test_numbers_keep_all_their_digits(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "id,x\n1234567890123456789,1\n1234567890123456790,2\n")
    assert frame.id.tolist() == [1234567890123456789, 1234567890123456790]
    frame, told = read(tmp_path, "id,x\n12345678901234567890,1\n,2\n")
    assert frame.id[0] == "12345678901234567890" and "digits" in told


def test_spaces_within_cells_divide_no_table(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "card,phone\n4111 1111 1111 1111,+49 30 1234\n5500 0 0 4,+1 555 10\n")
    assert list(frame.columns) == ["card", "phone"] and frame.phone[1] == "+1 555 10"


def test_what_accountants_owe_and_what_has_a_footnote_are_no_units(tmp_path: Path) -> None:
    frame, told = read(tmp_path, 'who,owed,seen\nA,"(1,234.50)",12*\nB,99.00,7\nC,(3.00),8\n')
    assert frame.owed.tolist() == [-1234.5, 99.0, -3.0]
    assert frame.seen.tolist() == ["12*", "7", "8"] and "seen holds numbers and texts" in told


def test_dates_of_several_zones_stay_texts(tmp_path: Path) -> None:
    frame, told = read(tmp_path, "at,x\n2024-03-01T12:00:00Z,1\n2024-03-01T12:30:00+02:00,2\n")
    assert frame["at"][1] == "2024-03-01T12:30:00+02:00" and "stay texts" in told


@pytest.mark.parametrize(
    ("chain", "heading"),
    [
        ("dropna(axis=1)", "1 of 2 columns"),
        ("head(9)", "2 of 2 rows"),
        ("sort_index(axis=1)", "Columns in their new order"),
        ("reset_index(drop=True)", "A new index"),
        ("assign(a=df.a * 2)", "A column computed anew"),
        ("assign(c=df.a, d=df.a)", "New columns"),
        ("fillna(0)", "What is missing gets a value"),
    ],
)
def test_a_heading_says_what_its_link_did(chain: str, heading: str) -> None:
    table = pd.DataFrame({"b": [None, 1.0], "a": [1, 2]})
    assert heading_of(follow(table, read_chain(chain))[0]) == heading


def test_a_wide_table_is_cut_and_counted(tmp_path: Path) -> None:
    names = [f"column number {i}" for i in range(60)]
    frame, _ = read(tmp_path, ",".join(names) + "\n" + (",".join("1" * 60) + "\n") * 3)
    table = drawn(frame)
    assert table.count[0].text == "3 rows × 60 columns"
    assert table.width <= AREA.width + 1e-6 and table.view.columns[-1] == 59


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("a,b\n", "no rows"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no text"),
        ("a,b\n1,2,3,4\n1,2\n1,2\n", "columns"),
    ],
)
def test_what_is_no_table_is_refused(text: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        read(tmp_path, text)


BINARY = [("t.parquet", "parquet"), ("t.pq", "parquet"), ("t.xlsx", "excel"), ("T.XLS", "excel")]


@pytest.mark.parametrize(("name", "kind"), BINARY)
def test_parquet_and_excel_are_what_pandas_reads(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = pd.DataFrame({"artist": ["Nova", "Lark"], 2025: [1.5, None]})
    asked = []

    def reader(path: Path) -> pd.DataFrame:
        asked.append(path.name)
        return held.copy()

    monkeypatch.setattr(pd, f"read_{kind}", reader)
    frame, told = read(tmp_path, b"what an engine reads", name)
    assert asked == [name] and told == ""
    assert list(frame.columns) == ["artist", "2025"]
    (moment,) = follow(frame, read_chain("dropna()"))
    assert moment.after.artist.tolist() == ["Nova"]
    texts = {cell.text for cell in drawn(frame).cells}
    assert {"Lark", "1.5", "NaN", "2025"} <= texts


@pytest.mark.parametrize(("name", "kind"), BINARY)
def test_where_pandas_has_no_engine_its_extra_is_named(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(path: Path) -> None:
        raise ImportError("`Import an engine` failed.\nIt is not installed.")

    monkeypatch.setattr(pd, f"read_{kind}", missing)
    with pytest.raises(UsageError) as refused:
        read(tmp_path, b"what an engine reads", name)
    said = str(refused.value)
    assert name in said and f'pip install "pandas[{kind}]"' in said and "\n" not in said


@pytest.mark.parametrize(("name", "kind"), BINARY)
def test_what_an_engine_cannot_read_is_refused_in_a_line(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise ValueError("no magic bytes\nin the footer")

    monkeypatch.setattr(pd, f"read_{kind}", broken)
    with pytest.raises(UsageError, match="no magic bytes") as refused:
        read(tmp_path, b"junk", name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("frame", [pd.DataFrame({"a": []}), pd.DataFrame(index=[1, 2])])
def test_an_empty_sheet_is_refused(
    frame: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pd, "read_excel", lambda path: frame)
    with pytest.raises(UsageError, match="rows"):
        read(tmp_path, b"", "t.xlsx")
