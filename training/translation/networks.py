"""The encoder-decoder in PyTorch, for training.

`mlanim.subjects.translation.models.seq2seq` is the same in NumPy.

Luong's arrangement (Luong et al. 2015, section 3) for all variants: the decoder's own state is
scored against the encoder's states, and context and state together go through a tanh layer to the
words. The context is not fed back into the decoder, so that all steps of a known sentence are one
call.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

CELLS = {"gru": nn.GRU, "lstm": nn.LSTM}
ATTENTIONS = ("none", "bahdanau", "luong")


class EncoderDecoder(nn.Module):
    """Source words (batch, n) and decoder inputs (batch, m) to logits (batch, m, words)."""

    def __init__(
        self, cell: str, attention: str, source: int, target: int, *, embedding: int, hidden: int
    ) -> None:
        super().__init__()
        self.attention = attention
        self.source_embedding = nn.Embedding(source, embedding)
        self.target_embedding = nn.Embedding(target, embedding)
        self.encoder = CELLS[cell](embedding, hidden, batch_first=True)
        self.decoder = CELLS[cell](embedding, hidden, batch_first=True)
        if attention == "bahdanau":
            self.query = nn.Linear(hidden, hidden, bias=False)
            self.key = nn.Linear(hidden, hidden, bias=False)
            self.energy = nn.Linear(hidden, 1, bias=False)
        if attention == "luong":
            self.general = nn.Linear(hidden, hidden, bias=False)
        self.combine = nn.Linear(2 * hidden, hidden)
        self.output = nn.Linear(hidden, target)

    def score(self, queries: Tensor, states: Tensor) -> Tensor:
        """(batch, m, d) and (batch, n, d) to (batch, m, n)."""
        if self.attention == "luong":
            return queries @ self.general(states).transpose(1, 2)
        mixed = self.query(queries)[:, :, None] + self.key(states)[:, None]
        return self.energy(torch.tanh(mixed))[..., 0]

    def decode(self, words: Tensor, states: Tensor, memory: Tensor) -> dict[str, Tensor]:
        """Every array of the decoder for inputs `words`, from the memory before them."""
        decoder_states, memory = self.decoder(self.target_embedding(words), memory)
        arrays = {"decoder_states": decoder_states, "memory": memory}
        if self.attention == "none":
            arrays["contexts"] = states[:, -1:].expand_as(decoder_states)
        else:
            arrays["scores"] = self.score(decoder_states, states)
            arrays["weights"] = arrays["scores"].softmax(dim=-1)
            arrays["contexts"] = arrays["weights"] @ states
        joined = torch.cat([arrays["contexts"], decoder_states], dim=-1)
        arrays["attentional"] = torch.tanh(self.combine(joined))
        arrays["logits"] = self.output(arrays["attentional"])
        return arrays

    def forward(self, source: Tensor, words: Tensor) -> dict[str, Tensor]:
        """Every array, for words that are known beforehand."""
        hidden_states, memory = self.encoder(self.source_embedding(source))
        return {"hidden_states": hidden_states, **self.decode(words, hidden_states, memory)}

    @torch.no_grad()
    def translate(
        self, source: Tensor, *, start: int, end: int, longest: int
    ) -> tuple[Tensor, Tensor]:
        """Greedy words (batch, longest), `end` repeated at the end, and argmax of the weights."""
        states, memory = self.encoder(self.source_embedding(source))
        word = torch.full((len(source), 1), start)
        ended = torch.zeros(len(source), 1, dtype=torch.bool)
        words, attended = [], []
        for _ in range(longest):
            arrays = self.decode(word, states, memory)
            memory = arrays["memory"]
            word = arrays["logits"].argmax(dim=-1).masked_fill(ended, end)
            ended = ended | (word == end)
            words.append(word)
            attended.append(arrays["weights"].argmax(dim=-1) if "weights" in arrays else word * 0)
        return torch.cat(words, dim=1), torch.cat(attended, dim=1)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as float16, named as the package reads them."""
        named = {}
        for name, tensor in self.state_dict().items():
            short = name.replace(".weight_ih_l0", ".input_weights").replace(
                ".bias_ih_l0", ".input_bias"
            )
            short = short.replace(".weight_hh_l0", ".state_weights").replace(
                ".bias_hh_l0", ".state_bias"
            )
            named[short] = tensor.numpy().astype(np.float16)
        return named

    def round_to_half(self) -> None:
        """Use the weights that are shipped: float16, though computed with in more precision."""
        for tensor in self.state_dict().values():
            tensor.copy_(tensor.half().float())
