"""Nouns: groups of shapes with named parts, drawn from arrays.

tensors     TensorBox, TokenRow, Matmul, HeatImage, PositionMap, WavePlot
attention   AttentionArrows, AttentionMatrix, AttentionTable, SoftmaxBars,
            SelfAttentionTable, HeadMaps, LookBack
networks    Block, Stack, Wire, RNNCell, CellInside, RecurrentStep, UnrolledRNN, UnrolledEnd,
            DecoderStep
pages       Translator, AttentionPage, WordVector, VectorList, Bottleneck, SentencePair, Alignment,
            RateColumns, Transcript
transformer LayerStack, EncoderDecoder, EncoderLayer, ResidualWire, DecodingPage, OutputPage,
            LogitBars, LossCurve, LossPage, MaskedScores, HeadGrid, AttentionMap, KeyValueTable,
            SamplingPage, SpeakingModel, SlidingWindow, PredictionError, TokenClimb,
            MaskedRow, ReadingModel, TwoWayGrid, TaskShape
boundaries  BoundaryPlane, ClassMarks, LearnedBoundary, ErrorCurve, PriorSweep, TreeDiagram,
            VoteGrid, KeyList, NumberList, StagedNumber, NetworkSketch, NeighbourProbe,
            ComparedModel
text        Label, Heading, Number, Formula, format_number
layout      Area
facts       about (the layer and head that a drawing is of)

Names are imported on first use, so that looking one up does not wait for all of Manim's.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Alignment": "alignment",
    "Area": "area",
    "AttentionArrows": "attention_arrows",
    "AttentionMap": "attention_map",
    "AttentionMatrix": "attention_matrix",
    "AttentionPage": "attention_page",
    "AttentionTable": "attention_table",
    "Block": "block",
    "Bottleneck": "bottleneck",
    "BoundaryPlane": "boundary_plane",
    "CellInside": "cell_inside",
    "ClassMarks": "class_marks",
    "ComparedModel": "compared_model",
    "DecoderStep": "decoder_step",
    "DecodingPage": "decoding_page",
    "EncoderDecoder": "encoder_decoder",
    "EncoderLayer": "encoder_layer",
    "ErrorCurve": "error_curve",
    "Formula": "text",
    "HeadGrid": "head_grid",
    "HeadMaps": "head_maps",
    "Heading": "heading",
    "HeatImage": "heat_image",
    "KeyList": "key_list",
    "KeyValueTable": "key_value_table",
    "Label": "text",
    "LayerStack": "layer_stack",
    "LearnedBoundary": "learned_boundary",
    "LogitBars": "logit_bars",
    "LookBack": "look_back",
    "LossCurve": "loss_curve",
    "LossPage": "loss_page",
    "MaskedRow": "masked_row",
    "MaskedScores": "masked_scores",
    "Matmul": "matmul",
    "Number": "text",
    "NeighbourProbe": "neighbour_probe",
    "NetworkSketch": "network_sketch",
    "NumberList": "number_list",
    "OutputPage": "output_page",
    "PositionMap": "position_map",
    "PredictionError": "prediction_error",
    "PriorSweep": "prior_sweep",
    "RNNCell": "rnn_cell",
    "RateColumns": "rate_columns",
    "ReadingModel": "reading_model",
    "RecurrentStep": "recurrent_step",
    "ResidualWire": "residual_wire",
    "SamplingPage": "sampling_page",
    "SelfAttentionTable": "self_attention_table",
    "SentencePair": "sentence_pair",
    "SlidingWindow": "sliding_window",
    "SoftmaxBars": "softmax_bars",
    "SpeakingModel": "speaking_model",
    "Stack": "block",
    "StagedNumber": "staged_number",
    "TaskShape": "task_shape",
    "TensorBox": "tensor_box",
    "Token": "token_row",
    "TokenClimb": "token_climb",
    "TokenRow": "token_row",
    "Transcript": "transcript",
    "Translator": "translator",
    "TreeDiagram": "tree_diagram",
    "TwoWayGrid": "two_way_grid",
    "UnrolledEnd": "unrolled_end",
    "UnrolledRNN": "unrolled_rnn",
    "VectorList": "vector_list",
    "VoteGrid": "vote_grid",
    "WavePlot": "wave_plot",
    "Wire": "wire",
    "WordVector": "word_vector",
    "about": "facts",
    "format_number": "text",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mlanim.primitives' has no attribute {name!r}")
    return getattr(import_module(f"mlanim.primitives.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
