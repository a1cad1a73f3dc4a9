"""`mlanim show`: what a scene can be asked for, and what each of its steps teaches."""

from __future__ import annotations

import inspect
import json
import sys
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mlanim.catalogue import SceneEntry, entries, find, load


@click.command("show")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable, on stdout.")
def command(scene: str, class_name: str | None, as_json: bool) -> None:
    """Parameters with types, defaults and allowed values; steps with what they teach.

    SCENE is a name from `mlanim list`, the path of a scene file, or a captured trace (.npz or
    .safetensors): its arrays are told, and which steps of which scenes they give.
    """
    if scene.endswith((".npz", ".safetensors")):
        _show_trace(scene, as_json)
        return
    entry = find(scene)
    scene_class = load(entry, class_name)
    entry = entry.of_class(scene_class.__name__)
    # A plain Manim scene has no parameters and no steps, and can be shown all the same.
    parameters: dict[str, Any] = getattr(scene_class, "parameters", dict)()
    if as_json:
        record = {
            "name": entry.name,
            "class": scene_class.__name__,
            "summary": entry.summary,
            "doc": inspect.cleandoc(scene_class.__dict__.get("__doc__") or ""),
            "path": str(entry.path) if entry.path else None,
            "parameters": [parameter.to_json() for parameter in parameters.values()],
            "steps": [
                {"path": path, "say": say}
                for path, say in zip(entry.steps, entry.says, strict=True)
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
    for parameter in parameters.values():
        if parameter.words is not None:
            words = parameter.words()
            console.print(f"\n[bold]Words[/] that {parameter.name} knows, {len(words)}")
            console.print(Text(" ".join(words)))
    if entry.steps:
        console.print("\n[bold]Steps[/], chosen with --steps NAME[,NAME...]")
        console.print(_step_table(entry))


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


def _step_table(entry: SceneEntry) -> Table:
    table = Table("step", "what it teaches", **_PLAIN)
    for path, say in zip(entry.steps, entry.says, strict=True):
        *outer, name = path.split("/")
        table.add_row(Text("  " * len(outer) + name), Text(say))
    return table


_PLAIN: dict[str, Any] = {"box": None, "pad_edge": False, "padding": (0, 2, 0, 0)}
