"""`mlanim watch`: a page in the browser that follows a scene while it is being written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mlanim.catalogue import SceneEntry, entries, find
from mlanim.cli.options import scene_options
from mlanim.errors import MlanimError, UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.asked_look import files_of_words, looked_up
from mlanim.render.stage.asked_parameters import asked_values
from mlanim.render.stage.asked_scene import step_names

_NEEDS = ("starlette", "uvicorn", "watchfiles")


@click.command("watch", context_settings={"default_map": {"quality": "l"}})
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option("--port", type=int, default=0, metavar="N", help="Default: a free one.")
@click.option("--no-browser", is_flag=True, help="Print the page's address, open nothing.")
def command(
    scene: str, class_name: str | None, port: int, no_browser: bool, **options: Any
) -> None:
    """Open a page that shows SCENE and follows its file.

    The film, its steps, parameters, the lint's findings and errors, in the browser of this
    machine; saving the file renders what changed. The page's address holds a key: it is for you
    alone. Ctrl-C ends it.
    """
    from mlanim.studio.asked import Asked
    from mlanim.studio.beginning import watch

    entry = _entry(scene)
    by_name = entry.origin == "package" or entry.path is None
    path = scene if by_name else str(entry.path)
    asked = Asked(scene=path, class_name=class_name, **_read(entry.name, options))

    def opened(address: str) -> None:
        click.echo(address)
        click.echo("Ctrl-C ends it.", err=True)
        if not no_browser:
            click.launch(address)

    try:
        watch(asked, port, opened)
    except ModuleNotFoundError as error:
        if error.name not in _NEEDS:
            raise
        raise MlanimError(
            f"mlanim watch needs {error.name}", 'pip install "mlanim[watch]"'
        ) from error


def _read(scene: str, options: dict[str, Any]) -> dict[str, Any]:
    """The common options, as the page begins with them."""
    values = ("set_values", "params_file", "trace")
    given, texts = asked_values(*(options.pop(name) for name in values))
    options, _ = looked_up(options)
    files = files_of_words(scene, options.pop("language"), options.pop("words"))
    options["steps"] = step_names(options["steps"], options.pop("skip_steps"))
    options["seed"] = options["seed"] or 0  # one seed: what did not change is in the cache
    RenderSpec.from_options(**options)  # refuses what cannot be
    options["aspect"] = options["aspect"] or "16:9"
    words = tuple(map(str, files))
    return {**options, "given": given, "texts": texts, "words": words}


def _entry(scene: str) -> SceneEntry:
    """The scene; one whose file cannot be read now is shown with its error, and may recover."""
    try:
        return find(scene)
    except UsageError:
        raise
    except MlanimError:
        for entry in entries():
            if entry.name in (scene, scene.replace("_", "-")):
                return entry
        return SceneEntry(Path(scene).stem, "", "", (), Path(scene), "here")
