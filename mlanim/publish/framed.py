"""A page that plays, framed: the page, a picture of it, and what shows it within another page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mlanim.publish import frame_snippet
from mlanim.publish.escaping import file_word, path_url, typed_url
from mlanim.publish.folder import filling
from mlanim.publish.frame_snippet import Framed
from mlanim.publish.page.making import Wish, opened_page
from mlanim.publish.snippet_page import snippet_texts
from mlanim.publish.words import title_and_lead
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record, digest_of_made, watch_reads
from mlanim.render.recall import Way
from mlanim.render.stage.asked_scene import AskedScene, open_asked
from mlanim.words.files import language_of, read_words

__all__ = ["embed_page"]


def embed_page(
    asked: AskedScene, wish: Wish, way: Way, *, base: str | None = None
) -> dict[str, Any]:
    """Fill a folder with a page that plays, its picture, a page that frames it, and snippets.

    Args:
        asked: with a folder.
        base: where the folder will be, as seen from the reader's page; None is beside it.

    Returns:
        What was made, as `mlanim embed --json` prints it.

    Raises:
        UsageError, MlanimError: as for a page.
    """
    folder = asked.folder
    assert folder is not None
    asked = replace(asked, spec=asked.spec.seeded())
    base = path_url(f"{folder.absolute().name}/") if base is None else typed_url(base)
    record = Record(Cache(), (*asked.question, "framed", base, repr(wish)))
    if known := record.unchanged(folder):
        return {**known, "paths": list(known["files"])}
    with watch_reads() as reads:
        reads.owns(str(folder.absolute()))
        page = opened_page(asked, wish, way)
        name = file_word(asked.class_name.lower() if asked.class_name else asked.entry.name)
        title, lead, picture = _pictured(asked)
        language = wish.language or language_of(asked.spec.words)
        words = read_words(asked.spec.words)
        width, height = picture.size
        framed = Framed(name, title, lead, language, width, height, words)
        with filling(asked.spec.where / folder) as staging:
            (staging / framed.page).write_text(page.html, encoding="utf-8")
            picture.save(staging / framed.picture, optimize=True)
            for path, text in snippet_texts(frame_snippet, framed, base):
                (staging / path).write_text(text, encoding="utf-8")
            names = sorted(path.name for path in staging.iterdir())
        names.sort(key=lambda name: name != "index.html")
        files = [str(folder / name) for name in names]
        result = {
            "paths": files,
            "files": files,
            "bytes": sum((asked.spec.where / file).stat().st_size for file in files),
            "width": asked.spec.width,
            "height": asked.spec.height,
            "seconds": round(page.seconds, 3),
            "choices": dict(page.sizes),
            "format": "embed",
        }
        record.remember(result, reads, digest=digest_of_made(folder), captions={})
    return result


def _pictured(asked: AskedScene) -> tuple[str, str, Any]:
    """The title, what stands below it, and the closing picture, for where no page can play."""
    with open_asked(asked) as opened:
        from mlanim.publish.closing import closing_picture

        title, lead = title_and_lead(opened.entry, read_words(opened.spec.words))
        return title, lead, closing_picture(opened.scene_class, opened.spec)
