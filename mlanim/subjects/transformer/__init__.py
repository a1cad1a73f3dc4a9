"""The transformer: self-attention, heads, positions, its layers, a trained translator.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "DecodingPage": "primitives.decoding_page",
    "EncoderDecoder": "primitives.encoder_decoder",
    "EncoderLayer": "primitives.encoder_layer",
    "HeadMaps": "primitives.head_maps",
    "LookBack": "primitives.look_back",
    "LossPage": "primitives.loss_page",
    "OutputPage": "primitives.output_page",
    "PositionMap": "primitives.position_map",
    "ResidualWire": "primitives.residual_wire",
    "SelfAttentionTable": "primitives.self_attention_table",
    "WavePlot": "primitives.wave_plot",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
