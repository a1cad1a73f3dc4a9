"""Sentences that are asked of the models that read both ways, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.masked_model import load_masked_model, read_masked, read_words
from mlanim.models.token_stack import read_tokens
from mlanim.subjects.masked_model.models.elmo import load_elmo, read_both_ways

__all__ = ["judge_sentences", "span_of"]


def span_of(sentence: str) -> list[str]:
    """The words of a sentence that is long enough to be masked in two ways.

    Raises:
        UsageError: it is not.
    """
    words = read_words(sentence)
    if len(words) < 8:
        raise UsageError(f"span={sentence!r}", "give a sentence of 8 words or more")
    return words


def judge_sentences(given: Mapping[str, Any]) -> None:
    """Refuse sentences that the models cannot read.

    Raises:
        UsageError: as the models do.
    """
    own = given.keys() & {"sentence", "span", "opinion", "follows"}
    if given.get("trace") is not None or not own:
        return
    model = load_masked_model()
    if "sentence" in given:
        read_masked(model, given["sentence"])
    if "span" in given:
        read_tokens(span_of(given["span"]), model.stack.index)
    if "opinion" in given:
        read_both_ways(load_elmo(), given["opinion"])
    if "follows" in given:
        read_tokens(read_words(given["follows"]), model.stack.index)
