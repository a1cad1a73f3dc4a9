"""transcript: a scene as an article, each step a still with the words that teach it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mlanim.publish.escaping import markdown_text
from mlanim.publish.folder import filling
from mlanim.publish.sayings import Sayings
from mlanim.publish.words import file_stem, title_and_lead
from mlanim.render.stage.asked_scene import OpenedScene
from mlanim.render.stage.observer import Observer, Observers
from mlanim.review.sheet import Panel
from mlanim.review.storyboard import panels_of

__all__ = ["article", "write_transcript"]


def write_transcript(
    opened: OpenedScene, folder: Path, *, progress: Observer | None = None
) -> list[Path]:
    """Write transcript.md and its stills; the folder as a whole, or nothing.

    Returns:
        The files, the text first.
    """
    sayings = Sayings()
    looks = Observers([progress, sayings])
    panels = panels_of(opened.scene_class, opened.spec, progress=looks)
    names = [f"{file_stem(number, panel.step)}.png" for number, panel in enumerate(panels, 1)]
    title, lead = title_and_lead(opened.entry, sayings.words)
    with filling(folder) as staging:
        for panel, name in zip(panels, names, strict=True):
            panel.image.save(staging / name, format="PNG", optimize=True)
        text = "\n\n".join(article(title, lead, panels, names, sayings)) + "\n"
        (staging / "transcript.md").write_text(text, encoding="utf-8")
    return [folder / name for name in ("transcript.md", *names)]


def article(
    title: str, lead: str, panels: Sequence[Panel], names: Sequence[str], sayings: Sayings
) -> Iterator[str]:
    """The blocks of the article: headings, pictures with their alternatives, paragraphs.

    A step within another is one heading deeper; the outer one's words come before.
    """
    yield f"# {markdown_text(title)}"
    if lead:
        yield markdown_text(lead)
    open_steps: tuple[str, ...] = ()
    told: set[str] = set()
    for panel, name in zip(panels, names, strict=True):
        parts = tuple(panel.step.split("/"))
        for depth in range(1, len(parts) + 1):
            path = parts[:depth]
            if open_steps[:depth] == path:
                continue
            yield f"{'#' * min(6, depth + 1)} {markdown_text(sayings.title('/'.join(path)))}"
            outer = "/".join(path)
            said = sayings.says.get(outer)
            if depth < len(parts) and said and outer not in told:
                told.add(outer)
                yield markdown_text(said)
        open_steps = parts
        yield f"![{markdown_text(sayings.alternative(panel.step))}]({name})"
        if panel.say and panel.step not in told:
            told.add(panel.step)
            yield markdown_text(panel.say)
