"""A model lent for one look: it reads without learning, and is given back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from mlanim.capture.needs import needed

__all__ = ["evaluating", "in_float32", "showing_attention", "unwrapped", "without_new_hooks"]

_MOST_LIFTED = 1_000_000_000  # numbers, four gigabytes
_SETTING = "_attn_implementation_internal"  # of a config; transformers has no public way back


def unwrapped(model: Any) -> Any:
    """The module inside what torch.compile and parallel wrappers put around it."""
    while True:
        inner = getattr(model, "_orig_mod", None)
        if inner is None and not hasattr(model, "config"):
            inner = getattr(model, "module", None)
        if inner is None:
            return model
        model = inner


@contextmanager
def evaluating(module: Any) -> Iterator[None]:
    """No dropout, no gradients, nothing compiled; each part's own mode comes back."""
    torch = needed("torch")
    modes = [(part, part.training) for part in module.modules()]
    plain = getattr(torch.compiler, "set_stance", lambda _: nullcontext())
    try:
        for part, _ in modes:
            part.training = False
        with torch.no_grad(), plain("force_eager"):
            yield
    finally:
        for part, mode in modes:
            part.training = mode


@contextmanager
def in_float32(model: Any) -> Iterator[None]:
    """Half precision lifted for the while, and exactly as it was afterwards: float32 holds it all.

    That takes twice its room: what is very large stays as it is, and what holds whole numbers.
    """
    torch = needed("torch")
    held = [*model.parameters(), *model.buffers()]
    lifted = [(one, one.dtype) for one in held if one.dtype in (torch.float16, torch.bfloat16)]
    whole = any(not p.is_floating_point() for p in model.parameters())
    if whole or sum(one.numel() for one, _ in lifted) > _MOST_LIFTED:
        lifted = []
    try:
        for one, _ in lifted:
            one.data = one.data.float()
        yield
    finally:
        for one, kind in lifted:
            one.data = one.data.to(kind)


@contextmanager
def without_new_hooks(module: Any) -> Iterator[None]:
    """Hooks that come meanwhile go again: transformers keeps those by which it takes outputs."""
    before = [
        (part, {id(hooks): set(hooks) for hooks in _hooks(part)}) for part in module.modules()
    ]
    notes = [(part, set(vars(part))) for part in module.modules()]
    try:
        yield
    finally:
        for part, known in before:
            for hooks in _hooks(part):
                for new in set(hooks) - known[id(hooks)]:
                    del hooks[new]
        for part, names in notes:  # such as that the hooks are there
            for name in [name for name in vars(part) if "hook" in name and name not in names]:
                del vars(part)[name]


def _hooks(part: Any) -> list[Any]:
    return [
        found
        for name, found in vars(part).items()
        if "_hooks" in name
        and found is not None
        and hasattr(found, "pop")
        and not isinstance(found, list)
    ]


@contextmanager
def showing_attention(model: Any) -> Iterator[None]:
    """Attention computed in steps: the fused ways never hold the weights.

    What cannot be set so keeps its own way, and then may give no weights.
    """
    configs = {
        id(c): c for part in model.modules() for c in _configs(getattr(part, "config", None))
    }
    before = [(config, vars(config)[_SETTING]) for config in configs.values()]
    switches = [part for part in model.modules() if hasattr(part, "set_attn_implementation")]
    try:
        for part in switches[:1]:  # it sets those inside it too
            with suppress(ValueError, ImportError):
                part.set_attn_implementation("eager")
        yield
    finally:
        for config, was in before:
            setattr(config, _SETTING, was)


def _configs(config: Any) -> Iterator[Any]:
    """A config and those inside it, of the kind that says how attention is computed."""
    if _SETTING not in getattr(config, "__dict__", {}):
        return
    yield config
    for value in vars(config).values():
        if value is not config:
            yield from _configs(value)
