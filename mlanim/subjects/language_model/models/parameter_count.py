"""How many numbers a model has learned, counted from its sizes."""

from __future__ import annotations

__all__ = ["GPT2_SMALL", "decoder_only_parameters"]

GPT2_SMALL = {"vocabulary": 50257, "positions": 1024, "width": 768, "layers": 12}


def decoder_only_parameters(
    *, vocabulary: int, positions: int, width: int, layers: int, hidden: int | None = None
) -> dict[str, int]:
    """Parameters of a GPT-2 (Radford et al. 2019) by part; the output shares the token embedding.

    hidden: width of the feed-forward network, four times `width` if None.

    >>> sum(decoder_only_parameters(**GPT2_SMALL).values())
    124439808
    """
    hidden = 4 * width if hidden is None else hidden
    norm = 2 * width
    return {
        "token embedding": vocabulary * width,
        "position embedding": positions * width,
        "attention": layers * (4 * width * width + 4 * width),
        "feed-forward": layers * (2 * width * hidden + hidden + width),
        "layer norms": layers * 2 * norm + norm,
    }
