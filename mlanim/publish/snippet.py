"""Snippets: a film as HTML, Markdown, Quarto and MDX have it, its text alternative beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlanim.publish.buttons import ANIMATION, FILM, IN_WORDS, LANGUAGE
from mlanim.publish.escaping import (
    address,
    component_name,
    markdown_text,
    markup_text,
    script_text,
    yaml_text,
)
from mlanim.publish.own_words import said
from mlanim.publish.snippet_page import snippet_page
from mlanim.render.sinks.result import StepTime
from mlanim.words.table import ENGLISH, Words

__all__ = [
    "Film",
    "Variant",
    "html",
    "markdown",
    "mdx",
    "page",
    "quarto",
]

SCRIPT, STYLE = "mlanim-embed.js", "mlanim-embed.css"
# The page needs what lies beside it, and nothing else; opened from a disk, that is a file.
_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file: '{}'; "
    "img-src 'self' file: data:; media-src 'self' file:; base-uri 'none'; form-action 'none'"
)
_TYPES = {"webm": "video/webm", "mp4": "video/mp4"}


@dataclass(frozen=True)
class Variant:
    """The film in one theme: its files, the smaller one first, and its poster."""

    theme: str
    films: Sequence[str]
    poster: str


@dataclass(frozen=True)
class Film:
    """All that a page has to know of a film.

    Attributes:
        name: of its files, and of its elements on the page.
        title, lead: what it shows, in a word and in a sentence.
        variants: one, or one for light and one for dark pages.
        captions: its .vtt file, "" where nothing is said.
        steps: with their words; those without words are left out.
        language: of the words.
        spoken: whether they are heard: then nothing plays before the reader says so.
        seen: what its poster shows, in words.
        words: of the figure itself, in its language.
    """

    name: str
    title: str
    lead: str
    width: int
    height: int
    seconds: float
    variants: Sequence[Variant]
    captions: str
    steps: Sequence[StepTime]
    language: str = "en"
    spoken: bool = False
    seen: str = ""
    words: Words = ENGLISH


def html(film: Film, base: str = "") -> str:
    """A figure, which needs the style and the script beside its media.

    Args:
        base: an address before the names of files, such as "films/".
    """
    link = f'<link rel="stylesheet" href="{address(base, STYLE)}">\n'
    script = f'<script src="{address(base, SCRIPT)}" defer></script>\n'
    return link + figure(film, base) + script


def figure(film: Film, base: str = "", *, caption: bool = True) -> str:
    """The figure alone: a video of its size with controls, and its words."""
    says = [step for step in film.steps if step.say]
    first, dark = film.variants[0], _dark(film)
    described = f' aria-describedby="{markup_text(film.name)}-words"' if says else ""
    dressed = f' data-dark-poster="{address(base, dark.poster)}"' if dark else ""
    lines = [
        '<figure class="mlanim">',
        f"<video controls {'' if film.spoken else 'muted loop '}playsinline"
        f' preload="metadata" width="{film.width}" height="{film.height}"',
        f'  poster="{address(base, first.poster)}"{dressed}',
        f'  aria-label="{markup_text(_named(film, film.title))}"{described}>',
        *(f"  {source}" for source in _sources(film, base)),
    ]
    if film.captions:
        known = film.language == "en" or LANGUAGE in film.words.entries
        label = said(film.words, LANGUAGE) if known else film.language
        lines.append(
            f'  <track kind="captions" src="{address(base, film.captions)}"'
            f' srclang="{markup_text(film.language)}" label="{markup_text(label)}">'
        )
    link = markup_text(f"{film.title}, {said(film.words, FILM)}")
    lines.append(f'  <a href="{address(base, _linked(first))}">{link}</a>')
    lines.append("</video>")
    if says:
        lines.append('<p class="mlanim-words" aria-hidden="true"></p>')
    lines.append(f"<figcaption>{markup_text(_caption(film)) if caption else ''}")
    if says:
        summary = markup_text(said(film.words, IN_WORDS))
        lines += ["<details>", f"<summary>{summary}</summary>"]
        lines.append(f'<ol id="{markup_text(film.name)}-words">')
        lines += [
            f'  <li data-start="{step.start:.2f}">{markup_text(step.say)}</li>' for step in says
        ]
        lines += ["</ol>", "</details>"]
    return "\n".join([*lines, "</figcaption>", "</figure>", ""])


def markdown(film: Film, base: str = "") -> str:
    """The figure as a block of HTML, and below it what a site that takes no HTML shows."""
    first = film.variants[0]
    link = address(base, _linked(first))
    picture = f"[![{markdown_text(_seen(film))}]({address(base, first.poster)})]({link})"
    note = "Where HTML is not allowed, a picture that leads to the film:"
    return f"{html(film, base)}\n<!-- {note}\n{picture}\n-->\n"


def quarto(film: Film, base: str = "") -> str:
    """A raw block, with what a document's header needs for its files to be copied."""
    return (
        f"<!-- In the document's header: resources: [{yaml_text(base or './')}] -->\n\n"
        '::: {.content-visible when-format="html"}\n'
        f"```{{=html}}\n{html(film, base)}```\n:::\n\n"
        '::: {.content-visible unless-format="html"}\n'
        f"![{markdown_text(_caption(film))}]({address(base, film.variants[0].poster)})"
        "\n:::\n"
    )


