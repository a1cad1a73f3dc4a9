"""Manim, mlanim and what they name of other libraries, as they were when they were imported.

    untouched()  # False as soon as a scene has replaced any function of theirs

What an animation will do follows from what it holds only while the code that moves it is the code
that everybody has. So the very objects are kept that stood in each class and module when its
import ended, before a scene could touch them, and compared with those that stand there now. What
the engine exchanges itself is expected. All of this is by nature a process's own: Manim is there
once, whoever changes it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import Any

import manim  # noqa: F401  which must be there before it is looked at

import mlanim.render.known.pixels  # noqa: F401  which changes it
from mlanim.render.known.behalf import is_readers
from mlanim.render.known.comparison import Comparison
from mlanim.render.known.drawn_by import names_of_drawing
from mlanim.render.known.functions_heard import take_as_it_is
from mlanim.render.known.globals_written import globals_written
from mlanim.render.known.imports_heard import hear_imports
from mlanim.render.known.namespaces import Namespace, codes_in, functions_in
from mlanim.render.known.others import Others, is_anothers, is_ours
from mlanim.render.known.within import Within

__all__ = [
    "drawing_names",
    "expected",
    "is_watched_class",
    "is_watched_function",
    "mentioned_names",
    "of_class",
    "set_defaults",
    "untouched",
    "untouched_drawing",
]

# What no scene comes to that Cairo draws.
_ELSEWHERE = (
    "manim.cli",
    "manim.mobject.opengl",
    "manim.renderer.opengl_renderer",
    "manim.renderer.shader",
    "mlanim.cli",
)
_ENGINE = "mlanim.render."
_TWINS = ("fast_animating", "fast_building", "fast_camera")  # and what they are made of


class _AsImported:
    """What was found in all that was imported so far.

    Attributes:
        replaced: whether somebody had replaced a function by one of his own before it was found.
    """

    def __init__(self) -> None:
        self.replaced = False
        self._modules: dict[str, Namespace] = {}
        self._classes: dict[int, Namespace] = {}
        self._others = Others()
        self._within = Within()
        self._codes: dict[int, CodeType] = {}
        self._globals: dict[int, dict[str, Any]] = {}
        self._mentioned: defaultdict[int, set[str]] = defaultdict(set)  # of these, by code
        self._memos: defaultdict[int, set[str]] = defaultdict(set)  # and those that it writes
        self._names: frozenset[str] | None = None
        self._counted: list[tuple[Namespace, list[str]]] | None = None
        self._all: Comparison | None = None
        self._drawing: Comparison | None = None
        self._drawing_names: frozenset[str] | None = None

    def take_in(self, module: ModuleType) -> None:
        """A module's import has ended; nobody else had a chance to change it."""
        name = module.__name__
        if name in self._modules or name.startswith(_ELSEWHERE):
            return
        self._modules[name] = own = Namespace(module)
        found = [own]
        for value in own.values:
            if (
                isinstance(value, type)
                and is_ours(value.__module__)
                and not value.__module__.startswith(_ELSEWHERE)
                and id(value) not in self._classes
            ):
                self._classes[id(value)] = Namespace(value)
                found.append(self._classes[id(value)])
        for namespace in found:
            self._know(namespace.values)
        for namespace in found if not name.startswith(_ENGINE) else ():
            self._within.take(namespace.found(n) for n in self._that_count(namespace))
        self._all = self._drawing = self._drawing_names = self._names = self._counted = None

    def _know(self, values: Sequence[Any]) -> None:
        """These functions are Manim's or ours."""
        for function in functions_in(values):
            take_as_it_is(function)
            self.replaced = self.replaced or is_readers(function.__code__.co_filename)
            around = function.__globals__
            self._globals[id(around)] = around
            mentioned, memos = self._mentioned[id(around)], self._memos[id(around)]
            before = len(mentioned), len(memos)
            for code in codes_in(function.__code__):
                self._codes[id(code)] = code
                mentioned.update(code.co_names)
                memos.update(globals_written(code))
            if (len(mentioned), len(memos)) != before:  # other names of its module count by now
                self._all = self._drawing = self._counted = None

    def knows(self, function: FunctionType) -> bool:
        return id(function.__code__) in self._codes and id(function.__globals__) in self._globals

    def has_class(self, kind: type) -> bool:
        return id(kind) in self._classes

    def of_class(self, owner: type) -> Namespace:
        """What belongs into a class of Manim's."""
        return self._classes.setdefault(id(owner), Namespace(owner))

    @contextmanager
    def expected(self, owner: Any, name: str, original: Any, replacement: Any) -> Iterator[None]:
        """While the block runs, the engine has something of its own there."""
        if isinstance(owner, ModuleType) and owner.__name__ in self._modules:
            namespace: Namespace | None = self._modules[owner.__name__]
        else:
            namespace = self._classes.get(id(owner)) or self._others.of(owner)
        if namespace is None or name not in namespace or namespace.found(name) is not original:
            yield
            return
        self._expect(namespace, name, replacement)
        self._know([replacement])
        try:
            yield
        finally:
            self._expect(namespace, name, original)

    def _expect(self, namespace: Namespace, name: str, value: Any) -> None:
        namespace.expect(name, value)
        if is_anothers(value):
            self._all = self._drawing = self._counted = None
        for comparison in (self._all, self._drawing):
            if comparison is not None:
                comparison.outdate()

    def all(self) -> Comparison:
        """Of all that counts for what scenes do; of the engine, what stands in for Manim's."""
        if self._all is None:
            self._all = Comparison(self._parts(), self._within)
        return self._all

    def drawing(self) -> Comparison:
        """Of what drawing could come to: all that has a name which is mentioned on its way."""
        if self._drawing is None:
            reached = self.drawing_names()
            parts = self._parts()
            parts = [(n, [name for name in names if name in reached]) for n, names in parts]
            self._drawing = Comparison(parts, self._within)
        return self._drawing

    def _parts(self) -> list[tuple[Namespace, list[str]]]:
        """All namespaces with the names that count: of a module's, those that code mentions."""
        if self._counted is None:
            self._counted = self._count()
        return self._counted

    def _count(self) -> list[tuple[Namespace, list[str]]]:
        twins = self._twins()
        modules = [n for name, n in self._modules.items() if _counts(name, twins)]
        classes = [n for n in self._classes.values() if _counts(n.owner.__module__, twins)]
        self._look_at_others([*modules, *classes])
        parts = [(n, self._that_count(n)) for n in (*modules, *classes)]
        return [*parts, *self._others.parts(self.mentioned_names())]

    def _that_count(self, namespace: Namespace) -> list[str]:
        """Of a module's names those that code mentions and does not write itself."""
        if not isinstance(namespace.owner, ModuleType):
            return namespace.names
        around = id(namespace.held)
        counting = self._mentioned[around] - self._memos[around]
        return [name for name in namespace.names if name in counting]

    def look_around(self) -> None:
        """At other libraries, before a scene could change them."""
        self._look_at_others([*self._modules.values(), *self._classes.values()])

    def _look_at_others(self, ours: list[Namespace]) -> None:
        values = (value for namespace in ours for value in namespace.values)
        self._others.look(values, self.mentioned_names())

    def drawing_names(self) -> frozenset[str]:
        """The names that are mentioned on the way of drawing a frame."""
        if self._drawing_names is None:
            self._drawing_names = names_of_drawing(self._parts())
        return self._drawing_names

    def mentioned_names(self) -> frozenset[str]:
        """All names that any of the code asks for, also those that it makes up: x of get_x."""
        if self._names is None:
            names = {name for code in self._codes.values() for name in code.co_names}
            texts = {c for code in self._codes.values() for c in code.co_consts if type(c) is str}
            made = {name[4:] for name in names if name.startswith(("get_", "set_"))}
            self._names = frozenset(names | texts | made)
        return self._names

    def _twins(self) -> frozenset[str]:
        """The engine's modules that stand in for Manim's, with those that they import from."""
        reached: set[str] = set()
        waiting = [f"{_ENGINE}twins.{name}" for name in _TWINS]
        while waiting:
            name = waiting.pop()
            if name not in reached and name in self._modules:
                reached.add(name)
                homes = [getattr(v, "__module__", "") for v in self._modules[name].values]
                waiting += [h for h in homes if type(h) is str and h.startswith(_ENGINE)]
        return frozenset(reached)


