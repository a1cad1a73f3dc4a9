"""A model lent for one look: it reads without learning, and is given back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from mlanim.capture.needs import needed

__all__ = ["evaluating", "showing_attention", "unwrapped"]

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
def showing_attention(model: Any) -> Iterator[None]:
    """Attention computed in steps: the fused ways never hold the weights.

    What cannot be set so keeps its own way, and then may give no weights.
    """
    configs = {id(c): c for part in model.modules() for c in _configs(getattr(part, "config", None))}
    before = [(config, vars(config)[_SETTING]) for config in configs.values()]
    switches = [part for part in model.modules() if hasattr(part, "set_attn_implementation")]
    try:
        for part in switches[:1]:  # it sets those inside it too
            try:
                part.set_attn_implementation("eager")
            except (ValueError, ImportError):
                pass
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
