"""French text to words and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from mlanim.errors import UsageError

__all__ = ["detokenise", "nearest_words", "tokenise"]

# An elided word keeps its apostrophe; a word; or any other sign, which no vocabulary will know.
TOKEN = re.compile(r"[^\W\d_]+'|[\w-]+|[^\w\s]")
PUNCTUATION = frozenset('.,;:!?…«»“”"()')


def tokenise(text: str) -> tuple[str, ...]:
    """Lower-case words; l', n' and the like are words of their own; punctuation is left out.

    Curly apostrophes become straight ones, and letters with separate accents (NFD) become single
    ones. Control and invisible characters are refused with a UsageError.

    >>> tokenise("L’école n'est pas grande.")
    ("l'", 'école', "n'", 'est', 'pas', 'grande')
    """
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character).startswith("C") and character not in "\t\r\n":
            raise UsageError(
                f"character {position} of the sentence is U+{ord(character):04X}, not printable",
                "letters, digits, spaces and punctuation are allowed",
            )
    text = unicodedata.normalize("NFC", text).lower().replace("’", "'").replace("ʼ", "'")
    return tuple(token for token in TOKEN.findall(text) if token not in PUNCTUATION)


def detokenise(tokens: Iterable[str]) -> str:
    """Words to text: a space between two, except after an apostrophe.

    >>> detokenise(("l'", "école", "est", "grande"))
    "l'école est grande"
    """
    return "".join(t if t.endswith("'") else t + " " for t in tokens).rstrip()


def nearest_words(word: str, known: Sequence[str], count: int = 3) -> list[str]:
    """The known words most like an unknown one; just one where only the accents differ.

    >>> nearest_words("economique", ["économique", "économiques", "politique"])
    ['économique']
    """
    plain: dict[str, str] = {}
    for candidate in known:
        plain.setdefault(without_accents(candidate), candidate)
    folded = without_accents(word)
    if folded in plain:
        return [plain[folded]]
    return [plain[near] for near in get_close_matches(folded, plain, n=count, cutoff=0.0)]


def without_accents(word: str) -> str:
    """The word in lower case, its accents dropped.

    >>> without_accents("Été")
    'ete'
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
