"""The score of a word that a transformers model says, and its slope by what was read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.capture.needs import needed
from mlanim.subjects.thoughts.models.saliency import gradient_x_input, integrated_gradients

__all__ = ["WordScores"]

_AT_ONCE = 500_000  # numbers of all inputs that run together
_ROWS = 8192  # of the vocabulary, at a time
_HALF = 0.02  # of parts that were computed in half precision


class WordScores:
    """Logits of words, as functions of the vectors that enter a model.

    Args:
        model: which takes `inputs_embeds`.
        ids: (S,) that it reads, or that its encoder reads.
        decoder_ids: (D,) that a decoder reads; None for a single stack.
    """

    def __init__(self, model: Any, ids: Any, decoder_ids: Any = None) -> None:
        torch = needed("torch")
        self._model, self._torch = model, torch
        table = model.get_input_embeddings()
        with torch.no_grad():
            self._given = table(ids)
            self._mean = self._mean_of(table)
            self._decoded = None if decoder_ids is None else table(decoder_ids)
        self.half = self._given.dtype not in (torch.float32, torch.float64)

    def of(self, position: int, word: int, *, whole: bool) -> tuple[NDArray, NDArray, NDArray]:
        """Gradient x input (S + D,), integrated gradients, and both scores, of a word there.

        whole: all that is given is read; else what stands up to the position alone.
        """
        rows = self._rows(position, whole)
        count = len(self._given) if self._decoded is not None else len(rows)

        def scored(inputs: NDArray) -> tuple[NDArray, NDArray]:
            most = max(1, min(64, _AT_ONCE // inputs[0].size))
            found = [
                self._scored(inputs[i : i + most], count, position, word)
                for i in range(0, len(inputs), most)
            ]
            return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])

        tokens = rows.detach().double().cpu().numpy()
        _, slopes = scored(tokens[None])
        found = integrated_gradients(scored, tokens, self._mean, _HALF if self.half else 5e-4)
        simple = gradient_x_input(slopes[0], tokens)
        return simple, found.parts, np.array(found.ends)

    def _mean_of(self, table: Any) -> NDArray:
        """The mean of the vocabulary, as the table gives it: some scale what they hold."""
        torch, size = self._torch, int(table.num_embeddings)
        total: Any = 0
        for first in range(0, size, _ROWS):
            ids = torch.arange(first, min(first + _ROWS, size), device=self._given.device)
            total = total + table(ids).double().sum(dim=0)
        return np.asarray((total / size).cpu().numpy())

    def _rows(self, position: int, whole: bool) -> Any:
        if self._decoded is not None:
            return self._torch.cat([self._given, self._decoded[: position + 1]])
        return self._given if whole else self._given[: position + 1]

    def _scored(
        self, inputs: NDArray, count: int, position: int, word: int
    ) -> tuple[NDArray, NDArray]:
        torch = self._torch
        rows = torch.as_tensor(inputs).to(self._given)
        with torch.enable_grad():
            rows.requires_grad_(True)
            named = {"inputs_embeds": rows[:, :count]}
            if self._decoded is not None:
                named["decoder_inputs_embeds"] = rows[:, count:]
            logits = self._model(**named, return_dict=True).logits
            scores = logits[:, position, word]
            (slopes,) = torch.autograd.grad(scores.sum(), rows)
        return scores.detach().double().cpu().numpy(), slopes.double().cpu().numpy()
