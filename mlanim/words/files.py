"""Files of words: a TOML table a step, in it each English text and what stands for it.

    [score]
    "Each state gets a score" = "Jeder Zustand erhält eine Bewertung"
    "{1} words are read" = "{1} Wörter werden gelesen"

The tables only say where a text occurs first; its translation holds wherever it occurs. An empty
translation is none.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.words.places import places_of
from mlanim.words.table import ENGLISH, Words

__all__ = [
    "ALTERNATIVES",
    "BUTTONS",
    "LANGUAGES",
    "PAGE",
    "TITLES",
    "Found",
    "check_language",
    "language_of",
    "read_words",
    "shipped",
    "written",
]

LANGUAGES = {"de": "German", "es": "Spanish", "zh": "Chinese"}
_SHIPPED = Path(__file__).parent
_MOST_BYTES = 2_000_000
ALTERNATIVES = "alternatives"  # the table of what only text alternatives say
TITLES = "titles"  # that of what a film and its steps are called
PAGE = "page"  # that of what a page says itself: its buttons, keys and notes
BUTTONS = "buttons"  # that of what decks and embedded films say themselves
_BEFORE = "(before the steps)"
_BRACES = re.compile(r"\{(?!\d+\})[^{}]*\}")


def read_words(files: Iterable[Path]) -> Words:
    """The table of one file or several, of which the first that has a text counts.

    Raises:
        UsageError: no such file, no TOML, or an entry that cannot be: which, and why.
    """
    files = tuple(files)
    entries: dict[str, str] = {}
    own: set[str] = set()
    for file in reversed(files):
        read, own = _read(file)
        entries |= read
    if not files:
        return ENGLISH
    is_shipped = files[0].is_relative_to(_SHIPPED)
    source = f"--language {files[0].parent.name}" if is_shipped else files[0].name
    return Words(entries, source, () if is_shipped else own)


def shipped(language: str, scene: str) -> tuple[Path, ...]:
    """The files of a bundled scene's words, and of what text alternatives say in any scene.

    Raises:
        UsageError: an unknown language, or a scene that has none in it.
    """
    check_language(language)
    file = _SHIPPED / language / f"{scene}.toml"
    if not scene or not file.is_file():
        raise UsageError(
            f"{scene or 'this scene'} has no {LANGUAGES[language]} words",
            f"mlanim words SCENE -o {language}.toml writes those it shows; then --words",
        )
    return file, _SHIPPED / "seen" / f"{language}.toml"


def language_of(files: Sequence[Path]) -> str:
    """The language of files of words: that of those which are shipped, else English."""
    return files[0].parent.name if files and files[0].is_relative_to(_SHIPPED) else "en"


def check_language(language: str) -> None:
    """Refuse a language that does not come with the scenes.

    Raises:
        UsageError: with those that do.
    """
    if language not in LANGUAGES:
        raise UsageError(f"--language {language!r}", did_you_mean(language, LANGUAGES))


@dataclass(frozen=True)
class Found:
    """A text as it was met first.

    Attributes:
        template: with places for its numbers.
        step: where; "" before the first.
        kind: "heading", "label", "say", "alternative", "title", "step", "page" or "button".
        room: what it has room for, as far as that is known.
    """

    template: str
    step: str
    kind: str
    room: str = ""


def written(texts: Iterable[Found], known: Mapping[str, str] = MappingProxyType({})) -> str:
    """A file of words: texts by their steps, and what is known of their translations.

    >>> print(written([Found("Each state gets a score", "score", "heading", "13.4 wide")]))
    [score]
    # heading: 13.4 wide
    "Each state gets a score" = ""
    """
    tables: dict[str, list[str]] = {}
    for text in texts:
        remark = ": ".join(part for part in (text.kind, text.room) if part)
        line = f"{_quoted(text.template)} = {_quoted(known.get(text.template, ''))}"
        tables.setdefault(text.step, []).append(f"# {remark}\n{line}")
    blocks = [f"[{_key(step)}]\n" + "\n".join(lines) for step, lines in tables.items()]
    return "\n\n".join(blocks)


def _key(step: str) -> str:
    bare = step.replace("-", "").replace("_", "")
    return step if bare.isascii() and bare.isalnum() else _quoted(step or _BEFORE)


def _quoted(text: str) -> str:
    """A TOML string, which is one of JSON's."""
    return json.dumps(text, ensure_ascii=False)


def _read(file: Path) -> tuple[dict[str, str], set[str]]:
    """The translations of a file, and those which a film asks for as it plays."""
    name = file.name
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UsageError(f"--words {name} is too large", "a scene has a few hundred texts")
        tables: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or "cannot be read"
        raise UsageError(f"--words {file}", why, "mlanim words SCENE -o FILE.toml") from None
    except RecursionError:
        raise UsageError(f"--words {name}", "its brackets are too deep to be read") from None
    except UnicodeDecodeError:
        raise UsageError(f"--words {name} is no UTF-8", "save it as UTF-8") from None
    except ValueError as error:
        raise UsageError(f"--words {name} is no TOML", str(error)) from None
    entries: dict[str, str] = {}
    played: set[str] = set()
    for step, table in tables.items():
        if not isinstance(table, dict):
            raise UsageError(
                f"{name}: {step} = {table!r} stands in no step", "write [step] above it"
            )
        for english, translation in table.items():
            _check(name, step, english, translation)
            if not translation.strip():
                continue
            if entries.setdefault(english, translation) != translation:
                raise UsageError(
                    f"{name}: [{step}] {english!r} is {translation!r} here and "
                    f"{entries[english]!r} before",
                    "a text has one translation",
                )
            if step not in (ALTERNATIVES, TITLES, PAGE, BUTTONS):
                played.add(english)
    return entries, played


def _check(name: str, step: str, english: str, translation: Any) -> None:
    """Refuse what stands for no text, or for another one."""
    told = f"{name}: [{step}] {english!r}"
    if not isinstance(translation, str):
        raise UsageError(f"{told} = {translation!r}", "write a text between quotes")
    if bad := next((c for c in translation if c != "\n" and unicodedata.category(c) == "Cc"), ""):
        raise UsageError(f"{told} holds the control character U+{ord(bad):04X}")
    wanted, given = places_of(english), places_of(translation)
    if translation.strip() and wanted != given:
        wrong = sorted((wanted - given) or (given - wanted))
        verb = "lacks" if wanted - given else "has too often"
        strange = [f"{word} is no place" for word in _BRACES.findall(translation)]
        raise UsageError(
            f"{told} {verb} {', '.join(f'{{{place}}}' for place in wrong)}",
            *strange[:1],
            "each place stands in it as often as in the English",
        )
