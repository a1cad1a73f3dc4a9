"""`mlanim show`: what a scene can be asked for, and what each of its steps teaches."""

from __future__ import annotations

import inspect
import json
import sys
import unicodedata
from difflib import get_close_matches
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mlanim.catalogue import SceneEntry, entries, find, load
from mlanim.cli.options import language_option
from mlanim.cli.said import called, translated
from mlanim.errors import UsageError


@click.command("show")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@click.option(
    "--words", "part", metavar="PART", help="Of the words that a scene knows, those with this part."
)
@language_option
@click.option("--json", "as_json", is_flag=True, help="Machine-readable, on stdout.")
def command(
    scene: str,
    class_name: str | None,
    part: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Parameters with types, defaults and allowed values; steps with what they teach.

    SCENE is a name from `mlanim list`, the path of a scene file, or a captured trace (.npz or
    .safetensors): its arrays are told, and which steps of which scenes they give. `--words la`
    searches the words that a scene's texts may consist of; `--words ""` lists them all.
    """
    if scene.endswith((".npz", ".safetensors")):
        _show_trace(scene, as_json)
        return
    entry = find(scene)
    scene_class = load(entry, class_name)
    entry = translated(entry.of_class(scene_class.__name__), language)
    names = called(entry, language) if language else None
    # A plain Manim scene has no parameters and no steps, and can be shown all the same.
    parameters: dict[str, Any] = getattr(scene_class, "parameters", dict)()
    if part is not None:
        _show_words(entry.name, parameters, part, as_json)
        return
    if as_json:
        record = {
            "name": entry.name,
            "class": scene_class.__name__,
            "summary": entry.summary,
            "doc": inspect.cleandoc(scene_class.__dict__.get("__doc__") or ""),
            "path": str(entry.path) if entry.path else None,
            "parameters": [parameter.to_json() for parameter in parameters.values()],
            "steps": [
                {"path": path, **({"title": names[i]} if names else {}), "say": say}
                for i, (path, say) in enumerate(zip(entry.steps, entry.says, strict=True))
            ],
        }
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        return
    # A pipe has no width: wide enough not to break a sentence.
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(Text(entry.name, style="bold"), Text(entry.summary))
    if parameters:
        console.print("\n[bold]Parameters[/], given with --set NAME=VALUE")
        console.print(_parameter_table(parameters))
    for words, knowing in _known(parameters).items():
        verb = "knows" if len(knowing) == 1 else "know"
        console.print(f"\n[bold]Words[/] that {', '.join(knowing)} {verb}, {len(words)}")
        console.print(Text(" ".join(words)))
    if entry.steps:
        console.print("\n[bold]Steps[/], chosen with --steps NAME[,NAME...]")
        console.print(_step_table(entry, names))


def _known(parameters: dict[str, Any]) -> dict[tuple[str, ...], list[str]]:
    """Words, each list of them once, with the parameters whose texts may consist of them."""
    known: dict[tuple[str, ...], list[str]] = {}
    for parameter in parameters.values():
        if parameter.words is not None:
            known.setdefault(tuple(parameter.words()), []).append(parameter.name)
    return known


def _show_words(scene: str, parameters: dict[str, Any], part: str, as_json: bool) -> None:
    """The words with a part, whatever its case and accents; the nearest where there is none.

    Raises:
        UsageError: the scene's parameters take any words, or none is like that.
    """
    known = _known(parameters)
    if not known:
        raise UsageError(f"{scene} has no words of its own", "its texts may be any")
    found = {
        ",".join(names): [word for word in words if _plain(part) in _plain(word)]
        for words, names in known.items()
    }
    if not any(found.values()):
        every = dict.fromkeys(word for words in known for word in words)
        near = get_close_matches(part, every, n=5, cutoff=0.6)
        hint = f"did you mean {', '.join(near)}?" if near else f"`mlanim show {scene}` has them all"
        raise UsageError(f"{scene} knows no word with {part!r}", hint)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for names, words in found.items():
        if words:
            click.echo(f"{names.replace(',', ', ')}: {' '.join(words)}")


def _plain(word: str) -> str:
    """Without case and accents, so that `economique` finds `économique`."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _show_trace(file: str, as_json: bool) -> None:
    """What a captured trace holds, and which steps of which scenes it hence gives."""
    from mlanim.models.captured import read_trace
    from mlanim.models.thought_names import THOUGHT_ARRAYS
    from mlanim.models.trace_limits import MOST_BYTES, MOST_LAYERS, MOST_TOKENS

    trace = read_trace(file)
    scenes = {
        entry.name: {step: trace.lacking(arrays) for step, arrays in entry.captured.items()}
        for entry in entries()
        if entry.captured
    }
    arrays = {
        "attention": (trace.attention, "layers, heads, tokens, tokens"),
        "hidden_states": (trace.hidden_states, "layers + 1, tokens, width"),
        "logits": (trace.logits, "tokens, words"),
    }
    if as_json:
        shapes = {name: list(a.shape) for name, (a, _) in arrays.items() if a is not None}
        words = None if trace.vocabulary is None else len(trace.vocabulary)
        record: dict[str, Any] = {"tokens": trace.tokens, "arrays": shapes, "vocabulary": words}
        record |= {"scenes": {name: _given(steps) for name, steps in scenes.items()}}
        record |= {"thoughts": trace.thoughts, "not_read": trace.others}
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        return
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(Text(file, style="bold"), Text(f"{len(trace.tokens)} tokens of another model"))
    console.print(Text(" ".join(trace.tokens)))
    table = Table("array", "shape", "axes", **_PLAIN)
    for name, (array, axes) in arrays.items():
        shape = "not captured" if array is None else " x ".join(map(str, array.shape))
        table.add_row(name, shape, axes)
    known = "not captured" if trace.vocabulary is None else str(len(trace.vocabulary))
    table.add_row("vocabulary", known, "words, one for each logit")
    for name in trace.thoughts:
        table.add_row(name, "captured", f"thoughts {THOUGHT_ARRAYS.get(name, 'in words')}")
    for name in trace.others:
        table.add_row(Text(name), "not read", "no array of a trace")
    console.print(table)
    console.print("\n[bold]Scenes[/], rendered with --trace FILE")
    console.print(_scene_table(scenes))
    console.print(
        f"\nLimits: {MOST_TOKENS} tokens, {MOST_LAYERS} layers, {MOST_BYTES // 1_000_000} MB."
    )


def _given(steps: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "steps": [step for step, missing in steps.items() if not missing],
        "left_out": {step: missing for step, missing in steps.items() if missing},
    }


def _scene_table(scenes: dict[str, dict[str, tuple[str, ...]]]) -> Table:
    """A row for each step that a scene plays of a trace, with what it would need."""
    table = Table("scene", "step", "", **_PLAIN)
    for name, steps in scenes.items():
        for i, (step, missing) in enumerate(steps.items()):
            told = f"left out: no {', no '.join(missing)}" if missing else "played"
            table.add_row(Text("" if i else name), Text(step), told)
    return table


def _parameter_table(parameters: dict[str, Any]) -> Table:
    table = Table("name", "type", "default", "allowed", "what it is", **_PLAIN)
    for parameter in parameters.values():
        words = (parameter.type_name, parameter.write(parameter.default), parameter.allowed)
        table.add_row(parameter.name, *map(Text, (*words, parameter.help)))
    return table


def _step_table(entry: SceneEntry, names: list[str] | None) -> Table:
    """A row a step; in another language with what it is called there."""
    table = Table("step", *(["called"] if names else []), "what it teaches", **_PLAIN)
    for i, (path, say) in enumerate(zip(entry.steps, entry.says, strict=True)):
        *outer, name = path.split("/")
        told = [Text(names[i])] if names else []
        table.add_row(Text("  " * len(outer) + name), *told, Text(say))
    return table


_PLAIN: dict[str, Any] = {"box": None, "pad_edge": False, "padding": (0, 2, 0, 0)}
