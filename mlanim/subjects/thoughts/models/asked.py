"""What is asked of the small language model's thoughts, refused where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.models.token_stack import read_tokens

__all__ = ["judge_thoughts"]


def judge_thoughts(given: Mapping[str, Any]) -> None:
    """Refuse words that the model does not know.

    Raises:
        UsageError: as the model does.
    """
    if given.get("trace") is not None or not given.keys() & {"prompt", "ask"}:
        return
    model = load_language_model()
    if "prompt" in given:
        read_prompt(model, given["prompt"])
    read_tokens(given.get("ask") or (), model.index)
