"""Capture any PyTorch module that is built of nn.MultiheadAttention."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.capture.left_as_was import evaluating, unwrapped
from mlanim.capture.needs import needed
from mlanim.errors import UsageError
from mlanim.models.captured import CapturedTrace, write_trace

__all__ = ["torch"]


def torch(
    module: Any,
    inputs: Any,
    path: str | Path | None = None,
    *,
    tokens: Sequence[str] | None = None,
) -> CapturedTrace:
    """Run a module and keep the weights of its self-attention layers, in the order of their calls.

    Hidden states are kept where the module has nn.TransformerEncoderLayer. Of a batch the first
    item is kept. The module itself is left as it was.

    Args:
        module: anything with nn.MultiheadAttention inside, such as nn.TransformerEncoder.
        inputs: its argument, or a tuple of them.
        path: where to write the trace too, as .npz or .safetensors.
        tokens: a name for each position; without, x1, x2, ...

    Raises:
        UsageError: there is no self-attention in it, its layers disagree in shape, or as many
            tokens were named as there are not.
        MlanimError: PyTorch is missing.

    Example::

        layer = nn.TransformerEncoderLayer(16, 4, batch_first=True)
        trace = torch(nn.TransformerEncoder(layer, 2), torch.randn(1, 5, 16))
    """
    library = needed("torch")
    nn = library.nn
    module = unwrapped(module)
    weights: list[NDArray] = []
    others: list[str] = []
    states: list[NDArray] = []
    hooks = []

    def ask(layer: Any, given: Any, options: Any) -> Any:
        return given, {**options, "need_weights": True, "average_attn_weights": False}

    def keep(layer: Any, given: Any, options: Any, result: Any) -> None:
        found = _array(result[1])
        found = found[0] if found.ndim == 4 else found
        if found.shape[-1] == found.shape[-2]:  # else it attends to another sequence
            weights.append(found)
        else:
            others.append(f"{found.shape[-2]} x {found.shape[-1]}")

    def keep_states(layer: Any, given: Any, result: Any) -> None:
        first = layer.self_attn.batch_first
        if not states:
            states.append(_first(given[0], first))
        states.append(_first(result, first))

    fast = library.backends.mha.get_fastpath_enabled()
    try:
        library.backends.mha.set_fastpath_enabled(False)  # it would not call the layers inside
        for part in module.modules():
            if isinstance(part, nn.MultiheadAttention):
                hooks.append(part.register_forward_pre_hook(ask, with_kwargs=True))
                hooks.append(part.register_forward_hook(keep, with_kwargs=True))
            if isinstance(part, nn.TransformerEncoderLayer):
                hooks.append(part.register_forward_hook(keep_states))
        with evaluating(module):
            module(*inputs if isinstance(inputs, tuple) else (inputs,))
    finally:
        for hook in hooks:
            hook.remove()
        library.backends.mha.set_fastpath_enabled(fast)
    if not weights and others:
        raise UsageError(
            f"attention in {type(module).__name__} is {', '.join(dict.fromkeys(others))}",
            "only that from token to token of one sequence can be drawn",
        )
    if not weights:
        raise UsageError(
            f"no self-attention was run in {type(module).__name__}",
            "give a module with nn.MultiheadAttention inside",
        )
    if len({found.shape for found in weights}) > 1:
        shapes = ", ".join(sorted({str(found.shape) for found in weights}))
        raise UsageError(f"layers of different shapes: {shapes}", "capture one part of the module")
    count = weights[0].shape[-1]
    named = tuple(tokens) if tokens is not None else tuple(f"x{i + 1}" for i in range(count))
    if len(named) != count:
        raise UsageError(f"{len(named)} tokens for {count} positions", "name each position once")
    trace = CapturedTrace(
        named, attention=np.stack(weights), hidden_states=np.stack(states) if states else None
    )
    if path is not None:
        write_trace(trace, path)
    return trace


def _array(tensor: Any) -> NDArray:
    return tensor.detach().float().cpu().numpy()


def _first(tensor: Any, batch_first: bool) -> NDArray:
    """The first item's rows (T, d)."""
    found = _array(tensor)
    if found.ndim == 2:
        return found
    return found[0] if batch_first else found[:, 0]