def _counts(module: Any, twins: frozenset[str]) -> bool:
    if type(module) is not str or not module.startswith(_ENGINE):
        return True
    return module in twins


_found = _AsImported()


for _name, _module in list(sys.modules.items()):
    if is_ours(_name) and _name != __name__:
        _found.take_in(_module)
hear_imports(is_ours, _found.take_in)
_found.look_around()


def untouched() -> bool:
    """Whether all does what it did when it was imported, but for defaults that were set."""
    return set_defaults() is not None


def set_defaults() -> list[tuple[str, str, tuple[Any, ...]]] | None:
    """What Manim's `set_default` was told, by class; None if more than that was changed."""
    differing = _found.all().differing()
    if differing is None or _found.replaced:
        return None
    told = []
    for namespace, names in differing:
        others = [name for name in names if not namespace.keeps(name)]
        if not others:
            continue
        defaults = namespace.defaults() if others == ["__init__"] else None
        if defaults is None:
            return None
        told.append((namespace.owner.__module__, namespace.owner.__qualname__, defaults))
    return told


def untouched_drawing() -> bool:
    """Whether all that drawing could come to is as it was imported."""
    differing = _found.drawing().differing()
    if differing is None or _found.replaced:
        return False
    reached = _found.drawing_names()
    return all(reached.isdisjoint(names) for _, names in differing)


drawing_names = _found.drawing_names
mentioned_names = _found.mentioned_names
is_watched_function = _found.knows
is_watched_class = _found.has_class
expected = _found.expected
of_class = _found.of_class
