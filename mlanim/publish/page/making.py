"""Making a page: the scene is played for each choice, and one file written, or nothing."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.errors import UsageError
from mlanim.publish.folder import filling
from mlanim.publish.words import title_and_lead
from mlanim.render.asked.destination import check_destination
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record, watch_reads
from mlanim.render.recall import Way
from mlanim.render.stage.asked_scene import AskedScene, open_asked
from mlanim.render.watched.surroundings import settings_of_manim
from mlanim.replacing import replacing
from mlanim.words.files import language_of, read_words

if TYPE_CHECKING:
    from manim import Scene

    from mlanim.publish.page.choices import Choice
    from mlanim.render.asked.spec import RenderSpec
    from mlanim.render.stage.observer import Observer

__all__ = [
    "BUDGET",
    "RATE",
    "Page",
    "Wish",
    "check_output",
    "fill_folder",
    "fill_picture",
    "make_page",
    "opened_page",
    "page_of",
]

BUDGET = 5_000_000  # bytes of a page
RATE = 12.0  # states a second


@dataclass(frozen=True)
class Wish:
    """What a page should be: its choices, its greatest size in bytes, its words' language.

    A language that is not told is that of the scene's words. `moving` asks for the picture alone,
    as an SVG that plays by itself.
    """

    choices: tuple[Choice, ...] = ()
    budget: int = BUDGET
    language: str = ""
    moving: bool = False


@dataclass(frozen=True)
class Page:
    """A page that was made, or its moving picture; `sizes` are the bytes that each choice adds."""

    html: str
    seconds: float
    steps: int
    sizes: Mapping[str, int]


def make_page(
    asked: AskedScene, output: Path, wish: Wish, *, quiet: bool = False
) -> dict[str, Any]:
    """Write a page, or deliver the one that was written before from the same sources.

    Returns:
        What was made, as `mlanim page --json` prints it.

    Raises:
        UsageError: a choice that cannot be.
        MlanimError: the scene failed or draws nothing, or the page exceeds its budget.
    """
    check_destination(asked.spec.where / output, folder=False)
    asked = replace(asked, spec=asked.spec.seeded())
    record = Record(Cache(), (*asked.question, "page", repr(wish)))
    if asked.spec.cache and (known := record.deliver(output)):
        return known
    with watch_reads() as reads:
        for path in (*asked.reads, *settings_of_manim(asked.entry.path)):
            reads.file(str(Path(path).absolute()))
        page = opened_page(asked, wish, Way(quiet))
        with replacing(asked.spec.where / output) as temporary:
            temporary.write_text(page.html, encoding="utf-8")
            kept = record.take([temporary])
        result = _told(page, asked.spec, output, "svg" if wish.moving else "page")
        if asked.spec.cache:
            record.keep(result, reads, kept)
    return result


def fill_folder(asked: AskedScene, way: Way) -> dict[str, Any]:
    """Write a page as the index.html of a folder; what was made.

    Raises:
        UsageError, MlanimError: as `make_page`.
    """
    folder = asked.folder
    assert folder is not None
    asked = replace(asked, spec=asked.spec.seeded())
    page = opened_page(asked, asked.wish or Wish(), way)
    with filling(asked.spec.where / folder) as staging:
        (staging / "index.html").write_text(page.html, encoding="utf-8")
    return _told(page, asked.spec, folder / "index.html", "page")


def fill_picture(asked: AskedScene, way: Way) -> dict[str, Any]:
    """Write a picture that plays by itself, for a manifest; what was made.

    Raises:
        UsageError, MlanimError: as `make_page`.
    """
    output = asked.spec.output
    assert output is not None
    asked = replace(asked, spec=asked.spec.seeded())
    page = opened_page(asked, asked.wish, way)
    with replacing(asked.spec.where / output) as temporary:
        temporary.write_text(page.html, encoding="utf-8")
    return _told(page, asked.spec, output, "svg")


def opened_page(asked: AskedScene, wish: Wish, way: Way) -> Page:
    """Open what was asked, and play it as a page.

    Raises:
        UsageError, MlanimError: as `make_page`.
    """
    with open_asked(asked) as opened:
        from mlanim.render.stage.progress import ProgressBar

        title, lead = title_and_lead(opened.entry, read_words(opened.spec.words))
        bar = ProgressBar(opened.steps, quiet=way.quiet or way.observer is not None)
        with bar as progress:
            return page_of(
                opened.scene_class,
                opened.spec,
                wish,
                title=title,
                lead=lead,
                progress=way.observer or progress,
            )


def _told(page: Page, spec: RenderSpec, output: Path, kind: str) -> dict[str, Any]:
    """What was made, as `--json` prints it."""
    content = page.html.encode()
    return {
        "paths": [str(output)],
        "bytes": len(content),
        "gzipped": len(zlib.compress(content, 6)),
        "seconds": round(page.seconds, 3),
        "steps": page.steps,
        "rate": spec.fps,
        "width": spec.width,
        "height": spec.height,
        "choices": dict(page.sizes),
        "format": kind,
        "seed": spec.seed or 0,
    }


def page_of(
    scene_class: type[Scene],
    spec: RenderSpec,
    wish: Wish,
    *,
    title: str,
    lead: str = "",
    progress: Observer | None = None,
) -> Page:
    """Play a scene class and compose its page.

    Raises:
        UsageError, MlanimError: as `make_page`.
    """
    from mlanim.explainer import Explainer
    from mlanim.publish.own_words import said
    from mlanim.publish.page.article import Article, html_of, least_bytes
    from mlanim.publish.page.budget import added_bytes, check_budget, check_least, lengths_of
    from mlanim.publish.page.choices import grid
    from mlanim.publish.page.moving import svg_of
    from mlanim.publish.page.pictures import Pictures
    from mlanim.publish.page.playing import ground_roles, play, themes_of
    from mlanim.publish.page.reel import Reel
    from mlanim.publish.page.shapes import ShapeTable
    from mlanim.publish.page.wording import DRAWN, IMAGES
    from mlanim.render.stage.observer import Nobody

    if not wish.moving:
        check_least(wish.budget, least_bytes())
    explains = issubclass(scene_class, Explainer)
    combinations = grid(wish.choices, scene_class.parameters() if explains else {})
    themes = themes_of(scene_class, spec.theme)
    shapes, pictures = ShapeTable(), Pictures()
    reel = Reel(themes if explains else (), shapes, pictures, spec.fps)
    variants: list[dict[str, Any]] = []
    sizes: dict[str, int] = {}
    alternatives: Sequence[str] = ()
    roles: Mapping[str, Sequence[str]] = reel.colours.roles
    seconds, steps = 0.0, 0
    for texts, values in combinations:
        before = lengths_of(reel)
        own = replace(spec, values={**spec.values, **values})
        told = play(scene_class, own, themes, shapes, pictures, progress or Nobody())
        variant = {
            "chosen": texts,
            "seconds": told.walk.seconds,
            "steps": told.steps,
            **reel.add(told.played),
        }
        variants.append(variant)
        if not alternatives:
            alternatives, seconds, steps = told.alternatives, told.walk.seconds, len(told.steps)
        if not explains:
            roles = ground_roles(told.surface)
        name = " ".join(f"{key}={text}" for key, text in texts.items()) or "the scene"
        if not wish.moving:  # whose size is known when it is there
            sizes[name] = added_bytes(reel, before, variant)
            check_budget(sum(sizes.values()), sizes, wish.budget, len(combinations))
    frame = list(spec.frame_size)
    words = read_words(spec.words)
    notes = []
    if pictures.drawn:
        notes.append(said(words, DRAWN, str(pictures.drawn)))
    elif pictures.urls:
        notes.append(said(words, IMAGES))
    whole = {**reel.told, "frame": frame, "variants": variants}
    names = [theme.name for theme in themes]
    language = wish.language or language_of(spec.words)
    article = Article(title, lead, language, whole, roles, names, alternatives, notes, words)
    html = svg_of(article) if wish.moving else html_of(article)
    made, parts = len(html.encode()), dict(sizes)
    if not wish.moving:
        parts["the player"] = least_bytes()
        parts["stills and words"] = made - sum(parts.values())
    check_budget(made, parts, wish.budget, len(combinations))
    return Page(html, seconds, steps, sizes if wish.choices else {})


def check_output(output: Path, *, moving: bool = False) -> None:
    """Refuse what is no page, or no moving picture, before any work is done."""
    suffix = output.suffix.lower()
    if moving and suffix != ".svg":
        raise UsageError(f"{str(output)!r} names no SVG", "end it in .svg")
    if suffix == ".svg" and not moving:
        raise UsageError(
            f"{str(output)!r} names no page", "end it in .html, or add --format svg --animated"
        )
    if not moving and suffix not in (".html", ".htm"):
        raise UsageError(f"{str(output)!r} names no page", "end it in .html")
