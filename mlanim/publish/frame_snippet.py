"""Snippets of a page that plays: a frame for HTML, Markdown, Quarto and MDX.

The frame may run the page's scripts and reach nothing else, is loaded when a reader comes near,
and has a title and a size, so that nothing jumps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlanim.publish.escaping import (
    address,
    component_name,
    markdown_text,
    markup_text,
    script_text,
    yaml_text,
)
from mlanim.publish.snippet_page import snippet_page
from mlanim.words.table import ENGLISH, Words

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
        words: in which the page around it speaks.
    """

    name: str
    title: str
    lead: str
    language: str
    width: int
    height: int
    words: Words = ENGLISH

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
    picture = f"[![{alternative}]({address(base, framed.picture)})]({address(base, framed.page)})"
    note = "Where frames are not allowed, a picture that leads to the page:"
    return f"{html(framed, base)}\n<!-- {note}\n{picture}\n-->\n"


def quarto(framed: Framed, base: str = "") -> str:
    """A raw block, with what a document's header needs for its files to be copied."""
    return (
        f"<!-- In the document's header: resources: [{yaml_text(base or './')}] -->\n\n"
        '::: {.content-visible when-format="html"}\n'
        f"```{{=html}}\n{html(framed, base)}```\n:::\n\n"
        '::: {.content-visible unless-format="html"}\n'
        f"![{markdown_text(_caption(framed))}]({address(base, framed.picture)})"
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
    body = f"{_frame(framed, '')}\n<p>{_line(framed, '')}</p>\n"
    return snippet_page(
        framed, body, snippets, policy=_POLICY, words=framed.words, style=f"{_FRAME}\n"
    )


def _frame(framed: Framed, base: str, style: str = "") -> str:
    return (
        f'<iframe src="{address(base, framed.page)}" title="{markup_text(framed.title)}"'
        f' width="{framed.width}" height="{HEIGHT}" loading="lazy"'
        f' sandbox="allow-scripts" allow="fullscreen"{style}></iframe>'
    )


def _line(framed: Framed, base: str) -> str:
    """What the page is called, as a link to it alone, and the sentence below that."""
    link = f'<a href="{address(base, framed.page)}">{markup_text(framed.title)}</a>'
    return f"{link}. {markup_text(framed.lead)}" if framed.lead else link


def _caption(framed: Framed) -> str:
    return f"{framed.title}. {framed.lead}" if framed.lead else framed.title
