"""Traces of other models: what is read back, and what is refused, in one line."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from mlanim.cli import cli
from mlanim.errors import UsageError
from mlanim.models.captured import CapturedTrace, read_trace, write_trace

TOKENS = ("the", "cat", "sat")


def whole() -> CapturedTrace:
    random = np.random.default_rng(0)
    scores = np.exp(random.normal(size=(2, 4, 3, 3)))
    return CapturedTrace(
        TOKENS,
        attention=scores / scores.sum(axis=-1, keepdims=True),
        hidden_states=random.normal(size=(3, 3, 8)),
        logits=random.normal(size=(3, 5)),
        vocabulary=("a", "b", "c", "d", "e"),
    )


def npz(path: Path, **arrays) -> Path:
    np.savez(path, **arrays)
    return path


@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_what_was_written_is_read(tmp_path, suffix):
    trace = whole()
    path = write_trace(trace, tmp_path / f"trace{suffix}")
    found = read_trace(path)
    assert found.tokens == TOKENS
    assert found.vocabulary == trace.vocabulary
    for name in ("attention", "hidden_states", "logits"):
        np.testing.assert_allclose(getattr(found, name), getattr(trace, name), atol=1e-6)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_what_was_not_captured_is_none(tmp_path, suffix):
    path = write_trace(
        CapturedTrace(TOKENS, hidden_states=np.ones((2, 3, 4))), tmp_path / f"trace{suffix}"
    )
    found = read_trace(path)
    assert found.attention is None and found.logits is None
    assert (found.layers, found.heads) == (1, 0)


def test_show_tells_what_a_trace_holds(tmp_path):
    path = write_trace(whole(), tmp_path / "trace.npz")
    shown = CliRunner().invoke(cli, ["show", str(path)])
    assert shown.exit_code == 0
    assert "2 x 4 x 3 x 3" in shown.output and "the cat sat" in shown.output
    record = json.loads(CliRunner().invoke(cli, ["show", str(path), "--json"]).output)
    assert record["arrays"]["logits"] == [3, 5]


def claimed(
    path: Path, shape: tuple[int, ...], descr: str = "<f4", name: str = "attention"
) -> Path:
    """A .npz whose array claims more than it has."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": descr, "fortran_order": False, "shape": shape}
    )
    np.savez(path, tokens=np.array(TOKENS))
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(f"{name}.npy", header.getvalue())
    return path


def bomb(path: Path) -> Path:
    """Half a gigabyte of zeros in half a megabyte."""
    np.savez(path, tokens=np.array(TOKENS))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as zipped,
        zipped.open("attention.npy", "w", force_zip64=True) as file,
    ):
        for _ in range(500):
            file.write(bytes(1_000_000))
    return path


def long_header(path: Path) -> Path:
    np.savez(path, tokens=np.array(TOKENS))
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(
            "attention.npy", b"\x93NUMPY\x02\x00" + (10**10 % 2**32).to_bytes(4, "little")
        )
    return path


def with_entry(path: Path, name: str, data: bytes = b"x") -> Path:
    np.savez(path, tokens=np.array(TOKENS))
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(name, data)
    return path


def text(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def sums(value: float) -> np.ndarray:
    return np.full((1, 1, 3, 3), value)


T = np.array(TOKENS)
BAD = {
    "no tokens": lambda p: npz(p, attention=sums(1 / 3)),
    "no words": lambda p: npz(p, tokens=np.array([], dtype="U3")),
    "too many tokens": lambda p: npz(p, tokens=np.array(["a"] * 65)),
    "numbers as tokens": lambda p: npz(p, tokens=np.arange(3)),
    "unprintable token": lambda p: npz(p, tokens=np.array(["a", "\x07"])),
    "other token count": lambda p: npz(p, tokens=T, attention=np.full((1, 1, 2, 2), 0.5)),
    "wrong rank": lambda p: npz(p, tokens=T, attention=np.full((3, 3), 1 / 3)),
    "NaN": lambda p: npz(p, tokens=T, attention=sums(np.nan)),
    "infinite": lambda p: npz(p, tokens=T, logits=np.full((3, 2), np.inf)),
    "scores for weights": lambda p: npz(p, tokens=T, attention=sums(2.0)),
    "negative weights": lambda p: npz(p, tokens=T, attention=np.array([[[[2.0, -1, 0]] * 3]])),
    "one hidden state": lambda p: npz(p, tokens=T, hidden_states=np.ones((1, 3, 4))),
    "layers that disagree": lambda p: npz(
        p, tokens=T, attention=sums(1 / 3), hidden_states=np.ones((4, 3, 4))
    ),
    "too many layers": lambda p: npz(p, tokens=T, hidden_states=np.ones((200, 3, 1))),
    "vocabulary of another size": lambda p: npz(
        p, tokens=T, logits=np.ones((3, 2)), vocabulary=np.array(["a"])
    ),
    "complex numbers": lambda p: npz(p, tokens=T, logits=np.ones((3, 2), complex)),
    "objects": lambda p: npz(p, tokens=T, logits=np.array([{}, {}], dtype=object)),
    "10 GB claimed": lambda p: claimed(p, (1, 10**9, 3, 3)),
    "10 GB of words claimed": lambda p: claimed(p, (10**9,), "<U3", "vocabulary"),
    "10 GB header": long_header,
    "zip bomb": bomb,
    "path trick": lambda p: with_entry(p, "../../evil.npy"),
    "absolute path": lambda p: with_entry(p, "/etc/evil.npy"),
    "no array inside": lambda p: with_entry(p, "attention.npy", b"hello"),
    "script inside": lambda p: with_entry(p, "run.py", b"print(1)"),
    "empty file": lambda p: text(p, b""),
    "no zip": lambda p: text(p, b"not a zip at all"),
    "cut off": lambda p: text(p, npz(p, tokens=T).read_bytes()[:200]),
    "pickle": lambda p: text(p, b"\x80\x04N."),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_trace_is_refused_in_one_line(tmp_path, fault):
    path = BAD[fault](tmp_path / "bad.npz")
    with pytest.raises(UsageError) as refused:
        read_trace(path)
    assert "\n" not in str(refused.value)
    assert "bad.npz" in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [b"", (10**10).to_bytes(8, "little") + b"{}", b"\x02" + bytes(7) + b"{}", b"x" * 100],
)
def test_a_bad_safetensors_file_is_refused(tmp_path, content):
    path = text(tmp_path / "bad.safetensors", content)
    with pytest.raises(UsageError) as refused:
        read_trace(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["missing.npz", "trace.txt", "."])
def test_what_is_no_trace_is_refused_by_the_command_line(tmp_path, name):
    done = CliRunner().invoke(cli, ["render", "seq2seq", "--trace", str(tmp_path / name)])
    assert done.exit_code == 2
    assert done.output.count("\n") == 1


def test_a_scene_that_plays_no_traces_says_so(tmp_path):
    path = write_trace(whole(), tmp_path / "trace.npz")
    done = CliRunner().invoke(cli, ["render", "seq2seq", "--trace", str(path)])
    assert done.exit_code == 2
    assert "plays no tensors of other models" in done.output
