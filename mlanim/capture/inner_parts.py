"""The parts of a transformers model that thoughts are read from: its layers, and its way to words.

No name is the same in all models. Layers are the largest list of modules; the norm after them and
the layer that scores words are found by trying, and taken when they give the model's own logits.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mlanim.capture.needs import needed

__all__ = ["Layers", "ReadOut", "layers_of", "listening", "read_out_of"]

ReadOut = Callable[[Any], Any]

_BESIDE = 4  # children beside the one that scores words, whose orders are tried
_NEAR = 0.02  # of the greatest logit: half precision rounds at each part


@dataclass
class Layers:
    """A stack: its layers, what holds them, and what they gave in the last run."""

    layers: list[Any]
    holder: Any
    outputs: dict[int, Any] = field(default_factory=dict)  # (B, T, d) that leaves each
    fired: dict[int, Any] = field(default_factory=dict)  # (B, T, f) that enters the last matrix


def layers_of(model: Any) -> Layers | None:
    """The largest list of modules of one kind; None where there is none."""
    torch = needed("torch")
    best, most = None, 0
    for _, part in model.named_modules():
        for child in part.children():
            if isinstance(child, torch.nn.ModuleList) and len({type(c) for c in child}) == 1:
                size = sum(p.numel() for p in child.parameters())
                if size > most:
                    best, most = Layers(list(child), part), size
    return best


@contextmanager
def listening(stack: Layers) -> Iterator[None]:
    """While it runs, note what leaves each layer, and what enters its last matrix.

    That is the feed-forward network's second one, in all models that attend first.
    """
    hooks = []

    def keep_output(number: int) -> Callable[..., None]:
        def keep(layer: Any, given: Any, result: Any) -> None:
            stack.outputs[number] = result[0] if isinstance(result, tuple) else result

        return keep

    def keep_input(number: int) -> Callable[..., None]:
        def keep(matrix: Any, given: Any) -> None:
            stack.fired[number] = given[0]

        return keep

    try:
        for number, layer in enumerate(stack.layers):
            hooks.append(layer.register_forward_hook(keep_output(number)))
            for part in layer.modules():
                weight = getattr(part, "weight", None)
                if not list(part.children()) and weight is not None and weight.ndim == 2:
                    hooks.append(part.register_forward_pre_hook(keep_input(number)))
        yield
    finally:
        for hook in hooks:
            hook.remove()


def read_out_of(model: Any, stack: Layers, logits: Any) -> ReadOut | None:
    """The way from what leaves a layer (1, T, d) to logits (1, T, V); None where it is not found.

    logits: the model's own, of the run whose outputs the stack has.
    """
    last = stack.outputs.get(len(stack.layers) - 1)
    scorer = _scorer(model)
    if last is None or scorer is None:
        return None
    norms = [m for m in stack.holder.children() if "norm" in type(m).__name__.casefold()]
    width = getattr(model.config, "d_model", None) or last.shape[-1]
    tried = itertools.product(_heads(model, scorer), (*reversed(norms), None), (1.0, width**-0.5))
    for head, norm, scale in tried:
        way = _way(norm, head, scale)
        try:
            found = way(last)
        except Exception:  # a part that takes something else
            continue
        near = _NEAR if str(logits.dtype) != "torch.float32" else 1e-4
        if found.shape == logits.shape and bool(
            (found - logits).abs().max() <= near * logits.abs().max().clamp(min=1e-6)
        ):
            return way
    return None


def _way(norm: Any, head: Sequence[Any], scale: float) -> ReadOut:
    def way(rows: Any) -> Any:
        normed = rows if norm is None else norm(rows)
        scores = normed if scale == 1 else normed * scale
        for part in head:
            scores = part(scores)
        return scores

    return way


def _heads(model: Any, scorer: Any) -> Iterator[tuple[Any, ...]]:
    """The layer that scores words, then with others of the model's children before it.

    In any order: DistilBERT's transform, activation and norm stand beside each other.
    """
    inputs = model.get_input_embeddings() if hasattr(model, "get_input_embeddings") else None
    others = [
        child
        for child in model.children()
        if child is not scorer
        and "loss" not in type(child).__name__.casefold()
        and not any(part is inputs for part in child.modules())
    ]
    most = len(others) if len(others) <= _BESIDE else 0
    for count in range(most + 1):
        for before in itertools.permutations(others, count):
            yield (*before, scorer)


def _scorer(model: Any) -> Any:
    """The child of the model that holds the matrix by which words are scored."""
    last = model.get_output_embeddings() if hasattr(model, "get_output_embeddings") else None
    if last is None:
        return None
    inputs = model.get_input_embeddings() if hasattr(model, "get_input_embeddings") else None
    for child in model.children():
        parts = list(child.modules())
        if any(part is last for part in parts) and not any(part is inputs for part in parts):
            return child
    return None
