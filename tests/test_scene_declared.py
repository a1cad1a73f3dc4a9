"""What a scene's source tells of its parameters, and refuses before Manim is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mlanim.catalogue import SceneEntry, entries, find, load
from mlanim.errors import UsageError
from mlanim.render.stage.asked_parameters import judge_early
from mlanim.scene_declared import declared_in

BUNDLED = [entry for entry in entries() if entry.origin == "bundled"]
WRONG = {  # a scene's parameters, and what is said of them
    "numpy expression=a+": "the expression",
    "numpy expression=a+b a=[1]": "`b`",
    "numpy einsum=ij,j a=[1] b=[1]": "einsum",
    "numpy expresion=a": "did you mean 'expression'",
    "dataframe chain=to_csv(1)": "to_csv",
    "dataframe chain=sort_values('foo')": "no 'foo'",
    "dataframe table=none.csv": "none.csv",
    "word2vec words=kinng": "did you mean 'king'",
    "word2vec analogy=king-": "analogy",
    "word2vec vectors=none.txt": "no such file",
    "word2vec corpus=none.txt": "no such file",
    "gpt2 prompt=zzz": "'zzz'",
    "gpt2 layer=9": "3 layers",
    "gpt2 temperature=hot": "must be a number",
    "thoughts ask=zzz": "'zzz'",
    "modern-attention kv_heads=3": "3 key heads",
    "seq2seq source=maisn": "'maison'",
    "seq2seq trace=x.npz": "plays no tensors",
    "transformer pronoun=it": "nouns",
    "multi-head head=99": "4 heads",
    "positional-encoding source=zzz": "'zzz'",
    "self-attention width=7": "width=7",
    "bert sentence=dog": "no [MASK]",
    "backprop expression=a**": "expression",
    "neural-network layers=1,1,1,1,1": "hidden layers",
    "decision-boundary model=foo": "model='foo'",
    "compare-boundaries models=foo,knn": "no model 'foo'",
    "decision-boundary data=none.csv": "none.csv",
    "pipelines file=none.toml": "no such file",
}


def entry_of(folder: Path, source: str) -> SceneEntry:
    path = folder / "mine.py"
    path.write_text(source)
    return find(str(path))


def asked(text: str) -> tuple[SceneEntry, dict[str, str]]:
    name, *values = text.split()
    return find(name), dict(value.split("=", 1) for value in values)


@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.name)
def test_a_source_tells_the_parameters_that_its_class_has(entry: SceneEntry) -> None:
    assert entry.path
    told = declared_in(entry.path, entry.class_name)
    real = load(entry).parameters()  # type: ignore[attr-defined]
    assert told and told.whole and list(told.parameters) == list(real)
    for name, one in told.parameters.items():
        assert (one.type, one.low, one.high) == (real[name].type, real[name].low, real[name].high)


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_value_is_refused_by_the_source_alone(text: str) -> None:
    entry, texts = asked(text)
    with pytest.raises(UsageError) as caught:
        judge_early(entry, None, {}, texts)
    assert WRONG[text] in str(caught.value)


def test_no_refusal_waits_for_manim() -> None:
    """Nor for SciPy, which who only asks does not need."""
    lines = [
        "import sys",
        "from tests.test_scene_declared import *",
        f"for text in {[text for text in WRONG if '.csv' not in text]!r}:",
        "    entry, texts = asked(text)",
        "    try:",
        "        judge_early(entry, None, {}, texts)",
        "    except UsageError:",
        "        assert not {'manim', 'scipy', 'sklearn'} & set(sys.modules), text",
        "    else:",
        "        raise AssertionError(text)",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "text",
    [text for text in WRONG if text.split()[0] in ("numpy", "dataframe", "gpt2", "word2vec")],
)
def test_the_scene_itself_says_the_same(text: str) -> None:
    entry, texts = asked(text)
    with pytest.raises(UsageError) as early:
        judge_early(entry, None, {}, texts)
    with pytest.raises(UsageError) as late:
        scene_class: Any = load(entry)
        from mlanim.parameters import read_values

        scene_class(**read_values(scene_class.parameters(), {}, texts)).construct()
    assert str(late.value) == str(early.value)


OWN = """
from typing import Literal
import mlanim
from mlanim import Explainer, parameter
class Mine(Explainer):
    heads: int = parameter(LARGE, "heads", low=1, high=4)
    odd: {kind} = parameter(None, "of a kind that only Python knows")
    construct = None
"""


def test_what_a_source_does_not_tell_is_left_to_the_class(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, OWN.format(kind="made_up()"))
    judge_early(entry, None, {}, {"odd": "x", "unknown": "y"})
    with pytest.raises(UsageError, match="heads=9 is too large"):
        judge_early(entry, None, {}, {"heads": "9"})
    whole = entry_of(tmp_path, OWN.format(kind="Literal['a', 'b'] | None"))
    judge_early(whole, None, {"heads": 2}, {"odd": "none"})
    with pytest.raises(UsageError, match="unknown parameter 'unknown'"):
        judge_early(whole, None, {}, {"unknown": "y"})


@pytest.mark.parametrize(
    "change",
    [
        ("class Mine(Explainer)", "@decorated\nclass Mine(Explainer)"),
        ("class Mine(Explainer)", "class Mine(Explainer, metaclass=Meta)"),
        ("class Mine(Explainer)", "class Mine(Elsewhere)"),
        ("construct = None", "def __init__(self, **values): ..."),
        ("construct = None", "@classmethod\n    def parameters(cls): ..."),
    ],
)
def test_a_class_that_python_alone_knows_is_not_judged(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    source = OWN.format(kind="int").replace(*change)
    path = tmp_path / "mine.py"
    path.write_text(source)
    assert declared_in(path, "Mine") is None


def test_a_scene_of_ones_own_has_the_parameters_of_what_it_derives_from(tmp_path: Path) -> None:
    source = "from mlanim.scenes.gpt2 import Gpt2\nclass Mine(Gpt2):\n    tokens = 3\n"
    entry = entry_of(tmp_path, source)
    judge_early(entry, None, {}, {"tokens": "3"})
    with pytest.raises(UsageError, match="tokens=99 is too large"):
        judge_early(entry, None, {}, {"tokens": "99"})
