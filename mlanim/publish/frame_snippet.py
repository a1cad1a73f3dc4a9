"""Snippets of a page that plays: a frame for HTML, Markdown, Quarto and MDX.

The frame may run the page's scripts and reach nothing else, is loaded when a reader comes near,
and has a title and a size, so that nothing jumps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from mlanim.publish.escaping import (
    component_name,
    markdown_text,
    markup_text,
    path_url,
    script_text,
    yaml_text,
)
from mlanim.publish.snippet import digest_of_text, resource

__all__ = ["HEIGHT", "Framed", "html", "markdown", "mdx", "page", "quarto"]

HEIGHT = 680  # pixels: the picture, its controls and some words, in a column of text
_POLICY = (
    "default-src 'none'; style-src '{}'; frame-src 'self' file:; img-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
_FRAME = "iframe{display:block;width:100%;border:1px solid #8a93a0;border-radius:8px}"


@dataclass(frozen=True)
class Framed:
    """A page that plays, as another one shows it.

    Attributes:
        name: of its files.
        title, lead: what it shows, in a word and in a sentence.
        language: of its words.
        width, height: of its picture, in pixels.
    """

    name: str
    title: str
    lead: str
    language: str
    width: int
    height: int

    @property
    def page(self) -> str:
        """The file that plays."""
        return f"{self.name}.html"

    @property
    def picture(self) -> str:
        """The file of its closing picture."""
        return f"{self.name}.png"


def html(framed: Framed, base: str = "") -> str:
    """The frame, as wide as its column, and a line that leads to the page alone.

    Args:
        base: an address before the names of files, such as "pages/".
    """
    style = ' style="width: 100%; border: 0"'
    return (
        '<figure class="mlanim-page">\n'
        f"{_frame(framed, base, style)}\n"
        f"<figcaption>{_line(framed, base)}</figcaption>\n</figure>\n"
    )


def markdown(framed: Framed, base: str = "") -> str:
    """The frame as a block of HTML, and below it what a site that takes no frames shows."""
    alternative = markdown_text(_caption(framed))
    picture = f"[![{alternative}]({_at(base, framed.picture)})]({_at(base, framed.page)})"
    note = "Where frames are not allowed, a picture that leads to the page:"
    return f"{html(framed, base)}\n<!-- {note}\n{picture}\n-->\n"


def quarto(framed: Framed, base: str = "") -> str:
    """A raw block, with what a document's header needs for its files to be copied."""
    return (
        f"<!-- In the document's header: resources: [{yaml_text(base or './')}] -->\n\n"
        '::: {.content-visible when-format="html"}\n'
        f"```{{=html}}\n{html(framed, base)}```\n:::\n\n"
        '::: {.content-visible unless-format="html"}\n'
        f"![{markdown_text(_caption(framed))}]({_at(base, framed.picture)})"
        "\n:::\n"
    )


def mdx(framed: Framed, base: str = "") -> str:
    """A component for MDX, whose page lies in the site's public folder."""
    name = component_name(framed.name).removesuffix("Film") + "Page"
    return (
        f"export const {name} = () => <iframe\n"
        f"  src={{{script_text(base + framed.page)}}}\n"
        f"  title={{{script_text(framed.title)}}}\n"
        f'  width="{framed.width}" height="{HEIGHT}" loading="lazy"\n'
        '  sandbox="allow-scripts" allow="fullscreen"\n'
        '  style={{ width: "100%", border: 0 }} />\n\n'
        f"<{name} />\n"
    )


def page(framed: Framed, snippets: Sequence[tuple[str, str]]) -> str:
    """A page that frames it, and shows the snippets, by name."""
    shown = "\n".join(
        f"<details>\n<summary>{markup_text(name)}</summary>\n"
        f'<pre tabindex="0"><code>{escape(text)}</code></pre>\n</details>'
        for name, text in snippets
    )
    style = f"\n{resource('page.css')}{_FRAME}\n"
    return f"""<!DOCTYPE html>
<html lang="{markup_text(framed.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest_of_text(style))}">
<title>{markup_text(framed.title)}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{markup_text(framed.title)}</h1>
{_frame(framed, "")}
<p>{_line(framed, "")}</p>
<h2>To embed it</h2>
{shown}
</main>
</body>
</html>
"""


def _frame(framed: Framed, base: str, style: str = "") -> str:
    return (
        f'<iframe src="{_at(base, framed.page)}" title="{markup_text(framed.title)}"'
        f' width="{framed.width}" height="{HEIGHT}" loading="lazy"'
        f' sandbox="allow-scripts" allow="fullscreen"{style}></iframe>'
    )


def _line(framed: Framed, base: str) -> str:
    """What the page is called, as a link to it alone, and the sentence below that."""
    link = f'<a href="{_at(base, framed.page)}">{markup_text(framed.title)}</a>'
    return f"{link}. {markup_text(framed.lead)}" if framed.lead else link


def _caption(framed: Framed) -> str:
    return f"{framed.title}. {framed.lead}" if framed.lead else framed.title


def _at(base: str, name: str) -> str:
    """The address of a file; base is one, and the name stands for itself."""
    return markup_text(base) + path_url(name)
