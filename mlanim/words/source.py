"""What a script says, known from its source alone, in another language.

>>> german = Words({"{1} words are read": "{1} Wörter werden gelesen"})
>>> said_of_source("… words are read", german), said_of_source("6 words are read", german)
('… Wörter werden gelesen', '6 Wörter werden gelesen')
"""

from __future__ import annotations

import re

from mlanim.words.places import taken_out
from mlanim.words.table import Words

__all__ = ["said_of_source"]

_COMPUTED = "…"  # stands for what is known only when the script runs
_PLACE = re.compile(r"\{\d+\}")
_ALIKE = 30  # letters: two texts that share fewer may be about something else


def said_of_source(text: str, words: Words) -> str:
    """A text of `SceneEntry.says` or its summary; one that the table lacks stays as it is."""
    if (said := words.said(text)) != text or _COMPUTED not in text:
        return said
    wanted = _PLACE.sub(_COMPUTED, taken_out(text)[0])
    # What is computed may hold words too, that the template has.
    like = re.compile(".+".join(map(re.escape, wanted.split(_COMPUTED))))
    found = None
    for template, translation in words.entries.items():
        plain = _PLACE.sub(_COMPUTED, template)
        if plain == wanted:
            return _PLACE.sub(_COMPUTED, translation)
        if found is None and len(wanted) > _ALIKE and like.fullmatch(plain):
            found = _PLACE.sub(_COMPUTED, translation)
    return text if found is None else found
