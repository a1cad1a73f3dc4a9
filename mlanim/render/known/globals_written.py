"""The globals that a function writes itself, such as what it remembers of its last answers.

Read off the bytes of its code: `dis` makes an object of every instruction, and there are thousands
of functions to look at in each process that begins to draw.
"""

from __future__ import annotations

import dis
from collections.abc import Iterator
from types import CodeType

__all__ = ["globals_written"]

_Step = tuple[int, int]  # an instruction and its argument

_STORES_GLOBAL, _LOADS_GLOBAL = dis.opmap["STORE_GLOBAL"], dis.opmap["LOAD_GLOBAL"]
_STORES_ELEMENT, _EXTENDED = dis.opmap["STORE_SUBSCR"], dis.opmap["EXTENDED_ARG"]
_NO_STEP = (
    _EXTENDED,
    dis.opmap.get("CACHE", 0),
)  # room for what Python remembers, and large arguments
_NEAR = 30  # instructions, those among them that hold room for what Python remembers
_TABLE_AND_KEY = 2
_OF_ELEMENTS = {
    dis.opmap.get(name)
    for name in ("LOAD_FAST", "LOAD_CONST", "LOAD_DEREF", "BINARY_OP", "BINARY_SUBSCR")
}


def globals_written(code: CodeType) -> set[str]:
    """Those that it binds, and those in which it sets an element.

    >>> sorted(globals_written(compile("global a; a = 1", "", "exec")))
    ['a']
    """
    raw = code.co_code
    if not _may_write(raw[::2]):
        return set()
    steps = list(_steps(raw))
    written = {code.co_names[name] for act, name in steps if act == _STORES_GLOBAL}
    return written | {code.co_names[name] for name in _written_into(steps)}


def _may_write(acts: bytes) -> bool:
    """Whether it is worth a closer look, which takes long."""
    if _STORES_GLOBAL in acts:
        return True
    place = acts.find(_STORES_ELEMENT)
    while place >= 0:
        if _LOADS_GLOBAL in acts[max(0, place - _NEAR) : place]:
            return True
        place = acts.find(_STORES_ELEMENT, place + 1)
    return False


def _steps(raw: bytes) -> Iterator[_Step]:
    large = 0
    for act, argument in zip(raw[::2], raw[1::2], strict=True):
        if act not in _NO_STEP:
            yield act, large | argument
        large = (large | argument) << 8 if act == _EXTENDED else 0


def _written_into(steps: list[_Step]) -> Iterator[int]:
    """Where their names are in which an element is set, as `TABLES[kind][key] = answer` does."""
    for place, (act, _) in enumerate(steps):
        if act != _STORES_ELEMENT:
            continue
        height = 0  # of what the instructions before it have put on the stack
        for before, argument in reversed(steps[:place]):
            takes = argument if before >= dis.HAVE_ARGUMENT else None
            height += dis.stack_effect(before, takes, jump=False)
            if before == _LOADS_GLOBAL and height == _TABLE_AND_KEY:
                yield argument >> 1  # its lowest bit says whether what it loads is called
            if before not in _OF_ELEMENTS:
                break
