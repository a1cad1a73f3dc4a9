"""How a token is written where it is drawn: one manner for texts and vocabularies of any model."""

from __future__ import annotations

from mlanim.models.trace_limits import LONGEST_TOKEN

__all__ = ["SEEN_SPACE", "drawn"]

SEEN_SPACE = "·"  # the fonts that come with mlanim have it


def drawn(text: str, limit: int = LONGEST_TOKEN) -> str:
    r"""A token without the space that parts it from the word before.

    Further spaces, and those of a token that is nothing else, are seen; signs that leave no mark
    are escapes; what is too long is cut, and an ellipsis says so.

    >>> [drawn(text) for text in (" cat", "   return", " ", "\n", "")]
    ['cat', '··return', '·', '\\n', '""']
    """
    if not text:
        return '""'
    body = text[1:] if text.startswith(" ") and text.strip(" ") else text
    kept = body.strip(" ")
    front = len(body) - len(body.lstrip(" "))
    back = len(body) - len(body.rstrip(" ")) if kept else 0
    escaped = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in kept
    )
    shown = SEEN_SPACE * front + escaped + SEEN_SPACE * back
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"
