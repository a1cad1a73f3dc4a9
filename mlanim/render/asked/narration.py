"""The reader's own text-to-speech command, as it was asked for."""

from __future__ import annotations

import shlex

from mlanim.errors import UsageError

__all__ = ["command_words"]


def command_words(command: str) -> list[str]:
    """The words of a command, as a shell would read them; no shell runs it.

    >>> command_words("say -o '{out}' --rate 150")
    ['say', '-o', '{out}', '--rate', '150']

    Raises:
        UsageError: it has none.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--narrate {command!r}", str(error)) from error
    if not words or "\0" in command:
        raise UsageError(f"--narrate {command!r}", "give a command, such as 'espeak-ng --stdout'")
    return words
