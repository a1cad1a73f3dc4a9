"""Neural machine translation: a recurrent encoder, a decoder, attention between them.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "Alignment": "primitives.alignment",
    "AttentionPage": "primitives.attention_page",
    "Bottleneck": "primitives.bottleneck",
    "DecoderReading": "primitives.decoder_reading",
    "DecoderStep": "primitives.decoder_step",
    "RateColumns": "primitives.rate_columns",
    "RecurrentStep": "primitives.recurrent_step",
    "SentencePair": "primitives.sentence_pair",
    "Transcript": "primitives.transcript",
    "UnrolledEnd": "primitives.unrolled_end",
    "align_word": "motion.align_word",
    "clear": "motion.cross",
    "cross": "motion.cross",
    "feed_back": "motion.decode",
    "join": "motion.decode",
    "keep_end": "motion.keep_end",
    "make_room": "motion.make_room",
    "open_cell": "motion.open_cell",
    "read_word": "motion.read_word",
    "speak": "motion.decode",
    "take_in": "motion.decode",
    "write_down": "motion.write_down",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
