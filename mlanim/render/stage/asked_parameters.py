"""The parameters that are asked for, and those that are refused before Manim is there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mlanim.catalogue import SceneEntry
from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.parameters import Parameter, read_values
from mlanim.scene_declared import declared_in

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["asked_values", "check_depth", "judge_early", "values_of"]

_DEEPEST = 16  # tables and lists within each other
_MOST_BYTES = 10_000_000  # of a file of parameters


def asked_values(
    set_values: Sequence[str], params_file: str | None, trace: str | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Parameters: those of a file as they are, and those of the command line as texts."""
    given = _read_params(params_file) if params_file else {}
    texts = dict(_assignment(text) for text in set_values)
    if trace is not None:
        from mlanim.models.captured import read_trace  # NumPy, which the other ways do without

        read_trace(trace)  # a broken file is refused before anything is set up
        texts["trace"] = trace
    return given, texts


def judge_early(
    entry: SceneEntry,
    class_name: str | None,
    given: Mapping[str, Any],
    texts: Mapping[str, str],
) -> None:
    """Refuse what a scene's source alone tells to be impossible, while Manim is not imported.

    A class may have a `judge`, a function of models that is told the given values: it says what is
    said later too, by the same functions, and is to take less time than Manim's import.

    Raises:
        UsageError: as `values_of` and the scene raise it.
    """
    name = class_name or entry.class_name
    if entry.path is None or not name or not (given or texts):
        return
    found = declared_in(entry.path, name)
    if found is None or not (found.whole or found.parameters):
        return
    if found.whole:
        values = _read(found.parameters, name, given, texts)
    else:
        told = found.parameters.keys() - {n for n, p in found.parameters.items() if p.collects}
        in_file = {name: value for name, value in given.items() if name in told}
        values = read_values(
            found.parameters, in_file, {n: t for n, t in texts.items() if n in told}
        )
    found.judged(values)


def values_of(
    scene_class: type[Scene], given: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Parameter values: from the file as they are, then from --set by their declared types.

    Raises:
        UsageError: a name that is not declared, or a value that is not allowed.
    """
    if not hasattr(scene_class, "parameters"):
        return {**given, **texts}  # a plain Manim scene: the engine says that it takes none
    return _read(scene_class.parameters(), scene_class.__name__, given, texts)


def _read(
    parameters: Mapping[str, Parameter],
    class_name: str,
    given: Mapping[str, Any],
    texts: Mapping[str, str],
) -> dict[str, Any]:
    for name in (*given, *texts):
        if name == "trace" and name not in parameters:
            raise UsageError(
                f"{class_name} plays no tensors of other models",
                "scenes that `mlanim show SCENE` lists a parameter `trace` for do, such as gpt2",
            )
    return read_values(parameters, given, texts)


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"--set {text!r}", "write NAME=VALUE")
    return name.strip(), value


def _read_params(file: str) -> dict[str, Any]:
    path = named_path(file, "--params", "give a .toml or .json file")
    try:
        read = {".toml": tomllib.loads, ".json": json.loads}[path.suffix.lower()]
        if path.exists() and not path.is_file():
            raise UsageError(f"--params {file} is no file", "give a .toml or .json file")
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"--params {file} is too large", "parameters are a few lines")
        values: Any = read(path.read_text(encoding="utf-8-sig"))
        check_depth(values)
    except KeyError:
        raise UsageError(f"--params {file}", "give a .toml or .json file") from None
    except OSError as error:
        raise UsageError(f"--params {file}", error.strerror or "cannot be read") from error
    except UnicodeDecodeError:
        raise UsageError(f"--params {file} is no UTF-8", "save it as UTF-8") from None
    except ValueError as error:
        raise UsageError(f"--params {file}", str(error)) from error
    except RecursionError:
        raise UsageError(f"--params {file}", "its brackets are too deep to be read") from None
    if not isinstance(values, dict):
        raise UsageError(f"--params {file}", "write parameters by name, such as {'heads': 4}")
    return values


def check_depth(value: Any, most: int = _DEEPEST) -> None:
    """Refuse tables within tables within tables: no option is such a one.

    Raises:
        RecursionError: as the reader of a file does that is deeper yet.
    """
    if isinstance(value, dict | list):
        if not most:
            raise RecursionError
        for inner in value.values() if isinstance(value, dict) else value:
            check_depth(inner, most - 1)
