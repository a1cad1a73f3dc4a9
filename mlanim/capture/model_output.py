"""What a transformers model gave, sorted: what can be drawn, and why the rest cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.captured import LEAST_SUM, MOST_SUM

__all__ = ["ModelOutput"]


class ModelOutput:
    """The arrays of a trace, and a line for each that was left out.

    Args:
        model: who gave it, for its class, its config and its parts.
        given: its output, with attentions, hidden_states and logits where it has them.
        count: T, the tokens that it read.

    Attributes:
        attention: (L, H, T, T); hidden_states: (L + 1, T, d); logits: (T, V); each may be None.
        left_out: reasons, one for each array that is missing though one might expect it.

    Raises:
        UsageError: the model gave values that are not finite.
    """

    def __init__(self, model: Any, given: Any, count: int) -> None:
        self._model, self._name, self._count = model, type(model).__name__, count
        self.left_out: list[str] = []
        self.hidden_states = self._hidden_states(getattr(given, "hidden_states", None))
        self.attention = self._attention(getattr(given, "attentions", None))
        self.logits = self._logits(getattr(given, "logits", None))

    def _hidden_states(self, layers: Any) -> NDArray | None:
        states = [_array(layer[0]) for layer in layers or () if layer is not None]
        if not states:
            self.left_out.append(f"hidden_states: {self._name} gives none")
            return None
        shapes = {state.shape for state in states}
        if len(shapes) > 1 or states[0].ndim != 2 or len(states[0]) != self._count:
            said = ", ".join(sorted(map(str, shapes)))
            self.left_out.append(f"hidden_states: not one vector for each token, but {said}")
            return None
        return self._finite("hidden states", np.stack(states))

    def _attention(self, layers: Any) -> NDArray | None:
        reason = self._no_attention(layers) or self._unlike(layers)
        if reason:
            self.left_out.append(f"attention: {reason}")
            return None
        weights = np.stack([_array(layer[0]) for layer in layers])
        sums = self._finite("attention", weights).sum(axis=-1, dtype=np.float64)
        if weights.min() >= 0 and sums.min() >= LEAST_SUM and sums.max() <= MOST_SUM:
            return weights
        found = f"rows sum to {sums.min():.2g} to {sums.max():.2g}, not to 1"
        if weights.min() < 0 or sums.max() > MOST_SUM:
            found = f"{self._name} gives no softmax weights: {found}"
        elif any("sink" in name for name, _ in self._model.named_parameters()):
            found = f"{self._name} has attention sinks, which take a part of the weight: {found}"
        else:
            found = f"{self._name} does not give all of it: {found}"
        self.left_out.append(f"attention: {found}")
        return None

    def _no_attention(self, layers: Any) -> str:
        """Why there is none, or too little to be the model's."""
        config = getattr(self._model, "config", None)
        there = [layer for layer in layers or () if layer is not None]
        if not there:
            way = getattr(config, "_attn_implementation", None)
            if way not in (None, "eager"):
                return f"{way} keeps no weights: load it with attn_implementation='eager'"
            has = any("attn" in n or "attention" in n for n, _ in self._model.named_modules())
            return f"{self._name} " + ("does not give its weights" if has else "has none")
        depth = getattr(config, "num_hidden_layers", None)
        if self.hidden_states is not None:
            depth = len(self.hidden_states) - 1
        if isinstance(depth, int) and len(there) < depth:
            return f"only {len(there)} of the {depth} layers of {self._name} have it"
        if self.hidden_states is not None and len(there) != depth:
            return f"{len(there)} layers of it, and hidden states of {depth}"
        return ""

    def _unlike(self, layers: Any) -> str:
        """Why layers cannot be stacked into one array (L, H, T, T)."""
        if not all(hasattr(layer, "shape") and len(layer.shape) == 4 for layer in layers):
            return f"{self._name} gives it in a form of its own"
        heads = sorted({layer.shape[1] for layer in layers})
        sides = {tuple(layer.shape[2:]) for layer in layers}
        if sides != {(self._count, self._count)}:
            found = ", ".join(f"{a} x {b}" for a, b in sorted(sides))
            return f"it is {found} for {self._count} tokens: it does not go from token to token"
        if len(heads) > 1:
            return f"layers have {' or '.join(map(str, heads))} heads"
        return ""

    def _logits(self, logits: Any) -> NDArray | None:
        """Kept where they are scores of words; a classifier's are not."""
        if logits is None:
            return None
        if logits.ndim != 3:
            shape = tuple(logits.shape)
            self.left_out.append(f"logits: of shape {shape}, no scores of words for each token")
            return None
        count, words = int(logits.shape[1]), int(logits.shape[2])
        if count != self._count or words not in self._vocabulary_sizes(words):
            self.left_out.append(f"logits: scores of {words} labels, not of words")
            return None
        return self._finite("logits", _array(logits[0]))

    def _vocabulary_sizes(self, found: int) -> set[int]:
        """How many words there are, as its last layer and its config tell; else what was found."""
        ask = getattr(self._model, "get_output_embeddings", None)
        last = ask() if ask is not None else None
        config: Any = getattr(self._model, "config", None)
        text = config.get_text_config() if hasattr(config, "get_text_config") else config
        sizes = [getattr(last, "out_features", None), getattr(text, "vocab_size", None)]
        return {size for size in sizes if isinstance(size, int)} or {found}

    def _finite(self, what: str, array: NDArray) -> NDArray:
        if not np.isfinite(array).all():
            kind = str(next((p.dtype for p in self._model.parameters()), "")).rpartition(".")[2]
            advice = "look at its weights" if kind == "float32" else "load it in float32"
            raise UsageError(f"{self._name} gives NaN or infinite {what}, in {kind}", advice)
        return array


def _array(tensor: Any) -> NDArray:
    return tensor.detach().float().cpu().numpy()
