"""Tables, models and settings that cannot be: one line each, and nothing is left behind."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.test_wrong_inputs import Wrong, tree, wrong
from tests.conftest import Call

ROWS = [f"{i},{i * i % 7},{'ab'[i % 2]}" for i in range(12)]
HEADED = ["x,y,class", *ROWS]
TABLES = {
    "good.csv": HEADED,
    "empty.csv": [],
    "blank.csv": ["", " , ,", ""],
    "header.csv": ["x,y,class"],
    "few.csv": ROWS[:5],
    "narrow.csv": ["1,2", "2,3"],
    "ragged.csv": [*HEADED, "1,2"],
    "text.csv": [*HEADED, "1,2 or 3,a"],
    "infinite.csv": [*HEADED, "inf,2,a"],
    "huge.csv": [*HEADED, "1e300,2,a"],
    "dated.csv": [*HEADED, "2024-05-01,2,a"],
    "units.csv": [*HEADED, "2 cm,2,a"],
    "one.csv": [row.replace("b", "a") for row in ROWS],
    "seven.csv": [f"{i},{i % 3},{'abcdefg'[i % 7]}" for i in range(21)],
    "numbers.csv": ["x,y,class", *[f"{i},{i % 3},{i / 7:.3f}" for i in range(21)]],
    "lone.csv": [*HEADED, "5,5,c"],
    "flat.csv": [f"1,{i},{'ab'[i % 2]}" for i in range(9)],
    "twice.csv": ["x,x,y,class", *[f"0,{row}" for row in ROWS]],
    "open.csv": [*HEADED, '1,"2,a'],
}
MODULE = """
def broken(): raise ValueError("no luck")
def number(): return 5
class Failing:
    def fit(self, x, y): raise RuntimeError("cannot")
    def predict(self, x): return x
class Wide:
    def fit(self, x, y): return self
    def predict(self, x): return x
class Words:
    def fit(self, x, y): return self
    def predict(self, x): return ["a"] * len(x)
class Beyond:
    def fit(self, x, y): return self
    def predict(self, x): return [7] * len(x)
class Unsure:
    def fit(self, x, y): return self
    def predict(self, x): return [0] * len(x)
    def predict_proba(self, x): return [[float("nan")] * 2] * len(x)
class Narrow(Unsure):
    def predict_proba(self, x): return [[1.0]] * len(x)
"""


def data(name: str, *says: str) -> object:
    return wrong(f"decision-boundary --set data={name}", 2, name.split(".")[0], *says)


def model(name: str, code: int, *says: str) -> object:
    return wrong(f"decision-boundary --set model={name}", code, *says)


CASES = [
    data("normal", "did you mean 'normals'"),
    data("nowhere.csv", "no file", "x, y and class"),
    data("folder.csv", "cannot read"),
    data("binary.csv", "1 column"),
    data("empty.csv", "is empty"),
    data("blank.csv", "is empty"),
    data("header.csv", "0 rows"),
    data("few.csv", "5 rows"),
    data("narrow.csv", "2 columns"),
    data("ragged.csv", "row 14: no class"),
    data("text.csv", "row 14", "y='2 or 3'"),
    data("infinite.csv", "row 14", "x='inf'"),
    data("huge.csv", "row 14", "x='1e300'"),
    data("dated.csv", "row 14", "x='2024-05-01' is a date", "columns="),
    data("units.csv", "row 14", "'2 cm'", "unit"),
    data("one.csv", "1 class (a)", "two to 6"),
    data("seven.csv", "7 classes", "two to 6"),
    data("numbers.csv", "21 classes", "two to 6"),
    data("lone.csv", "'c' has a single row"),
    data("flat.csv", "column 1 is the same", "columns="),
    data("twice.csv", "'x' twice"),
    data("open.csv", "row 14", "quotation mark"),
    data("good.csv --set columns=x,z", "no column 'z'", "x, y, class"),
    wrong("decision-boundary --set data=good.csv --set columns=x", 2, "columns=x", "two"),
    data("good.csv --set columns=x,2 --set label=1", "'x' is asked for twice"),
    data("good.csv --set columns=1,3", "row 2", "class='a' is no number"),
    data("good.csv --set label=4", "no column '4'"),
    data("good.csv --set label=x", "1 column of numbers", "besides the class, x"),
    wrong("decision-boundary --set data=moons --set label=c", 2, "label=c", "moons", "FILE.csv"),
    data("binary.xlsx", "no text", "CSV"),
    data("~nobody-has-this-name/t.csv", "no home folder"),
    wrong(f"decision-boundary --set data={'n' * 300}.csv", 2, "nnn…nnn", "a part of 304 bytes"),
    model("logistik", 2, "did you mean 'logistic'"),
    model("nowhere:make", 2, "no module 'nowhere'", "this folder"),
    model("own:mak", 2, "own has no 'mak'"),
    model("own:", 2, "MODULE:NAME"),
    model("ruin:make", 1, "a_package_that_is_not_there"),
    model("crash:make", 1, "ZeroDivisionError"),
    model("own:broken", 1, "ValueError: no luck"),
    model("own:number", 2, "int without fit"),
    model("own:Failing", 1, "RuntimeError: cannot"),
    model("own:Wide", 2, "shape"),
    model("own:Words", 2, "'a'"),
    model("own:Beyond", 2, "7"),
    model("own:Unsure", 2, "nan"),
    model("own:Narrow", 2, ", 1): not"),
    wrong("decision-boundary --set sizes=3,10", 2, "sizes=3", "4"),
    wrong("decision-boundary --set sizes=", 2, "sizes"),
    wrong("decision-boundary --set sizes=10,9000", 2, "9000", "4000"),
    wrong("decision-boundary --set k=0", 2, "k=0", "1 to 500"),
    wrong("decision-boundary --set kernel=rfb", 2, "did you mean 'rbf'"),
    wrong("decision-boundary --set noise=nan", 2, "noise=nan"),
    wrong("compare-boundaries --set models=knn", 2, "models=knn", "two to nine"),
    wrong("compare-boundaries --set models=knn,svn", 2, "'svn'", "did you mean 'svm'"),
    wrong("compare-boundaries --set data=lone.csv", 2, "'c' has a single row"),
]


@pytest.fixture
def table_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, lines in TABLES.items():
        (desk / name).write_text("\n".join(lines) + "\n")
    (desk / "folder.csv").mkdir()
    (desk / "binary.csv").write_bytes(b"\xff\xfe\x00\x01")
    (desk / "binary.xlsx").write_bytes(b"PK\x03\x04\0\0")
    (desk / "own.py").write_text(MODULE)
    (desk / "ruin.py").write_text("import a_package_that_is_not_there")
    (desk / "crash.py").write_text("1 / 0")
    (desk / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(desk / "temporary"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for name in ("own", "ruin", "crash"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return desk


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_is_one_teaching_line(case: Wrong, call: Call, table_desk: Path) -> None:
    before = tree(table_desk)
    result = call("render", *case.words, "-q", "l", "--fps", "1", "-o", "made.mp4")
    assert result.exit_code == case.code, result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("mlanim")
    assert "Traceback" not in line and ".py:" not in line
    for words in case.says:
        assert words in line
    assert tree(table_desk) == before
