"""What Python tells of its own doings: files opened, processes begun, names resolved.

An audit hook stays for as long as its process lives, so there is one for all who listen, and each
of them is asked only of the events that it named.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["listen"]

Listener = Callable[[str, tuple[Any, ...]], None]

_listeners: defaultdict[str, tuple[Listener, ...]] = defaultdict(tuple)
_heard: list[bool] = []  # not empty once the hook is there


def listen(events: Iterable[str], listener: Listener) -> Callable[[], None]:
    """Have a listener told of events before they happen, with what Python says of them.

    What the listener raises ends what was about to happen.

    Returns:
        What to call to hear no more.

    >>> told = []
    >>> stop = listen(["os.mkdir"], lambda event, about: told.append(event))
    >>> stop()
    """
    names = tuple(events)
    for name in names:
        _listeners[name] += (listener,)
    if not _heard:
        _heard.append(True)
        sys.addaudithook(_hear)

    def stop() -> None:
        for name in names:
            _listeners[name] = tuple(one for one in _listeners[name] if one is not listener)

    return stop


def _hear(event: str, about: tuple[Any, ...]) -> None:
    # `get`: the hook is called for every id() as well, and must not fill the dictionary.
    for listener in _listeners.get(event, ()):
        listener(event, about)
