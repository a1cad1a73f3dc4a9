"""How long reading takes: the scenes wait for it, and `check` asks for it."""

from __future__ import annotations

import re

from mlanim.words.direction import SIGNS

__all__ = ["needed"]

_A_WORD, _A_SIGN = 0.3, 0.12  # seconds; a sign of Chinese or Japanese, which stands for itself
_AT_LEAST = 0.5  # seconds
_ALONE = re.compile(f"[{SIGNS}]")


def needed(words: str) -> float:
    """Seconds that reading takes: 0.3 a word, 0.12 a Chinese sign, at least 0.5.

    >>> needed("Each hidden state gets a score."), needed("每个隐藏状态得到一个分数。")
    (1.8, 1.44)
    """
    signs = len(_ALONE.findall(words))
    others = [word for word in _ALONE.sub(" ", words).split() if any(map(str.isalnum, word))]
    between = len(others) if signs else len(words.split())
    return max(_AT_LEAST, round(_A_WORD * between + _A_SIGN * signs, 3))
