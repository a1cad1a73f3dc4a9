"""Capture what a model of your own computes, for scenes to play with `--trace FILE`.

    from mlanim.capture import huggingface, torch

    huggingface(model, tokenizer, "the cat sat on the mat", "cat.npz")   # pip install "mlanim[hf]"
    torch(module, inputs, "mine.npz", tokens=["a", "b"])                 # any nn.MultiheadAttention

Then: mlanim show cat.npz, and mlanim render gpt2 --trace cat.npz
"""

from __future__ import annotations

from mlanim.capture.huggingface import huggingface
from mlanim.capture.pytorch import torch
from mlanim.models.captured import CapturedTrace, read_trace, write_trace

__all__ = ["CapturedTrace", "huggingface", "read_trace", "torch", "write_trace"]
