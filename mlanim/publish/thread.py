"""thread: a scene as posts, each step a picture or a loop with its text and its alternative."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from mlanim.errors import MlanimError
from mlanim.publish.escaping import fenced, markdown_text, one_line
from mlanim.publish.folder import filling
from mlanim.publish.hero import compose
from mlanim.publish.presets import PRESETS
from mlanim.publish.sayings import Sayings
from mlanim.publish.words import file_stem, title_and_lead
from mlanim.render.asked.spec import LOOPS
from mlanim.render.recall import Way, render_or_recall
from mlanim.render.stage.asked_scene import AskedScene, OpenedScene, open_asked
from mlanim.render.stage.observer import Observers
from mlanim.render.stage.progress import ProgressBar
from mlanim.review.sheet import Panel
from mlanim.review.storyboard import panels_of

__all__ = ["Post", "make_thread", "posts_of"]

_LONGEST_TEXT, _LONGEST_ALTERNATIVE = 280, 1000  # characters that the strictest network takes
_NUMBERING = len(" 99/99")


@dataclass(frozen=True)
class Post:
    """A post: its picture's file, "" for words alone, its text, and what the picture shows."""

    picture: str
    text: str
    alternative: str


def make_thread(asked: AskedScene, way: Way) -> dict[str, Any]:
    """Fill a folder with numbered pictures, thread.md to read and thread.json to post from.

    Of a step that comes again only the first is told, unless it is asked for by name.

    Raises:
        MlanimError: a picture is larger than networks take.
    """
    folder = asked.folder
    assert folder is not None
    asked = replace(asked, spec=replace(asked.spec, seed=asked.spec.seed or 0))
    with filling(asked.spec.where / folder) as staging:
        with open_asked(asked) as opened:
            title, panels, sayings = _looked_at(opened, way)
            heads, lead = title_and_lead(opened.entry, sayings.words)
        panels = [panel for panel in panels if "#" not in panel.step or asked.spec.steps]
        kind = asked.spec.format
        names = [f"{file_stem(n, panel.step)}.{kind}" for n, panel in enumerate(panels, 2)]
        title.save(staging / "01-title.png", format="PNG", optimize=True)
        named = sayings.words.said("Title picture", "alternative")
        first = Post("01-title.png", f"{heads}. {lead}".strip(), f"{named}: {heads}.")
        for panel, name in zip(panels, names, strict=True):
            _write(staging / name, panel, asked, way)
        _check_sizes(staging)
        posts = posts_of(first, panels, names, sayings)
        (staging / "thread.md").write_text(_markdown(heads, posts), encoding="utf-8")
        text = json.dumps([asdict(post) for post in posts], ensure_ascii=False, indent=1)
        (staging / "thread.json").write_text(f"{text}\n", encoding="utf-8")
    paths = [
        folder / "thread.md",
        folder / "thread.json",
        *(folder / n for n in ("01-title.png", *names)),
    ]
    return {
        "paths": [str(path) for path in paths],
        "bytes": sum(path.stat().st_size for path in paths),
        "width": asked.spec.width,
        "height": asked.spec.height,
        "fps": asked.spec.fps,
        "seconds": 0.0,
        "format": kind,
    }


def posts_of(
    first: Post, panels: Sequence[Panel], names: Sequence[str], sayings: Sayings
) -> list[Post]:
    """The posts, numbered; a text that is too long for one goes on in the next."""
    drafts = [first]
    for panel, name in zip(panels, names, strict=True):
        alternative = sayings.alternative(panel.step)[:_LONGEST_ALTERNATIVE]
        for part in _parts(panel.say or sayings.title(panel.step)):
            drafts.append(Post(name, part, alternative))
            name = alternative = ""
    numbered = enumerate(drafts, 1)
    return [replace(post, text=f"{post.text} {n}/{len(drafts)}") for n, post in numbered]


def _parts(text: str) -> Iterator[str]:
    """A text in posts: by sentence, and by word where a sentence is too long."""
    room, part = _LONGEST_TEXT - _NUMBERING, ""
    for sentence in re.split(r"(?<=[.!?…])\s+", one_line(text)):
        pieces = [sentence] if len(sentence) <= room else sentence.split()
        for piece in pieces:
            if part and len(part) + 1 + len(piece) > room:
                yield part
                part = ""
            part = f"{part} {piece}".strip()
    if part:
        yield part


def _looked_at(opened: OpenedScene, way: Way) -> tuple[Image.Image, list[Panel], Sayings]:
    """The title picture, a picture of each step, and what they say."""
    sayings = Sayings()
    spec = replace(opened.spec, format="png", loop=0, hold=0.0, max_bytes=None)
    opened = replace(opened, spec=spec)
    with ProgressBar(opened.steps, quiet=way.quiet or way.observer is not None) as bar:
        looks = Observers([way.observer or bar, sayings])
        panels = panels_of(opened.scene_class, spec, progress=looks)
        return compose(opened, way.observer or bar), panels, sayings


def _write(path: Path, panel: Panel, asked: AskedScene, way: Way) -> None:
    """A picture of a step's end, or the step itself."""
    if asked.spec.format == "png":
        panel.image.save(path, format="PNG", optimize=True)
        return
    limit = asked.spec.max_bytes or PRESETS["thread"].limit
    most = limit if asked.spec.format in LOOPS else None
    steps = () if panel.step not in asked.entry.steps and not asked.spec.steps else (panel.step,)
    spec = replace(asked.spec, steps=steps, output=path, max_bytes=most, captions=())
    render_or_recall(replace(asked, spec=spec, purpose="", folder=None), way)


def _check_sizes(folder: Path) -> None:
    limit = PRESETS["thread"].limit
    for path in sorted(folder.iterdir()):
        if limit is not None and path.suffix == ".png" and path.stat().st_size > limit:
            raise MlanimError(
                f"{path.name} has {path.stat().st_size / 1e6:.1f} MB, a thread takes 1 MB each",
                "make it smaller with -q m",
            )


def _markdown(title: str, posts: Sequence[Post]) -> str:
    """The thread to be read and copied from: fences keep every sign as it is."""
    blocks = [f"# {markdown_text(title)}: {len(posts)} posts"]
    for number, post in enumerate(posts, 1):
        blocks.append(f"## {number}")
        if post.picture:
            is_film = post.picture.endswith(".mp4")
            blocks.append(f"{'' if is_film else '!'}[Post {number}]({post.picture})")
        blocks.append(fenced(post.text))
        if post.alternative:
            blocks.append(f"Alternative:\n\n{fenced(post.alternative)}")
    return "\n\n".join(blocks) + "\n"
