"""embed: a film as a page wants it, in formats and themes that browsers choose from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any

from mlanim.catalogue import SceneEntry
from mlanim.left_behind import scratch
from mlanim.publish import snippet
from mlanim.publish.escaping import file_word, path_url, typed_url
from mlanim.publish.folder import filling
from mlanim.publish.snippet import SCRIPT, STYLE, Film, Variant
from mlanim.publish.snippet_page import resource, snippet_texts
from mlanim.publish.words import title_and_lead
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record, digest_of_made, watch_reads
from mlanim.render.recall import Way, render_or_recall
from mlanim.render.sinks.result import StepTime
from mlanim.render.stage.asked_scene import AskedScene, open_asked
from mlanim.words.files import read_words

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["embed"]

_FORMATS = ("webm", "mp4")
_THEMES = ("light", "dark")


def embed(
    asked: AskedScene, way: Way, *, base: str | None = None, language: str = "en"
) -> dict[str, Any]:
    """Fill a folder with a film's media, a page that shows it, and snippets.

    Args:
        asked: with a folder; a theme of its own makes one variant, none makes two.
        base: where the folder will be, as seen from the reader's page; None is beside it.
        language: of the scene's words.

    Returns:
        What was made, as `mlanim embed --json` prints it.
    """
    folder = asked.folder
    assert folder is not None
    # one seed for both themes, and the same one tomorrow
    asked = replace(asked, spec=replace(asked.spec, seed=asked.spec.seed or 0))
    base = path_url(f"{folder.absolute().name}/") if base is None else typed_url(base)
    record = Record(Cache(), (*asked.question, base, language))
    if known := record.unchanged(folder):
        return {**known, "paths": list(known["files"])}
    with watch_reads() as reads:
        reads.owns(str(folder.absolute()))
        result = _filled(asked, way, folder, base, language)
        record.remember(result, reads, digest=digest_of_made(folder), captions={})
    return result


def _filled(asked: AskedScene, way: Way, folder: Path, base: str, language: str) -> dict[str, Any]:
    """Put everything into the folder; what is there then."""
    name = file_word(asked.class_name.lower() if asked.class_name else asked.entry.name)
    with scratch() as place, filling(asked.spec.where / folder) as staging:
        film = _film(asked, way, place, staging, name, language)
        for file in (SCRIPT, STYLE):
            (staging / file).write_text(resource(file), encoding="utf-8")
        for path, text in snippet_texts(snippet, film, base):
            (staging / path).write_text(text, encoding="utf-8")
        names = sorted(path.name for path in staging.iterdir())
    names.sort(key=lambda name: name != "index.html")
    return {
        "paths": [str(folder / name) for name in names],
        "files": [str(folder / name) for name in names],
        "bytes": sum((folder / name).stat().st_size for name in names),
        "width": film.width,
        "height": film.height,
        "seconds": film.seconds,
        "format": "embed",
    }


def _film(
    asked: AskedScene, way: Way, place: Path, staging: Path, name: str, language: str
) -> Film:
    """Render all variants; the files of a theme lie under its name."""
    entry, themes = _opened(asked)
    variants, result, captions, seen = [], {}, "", ""
    words = read_words(asked.spec.words)
    title, lead = title_and_lead(entry, words)
    for theme in themes:
        stem = f"{name}-{theme}" if len(themes) > 1 else name
        spec = replace(asked.spec, theme=theme, captions=("vtt",))
        films = []
        for kind in _FORMATS:
            output = place / f"{stem}.{kind}"
            film = replace(spec, format=kind, output=output)
            result = render_or_recall(replace(asked, spec=film, purpose="", folder=None), way)
            films.append(output.name)
            copyfile(output, staging / output.name)
        films.sort(key=lambda film: (staging / film).stat().st_size)
        poster, seen = _poster(replace(asked, spec=spec), title)
        poster.save(staging / f"{stem}.png", optimize=True)
        variants.append(Variant(theme or "", films, f"{stem}.png"))
        if len(result["paths"]) > 1 and not captions:
            captions = f"{name}.vtt"
            copyfile(result["paths"][1], staging / captions)
    steps = [step if isinstance(step, StepTime) else StepTime(**step) for step in result["steps"]]
    size = result["width"], result["height"], result["seconds"]
    spoken = asked.spec.narrate is not None
    return Film(name, title, lead, *size, variants, captions, steps, language, spoken, seen, words)


def _opened(asked: AskedScene) -> tuple[SceneEntry, tuple[str | None, ...]]:
    """The scene as its class says, and its themes."""
    with open_asked(asked) as opened:
        from mlanim.explainer import Explainer

        explains = issubclass(opened.scene_class, Explainer)
        themes = (asked.spec.theme,) if asked.spec.theme or not explains else _THEMES
        return opened.entry, themes


def _poster(asked: AskedScene, title: str) -> tuple[Image, str]:
    """The film's closing picture, and what it shows, in words."""
    with open_asked(asked) as opened:
        from mlanim.publish.closing import closing_picture
        from mlanim.publish.sayings import Sayings, alternative

        sayings = Sayings()
        picture = closing_picture(opened.scene_class, opened.spec, observer=sayings)
        return picture, alternative(title, sayings.closing, sayings.words)
