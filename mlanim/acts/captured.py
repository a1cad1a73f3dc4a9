"""What a scene can show of a captured trace: which steps, and which layer and head."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.models.captured import CapturedTrace
from mlanim.models.head_choice import check_head
from mlanim.models.thought_names import THOUGHT_ARRAYS, THOUGHT_TEXTS

__all__ = ["chosen_head", "is_causal", "open_captured"]

_THOUGHTS = {*THOUGHT_ARRAYS, *THOUGHT_TEXTS}
_LOOKS_AHEAD = 1e-6  # a weight on a later token that no rounding makes


def open_captured(scene: Explainer, file: Path, trace: CapturedTrace) -> frozenset[str]:
    """The steps of a scene that a trace gives; one line tells what is left out.

    Raises UsageError where it gives none, or not the steps that were asked for.
    """
    needs = scene.captured_steps
    lacking = {step: trace.lacking(arrays) for step, arrays in needs.items()}
    given = frozenset(step for step, missing in lacking.items() if not missing)
    without = {
        step: f"{file.name} holds no {' and no '.join(missing)}, which the step {step} needs"
        for step, missing in lacking.items()
        if missing
    }
    if not given:
        raise UsageError("; ".join(without.values()), f"`mlanim show {file.name}` tells what it is")
    for path in scene.selection.paths:
        if path in without:
            raise UsageError(without[path], f"this trace gives {', '.join(sorted(given))}")
        if path not in given:
            known = ", ".join(step for step in needs if step in given)
            raise UsageError(f"the step {path} is not played with a trace", f"choose of {known}")
    if trace.attention is not None and "head" in scene.parameters():
        chosen_head(scene, trace.layers, trace.heads)  # refused before anything is told
    used = {name for step in given for name in needs[step]}
    idle = [name for name in trace.arrays if name not in used]
    said = [f"{line}: left out" for line in without.values()] if not scene.selection else []
    lacks_thoughts = any(name in _THOUGHTS for missing in lacking.values() for name in missing)
    if said and lacks_thoughts:
        said.append("mlanim.capture.huggingface(..., thoughts=True) records them")
    if idle:
        said.append(f"{file.name}: {', '.join(idle)} not drawn by this scene")
    if trace.thoughts and not used & {*trace.thoughts}:
        said.append(f"{file.name}: for its thoughts there is `mlanim render thoughts`")
    if trace.others:
        said.append(f"{file.name}: {', '.join(trace.others)} not part of a trace: not read")
    if said:
        scene.note("; ".join(said))
    return given


def chosen_head(scene: Explainer, layers: int, heads: int) -> tuple[int, int]:
    """The layer and head that are looked into, from 0, of a scene with parameters so called.

    A default beyond what there is becomes the last one. Raises UsageError for one that was given.
    """
    layer, head = scene.layer, scene.head
    named = {"layer": layer, "head": head}
    check_head({n: v for n, v in named.items() if n in scene.given_parameters}, layers, heads)
    return min(layer, layers) - 1, min(head, heads) - 1


def is_causal(trace: CapturedTrace) -> bool | None:
    """Whether no token looks at a later one; None where the trace does not tell."""
    if trace.attention is None or len(trace.tokens) == 1:
        return None
    return bool(np.triu(trace.attention, 1).max() < _LOOKS_AHEAD)
