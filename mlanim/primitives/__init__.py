"""Nouns: groups of shapes with named parts, drawn from arrays; what one subject has is its own.

tensors     TensorBox, TokenRow, Matmul, HeatImage, VectorList, WordVector
attention   AttentionArrows, AttentionMatrix, AttentionTable, AttentionMap, HeadGrid, MaskedScores,
            SoftmaxBars
networks    Block, Stack, Wire, LayerStack, Translator, and in `recurrent` RNNCell, CellInside,
            UnrolledRNN
scales      ColourBar
systems     in `pipeline`: Pipeline, PipelineBox, Packet
curves      LogitBars, LossCurve, and in `charts` Chart, ClassMarks
text        Label, Heading, Number, Formula, format_number
layout      Area
facts       about (the layer and head that a drawing is of)

Names are imported on first use, so that looking one up does not wait for all of Manim's.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "Area": "area",
    "AttentionArrows": "attention_arrows",
    "AttentionMap": "attention_map",
    "AttentionMatrix": "attention_matrix",
    "AttentionTable": "attention_table",
    "Block": "block",
    "CellInside": "recurrent.cell_inside",
    "Chart": "charts.chart",
    "ClassMarks": "charts.class_marks",
    "ColourBar": "scales.colour_bar",
    "Formula": "text",
    "HeadGrid": "head_grid",
    "Heading": "heading",
    "HeatImage": "heat_image",
    "Label": "text",
    "LayerStack": "layer_stack",
    "LogitBars": "logit_bars",
    "LossCurve": "loss_curve",
    "MaskedScores": "masked_scores",
    "Matmul": "matmul",
    "Number": "text",
    "Packet": "pipeline.packet",
    "Pipeline": "pipeline.pipeline",
    "PipelineBox": "pipeline.pipeline_box",
    "RNNCell": "recurrent.rnn_cell",
    "SoftmaxBars": "softmax_bars",
    "Stack": "block",
    "TensorBox": "tensor_box",
    "Token": "token_row",
    "TokenRow": "token_row",
    "Translator": "translator",
    "UnrolledRNN": "recurrent.unrolled_rnn",
    "VectorList": "vector_list",
    "Wire": "wire",
    "WordVector": "word_vector",
    "about": "facts",
    "format_number": "text",
}

__all__ = sorted(_HOMES)


__getattr__, __dir__ = on_first_use(__name__, _HOMES)
