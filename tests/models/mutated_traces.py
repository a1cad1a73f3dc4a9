"""Trace files as they should not be: an honest one, changed at random in one or two ways."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Arrays = dict[str, Any]
Random = np.random.Generator

TOKENS = (
    "the",
    " cat",
    "sat",
    "",
    " ",
    "猫",
    "é",
    "😀",
    "[CLS]",
    "##ing",
    "a" * 64,
    "<E7 8C>",
    "\\",
)
ODD = ("\n", "\x00", "\ud800", "a" * 65, "\u200b", "\x1b[31m", "a" * 100_000, "﷽", "ا", "\u0301")
SHAPES = ((), (0,), (1,), (3,), (2, 2), (0, 0, 0, 0), (1, 1, 3, 3), (200, 3, 3), (1, 1, 1, 1, 1))


def honest(random: Random) -> Arrays:
    """A whole trace of any size that can be drawn."""
    count = int(random.choice([1, 2, 3, 5, 8, 17, 64]))
    layers, heads = (int(random.choice([1, 2, 4])) for _ in range(2))
    words = int(random.choice([1, 2, 9, 40, 700]))
    scores = np.exp(random.normal(size=(layers, heads, count, count)))
    if random.random() < 0.5:
        scores *= np.tri(count)
    states = random.normal(size=(layers + 1, count, int(random.choice([1, 4, 33]))))
    return {
        "tokens": np.array([str(random.choice(TOKENS)) for _ in range(count)]),
        "attention": (scores / scores.sum(-1, keepdims=True)).astype(np.float32),
        "hidden_states": states.astype(np.float32),
        "logits": random.normal(0, 5, size=(count, words)).astype(np.float32),
        "vocabulary": np.array([f" w{i}" for i in range(words)]),
    }


def _name(arrays: Arrays, random: Random) -> str:
    return str(random.choice(sorted(arrays) or ["tokens"]))


def _number(arrays: Arrays, random: Random) -> str:
    numbers = [n for n, a in arrays.items() if np.asarray(a).dtype.kind == "f"]
    return str(random.choice(numbers)) if numbers else _name(arrays, random)


def leave_out(arrays: Arrays, random: Random) -> None:
    arrays.pop(_name(arrays, random), None)


def rename(arrays: Arrays, random: Random) -> None:
    new = str(random.choice(["keys", "a b", "../up", "", "Tokens", "attention ", "猫"]))
    arrays[new] = arrays.pop(_name(arrays, random), np.ones(2))


def reshape(arrays: Arrays, random: Random) -> None:
    shape = SHAPES[int(random.integers(len(SHAPES)))]
    arrays[_name(arrays, random)] = np.ones(shape, np.float32)


def cut(arrays: Arrays, random: Random) -> None:
    name = _name(arrays, random)
    array = np.asarray(arrays.get(name, np.ones(3)))
    if array.ndim:
        axis = int(random.integers(array.ndim))
        arrays[name] = np.take(array, range(array.shape[axis] // 2), axis=axis)


def poison(arrays: Arrays, random: Random) -> None:
    name = _number(arrays, random)
    array = np.array(arrays.get(name, np.ones(3)))
    if array.size and array.dtype.kind == "f":
        bad = [np.nan, np.inf, -np.inf, -1.0, 1e38, -3.4e38, 1e-40]
        array.flat[int(random.integers(array.size))] = random.choice(bad)
        arrays[name] = array


def scale(arrays: Arrays, random: Random) -> None:
    name = _number(arrays, random)
    with np.errstate(all="ignore"):
        factor = random.choice([0.0, -1.0, 1e-30, 1e30, 0.99])
        arrays[name] = np.asarray(arrays.get(name, np.ones(2)), np.float32) * factor


def retype(arrays: Arrays, random: Random) -> None:
    name = _name(arrays, random)
    kind = str(random.choice(["f2", "f8", "i1", "u8", "?", "c8", "S3", "U9", ">f4", "g", "M8[s]"]))
    try:
        with np.errstate(all="ignore"):
            arrays[name] = np.asarray(arrays.get(name, np.ones(2))).astype(kind)
    except (ValueError, TypeError):
        arrays[name] = np.zeros(3, kind)


def objects(arrays: Arrays, random: Random) -> None:
    arrays[_name(arrays, random)] = np.array([{}, None, "a"], dtype=object)


def odd_token(arrays: Arrays, random: Random) -> None:
    name = str(random.choice(["tokens", "vocabulary"]))
    texts = [str(text) for text in np.atleast_1d(np.asarray(arrays.get(name, ["a"])))] or ["a"]
    texts[int(random.integers(len(texts)))] = str(random.choice(ODD))
    arrays[name] = np.array(texts)


def many_tokens(arrays: Arrays, random: Random) -> None:
    arrays["tokens"] = np.array(["a"] * int(random.choice([0, 65, 5000])))


def nested_tokens(arrays: Arrays, random: Random) -> None:
    arrays["tokens"] = np.array([["a", "b"]])


CHANGES: tuple[Callable[[Arrays, Random], None], ...] = (
    *(leave_out, rename, reshape, cut, poison, scale, retype, objects, odd_token),
    *(many_tokens, nested_tokens),
)


def write_npz(path: Path, arrays: Arrays, random: Random) -> None:
    """Any arrays, compressed or not, and now and then what is no array."""
    packing = zipfile.ZIP_DEFLATED if random.random() < 0.5 else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", packing) as zipped:
        for name, array in arrays.items():
            data = io.BytesIO()
            np.save(data, array, allow_pickle=True)
            zipped.writestr(f"{name}.npy", data.getvalue())
        odd = random.random()
        if odd < 0.04:
            zipped.writestr("attention.npy", _claiming(random))
        elif odd < 0.06:
            zipped.writestr("run.pkl", pickle.dumps(print))
        elif odd < 0.08:
            zipped.writestr("logits.npy", bytes(30_000_000))
        elif odd < 0.10:
            for i in range(80):
                zipped.writestr(f"a{i}.npy", b"")


def _claiming(random: Random) -> bytes:
    """A header that claims more than there is, or nonsense."""
    shape = random.choice(["(10**9,)", "(1000000000, 3, 3, 3)", "(-1, 3)", "(True, 2)", "3", "()"])
    kind = random.choice(["<f4", "|O", "<U1000000", "[('a', '<f4')]", "zz", "<f4' + '"])
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    length = int(random.choice([len(header), 2**16 - 1, 0]))
    return b"\x93NUMPY\x01\x00" + length.to_bytes(2, "little") + header


def write_safetensors(path: Path, arrays: Arrays, random: Random) -> None:
    """The same in the other container: a header of JSON, then the bytes."""
    kinds = {"f2": "F16", "f4": "F32", "f8": "F64", "i1": "I8", "u8": "U64", "b1": "BOOL"}
    header: dict[str, Any] = {}
    data = b""
    for name, array in arrays.items():
        array = np.asarray(array)
        if name in ("tokens", "vocabulary"):
            continue
        kind = kinds.get(array.dtype.str[1:], str(random.choice(["BF16", "F8_E4M3", "Q4"])))
        raw = array.tobytes() if array.dtype.kind != "O" else b"ab"
        claimed = list(array.shape)
        if random.random() < 0.05:
            claimed = [10**12, 10**12]
        header[name] = {
            "dtype": kind,
            "shape": claimed,
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    texts = {n: np.asarray(arrays[n]).tolist() for n in ("tokens", "vocabulary") if n in arrays}
    odd = random.random()
    if odd < 0.9:
        header["__metadata__"] = {n: json.dumps(t, default=str) for n, t in texts.items()}
    elif odd < 0.95:
        header["__metadata__"] = {"tokens": "[" * 50_000}
    else:
        header["__metadata__"] = {"tokens": '{"a": 1}'}
    head = json.dumps(header).encode(errors="replace")
    length = len(head) if random.random() < 0.95 else int(random.choice([0, 2**62, len(head) + 9]))
    path.write_bytes(length.to_bytes(8, "little") + head + data)


def spoil(path: Path, random: Random) -> None:
    """Change bytes of the file itself."""
    data = bytearray(path.read_bytes())
    way = int(random.integers(4))
    if way == 0:
        data = data[: int(random.integers(len(data) + 1))]
    elif way == 1:
        for _ in range(8):
            data[int(random.integers(len(data)))] = int(random.integers(256))
    elif way == 2:
        data = bytearray(random.bytes(200)) + data
    else:
        middle = len(data) // 2
        data[middle : middle + 40] = random.bytes(40)
    path.write_bytes(data)


def mutated(folder: Path, seed: int) -> Path:
    """The file of a seed."""
    random = np.random.default_rng(seed)
    arrays = honest(random)
    for _ in range(int(random.choice([0, 1, 1, 1, 2, 3]))):
        CHANGES[int(random.integers(len(CHANGES)))](arrays, random)
    is_npz = random.random() < 0.6
    path = folder / f"{seed}{'.npz' if is_npz else '.safetensors'}"
    (write_npz if is_npz else write_safetensors)(path, arrays, random)
    if random.random() < 0.15:
        spoil(path, random)
    return path
