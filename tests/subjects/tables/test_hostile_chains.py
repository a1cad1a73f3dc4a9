"""What is not on the whitelist is refused in a line that names it, and nothing of it runs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mlanim.errors import UsageError
from mlanim.subjects.tables.models import music
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.trace import follow
from tests.conftest import Call

HOSTILE = [
    "to_csv('out.csv')",
    "to_pickle('out.pkl')",
    "to_sql('t', 'sqlite://')",
    "apply(lambda row: row)",
    "map(lambda row: row)",
    "pipe(print)",
    "agg(print)",
    "assign(__class__=1)",
    "groupby('genre').apply(print)",
    "groupby('genre').agg(lambda x: x)",
    "groupby('genre').pipe(print)",
    "transform('__import__')",
    "__class__",
    "__class__.__bases__[0].__subclasses__()",
    "plays.__class__",
    "_mgr",
    "_mgr.blocks",
    "plays.values.tofile('x')",
    "plays.array",
    "style.to_html('x')",
    "plot()",
    "attrs",
    "query('@plays > 1')",
    'query(\'@__import__("os").system("true")\')',
    "query('__import__(\"os\")')",
    "query('plays.__class__')",
    "query('plays > 1', engine='python')",
    "query('plays.to_csv(\"x\")')",
    "query('plays.map(print)')",
    "query('`plays` > 1')",
    "query('[x for x in plays]')",
    "query('(lambda: 1)()')",
    "query('plays if plays else plays')",
    "query('plays > 10**10**10')",
    "query('plays ** 999 > 1')",
    "query('10 ** 8 ** 8 > plays')",
    "query('artist * 1000000000 > \"a\"')",
    'query(\'"%1000000000d" % plays > "a"\')',
    "query('artist.str.contains(\"(a+)+$\")')",
    "query('artist.str.repeat(1000000000)')",
    "query(f'{plays}')",
    'eval(\'__import__("os").system("true")\')',
    "eval('x = __import__(\"os\")')",
    "eval('x = @y')",
    "eval('import os')",
    "assign(x=open('out.txt', 'w'))",
    "assign(x=lambda d: d.plays)",
    "assign(x=10**10**10)",
    "assign(**{'x': 1})",
    "assign(x=(y := 1))",
    "assign(x=df.plays.to_csv('x'))",
    "[open('out.txt', 'w')]",
    "[[x for x in range(10**9)]]",
    "loc[lambda d: d.plays > 1]",
    "loc[__import__('os')]",
    "iloc[open('x')]",
    "head(10**10)",
    "head(99999999999999999999999)",
    "nlargest(__import__('os').getpid(), 'plays')",
    "merge(pd.read_csv('/etc/passwd'))",
    "pd.read_pickle('x')",
    "pd.eval('1')",
    "import os",
    "exec('1')",
    "os.system('true')",
    "sort_values('plays', key=abs)",
    "sort_values('plays', inplace=True)",
    "astype('object').map(str)",
    "a\0b",
    "head(1)\nimport os",
    "",
    "(" * 500,
    "-" * 1900 + "1",
    "head(" * 300 + ")" * 300,
    "head()." * 400 + "head()",
    "query('" + "(" * 600 + "plays" + ")" * 600 + " > 1')",
    "query('" + "not " * 400 + "plays > 1')",
    "x" * 1_000_000,
    "head(3)" + " " * 1_000_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_it_is_refused_in_a_line(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    began = time.process_time()
    with pytest.raises(UsageError) as refused:
        follow(music.artists(), read_chain(text), music.homes())
    assert time.process_time() - began < 1
    told = str(refused.value)
    assert told.isprintable() and len(told) < 500
    assert list(tmp_path.iterdir()) == []


def test_there_are_at_least_sixty() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sort_vales('plays')", "did you mean 'sort_values'"),
        ("sort_values('play')", "did you mean 'plays'?"),
        ("query('plaays > 1')", "did you mean 'plays'?"),
        ("groupby('genre')", ".sum()"),
        ("groupby('genre').plays", ".sum()"),
        ("sort_values", "sort_values(...)"),
        ("query('artist')", "compare"),
        ("query('artist > 3')", "artist > 3"),
        ("head('a')", "a whole number"),
        ("merge(other, how='iner')", "did you mean 'inner'?"),
        ("plays.mean().head()", "single value"),
        ("pivot(index='artist', columns='genre', values='plays').x", "no column 'x'"),
        ("set_index('artist').unstack()", "two levels"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(text: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        follow(music.artists(), read_chain(text), music.homes())
    assert told in str(refused.value)


def test_a_join_that_would_fill_the_memory_is_not_made() -> None:
    frame = music.artists()
    large = frame.loc[frame.index.repeat(4000)]
    with pytest.raises(UsageError, match="rows"):
        follow(large, read_chain("merge(other, how='cross')"), large)
    with pytest.raises(UsageError, match="rows"):
        follow(large, read_chain("merge(other, on='genre')"), large)


@pytest.mark.parametrize("text", ["to_csv('out.csv')", "query('@x > 1')", "a\0b", ""])
def test_the_command_ends_with_two_and_writes_nothing(text: str, call: Call, desk: Path) -> None:
    given = ["--set", f"chain={text}"] if text else ["--set", "table=none.csv"]
    done = call("render", "dataframe", *given, "-o", "film.mp4", "-r", "64,36", "--fps", "1")
    assert done.exit_code == 2, done.output
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (desk / "film.mp4").exists()
