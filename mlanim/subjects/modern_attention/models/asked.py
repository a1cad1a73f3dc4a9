"""What is asked of the small language model and its heads, read or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.models.token_stack import TokenStack
from mlanim.subjects.modern_attention.models.head_sharing import shared_heads

__all__ = ["HEADS", "WORDS", "judge_attention", "words_begun"]

HEADS = 8
WORDS = 12  # that are looked at


def words_begun(model: TokenStack, prompt: str) -> int:
    """How many words a prompt has, which the model continues to `WORDS`.

    Raises:
        UsageError: words that it does not know, too many of them or too few.
    """
    begun = len(read_prompt(model, prompt))
    if not 2 <= begun <= WORDS - 1:
        raise UsageError(f"a prompt of {begun} words", f"give 2 to {WORDS - 1} words")
    return begun


def judge_attention(given: Mapping[str, Any]) -> None:
    """Refuse heads that cannot be shared, and prompts.

    Raises:
        UsageError: one of these.
    """
    if "kv_heads" in given:
        shared_heads(HEADS, given["kv_heads"])
    if "prompt" in given:
        words_begun(load_language_model(), given["prompt"])