def mdx(film: Film, base: str = "") -> str:
    """A component for MDX, whose media lie in the site's public folder."""
    name = component_name(film.name)
    inside = script_text(figure(film, base))
    start = (
        "(box) => { if (!box || box.dataset.mlanim) return; box.dataset.mlanim = 'ready';"
        " const script = document.createElement('script');"
        f" script.src = {script_text(base + SCRIPT)}; box.append(script); }}"
    )
    return (
        f"export const {name} = () => <>\n"
        f'<link rel="stylesheet" href={{{script_text(base + STYLE)}}} />\n'
        f"<div ref={{{start}}}\n"
        f"  dangerouslySetInnerHTML={{{{ __html: {inside} }}}} />\n"
        f"</>\n\n<{name} />\n"
    )


def page(film: Film, snippets: Sequence[tuple[str, str]]) -> str:
    """A page that shows the film and its snippets, by name."""
    return snippet_page(
        film,
        f'<p class="lead">{markup_text(film.lead)}</p>\n{figure(film, caption=False)}',
        snippets,
        policy=_POLICY,
        words=film.words,
        link=f'<link rel="stylesheet" href="{STYLE}">\n',
        script=f'<script src="{SCRIPT}"></script>\n',
    )


def _sources(film: Film, base: str) -> list[str]:
    """What a browser chooses from, the first that fits: dark ones first, for dark pages alone."""
    dark = _dark(film)
    ordered = [v for v in (dark, film.variants[0]) if v is not None]
    return [
        f'<source src="{address(base, name)}" type="{_TYPES[name.rpartition(".")[2]]}"'
        + (' media="(prefers-color-scheme: dark)">' if variant is dark else ">")
        for variant in ordered
        for name in variant.films
    ]


def _linked(variant: Variant) -> str:
    """The file that a link leads to: mp4, which everything plays, where there is one."""
    return max(variant.films, key=lambda name: name.endswith(".mp4"))


def _dark(film: Film) -> Variant | None:
    return film.variants[1] if len(film.variants) > 1 else None


def _caption(film: Film) -> str:
    return f"{film.title}. {film.lead}" if film.lead else film.title


def _seen(film: Film) -> str:
    """The alternative of the film's poster."""
    return _named(film, film.seen or film.title)


def _named(film: Film, what: str) -> str:
    """What is read aloud for it."""
    return f"{said(film.words, ANIMATION)}: {what}"
