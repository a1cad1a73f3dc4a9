"""A text as a model is given it, and each token as it reads, of whatever tokenizer there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from mlanim.capture.needs import needed
from mlanim.capture.token_text import Reader, readable, reader_of, spaced, written
from mlanim.errors import UsageError

__all__ = ["Tokenised"]

_LONGEST_WORD = 32  # signs of a vocabulary's entry; GPT-2 has some of a hundred dashes


class Tokenised:
    """What a tokenizer made of a text.

    Args:
        tokenizer: of transformers, fast or slow, a processor with one, one of the tokenizers
            library, or any function from a text to indices.

    Attributes:
        inputs: tensors (1, T) by the names of a model's arguments.
        ids: the T indices.

    Raises:
        UsageError: what it gives are no indices of one text.
    """

    def __init__(self, tokenizer: Any, text: str) -> None:
        if not hasattr(tokenizer, "convert_ids_to_tokens"):
            tokenizer = getattr(tokenizer, "tokenizer", tokenizer)  # a processor's
        self._tokenizer, self._text = tokenizer, text
        self._given = _called(tokenizer, text)
        self.inputs = _tensors(self._given)
        self.ids = [int(i) for i in self.inputs["input_ids"][0]]

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Each token as it reads; spaces in front are left out."""
        return tuple(
            self._shown(index, piece) for index, piece in zip(self.ids, self._pieces, strict=True)
        )

    def words(self, count: int) -> tuple[str, ...] | None:
        """The vocabulary in the order of `count` logits, which may be more than the tokenizer
        knows; None where it does not tell its own."""
        if not hasattr(self._tokenizer, "get_vocab"):
            return None
        return tuple(self._shown(i, self._known.get(i), _LONGEST_WORD) for i in range(count))

    def named(self, ids: Sequence[int]) -> tuple[str, ...]:
        """Any tokens by their indices, with the spaces in front of them."""
        return tuple(spaced(self._bytes(i)) for i in ids)

    def _bytes(self, index: int) -> bytes:
        """What a token stands for; its number where nothing is known of it."""
        if index in self._added:
            return written(self._added[index])
        tokenizer = self._tokenizer
        piece: Any = self._known.get(index)
        if piece is None and hasattr(tokenizer, "decode_single_token_bytes"):
            piece = tokenizer.decode_single_token_bytes(index)
        if piece is None and not self._known and hasattr(tokenizer, "decode"):
            piece = tokenizer.decode([index])
        if piece is None:
            return f"[{index}]".encode()
        if isinstance(piece, bytes):
            return piece
        return self._reader(piece) or written(str(piece))

    @cached_property
    def _known(self) -> dict[int, str]:
        """The pieces of the vocabulary, where it is told."""
        vocabulary = getattr(self._tokenizer, "get_vocab", dict)
        return {int(index): piece for piece, index in vocabulary().items()}

    def _shown(self, index: int, piece: Any, *limit: int) -> str:
        """A token as it reads; by its number where nothing else is known of it."""
        if index in self._added:
            return readable(written(self._added[index]), *limit)
        if piece is None:
            return f"[{index}]"
        data = piece if isinstance(piece, bytes) else self._reader(piece)
        return readable(data or written(str(piece)), *limit)

    @cached_property
    def _added(self) -> dict[int, str]:
        """Tokens that are written as they read: special ones, and those added whole."""
        tokenizer = self._tokenizer
        parts = getattr(tokenizer, "added_tokens_decoder", None)
        if parts is None and hasattr(tokenizer, "get_added_tokens_decoder"):
            parts = tokenizer.get_added_tokens_decoder()
        return {int(i): str(getattr(t, "content", t)) for i, t in dict(parts or {}).items()}

    @cached_property
    def _pieces(self) -> list[Any]:
        """The tokens as the tokenizer writes them; None where it does not tell."""
        tokenizer, given = self._tokenizer, self._given
        if hasattr(given, "tokens"):  # what a fast tokenizer gives knows its pieces
            try:
                told = given.tokens() if callable(given.tokens) else given.tokens
            except ValueError:  # of a slow one it does not
                told = None
            if told is not None and len(told) == len(self.ids):
                return list(told)
        if hasattr(tokenizer, "decode_single_token_bytes"):
            return [tokenizer.decode_single_token_bytes(i) for i in self.ids]
        one: Callable[[int], Any] | None = next(
            (
                getattr(tokenizer, name)
                for name in ("convert_ids_to_tokens", "id_to_token", "id_to_piece")
                if hasattr(tokenizer, name)
            ),
            None,
        )
        if one is None and hasattr(tokenizer, "decode"):
            return [tokenizer.decode([i]) for i in self.ids]
        return [None if one is None else one(i) for i in self.ids]

    @cached_property
    def _reader(self) -> Reader:
        tokenizer = self._tokenizer
        backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
        join = getattr(tokenizer, "convert_tokens_to_string", None)
        if join is None:
            join = getattr(getattr(tokenizer, "decoder", None), "decode", None)
        model = getattr(backend, "model", None)
        told = f"{getattr(backend, 'pre_tokenizer', '')} {type(model).__name__}"
        own = [p for i, p in zip(self.ids, self._pieces, strict=True) if i not in self._added]
        return reader_of(join, told, self._text, [p for p in own if isinstance(p, str)])


def _called(tokenizer: Any, text: str) -> Any:
    if not callable(tokenizer):
        if isinstance(tokenizer, str | Path) or not hasattr(tokenizer, "encode"):
            raise UsageError(
                f"the tokenizer is {tokenizer!r:.60}",
                "give the model's own, as AutoTokenizer loads it",
            )
        return tokenizer.encode(text)
    try:
        return tokenizer(text, return_tensors="pt")
    except TypeError:  # a plain function of the text
        return tokenizer(text)


def _tensors(given: Any) -> dict[str, Any]:
    """A mapping of tensors (1, T), made of a mapping, an encoding or a list of indices."""
    torch = needed("torch")
    named = dict(given) if isinstance(given, Mapping) else {}
    if not named:
        found = getattr(given, "input_ids", getattr(given, "ids", given))
        named = {"input_ids": found}
    tensors = {}
    for name, value in named.items():
        if not (isinstance(value, Sequence) or hasattr(value, "shape")):
            continue  # such as a text beside the indices
        try:
            tensor = torch.as_tensor(value)
        except (TypeError, ValueError, RuntimeError):
            continue
        tensors[name] = tensor[None] if tensor.ndim == 1 else tensor
    ids = tensors.get("input_ids")
    if ids is None or ids.ndim != 2 or len(ids) != 1:
        raise UsageError("the tokenizer gives no indices of one text", "give the model's own")
    tensors["input_ids"] = ids.long()
    return tensors
