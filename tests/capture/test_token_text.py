"""Tokens read as text, however their tokenizer writes them; tokenizers are made here."""

from __future__ import annotations

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import ByT5Tokenizer, PreTrainedTokenizerFast

from mlanim.capture.token_text import readable
from mlanim.capture.tokenised import Tokenised

CORPUS = ["the cat sat on the mat, the robot café naïve"] * 20
LETTERS = pre_tokenizers.ByteLevel.alphabet()
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def trained(model, pre, decoder, trainer) -> Tokenizer:
    made = Tokenizer(model)
    made.pre_tokenizer = pre
    if decoder is not None:
        made.decoder = decoder
    made.train_from_iterator(CORPUS, trainer)
    return made


def fast(made: Tokenizer, **words) -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(tokenizer_object=made, **words)


def byte_level(decoder=decoders.ByteLevel) -> Tokenizer:
    trainer = trainers.BpeTrainer(
        vocab_size=300, initial_alphabet=LETTERS, special_tokens=["<|end|>"], show_progress=False
    )
    pre = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return trained(models.BPE(), pre, decoder and decoder(), trainer)


def sentence_piece() -> Tokenizer:
    made = Tokenizer(
        models.BPE(
            vocab={word: i for i, word in enumerate(["<unk>", *BYTES, "▁", "c", "a", "t"])},
            merges=[],
            byte_fallback=True,
            unk_token="<unk>",
        )
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    return made


def word_piece(decoder=decoders.WordPiece) -> Tokenizer:
    trainer = trainers.WordPieceTrainer(
        vocab_size=30, special_tokens=["[UNK]"], show_progress=False
    )
    pre = pre_tokenizers.BertPreTokenizer()
    return trained(models.WordPiece(unk_token="[UNK]"), pre, decoder and decoder(), trainer)


def end_marks() -> Tokenizer:
    trainer = trainers.BpeTrainer(vocab_size=60, end_of_word_suffix="</w>", show_progress=False)
    model = models.BPE(end_of_word_suffix="</w>")
    return trained(model, pre_tokenizers.Whitespace(), decoders.BPEDecoder(), trainer)


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b" cat", "cat"),
        (b"cat ", "cat·"),
        (b"    return", "···return"),
        (b"  ", "··"),
        (b".\n\n", ".\\n\\n"),
        ("\u00a0é\u200d".encode(), "\\xa0é\\u200d"),
        (b"a\xe7\x8c", "a<E7 8C>"),
        ("猫😀".encode() + b"\xf0", "猫😀<F0>"),
        (b"x" * 100, "x" * 63 + "…"),
    ],
)
def test_bytes_are_read(data, read):
    assert readable(data) == read


@pytest.mark.parametrize("decoder", [decoders.ByteLevel, None])
def test_byte_pieces_are_joined_and_parts_of_characters_are_bytes(decoder):
    read = Tokenised(fast(byte_level(decoder)), "the café 猫\n")
    assert read.tokens == ("the", "café", "·", "<E7>", "<8C>", "<AB>", "\\n")
    words = read.words(len(fast(byte_level(decoder))))
    assert not any("Ġ" in word or "Ċ" in word or "Ã" in word for word in words)
    for index, token in zip(read.ids, read.tokens, strict=True):
        assert words[index] == token  # one manner for both


def test_special_tokens_are_as_they_are_and_unknown_ones_numbers():
    read = Tokenised(fast(byte_level(), eos_token="<|end|>"), "the<|end|>")
    assert read.tokens[-1] == "<|end|>"
    assert read.words(400)[399] == "[399]"


def test_sentence_pieces_have_no_marks():
    read = Tokenised(fast(sentence_piece()), "cat é")
    assert read.tokens == ("·", "c", "a", "t", "·", "<C3>", "<A9>")
    assert "A" in read.words(260)  # a byte that is a character


@pytest.mark.parametrize("decoder", [decoders.WordPiece, None])
def test_word_pieces_have_no_marks(decoder):
    read = Tokenised(fast(word_piece(decoder)), "the robot")
    assert "".join(read.tokens) == "therobot" and len(read.tokens) > 2
    assert not any("##" in word for word in read.words(30))


def test_ends_of_words_are_not_told():
    assert Tokenised(fast(end_marks()), "the cat").tokens == ("the", "cat")


def test_a_tokenizer_of_bytes():
    assert Tokenised(ByT5Tokenizer(), "é a").tokens == ("<C3>", "<A9>", "·", "a", "</s>")


class Pieces:
    """As SentencePiece's own processor is asked."""

    def encode(self, text):
        return [5, 6]

    def id_to_piece(self, index):
        return {5: "▁ca", 6: "t"}[index]


@pytest.mark.parametrize(
    ("tokenizer", "tokens"),
    [
        (byte_level(), ("the", "café")),
        (lambda text, **options: fast(byte_level())(text, **options), ("the", "café")),
        (lambda text: [1, 2], ("[1]", "[2]")),
        (lambda text: {"input_ids": torch.tensor([[3]])}, ("[3]",)),
        (Pieces(), ("ca", "t")),
    ],
)
def test_what_is_no_tokenizer_of_transformers(tokenizer, tokens):
    assert Tokenised(tokenizer, "the café").tokens == tokens
