"""These tests need PyTorch and transformers: `./run capture-tests` sets up their environment."""

from __future__ import annotations

import pytest
import torch

VOCABULARY = ("[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "on", "mat", "dog", ".")


class WordTokenizer:
    """Words to indices, with the few methods of a transformers tokenizer that capturing calls."""

    words = VOCABULARY

    def __call__(self, text: str, return_tensors: str) -> dict[str, torch.Tensor]:
        assert return_tensors == "pt"
        known = {word: i for i, word in enumerate(VOCABULARY)}
        return {"input_ids": torch.tensor([[known.get(w, 0) for w in text.split()]])}

    def decode(self, indices: list[int]) -> str:
        return " " + VOCABULARY[indices[0]]

    def convert_ids_to_tokens(self, index: int) -> str:
        return VOCABULARY[index]

    def get_vocab(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(VOCABULARY)}


@pytest.fixture
def tokenizer() -> WordTokenizer:
    torch.manual_seed(0)
    return WordTokenizer()
