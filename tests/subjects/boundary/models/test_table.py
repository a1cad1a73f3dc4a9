"""A reader's table and estimator: what can be used is, what cannot is told in one line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import MlanimError, UsageError
from mlanim.models.boundary_table import read_table
from mlanim.subjects.boundary.acts.ways import called
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.own_estimator import estimator_maker
from mlanim.subjects.boundary.models.task import array_task, task_of

ROWS = ["0,1,a", "1,0,b", "2,1,a", "3,3,b", "1,2,a", "0,0,b", "2,2,a", "4,1,b"]


def written(tmp_path, *lines, name="t.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


@pytest.mark.parametrize(
    "lines",
    [
        ["x,y,class", *ROWS],
        ["X, Y ,Class", *ROWS],
        ["class,y,x", *[",".join(row.split(",")[::-1]) for row in ROWS]],
        ["length,width,kind", *ROWS],
        ROWS,
        [row.replace(",", ";") for row in ROWS],
        [row.replace(",", "\t") for row in ROWS],
        ["x,y,class", *ROWS[:4], "", *ROWS[4:], ",,"],
        ["x,y,class,note", *[f'{row},"one, two"' for row in ROWS]],
    ],
)
def test_tables_are_read_by_name_or_place(tmp_path, lines):
    table = read_table(written(tmp_path, *lines, encoding="utf-8-sig"))
    np.testing.assert_array_equal(table.points[:2], [[0, 1], [1, 0]])
    assert table.kinds.tolist() == [0, 1] * 4
    assert table.classes == ("a", "b")


def test_axes_and_classes_keep_their_names(tmp_path):
    rows = [row.replace("a", "10").replace("b", "9") for row in ROWS]
    table = read_table(written(tmp_path, "length,width,kind", *rows))
    assert (table.axes, table.classes) == (("length", "width"), ("9", "10"))


BAD = {
    "empty": ([], "is empty"),
    "header alone": (["x,y,class"], "0 rows"),
    "too few rows": (ROWS[:5], "5 rows"),
    "one column": (["1", "2"], "1 column"),
    "two columns": (["1,2", "2,3"], "2 columns"),
    "a short row": ([*ROWS, "1,2"], "row 9: no column 3"),
    "a long row": ([*ROWS, "1,2,a,b"], "row 9: 4 columns"),
    "a longer header": (["x,y,class,note,", *[f"{row},n,1,2" for row in ROWS]], "row 1 names 4"),
    "no number": ([*ROWS, "abc,2,a"], "row 9: column 1='abc'"),
    "no number below a header": (["x,y,class", *ROWS, "1,2 cm,a"], "row 10: y='2 cm'"),
    "inf": ([*ROWS, "1,-inf,a"], "row 9: column 2='-inf'"),
    "huge": ([*ROWS, "1e300,2,a"], "row 9: column 1='1e300'"),
    "two decimal signs": (['"1,5",1,a', '"1.5",2,b', '"1,250",3,a', *ROWS], "may be 1250 or 1.25"),
    "two units": (["x,y,class", *ROWS, "2 cm,1,a"], "'2 cm' is not in the unit"),
    "a date": (["x,y,class", *ROWS, "2024-05-01,1,a"], "'2024-05-01' is a date"),
    "an open quotation": ([*ROWS, '1,"2,a'], "row 9: a quotation mark"),
    "one class": ([row.replace("b", "a") for row in ROWS], "1 class (a)"),
    "seven classes": ([f"{i},{i % 3},{'abcdefg'[i % 7]}" for i in range(21)], "7 classes"),
    "a measurement": (["x,y,class", *[f"{i},{i % 3},{i / 7}" for i in range(21)]], "21 classes"),
    "few rows for their classes": ([f"{i},{i % 4},{'abc'[i % 3]}" for i in range(11)], "3 classes"),
    "a lone class": ([*ROWS, "5,5,c"], "class 'c' has a single row"),
    "no spread": ([f"1,{i},{'ab'[i % 2]}" for i in range(9)], "column 1 is the same"),
    "a name twice": (["x,x,y,class", *[f"0,{row}" for row in ROWS]], "'x' twice"),
    "a class that cannot be written": ([*ROWS, "1,2,\x07", "1,2,\x07"], "cannot be written out"),
    "classes that differ in the middle": (
        [f"{i},{i % 5},{'long ' * 9}{i % 2}{' long' * 9}" for i in range(21)],
        "differ in the middle",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_tables_are_answered_in_one_line(tmp_path, name):
    lines, told = BAD[name]
    with pytest.raises(UsageError) as caught:
        read_table(written(tmp_path, *lines))
    line = str(caught.value)
    assert told in line
    assert "\n" not in line


def test_files_that_are_no_tables(tmp_path):
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "z.csv").write_bytes(b"a,b,c\0")
    (tmp_path / "d.csv").mkdir()
    for name in ("b.csv", "z.csv", "d.csv", "none.csv"):
        with pytest.raises(UsageError):
            task_of(str(tmp_path / name), 100)
    with pytest.raises(UsageError, match="normals"):
        task_of("normal", 100)
    with pytest.raises(UsageError, match=r"FILE\.csv"):
        task_of("qqqqqq", 100)


@given(st.integers(4, 50), st.integers(2, 6), st.integers(0, 5))
def test_a_part_is_kept_unseen_and_every_class_is_seen_at_once(each, classes, seed):
    rows = each * classes + 1
    points = np.random.default_rng(seed).normal(size=(rows, 2))
    labels = [f"c{i % classes}" for i in range(rows)]
    task = array_task(points, labels, seed=seed)
    assert len(task.points) + len(task.unseen) == rows
    assert np.bincount(task.kinds[: task.least]).tolist() == [2] * classes
    everything = np.concatenate([task.points, task.unseen])
    np.testing.assert_array_equal(np.sort(everything, axis=0), np.sort(points, axis=0))
    assert task.problem is None


def test_many_rows_are_a_sample_that_says_so():
    random = np.random.default_rng(0)
    kinds = random.choice(3, 100_000, p=[0.7, 0.28, 0.02])
    points = random.normal(size=(100_000, 2))
    task = array_task(points, kinds, count=500)
    assert (len(task.points), len(task.unseen)) == (500, 5000)
    assert task.told == "a sample: 500 of 100,000 rows"
    for part in (task.kinds[:50], task.kinds, task.unseen_kinds):
        counts = np.bincount(part, minlength=3)
        assert np.abs(counts - len(part) * np.bincount(kinds) / 100_000).max() <= 2
    same, other = (array_task(points, kinds, count=500, seed=seed) for seed in (0, 1))
    np.testing.assert_array_equal(task.points, same.points)
    assert not np.array_equal(task.points, other.points)


@pytest.mark.parametrize(
    ("points", "labels"),
    [([[1.0, 2.0]], [1]), ([1.0, 2.0], [1, 2]), ([[1, 2], [3, 4]], [1]), ([[np.nan, 2]] * 9, "ab")],
)
def test_arrays_that_are_no_task(points, labels):
    with pytest.raises(UsageError):
        array_task(points, labels)


MODULE = """
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
ready = NearestCentroid()
def make_model(): return KNeighborsClassifier(3)
class Named(KNeighborsClassifier): name = "Rule of thumb"
def broken(): raise ValueError("no luck")
class Mute:
    def fit(self, x, y): return self
