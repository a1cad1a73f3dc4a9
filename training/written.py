"""What training writes: arrays and texts, whole or not at all, beside the models that read them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "tests" / "models" / "reference"  # what PyTorch computes with the weights


def weights_of(room: str) -> Path:
    """The folder of a room's weights: "subjects/translation/models" of the package."""
    return ROOT / "mlanim" / room / "weights"


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a file of arrays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **arrays)
    partial.replace(path)


def save_text(path: Path, text: str) -> None:
    """Write a text."""
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def save_accuracy(folder: Path, measured: dict[str, dict]) -> None:
    """Keep what was measured, by the model's name, beside what is known of the room's others."""
    path = folder / "accuracy.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    save_text(path, json.dumps(known | measured, indent=1) + "\n")
