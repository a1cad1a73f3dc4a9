"""Words of a reader's, escaped for the place where they stand, so that they are read and never run.

A title, a step's name or a file's name may hold anything: quotes, tags, the end of a comment, a
fence, braces that a site's generator would fill in. Each function knows one kind of place.
"""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import quote, unquote

__all__ = [
    "address",
    "component_name",
    "fenced",
    "file_word",
    "in_comment",
    "markdown_text",
    "markup_text",
    "one_line",
    "path_url",
    "script_text",
    "typed_url",
    "yaml_text",
]

# No text: controls, halves of a pair, and what Unicode keeps for programs' own use.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKDOWN = re.compile(r"[\\`*_\[\]#|~$^@!]")
_OPENS_A_BLOCK = re.compile(r"^(\d*)([-+=:.)])")  # a list, a rule, a fence of colons
_LONGEST_WORD = 48  # characters, of four bytes at most: names of files have 255


def one_line(text: str) -> str:
    """A text without breaks, and with a sign in place of what is no text at all.

    >>> one_line("two\\n lines\\x00")
    'two lines\\ufffd'
    """
    return _NO_TEXT.sub("\ufffd", " ".join(text.split()))


def markup_text(text: str) -> str:
    """A text between tags or in a quoted attribute.

    Braces and backticks too: fences end at the ones, generators of sites fill in the others.

    >>> markup_text('<a title="x"> {{ y }}')
    '&lt;a title=&quot;x&quot;&gt; &#123;&#123; y &#125;&#125;'
    """
    text = escape(one_line(text))
    for sign in "{}`":
        text = text.replace(sign, f"&#{ord(sign)};")
    return text


def markdown_text(text: str) -> str:
    """A paragraph, heading or alternative in Markdown that reads as the text does.

    >>> markdown_text("a_b * [c] <d>")
    'a\\\\_b \\\\* \\\\[c\\\\] &lt;d&gt;'
    >>> markdown_text("1. A step -->")
    '1\\\\. A step --&gt;'
    """
    text = _MARKDOWN.sub(r"\\\g<0>", one_line(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("{", "&#123;").replace("}", "&#125;")
    return _OPENS_A_BLOCK.sub(r"\1\\\2", text)


def fenced(text: str) -> str:
    """A block of plain text in Markdown, whose fence is longer than any within."""
    text = one_line(text)
    ticks = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}text\n{text}\n{fence}"


def in_comment(line: str) -> str:
    """A shell's command in a comment of HTML: it can still be copied and run, and ends no comment.

    >>> in_comment("mlanim show 'a-->b'")
    'mlanim show \\'a--\\'">"\\'b\\''
    """
    return one_line(line).replace(">", "'\">\"'")  # shlex has each > between single quotes


def path_url(path: str) -> str:
    """A file's or a folder's name as a part of an address, no scheme and no query.

    >>> path_url('a "b"/c:d.png')
    'a%20%22b%22/c%3Ad.png'
    """
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def address(base: str, name: str) -> str:
    """Of a file, in a quoted attribute; base is an address, and the name stands for itself.

    >>> address("films/", "a b.mp4")
    'films/a%20b.mp4'
    """
    return markup_text(base) + path_url(name)


def typed_url(url: str) -> str:
    """An address as somebody has typed it, with what must be escaped in one.

    >>> typed_url('https://a.org/b c/?d=e"')
    'https://a.org/b%20c/?d=e%22'
    """
    return quote(url.encode("utf-8", "surrogateescape"), safe="/:?#@!$&*+,;=%[]")


def yaml_text(url: str) -> str:
    """The path behind an address as a quoted text of YAML, which is JSON's.

    >>> yaml_text("my%20films/")
    '"my films/"'
    """
    text = json.dumps(one_line(unquote(url)))
    return re.sub("[<>{}`]", lambda sign: f"\\u{ord(sign[0]):04x}", text)


def script_text(text: str) -> str:
    """A text as a literal of JavaScript, within a page too: no tag in it ends a script.

    >>> script_text("</script>")
    '"\\\\u003c/script>"'
    """
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")


def component_name(name: str) -> str:
    """The name of a component for a film, as JavaScript allows names.

    >>> component_name("self-attention"), component_name("2d 'onload=")
    ('SelfAttentionFilm', 'Film2dOnload')
    """
    parts = re.split(r"[\W_]+", name)
    joined = "".join(part[:1].upper() + part[1:] for part in parts)
    joined = "".join(sign for sign in joined if f"x{sign}".isidentifier())
    return f"{joined}Film" if "A" <= joined[:1] <= "Z" else f"Film{joined}"


def file_word(name: str) -> str:
    """A name as a part of the names of files, elements and addresses that are made for it.

    >>> file_word('a" onload="x" y='), file_word("...")
    ('a-onload-x-y', 'film')
    """
    return re.sub(r"[^\w-]+", "-", name)[:_LONGEST_WORD].strip("-") or "film"
