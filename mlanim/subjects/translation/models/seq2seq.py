"""Translate a French sentence and keep everything that was computed on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.recurrence import CellStep, Memory
from mlanim.models.softmax import log_softmax, softmax
from mlanim.models.tokens import nearest_words, tokenise
from mlanim.models.trace import END, START, Trace
from mlanim.subjects.translation.models.decoding import beam_search
from mlanim.subjects.translation.models.encoder_decoder import Seq2SeqModel, load_model

__all__ = ["LONGEST", "WIDEST", "Trace", "load_model", "read_sentence", "translate"]

LONGEST = 36  # French words, elided ones counted: no longer sentence occurs in training
WIDEST = 16  # beginnings that a beam may keep


def read_sentence(model: Seq2SeqModel, source: str) -> tuple[str, ...]:
    """French text to 1 to LONGEST words that the model knows; anything else is a UsageError."""
    tokens = tokenise(source)
    if not tokens:
        raise UsageError("the sentence is empty", "give a French one, such as 'je suis étudiant'")
    if len(tokens) > LONGEST:
        raise UsageError(
            f"the sentence has {len(tokens)} words (l' and n' counted)",
            f"at most {LONGEST} are allowed",
            "leave a clause out",
        )
    for token in tokens:
        if token not in model.source_index:
            near = " or ".join(repr(word) for word in nearest_words(token, model.source_words))
            raise UsageError(
                f"the model does not know the word {token!r}",
                f"did you mean {near}?",
                f"it knows {len(model.source_words)} French words",
            )
    return tokens


def translate(model: Seq2SeqModel, source: str, *, beam: int = 1) -> Trace:
    """Translate a French sentence and keep everything that was computed on the way.

    `beam` beginnings are kept at each word (1 is greedy, at most WIDEST). UsageError for an empty
    or too long sentence, for an unknown word (named, with the nearest known ones) and for a wrong
    beam.

    >>> trace = translate(load_model(), "la zone économique européenne est grande")
    >>> trace.translation
    'the European Economic Area is big'
    >>> trace.weights.shape
    (7, 6)
    """
    if not 1 <= beam <= WIDEST:
        raise UsageError(f"beam is {beam}", f"1 to {WIDEST} beginnings are allowed")
    tokens = read_sentence(model, source)
    embeddings = model.source_embedding[[model.source_index[token] for token in tokens]]
    encoder = model.encode(embeddings)
    states = np.stack([step.memory.state for step in encoder])

    def next_word(memory: Memory, word: int) -> tuple[NDArray, Memory]:
        step = model.decode(word, memory, states)
        return log_softmax(step.logits), step.recurrent.memory

    start, end = model.target_words.index(START), model.target_words.index(END)
    best = beam_search(
        next_word,
        encoder[-1].memory,
        start=start,
        end=end,
        longest=2 * len(tokens) + 4,
        width=beam,
    )
    memory = encoder[-1].memory
    inputs = (start, *best.words[:-1])
    decoder = []
    for (
        word
    ) in inputs:  # the search kept words only: decode the chosen ones again, keeping the arrays
        decoder.append(model.decode(word, memory, states))
        memory = decoder[-1].recurrent.memory
    return Trace(
        cell=model.cell,
        attention=model.attention,
        source_tokens=tokens,
        source_embeddings=embeddings,
        hidden_states=states,
        cell_states=cell_states(model, encoder),
        encoder_gates=gates(encoder),
        target_tokens=tuple(model.target_words[word] for word in best.words),
        decoder_inputs=tuple(model.target_words[word] for word in inputs),
        target_embeddings=model.target_embedding[list(inputs)],
        decoder_states=np.stack([step.recurrent.memory.state for step in decoder]),
        decoder_cell_states=cell_states(model, [step.recurrent for step in decoder]),
        decoder_gates=gates([step.recurrent for step in decoder]),
        scores=np.stack([step.scores for step in decoder]),
        weights=np.stack([step.weights for step in decoder]),
        contexts=np.stack([step.context for step in decoder]),
        concatenated=np.stack([step.concatenated for step in decoder]),
        attentional=np.stack([step.attentional for step in decoder]),
        logits=np.stack([step.logits for step in decoder]),
        probabilities=softmax(np.stack([step.logits for step in decoder])),
        log_probability=best.log_probability,
    )


def cell_states(model: Seq2SeqModel, steps: Sequence[CellStep]) -> NDArray:
    """An LSTM's cell states (steps, d); for a GRU, which has none, (steps, 0)."""
    cells = np.stack([step.memory.cell for step in steps])
    return cells if model.cell == "lstm" else cells[:, :0]


def gates(steps: Sequence[CellStep]) -> dict[str, NDArray]:
    """Each gate's values, one row a step: (steps, d)."""
    return {name: np.stack([step.gates[name] for step in steps]) for name in steps[0].gates}
