"""The page beside an embedded film or page: it is shown there, and below it are its snippets."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from types import ModuleType
from typing import Any

from mlanim.publish.buttons import TO_EMBED
from mlanim.publish.escaping import markup_text
from mlanim.publish.own_words import said
from mlanim.words.table import Words

__all__ = ["digest_of_text", "resource", "snippet_page", "snippet_texts"]


def snippet_texts(kind: ModuleType, shown: Any, base: str) -> Iterator[tuple[str, str]]:
    """The snippets of a film or page and the page that has them, by file.

    Args:
        kind: has `html`, `markdown`, `quarto`, `mdx` and `page` for what is shown.
        base: an address before the names of files.
    """
    snippets = {
        "HTML": ("snippet.html", kind.html(shown, base)),
        "Markdown": ("snippet.md", kind.markdown(shown, base)),
        "Quarto": ("snippet.qmd", kind.quarto(shown, base)),
        "MDX": ("snippet.mdx", kind.mdx(shown, base)),
    }
    yield from snippets.values()
    yield "index.html", kind.page(shown, [(name, text) for name, (_, text) in snippets.items()])


def snippet_page(
    shown: Any,
    body: str,
    snippets: Sequence[tuple[str, str]],
    *,
    policy: str,
    words: Words,
    style: str = "",
    link: str = "",
    script: str = "",
) -> str:
    """A page with a body and the snippets, by name.

    Args:
        shown: has a `title` and a `language`.
        policy: of its content, with a place for the digest of its style.
        style: that it has beside that of every such page.
        link, script: elements of its head and of its end, each with its line's end.
    """
    listed = "\n".join(
        f"<details>\n<summary>{markup_text(name)}</summary>\n"
        f'<pre tabindex="0"><code>{escape(text)}</code></pre>\n</details>'
        for name, text in snippets
    )
    style = f"\n{resource('page.css')}{style}"
    return f"""<!DOCTYPE html>
<html lang="{markup_text(shown.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy.format(digest_of_text(style))}">
<title>{markup_text(shown.title)}</title>
{link}<style>{style}</style>
</head>
<body>
<main>
<h1>{markup_text(shown.title)}</h1>
{body}<h2>{markup_text(said(words, TO_EMBED))}</h2>
{listed}
</main>
{script}</body>
</html>
"""


def resource(name: str) -> str:
    """The text of a file that goes with every page."""
    return files("mlanim.publish").joinpath("embed_page", name).read_text(encoding="utf-8")


def digest_of_text(text: str) -> str:
    """An inline style or script as a content policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
