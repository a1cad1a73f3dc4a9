"""What is asked of the small language model, refused where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.models.head_choice import check_head
from mlanim.models.language_model.language_model import load_language_model, read_prompt

__all__ = ["judge_prompt"]


def judge_prompt(given: Mapping[str, Any]) -> None:
    """Refuse a prompt that the model cannot read, and heads that it has not.

    Raises:
        UsageError: as the model does.
    """
    if given.get("trace") is not None or not given.keys() & {"prompt", "layer", "head"}:
        return
    model = load_language_model()
    check_head(given, len(model.layers), model.layers[0].self_attention.heads)
    if "prompt" in given:
        read_prompt(model, given["prompt"])
