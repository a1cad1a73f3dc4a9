"""Sentences and heads that are asked of the small transformers, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.head_choice import check_head
from mlanim.models.masked_model import load_masked_model, resolve
from mlanim.subjects.transformer.models.random_attention import random_attention
from mlanim.subjects.transformer.models.transformer import load_transformer, read_source

__all__ = ["check_word", "judge_random", "judge_sentences"]

_PRONOUNS = ("pronoun", "counterpart")


def judge_sentences(given: Mapping[str, Any]) -> None:
    """Refuse sentences that the models cannot read, and heads that the translator has not.

    Raises:
        UsageError: as the models do.
    """
    if given.get("trace") is not None:
        return
    if given.keys() & {"source", "layer", "head"}:
        model = load_transformer()
        if "source" in given:
            read_source(model, given["source"])
        check_head(given, len(model.encoder), model.heads)
    if said := [given[name] for name in _PRONOUNS if name in given]:
        reader = load_masked_model()
        for sentence in said:
            resolve(reader, sentence)


def check_word(word: int, words: int) -> None:
    """Refuse to look at a word, counted from 1, of so many.

    Raises:
        UsageError: there is no such word.
    """
    if word > words:
        raise UsageError(f"word={word}", f"the sentence has {words}")


def judge_random(given: Mapping[str, Any]) -> None:
    """Refuse no words at all, widths that heads do not divide, and a word that is not there.

    Raises:
        UsageError: one of these.
    """
    if not given.keys() & {"sentence", "width", "heads"}:
        return
    words = given.get("sentence", "any").split()
    random_attention(words, width=given.get("width", 8), heads=given.get("heads", 2))
    if "sentence" in given:
        check_word(given.get("word", 1), len(words))
