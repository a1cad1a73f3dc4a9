"""The colours of the three themes: one ink and one fill a role, found by search, held by tests.

How they were chosen is told in docs/decisions/003-palette.md. Inks are for lines and text, fills
for areas; hue families are those that readers know: encoder green, decoder purple, hidden states
orange, context blue, scores red, output pink.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DARK", "LIGHT", "PRINT"]

Pairs = Mapping[str, tuple[str, str]]  # role: ink, fill

LIGHT: Pairs = {
    "encoder": ("#014F20", "#D9F3DD"),
    "decoder": ("#610382", "#F5E4FF"),
    "hidden": ("#A55100", "#FFE6D6"),
    "context": ("#0056C7", "#E0ECFF"),
    "query": ("#5D25D6", "#E9E9FF"),
    "key": ("#975A00", "#FEE7D0"),
    "value": ("#0062C4", "#DFEDFF"),
    "score": ("#C51F48", "#FFE4E5"),
    "output": ("#B6017E", "#FFE2F0"),
    "positive": ("#007A46", "#D7F4E0"),
    "negative": ("#273549", "#E6ECF3"),
    "class_a": ("#015BC4", "#E0ECFF"),
    "class_b": ("#A05400", "#FFE6D5"),
    "class_c": ("#007C4B", "#EAFBF0"),
    "class_d": ("#62004F", "#FFE2F0"),
    "class_e": ("#2C1500", "#FEE7D0"),
    "class_f": ("#5D7587", "#F4F8FB"),
}

DARK: Pairs = {
    "encoder": ("#7BE67C", "#132C13"),
    "decoder": ("#9E82BA", "#2C1D3A"),
    "hidden": ("#F3903B", "#391D06"),
    "context": ("#63ABFF", "#10263F"),
    "query": ("#9B87FE", "#25203E"),
    "key": ("#E09C26", "#352101"),
    "value": ("#15CDFD", "#012A37"),
    "score": ("#E4706F", "#3C1919"),
    "output": ("#EE99BA", "#391927"),
    "positive": ("#61C77A", "#0E2C16"),
    "negative": ("#CCE9FF", "#20262B"),
    "class_a": ("#67ACFF", "#10263F"),
    "class_b": ("#F2913C", "#391D06"),
    "class_c": ("#02A05E", "#04150B"),
    "class_d": ("#E473A5", "#391927"),
    "class_e": ("#F1F217", "#2B2A05"),
    "class_f": ("#F3F7E9", "#20262B"),
}

# Lightness comes in steps of 12, dark inks on dark fills, so that a grey print tells roles apart.
PRINT: Pairs = {
    "encoder": ("#02642B", "#B1E2BA"),
    "decoder": ("#532569", "#C8AADA"),
    "hidden": ("#AC5F28", "#FFF8F4"),
    "context": ("#001E49", "#7796C2"),
    "query": ("#3B2E77", "#F9F9FF"),
    "key": ("#A46410", "#FFF8F2"),
    "value": ("#001F47", "#7696C2"),
    "score": ("#000000", "#9F666A"),
    "output": ("#000000", "#FFF7FB"),
    "positive": ("#014425", "#ADE4C0"),
    "negative": ("#1A2029", "#D2D8DF"),
    "class_a": ("#001E4B", "#99B8E6"),
    "class_b": ("#A96122", "#FFF8F3"),
    "class_c": ("#02642B", "#B1E2BA"),
    "class_d": ("#532569", "#C8AADA"),
    "class_e": ("#000000", "#FFF7FB"),
    "class_f": ("#1A2029", "#D2D8DF"),
}
