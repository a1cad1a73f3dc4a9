"""The sentence that is to be translated, refused where the model cannot read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.subjects.translation.models.seq2seq import load_model, read_sentence

__all__ = ["judge_sentence"]


def judge_sentence(given: Mapping[str, Any]) -> None:
    """Refuse words that no model of these knows: all have the same.

    Raises:
        UsageError: as the model does.
    """
    if "source" in given:
        read_sentence(load_model("gru", "bahdanau"), given["source"])
