"""Systems as moving diagrams: programs that evolve, layers of depth, a network on a phone."""

from __future__ import annotations

from mlanim.explainer import Explainer
from mlanim.subjects.systems.acts.depth_layers import depth_layers
from mlanim.subjects.systems.acts.evolution import evolution
from mlanim.subjects.systems.acts.on_device import on_device


class Pipelines(Explainer):
    """Systems as moving diagrams, with what flows through them really computed."""

    def construct(self):
        with self.step(
            "evolution",
            say="Programs that learn are found by a search. The best of a few, drawn at random, "
            "has a child with a mutation, and the oldest dies.",
        ):
            evolution(self)
        with self.step(
            "depth-layers",
            say="A picture with its depth is cut into layers. What near things hide is filled in. "
            "Then the camera may move, and near layers move most.",
        ):
            depth_layers(self)
        with self.step(
            "on-device",
            say="A drawn digit is scaled, normalised and read by a small network: in float32, and "
            "with weights of eight bits, which take a quarter of the room.",
        ):
            on_device(self)