class Failing:
    def fit(self, x, y): raise RuntimeError("cannot")
    def predict(self, x): return x
class Wrong:
    def fit(self, x, y): return self
    def predict(self, x): return x
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "readers_models.py").write_text(MODULE)
    (tmp_path / "readers_ruin.py").write_text("import a_package_that_is_not_there")
    (tmp_path / "readers_crash.py").write_text("1 / 0")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["make_model", "ready"])
def test_a_readers_own_estimator_learns_three_classes(module, name):
    random = np.random.default_rng(0)
    kinds = random.integers(0, 3, 90)
    points = np.array([[0, 0], [4, 0], [0, 4]])[kinds] + random.normal(size=(90, 2)) / 2
    fit = fit_growing(array_task(points, kinds), f"readers_models:{name}", [12, 60], Settings())[-1]
    assert fit.test_error < 0.1
    assert fit.scores(points).shape == (90, 3)


def test_a_readers_own_estimator_is_called_as_it_calls_itself(module):
    made = [
        estimator_maker(f"readers_models:{name}")() for name in ("make_model", "ready", "Named")
    ]
    names = ["readers_models:make_model", "readers_models:ready", "readers_models:Named"]
    expected = ["KNeighborsClassifier", "NearestCentroid", "Rule of thumb"]
    assert called(names, made) == expected
    assert called([*names, "knn"], [*made, None], short=True) == [*expected, "k-NN"]
    twice = [names[0], "readers_models:other"]
    assert called(twice, [made[0], made[0]]) == ["make_model", "other"]


@pytest.mark.parametrize(
    ("name", "error", "told"),
    [
        ("readers_model:make_model", UsageError, "no module 'readers_model'"),
        ("readers_models:make_modle", UsageError, "make_model"),
        ("readers_models:", UsageError, "MODULE:NAME"),
        (":make", UsageError, "MODULE:NAME"),
        ("readers_models:Mute", UsageError, "without predict"),
        ("readers_models:broken", MlanimError, "ValueError: no luck"),
        ("readers_ruin:x", MlanimError, "a_package_that_is_not_there"),
        ("readers_crash:x", MlanimError, "ZeroDivisionError"),
    ],
)
def test_estimators_that_cannot_be_made(module, name, error, told):
    with pytest.raises(error) as caught:
        estimator_maker(name)()
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "told"), [("Failing", "RuntimeError"), ("Wrong", "gives shape")])
def test_estimators_that_fail_on_the_way(module, name, told):
    task = array_task(np.random.default_rng(0).normal(size=(40, 2)), [0, 1] * 20)
    with pytest.raises(MlanimError, match=told):
        fit_growing(task, f"readers_models:{name}", [8, 20], Settings())
