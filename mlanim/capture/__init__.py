"""Capture what a model of your own computes, for scenes to play with `--trace FILE`.

    from mlanim.capture import embeddings, huggingface, torch

    huggingface(model, tokenizer, "the cat sat on the mat", "cat.npz")   # pip install "mlanim[hf]"
    torch(module, inputs, "mine.npz", tokens=["a", "b"])                 # any nn.MultiheadAttention
    embeddings(model, tokenizer, ["king", "queen"], "words.txt")         # its input vectors

Then: mlanim show cat.npz, and mlanim render gpt2 --trace cat.npz
Or: mlanim render word2vec --set vectors=words.txt
"""

from __future__ import annotations

from mlanim.capture.embeddings import embeddings
from mlanim.capture.huggingface import huggingface
from mlanim.capture.pytorch import torch
from mlanim.models.captured import CapturedTrace, read_trace, write_trace

__all__ = ["CapturedTrace", "embeddings", "huggingface", "read_trace", "torch", "write_trace"]
