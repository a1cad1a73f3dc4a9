"""Tables as programs and people write them are read as a person would read them."""

from __future__ import annotations

import codecs
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.boundary_table import read_table
from mlanim.models.written_number import number_written
from mlanim.subjects.boundary.models.task import task_of
from tests.subjects.boundary.models.mutated_tables import mutated

# What every table here says, however it is written: x, y and the class of each row.
X = [0.5, -1.25, 1.125, 0.095, 1234.5, -0.375, 2.0, 3.5]
Y = [1, 2, 3, 0, 2, 1, 5, 0]
KINDS = ["elm", "oak"] * 4


def told(points=(X, Y), kinds=KINDS):
    return np.stack([np.array(axis, float) for axis in points], axis=1).tolist(), list(kinds)


def read(folder: Path, text: str | bytes, **asked):
    file = folder / "t.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(file, **asked)


def rows(separator: str = ",", form: str = "{x},{y},{kind}", end: str = "\n", **style) -> str:
    written = (
        form.replace(",", separator).format(x=style.get("x", str)(x), y=y, kind=kind, i=i)
        for i, (x, y, kind) in enumerate(zip(X, Y, KINDS, strict=True))
    )
    return end.join([*written, ""])


def german(x: float) -> str:
    return f"{x:,}".translate(str.maketrans(",.", ".,"))


PLAIN = "x,y,class\n" + rows()
WILD = {
    "plain": PLAIN,
    "no header": rows(),
    "no line end at the end": PLAIN.rstrip("\n"),
    "lines of DOS": PLAIN.replace("\n", "\r\n"),
    "lines of an old Mac": PLAIN.replace("\n", "\r"),
    "blank lines": PLAIN.replace("\n", "\n\n  \n"),
    "an end mark of DOS": PLAIN + "\x1a",
    "a BOM": codecs.BOM_UTF8 + PLAIN.encode(),
    "UTF-16 with a BOM": PLAIN.encode("utf-16"),
    "UTF-16 of the other order": codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
    "UTF-16 without a BOM": PLAIN.encode("utf-16-le"),
    "UTF-32": PLAIN.encode("utf-32"),
    "decimal commas": "x;y;class\n" + rows(";", x=german),
    "decimal commas without a header": rows(";", x=german),
    "decimal commas between tabs": rows("\t", x=german),
    "decimal commas in quotation marks": rows(form='"{x}",{y},{kind}', x=german),
    "decimal commas between spaces": rows(" ", x=lambda x: str(x).replace(".", ",")),
    "groups of three digits": rows(";", x="{:,}".format),
    "groups with a space": rows(";", x=lambda x: f"{x:,}".replace(",", "\u202f")),
    "a true minus": rows(x=lambda x: str(x).replace("-", "\u2212")),
    "powers of ten": rows(x="{:e}".format),
    "a line that says what separates": "sep=;\n" + rows(";"),
    "such a line, and decimal commas": '"sep=;"\r\n' + rows(";", x=german),
    "such a line, and a sign of its own": "sep=^\n" + rows("^"),
    "tabs": rows("\t"),
    "bars": "x | y | class\n" + rows(" | "),
    "columns of spaces": "x     y   class\n" + rows("    "),
    "space behind commas": rows(", "),
    "space around everything": rows(form="  {x} , {y}  , {kind}  "),
    "all in quotation marks": '"x","y","class"\n' + rows(form='"{x}","{y}","{kind}"'),
    "all in single ones": "'x','y','class'\n" + rows(form="'{x}','{y}','{kind}'"),
    "trailing separators": rows(form="{x},{y},{kind},"),
    "trailing separators below a header": "x,y,class\n" + rows(form="{x},{y},{kind},,"),
    "trailing separators everywhere": "x,y,class,,\n" + rows(form="{x},{y},{kind},,"),
    "comments": "# made in 2024\n# by hand, by me\n" + PLAIN.replace("0.095", "# half\n0.095"),
    "a comment with a quotation mark": '# 5" each, it\'s "short\n' + PLAIN,
    "a comment that is the header": "# x,y,class\n" + rows(),
    "a header that begins with #": "#,x,y,class\n" + rows(form="{i},{x},{y},{kind}"),
    "an index without a name": ",x,y,class\n" + rows(form="{i},{x},{y},{kind}"),
    "an index whose name is missing": "x,y,class\n" + rows(form="r{i},{x},{y},{kind}"),
    "numbers above unnamed columns": "0,1,2\n" + rows(),
    "numbers and an index": ",0,1,2\n" + rows(form="{i},{x},{y},{kind}"),
    "a title above": "Trees of 2024\n\n" + PLAIN,
    "a title padded with separators": "Trees of 2024;;\nx;y;class\n" + rows(";"),
    "units below the header": "x,y,class\ncm,kg,\n" + rows(),
    "units behind the numbers": "x,y,class\n" + rows(form="{x} cm,{y}kg,{kind}"),
    "per cent": rows(form="{x}%,{y} %,{kind}"),
    "dollars": rows(form="{x},${y},{kind}"),
    "names with line ends": '"the\nx","y, up","class"\n' + rows(),
    "classes with line ends": "x,y,class\n" + rows(form='{x},{y},"\n{kind}\n"'),
    "notes with separators": "x,y,class,note\n" + rows(form='{x},{y},{kind},"a, ""b"",\nc"'),
    "rows without a value": PLAIN + "NA,1,elm\n2,,oak\n3,4,\n?,#N/A,oak\nnan,2,elm\n",
    "a first row without a value": "NA,1,elm\n" + rows(),
    "other columns": "d,x,on,y,z,class\n"
    + rows(form="2024-01-0{i},{x},true,{y},,{kind}").replace(",true,0", ",false,0"),
    "the class first": "class,x,y\n" + rows(form="{kind},{x},{y}"),
    "the class in the middle": rows(form="{x},{kind},{y}"),
    "the same name twice, unused": "note,note,x,y,class\n" + rows(form="one,{i},{x},{y},{kind}"),
    "a column of one value": "on,x,y,class\n" + rows(form="1,{x},{y},{kind}"),
}


