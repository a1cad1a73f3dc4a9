"""The article: one file of HTML with the reel, the player, and a still of each step."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from mlanim.publish.escaping import markup_text
from mlanim.publish.own_words import in_markup, said
from mlanim.publish.page.first import first_pictures
from mlanim.publish.page.stills import Stills
from mlanim.publish.page.wording import AGAIN, ARTICLE, CHOICES, MADE
from mlanim.publish.snippet_page import digest_of_text
from mlanim.words.table import ENGLISH, Words

__all__ = ["Article", "html_of", "least_bytes", "scheme_style", "unpacked_reel"]

_FOLDER = Path(__file__).parent / "article"
_PAINTER = ("reel.js", "changes.js", "painter.js", "first.js")
_PLAYER = ("asking.js", "tables.js", "forward.js", "player.js", "opening.js")
_LINES = {"light": "#DCE0E6", "dark": "#2A3340"}  # hairlines, what is raised, and the focus
_RAISED = {"light": "#F6F7F9", "dark": "#171D26"}
_FOCUS = {"light": "#0056C7", "dark": "#63ABFF"}


@dataclass(frozen=True)
class Article:
    """What a page is made of.

    Attributes:
        reel: all that it plays and answers, its variants included.
        roles: the themes' colours by name, one or two of each.
        themes: their names.
        alternatives: what each step's last picture shows, in words, for the first variant.
        notes: what a reader should know of how it was made.
        words: of the page itself, in its language.
    """

    title: str
    lead: str
    language: str
    reel: Mapping[str, Any]
    roles: Mapping[str, Sequence[str]]
    themes: Sequence[str]
    alternatives: Sequence[str]
    notes: Sequence[str]
    words: Words = ENGLISH


def html_of(article: Article) -> str:
    """The whole page."""
    frame = article.reel["frame"]
    stills = Stills(article.reel, frame)
    steps = "\n".join(_steps(article, stills))
    painter, player = (
        "\n".join(["", "'use strict';", *map(_read, of), ""]) for of in (_PAINTER, _PLAYER)
    )
    variables, style = scheme_style(article, stills.colours), _read("page.css")
    rate = said(article.words, MADE, f"{article.reel['rate']:g}")
    reel = {**article.reel, "words": ARTICLE.in_scripts(article.words)}
    return Template(in_markup(_read("page.html"), article.words)).substitute(
        language=markup_text(article.language),
        themes=len(article.themes),
        title=markup_text(article.title),
        lead=markup_text(article.lead),
        styles=" ".join(f"'{digest_of_text(text)}'" for text in (variables, style)),
        scripts=" ".join(f"'{digest_of_text(text)}'" for text in (painter, player)),
        first=_as_json(first_pictures(article.reel)).replace("<", "\\u003c"),
        painter=painter,
        variables=variables,
        style=style,
        pixels=round(frame[0] * 100),
        lines=round(frame[1] * 100),
        choices=_choices(article),
        steps=steps,
        glyphs=_kept(stills.glyphs),
        made=markup_text(" ".join([rate, *article.notes])),
        reel=b64encode(zlib.compress(_as_json(reel).encode(), 9)).decode(),
        player=player,
    )


def least_bytes() -> int:
    """What a page has before anything is drawn: its frame, its style, its scripts."""
    return sum(len(_read(name).encode()) for name in ("page.html", "page.css", *_PAINTER, *_PLAYER))


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def unpacked_reel(html: str) -> dict[str, Any]:
    """The reel of a page, read back from it."""
    _, _, rest = html.partition('<script type="text/plain" id="reel">')
    from base64 import b64decode

    told: dict[str, Any] = json.loads(zlib.decompress(b64decode(rest.partition("<")[0])))
    return told


def _steps(article: Article, stills: Stills) -> Iterator[str]:
    """A section for each step: its heading, its still, its words."""
    variants = article.reel["variants"]
    again = markup_text(said(article.words, AGAIN))
    longest = max(variants, key=lambda variant: len(variant["steps"]))
    first = variants[0]
    for number in range(len(longest["steps"])):
        step = (first if number < len(first["steps"]) else longest)["steps"][number]
        still = ""
        if number < len(first["steps"]):
            seen = article.alternatives[number]
            picture = stills.still(first, step["still"], seen)
            still = _kept(f'<figure class="still">{picture}</figure>')
        yield (
            f'<section class="step" id="step-{number + 1}">\n'
            f'<h2 dir="auto"><span class="count">{number + 1}</span>'
            f"{markup_text(step['title'])}</h2>\n"
            f'{still}<p class="say" dir="auto">{markup_text(step["say"])}</p>\n'
            f'<button class="again" type="button">{again}</button>\n'
            '<div class="forward" hidden></div>\n'
            "</section>"
        )


def _kept(markup: str) -> str:
    """What is there without scripts, and for paper; with them it costs no time at the start."""
    return f'<noscript class="kept">{markup}</noscript>\n'


def _choices(article: Article) -> str:
    """A list for each thing that can be chosen."""
    chosen: dict[str, list[str]] = {}
    for variant in article.reel["variants"]:
        for name, value in variant["chosen"].items():
            values = chosen.setdefault(name, [])
            values += [value] if value not in values else []
    lists = []
    for name, values in chosen.items():
        options = "".join(f"<option>{markup_text(value)}</option>" for value in values)
        label = markup_text(name.replace("_", " "))
        told = markup_text(name)
        lists.append(f'<label>{label} <select data-name="{told}">{options}</select></label>')
    label = markup_text(said(article.words, CHOICES))
    return (
        f'<div id="choices" role="group" aria-label="{label}">{"".join(lists)}</div>\n'
        if lists
        else ""
    )


def scheme_style(article: Article, colours: Iterable[int]) -> str:
    """The colours by their roles, and others by number, as the reader's scheme has them."""
    width, height = article.reel["frame"]
    places = range(len(article.themes))
    blocks = []
    for place in places:
        name = article.themes[place]
        ground = "dark" if name == "dark" else "light"
        told = {role: pair[place] for role, pair in article.roles.items()}
        for number in colours:
            pair = article.reel["colours"][number]
            if not isinstance(pair, str):
                told[f"c{number}"] = pair[min(place, len(pair) - 1)]
        told |= {"line": _LINES[ground], "raised": _RAISED[ground], "focus": _FOCUS[ground]}
        blocks.append("".join(f"--{key}:{value};" for key, value in told.items()))
    shape = f"--frame:{width:.4f}/{height:.4f};--ratio:{width / height:.4f};"
    light = f":root{{{shape}{blocks[0]}}}"
    if len(blocks) == 1:
        return light
    # Paper is light.
    return f"{light}@media screen and (prefers-color-scheme:dark){{:root{{{blocks[1]}}}}}"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
