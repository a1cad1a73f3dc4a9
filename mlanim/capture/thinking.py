"""Capture what a transformers model thinks: for the scene `thoughts`, with `--trace FILE`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.capture.embeddings import token_of
from mlanim.capture.inner_parts import Layers, layers_of, listening, read_out_of
from mlanim.capture.left_as_was import in_float32
from mlanim.capture.model_output import ModelOutput
from mlanim.capture.needs import needed
from mlanim.capture.tokenised import Tokenised
from mlanim.capture.word_scores import WordScores
from mlanim.errors import UsageError
from mlanim.models.trace_limits import MOST_TOKENS
from mlanim.subjects.thoughts.models.firing import most_firing
from mlanim.subjects.thoughts.models.logit_lens import look_through, rank_of
from mlanim.subjects.thoughts.models.thoughts import Thoughts

__all__ = ["thoughts_of"]

_BEST, _UNITS = 5, 24  # words and units that are kept of a layer
_MASKS = ("[mask]", "<mask>")


def thoughts_of(
    model: Any, tokenizer: Any, read: Tokenised, generate: int, ask: Sequence[str]
) -> Thoughts:
    """Run a model that is lent for it, and look inside. See `mlanim.capture.huggingface`."""
    said = _Said(model, read, generate)
    found: dict[str, Any] = {"tokens": read.named(said.ids), "given": np.array([len(read.ids)])}
    if said.decoder_ids:
        found["decoder_tokens"] = read.named(said.decoder_ids)
    speaking = layers_of(model.get_decoder() if said.decoder_ids else model)
    reading = layers_of(model.get_encoder()) if said.decoder_ids else speaking
    given = said.run(*{id(s): s for s in (speaking, reading) if s is not None}.values())
    output = ModelOutput(model.get_encoder() if said.decoder_ids else model, *said.read(given))
    found["attention"] = output.attention
    left_out = [line for line in output.left_out if line.startswith("attention")]
    if said.speaks:
        words = said.words(given.logits[0])
        found |= {"said_at": np.array(said.said_at), "said": _texts(read, words, said)}
        found |= _lens(model, tokenizer, read, speaking, given.logits, words, ask, left_out)
        found |= _saliency(model, said, words, given.logits, left_out)
    else:
        left_out.append(f"ranks and saliency: {type(model).__name__} says no words")
    found |= _neurons(reading, len(said.ids), left_out)
    for line in left_out:
        print(f"mlanim: left out {line}", file=sys.stderr)
    return Thoughts(**found)


class _Said:
    """What a model read, what it said, and where.

    Attributes:
        ids: read by a single stack, with what it said itself, or by an encoder.
        decoder_ids: read by a decoder; empty for a single stack.
        said_at: the positions at which it was asked.
        causal: whether a position reads those before it alone.
    """

    def __init__(self, model: Any, read: Tokenised, generate: int) -> None:
        self._model, self._torch = model, needed("torch")
        self._place = next((p.device for p in model.parameters() if p.device.type != "meta"), None)
        config = model.config
        self.ids, self.decoder_ids = list(read.ids), list[int]()
        self.speaks = getattr(model, "get_output_embeddings", lambda: None)() is not None
        both = bool(getattr(config, "is_encoder_decoder", False))
        can = getattr(model, "can_generate", bool)()
        self.causal = bool(self.speaks and can and not both)
        name = type(model).__name__
        if generate < 0:
            raise UsageError(f"generate={generate}", "give a number of tokens")
        if generate and not (self.causal or (both and self.speaks)):
            raise UsageError(f"{name} generates no text", "leave generate out")
        room = MOST_TOKENS - (0 if both else len(self.ids))
        if generate > room:
            raise UsageError(
                f"generate={generate} after {len(self.ids)} tokens", f"room for {room} more is left"
            )
        if both and self.speaks:
            start = getattr(config, "decoder_start_token_id", None)
            start = getattr(config, "pad_token_id", 0) if start is None else start
            self.decoder_ids = [int(start or 0)]
            self._generate(max(1, generate))
            self.said_at = list(range(len(self.decoder_ids)))
        elif self.causal:
            first = len(self.ids) - 1
            self._generate(generate)
            self.said_at = list(range(first, max(first + 1, len(self.ids) - 1)))
        else:
            self.said_at = self._masked(read)

    def words(self, logits: Any) -> list[int | None]:
        """The word said at each position: what comes next, else the most probable one."""
        best = logits.argmax(dim=-1).tolist()
        if self.causal:
            last = best[-1] if len(self.said_at) == 1 and self.said_at[0] == len(best) - 1 else None
            return [*self.ids[1:], last]
        return list(best)

    def run(self, *stacks: Layers) -> Any:
        """One pass, heard by the stacks."""
        if not stacks:
            return self._forward()
        with listening(stacks[0]):
            return self.run(*stacks[1:])

    def read(self, given: Any) -> tuple[Any, int]:
        """Of an output what the stack gave that reads, and how many tokens it has read."""
        if not self.decoder_ids:
            return given, len(self.ids)
        weights = getattr(given, "encoder_attentions", None)
        states = getattr(given, "encoder_hidden_states", None)
        return SimpleNamespace(attentions=weights, hidden_states=states), len(self.ids)

    def scores(self) -> WordScores:
        """Of the words that it says."""
        decoder = self._tensor(self.decoder_ids)[0] if self.decoder_ids else None
        return WordScores(self._model, self._tensor(self.ids)[0], decoder)

    def _tensor(self, ids: Sequence[int]) -> Any:
        return self._torch.tensor([list(ids)], device=self._place)

    def _forward(self) -> Any:
        named: dict[str, Any] = {"input_ids": self._tensor(self.ids)}
        if self.decoder_ids:
            named["decoder_input_ids"] = self._tensor(self.decoder_ids)
        return self._model(
            **named, output_attentions=True, output_hidden_states=True, return_dict=True
        )

    def _generate(self, count: int) -> None:
        """The most probable token each time; of a decoder the last one is not read."""
        ends = getattr(self._model.config, "eos_token_id", None)
        stops = set(np.ravel([ends]).tolist()) if ends is not None else set()
        growing = self.decoder_ids or self.ids
        for _ in range(count - bool(self.decoder_ids)):
            word = int(self._forward().logits[0, -1].argmax())
            growing.append(word)
            if word in stops:
                break

    def _masked(self, read: Tokenised) -> list[int]:
        names = [name.strip().casefold() for name in read.named(self.ids)]
        masked = [i for i, name in enumerate(names) if name in _MASKS]
        if masked or not self.speaks:
            return masked or [len(names) - 1]
        print("mlanim: no [MASK] in the text: asked for its last word", file=sys.stderr)
        inner = [i for i, name in enumerate(names) if name not in ("[sep]", "</s>")]
        return [inner[-1] if inner else len(names) - 1]


def _texts(read: Tokenised, words: list[int | None], said: _Said) -> tuple[str, ...]:
    asked = set(said.said_at)
    shown = [
        w if w is not None and (said.causal or i in asked) else None for i, w in enumerate(words)
    ]
    return tuple("" if word is None else read.named([word])[0] for word in shown)


def _lens(
    model: Any,
    tokenizer: Any,
    read: Tokenised,
    stack: Layers | None,
    logits: Any,
    words: list[int | None],
    ask: Sequence[str],
    left_out: list[str],
) -> dict[str, Any]:
    way = None if stack is None else read_out_of(model, stack, logits)
    if way is None or stack is None:
        left_out.append(
            f"the logit lens: how {type(model).__name__} turns its last layer's output into "
            "scores of words was not found"
        )
        return {}
    asked = {word: index for word in ask if (index := token_of(tokenizer, word)) is not None}
    if cut := [word for word in ask if word not in asked]:
        left_out.append(f"the ranks of {', '.join(cut)}: cut into several tokens")
    following = [0 if word is None else word for word in words]
    unknown = np.array([word is None for word in words])
    best, chances, ranks, others = [], [], [], []
    for number in range(len(stack.layers)):
        scores = way(stack.outputs[number])[0].float().cpu().numpy()
        lens = look_through(scores, _BEST)
        best.append(lens.words)
        chances.append(lens.probabilities)
        ranks.append(np.where(unknown, 0, rank_of(scores, following)))
        others.append([rank_of(scores, [i] * len(scores)) for i in asked.values()])
    kinds, places = np.unique(np.stack(best), return_inverse=True)
    found: dict[str, Any] = {
        "said_ranks": np.stack(ranks),
        "top_words": places.reshape(np.stack(best).shape),
        "top_probabilities": np.stack(chances),
        "words": read.named(kinds.tolist()),
    }
    if asked:
        found["asked"] = read.named(list(asked.values()))
        found["asked_ranks"] = np.array(others).transpose(0, 2, 1)
    return found


def _saliency(
    model: Any, said: _Said, words: list[int | None], logits: Any, left_out: list[str]
) -> dict[str, NDArray]:
    name = type(model).__name__
    size = len(said.ids) + len(said.decoder_ids)
    found = {part: np.zeros((len(said.said_at), size)) for part in _PARTS}
    scores = np.zeros((len(said.said_at), 2))
    try:
        with in_float32(model):
            by_word = said.scores()
            for row, position in enumerate(said.said_at):
                word = words[position]
                assert word is not None
                own = logits[0, position].float()
                *parts, scores[row] = by_word.of(position, word, whole=not said.causal)
                for part, values in zip(_PARTS, parts, strict=True):
                    found[part][row, : len(values)] = values
                if abs(scores[row, 1] - float(own[word])) > 0.02 * float(own.abs().max()):
                    left_out.append(
                        f"saliency: {name} gives vectors another score than their tokens"
                    )
                    return {}
    except Exception as error:  # the model's own code: not every one takes vectors
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        left_out.append(f"saliency: {name} gives no gradient by its inputs: {reason:.120}")
        return {}
    missed = np.abs(found[_PARTS[1]].sum(axis=1) - (scores[:, 1] - scores[:, 0])).max()
    if missed > 1e-3:
        kind = str(next(model.parameters()).dtype).rpartition(".")[2]
        print(
            f"mlanim: integrated gradients miss their sum by {missed:.2g}, in {kind}"
            + (": load the model in float32 for nearer ones" if by_word.half else ""),
            file=sys.stderr,
        )
    return {**found, "scores": scores}


_PARTS = ("gradient_x_input", "integrated_gradients")


def _neurons(stack: Layers | None, count: int, left_out: list[str]) -> dict[str, NDArray]:
    """The units that fire most, of the layers' feed-forward networks."""
    fired = [] if stack is None else [stack.fired.get(i) for i in range(len(stack.layers))]
    rows = [None if f is None else f.reshape(-1, f.shape[-1]).float().cpu().numpy() for f in fired]
    shapes = {(0, 0) if row is None else row.shape for row in rows}
    if len(shapes) != 1 or next(iter(shapes))[0] != count:
        left_out.append("neurons: layers have no feed-forward network of one width")
        return {}
    kept = [most_firing(row, _UNITS) for row in rows if row is not None]
    firing = [row[:, units].T for row, units in zip(rows, kept, strict=True) if row is not None]
    return {"neurons": np.stack(firing), "neuron_numbers": np.stack(kept)}