@pytest.mark.parametrize("name", WILD)
def test_the_same_table_is_read_however_it_is_written(tmp_path, name):
    table = read(tmp_path, WILD[name])
    kinds = [table.classes[kind] for kind in table.kinds]
    assert (table.points.tolist(), kinds) == told()


@pytest.mark.parametrize(
    ("text", "classes", "kinds"),
    [
        ("target,a,b\n" + "0,1.5,2\n1,2.5,3\n1,0.25,1\n0,4.5,2\n" * 3, ("0", "1"), [0, 1, 1, 0]),
        ("0,1.5,2\n1,2.5,3\n1,0.25,1\n0,4.5,0\n" * 3, ("0", "1"), [0, 1, 1, 0]),
        ("y,x1,x2\n" + "0,1.5,2\n1,2.5,3\n1,0.25,1\n0,4.5,0\n" * 3, ("0", "1"), [0, 1, 1, 0]),
        ("x,y,class\n" + "1,2,1\n2,1,1.0\n3,3, 0\n4,1,0.0\n" * 3, ("0", "1"), [1, 1, 0, 0]),
        ("x;y;class\n" + "1;2;1\n2;1;1,0\n3;3;'0'\n4;1;00\n" * 3, ("0", "1"), [1, 1, 0, 0]),
        ("x,y,class\n" + "1,2,True\n2,1,true\n3,3,FALSE\n" * 4, ("false", "true"), [1, 1, 0]),
        ("x,y,class\n" + "1,2,+\n2,1,-\n3,3,+\n" * 4, ("+", "-"), [0, 1, 0]),
        ("x,y,class\n" + "1,2,none\n2,1,mild\n3,3,none\n" * 4, ("mild", "none"), [1, 0, 1]),
        ("x,y,class\n" + "1,2,10\n2,1,9\n3,3,10\n" * 4, ("9", "10"), [1, 0, 1]),
    ],
)
def test_classes_are_what_they_mean(tmp_path, text, classes, kinds):
    table = read(tmp_path, text)
    assert table.classes == classes
    assert table.kinds.tolist()[: len(kinds)] == kinds


