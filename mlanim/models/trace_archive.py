"""The two containers a trace comes in, read with suspicion: first what they claim, then data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.thought_names import THOUGHT_TEXTS
from mlanim.models.trace_limits import MOST_BYTES

__all__ = ["Archive", "Claimed", "open_archive"]

_LONGEST_HEADER = 10_000  # bytes; of an honest array it takes about a hundred
_MOST_MEMBERS = 64
_TEXTS = ("tokens", "vocabulary", *THOUGHT_TEXTS)
_WHOLE = "write it anew, with mlanim.capture or numpy.savez"


@dataclass(frozen=True)
class Claimed:
    """What a file says of an array in it."""

    shape: tuple[int, ...]
    dtype: str
    kind: str  # NumPy's letter: f, i, u are numbers, U is text, O objects
    bytes: int


class Archive(Protocol):
    """A file of named arrays and texts."""

    claimed: dict[str, Claimed]
    texts: set[str]

    def array(self, name: str) -> NDArray:
        """The array, in single precision or better."""

    def text(self, name: str) -> tuple[str, ...]:
        """A list of texts."""


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a trace file by its suffix. UsageError, in one line, for whatever is wrong with it."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UsageError("no file", "give a .npz or .safetensors file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(reason, "give a .npz or .safetensors file") from None
    if size > MOST_BYTES:
        raise UsageError(
            f"{size / 1e6:.0f} MB large", f"at most {MOST_BYTES / 1e6:.0f} MB are read"
        )
    if path.suffix not in (".npz", ".safetensors"):
        raise UsageError("no trace", "give a .npz or .safetensors file")
    try:
        if path.suffix == ".npz":
            with zipfile.ZipFile(path) as zipped:
                yield _Zipped(zipped)
        else:
            yield _safe_tensors(path)
    except UsageError:
        raise
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError) as error:
        raise UsageError("cannot be read", str(error)[:120], _WHOLE) from None
    except Exception as error:  # a broken archive raises what its library likes
        if type(error).__name__ not in ("BadZipFile", "SafetensorError", "error"):
            raise
        raise UsageError("cannot be read", str(error)[:120], _WHOLE) from None


class _Zipped:
    """A .npz: a zip of .npy files, of which only the headers are read at first."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.claimed: dict[str, Claimed] = {}
        self.texts: set[str] = set()
        members = zipped.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UsageError(f"{len(members)} entries in it", f"at most {_MOST_MEMBERS}")
        for member in members:
            name = member.filename.removesuffix(".npy")
            if not member.filename.endswith(".npy") or not name.isidentifier():
                raise UsageError(f"an entry {member.filename!r:.60}", "arrays by name only", _WHOLE)
            if name in self.claimed:
                raise UsageError(f"{name} is in it twice", _WHOLE)
            if member.file_size > MOST_BYTES:
                raise UsageError(
                    f"{name} unpacks to {member.file_size / 1e6:.0f} MB",
                    f"at most {MOST_BYTES / 1e6:.0f} MB are read",
                )
            with zipped.open(member) as file:
                self.claimed[name] = claim = _claim_of(file)
            if claim.bytes > member.file_size:  # else room would be made for what is not there
                raise UsageError(
                    f"{name} claims {claim.bytes} bytes and has {member.file_size}", _WHOLE
                )
            if claim.kind == "O":
                raise UsageError(
                    f"{name} holds Python objects",
                    "they would have to be unpickled, which could run anything",
                    "save numbers and texts",
                )
            if claim.kind == "U" and len(claim.shape) == 1:
                self.texts.add(name)

    def array(self, name: str) -> NDArray:
        values = self._read(name)
        return values.astype(np.float32) if values.dtype.itemsize < 4 else values

    def text(self, name: str) -> tuple[str, ...]:
        return tuple(str(text) for text in self._read(name))

    def _read(self, name: str) -> NDArray:
        with self._zipped.open(f"{name}.npy") as file:
            return np.lib.format.read_array(file, allow_pickle=False)


def _claim_of(file: IO[bytes]) -> Claimed:
    """The header of a .npy, of bounded length; what it claims must be what the file holds."""
    version = np.lib.format.read_magic(file)
    length_bytes = 2 if version == (1, 0) else 4
    length = int.from_bytes(file.read(length_bytes), "little")
    if length > _LONGEST_HEADER:
        raise ValueError(f"an array header of {length} bytes")
    header = length.to_bytes(length_bytes, "little") + file.read(length)
    read = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, _, dtype = read(io.BytesIO(header), max_header_size=_LONGEST_HEADER)
    count = 1
    for side in shape:
        count *= int(side)
    return Claimed(tuple(int(s) for s in shape), str(dtype), dtype.kind, count * dtype.itemsize)


def _safe_tensors(path: Path) -> Archive:
    return _SafeTensors(path)


class _SafeTensors:
    """A .safetensors file: texts are JSON lists in its metadata."""

    def __init__(self, path: Path) -> None:
        from safetensors import safe_open

        self._file: Any = safe_open(path, framework="np")
        self._metadata = self._file.metadata() or {}
        self.texts = {name for name in _TEXTS if name in self._metadata}
        self.claimed = {name: self._claim(name) for name in self._file.keys()}  # noqa: SIM118

    def _claim(self, name: str) -> Claimed:
        part = self._file.get_slice(name)
        shape, dtype = tuple(part.get_shape()), str(part.get_dtype())
        if dtype == "BF16":
            raise UsageError(f"{name} holds bfloat16", "save float16 or float32")
        count = 1
        for side in shape:
            count *= side
        number = re.fullmatch("([FIU])(8|16|32|64)", dtype)
        if number is None:  # truth values, and formats that NumPy does not have
            return Claimed(shape, dtype, dtype, count)
        return Claimed(shape, dtype, number[1].lower(), count * int(number[2]) // 8)

    def array(self, name: str) -> NDArray:
        values = self._file.get_tensor(name)
        return values.astype(np.float32) if values.dtype.itemsize < 4 else values

    def text(self, name: str) -> tuple[str, ...]:
        try:
            texts = json.loads(self._metadata[name])
        except ValueError:
            texts = None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise UsageError(f"{name} in the metadata", "write a JSON list of texts")
        return tuple(texts)
