"""The text of an SVG as Cairo writes it, made small and fit to stand beside others."""

from __future__ import annotations

import hashlib
import re
from html import escape

__all__ = ["tidied", "titled"]

# What is so without being said, or is said once for all.
_SAID_ONCE = "stroke-miterlimit:10;"
_NEEDLESS = re.compile(
    r"(?:fill-opacity:1|stroke-opacity:1|fill-rule:nonzero|stroke-linecap:butt"
    r"|stroke-linejoin:miter|stroke-miterlimit:10|stroke:none)(?:;|(?=\"))"
)
_COLOUR = re.compile(r"rgb\(([\d.]+)%,([\d.]+)%,([\d.]+)%\)")
_AFTER_CLOSING = re.compile(r"(Z) M [-\d.e]+ [-\d.e]+ (?=\")")
_NUMBER = re.compile(r"-?\d+\.\d{4,}")
_NAME = re.compile(r'(?P<use>\bid="|url\(#|href="#)(?P<name>[\w-]+)')


def tidied(svg: str) -> str:
    """The same picture in fewer letters: colours as #rrggbb, pixels to a thousandth.

    Names of gradients and images are made this picture's own, so that several pictures can stand
    in one page of HTML.
    """
    svg = re.sub(r'<g id="surface\d+">', f'<g style="{_SAID_ONCE}">', svg, count=1)
    head, mark, rest = svg.partition(f'"{_SAID_ONCE}">')
    rest = _NEEDLESS.sub("", rest).replace('style=" ', 'style="')
    rest = re.sub(r'(?<= d=")[^"]+(?="/>)', _rounded, _AFTER_CLOSING.sub(r"\1", rest))
    return _renamed(_COLOUR.sub(_hexadecimal, head + mark + rest))


def titled(svg: str, title: str, description: str) -> str:
    """Say what the picture is, for those who cannot see it."""
    told = f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
    return re.sub(r"(<svg [^>]*)>\n", lambda m: f'{m[1]} role="img">\n{told}', svg, count=1)


def _renamed(svg: str) -> str:
    """Names by the picture and their order in it; Cairo's count on through a whole process."""
    order: dict[str, int] = {}
    counted = _NAME.sub(lambda m: f"{m['use']}{order.setdefault(m['name'], len(order))}", svg)
    own = hashlib.sha256(counted.encode()).hexdigest()[:6]
    return _NAME.sub(rf"\g<use>m{own}-\g<name>", counted)


def _hexadecimal(colour: re.Match[str]) -> str:
    """rgb(100%,50.196%,0%) as #ff8000: nothing finer can be shown."""
    return "#" + "".join(f"{round(float(share) * 2.55):02x}" for share in colour.groups())


def _rounded(path: re.Match[str]) -> str:
    """A path in pixels. Those with a transform are in Manim's units, and end otherwise."""
    return _NUMBER.sub(lambda number: f"{float(number[0]):.3f}".rstrip("0").rstrip("."), path[0])