TREES = ("elm", "oak", "ash")
MANY = "d,sepal_length,sepal_width,petal_length,petal_width,site,species\n" + "".join(
    f"2024-01-{i:02d},{i},{i % 5},{i / 2},{i * i % 7},{'ns'[i % 2]},{TREES[i % 3]}\n"
    for i in range(1, 25)
)


@pytest.mark.parametrize(
    ("asked", "axes", "classes", "said"),
    [
        ({}, (2, 3), sorted(TREES), "x: {}, y: {}, class: species; d, petal_*, site not used"),
        ({"columns": ["petal_length", "3"], "label": "site"}, (4, 3), "ns", ""),
        ({"columns": ["PETAL_WIDTH", "2"]}, (5, 2), sorted(TREES), "class: species"),
        ({"label": "6"}, (2, 3), "ns", "class: site"),
    ],
)
def test_columns_are_those_asked_for_or_said(tmp_path, asked, axes, classes, said):
    table = read(tmp_path, MANY, **asked)
    names = tuple(MANY.splitlines()[0].split(",")[i - 1] for i in axes)
    assert (table.axes, table.classes) == (names, tuple(classes))
    assert said.format(*names) in table.told and bool(said) == bool(table.told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"columns": ["sepal_lenght", "3"]}, "did you mean 'sepal_length'"),
        ({"columns": ["2", "9"]}, "no column '9'"),
        ({"columns": ["d", "2"]}, "row 2: d='2024-01-01' is a date"),
        ({"columns": ["site", "2"]}, "row 2: site='s' is no number"),
        ({"label": "sepal_length"}, "24 classes (1, 2, 3, ...) in sepal_length"),
        ({"columns": ["2", "2"]}, "asked for twice"),
    ],
)
def test_what_cannot_be_asked_for_names_what_is_there(tmp_path, asked, told):
    with pytest.raises(UsageError) as caught:
        read(tmp_path, MANY, **asked)
    assert told in str(caught.value)


def test_letters_of_windows_are_read_and_said(tmp_path):
    table = read(tmp_path, PLAIN.replace("elm", "Erle groß").encode("cp1252"))
    assert table.classes == ("Erle groß", "oak")
    assert "Windows-1252" in table.told


def test_units_and_places_are_the_axes_names(tmp_path):
    assert read(tmp_path, WILD["units behind the numbers"]).axes == ("x (cm)", "y (kg)")
    assert read(tmp_path, rows()).axes == ("x", "y")


def test_what_was_left_out_is_said(tmp_path):
    told_of = read(tmp_path, WILD["rows without a value"]).told
    assert told_of == "left out: 5 of 13 rows without a value in x or y or class"


def test_very_small_numbers_are_shown_in_powers_of_a_thousand(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("x,y,class\n" + "1e-300,5000000001,a\n3e-300,5000000004,b\n" * 6)
    task = task_of(str(file), 100)
    assert task.axes == ("x (10⁻³⁰⁰)", "y − 5000000001")
    assert sorted({round(x, 6) for x in task.points[:, 0]}) == [1, 3]
    assert sorted(set(task.points[:, 1])) == [0, 3]


@given(st.integers(0, 2**32))
@settings(deadline=None, max_examples=150)
def test_any_table_is_read_or_answered_in_one_line(tmp_path_factory, seed):
    file = tmp_path_factory.mktemp("t") / "t.csv"
    file.write_bytes(mutated(seed))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            task = task_of(str(file), 100)
        except UsageError as error:
            line = str(error)
            assert "\n" not in line and len(line) < 400
        else:
            assert np.isfinite(task.points).all() and 2 <= len(task.classes) <= 6


@given(
    st.lists(
        st.floats(-1e11, 1e11).filter(lambda x: x == 0 or abs(x) > 1e-9),
        min_size=8,
        max_size=20,
    )
)
@settings(deadline=None)
def test_every_way_to_write_a_number_gives_the_number(values):
    for value in values:
        plain = f"{value:.9f}"
        grouped = f"{value:,.9f}"
        english = number_written(grouped)
        comma = number_written(grouped.translate(str.maketrans(",.", ".,")))
        spaced = number_written(grouped.replace(",", "\u202f").replace(".", ",") + " kg")
        assert english.point == comma.comma == spaced.comma == float(plain)
        assert (english.proves, comma.proves, spaced.unit) == (".", ",", "kg")
