"""The reader's arrays, written or in files; what is none is a line."""

from __future__ import annotations

import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.subjects.arrays.models.named_arrays import array_of, arrays_of

TABLE = np.array([[1.5, 2.0], [3.0, 4.25]])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[1,2],[3,4]]", [[1, 2], [3, 4]]),
        ("3", 3),
        ("-1.5", -1.5),
        ("[True, False]", [True, False]),
        ("arange(4).reshape(2, 2)", [[0, 1], [2, 3]]),
        ("[nan, inf]", [np.nan, np.inf]),
    ],
)
def test_what_is_written(text, value):
    np.testing.assert_array_equal(array_of("a", text), value)


def test_files(tmp_path):
    np.save(tmp_path / "one.npy", TABLE)
    np.savez(tmp_path / "two.npz", a=TABLE, other=TABLE[0])
    np.savez(tmp_path / "single.npz", whatever=TABLE)
    (tmp_path / "three.csv").write_text("x;y\n1,5;2\n3;4,25\n")
    texts = {
        "p": str(tmp_path / "one.npy"),
        "a": str(tmp_path / "two.npz"),
        "q": str(tmp_path / "single.npz"),
        "t": str(tmp_path / "three.csv"),
    }
    for array in arrays_of(texts).values():
        np.testing.assert_array_equal(array, TABLE)
    member = array_of("z", f"{tmp_path / 'two.npz'}:other")
    np.testing.assert_array_equal(member, TABLE[0])


def test_a_table_of_whole_numbers_is_one_of_integers(tmp_path):
    (tmp_path / "n.csv").write_text("name,plays,stars\nx,1,2\ny,3,4\n")
    array = array_of("n", str(tmp_path / "n.csv"))
    assert array.dtype == np.int64 and array.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("1a", "[1]"),
        ("np", "[1]"),
        ("for", "[1]"),
        ("a", "[1, [2]]"),
        ("a", "hello"),
        ("a", "[]"),
        ("a", "'x'"),
        ("a", "nowhere.npy"),
        ("a", "nowhere.npz:b"),
        ("a", "zeros((9000, 9000))"),
        ("a", "[" * 5000),
    ],
)
def test_what_is_no_array_is_a_line(name, text):
    with pytest.raises(UsageError) as caught:
        array_of(name, text)
    assert len(str(caught.value).splitlines()) == 1


def test_broken_files_are_a_line(tmp_path):
    np.save(tmp_path / "objects.npy", np.array([{}], dtype=object))
    (tmp_path / "text.npy").write_text("no array")
    (tmp_path / "empty.npy").write_bytes(b"")
    (tmp_path / "zip.npz").write_bytes(b"PK nothing")
    (tmp_path / "ragged.csv").write_text("1,2\n3\n")
    (tmp_path / "words.csv").write_text("a,b\nc,d\n")
    huge = np.lib.format.header_data_from_array_1_0(np.zeros(1)) | {"shape": (10**6, 10**6)}
    with (tmp_path / "huge.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, huge)
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(UsageError) as caught:
            array_of("a", str(path))
        assert path.name in str(caught.value) and len(str(caught.value).splitlines()) == 1
